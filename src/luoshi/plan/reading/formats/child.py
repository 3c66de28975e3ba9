"""The child process: limits first, then one file from standard input, then its blocks as JSON."""

import json
import resource
import sys
from typing import Any

from luoshi.kernel import marks

from ..blocks import Block
from ..errors import BROKEN, CLASSIFIED, Unreadable
from . import scale


def main() -> int:
    """Reads standard input as the family named in argv[1] and writes one JSON object to standard output."""
    _limit()
    answer: dict[str, Any]
    try:
        kind, blocks, loose = _read(sys.argv[1], sys.stdin.buffer.read())
        _check(blocks, loose)
        rows = [(b.text, b.kind, b.level, b.number, b.cells) for b in blocks]
        answer = {"format": kind, "blocks": rows}
    except Unreadable as error:
        answer = {"error": str(error)}
    except (MemoryError, RecursionError):
        answer = {"error": str(scale.heavy())}
    except Exception:
        # any other failure comes from a damaged or malicious file; the person needs a sentence, not our stack
        answer = {"error": BROKEN}
    sys.stdout.write(json.dumps(answer))
    return 0


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (scale.CHILD_MEMORY_BYTES, scale.CHILD_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (scale.CHILD_CPU_SECONDS, scale.CHILD_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _read(family: str, data: bytes) -> tuple[str, list[Block], str]:
    """Format name, blocks, and the text outside the blocks (headers, text boxes) that may carry a mark."""
    if family == "pdf":
        from . import pdf

        return "pdf", *pdf.read(data)
    from . import package

    parts = package.opened(data)
    if parts.kind == "docx":
        from . import docx

        return "docx", *docx.read(parts)
    from . import xlsx

    return "xlsx", *xlsx.read(parts)


def _check(blocks: list[Block], loose: str) -> None:
    text = "\n".join(block.text for block in blocks)
    scale.check_text(len(text))
    if marks.found_mark(text) or marks.found_mark(loose):
        raise Unreadable(CLASSIFIED)
    if sum("\u3400" <= c <= "\u9fff" for c in text) < scale.LEAST_CHARACTERS:
        raise Unreadable("文件里没有找到中文正文；请核对是否选错了文件，正文如在图片里请先做文字识别。")


if __name__ == "__main__":
    sys.exit(main())
