"""The fictional ministry: as large as asked, the same from the same seed, within the rules, and alive in every part."""

from collections import Counter
from datetime import timedelta

from django.db.models import F, Q
from django.test import TestCase

from luoshi.config.demo import accounts, build, counting, days, plan, units
from luoshi.engine import duties, indicators
from luoshi.engine.actor import actor_of, system_actor
from luoshi.engine.register import register
from luoshi.foundation import trail
from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import COMMITTEE_POSTS, MEMBER_POSTS, Person, Position, Post, held
from luoshi.foundation.units import Body, Unit
from luoshi.kernel import periods
from luoshi.kernel.periods import add_months
from luoshi.plan import drafting, progress
from luoshi.plan.models import Circular, Measure, MeasureState, Plan, PlanState
from luoshi.registers.events.models import Event, Signup, State
from luoshi.registers.meetings.models import Absence, Meeting, MeetingTask, Vote
from luoshi.registers.membership.models import Away, Transfer
from luoshi.registers.organization import rules
from luoshi.registers.organization.models import Improvement, Term
from tests.conftest import TODAY

FIRST_NAMES = ["仇一松", "赖允斌", "钱诗莉", "上官晨", "许远梅"]
MEMBERS = [22, 17, 19, 16, 5, 23, 30, 31, 10, 13, 14]
FIRST_MEETINGS = [("theme_day", "2025-11-24"), ("lecture", "2025-11-27"), ("committee", "2025-12-10")]
BRANCHES = Q(system="party", body=Body.BRANCH) & (Q(until__isnull=True) | Q(until__gt=TODAY))


def states(root: str) -> Counter[str]:
    found = duties.desk(root=root, today=TODAY, periods=[duties.window(TODAY)])
    return Counter(lamp.state for _unit, _duty, lamp in found)


def living(of: Plan) -> list[Measure]:
    return list(progress.with_parts(drafting.proposals(of)).filter(state=MeasureState.ACCEPTED))


def test_the_full_size_is_the_one_that_was_promised():
    counts = units._branches_of(units.S)
    sizes = units._members_of(units.dice("units"), units.S, counts)
    assert len(counts) == 25
    assert sum(counts) + units.S.temporary == 300
    assert sum(map(sum, sizes)) == 8000
    assert all(3 <= n <= 49 for its in sizes for n in its)


def test_every_rule_of_the_demo_finds_its_measure():
    text = plan.text(2026)
    assert [phrase for phrase in counting.COUNTED if phrase not in text] == []
    known = indicators.indicators()
    assert {by.indicator for its in counting.COUNTED.values() for by in its} <= set(known)


class TestTheMinistry(TestCase):
    """Built once in its smallest size; each test works on its own copy of it."""

    @classmethod
    def setUpTestData(cls):
        cls.tree = build.build(units.XS, actor=system_actor(TODAY))

    def test_it_is_as_large_as_asked(self):
        size = units.XS
        assert len(self.tree.firsts) == size.firsts
        assert Unit.objects.filter(BRANCHES).count() == size.branches
        assert Unit.objects.filter(BRANCHES, kind="overseas").count() == size.overseas
        assert Unit.objects.filter(BRANCHES, temporary=True).count() == size.temporary
        came = Transfer.objects.filter(kind="in", person__isnull=False).count()
        assert came == Transfer.objects.filter(kind="out", state="done").count() == 3  # as many came as left
        assert Person.objects.filter(joined__isnull=False).count() == size.people + came
        at_home = Position.objects.filter(held(TODAY), post__in=MEMBER_POSTS, unit__body=Body.BRANCH, unit__temporary=False)
        assert at_home.count() == size.people
        year_ago = add_months(TODAY, -12)
        new = at_home.filter(person__joined__gt=year_ago)
        assert set(new.values_list("post", flat=True)) == {Post.PROBATIONARY}

    def test_the_same_seed_gives_the_same_ministry(self):
        assert list(Person.objects.order_by("number").values_list("name", flat=True)[:5]) == FIRST_NAMES
        assert [b.members for b in self.tree.branches] == MEMBERS
        found = Meeting.objects.filter(unit=self.tree.branches[0].unit, held_on__isnull=False).order_by("held_on", "id")
        assert [(one.kind, one.held_on.isoformat()) for one in found[:3]] == FIRST_MEETINGS

    def test_every_body_suits_its_members(self):
        for first in self.tree.firsts:
            its = [b.members for b in self.tree.branches if b.first is first]
            assert first.body == rules.body_for(full=sum(its), wanted=first.body)
            assert len(its) >= 2
        assert all(3 <= b.members < rules.BRANCH_AT_MOST for b in self.tree.branches)

    def test_every_branch_has_a_secretary_and_a_committee_where_the_rule_asks_for_one(self):
        for branch in self.tree.branches:
            posts = Position.objects.filter(held(TODAY), unit=branch.unit, post__in=COMMITTEE_POSTS)
            people = set(posts.values_list("person", flat=True))
            assert posts.filter(post=Post.SECRETARY).count() == 1, branch.unit
            least = rules.committee_plan(body="branch", full=branch.members - 5).least
            assert least <= len(people) <= 7, branch.unit

    def test_secretaries_have_been_members_for_a_year(self):
        secretaries = Position.objects.filter(held(TODAY), post=Post.SECRETARY, unit__temporary=False)
        late = [one for one in secretaries.select_related("person")
                if one.person.joined and one.person.joined > one.since - timedelta(days=365)]
        assert not late

    def test_nothing_is_dated_after_today(self):
        assert not Meeting.objects.filter(held_on__gt=TODAY).exists()
        assert not Term.objects.filter(elected_on__gt=TODAY).exists()
        assert not Event.objects.filter(state=State.HELD, starts_on__gt=TODAY).exists()
        assert not Person.objects.filter(joined__gt=TODAY).exists()

    def test_a_year_of_records_ends_today(self):
        span = Meeting.objects.filter(held_on__isnull=False).order_by("held_on").values_list("held_on", flat=True)
        assert days.Year(TODAY).start <= span.first() < TODAY - timedelta(days=330)
        assert span.last() > TODAY - timedelta(days=8)
        for model in (Absence, Vote, MeetingTask, Signup, Improvement):
            assert model._default_manager.exists(), model
        ahead = Meeting.objects.filter(held_on__isnull=True)
        assert ahead.filter(called_off="", planned_on__gt=TODAY).exists()
        assert ahead.filter(planned_on__lt=TODAY).exists()

    def test_transfers_stand_in_every_state_and_members_away_in_every_status(self):
        assert {state for state, _label in Transfer._meta.get_field("state").choices} == set(
            Transfer.objects.values_list("state", flat=True))
        found = Counter(one.status(TODAY) for one in Away.objects.all())
        assert set(found) == {"normal", "search", "propose_suspension", "propose_strike_off", "returned"}
        assert found["normal"] > len(found)
        waits = Transfer.objects.filter(receiver=self.tree.branches[1].unit)
        assert {"issued", "accepted"} <= set(waits.values_list("state", flat=True))

    def test_every_state_of_a_lamp_can_be_seen(self):
        found = states(self.tree.root.place)
        assert set(found) == {"ok", "soon", "late", "none", "waived"}
        assert found["late"] < found["ok"] / 5

    def test_the_example_branch_is_late_with_one_thing_and_soon_with_others(self):
        found = [lamp.state for _u, _d, lamp in duties.owed(root=self.tree.branches[1].unit.place, today=TODAY)]
        assert found.count("late") == 1
        assert found.count("soon") >= 1

    def test_most_of_what_was_owed_was_held_in_time(self):
        shares = [indicators.total(one, root=self.tree.root.place, period=periods.year(TODAY), today=TODAY)
                  for one in indicators.indicators().values() if one.kind == "T"]
        top, bottom = sum(s.top for s in shares), sum(s.bottom for s in shares)
        assert 0.85 <= top / bottom < 1

    def test_absences_and_votes_agree_with_the_numbers(self):
        for one in Meeting.objects.prefetch_related("absences").filter(absences__isnull=False).distinct():
            assert len(one.absences.all()) <= one.expected - one.present
        assert not Vote.objects.filter(yes__gt=F("present")).exists()

    def test_some_terms_are_due_and_some_overdue(self):
        found = {one.state(TODAY) for one in Term.objects.all()}
        assert {"running", "due", "overdue"} <= found

    def test_the_plan_is_issued_twice_and_reported_on_twice(self):
        one = Plan.objects.get()
        assert one.state == PlanState.ISSUED
        assert [e.number for e in one.editions.all()] == [2, 1]
        assert all(e.reason for e in one.editions.all())
        found = Circular.objects.filter(state="issued").order_by("number")
        assert [c.period for c in found] == ["2026-09", "2026-10"]
        assert all(c.figures["measures"] for c in found)

    def test_every_measure_counts_itself(self):
        """No measure is without a rule, each rule's indicator exists, and the lists behind are as long as the numbers."""
        found = living(Plan.objects.get())
        assert 70 <= len(found) <= 100
        assert {m.section.split(".")[0] for m in found} == {"1", "2", "3", "4", "5"}
        counted = progress.of_measures(found, TODAY)
        for one in found:
            assert one.owner_id, one.text
            assert counted[one.pk].parts, one.text
            for part in counted[one.pk].parts:
                if part.rule.method == "M":
                    assert part.share.bottom, one.text
                else:
                    assert part.known is not None, part.rule.indicator
        lost = [phrase for phrase in counting.COUNTED if not any(phrase in m.text for m in found)]
        assert lost == []
        methods = Counter(part.rule.method for its in counted.values() for part in its.parts)
        assert set(methods) == {"C", "V", "T", "M", "S", "A"}
        assert len({its.words for its in counted.values()}) >= 4

    def test_reached_milestones_have_proof(self):
        from luoshi.plan.models import Milestone

        reached = Milestone.objects.filter(reached_on__isnull=False)
        assert reached.exists()
        for one in reached:
            assert one.proof
            if one.proof_file:
                assert one.proof_file.path.read_bytes()

    def test_each_role_can_enter_and_sees_no_more_than_its_own(self):
        roles = {a.login: actor_of(a, TODAY) for a in Account.objects.filter(demo=True)}
        assert list(roles) == ["office", "leader", "secretary", "abroad", "direct", "union", "youth", "member"]
        meetings = {login: register("meeting").rows(actor).count() for login, actor in roles.items()}
        assert meetings["office"] == meetings["leader"] == Meeting.objects.count()
        ours = self.tree.branches[1].unit
        below = Meeting.objects.filter(place__startswith=ours.place).count()
        assert meetings["secretary"] == meetings["member"] == below
        assert 0 < meetings["abroad"] < meetings["office"]
        assert not any(account.has_usable_password() for account in Account.objects.filter(demo=True))

    def test_union_and_youth_manage_events_and_nothing_else(self):
        from luoshi.foundation.grants import Verb

        for login in ("union", "youth"):
            actor = actor_of(Account.objects.get(login=login), TODAY)
            for name in accounts.EVENTS:
                assert register(name).may(actor, Verb.MANAGE, self.tree.root.place)
            assert not register("meeting").may(actor, Verb.ADD, self.tree.root.place)

    def test_the_trail_holds_and_knows_every_record(self):
        assert list(trail.verify()) == []
        noted = set(trail.Line.objects.filter(register="meeting").values_list("row", flat=True))
        assert noted == set(Meeting.objects.values_list("pk", flat=True))
        assert not Meeting.objects.filter(version=0).exists()

    def test_it_is_not_built_twice(self):
        assert build.present()
        assert build.taken()

    def test_no_name_of_a_unit_is_used_twice(self):
        found = Counter(Unit.objects.values_list("name", flat=True))
        assert [name for name, n in found.items() if n > 1] == []

    def test_union_and_league_are_trees_of_their_own(self):
        roots = Unit.objects.filter(parent=None).order_by("place").values_list("system", flat=True)
        assert list(roots) == ["party", "union", "league"]
        members = Position.objects.filter(held(TODAY), post=Post.UNION_MEMBER)
        assert members.values("person").distinct().count() == members.count() == units.XS.people
        young = Position.objects.filter(held(TODAY), post=Post.LEAGUE_MEMBER).select_related("person")
        assert young
        assert all(one.person.born > add_months(TODAY, -12 * 28) for one in young)
        both = set(young.values_list("person", flat=True)) & set(members.values_list("person", flat=True))
        assert both, "somebody belongs to the party, the union and the league at once"
        for name in ("organization.union_chairs", "organization.audit_chairs", "organization.league_secretaries"):
            root = Unit.objects.get(parent=None, system="league" if "league" in name else "union")
            share = indicators.total(indicators.indicators()[name], root=root.place, period=periods.year(TODAY), today=TODAY)
            assert 0 < share.top <= share.bottom, name

    def test_the_union_and_the_youth_account_are_at_home_in_their_own_trees(self):
        for login, system in (("union", "union"), ("youth", "league")):
            account = Account.objects.get(login=login)
            actor = actor_of(account, TODAY)
            assert account.home.system == system
            assert register("term").may(actor, Verb.MANAGE, account.home.place)
            assert not register("term").may(actor, Verb.CHANGE, self.tree.root.place)
