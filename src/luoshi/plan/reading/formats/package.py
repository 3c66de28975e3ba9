"""The zip container of docx and xlsx: checked whole before any entry is unpacked, and unpacked under caps."""

import io
import zipfile
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as Safe

from ..errors import BROKEN, Unreadable
from . import scale

_ENCRYPTED = "压缩包里的内容加了密码，无法读取；请取消密码，另存后再试。"
_STRANGE = "这是压缩包或其他办公文件，不是 docx 或 xlsx；请先解压，或用 WPS 打开后另存为 docx 或 xlsx 再试。"
UNSAFE = "文件里夹带了外部引用或实体定义，没有打开；请用 WPS 或 Word 新建文件，只粘贴文字后另存再试。"
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Parts:
    """An opened package: its kind ("docx" or "xlsx"), its archive and its bytes."""

    kind: str
    archive: zipfile.ZipFile
    data: bytes

    def names(self) -> list[str]:
        return self.archive.namelist()

    def read(self, name: str) -> bytes:
        """Unpacked bytes of one entry. Raises Unreadable when it holds more than it declared."""
        info = self.archive.getinfo(name)
        out = io.BytesIO()
        try:
            with self.archive.open(info) as stream:
                while piece := stream.read(_CHUNK):
                    out.write(piece)
                    if out.tell() > info.file_size:
                        raise scale.heavy()
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError):
            raise Unreadable(BROKEN) from None
        except Exception as error:
            if type(error).__name__ == "error":  # zlib.error has no public base
                raise Unreadable(BROKEN) from None
            raise
        return out.getvalue()

    def xml(self, name: str) -> Element | None:
        """Root of an XML entry, None where the package has none. Raises Unreadable for document types and damage."""
        if name not in self.archive.NameToInfo:
            return None
        return parse(self.read(name))


def parse(data: bytes) -> Element:
    """Root element. Any document type or entity is refused: office files have none."""
    try:
        root: Any = Safe.fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise Unreadable(UNSAFE) from None
    except (Safe.ParseError, ValueError, LookupError):
        raise Unreadable(BROKEN) from None
    element: Element = root
    return element


def opened(data: bytes) -> Parts:
    """The package in `data`. Raises Unreadable for bombs, encryption, damage, and what is neither docx nor xlsx."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, EOFError, ValueError, OSError, NotImplementedError, OverflowError):
        raise Unreadable(BROKEN) from None
    infos = archive.infolist()
    _check_sizes(infos, len(data))
    _check_overlap(infos, data)
    if any(info.flag_bits & 0x1 for info in infos):
        raise Unreadable(_ENCRYPTED)
    return Parts(_kind(archive), archive, data)


def _check_sizes(infos: list[zipfile.ZipInfo], packed: int) -> None:
    if len(infos) > scale.ENTRIES:
        raise scale.heavy()
    total = sum(info.file_size for info in infos)
    if total > scale.UNPACKED_BYTES or _swollen(total, packed):
        raise scale.heavy()
    if any(_swollen(info.file_size, info.compress_size) for info in infos):
        raise scale.heavy()


def _swollen(unpacked: int, packed: int) -> bool:
    return unpacked > scale.RATIO_FROM_BYTES and unpacked > scale.RATIO * max(packed, 1)


def _check_overlap(infos: list[zipfile.ZipInfo], data: bytes) -> None:
    """Entries that share bytes are the mark of a bomb; an honest archive stores each entry once."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end or data[info.header_offset : info.header_offset + 4] != b"PK\x03\x04":
            raise Unreadable(BROKEN)
        head = data[info.header_offset + 26 : info.header_offset + 30]
        lengths = int.from_bytes(head[:2], "little") + int.from_bytes(head[2:], "little")
        end = info.header_offset + 30 + lengths + info.compress_size
    if end > len(data):
        raise Unreadable(BROKEN)


def _kind(archive: zipfile.ZipFile) -> str:
    names = archive.NameToInfo
    if len(names) != len(archive.infolist()):
        raise Unreadable(BROKEN)
    if "word/document.xml" in names or any(n.startswith("word/document") for n in names):
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise Unreadable("这是二进制格式的 Excel 文件（.xlsb），无法直接读取；请用 Excel 打开，另存为 xlsx 后再试。")
    if "OFD.xml" in names:
        raise Unreadable("这是 OFD 版式文件，暂不能直接读取；请用阅读软件导出为 PDF 或 docx 后再试。")
    raise Unreadable(_STRANGE)
