"""Classification marks: what carries one must not be stored here."""

import re
import unicodedata

# The star belongs to the legal mark (国家秘密定密管理规定): the plain word in a sentence is no mark.
_MARK = re.compile(r"(秘密|机密|绝密)[★☆✩✭⭐⋆✮✯]")
_SKIPPED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


def found_mark(text: str) -> str:
    """The mark a text carries ("机密★"), also when spaced out or in look-alike forms; empty where there is none."""
    found = _MARK.search(_SKIPPED.sub("", unicodedata.normalize("NFKC", text)))
    return f"{found[1]}★" if found else ""
