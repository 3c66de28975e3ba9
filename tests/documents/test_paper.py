"""What a paper refuses, how it numbers itself, how its title breaks, and what its text says."""

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.engine.documents import Appendix, Paper, PaperError, Paragraph, Table
from luoshi.engine.documents.cleaning import clean
from luoshi.engine.documents.text import plain_text
from luoshi.engine.documents.titles import mark_size, mark_text, title_lines

from .samples import CIRCULAR, with_body


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        ({"secrecy": "秘密"}, "不处理涉密文件"), ({"secrecy": "机密★1年"}, "不处理涉密文件"),
        ({"body": (Paragraph("绝密★"),)}, "密级标志"), ({"title": "秘 密★5年"}, "密级标志"),
        ({"title": " "}, "缺少标题"), ({"issuer": ""}, "缺少发文机关"), ({"kind": ""}, "缺少文种"),
        ({"urgency": "马上"}, "紧急程度"), ({"number": "示党[2026]7号"}, "六角括号"), ({"copy_number": "12"}, "六位"),
        ({"signer": "张三"}, "上行文"), ({"form": "poster"}, "版式"), ({"printed_on": None}, "同时"),
        ({"kind": "报告", "body": (Paragraph("以上意见妥否，请批示。"),)}, "不得夹带请示"),
        ({"attachments": ("甲",), "appendices": (Appendix("乙", ()),)}, "不一致"),
    ],
)
def test_a_paper_says_why_it_is_refused(change: dict[str, object], hint: str) -> None:
    with pytest.raises(PaperError, match=hint):
        replace(CIRCULAR, **change)


def test_the_oath_may_speak_of_secrets() -> None:
    assert "保守党的秘密" in plain_text(with_body(Paragraph("保守党的秘密，对党忠诚。")))


@pytest.mark.parametrize(
    ("made", "hint"),
    [
        (lambda: Table((), ()), "列"), (lambda: Table(("甲", "乙"), (("1",),)), "第 1 行"),
        (lambda: Table(("甲",), (), (0.0,)), "列宽"), (lambda: Table(("甲",), (), None, ("middle",)), "对齐"),
        (lambda: Paragraph("甲", 5), "四级"),
    ],
)
def test_tables_and_paragraphs_say_why_they_are_refused(made: object, hint: str) -> None:
    with pytest.raises(PaperError, match=hint):
        made()  # type: ignore[operator]


def test_headings_count_themselves_and_begin_again_below_a_higher_one() -> None:
    said = plain_text(with_body(*(Paragraph("学习", level) for level in (1, 2, 2, 3, 4, 1, 2, 3))))
    marks = [line.strip("　").removesuffix("学习") for line in said.splitlines() if line.endswith("学习")]
    assert marks == ["一、", "（一）", "（二）", "1.", "（1）", "二、", "（一）", "1."]


def test_a_heading_that_brings_its_mark_is_not_marked_twice() -> None:
    assert "一、一、" not in plain_text(with_body(Paragraph("一、学习", 1)))


def test_plain_text_has_the_parts_in_the_order_of_the_standard() -> None:
    paper = replace(CIRCULAR, attachments=("一览表。", "工作安排"), note="此件公开发布")
    said = plain_text(paper)
    parts = (
        "中共示例部机关委员会文件", "示党〔2026〕7号", "落实情况的通报", "（数据截至2026年6月30日）",
        "各直属单位党委：",
        "　　一、总体情况", "措施\t目标\t完成", "　　附件：1.一览表\n　　　　　2.工作安排", "中共示例部机关委员会\n",
        "2026年7月1日\n", "（此件公开发布）", "抄送：部领导，机关纪委。", "示例部机关党委办公室　2026年7月2日印发",
    )
    places = [said.index(part, said.index("附件") if part.endswith("会\n") else 0) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("关于开展主题党日活动的通知", ("关于开展主题党日活动的通知",)),
        ("关于2026年上半年党建重点工作落实情况的通报", ("关于2026年上半年", "党建重点工作落实情况的通报")),
        ("第一行\n第二行", ("第一行", "第二行")),
    ],
)
def test_titles_break_where_words_end(title: str, made: tuple[str, ...]) -> None:
    assert title_lines(title) == made


@given(st.text(alphabet="关于年度工作，。《》（）2026a", min_size=1, max_size=90))
@settings(max_examples=80, deadline=None)
def test_no_title_line_is_too_long_and_nothing_is_lost(title: str) -> None:
    made = title_lines(title)
    assert "".join(made) == title
    assert max(map(len, made)) <= 20


def test_the_mark_fits_one_line_and_names_the_kind() -> None:
    assert mark_text("示例部", "通报") == "示例部文件"
    assert mark_text("示例部", "纪要") == "示例部会议纪要"
    assert mark_text("示例部", "函") == "示例部"
    assert mark_size("示例部文件") == 48
    assert 14 * mark_size("示" * 14) <= 156 / 25.4 * 72


def test_cleaning_takes_out_what_misleads_and_keeps_rare_characters() -> None:
    assert clean("甲\u202e乙\u2066\u200b丙\x00\x07\ufffe\ud800丁\r\n戊\t己") == "甲乙丙丁\n戊 己"
    assert clean("\U00020bb7𠮷㛃䶮·李　芳") == "\U00020bb7𠮷㛃䶮·李　芳"


def test_a_table_sheet_names_unit_period_and_day() -> None:
    sheet = Paper(
        title="换届情况一览表", issuer="机关党委", kind="报表", form="table", period="2026年上半年",
        as_of=date(2026, 6, 30), body=(Table(("序号",), (("1",),)),),
    )
    assert "单位：机关党委　2026年上半年　数据截至2026年6月30日" in plain_text(sheet)


def test_papers_know_no_web_framework() -> None:
    code = (
        "import sys, luoshi.engine.documents.pdf, luoshi.engine.documents.docx, luoshi.engine.documents.text;"
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}).returncode == 0
