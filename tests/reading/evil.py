"""Files made to hurt or to mislead: each function returns the bytes of one."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Mapping

TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="xml" ContentType="application/xml"/></Types>'
)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SENTENCE = "每季度组织一次全体党员集中学习，年底前完成总结。"


def archive(entries: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in entries.items():
            made.writestr(name, data)
    return out.getvalue()


def docx(body: str = f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>", prolog: str = "", **more: str | bytes) -> bytes:
    """A docx with this body; further parts by name, with __ for / and _xml for .xml."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": f'<?xml version="1.0"?>{prolog}<w:document {WORD}><w:body>{body}</w:body></w:document>',
    }
    parts.update({name.replace("__", "/").replace("_xml", ".xml"): data for name, data in more.items()})
    return archive(parts)


def words(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def xlsx(rows: str, *, before: str = "", after: str = "", strings: str = "", prolog: str = "", count: int = 1) -> bytes:
    """An xlsx whose sheets hold these rows; `before` and `after` stand around sheetData."""
    sheets = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, count + 1))
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATED}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, count + 1)
    )
    related += f'<Relationship Id="s" Type="{RELATED}/sharedStrings" Target="sharedStrings.xml"/>'
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{RELATED}/officeDocument" '
                       'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {SHEET} xmlns:r="{RELATED}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
        "xl/sharedStrings.xml": f'<?xml version="1.0"?>{prolog}<sst {SHEET}>{strings}</sst>',
    }
    for n in range(1, count + 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'<?xml version="1.0"?><worksheet {SHEET}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
        )
    return archive(parts)


def cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def noise(length: int = 20_000) -> bytes:
    return random.Random(20081122).randbytes(length)


def flat_bomb() -> bytes:
    return archive({"[Content_Types].xml": TYPES, "word/document.xml": b" " * (200 << 20)})


def steep_bomb() -> bytes:
    """Under the whole cap, over the ratio."""
    return docx(more__xml=b"\x00" * (20 << 20))


def nested_bomb(depth: int = 6) -> bytes:
    inner = b"\x00" * (8 << 20)
    for level in range(depth):
        inner = archive({f"{level}.zip": inner, f"copy{level}.zip": inner})
    return docx(word__embeddings__a=inner, word__media__b=b"\x00" * (8 << 20))


def overlapping_bomb(copies: int = 50) -> bytes:
    """Central directory entries that all point at the same compressed bytes."""
    # stored as it is and readable, so that nothing but the overlap is wrong with it
    data = f"<w:document {WORD}><w:body>{words(SENTENCE)}</w:body></w:document>".encode()
    crc, size = zlib.crc32(data), len(data)
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0, crc, size, size, 17, 0)
    body = local + b"word/document.xml" + data
    central = b""
    for copy in range(copies):
        name = b"word/document.xml" if not copy else f"word/media/i{copy:03}.x".encode()
        central += struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, crc, size, size,
                               len(name), 0, 0, 0, 0, 0, 0) + name
    return body + central + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, copies, copies, len(central), len(body), 0)


def lying_sizes() -> bytes:
    """Headers that say 1 KB where 30 MB come out."""
    whole = docx(words(" " * (30 << 20)))
    real = struct.pack("<I", _unpacked(whole, "word/document.xml"))
    assert whole.count(real) >= 2
    return whole.replace(real, struct.pack("<I", 1024))


def _unpacked(whole: bytes, name: str) -> int:
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        return opened.getinfo(name).file_size


def locked_entries() -> bytes:
    """The encryption bit set on every entry."""
    whole = bytearray(docx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = whole.find(signature)
        while at >= 0:
            whole[at + offset] |= 1
            at = whole.find(signature, at + 4)
    return bytes(whole)


def twin_documents() -> bytes:
    """Two main documents of the same name: readers would disagree on which one counts."""
    whole = docx(word__documenu_xml=f"<w:document {WORD}/>")
    return whole.replace(b"word/documenu.xml", b"word/document.xml")


def compound(*streams: str) -> bytes:
    """The start of an old OLE file whose directory names these streams."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
    return head + b"".join(name.encode("utf-16-le").ljust(128, b"\x00") for name in ("Root Entry", *streams))


LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)) + "]>"
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"哈" * 50_000}">]>'


def pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; object 1 is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + table + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, trailer, len(out))


def pdf_page(content: bytes = b"", page: bytes = b"", catalogue: bytes = b"", stream: bytes = b"") -> list[bytes]:
    return [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>%s>>" % page,
        b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), stream, content),
    ]


def locked_pdf() -> bytes:
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]" % (b"11" * 32, b"22" * 32)
    return pdf(pdf_page(b"BT /F 12 Tf (x) Tj ET"), lock)


def pdf_bomb() -> bytes:
    """A page of 400 MB of text commands in a few hundred kilobytes."""
    packer = zlib.compressobj(9)
    piece = b"BT /F 1 Tf (aaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET " * 20_000
    packed = b"".join(packer.compress(piece) for _ in range(420)) + packer.flush()
    return pdf(pdf_page(packed, stream=b"/Filter/FlateDecode"))
