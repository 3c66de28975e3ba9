"""The terms of a measure as a form: text, owner, dates and counting rules; for confirming and for changes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.engine.forms import PickField, drawn
from luoshi.engine.indicators import indicators
from luoshi.foundation.units import Unit

from . import kinds, rules
from .models import CountRule, Helper, Measure, Method

STEPS = "milestones"  # the choice that counts milestones instead of an indicator
RULE_WORDS = {
    "missing": gettext_lazy("请填写目标数，例如 4"),
    "range": gettext_lazy("请填写 1 到 10 之间的成数，10 表示全部"),
    "milestones": gettext_lazy("按节点计数时不选指标"),
}


def units() -> Any:
    return Unit.objects.filter(withdrawn=False).order_by("place")


class TermsForm(forms.Form):
    """Parses only; the write door asks the rules of the row."""

    text = forms.CharField(label=gettext_lazy("措施"), max_length=1000, widget=forms.Textarea)
    section = forms.ChoiceField(label=gettext_lazy("章节"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("事项类别"), required=False)
    since = forms.DateField(label=gettext_lazy("开始日期"), required=False)
    due = forms.DateField(label=gettext_lazy("完成期限"), required=False)
    programme = forms.CharField(label=gettext_lazy("所属工程或主题"), max_length=200, required=False)
    supplied = forms.CharField(label=gettext_lazy("补填名称"), max_length=200, required=False)
    steps = forms.CharField(label=gettext_lazy("节点"), required=False, widget=forms.Textarea)

    def __init__(self, data: Any, *, measure: Measure, sections: Sequence[Any]) -> None:
        super().__init__(_resolved(data), initial=initial(measure))
        self.measure = measure
        self.fields["text"].error_messages["required"] = _("请填写措施内容")
        self.fields["section"].choices = [("", _("（不属于任何一节）")), *((s.code, str(s)) for s in sections)]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("未分类")), *kinds.choices()]  # type: ignore[attr-defined]
        for name, label in (("owner", _("牵头单位")), ("helper", _("增加协办单位"))):
            self.fields[name] = PickField(queryset=units(), kind="unit", code="code", label=label, required=False)
        for i in range(rules.MAX_RULES):
            self._add_rule(i)

    def _add_rule(self, i: int) -> None:
        counted = [("", _("不计数")), (STEPS, _("按节点计数")), *kinds.countable()]
        self.fields[f"indicator{i}"] = forms.ChoiceField(
            label=_("计数规则") if i == 0 else _("第二条计数规则"), choices=counted, required=False)
        self.fields[f"target{i}"] = forms.DecimalField(label=_("目标数"), min_value=0, max_digits=14, decimal_places=2,
                                                       required=False)
        self.fields[f"tenths{i}"] = forms.IntegerField(label=_("应达到几成"), min_value=1, max_value=10, required=False)
        self.fields[f"words{i}"] = forms.CharField(label=_("只计题目含有"), max_length=60, required=False)
        self.fields[f"own{i}"] = forms.BooleanField(label=_("只计牵头单位的记录"), required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for i in range(rules.MAX_RULES):
            one = self._rule(found, i)
            if one is None:
                continue
            for field, code in rules.rule_problems(method=one.method, indicator=one.indicator, target=one.target,
                                                   tenths=one.tenths):
                self.add_error(f"{field}{i}", RULE_WORDS[code])
        return found

    def _rule(self, values: Mapping[str, Any], i: int) -> CountRule | None:
        name = values.get(f"indicator{i}") or ""
        if not name:
            return None
        if name == STEPS:
            return CountRule(method=Method.MILESTONE)
        kind = indicators()[name].kind
        return CountRule(method=kind, indicator=name, target=values.get(f"target{i}"),
                         tenths=values.get(f"tenths{i}") or 10, words=values.get(f"words{i}") or "",
                         own=bool(values.get(f"own{i}")))

    def terms(self) -> dict[str, Any]:
        """The measure's own columns."""
        names = ("text", "section", "kind", "since", "due", "programme", "supplied", "owner")
        return {name: self.cleaned_data.get(name) for name in names if name in self.fields}

    def lines(self) -> dict[str, Sequence[Any]]:
        """Helpers and rules as they shall be."""
        sent: Any = self.data
        kept = {int(pk) for pk in sent.getlist("helpers") if pk.isdecimal()}
        found = list(units().filter(pk__in=kept)) if kept else []
        added = self.cleaned_data.get("helper")
        if added and added not in found:
            found.append(added)
        counted = [one for i in range(rules.MAX_RULES) if (one := self._rule(self.cleaned_data, i))]
        return {"helpers": [Helper(unit=one) for one in found], "rules": counted}


def initial(measure: Measure) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(measure, name) for name in (
        "text", "section", "kind", "since", "due", "programme", "supplied", "owner")}
    for i, one in enumerate(measure.rules.all()) if measure.pk else ():
        values |= {f"indicator{i}": STEPS if one.method == Method.MILESTONE else one.indicator, f"words{i}": one.words,
                   f"target{i}": one.target.normalize() if one.target is not None else None, f"tenths{i}": one.tenths,
                   f"own{i}": one.own}
    if measure.pk:
        values["steps"] = "\n".join(f"{s.title} {s.due or ''}".strip() for s in measure.milestones.all())
    return values


def _resolved(data: Any) -> Any:
    """What was typed into a picker goes before the key it held, so that the page works without a script."""
    if data is None:
        return None
    data = data.copy()
    for name in ("owner", "helper"):
        typed, key = data.get(f"{name}_q", "").strip(), data.get(name, "")
        if f"{name}_q" in data and key.isdecimal():
            held = Unit.objects.filter(pk=int(key)).first()
            if not typed or (held and str(held) != typed):
                data[name] = typed
        elif typed and not key:
            data[name] = typed
    return data


def groups(form: TermsForm) -> list[dict[str, Any]]:
    """The fields for the ui's `fields` macro, in the order in which a clerk reads them."""
    found = {one["name"]: one for one in drawn(form)}
    found["text"] |= {"rows": 3}
    for name in ("since", "due"):
        found[name]["type"] = "date"
    found["steps"] |= {"type": "textarea", "rows": 3, "help": _("每行一个，后面可写期限。没有依据的节点不算完成"),
                       "example": _("印发通知 %(year)d-03-31") % {"year": form.measure.plan.year}}
    parts: list[dict[str, Any]] = []
    if form.measure.needs:
        found["supplied"] |= {"required": True, "help": form.measure.needs}
        parts.append(found["supplied"])
    parts += [found["text"], {"row": True, "fields": [found["owner"], found["due"], found["since"]]},
              _rule_group(found, 0)]
    return parts


def more(form: TermsForm) -> list[dict[str, Any]]:
    """The rarer fields, folded."""
    found = {one["name"]: one for one in drawn(form)}
    found["steps"] |= {"type": "textarea", "rows": 3, "help": _("每行一个，后面可写期限。没有依据的节点不算完成"),
                       "example": _("印发通知 %(year)d-03-31") % {"year": form.measure.plan.year}}
    return [{"row": True, "fields": [found["section"], found["kind"], found["programme"]]}, found["helper"],
            found["steps"], _rule_group(found, 1)]


def _rule_group(found: dict[str, dict[str, Any]], i: int) -> dict[str, Any]:
    found[f"target{i}"] |= {"inputmode": "decimal", "help": _("计次数、数额时填写")}
    found[f"tenths{i}"] |= {"inputmode": "numeric", "help": _("计覆盖面时填写，10 为全部")}
    return {"row": True, "fields": [found[f"{name}{i}"] for name in ("indicator", "target", "tenths", "words", "own")]}
