"""Classification marks: what carries one must not be stored in a system like this one.

Law on Guarding State Secrets (2024), Art. 31: non-classified systems may neither store nor process state secrets.
"""

import re
import unicodedata

# The star is part of the legal mark (国家秘密定密管理暂行规定), so the plain word 秘密 in a sentence is no mark.
STAR = re.compile("[★☆✩✭⭐⋆✮✯]")
_MARK = re.compile(f"(秘密|机密|绝密){STAR.pattern}")
# Line ends and tabs stay: what ends one cell or line and what begins the next are no mark together.
_SKIPPED = re.compile(r"[ \u3000\u00a0\u200b-\u200f\u2060\ufeff\\*_]+")


def found_mark(text: str) -> str:
    """The mark a text carries ("机密★"), also when spaced out or in look-alike forms; empty where there is none."""
    if not STAR.search(text):
        return ""
    found = _MARK.search(_SKIPPED.sub("", unicodedata.normalize("NFKC", text)))
    return f"{found[1]}★" if found else ""
