"""A way from application to full member as the people do it: each step with its facts, in order."""

from datetime import date

from luoshi.engine import samples
from luoshi.foundation.people import Position, Post

# step → what its form is sent; {contact}, {second} stand for persons.
WAY = {
    "talk": {"talked_on": "2024-03-20", "talked_by": "{contact}"},
    "activist": {"activist_on": "2024-06-03", "recommended": "members"},
    "activist_file": {"activist_filed_on": "2024-06-20"},
    "contacts": {"contacts_on": "2024-06-24", "contact_first": "{contact}", "contact_second": "{second}"},
    "object": {"object_on": "2025-06-10", "heard_on": "2025-06-05"},
    "consent": {"consented_on": "2025-06-20", "consent_paper": "甲党批〔2025〕8号"},
    "list": {"listed_on": "2025-06-20"},
    "sponsors": {"sponsors_on": "2025-06-25", "sponsor_first": "{contact}", "sponsor_second": "{second}"},
    "political": {"political_on": "2025-07-10", "political_result": "pass", "political_body": "甲司第一党支部"},
    "train": {"trained_on": "2025-08-08", "training_days": "3", "training_hours": "24"},
    "committee": {"committee_on": "2025-08-20"},
    "prereview": {"prereviewed_on": "2025-09-01", "prereview_paper": "甲党预〔2025〕3号"},
    "form": {"form_on": "2025-09-05"},
    "meeting": {"admitted_on": "2025-09-10", "admit_entitled": "10", "admit_present": "9", "admit_yes": "8", "admit_no": "1"},
    "interview": {"interviewed_on": "2025-09-25", "interviewed_by": "组织员"},
    "approve": {"approved_on": "2025-10-15", "approval_paper": "甲党批〔2025〕20号"},
    "upfile": {"upfiled_on": "2025-10-20"}, "assign": {"assigned_on": "2025-10-20"}, "oath": {"oath_on": "2025-10-28"},
    "convert_apply": {"conversion_applied_on": "2026-09-01"}, "convert_check": {"conversion_checked_on": "2026-09-08"},
    "convert": {"converted_on": "2026-09-11", "convert_entitled": "10", "convert_present": "9", "convert_yes": "9"},
    "convert_approve": {"conversion_approved_on": "2026-10-20", "conversion_paper": "甲党批〔2026〕30号"},
    "archive": {"archived_on": "2026-10-30"},
}
HIGHER = {"activist_file", "consent", "train", "prereview", "interview", "approve", "upfile", "convert_approve", "archive"}


def full_member(unit, **more):
    """A person who has long been a full member of a unit."""
    one = samples.person(unit, joined=date(2010, 1, 1), **more)
    position = Position(unit=unit, person=one, post=Post.MEMBER, since=date(2012, 1, 1))
    position.settle()
    position.save()
    return one


def begin(client, unit, born=date(1995, 5, 4)):
    """The application, by the derived form; the case."""
    from luoshi.registers.membership.models import Case

    person = samples.person(unit, born=born)
    sent = client.post("/r/development/new/", {"unit": unit.pk, "person": person.pk, "applied_on": "2024-03-01"})
    assert sent.status_code == 302, sent.content.decode()[:2000]
    return Case.objects.get(person=person)


def send(client, case, code, people, **changed):
    """One step, as its page sends it."""
    case.refresh_from_db()
    data = {k: (v.format(**people) if "{" in v else v) for k, v in (WAY[code] | changed).items()}
    return client.post(f"/membership/development/{case.pk}/step/{code}/", {**data, "version": case.version})


def walk(branch, office, case, people, until=""):
    """All steps in order, up to and with one."""
    for code in WAY:
        answer = send(office if code in HIGHER else branch, case, code, people)
        assert answer.status_code == 302, (code, answer.content.decode())
        if code == until:
            break
    case.refresh_from_db()
    return case
