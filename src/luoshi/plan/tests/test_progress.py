"""What the pages say equals a hand count, costs a bounded number of queries, and no percentage is ever typed."""

from datetime import date

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from luoshi.engine import samples, write
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Unit
from luoshi.plan import forms, progress
from luoshi.plan.models import CountRule, Measure, Milestone, Remark
from luoshi.plan.tests.conftest import rule
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db
CEILING = 20


@pytest.fixture
def held(house, system):
    """Two theme days of here, one of far, one last year; members' meetings: three of here, one of far."""
    door = register("meeting")

    def hold(unit, kind, day, topic="专题学习"):
        return samples.saved(door, unit, system, kind=kind, held_on=day, topic=topic)

    hold(house.here, "theme_day", date(2026, 3, 5))
    hold(house.here, "theme_day", date(2026, 4, 5))
    hold(house.far, "theme_day", date(2026, 5, 5))
    hold(house.beside, "theme_day", date(2025, 5, 5))
    for month in (2, 5, 8):
        hold(house.here, "members", date(2026, month, 9), "改选准备" if month == 8 else "专题学习")
    hold(house.far, "members", date(2026, 2, 9))
    return hold


def counted(measure, day=TODAY):
    row = progress.with_parts(Measure.objects.select_related("unit")).get(pk=measure.pk)
    return progress.progress(row, day)


def test_coverage_and_count_equal_the_hand_count(issued, held):
    theme, members = (counted(one).parts[0] for one in issued.measures[:2])
    should = Unit.objects.filter(body="branch", system="party").count()
    assert (theme.share.top, theme.share.bottom) == (2, should)  # here and far; last year's meeting does not count
    assert (members.share.top, members.needed) == (4, 4)
    assert counted(issued.measures[1]).lamp.state == "done"
    assert counted(issued.measures[0]).lamp.state == "soon"


def test_last_year_stands_beside(issued, held):
    before = progress.last_year(counted(issued.measures[0]))
    assert before[0] is not None
    assert before[0].top == 1


def test_only_the_owner_only_some_words(issued, held, system, house):
    one = issued.measures[1]
    made = CountRule(method="C", indicator="meetings.members", target=4, own=True)
    write.save(system, register("measure"), one, lines={"rules": [made]})
    assert counted(one).parts[0].share.top == 3  # here lies below the owner, far does not
    made = CountRule(method="C", indicator="meetings.members", target=4, words="改选")
    write.save(system, register("measure"), one, lines={"rules": [made]})
    assert counted(one).parts[0].share.top == 1
    one.owner = house.here  # an owner deeper in the tree is asked for itself
    write.save(system, register("measure"), one, lines={"rules": [
        CountRule(method="C", indicator="meetings.members", target=4, own=True)]})
    assert counted(one).parts[0].share.top == 3


def test_the_count_of_a_day_knows_nothing_later(issued, held):
    assert counted(issued.measures[1], date(2026, 5, 31)).parts[0].share.top == 3
    assert counted(issued.measures[1], date(2025, 12, 31)).parts[0].share.top == 0


def test_every_number_opens_a_list_as_long_as_it_says(issued, held, office):
    theme, members = issued.measures[:2]
    page = office.get(f"/plan/measure/{members.pk}/records/0/").content.decode()
    assert page.count("<tr><t") - 1 == 4  # and the heading row
    part = counted(theme).parts[0]
    page = office.get(f"/plan/measure/{theme.pk}/missing/0/").content.decode()
    assert page.count('<th scope="row">') == part.share.bottom - part.share.top
    assert "甲司第二党支部" in page
    assert 'scope="row">甲司第一党支部<' not in page


def test_a_milestone_counts_only_with_proof(issued, house, system, grant, client_of):
    one = issued.measures[3]
    steps = [write.save(system, register("plan_milestone"), Milestone(measure=one, title=t, unit=house.far))
             for t in ("起草", "印发")]
    client = client_of(grant(house.far, Verb.CHANGE))
    address = f"/plan/milestone/{steps[0].pk}/"
    assert client.post(address, {"reached_on": "2026-11-01"}).status_code == 422
    assert client.post(address, {"reached_on": "2026-12-01", "register": "meeting", "row": "1"}).status_code == 422
    assert counted(one).parts[0].share.top == 0
    proof = SimpleUploadedFile("办法.txt", "正文".encode())
    assert client.post(address, {"reached_on": "2026-11-01", "file": proof}).status_code == 302
    assert (counted(one).parts[0].share.top, counted(one).parts[0].needed) == (1, 2)
    meeting = samples.saved(register("meeting"), house.far, system)
    answer = client.post(f"/plan/milestone/{steps[1].pk}/", {
        "reached_on": "2026-11-02", "register": "meeting", "row": meeting.pk})
    assert answer.status_code == 302
    assert counted(one).lamp.state == "done"
    page = client.get(f"/plan/measure/{one.pk}/").content.decode()
    assert "办法.txt" in page
    assert f"/r/meeting/{meeting.pk}/" in page


def test_the_database_refuses_a_milestone_without_proof(issued, house):
    with pytest.raises(IntegrityError):
        Milestone.objects.create(measure=issued.measures[3], title="起草", unit=house.far, place=house.far.place,
                                 reached_on=date(2026, 3, 1))


def test_one_sentence_a_remark_by_the_owner(issued, house, grant, client_of):
    one = issued.measures[0]
    client = client_of(grant(house.above, Verb.ADD))
    assert client.post(f"/plan/measure/{one.pk}/remark/", {"text": " "}).status_code == 422
    assert client.post(f"/plan/measure/{one.pk}/remark/", {"text": "等场地，下月补办"}).status_code == 302
    assert "等场地，下月补办" in client.get(f"/plan/measure/{one.pk}/").content.decode()
    looker = client_of(grant(house.above, Verb.SEE))
    assert looker.post(f"/plan/measure/{one.pk}/remark/", {"text": "x"}).status_code == 403
    assert Remark.objects.get().unit == house.above


@pytest.mark.parametrize("tail", ["text/", "board/", "timeline/", "list/", "list.xlsx", "summary/"])
def test_as_many_queries_for_three_thousand_measures_as_for_thirty(tail, issued, house, held, office):
    address = f"/plan/{issued.plan.pk}/{tail}"

    owners = (house.above, house.here, house.far)

    def grow(n):
        made = Measure.objects.bulk_create([Measure(
            unit=house.root, place=house.root.place, plan=issued.plan, section="1", number=f"1.{i}",
            text=f"措施{i}", start=i, end=i, state="accepted", owner=owners[i % 3]) for i in range(n)])
        CountRule.objects.bulk_create([CountRule(measure=one, **{f: getattr(r, f) for f in (
            "method", "indicator", "target")}) for i, one in enumerate(made)
            for r in rule(("meetings.held", "meetings.covered", "M")[i % 3])])
        office.get(address)
        with CaptureQueriesContext(connection) as found:
            assert office.get(address).status_code == 200
        return len(found)

    few = grow(30)
    assert few <= CEILING
    assert grow(2970) == few


def test_the_confirm_page_is_bounded_too(plan, measures, house, office):
    Measure.objects.bulk_create([Measure(unit=house.root, place=house.root.place, plan=plan, section="1",
                                         text=f"措施{i}", start=i, end=i) for i in range(300)])
    with CaptureQueriesContext(connection) as found:
        assert office.get(f"/plan/{plan.pk}/confirm/?m={measures[0].pk}").status_code == 200
    assert len(found) <= CEILING


def test_no_field_or_box_takes_a_percentage(plan, measures):
    words = ("percent", "progress", "ratio", "进度", "百分", "完成率", "%")
    names = [(f.name, str(getattr(f, "verbose_name", ""))) for m in apps.get_app_config("plan").get_models()
             for f in m._meta.fields]
    form = forms.TermsForm(None, measure=measures[0], sections=[])
    names += [(name, str(field.label)) for name, field in form.fields.items()]
    assert len(names) > 60
    assert not [pair for pair in names for word in words if any(word in part for part in pair)]


def test_a_goal_opens_as_a_board_of_its_groups(issued, held, office, house, client_of, grant, django_assert_max_num_queries):
    address = f"/plan/{issued.plan.pk}/section/"
    with django_assert_max_num_queries(CEILING):
        page = office.get(f"{address}1/").content.decode()
    inside = [one for one in issued.measures if one.section == "1"]
    assert 0 < len(inside) < len(issued.measures)
    for one in issued.measures:
        assert (f"/plan/measure/{one.pk}/" in page) is (one in inside)
    assert f"{address}1/" in office.get(f"/plan/{issued.plan.pk}/text/").content.decode()
    assert office.get(f"{address}99/").status_code == 404
    assert client_of(grant(house.far, None)).get(f"{address}1/").status_code == 404
