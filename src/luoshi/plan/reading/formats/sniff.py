"""What a file is, told from its bytes and never from its name."""

import re

from ..errors import Unreadable

_DIRECTORY_WORD = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<table", b"<meta", b"<script", b"<?xml", b"<svg", b"<w:")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")


def family(data: bytes) -> str:
    """"zip", "pdf" or "text". Raises Unreadable for everything known not to be a plan."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("文件是空的，没有任何内容；请核对是否选错了文件。")
    head = data[:1024]
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return "zip"
    if b"%PDF-" in head:
        return "pdf"
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unreadable(_compound(data))
    _refuse_known(head)
    return "text"


def _compound(data: bytes) -> str:
    if _DIRECTORY_WORD in data:
        return "文件加了打开密码，无法读取；请在 WPS 或 Word、Excel 中取消密码，另存后再试。"
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book\x00")):
        return "这是旧版 Excel（.xls）或 WPS 表格（.et）文件，不能直接读取；请用 WPS 打开，另存为 xlsx 后再试。"
    return "这是旧版 Word（.doc）或 WPS 文字（.wps）文件，无法直接读取；请用 WPS 或 Word 打开，另存为 docx 后再试。"


def _refuse_known(head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_MARKUP):
        raise Unreadable("这是网页或 XML 文件，只是改了名字；请用 WPS 或 Excel 打开，另存为 docx 或 xlsx 后再试。")
    if start.startswith(b"{\\rtf"):
        raise Unreadable("这是 RTF 文件，无法直接读取；请用 WPS 或 Word 打开，另存为 docx 后再试。")
    # short marks such as MZ or BM may also begin a text, but a text has no control characters
    binary = bool(_CONTROL.search(head))
    if head.startswith(b"#!/") or (binary and head.startswith(_PROGRAMS)):
        raise Unreadable("这是程序文件，不是计划文档，没有打开；请核对文件来源，选择 docx、xlsx、pdf、txt 或 md 文件。")
    if binary and head.startswith(_PICTURES):
        raise Unreadable("这是图片，里面没有可读的文字；请先做文字识别，另存为 docx 或 txt 后再试。")
    if head.startswith(_ARCHIVES):
        raise Unreadable("这是压缩包；请先解压，再选择其中的计划文件。")
