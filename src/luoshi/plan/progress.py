"""Counts the measures of a plan: each distinct count once over the whole tree, however many measures ask for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.engine import indicators
from luoshi.kernel import periods, places
from luoshi.kernel.periods import Period
from luoshi.kernel.shares import Share

from . import rules
from .models import CountRule, Helper, Measure, Milestone
from .rules import Lamp

WORDS = {
    "no_rule": gettext_lazy("未设计数规则"),
    "nothing_owed": gettext_lazy("没有应办对象"),
    "before": gettext_lazy("未到开始日期"),
    "not_begun": gettext_lazy("未开始"),
    "under_way": gettext_lazy("进行中"),
    "holds": gettext_lazy("正常"),
    "missed": gettext_lazy("有未按时完成"),
    "near": gettext_lazy("临近"),
    "behind": gettext_lazy("时间过半、任务未过半"),
    "overdue": gettext_lazy("逾期"),
    "done": gettext_lazy("已完成"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One counting rule of a measure: what was found, how much is needed, and where the records are."""

    rule: CountRule
    label: str
    unit_word: str
    share: Share  # as counted: a count, or those who did and those who should
    needed: Any
    lamp: Lamp
    root: str
    period: Period
    known: Any = None  # the indicator, narrowed by the rule's words; None for milestones and where none counts it

    @property
    def done(self) -> Share:
        """Found of needed; the percent shown is this one, divided last."""
        return Share(self.share.top, self.needed)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a measure is: its parts and the lamp over all of them."""

    parts: tuple[Part, ...]
    lamp: Lamp

    @property
    def words(self) -> str:
        return str(WORDS[self.lamp.why])

    @property
    def share(self) -> Share:
        """Found of needed of the first rule; Share(0) where the measure has none."""
        return self.parts[0].done if self.parts else Share(0)

    @property
    def figures(self) -> str:
        """ "214 / 300 个支部" for each rule, the second after a comma."""
        return "，".join(sentence(part) for part in self.parts)


def sentence(part: Part) -> str:
    if part.needed is None:
        return _("%(label)s：没有应办对象") % {"label": part.label}
    return f"{plain(part.share.top)} / {plain(part.needed)} {part.unit_word}".rstrip()


def plain(number: Any) -> str:
    """A count without needless decimals, thousands marked."""
    if number is None:
        return "—"
    return f"{int(number):,}" if number == int(number) else f"{number:,.2f}"


def with_parts(rows: Any) -> Any:
    """Measures with all that counting them reads: three queries, whatever their number."""
    steps = Milestone.objects.filter(withdrawn=False).select_related("proof_file").order_by("due", "id")
    return rows.select_related("owner", "plan__unit").prefetch_related(
        "rules", Prefetch("helpers", Helper.objects.select_related("unit")), Prefetch("milestones", steps))


def progress(measure: Measure, today: date) -> Progress:
    """How far one measure is on a day."""
    return of_measures([measure], today)[measure.pk]


def of_measures(measures: Iterable[Measure], today: date) -> dict[int, Progress]:
    """How far each measure is on a day; the measures come through `with_parts`."""
    measures = list(measures)
    counts = Counts(today)
    counts.take(measures)
    found = {}
    for one in measures:
        parts = tuple(_parts(one, counts))
        found[one.pk] = Progress(parts, rules.worst(part.lamp for part in parts))
    return found


def window(measure: Measure) -> tuple[date, date]:
    """From when until when a measure is carried out; the plan's year where it names no date."""
    whole = periods.year(measure.plan.year)
    return measure.since or min(whole.start, measure.due or whole.start), measure.due or whole.last_day


def counted(measure: Measure, today: date) -> Period | None:
    """The days whose records count on a day: from the start to today, at most to the plan year's or due day's end."""
    since, due = window(measure)
    last = min(today, max(due, periods.year(measure.plan.year).last_day))
    return Period(since, last + timedelta(days=1)) if last >= since else None


def _parts(measure: Measure, counts: "Counts") -> Iterator[Part]:
    since, due = window(measure)
    period = counted(measure, counts.today)
    for rule in measure.rules.all():
        one = counts.indicator(rule)
        if rule.method == "M":
            share = _steps(measure, counts.today)
        elif one is None or period is None:
            share = Share(0, None if rule.method in rules.COUNTED else 0)
        else:
            share = counts.share(measure, rule, period)
        needed = rules.needed(method=rule.method, bottom=share.bottom, target=rule.target, tenths=rule.tenths)
        if period is None and rule.method in rules.SHARED and rule.method != "M":
            lamp = Lamp("none", "before")
        else:
            lamp = rules.lamp(method=rule.method, top=share.top, needed=needed, since=since, due=due,
                              today=counts.today, missed=rule.method == "M" and _step_missed(measure, counts.today))
        label = _("完成的节点") if rule.method == "M" else str(one.label if one else rule.indicator)
        word = _("个节点") if rule.method == "M" else str(one.unit_word if one else "")
        yield Part(rule, label, word, share, needed, lamp, scope(measure, rule),
                   period or Period(since, since + timedelta(days=1)), None if rule.method == "M" else one)


def scope(measure: Measure, rule: CountRule) -> str:
    """Whose records count: all below the issuing unit, or the owner's own."""
    return str(measure.owner.place if rule.own and measure.owner else measure.plan.place)


def _steps(measure: Measure, today: date) -> Share:
    steps = list(measure.milestones.all())
    done = [s for s in steps if s.reached_on and s.reached_on <= today and s.proof]
    return Share(len(done), len(steps))


def _step_missed(measure: Measure, today: date) -> bool:
    return any(s.due and s.due < today and not rules.reached(reached_on=s.reached_on, proof=s.proof)
               for s in measure.milestones.all())


@dataclass(slots=True)
class Counts:
    """The counts of one page: every distinct question once, all of them in one call of the engine."""

    today: date
    known: dict[Any, dict[str, Share]] = field(default_factory=dict)
    narrowed: dict[tuple[str, str], Any] = field(default_factory=dict)

    def indicator(self, rule: CountRule) -> Any:
        """The rule's indicator, narrowed to records whose searched fields hold the rule's words; None where unknown."""
        key = (rule.indicator, rule.words)
        if key not in self.narrowed:
            found = indicators.indicators().get(rule.indicator)
            self.narrowed[key] = with_words(found, rule.words) if found and rule.words else found
        return self.narrowed[key]

    def take(self, measures: Iterable[Measure]) -> None:
        asks: dict[Any, Any] = {}
        for measure in measures:
            period = counted(measure, self.today)
            for rule in measure.rules.all():
                one = self.indicator(rule) if rule.method != "M" else None
                if one and period:
                    key, root = _question(measure, rule, period)
                    asks.setdefault(key, (one, root, period))
        answers = indicators.rollups(list(asks.values()), today=self.today) if asks else []
        self.known = dict(zip(asks, answers, strict=True))

    def share(self, measure: Measure, rule: CountRule, period: Period) -> Share:
        one = self.indicator(rule)
        key, root = _question(measure, rule, period)
        parts, place = self.known[key], scope(measure, rule)
        empty = Share(0, 0 if one.shared else None)
        return money(one, indicators.added(one, parts) if place == root else parts.get(place, empty))


def _question(measure: Measure, rule: CountRule, period: Period) -> tuple[Any, str]:
    """What to ask for a rule, and below which place: an owner right below the top is read from the top's roll-up."""
    top, place = measure.plan.place, scope(measure, rule)
    root = top if place == top or (top and places.parent(place) == top) else place
    return (rule.indicator, rule.words, root, period), root


def last_year(its: Progress) -> list[Share | None]:
    """The same counts one year earlier, beside each part; None for milestones. One call of the engine."""
    asks = [(part.known, part.root, periods.last_year(part.period)) for part in its.parts if part.known]
    found = iter(indicators.rollups(asks) if asks else [])
    return [money(part.known, indicators.added(part.known, next(found))) if part.known else None for part in its.parts]


def money(one: Any, share: Share) -> Share:
    """Money is counted in 分 and aimed at in 元."""
    return Share(Decimal(share.top) / 100) if one.money and isinstance(share.top, int) else share


def pair(share: Share) -> str:
    """ "214 / 300", or the count alone."""
    return plain(share.top) if share.bottom is None else f"{plain(share.top)} / {plain(share.bottom)}"


def with_words(one: Any, words: str) -> Any:
    """The same indicator over fewer records: those whose searched fields hold the words."""
    if one.duty:
        return one  # due periods have no words
    some = Q()
    for name in one.source.search:
        some |= Q((f"{name}__icontains", words))
    return replace(one, where=one.where & some)


# --- what the pages show ---------------------------------------------------------------------------------------------

COLUMNS = (("none", gettext_lazy("未开始")), ("ok", gettext_lazy("进行中")), ("risk", gettext_lazy("有风险")),
           ("done", gettext_lazy("已完成")))


def column(lamp: Lamp) -> str:
    """The board's column of a lamp; computed, a card is never dragged."""
    return "risk" if lamp.state in ("soon", "late") else lamp.state


def icon(lamp: Lamp) -> str:
    """The ui's icon and colour; done is drawn as right."""
    return "ok" if lamp.state == "done" else lamp.state
