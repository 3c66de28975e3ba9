"""What an official paper refuses, each with a sentence that says what is wrong, why, and what to do."""

import re
from collections.abc import Iterable
from datetime import date
from math import isfinite

from .errors import PaperError

ALIGNMENTS = ("left", "right", "center")
MOST_COLUMNS = 40

_SECRECY_MARK = re.compile(r"(?:秘\s*密|机\s*密|绝\s*密)\s*[★☆]")
_REQUEST = re.compile(r"妥否|当否|请(?:予)?(?:批示|批复|审批)")


def secrecy(mark: str, texts: Iterable[str]) -> None:
    """This system holds no state secrets: any secrecy value and any 秘密★, 机密★, 绝密★ in a text is refused."""
    if mark.strip():
        raise PaperError("本系统不处理涉密文件，密级和保密期限一栏必须为空；涉密内容请在涉密设备上办理。")
    for text in texts:
        if _SECRECY_MARK.search(text):
            raise PaperError("文中出现密级标志（如“秘密★”）。本系统不处理涉密文件，请删去后改在涉密设备上办理。")


def required(title: str, issuer: str, kind: str) -> None:
    """A paper has a title, an issuing body and a kind."""
    for name, value in (("标题", title), ("发文机关", issuer), ("文种", kind)):
        if not value.strip():
            raise PaperError(f"缺少{name}，请补上后再生成文件。")
    if len(kind) > 10:
        raise PaperError(f"文种“{kind[:10]}……”过长，应是“通知”“通报”这样的词。")


def choice(name: str, value: str, known: tuple[str, ...]) -> None:
    """One of the words that are known."""
    if value not in known:
        raise PaperError(f"{name}“{value}”不在可选范围内，可用的有：{'、'.join(known)}。")


def level(value: int) -> None:
    """0 for text, 1 to 4 for headings. Source: GB/T 9704-2012, 7.3.3."""
    if not 0 <= value <= 4:
        raise PaperError(f"公文标题只有四级，收到的是第 {value} 级，请改为 0（正文）到 4。")


def copy_number(value: str) -> None:
    """份号: six digits or empty. Source: GB/T 9704-2012, 7.2.1."""
    if value and not re.fullmatch(r"[0-9]{6}", value):
        raise PaperError(f"份号“{value}”应为六位阿拉伯数字，例如 000012。")


def signer(name: str, kind: str, upward: tuple[str, ...]) -> None:
    """签发人 stands on papers that go up only. Source: 党政机关公文处理工作条例 (2012) Art. 9(6)."""
    if name and kind not in upward:
        raise PaperError(f"“{kind}”不标注签发人，签发人只标在上行文（{'、'.join(upward)}）上，请删去。")


def printing(by: str, on: date | None) -> None:
    """印发机关 and 印发日期 stand together on one line. Source: GB/T 9704-2012, 7.4.3."""
    if bool(by.strip()) != (on is not None):
        raise PaperError("印发机关和印发日期应同时填写或同时留空，请补上另一项。")


def report(texts: Iterable[str]) -> None:
    """A 报告 carries no request. Source: 党政机关公文处理工作条例 (2012) Art. 15(4)."""
    for text in texts:
        found = _REQUEST.search(text)
        if found:
            raise PaperError(f"报告中不得夹带请示事项，文中有“{found[0]}”；请改用“请示”另行行文。")


def attached(names: tuple[str, ...], titles: tuple[str, ...]) -> None:
    """The attachment note and the attachments agree in order and name. Source: GB/T 9704-2012, 7.3.7."""
    if names and titles and tuple(map(bare, names)) != tuple(map(bare, titles)):
        raise PaperError("附件说明与所附附件的顺序或名称不一致，请改为一致。")


def bare(name: str) -> str:
    """An attachment's name without punctuation at its end, as the attachment note prints it."""
    return name.strip().rstrip("。；，、;,.")


def table(
    header: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    widths: tuple[float, ...] | None,
    align: tuple[str, ...] | None,
) -> None:
    """As many cells, widths and alignments in every row as the header has columns (1 to 40)."""
    if not 1 <= len(header) <= MOST_COLUMNS:
        raise PaperError(f"表格应有 1 到 {MOST_COLUMNS} 列，收到的是 {len(header)} 列。")
    for n, row in enumerate(rows, 1):
        if len(row) != len(header):
            raise PaperError(f"表格第 {n} 行有 {len(row)} 格，表头有 {len(header)} 列，请补齐或删去多余的格。")
    if widths is not None and (len(widths) != len(header) or not all(isfinite(w) and w > 0 for w in widths)):
        raise PaperError("列宽应与表头列数相同，并且都大于零。")
    if align is not None and (len(align) != len(header) or any(a not in ALIGNMENTS for a in align)):
        raise PaperError("对齐方式应与表头列数相同，可用的有 left、right、center。")
