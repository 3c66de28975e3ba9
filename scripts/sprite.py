"""Gather the icons we use into one sprite: ``sprite.py FOLDER`` where FOLDER holds Tabler's outline icons.

The folder comes from ``npm pack @tabler/icons`` (package/icons/outline). The result is the same for the same input,
so it is committed, and no server needs node.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from luoshi.ui.icons import SOURCES  # noqa: E402

HEAD = """<svg xmlns="http://www.w3.org/2000/svg">
<!-- Tabler Icons (https://tabler.io/icons), MIT License, (c) 2020-2026 Paweł Kuna; "mark" is our own. -->
"""
PEN = (
    'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round"'
)
# A tick that comes to rest on a line: what was decided has landed.
MARK = (
    '<symbol id="mark" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.5" '
    'stroke-linecap="round" stroke-linejoin="round"><path d="M5 10.5l5 5L19.5 4M4 20.5h16"/></symbol>'
)


def symbol(name: str, text: str) -> str:
    """One Tabler file as a symbol: its drawing only, comments and the empty frame dropped."""
    inner = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    inner = re.search(r"<svg[^>]*>(.*)</svg>", inner, flags=re.S).group(1)
    inner = re.sub(r"<path stroke=\"none\"[^>]*/>", "", inner)
    inner = re.sub(r">\s+<", "><", inner).strip().replace(" />", "/>")
    return f'<symbol id="{name}" {PEN}>{inner}</symbol>'


def main(folder: str) -> None:
    """Write ``static/icons.svg``."""
    drawn = [symbol(name, (Path(folder) / f"{source}.svg").read_text()) for name, source in SOURCES.items()]
    target = ROOT / "src/luoshi/ui/static/icons.svg"
    target.write_text(HEAD + "\n".join([MARK, *drawn]) + "\n</svg>\n")


if __name__ == "__main__":
    main(sys.argv[1])
