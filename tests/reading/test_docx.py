"""Word files: headings, titles, automatic numbers, tables with merged cells, and what is left out."""

import io
import zipfile

import pytest

from luoshi.plan.reading.files import read_bytes
from luoshi.plan.reading.formats.numbering import in_words

from .evil import WORD, archive, docx, words


def styled(style: str, text: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def centred(text: str, bold: bool = True) -> str:
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r>{weight}<w:t>{text}</w:t></w:r></w:p>'


def listed(text: str, number_id: int, depth: int = 0) -> str:
    place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number_id}"/></w:numPr>'
    return f"<w:p><w:pPr>{place}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def level(depth: int, form: str, text: str, more: str = "") -> str:
    return (f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
            f'<w:lvlText w:val="{text}"/></w:lvl>')


def numbering(*abstracts: str, lists: str) -> str:
    made = "".join(f'<w:abstractNum w:abstractNumId="{at}">{a}</w:abstractNum>' for at, a in enumerate(abstracts))
    return f"<w:numbering {WORD}>{made}{lists}</w:numbering>"


def number_list(number_id: int, abstract: int, more: str = "") -> str:
    return f'<w:num w:numId="{number_id}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


STYLES = f"""<w:styles {WORD}>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="bt2"><w:name w:val="标题 2"/></w:style>
<w:style w:type="paragraph" w:styleId="yj"><w:name w:val="公文一级标题"/></w:style>
<w:style w:type="paragraph" w:styleId="own"><w:name w:val="我的小标题"/><w:basedOn w:val="bt2"/></w:style>
<w:style w:type="paragraph" w:styleId="dg"><w:name w:val="提纲"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="10"><w:name w:val="toc 1"/></w:style>
</w:styles>"""


def seen(data: bytes) -> list[tuple[str, int | None, str, str]]:
    return [(b.kind, b.level, b.number, b.text) for b in read_bytes(data, "a.docx").blocks]


def test_heading_styles_in_both_languages_and_by_outline():
    body = (styled("t", "平川局2026年工作要点") + styled("10", "一、学习……1") + styled("1", "学习")
            + styled("bt2", "计划") + styled("own", "总结") + styled("yj", "活动") + styled("dg", "比赛")
            + words("五月举办比赛。"))
    assert [line[:2] for line in seen(docx(body, word__styles_xml=STYLES))] == [
        ("title", None), ("heading", 1), ("heading", 2), ("heading", 2), ("heading", 1), ("heading", 2),
        ("paragraph", None)]


def test_a_lone_first_heading_is_the_title():
    body = styled("1", "平川局2026年工作要点") + styled("bt2", "学习") + words("每月学习。") + styled("bt2", "活动")
    assert [line[:2] for line in seen(docx(body, word__styles_xml=STYLES))] == [
        ("title", None), ("heading", 1), ("paragraph", None), ("heading", 1)]


def test_centred_title_of_two_lines_with_paper_number_and_bold_headings():
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    body = (centred("中共平川局委员会") + centred("2026年工作要点") + centred("平党发〔2026〕3号", bold=False)
            + words("总的要求是抓落实。") + bold.format("一、学习") + bold.format("（一）计划") + words("每月学习。"))
    assert seen(docx(body)) == [
        ("title", None, "", "中共平川局委员会2026年工作要点"), ("note", None, "", "平党发〔2026〕3号"),
        ("paragraph", None, "", "总的要求是抓落实。"), ("heading", 1, "", "一、学习"), ("heading", 2, "", "（一）计划"),
        ("paragraph", None, "", "每月学习。")]


def test_numbers_of_several_levels_restart_below_a_higher_one():
    lists = numbering(level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）")
                      + level(2, "decimal", "%3."), lists=number_list(7, 0))
    body = "".join(listed(f"学习{n}", 7, depth) for n, depth in enumerate((0, 1, 2, 2, 1, 2, 0, 1, 2)))
    assert [line[2] for line in seen(docx(body, word__numbering_xml=lists))] == [
        "一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "（一）", "1."]


def test_lists_share_a_count_unless_overridden():
    plain = level(0, "decimal", "%1.")
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = numbering(plain, lists=number_list(1, 0) + number_list(2, 0) + number_list(3, 0, restart))
    body = "".join(listed("学习四字", n) for n in (1, 1, 2, 3, 3))
    assert [line[2] for line in seen(docx(body, word__numbering_xml=lists))] == ["1.", "2.", "3.", "1.", "2."]


def test_legal_numbers_joined_levels_bullets_and_lists_switched_off():
    lists = numbering(
        level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
        + level(2, "decimal", "%3)", '<w:lvlRestart w:val="0"/>'),
        level(0, "bullet", "●"), lists=number_list(1, 0) + number_list(2, 1))
    body = (listed("学习一一", 1) + listed("学习一二", 1, 1) + listed("学习一三", 1, 2) + listed("学习一四", 1)
            + listed("学习一五", 1, 2) + listed("学习一六", 2) + listed("学习一七", 0) + listed("学习一八", 99))
    assert [line[2] for line in seen(docx(body, word__numbering_xml=lists))] == [
        "第一章", "1.1", "1)", "第二章", "2)", "", "", ""]


def test_numbers_that_come_with_the_style():
    styles = STYLES.replace('<w:name w:val="heading 1"/>', '<w:name w:val="heading 1"/><w:pPr><w:numPr>'
                            '<w:numId w:val="5"/></w:numPr></w:pPr>')
    lists = numbering(level(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/>'), lists=number_list(5, 0))
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = styled("1", "学习") + styled("1", "附则", off) + styled("1", "活动") + words("每月学习。")
    assert [line[2] for line in seen(docx(body, word__styles_xml=styles, word__numbering_xml=lists))] == [
        "一、", "", "二、", ""]


@pytest.mark.parametrize(("count", "form", "written"), [
    (1, "chineseCounting", "一"), (10, "chineseCounting", "十"), (11, "chineseCountingThousand", "十一"),
    (20, "japaneseCounting", "二十"), (101, "chineseCountingThousand", "一百零一"), (3, "chineseLegalSimplified", "叁"),
    (2, "ideographTraditional", "乙"), (3, "ideographZodiac", "寅"), (5, "decimalEnclosedCircleChinese", "⑤"),
    (7, "decimalFullWidth", "７"), (4, "decimalZero", "04"), (28, "lowerLetter", "bb"), (14, "upperRoman", "XIV"),
    (9, "lowerRoman", "ix"), (6, "somethingNew", "6"),
])
def test_number_formats(count, form, written):
    assert in_words(count, form) == written


def test_deleted_hidden_and_floating_text_is_left_out_and_inserted_text_kept():
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        "<w:p>" + run.format("每月") + '<w:del w:id="1"><w:r><w:delText>不</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2">{run.format("按时")}</w:ins>' + run.format("组织")
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暂不</w:t></w:r>"
        + "<w:r><w:fldChar/><w:instrText>HYPERLINK x</w:instrText></w:r>"
        + f'<w:hyperlink>{run.format("学习")}</w:hyperlink>'
        + f"<w:r><w:pict><w:txbxContent>{words('框里的字')}</w:txbxContent></w:pict></w:r>"
        + "<w:r><w:t>。</w:t><w:br/><w:t>每季度座谈。</w:t></w:r></w:p>"
        + f"<w:sdt><w:sdtContent>{words('年底总结。')}</w:sdtContent></w:sdt>"
    )
    assert [line[3] for line in seen(docx(body))] == ["每月按时组织学习。", "每季度座谈。", "年底总结。"]


def cell(text: str, properties: str = "") -> str:
    lines = "".join(words(line) for line in text.split("\n")) if text else "<w:p/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{lines}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


DOWN, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def wide(span: int) -> str:
    return f'<w:gridSpan w:val="{span}"/>'


def test_task_table_with_two_header_rows_sections_and_merges():
    body = centred("平川局重点任务分解表") + table(
        cell("序号", DOWN) + cell("工作任务", DOWN) + cell("责任分工", wide(2)) + cell("时限", DOWN),
        cell("", GOES_ON) + cell("", GOES_ON) + cell("牵头") + cell("配合单位") + cell("", GOES_ON),
        cell("一、学习教育", wide(5)),
        cell("1") + cell("制定计划\n印发通知") + cell("宣传部", DOWN) + cell("办公室") + cell("3月"),
        cell("2") + cell("举办培训") + cell("", GOES_ON) + cell("") + cell("每季度"),
        cell("（二）活动", wide(5)),
        cell("序号") + cell("工作任务") + cell("责任分工", wide(2)) + cell("时限"),
        cell("3") + cell("举办比赛") + cell("工会") + cell("") + cell("5月"),
        cell("注：按月报进度。", wide(5)),
    )
    found = read_bytes(docx(body), "a.docx").blocks
    assert [(b.kind, b.level) for b in found] == [
        ("title", None), ("heading", 1), ("row", None), ("row", None), ("heading", 2), ("row", None), ("note", None)]
    assert found[2].cells == (("序号", "1"), ("工作任务", "制定计划\n印发通知"), ("责任分工牵头", "宣传部"),
                              ("配合单位", "办公室"), ("时限", "3月"))
    assert found[3].cells == (("序号", "2"), ("工作任务", "举办培训"), ("责任分工牵头", "宣传部"), ("时限", "每季度"))
    assert found[3].text == "2\t举办培训\t宣传部\t每季度"


def test_automatic_numbers_inside_cells():
    lists = numbering(level(0, "decimal", "%1."), lists=number_list(1, 0))
    inner = f"<w:tc>{listed('制定计划', 1)}{listed('印发通知', 1)}</w:tc>"
    body = table(cell("工作措施") + cell("责任单位"), inner + cell("宣传部"))
    found = read_bytes(docx(body, word__numbering_xml=lists), "a.docx").blocks
    assert found[0].cells[0] == ("工作措施", "1.制定计划\n2.印发通知")


def test_a_table_without_header_is_read_as_lines():
    rows = [cell("甲") + cell("每月开展一次集中学习"), cell("乙") + cell("每季度召开一次座谈会")]
    body = words("每月组织学习。") + table(*rows)
    assert [line[:1] + line[3:] for line in seen(docx(body))][1:] == [
        ("paragraph", "甲 每月开展一次集中学习"), ("paragraph", "乙 每季度召开一次座谈会")]


def test_strict_files_are_read_too():
    data = docx(words("每月组织学习。"))
    strict = read_bytes(_strict(data), "a.docx")
    assert strict == read_bytes(data, "a.docx")


def _strict(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return archive({name: opened.read(name).replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main") for name in opened.namelist()})
