"""From a path or an upload to a Document: size first, then what the bytes are, then the reader for it."""

import stat
from pathlib import Path

from .blocks import Document
from .errors import CLASSIFIED, Unreadable

UPLOAD_BYTES = 20 * 1024 * 1024


def read_file(path: str | Path) -> Document:
    """The blocks of the file at `path`. Raises Unreadable with a sentence for the user."""
    place = Path(path)
    try:
        facts = place.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise Unreadable("这是一个文件夹，不是文件；请选择其中的计划文件（docx、xlsx、pdf、txt 或 md）。")
        if not stat.S_ISREG(facts.st_mode):
            raise Unreadable("这不是普通文件，无法读取；请选择计划文件（docx、xlsx、pdf、txt 或 md）。")
        if facts.st_size > UPLOAD_BYTES:
            raise _too_large()
        with place.open("rb") as stream:
            data = stream.read(UPLOAD_BYTES + 1)
    except PermissionError:
        raise Unreadable("没有读取这个文件的权限；请核对文件的访问权限，或把它复制到自己的文件夹后再试。") from None
    except (FileNotFoundError, NotADirectoryError):
        raise Unreadable("找不到这个文件；请核对文件名和所在文件夹后再试。") from None
    except (OSError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("文件名有误或磁盘读取出错；请把文件复制到本机、换一个简短的文件名后再试。") from None
    return read_bytes(data, place.name)


def read_bytes(data: bytes, name: str) -> Document:
    """The blocks of an uploaded file; `name` is only a hint, the content decides. Raises Unreadable."""
    from luoshi.kernel import marks

    from .formats import plain, sniff

    if len(data) > UPLOAD_BYTES:
        raise _too_large()
    if marks.found_mark(name):
        raise Unreadable(CLASSIFIED)
    family = sniff.family(data)
    if family == "text":
        return plain.read(data, name)
    from .formats import isolate

    return isolate.read(data, family)


def _too_large() -> Unreadable:
    return Unreadable("文件超过 20 MB，没有读取；请去掉图片和附件，只保留计划正文后再试。")
