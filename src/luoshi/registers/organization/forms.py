"""What founding, moving, merging, splitting and closing a unit ask for beyond the unit itself."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.engine.actor import Actor
from luoshi.engine.forms import PickField
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import MEMBER_POSTS, Person, Position, Post, held
from luoshi.foundation.places import within
from luoshi.foundation.units import Body, Kind, Unit, since_where_it_stands
from luoshi.kernel import ids, places

from . import rules
from .models import PROBLEMS, Operation
from .rules import founding

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
PAPERS = (".pdf", ".jpg", ".jpeg", ".png", ".docx")
LARGEST = 20 * 1024 * 1024
PARTS = 4  # new units that one division may make


class Step(forms.Form):
    """A change of a unit that takes effect on a day by a document."""

    on = forms.DateField(label=_("生效日期"), widget=DAY, error_messages={"required": _("请填写生效日期")})
    document = forms.CharField(label=_("批准文号"), max_length=120, help_text=_("没有文号的填写会议决定的名称"),
                               error_messages={"required": _("请填写批准文号或会议决定的名称")})
    paper = forms.FileField(label=_("批准文件扫描件"), required=False, help_text=_("可不上传；PDF、图片或 Word，不超过 20 MB"))

    def __init__(self, data: Any, files: Any = None, *, unit: Unit, actor: Actor) -> None:
        super().__init__(data, files, initial={"on": actor.today})
        self.unit, self.actor = unit, actor

    def clean_paper(self) -> Any:
        sent = self.cleaned_data.get("paper")
        if sent and (not str(sent.name).lower().endswith(PAPERS) or sent.size > LARGEST):
            raise forms.ValidationError(_("扫描件应为 PDF、图片或 Word 文件，不超过 20 MB，请另选文件"))
        return sent

    def take(self, found: Any) -> None:
        for field, code in found:
            self.add_error(field if field in self.fields else None, PROBLEMS[code])


class Closing(Step):
    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = self.cleaned_data
        if isinstance(kept.get("on"), date):
            self.take(rules.close_problems(
                on=kept["on"], since=since_where_it_stands(self.unit), today=self.actor.today,
                below=living_below(self.unit), document=kept.get("document") or "-"))
        return kept


class Moving(Step):
    """The new parent is one under which this actor may manage units too: a unit cannot be pushed out of a grant."""

    field_order = ("parent", "on", "document", "paper")

    def __init__(self, data: Any, files: Any = None, *, unit: Unit, actor: Actor) -> None:
        super().__init__(data, files, unit=unit, actor=actor)
        self.fields["parent"] = PickField(
            queryset=managed(actor).order_by("place"), kind="unit", code="code", label=_("新的上级"))
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = self.cleaned_data
        parent = kept.get("parent")
        if parent and isinstance(kept.get("on"), date):
            self.take(rules.move_problems(
                on=kept["on"], since=since_where_it_stands(self.unit), today=self.actor.today,
                inside=places.below(parent.place, self.unit.place), same=parent.pk == self.unit.parent_id,
                systems_differ=parent.system != self.unit.system, document=kept.get("document") or "-"))
        return kept


class Merging(Step):
    """Units beside this one, of its own sort, that join it."""

    field_order = ("sources", "on", "document", "paper")
    sources = forms.MultipleChoiceField(label=_("并入本组织的组织"), widget=forms.CheckboxSelectMultiple, required=False,
                                        help_text=_("只列出同一上级下同类型的组织；其他组织请先调整隶属关系"))

    def __init__(self, data: Any, files: Any = None, *, unit: Unit, actor: Actor) -> None:
        super().__init__(data, files, unit=unit, actor=actor)
        rows = managed(actor).filter(parent=unit.parent_id, system=unit.system, body=unit.body,
                                      temporary=unit.temporary).exclude(pk=unit.pk)
        self.beside = {str(one.pk): one for one in rows.order_by("place")}
        self.fields["sources"].choices = [(pk, one.name) for pk, one in self.beside.items()]  # type: ignore[attr-defined]
        self.order_fields(self.field_order)

    @property
    def chosen(self) -> list[Unit]:
        return [self.beside[pk] for pk in self.cleaned_data.get("sources", [])]

    def judge(self, *, later_posts: int) -> None:
        """Ask the rules; the pages count the posts, which this form does not know."""
        on = self.cleaned_data.get("on")
        if isinstance(on, date):
            since = max(since_where_it_stands(one) for one in (self.unit, *self.chosen))
            self.take(rules.merge_problems(on=on, since=since, today=self.actor.today, sources=len(self.chosen),
                                           later_posts=later_posts))


class Splitting(Step):
    """The new units by name and code; who goes where stands in boxes of the page's own."""

    closes = forms.BooleanField(label=_("原组织撤销"), required=False, help_text=_("不选的，未选定去向的人员和下级组织留在原组织"))

    def __init__(self, data: Any, files: Any = None, *, unit: Unit, actor: Actor) -> None:
        super().__init__(data, files, unit=unit, actor=actor)
        for n in range(1, PARTS + 1):
            self.fields[f"name_{n}"] = forms.CharField(label=_("新组织 %(n)s 名称") % {"n": n}, max_length=120, required=False)
            self.fields[f"code_{n}"] = forms.CharField(label=_("新组织 %(n)s 编码") % {"n": n}, max_length=32, required=False)

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = self.cleaned_data
        for n in range(1, PARTS + 1):
            name, code = kept.get(f"name_{n}"), kept.get(f"code_{n}")
            if bool(name) != bool(code):
                self.add_error(f"code_{n}" if name else f"name_{n}", _("名称和编码须同时填写"))
            elif code and Unit.objects.filter(code=code).exists():
                self.add_error(f"code_{n}", _("编码“%(code)s”已被使用，请另填一个") % {"code": code})
        return kept

    @property
    def named(self) -> dict[int, tuple[str, str]]:
        """{number: (name, code)} of the new units."""
        kept = self.cleaned_data
        return {n: (kept[f"name_{n}"], kept[f"code_{n}"]) for n in range(1, PARTS + 1)
                if kept.get(f"name_{n}") and kept.get(f"code_{n}")}


class Founding(Step):
    """A new unit below this one, with the members it will have."""

    field_order = ("name", "code", "credit_code", "body", "kind", "full", "probationary", "on", "document", "paper")
    name = forms.CharField(label=_("名称"), max_length=120, error_messages={"required": _("请填写名称")})
    code = forms.CharField(label=_("编码"), max_length=32, error_messages={"required": _("请填写编码")})
    credit_code = forms.CharField(label=_("统一社会信用代码"), max_length=40, required=False,
                                  help_text=_("直属单位和社团组织填写，18 位；没有的留空"))
    body = forms.ChoiceField(label=_("组织类型"), choices=Body, error_messages={"required": _("请选择组织类型")})
    kind = forms.ChoiceField(label=_("类别"), choices=Kind, error_messages={"required": _("请选择类别")})
    full = forms.IntegerField(label=_("正式党员或会员、团员人数"), min_value=0, max_value=1_000_000,
                              help_text=_("只用于核对组织类型，不作为统计数"),
                              error_messages={"required": _("请填写人数，没有的填 0")})
    probationary = forms.IntegerField(label=_("预备党员人数"), min_value=0, max_value=1_000_000, required=False)

    def __init__(self, data: Any, files: Any = None, *, unit: Unit, actor: Actor) -> None:
        super().__init__(data, files, unit=unit, actor=actor)
        self.initial |= {"body": Body.BRANCH, "kind": unit.kind}
        self.order_fields(self.field_order)

    def clean_code(self) -> Any:
        code = self.cleaned_data["code"]
        if Unit.objects.filter(code=code).exists():
            raise forms.ValidationError(_("编码“%(code)s”已被使用，请另填一个") % {"code": code})
        return code

    def clean_credit_code(self) -> Any:
        sent = self.cleaned_data["credit_code"]
        code, problem = ids.check_credit_code(sent) if sent else ("", None)
        if problem:
            raise forms.ValidationError(problem)
        if code and Unit.objects.filter(credit_code=code, withdrawn=False).exists():
            raise forms.ValidationError(_("该统一社会信用代码已登记在另一单位，请核对"))
        return code

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = self.cleaned_data
        if isinstance(kept.get("on"), date):
            self.take(founding.founding_problems(on=kept["on"], since=self.unit.since, today=self.actor.today,
                                                 document=kept.get("document") or "-"))
        return kept

    @property
    def called(self) -> founding.Called | None:
        kept = self.cleaned_data
        return founding.called_for(system=self.unit.system, body=kept["body"], full=kept["full"],
                                   probationary=kept["probationary"] or 0)

    @property
    def made(self) -> Unit:
        kept = self.cleaned_data
        return Unit(name=kept["name"], code=kept["code"], credit_code=kept["credit_code"], body=kept["body"], kind=kept["kind"],
                    system=self.unit.system, parent=self.unit, since=kept["on"])


class Opening(forms.Form):
    """A temporary branch for an operation: those in charge are appointed, members stay with their own branches."""

    name = forms.CharField(label=_("临时党支部名称"), max_length=120, error_messages={"required": _("请填写临时党支部名称")})
    code = forms.CharField(label=_("编码"), max_length=32, error_messages={"required": _("请填写编码")})
    on = forms.DateField(label=_("成立日期"), widget=DAY, error_messages={"required": _("请填写成立日期")})
    document = forms.CharField(label=_("批准文号"), max_length=120, error_messages={"required": _("请填写批准文号或会议决定的名称")})
    members = forms.CharField(label=_("成员工号"), widget=forms.Textarea, help_text=_("每行一个工号；书记、副书记不必重复填写"),
                              required=False)

    def __init__(self, data: Any, *, operation: Operation, actor: Actor) -> None:
        super().__init__(data, initial={"on": min(actor.today, operation.starts_on), "name": f"{operation.name}临时党支部"})
        self.actor, self.operation = actor, operation
        self.people = Person.objects.filter(within(actor.places(Verb.SEE, "person")), withdrawn=False)
        for field, label in (("secretary", _("书记")), ("deputy", _("副书记"))):
            self.fields[field] = PickField(queryset=self.people.order_by("strokes"), kind="person", code="number",
                                           label=label, required=field == "secretary")
        self.order_fields(("name", "code", "on", "document", "secretary", "deputy", "members"))

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > self.actor.today or on > self.operation.ends_on:
            raise forms.ValidationError(_("成立日期不能晚于今天和活动结束日期，请核对"))
        return on

    def clean_members(self) -> list[Person]:
        numbers = list(dict.fromkeys(self.cleaned_data["members"].replace("，", " ").replace(",", " ").split()))[:300]
        found = {one.number: one for one in self.people.filter(number__in=numbers)}
        if missing := [n for n in numbers if n not in found]:
            raise forms.ValidationError(_("没有找到工号：%(missing)s，请核对") % {"missing": "、".join(missing[:5])})
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = self.cleaned_data
        chosen = {one.pk for one in (kept.get("secretary"), kept.get("deputy"), *kept.get("members", [])) if one}
        if not self.errors and len(chosen) < rules.BRANCH_FROM:
            self.add_error("members", _("临时党支部应有党员 3 人以上，请补充成员"))
        if kept.get("secretary") and kept.get("secretary") == kept.get("deputy"):
            self.add_error("deputy", _("书记和副书记不能是同一人，请另选"))
        return kept


class Ending(forms.Form):
    """The end of a temporary branch and of its operation, with what is reported."""

    on = forms.DateField(label=_("撤销日期"), widget=DAY, error_messages={"required": _("请填写撤销日期")})
    document = forms.CharField(label=_("批准文号"), max_length=120, initial=_("任务结束，自然撤销"),
                               error_messages={"required": _("请填写批准文号或会议决定的名称")})
    report = forms.CharField(label=_("总结"), widget=forms.Textarea, required=False)

    def __init__(self, data: Any, *, operation: Operation, actor: Actor) -> None:
        super().__init__(data, initial={"on": min(actor.today, operation.ends_on), "report": operation.report})
        self.actor, self.operation = actor, operation

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = self.cleaned_data
        branch = self.operation.branch
        if branch and isinstance(kept.get("on"), date):
            for field, code in rules.close_problems(on=kept["on"], since=branch.since, today=self.actor.today,
                                                    below=living_below(branch), document=kept.get("document") or "-"):
                self.add_error(field, PROBLEMS[code])
        if self.operation.reported_by and not str(kept.get("report", "")).strip():
            self.add_error("report", PROBLEMS["report_missing"])
        return kept


def managed(actor: Actor) -> Any:
    """The units in force that this actor manages."""
    reach = within(actor.places(Verb.MANAGE, "unit"))
    return Unit.objects.filter(reach, withdrawn=False, until__isnull=True)


def members(unit: Unit, day: date) -> list[Position]:
    """Who belongs to a unit on a day, in the order of their names."""
    posts = (*MEMBER_POSTS, Post.UNION_MEMBER, Post.LEAGUE_MEMBER)
    rows = Position.objects.filter(held(day), unit=unit, post__in=posts).select_related("person")
    return list({one.person_id: one for one in rows.order_by("person__strokes", "pk")}.values())


def living_below(unit: Unit) -> int:
    """How many units stand right under a unit."""
    return Unit.objects.filter(parent=unit, withdrawn=False, until__isnull=True).count()
