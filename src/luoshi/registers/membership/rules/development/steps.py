"""The steps of developing a member as data: who acts, what must come before, the key paper, and the article of each text.

The order and names are those of the flow chart of 25 steps of 2014, with the public notice of 2026 between the eighth
and the ninth.
"""

from dataclasses import dataclass

from .dates import VERSION_2014, VERSION_2026

BRANCH, HIGHER = "branch", "higher"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `after` are the steps that must be done before; `article` and `article_2026` cite the two texts.

    `number` is the one of the flow chart; `since_2026` marks what the text of 2014 does not know; `aside` marks what is no
    part of the ordinary way (an extension, an end).
    """

    code: str
    number: str
    actor: str
    after: tuple[str, ...]
    paper: str
    article: str
    article_2026: str = ""
    since_2026: bool = False
    aside: bool = False


STEPS = (
    Step("apply", "1", BRANCH, (), "application", "5"),
    Step("talk", "2", BRANCH, ("apply",), "talk", "7"),
    Step("activist", "3", BRANCH, ("talk",), "activist_form", "8"),
    Step("activist_file", "4", HIGHER, ("activist",), "activist_filing", "8"),
    Step("contacts", "5", BRANCH, ("activist",), "", "9"),
    Step("cultivate", "6", BRANCH, ("activist",), "cultivation", "10"),
    Step("object", "7", BRANCH, ("activist_file", "contacts"), "", "13"),
    Step("consent", "8", HIGHER, ("object",), "object_filing", "13"),
    Step("notice", "8b", BRANCH, ("consent",), "notice", "", "13", since_2026=True),
    Step("list", "8", BRANCH, ("consent",), "", "13"),
    Step("sponsors", "9", BRANCH, ("list",), "", "14"),
    Step("political", "10", BRANCH, ("list",), "political", "16"),
    Step("train", "11", HIGHER, ("list",), "certificate", "17"),
    Step("committee", "12", BRANCH, ("sponsors", "political", "train"), "", "18"),
    Step("prereview", "13", HIGHER, ("committee",), "prereview", "18"),
    Step("form", "14", BRANCH, ("prereview",), "volunteer_form", "18"),
    Step("meeting", "15", BRANCH, ("form",), "resolution", "19"),
    Step("interview", "16", HIGHER, ("meeting",), "", "24"),
    Step("approve", "17", HIGHER, ("interview",), "approval", "25"),
    Step("upfile", "18", HIGHER, ("approve",), "", "25"),
    Step("assign", "19", BRANCH, ("approve",), "", "28"),
    Step("oath", "20", BRANCH, ("approve",), "oath", "29"),
    Step("probation", "21", BRANCH, ("approve",), "probation_reviews", "31"),
    Step("convert_apply", "22", BRANCH, ("approve",), "conversion_application", "33"),
    Step("convert_check", "22", BRANCH, ("convert_apply",), "", "33"),
    Step("extend", "", BRANCH, ("approve",), "", "32", aside=True),
    Step("convert", "23", BRANCH, ("convert_check",), "conversion_resolution", "33"),
    Step("convert_approve", "24", HIGHER, ("convert",), "conversion_approval", "33"),
    Step("archive", "25", HIGHER, ("convert_approve",), "archive_list", "36"),
    Step("cancel", "", HIGHER, ("approve",), "", "32", aside=True),
    Step("end", "", BRANCH, ("apply",), "", "", aside=True),
)
BY_CODE = {one.code: one for one in STEPS}
FLOW = tuple(one for one in STEPS if not one.aside)


def article_of(*, step: Step, version: str) -> str:
    """The article of the text that applies, as a bare number; "" where the text names none."""
    if version == VERSION_2026:
        return step.article_2026 or step.article
    return "" if step.since_2026 and version == VERSION_2014 else step.article
