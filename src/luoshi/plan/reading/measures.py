"""From sentences to measures: which clauses promise work, and which of them belong together."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from . import kinds, needs, owners, timing, words

_SENTENCE_ENDS = "。；;！!？\n"
_CLAUSE_ENDS = "，,：:"
_OPEN, _CLOSE = "“‘《（(「【〔", "”’》）)」】〕"
_DATE_LINE = re.compile(r"[12][0-9〇○零一二三四五六七八九]{3}年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日")
_IN_YEAR = re.compile("(?:全年|年内)")
_OWN_PROMISE = 9
_COUNTER = re.compile(
    r"(?:[一二三四五六七八九十]是(?:要)?|第[一二三四五六]，|首先，|其次，|[①-⑳]|[（(]\d{1,2}[)）]|\d{1,2}[.．、)](?=\D))\s*"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between two marks; `last` is true where a sentence ends behind them."""

    text: str
    start: int
    last: bool = False
    listed: bool = False

    @property
    def end(self) -> int:
        """Offset behind the clause."""
        return self.start + len(self.text)


@dataclass(slots=True)
class Draft:
    """A measure being put together."""

    clauses: list[Clause] = field(default_factory=list)
    firm: bool = False
    named: owners.Named = field(default_factory=owners.Named)
    subject: owners.Named = field(default_factory=owners.Named)

    @property
    def words(self) -> str:
        """The clauses joined as a sentence."""
        return "".join(("、" if clause.listed else "，") * bool(at) + clause.text for at, clause in enumerate(self.clauses))

    @property
    def core(self) -> str:
        """The clauses that promise, without means and purpose; all where none does."""
        kept = [clause.text for clause in self.clauses if clause.listed or role(clause.text) not in ("lead", "tail")]
        return "，".join(kept) or self.words


def clauses(text: str, start: int) -> list[Clause]:
    """The clauses of a stretch of well-punctuated text that begins at this offset; quoted and bracketed marks do not split."""
    found: list[Clause] = []
    depth, at = 0, 0
    for here, sign in enumerate(text):
        if sign in _OPEN:
            depth += 1
        elif sign in _CLOSE:
            depth = max(0, depth - 1)
        ends = sign in _SENTENCE_ENDS
        if (depth == 0 and (ends or sign in _CLAUSE_ENDS)) or sign in "。\n":
            _add(found, text, at, here, start, last=ends)
            at, depth = here + 1, 0
    _add(found, text, at, len(text), start, last=True)
    return found


def _add(found: list[Clause], text: str, at: int, until: int, start: int, *, last: bool) -> None:
    part = text[at:until]
    counter = _COUNTER.match(part.lstrip())
    if counter and found:
        found[-1] = Clause(found[-1].text, found[-1].start, True)
    skip = len(part) - len(part.lstrip()) + (counter.end() if counter else 0)
    bare = part[skip:].rstrip()
    if bare:
        found.append(Clause(bare, start + at + skip, last))
    elif last and found:
        found[-1] = Clause(found[-1].text, found[-1].start, True)


def drafts(found: list[Clause], heading: str = "") -> list[Draft]:
    """Measures of consecutive clauses, sentence by sentence."""
    out: list[Draft] = []
    sentence: list[Clause] = []
    for clause in found:
        sentence.append(clause)
        if clause.last:
            out += _sentence(sentence, heading)
            sentence = []
    return out + _sentence(sentence, heading)


def _sentence(sentence: list[Clause], heading: str) -> list[Draft]:
    made: list[Draft] = []
    waiting: list[Clause] = []
    ahead = owners.Named()
    whole = "，".join(clause.text for clause in sentence)
    if any(whole.startswith(word) for word in words.words("headings", "closing")):
        return []
    if any(word in whole for word in words.table("parts")["background"]) or _DATE_LINE.fullmatch(whole):
        return []
    for clause in sentence:
        named = owners.from_clause(clause.text)
        if named:
            ahead = ahead if made or ahead.owner else named
            if not made and ahead is not named:
                ahead = owners.Named(ahead.owner, (*ahead.helpers, *named.helpers))
            for draft in made:
                draft.named = owners.Named(draft.named.owner or named.owner, (*draft.named.helpers, *named.helpers))
            continue
        part = role(clause.text)
        if (part in ("lead", "other") and not made) or (part == "tail" and not made):
            waiting.append(clause)
        elif part in ("lead", "other", "tail"):
            made[-1].clauses.append(clause)
        elif not made or (made[-1].firm and _apart(made[-1], clause, part, heading)):
            made.append(Draft([*waiting, clause], firm=part == "firm"))
            waiting = []
        else:
            made[-1].clauses += [*waiting, clause]
            made[-1].firm = made[-1].firm or part == "firm"
            waiting = []
    if waiting and not made and timing.read("，".join(c.text for c in waiting), 2000).type != "none":
        made.append(Draft(waiting))
    for draft in made:
        draft.named = draft.named if draft.named.owner else ahead
        draft.subject = next((n for n in (owners.subject(c.text)[0] for c in draft.clauses) if n.owner), owners.Named())
    return [draft for draft in made if draft.firm or not _hollow(draft)]


def torn_drafts(found: list[Clause]) -> list[Draft]:
    """Measures of pieces between which every mark has become the same sign."""
    made: list[Draft] = []
    waiting: list[Clause] = []
    for group in _lists(found):
        said = "、".join(piece.text for piece in group)
        part = role(said)
        if needs.lost(said):
            made.append(Draft([*waiting, *group], firm=True))
            waiting = []
        elif part == "lead":
            waiting = [*(waiting if not _turns(said) else []), *group]
        elif part in ("other", "tail") and (not waiting or len(said) < _OWN_PROMISE):
            (waiting or (made[-1].clauses if made else waiting)).extend(group)
        elif made and not waiting and part == "soft" and _goes_on(made[-1], said):
            made[-1].clauses += group
        else:
            made.append(Draft([*waiting, *group], firm=part == "firm"))
            waiting = []
    if waiting and timing.read("，".join(piece.text for piece in waiting), 2000).type != "none":
        made.append(Draft(waiting, firm=True))
    return [draft for draft in made if draft.firm or not _doctrine().search(draft.clauses[-1].text)]


@lru_cache(maxsize=1)
def _doctrine() -> re.Pattern[str]:
    """A call to follow a teaching, which is no work of its own."""
    return re.compile(rf"落实.{{0,12}}(?:{'|'.join(words.table('parts')['doctrine'])})$")


def _lists(found: list[Clause]) -> list[list[Clause]]:
    """The pieces with the members of a list together: 学习能力, 教育能力, 创新能力."""
    groups: list[list[Clause]] = []
    for piece in found:
        before = groups[-1][-1].text if groups else ""
        alike = len(piece.text) <= 8 and before[-2:] == piece.text[-2:]
        if before and (alike or (len(piece.text) <= 14 and role(piece.text) == "other" and not needs.lost(before))):
            groups[-1].append(replace(piece, listed=True))
        else:
            groups.append([piece])
    return groups


def _turns(text: str) -> bool:
    """Whether the words open a new subject, so that what waits before them is background."""
    return bool(re.match(r"在.{2,16}方面", text))


def _goes_on(draft: Draft, text: str) -> bool:
    if draft.firm or kinds.kind_of(draft.words) != kinds.kind_of(text):
        return False
    last = draft.clauses[-1].text
    return len(text) <= 8 or any(last[at : at + 3] in text for at in range(len(last) - 2))


def _hollow(draft: Draft) -> bool:
    said = draft.words
    return len(said) <= 24 and timing.read(said, 2000).type == "none" and any(
        said.endswith(word) for word in words.table("verbs")["umbrella"]
    )


def _apart(draft: Draft, clause: Clause, part: str, heading: str) -> bool:
    """Whether the clause promises something else than the measure before it."""
    if part != "firm":
        return False
    mine = timing.read(draft.words, 2000).type != "none" or bool(_IN_YEAR.search(draft.words))
    theirs = opens_with_time(clause.text) or bool(_IN_YEAR.match(clause.text))
    ours = kinds.known(clause.text)
    same = not ours or kinds.kind_of(draft.words, heading) == kinds.kind_of(clause.text, heading)
    if theirs:
        return mine or not same
    return not same and (_opens_with(clause.text, "hard") or _bare(clause.text).startswith("组织"))


@lru_cache(maxsize=8)
def _opening(entry: str) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words.table("verbs")[entry]), key=len, reverse=True)))


def _bare(text: str) -> str:
    """The clause without the units, times, adverbs and 对……/向…… before its verb."""
    before = None
    while before != text:
        before = text
        text = text[owners.subject(text)[1] :]
        first = next(iter(timing.expressions(text, 2000)), None)
        if first and first.start <= 1:
            text = text[first.end :]
        adverb = _opening("adverbs").match(text)
        if adverb:
            text = text[adverb.end() :]
        text = _IN_YEAR.sub("", text.lstrip("，、要应将并 "), count=1) if _IN_YEAR.match(text) else text.lstrip("，、要应将并 ")
    return text


def opens_with_time(text: str) -> bool:
    """Whether a time stands before the verb."""
    first = next(iter(timing.expressions(text, 2000)), None)
    if not first:
        return False
    before = text[: first.start]
    return first.start <= 1 or owners.subject(text)[1] >= first.start or not _opening("strong").search(before)


def _opens_with(text: str, entry: str) -> bool:
    return bool(_opening(entry).match(text) or _opening(entry).match(_bare(text)))


def role(text: str) -> str:
    """firm (a piece of work), soft (a field to work on), lead (belongs to what follows), tail (to what precedes), other."""
    dated = opens_with_time(text)
    bare = _bare(text)
    if _trails(text) and not dated:
        return "tail"
    if _placing().match(text):
        return "soft"
    if _opening("lead").match(text):
        if _opening("hard").search(text, 1) or (text.startswith("坚持") and _opening("strong").match(bare)):
            return "firm"
        return "soft" if _duty().match(text) else "lead"
    if _trails(bare) and not dated:
        return "tail"
    if _opening("strong").match(bare) or _opening("hard").search(bare):
        return "firm"
    if dated:
        return "firm" if len(bare) > 5 or (len(bare) > 3 and kinds.known(bare)) else "other"
    return "soft" if _opening("goal").match(text) or _opening("goal").match(bare) else "other"


def _trails(text: str) -> bool:
    """Whether the clause opens like a means or a purpose; a longer word for a piece of work goes first (帮助, 帮助解决)."""
    tail, firm = _opening("tail").match(text), _opening("strong").match(text)
    return bool(tail and not (firm and firm.end() > tail.end()))


@lru_cache(maxsize=1)
def _duty() -> re.Pattern[str]:
    """A lead that promises after all: 坚持……制度, 贯彻落实……文件."""
    table = words.table("verbs")
    return re.compile(rf"(?:{'|'.join(table['duty_leads'])}).*(?:{'|'.join(table['duty_ends'])})$")


@lru_cache(maxsize=1)
def _placing() -> re.Pattern[str]:
    return re.compile(rf"(?:把|将).{{2,40}}?(?:{'|'.join(words.table('verbs')['placing'])})")
