"""Classification marks: a file that carries one is turned away before anything is kept."""

import re
import unicodedata

# The star is part of the legal mark (国家秘密定密管理暂行规定), so the plain word 秘密 in a sentence is no mark.
_MARK = re.compile(r"(?:秘密|机密|绝密)[★☆✩✭⭐⋆✮✯]")
# Line ends and tabs stay: what ends one cell or line and what begins the next are no mark together.
_SKIPPED = re.compile(r"[ \u3000\u00a0\u200b-\u200f\u2060\ufeff\\*_]+")


def marked(text: str) -> bool:
    """True where the text holds a mark such as 机密★, also when spaced out or written with look-alike forms."""
    return bool(_MARK.search(_SKIPPED.sub("", unicodedata.normalize("NFKC", text))))
