"""What a read plan is: sections, measures, and for each measure when, by whom and what is still missing."""

from dataclasses import dataclass, field
from typing import Any

from .timing import Timing


@dataclass(frozen=True, slots=True)
class Section:
    """A heading; `parent` is the position of the heading above it, `start` and `end` are offsets in the document's text."""

    title: str
    level: int
    parent: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReadMeasure:
    """One promise of work; `section` is the position of its heading, `needs` what a person must supply."""

    text: str
    section: int | None
    kind: str
    timing: Timing
    owner: str
    helpers: tuple[str, ...]
    programmes: tuple[str, ...]
    needs: tuple[str, ...]
    start: int
    end: int

    def as_json(self) -> dict[str, Any]:
        """The measure without its offsets."""
        return {
            "text": self.text,
            "section": self.section,
            "kind": self.kind,
            "timing": {"type": self.timing.type, "text": self.timing.text, "normalized": self.timing.normalized},
            "owner": self.owner,
            "helpers": list(self.helpers),
            "programmes": list(self.programmes),
            "needs": list(self.needs),
        }


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan as read from a file; `issuer` is empty where the file does not name one."""

    title: str
    year: int | None
    issuer: str
    sections: list[Section] = field(default_factory=list)
    measures: list[ReadMeasure] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The plan as plain values."""
        return {
            "title": self.title,
            "year": self.year,
            "issuer": self.issuer,
            "sections": [{"title": s.title, "level": s.level, "parent": s.parent} for s in self.sections],
            "measures": [measure.as_json() for measure in self.measures],
        }
