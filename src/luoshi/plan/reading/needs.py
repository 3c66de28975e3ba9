"""What a measure lacks and a person must supply: the title of a document that the text lost."""

import re
from functools import lru_cache

from . import words


@lru_cache(maxsize=1)
def _bare_verb() -> re.Pattern[str]:
    adverbs = "|".join(sorted(words.table("verbs")["adverbs"], key=len, reverse=True))
    verbs = "|".join(sorted(words.table("verbs")["titled"], key=len, reverse=True))
    return re.compile(rf"(?:{adverbs})*(?P<verb>{verbs})(?:《[\s.…]*》)?")


def lost(text: str) -> str:
    """The words after which a document's title is missing, where a clause consists of nothing but them; else empty."""
    match = _bare_verb().fullmatch(text)
    return text.rstrip("《》 .…") if match else ""


def missing(clauses: list[str]) -> tuple[str, ...]:
    """A sentence for every lost title in these clauses."""
    found = [lost(clause) or (m[1] if (m := re.search(r"([\u4e00-\u9fff]{2,4})《[\s.…]*》", clause)) else "") for clause in clauses]
    return tuple(f"“{said}”之后的文件名称缺失，请补填" for said in found if said)
