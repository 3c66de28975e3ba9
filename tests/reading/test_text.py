"""Plain text and Markdown: encodings, wrapped lines, headings and list numbers."""

import pytest

from luoshi.plan.reading.errors import Unreadable
from luoshi.plan.reading.files import read_bytes

PLAN = "平川局工会2026年工作要点\n\u3000\u3000一、加强学习\n\u3000\u3000每季度组织一次集中学习，形成记录。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
def test_every_encoding_reads_the_same(encoding):
    found = read_bytes(PLAN.encode(encoding), "要点.txt")
    assert [b.text for b in found.blocks] == [line.strip("\u3000") for line in PLAN.splitlines()]
    assert found.format == "txt"


@pytest.mark.parametrize("text", [
    "要点：办班", "七一前办讲座", "①走访慰问；②体检", "“两优一先”评选——5月", "学习（每月1次）",
])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_short_files_are_recognised(text, encoding):
    assert read_bytes(text.encode(encoding), "a.txt").text == text


def test_two_characters_are_no_plan():
    with pytest.raises(Unreadable) as raised:
        read_bytes("学习".encode(), "a.txt")
    assert "没有找到中文正文" in str(raised.value)


def test_rare_characters_survive():
    text = "由㐱同志、𠮷同志负责每月编印简报，全年十二期。"
    assert read_bytes(text.encode("gb18030"), "a.txt").text == text
    assert read_bytes(text.encode(), "a.txt").text == text


def test_offsets_point_into_the_text():
    found = read_bytes((PLAN * 3).encode(), "a.txt")
    assert found.text == "\n".join(b.text for b in found.blocks)
    for block in found.blocks:
        assert found.text[block.start : block.start + len(block.text)] == block.text


def test_line_ends_and_invisible_characters():
    data = "一、学习\r\n\u3000\u3000每月\u200b组织\xa0一次\t学习。\r二、活动\x0b".encode()
    assert [b.text for b in read_bytes(data, "a.txt").blocks] == ["一、学习", "每月组织 一次 学习。", "二、活动"]


def test_hard_wrapped_lines_become_paragraphs_again():
    first = "每季度组织一次集中学习，由宣传部门制定计划并通知各支部准备，结束后三日内报送小结和参加人数。"
    second = "各支部每月开展一次主题党日，活动前报计划，活动后报小结，由组织部门按季度汇总通报，结果送机关党委备案。"
    third = "年底前评选优秀学习小组。"
    lines = ["一、学习"]
    for paragraph in (first, second, third):
        spread = "\u3000\u3000" + paragraph
        lines += [spread[at : at + 20] for at in range(0, len(spread), 20)]
    found = read_bytes("\n".join(lines).encode(), "a.txt")
    assert [b.text for b in found.blocks] == ["一、学习", first, second, third]


def test_long_lines_are_not_joined():
    lines = ["一、" + "学习" * 60, "二、" + "活动" * 60, "三、" + "培训" * 60]
    assert len(read_bytes("\n".join(lines).encode(), "a.txt").blocks) == 3


def test_markdown():
    source = (
        "# 平川局2026年工作要点\n\n总的要求是**抓落实**。\n\n## 一、学习\n\n### （一）计划\n\n"
        "1. 每月组织一次学习，\n   做好记录。\n2. 编印[简报](http://127.0.0.1/)\n\n- 走访慰问\n\n---\n> 附带说明\n"
    )
    found = read_bytes(source.encode(), "plan.md")
    assert [(b.kind, b.level, b.number, b.text) for b in found.blocks] == [
        ("title", None, "", "平川局2026年工作要点"),
        ("paragraph", None, "", "总的要求是抓落实。"),
        ("heading", 1, "", "一、学习"),
        ("heading", 2, "", "（一）计划"),
        ("paragraph", None, "1.", "每月组织一次学习，做好记录。"),
        ("paragraph", None, "2.", "编印简报"),
        ("paragraph", None, "", "走访慰问"),
        ("paragraph", None, "", "附带说明"),
    ]
    assert found.format == "md"


def test_markdown_is_known_by_its_marks_and_may_have_no_title():
    found = read_bytes("# 学习\n每月组织学习。\n# 活动\n五月举办比赛。\n".encode(), "plan.txt")
    assert [(b.kind, b.level) for b in found.blocks] == [
        ("heading", 1), ("paragraph", None), ("heading", 1), ("paragraph", None)]
