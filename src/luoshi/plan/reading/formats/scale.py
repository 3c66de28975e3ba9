"""How much of a file is read at most; beyond these figures it is no plan but a mistake or an attack."""

from ..errors import TOO_HEAVY, Unreadable

LEAST_CHARACTERS = 4
TEXT_CHARACTERS = 1_000_000
UNPACKED_BYTES = 100 * 1024 * 1024
RATIO = 100
RATIO_FROM_BYTES = 1024 * 1024
ENTRIES = 2_000
ROWS = 50_000
COLUMNS = 200
PAGES = 1_000
CHILD_MEMORY_BYTES = 512 * 1024 * 1024
CHILD_CPU_SECONDS = 20


def check_text(characters: int) -> None:
    """Raises Unreadable above TEXT_CHARACTERS."""
    if characters > TEXT_CHARACTERS:
        raise Unreadable("文件里的文字超过 100 万字，不像一份计划；请只保留计划正文后再试。")


def check_table(rows: int, columns: int) -> None:
    """Raises Unreadable above ROWS or COLUMNS."""
    if rows > ROWS or columns > COLUMNS:
        raise Unreadable("表格超过 5 万行或 200 列，没有读取；请删去空行、空列和无关的工作表，另存后再试。")


def heavy() -> Unreadable:
    """The refusal of what would unpack or compute without end."""
    return Unreadable(TOO_HEAVY)
