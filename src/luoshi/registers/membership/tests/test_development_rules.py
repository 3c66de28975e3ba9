"""The vectors of the regulation on developing members, as they stand, and the order of its steps."""

from datetime import date

import pytest

from luoshi.registers.membership.rules import development as rules

D = date.fromisoformat


@pytest.mark.parametrize(("born", "applied", "fits"), [
    ("2008-06-02", "2026-06-01", False), ("2008-06-02", "2026-06-02", True), ("2008-02-29", "2026-02-28", True)])
def test_who_may_apply(born, applied, fits):
    assert rules.eligible(born=D(born), applied=D(applied)) is fits


def test_the_leap_day_is_a_parameter():
    assert not rules.eligible(born=D("2008-02-29"), applied=D("2026-02-28"), leap_day_early=False)
    assert rules.eligible(born=D("2008-02-29"), applied=D("2026-03-01"), leap_day_early=False)


@pytest.mark.parametrize(("received", "talked", "today", "result"), [
    ("2026-06-01", "2026-07-01", "2026-07-01", ("on_time", 0)), ("2026-06-01", "2026-07-02", "2026-07-02", ("late", 1)),
    ("2026-01-31", "2026-02-28", "2026-02-28", ("on_time", 0)), ("2026-06-01", None, "2026-06-25", ("due", 6)),
    ("2026-06-01", None, "2026-07-04", ("overdue", 3))])
def test_the_first_talk(received, talked, today, result):
    assert rules.talk_result(received=D(received), talked=D(talked) if talked else None, today=D(today)) == result


@pytest.mark.parametrize(("today", "on_file", "overdue"), [
    ("2025-08-31", 0, 0), ("2025-09-02", 0, 1), ("2026-03-02", 1, 1), ("2026-03-02", 2, 0)])
def test_half_yearly_reviews(today, on_file, overdue):
    assert rules.reviews_state(since=D("2025-03-01"), today=D(today), on_file=on_file) == overdue


@pytest.mark.parametrize(("full", "valid"), [
    ([], False), ([True], True), ([True, True], True), ([True, False], False), ([True] * 3, False)])
def test_contact_persons(full, valid):
    assert rules.contacts_valid(full=full) is valid


@pytest.mark.parametrize(("full", "punished", "valid"), [
    ([True, True], (), True), ([True], (), False), ([True] * 3, (), False), ([True, False], (), False),
    ([True, True], (False, True), False)])
def test_sponsors(full, punished, valid):
    assert rules.sponsors_valid(full=full, punished=punished) is valid


@pytest.mark.parametrize(("consent", "posted", "listed", "result"), [
    ("2026-06-11", "2026-06-12", "2026-06-18", ""), ("2026-05-20", "2026-05-21", "2026-06-01", "under_a_year"),
    ("2026-06-11", "2026-06-17", "2026-06-23", "notice_running"), ("2026-06-11", "2026-06-17", "2026-06-24", ""),
    ("2026-06-11", None, "2026-06-24", "no_notice"), ("2026-06-25", "2026-06-12", "2026-06-24", "no_consent")])
def test_listing_as_development_object(consent, posted, listed, result):
    notice = (D(posted), rules.notice_end(posted=D(posted))) if posted else None
    assert rules.object_valid(activist=D("2025-06-10"), listed=D(listed), consented=D(consent), notice=notice) == result


@pytest.mark.parametrize(("posted", "ends"), [("2026-06-12", "2026-06-18"), ("2026-06-17", "2026-06-24")])
def test_a_notice_ends_after_five_working_days(posted, ends):
    assert rules.notice_end(posted=D(posted)) == D(ends)
    assert rules.notice_ok(start=D(posted), end=D(ends))
    assert not rules.notice_ok(start=D(posted), end=date.fromordinal(D(ends).toordinal() - 1))


def test_a_worked_saturday_is_a_working_day_of_a_notice():
    assert rules.notice_end(posted=D("2026-09-18")) == D("2026-09-23")  # Sunday 20 September 2026 is worked


@pytest.mark.parametrize(("days", "hours", "special", "result"), [
    (3, None, False, "pass"), (2, 24, False, "pass"), (2, 23, False, "fail"), (0, 0, True, "special")])
def test_training(days, hours, special, result):
    assert rules.training_result(days=days, hours=hours, special=special) == result


@pytest.mark.parametrize(("leaves", "blocked"), [("2026-05-31", True), ("2026-06-02", False), (None, False)])
def test_who_leaves_within_three_months(leaves, blocked):
    assert rules.leaving_soon(prereview=D("2026-03-01"), leaves=D(leaves) if leaves else None) is blocked


@pytest.mark.parametrize(("passed", "met", "version", "fits"), [
    ("2026-09-30", "2026-10-30", "2026", True), ("2026-09-30", "2026-10-31", "2026", False),
    ("2025-09-30", "2025-12-15", "2014", True)])
def test_the_branch_meeting_within_a_month(passed, met, version, fits):
    last = rules.meeting_deadline(passed=D(passed), version=version)
    assert (last is None or D(met) <= last) is fits
    assert rules.version_on(day=D(met)) == version


@pytest.mark.parametrize(("entitled", "present", "yes", "result"), [
    (10, 5, 5, "no_quorum"), (10, 6, 6, "passed"), (10, 9, 5, "failed"), (11, 6, 6, "passed"), (23, 20, 12, "passed"),
    (23, 20, 11, "failed"), (4, 3, 2, "failed"), (10, 5, 6, "no_quorum")])
def test_quorum_and_majority(entitled, present, yes, result):
    assert rules.admission(entitled=entitled, present=present, yes=yes) == result


@pytest.mark.parametrize(("approved", "result"), [
    ("2026-04-15", "on_time"), ("2026-06-01", "extended"), ("2026-07-15", "extended"), ("2026-07-16", "overdue")])
def test_approval_by_the_higher_committee(approved, result):
    assert rules.approval_result(meeting=D("2026-01-15"), approved=D(approved)) == result


@pytest.mark.parametrize(("admitted", "extension", "end"), [
    ("2025-06-20", None, "2026-06-20"), ("2025-06-20", 6, "2026-12-20"), ("2024-02-29", None, "2025-02-28")])
def test_the_end_of_probation(admitted, extension, end):
    assert rules.probation_end(admitted=D(admitted), extension=extension) == D(end)


@pytest.mark.parametrize(("months", "before", "valid"), [(6, 0, True), (5, 0, False), (12, 0, True), (13, 0, False), (6, 1, False)])
def test_one_extension_of_half_a_year_to_a_year(months, before, valid):
    assert rules.extension_valid(months=months, before=before) is valid


def test_standing_runs_from_the_end_of_probation_where_only_the_organisation_was_late():
    end, met = D("2026-06-20"), D("2026-07-15")
    assert rules.standing_from(end=end, meeting=met, by_organisation=True) == end
    assert rules.standing_from(end=end, meeting=met, by_organisation=False) == met


def test_papers_that_a_phase_lacks():
    assert rules.missing_documents(state="applied", on_file=frozenset()) == ["application", "talk"]
    had = frozenset({"application", "talk", "activist_form", "cultivation"})
    assert rules.missing_documents(state="object", on_file=had) == ["notice", "political", "certificate", "prereview"]
    assert "notice" not in rules.missing_documents(state="object", on_file=had, version="2014")


WAY = {"apply": "2024-03-01", "talk": "2024-03-20", "activist": "2024-06-03", "activist_file": "2024-06-20",
       "contacts": "2024-06-24", "object": "2025-06-10", "consent": "2025-06-20", "list": "2025-06-20",
       "sponsors": "2025-06-25", "political": "2025-07-10", "train": "2025-08-08", "committee": "2025-08-20",
       "prereview": "2025-09-01", "form": "2025-09-05", "meeting": "2025-09-10", "interview": "2025-09-25",
       "approve": "2025-10-15", "convert_apply": "2026-09-01", "convert_check": "2026-09-08", "convert": "2026-09-11",
       "convert_approve": "2026-10-20"}


def facts(*, without=(), votes=(10, 9, 8), **more):
    on = {code: D(day) for code, day in WAY.items() if code not in without}
    on |= {code: D(day) for code, day in more.pop("on", {}).items()}
    plain = {"born": D("1995-01-01"), "contacts": (True,), "sponsors": (True, True), "political": "pass",
             "training": (3, 24, False), "admission": rules.Vote(*votes) if "meeting" in on else None,
             "conversion": rules.Vote(10, 9, 9) if "convert" in on else None}
    return rules.Facts(on=on, **(plain | more))


def codes(found):
    return {(one.step, one.code) for one in rules.problems(facts=found, today=D("2026-11-23"))}


def test_a_whole_way_stands():
    assert codes(facts()) == set()
    assert rules.phase(facts=facts()) == "full"


@pytest.mark.parametrize("code", [code for code in WAY if code not in ("apply", "convert_approve")])
def test_a_step_left_out_forbids_the_next(code):
    after = {one.code for one in rules.STEPS if code in one.after} & set(WAY)
    assert {step for step, _why in codes(facts(without=(code,)))} >= after


@pytest.mark.parametrize(("more", "expected"), [
    ({"votes": (10, 5, 5)}, ("meeting", "no_quorum")), ({"votes": (10, 9, 5)}, ("interview", "vote_not_passed")),
    ({"sponsors": (True,)}, ("sponsors", "sponsors_wrong")), ({"contacts": (True, False)}, ("contacts", "contacts_wrong")),
    ({"political": "fail"}, ("committee", "political_not_passed")), ({"training": (2, 23, False)}, ("train", "training_short")),
    ({"leaves_on": D("2025-11-30")}, ("prereview", "leaving_soon")), ({"on": {"list": "2025-06-01"}}, ("list", "under_a_year")),
    ({"on": {"convert": "2026-09-09"}}, ("convert", "too_early")), ({"extension": 5, "on": {"extend": "2026-09-10"}},
                                                                    ("extend", "extension_wrong")),
    ({"extension": 6, "on": {"extend": "2026-09-10"}}, ("convert", "too_early")),
    ({"on": {"approve": "2025-12-11"}}, ("approve", "approval_needs_reason")),
    ({"on": {"approve": "2026-03-11"}}, ("approve", "approval_overdue")), ({"born": D("2006-03-02")}, ("apply", "under_age")),
    ({"born": None}, ("activist", "born_unknown")), ({"on": {"archive": "2026-11-24"}}, ("archive", "later_than_today"))])
def test_each_rule_forbids(more, expected):
    assert expected in codes(facts(**more))


def test_only_generally_yields_to_a_reason():
    found = facts(leaves_on=D("2025-11-30"), waived=frozenset({"leaving_soon"}))
    assert codes(found) == set()
    assert ("convert", "too_early") in codes(facts(on={"convert": "2026-09-09"}, waived=frozenset({"too_early"})))


def test_the_text_of_2026_asks_for_a_notice():
    late = {"without": tuple(WAY)[7:], "on": {"list": "2026-06-24"}}
    assert ("list", "no_notice") in codes(facts(**late))
    running = rules.Notice(D("2026-06-17"), D("2026-06-24"), D("2026-06-24"), True)
    assert codes(facts(**late, notices=(running,))) == set()
    early = {"without": tuple(WAY)[7:], "on": {"list": "2026-06-23"}}
    assert ("list", "notice_running") in codes(facts(**early, notices=(running,)))


def test_where_a_case_stands():
    marks = {one.code: one for one in rules.timeline(facts=facts(without=tuple(WAY)[15:]), today=D("2026-01-20"))}
    assert (marks["meeting"].state, marks["interview"].state) == ("done", "next")
    assert (marks["approve"].state, marks["approve"].due) == ("waiting", D("2025-12-10"))
    assert marks["notice"].state == "skipped"
    marks = {one.code: one for one in rules.timeline(facts=facts(without=tuple(WAY)[17:]), today=D("2026-08-01"))}
    assert (marks["convert_apply"].state, marks["convert_apply"].earliest) == ("waiting", D("2026-08-10"))
    marks = {one.code: one for one in rules.timeline(facts=facts(without=tuple(WAY)[19:]), today=D("2026-10-11"))}
    assert (marks["convert"].state, marks["convert"].due, marks["convert"].earliest) == (
        "late", D("2026-10-10"), D("2026-09-10"))


def notice(received=(), closed="2026-06-24", result="clear"):
    return set(rules.notice_problems(
        posted=D("2026-06-17"), ends=D("2026-06-24"), days=5, closed=D(closed) if closed else None, consented=D("2026-06-11"),
        result=result, received=received, today=D("2026-11-23")))


def test_what_was_received_decides_the_result_of_a_notice():
    settled = rules.Received(D("2026-06-18"), D("2026-06-22"), "unfounded")
    founded = rules.Received(D("2026-06-18"), D("2026-06-22"), "founded")
    assert notice() == set()
    assert notice(closed="2026-06-23") == {("closed_on", "notice_closed_early")}
    assert notice([settled]) == {("result", "result_says_nothing_came")}
    assert notice([settled], result="settled") == set()
    assert notice(result="settled") == {("result", "result_says_something_came")}
    assert notice([founded], result="settled") == {("result", "result_passes_over")}
    assert notice([founded], result="blocked") == set()
    assert notice([rules.Received(D("2026-06-18"))], result="settled") == {("closed_on", "objections_open")}
    assert notice([rules.Received(D("2026-06-16"), D("2026-06-22"), "minor")], closed=None) == {("", "objection_outside")}
    assert notice([rules.Received(D("2026-06-18"), D("2026-06-22"))], closed=None) == {("", "objection_half")}


def test_a_notice_that_stands_in_the_way_lets_another_begin():
    blocked = rules.Notice(D("2026-06-17"), D("2026-06-24"), D("2026-06-24"), False)
    marks = {one.code: one for one in rules.timeline(
        facts=facts(without=tuple(WAY)[7:], on={"consent": "2026-06-11"}, notices=(blocked,)), today=D("2026-11-23"))}
    assert (marks["notice"].state, marks["notice"].due) == ("next", None)
    assert marks["list"].state == "waiting"
