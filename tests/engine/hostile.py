"""Texts that try to become something else than text, and files that try to become something else than a table."""

import io
import math
import zipfile

MARK = "zq7x"  # stands in every script below: a page that shows it must show it escaped

SCRIPTS = [
    f"<script>{MARK}(1)</script>", f"\"><script>{MARK}</script>", f"'><img src=x onerror={MARK}()>",
    f"</title><script>{MARK}</script>", f"</textarea><svg onload={MARK}()>", f"<svg/onload={MARK}>",
    f"<a href=javascript:{MARK}()>x</a>", f"<iframe srcdoc='{MARK}'>", f"<!--<img src='{MARK}'>-->",
    f"<math><mi xlink:href='data:x,{MARK}'>", f"\" onmouseover=\"{MARK}()\"", f"' autofocus onfocus='{MARK}()",
    f"<style>@import '{MARK}'</style>", f"<base href='//{MARK}'>", f"<meta http-equiv=refresh content='0;{MARK}'>",
    f"<form action='{MARK}'><button>", f"<details open ontoggle={MARK}>", f"<x onclick={MARK}>", f"<%2fscript>{MARK}",
    f"\\u003cscript\\u003e{MARK}", f"<scr\x00ipt>{MARK}", f"＜script＞{MARK}", f"<IMG \"\"\"><SCRIPT>{MARK}</SCRIPT>",
    f"<object data='{MARK}'>", f"<embed src='{MARK}'>", f"]]><b>{MARK}</b>", f"<input value='{MARK}' autofocus>",
]
TEMPLATES = ["{{ 7*7 }}", "{% raw %}", "{{ config }}", "${7*7}", "#{7*7}", "{{''.__class__}}", "{% include '/etc/passwd' %}",
             "%(name)s", "%s%s%s%n", "{0}", "{actor.id}", "%d %(x)", "@@token@@ @@path@@", "{# x #}"]
STATEMENTS = ["' OR '1'='1", "'; DROP TABLE foundation_unit; --", "\" OR 1=1", "1; SELECT pg_sleep(9)", "%' --", "_%_%", "\\",
              "\\'", "1 UNION SELECT 1", "x' AND 1=CAST((SELECT 1) AS int)--", "*", "?", "NULL", "nil", "undefined", "NaN"]
CHARACTERS = ["\x00", "a\x00b", "\x1f\x7f", "\u202eevil", "\u2066x\u2069", "\u200b", "\ufeff", "\ufffd", "\u2028", "\u2029",
              "👨‍👩‍👧‍👦🇨🇳", "𠮷𡘙𰻞", "ａｂｃ１２３", "　　", "\t\n\r", "é", "ﷺ" * 50, "Z̵̢̛͚" * 30, "ⅷ㎡㈱", "−٣", "李·芳",
              "\r\nSet-Cookie: a=b", "%0d%0aX: y", "\ud7ff", "\U0010ffff"]
LONG = ["长" * 10_000, "x" * 10_000, "<" * 3000, "a " * 5000, "🙂" * 3000]
NUMBERS = ["-1", "0", "1e999999999", "9" * 30, "9" * 5000, "0x10", "1_000", "１２", "²", "∞", "1.5", "1,000", "+1", "--1",
           "99999999999999999999", "-9223372036854775809", "2147483648"]
DAYS = ["2026-13-01", "0000-00-00", "10000-01-01", "2026-02-30", "2026-11-23T00:00", "today", "-1-1-1"]
FORMULAS = ["=1+1", "=HYPERLINK(\"http://x\")", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|'/c calc'!A0"]
PATHS = ["../../etc/passwd", "..\\..\\x", "/etc/passwd", "CON", "file:///etc/passwd", "a/b", ".htaccess"]
TEXTS = SCRIPTS + TEMPLATES + STATEMENTS + CHARACTERS + LONG + NUMBERS + DAYS + FORMULAS + PATHS


def share(things: list[str], name: str, names: list[str], meets: int) -> list[str]:
    """The things that fall to one of the names, so that each meets about `meets` of them however many names there are."""
    size = max(1, math.ceil(meets * len(things) / len(names)))
    first = names.index(name) * size
    return [things[(first + n) % len(things)] for n in range(size)]


def package(parts: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(rows: str, *, strings: str = "", head: str = "", **more: bytes) -> bytes:
    """A workbook of one sheet whose rows are given as markup."""
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" '
                       'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{head}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
                           '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" '
                                      f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    return package({k: v.encode() for k, v in parts.items()} | more)


def lying_about_its_size(data: bytes) -> bytes:
    """A package whose directory says that nothing in it is large."""
    spot = data.rfind(b"PK\x01\x02")
    made = bytearray(data)
    while spot != -1:
        made[spot + 24:spot + 28] = (10).to_bytes(4, "little")
        spot = data.rfind(b"PK\x01\x02", 0, spot)
    return bytes(made)


def cell(text: str, at: str = "A1") -> str:
    digits = "".join(c for c in at if c.isdigit())
    return f'<row r="{digits}"><c r="{at}" t="inlineStr"><is><t>{text}</t></is></c></row>'


# name → (bytes, a word of the sentence that turns it away)
FILES = {
    "flat-bomb.xlsx": (workbook(cell("x"), **{"xl/media/a.bin": b"\0" * 60_000_000}), "解压后过大"),
    "lying-bomb.xlsx": (lying_about_its_size(workbook(cell("x"), **{"xl/media/a.bin": b"\0" * 60_000_000})), "解压后过大|不完整"),
    "many.xlsx": (workbook(cell("x"), **{f"x/{n}": b"" for n in range(2100)}), "解压后过大"),
    "far-cell.xlsx": (workbook(cell("x") + cell("y", "XFD1048576")), "200 列"),
    "far-row.xlsx": (workbook(cell("x") + cell("y", "A1048576")), "100,000 行"),
    "wide.xlsx": (workbook(cell("x") + cell("y", "ZZ2")), "200 列"),
    "wide.csv": (",".join(f"h{n}" for n in range(201)).encode(), "200 列"),
    "long.csv": (b"a\n" * 100_100, "100,000 行"),
    "open-quote.csv": ("单位,\"".encode() + b"x" * 300_000, "引号"),
    "nul.csv": (b"a,b\x00c", "不是表格文件"),
    "half.xlsx": (workbook(cell("x"))[:700], "不完整"),
    "entity.xlsx": (workbook("<row r='1'><c r='A1' t='inlineStr'><is><t>&x;</t></is></c></row>",
                             head="<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"), "没有内容|无法读取|没有找到表头"),
    "other.zip": (package({"a.txt": b"x"}), "不是 Excel 工作簿"),
    "sheet.ods": (package({"content.xml": b"<x/>", "mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "不是 Excel"),
    "empty.xlsx": (workbook(""), "没有内容"),
    "page.xls": (b"<html><table><tr><td>x</td></tr></table></html>", "没有找到表头"),
    "image.png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "不是表格文件"),
    "utf16.csv": (b"\xff\xfe\x00\xd8a", "没有找到表头|没有内容"),
    "bytes.csv": (b"\x81\xff\xfe\xfa,\x80", "文字编码"),
    "blank.csv": (b"\n\n,,\n", "没有内容"),
}
