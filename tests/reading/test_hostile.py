"""Hostile and mistaken files through the real command: one clear sentence, status 2, bounded memory, no traceback."""

import contextlib
import itertools
import json
import os
import string
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.plan.reading.errors import CLASSIFIED, Unreadable
from luoshi.plan.reading.files import read_bytes

from . import build_gold, evil

MEMORY_KB = 512 * 1024
# A small process in between, so that the memory of the test run itself is not counted.
LAUNCHER = """
import json, os, subprocess, sys, time
begun = time.monotonic()
made = subprocess.Popen([sys.executable, "-m", "luoshi", "plan", "read", sys.argv[1]],
                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
said = made.stdout.read()
_, status, used = os.wait4(made.pid, 0)
made.returncode = os.waitstatus_to_exitcode(status)
print(json.dumps({"status": made.returncode, "said": said.decode(), "kb": used.ru_maxrss,
                  "seconds": time.monotonic() - begun}))
"""


def command(path: Path) -> dict[str, object]:
    """What the command said about `path`, its exit status, and the peak of it and its child in KB."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", LAUNCHER, str(path)], capture_output=True, env=environment, check=True)
    return json.loads(done.stdout)


def refused(path: Path, *expected: str) -> str:
    found = command(path)
    said = str(found["said"]).strip()
    assert found["status"] == 2, said
    assert found["kb"] <= MEMORY_KB
    assert "\n" not in said
    assert "Traceback" not in said
    assert said.endswith("。")
    assert said.count("。") == 1
    for words in expected:
        assert words in said
    return said


def grid(rows: int, columns: int) -> str:
    names = ["".join(pair).strip() for pair in itertools.product(" ABCDEFGH", string.ascii_uppercase)][:columns]
    return "".join(f'<row r="{r}">' + "".join(f'<c r="{name}{r}"><v>1</v></c>' for name in names) + "</row>"
                   for r in range(1, rows + 1))


def shared_string_bomb() -> bytes:
    """One long text, referred to by 40,000 cells."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 40_001))
    return evil.xlsx(rows, strings=f"<si><t>{'学习' * 16_000}</t></si>")


BODY = evil.words(evil.SENTENCE)
ENTITY = evil.words("&a;" * 2_000)
HEAVY, BROKEN, UNSAFE = "文件展开后太大或结构异常", "文件不完整或已损坏", "外部引用或实体定义"

FILES = {
    "empty.docx": (lambda: b"", "文件是空的"),
    "one-byte.docx": (lambda: b"a", "没有找到中文正文"),
    "one-high-byte.txt": (lambda: b"\xff", "文件是空的"),
    "blank.txt": (lambda: b" \r\n\t " * 50, "文件是空的"),
    "zeros.xlsx": (lambda: bytes(5_000), "文件是空的"),
    "english.txt": (lambda: b"plain words only\n" * 20, "没有找到中文正文"),
    "noise.txt": (evil.noise, "编码无法识别"),
    "noise.docx": (evil.noise, "编码无法识别"),
    "noise-with-magic.docx": (lambda: b"PK\x03\x04" + evil.noise(), BROKEN),
    "noise.pdf": (lambda: b"%PDF-1.7\n" + evil.noise(), BROKEN),
    "program.docx": (lambda: b"MZ\x90\x00" + evil.noise(2_000), "程序文件"),
    "elf.pdf": (lambda: b"\x7fELF" + evil.noise(2_000), "程序文件"),
    "page.xls": (lambda: "<html><table><tr><td>任务</td></tr></table></html>".encode(), "网页"),
    "page-bom.xls": (lambda: "\ufeff<!DOCTYPE html><html>任务</html>".encode(), "网页"),
    "flat.xml": (lambda: '<?xml version="1.0"?><任务/>'.encode(), "XML"),
    "rich.doc": (lambda: rb"{\rtf1\ansi abc}", "RTF", "另存为 docx"),
    "picture.docx": (lambda: b"\x89PNG\r\n\x1a\n" + evil.noise(900), "图片"),
    "photo.pdf": (lambda: b"\xff\xd8\xff\xe0" + evil.noise(900), "图片"),
    "packed.docx": (lambda: b"Rar!\x1a\x07" + evil.noise(900), "压缩包"),
    "packed.xlsx": (lambda: b"\x1f\x8b\x08" + evil.noise(900), "压缩包"),
    "texts.zip": (lambda: evil.archive({"要点.txt": "学习" * 50}), "不是 docx 或 xlsx"),
    "paper.ofd": (lambda: evil.archive({"OFD.xml": "<ofd/>"}), "OFD"),
    "binary.xlsb": (lambda: evil.archive({"xl/workbook.bin": b"x" * 90}), "xlsb"),
    "old.doc": (lambda: evil.compound("WordDocument", "1Table"), "旧版 Word", "另存为 docx"),
    "old.wps": (lambda: evil.compound("WpsContent"), "另存为 docx"),
    "old.xls": (lambda: evil.compound("Workbook"), "旧版 Excel", "另存为 xlsx"),
    "older.xls": (lambda: evil.compound("Book"), "旧版 Excel", "另存为 xlsx"),
    "locked.docx": (lambda: evil.compound("EncryptedPackage", "EncryptionInfo"), "密码"),
    "locked.xlsx": (lambda: evil.compound("EncryptionInfo", "EncryptedPackage"), "密码"),
    "locked-entries.docx": (evil.locked_entries, "密码"),
    "locked.pdf": (evil.locked_pdf, "密码"),
    "picture-only.pdf": (lambda: evil.pdf(evil.pdf_page(b"0 0 500 500 re f")), "扫描图片"),
    "no-pages.pdf": (lambda: evil.pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]), BROKEN),
    "looped-pages.pdf": (lambda: evil.pdf([b"<</Type/Catalog/Pages 2 0 R>>",
                                           b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 90000>>"]), "请"),
    "bomb.pdf": (evil.pdf_bomb, "请"),
    "wide-page.pdf": (lambda: evil.pdf(evil.pdf_page(b"BT /F 9 Tf (x) Tj ET", b"/MediaBox[0 0 1e30 1e30]")), "请"),
    "flat-bomb.docx": (evil.flat_bomb, HEAVY),
    "steep-bomb.docx": (evil.steep_bomb, HEAVY),
    "nested-bomb.docx": (evil.nested_bomb, HEAVY),
    "overlapping-bomb.docx": (evil.overlapping_bomb, BROKEN),
    "lying-sizes.docx": (evil.lying_sizes, "请"),
    "twins.docx": (evil.twin_documents, BROKEN),
    "crowded.docx": (lambda: evil.archive({f"word/{n}.xml": b"" for n in range(2_001)}
                                          | {"word/document.xml": b"<a/>"}), HEAVY),
    "no-body.docx": (lambda: evil.archive({"word/document.xml": "<a>学习学习</a>"}), BROKEN),
    "cut-xml.docx": (lambda: evil.docx(BODY + "<w:p><w:r>"), BROKEN),
    "no-text.docx": (lambda: evil.docx("<w:p/>"), "没有找到中文正文"),
    "outside.docx": (lambda: evil.docx(ENTITY, evil.OUTSIDE), UNSAFE),
    "laughs.docx": (lambda: evil.docx(evil.words("&j;"), evil.LAUGHS), UNSAFE),
    "quadratic.docx": (lambda: evil.docx(ENTITY, evil.QUADRATIC), UNSAFE),
    "laughs-in-styles.docx": (lambda: evil.docx(BODY, word__styles_xml=evil.LAUGHS + "<a>&j;</a>"), UNSAFE),
    "laughs-utf16.docx": (lambda: evil.archive({"word/document.xml": (
        '<?xml version="1.0" encoding="utf-16"?>' + evil.LAUGHS + "<a>&j;</a>").encode("utf-16")}), UNSAFE),
    "deep.docx": (lambda: evil.docx("<w:sdt>" * 30_000 + BODY + "</w:sdt>" * 30_000), "请"),
    "wide-span.docx": (lambda: evil.docx('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>'
                                         f"{BODY}</w:tc></w:tr></w:tbl>"), "200 列"),
    "many-columns.docx": (lambda: evil.docx(f"<w:tbl><w:tr>{f'<w:tc>{BODY}</w:tc>' * 201}</w:tr></w:tbl>"), "200 列"),
    "far-cell.xlsx": (lambda: evil.xlsx(f'<row r="1">{evil.cell("A1", evil.SENTENCE)}</row>'
                                        f'<row r="1048576">{evil.cell("XFD1048576", "x")}</row>'), "5 万行"),
    "many-rows.xlsx": (lambda: evil.xlsx(grid(50_001, 1)), "5 万行"),
    "many-columns.xlsx": (lambda: evil.xlsx(grid(2, 201)), "200 列"),
    "absurd-row.xlsx": (lambda: evil.xlsx(f'<row r="99999999999">{evil.cell("A99999999999", "x")}</row>'), "5 万行"),
    "far-merge.xlsx": (lambda: evil.xlsx(f'<row r="1">{evil.cell("A1", evil.SENTENCE)}</row>', after=(
        '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>')), "5 万行"),
    "many-merges.xlsx": (lambda: evil.xlsx(f'<row r="1">{evil.cell("A1", evil.SENTENCE)}</row>', after=(
        "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 20_001 + "</mergeCells>")), "请"),
    "shared-strings.xlsx": (shared_string_bomb, "请"),
    "laughs.xlsx": (lambda: evil.xlsx("", strings="<si><t>&j;</t></si>", prolog=evil.LAUGHS), UNSAFE),
    "outside.xlsx": (lambda: evil.xlsx("", strings="<si><t>&a;</t></si>", prolog=evil.OUTSIDE), UNSAFE),
    "empty-book.xlsx": (lambda: evil.xlsx(""), "没有找到中文正文"),
    "no-sheets.xlsx": (lambda: evil.archive({"xl/workbook.xml": "<workbook/>"}), "请"),
    "too-large.txt": (lambda: "学习".encode() * (4 << 20), "20 MB"),
    "too-long.txt": (lambda: "学习".encode() * 600_000, "100 万字"),
}


@pytest.mark.parametrize("name", FILES)
def test_hostile_file_gets_one_sentence(name, tmp_path):
    made, *expected = FILES[name]
    path = tmp_path / name
    path.write_bytes(made())
    assert "请" in refused(path, *expected)


@pytest.mark.parametrize("tenth", range(1, 10))
@pytest.mark.parametrize("name", ["discipline", "institute"])
def test_truncated_office_file(name, tenth, tmp_path):
    whole = build_gold.build(name, tmp_path).read_bytes()
    path = tmp_path / f"cut-{name}"
    path.write_bytes(whole[: len(whole) * tenth // 10])
    refused(path, BROKEN)


@pytest.mark.parametrize("tenth", range(1, 10))
def test_truncated_pdf(tenth, tmp_path):
    whole = build_gold.build("bureau", tmp_path).read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(whole[: len(whole) * tenth // 10])
    refused(path, "请")


def test_paths_that_are_no_files(tmp_path):
    refused(tmp_path, "文件夹")
    refused(tmp_path / "没有.docx", "找不到")
    refused(tmp_path / ("长" * 300), "请")
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe", "普通文件")


def test_no_permission(tmp_path):
    """Read as an ordinary user, because an administrator may read everything."""
    tmp_path.chmod(0o755)
    path = tmp_path / "要点.txt"
    path.write_text(evil.SENTENCE, encoding="utf-8")
    path.chmod(0)
    code = (
        "import os, sys\n"
        "from luoshi.plan.reading.files import read_file\n"
        "from luoshi.plan.reading.errors import Unreadable\n"
        "os.getuid() or os.seteuid(65534)\n"
        "try:\n    read_file(sys.argv[1])\n"
        "except Unreadable as error:\n    print(error)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    for parent in list(tmp_path.parents)[:3]:
        parent.chmod(parent.stat().st_mode | 0o011)
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, env=environment, check=True)
    assert "没有读取这个文件的权限" in done.stdout.decode()


MARKS = {
    "head.txt": lambda: f"机密★\n平川局2026年工作要点\n{evil.SENTENCE}".encode(),
    "gb.txt": lambda: f"绝密★一年\n{evil.SENTENCE}".encode("gb18030"),
    "spaced.md": lambda: f"# 要点\n\n秘 密 \\★ 1年\n\n## 一、学习\n{evil.SENTENCE}".encode(),
    "body.docx": lambda: evil.docx(evil.words("秘密★3年") + BODY),
    "split.docx": lambda: evil.docx("<w:p><w:r><w:t>机</w:t></w:r><w:r><w:t>密★</w:t></w:r></w:p>" + BODY),
    "header.docx": lambda: evil.docx(BODY, word__header1_xml=f"<w:hdr {evil.WORD}>{evil.words('绝密★')}</w:hdr>"),
    "box.docx": lambda: evil.docx("<w:p><w:r><w:pict><w:txbxContent>" + evil.words("机密★")
                                  + "</w:txbxContent></w:pict></w:r></w:p>" + BODY),
    "cell.xlsx": lambda: evil.xlsx(f'<row r="1">{evil.cell("A1", "机密★")}{evil.cell("B1", evil.SENTENCE)}</row>'),
    "header.xlsx": lambda: evil.xlsx(
        f'<row r="1">{evil.cell("A1", evil.SENTENCE)}</row>',
        after="<headerFooter><oddHeader>&amp;L秘密★&amp;R要点</oddHeader></headerFooter>"),
    "机密★要点.txt": lambda: evil.SENTENCE.encode(),
}


@pytest.mark.parametrize("name", MARKS)
def test_classified_file_is_refused(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(MARKS[name]())
    assert refused(path) == CLASSIFIED


def test_classified_running_header_of_a_pdf(tmp_path):
    source = json.loads((build_gold.GOLD / "bureau" / "source.json").read_text(encoding="utf-8"))
    source["lines"].insert(0, ["p", "秘密★1年"])
    build_gold.paged_pdf(source, tmp_path / "a.pdf")
    assert refused(tmp_path / "a.pdf") == CLASSIFIED


def test_classified_mark_on_a_hidden_sheet(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append([evil.SENTENCE])
    hidden = book.create_sheet("存底")
    hidden.append(["绝密★"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert refused(tmp_path / "a.xlsx") == CLASSIFIED


def test_talking_about_secrets_is_no_mark():
    text = "开展保守国家秘密宣传教育，签订机密文件管理责任书，保守国家秘密\n★为重点任务。"
    assert read_bytes(text.encode(), "保密工作要点.txt").text == text


@pytest.mark.parametrize(("name", "as_name", "kind"), [
    ("institute", "要点.docx", "xlsx"), ("district", "要点.xls", "docx"), ("bureau", "要点.txt", "pdf"),
    ("ministry", "要点.docx", "txt"), ("discipline", "要点", "docx"),
])
def test_wrong_name_is_read_by_content(name, as_name, kind, tmp_path):
    data = build_gold.build(name, tmp_path).read_bytes()
    assert read_bytes(data, as_name).format == kind


def test_harmless_oddities_are_read_and_write_nothing(tmp_path):
    odd = evil.docx(BODY, **{"..__..__..__slip.txt": "x", "word___rels__settings_xml.rels":
                             '<Relationships><Relationship TargetMode="External" Target="http://127.0.0.1:9/t.dotx"/>'
                             "</Relationships>", "word__vbaProject.bin": b"Attribute VB_Name"})
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as made:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
        made.writestr("word/document.xml", f"<w:document {evil.WORD}><w:body>{BODY}</w:body></w:document>")
    assert read_bytes(odd, "a.docx").text == evil.SENTENCE
    assert read_bytes((tmp_path / "a.docx").read_bytes(), "a.docx").text == evil.SENTENCE
    assert [p.name for p in tmp_path.iterdir()] == ["a.docx"]
    assert not list(tmp_path.parent.glob("slip.txt"))


def test_declared_range_alone_costs_nothing():
    sheet = evil.xlsx(f'<row r="1">{evil.cell("A1", evil.SENTENCE)}</row>', before='<dimension ref="A1:XFD1048576"/>')
    assert read_bytes(sheet, "a.xlsx").text == evil.SENTENCE


def test_an_honest_plan_is_quick_and_small(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(evil.docx(BODY * 170))
    found = command(path)
    assert found["status"] == 0
    assert found["kb"] <= 200 * 1024
    assert float(str(found["seconds"])) < 5


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08") or b"%PDF-" in data:
        return
    with contextlib.suppress(Unreadable):
        assert read_bytes(data, "a").text
