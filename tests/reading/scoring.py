"""Scores what the reading found in a plan against the annotation made by hand; as a module it prints a table."""

import math
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from . import build_gold

ALIKE = 0.6
FIGURES = ("precision", "recall", "f1", "sections", "kind", "timing", "owner")
_NUMBER = re.compile(
    r"^(?:第?[一二三四五六七八九十]+(?:[、.．章节]|部分)|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、])"
)


def score(got: dict[str, Any], gold: dict[str, Any]) -> dict[str, float]:
    """Shares between 0 and 1: measure precision, recall and f1, section f1, and kind, timing and owner accuracy.

    Measures pair one to one by overlap of their character bigrams. Kind counts over all measures of the annotation,
    timing over those with a date, owner over those with an owner; a measure that was not found counts as wrong.
    A figure that the annotation gives nothing to count for is not a number.
    """
    pairs = matched(got["measures"], gold["measures"])
    found = [(got["measures"][a], gold["measures"][b]) for a, b in pairs]
    precision, recall = _share(len(pairs), len(got["measures"])), _share(len(pairs), len(gold["measures"]))
    dated = [m for m in gold["measures"] if m["timing"]["type"] != "none"]
    owned = [m for m in gold["measures"] if m["owner"]]
    return {
        "precision": precision,
        "recall": recall,
        "f1": _mean(precision, recall),
        "sections": _sections(got["sections"], gold["sections"]),
        "kind": _share(sum(a["kind"] == b["kind"] for a, b in found), len(gold["measures"])),
        "timing": _of(sum(b["timing"]["type"] != "none" and _timing(a) == _timing(b) for a, b in found), len(dated)),
        "owner": _of(sum(bool(b["owner"]) and a["owner"] == b["owner"] for a, b in found), len(owned)),
    }


def matched(got: list[dict[str, Any]], gold: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Pairs of positions, best overlap first, each position used once."""
    ours, theirs = [_bigrams(m["text"]) for m in got], [_bigrams(m["text"]) for m in gold]
    scored = [(overlap(a, b), -i, -j) for i, a in enumerate(ours) for j, b in enumerate(theirs)]
    used_a: set[int] = set()
    used_b: set[int] = set()
    pairs = []
    for alike, i, j in sorted(scored, reverse=True):
        if alike >= ALIKE and -i not in used_a and -j not in used_b:
            used_a.add(-i)
            used_b.add(-j)
            pairs.append((-i, -j))
    return pairs


def overlap(a: Counter[str], b: Counter[str]) -> float:
    """Twice the shared bigrams over all bigrams (Dice)."""
    return _share(2 * sum((a & b).values()), sum(a.values()) + sum(b.values()))


def average(scores: list[dict[str, float]]) -> dict[str, float]:
    """The mean of each figure over the documents that have it, every document counting the same."""
    held = {figure: [s[figure] for s in scores if not math.isnan(s[figure])] for figure in FIGURES}
    return {figure: _of(sum(values), len(values)) for figure, values in held.items()}


def _bigrams(text: str) -> Counter[str]:
    words = re.sub(r"[\W_]+", "", text)
    return Counter(words[at : at + 2] for at in range(max(len(words) - 1, 1)))


def _timing(measure: dict[str, Any]) -> tuple[str, Any]:
    return measure["timing"]["type"], measure["timing"]["normalized"]


def _sections(got: list[dict[str, Any]], gold: list[dict[str, Any]]) -> float:
    ours, theirs = (Counter((_title(s["title"]), s["level"]) for s in sections) for sections in (got, gold))
    both = sum((ours & theirs).values())
    return _mean(_share(both, sum(ours.values())), _share(both, sum(theirs.values())))


def _title(text: str) -> str:
    return re.sub(r"[\W_]+", "", _NUMBER.sub("", text.strip()))


def _share(top: int, bottom: int) -> float:
    return top / bottom if bottom else 0.0


def _of(top: float, bottom: int) -> float:
    return top / bottom if bottom else math.nan


def _mean(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


def read_all(names: list[str]) -> dict[str, dict[str, float]]:
    """Every named plan built, read and scored."""
    from luoshi.plan.reading.files import read_file
    from luoshi.plan.reading.tree import read_plan

    scores = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            got = read_plan(read_file(build_gold.build(name, Path(folder)))).as_json()
            scores[name] = score(got, build_gold.gold(name))
    return scores


def main() -> None:
    """Prints a line for each plan and the average; arguments are names, or --held-out for the plans not tuned for."""
    asked = [name for name in sys.argv[1:] if name != "--held-out"]
    scores = read_all(asked or build_gold.names(held_out="--held-out" in sys.argv))
    rows = [*scores.items(), ("average", average(list(scores.values())))]
    lines = [f"{'':12}" + "".join(f"{figure:>10}" for figure in FIGURES)]
    lines += [f"{name:12}" + "".join(f"{row[figure]:10.3f}" for figure in FIGURES) for name, row in rows]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
