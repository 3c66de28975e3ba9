"""From a declaration to a form, and from a form to the plain dicts that the form parts draw."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.foundation.grants import Verb
from luoshi.foundation.kept import Kept
from luoshi.foundation.people import Person
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit
from luoshi.kernel import places

from .actor import Actor
from .finding import words
from .register import Register

FEW = 60  # up to so many choices a select box is quicker than a search
MOST_LINES = 300  # parts of one record in one submission


class PickBox(forms.TextInput):
    """What was picked by its key, else the words in the box beside it: without JavaScript there are only the words."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name) or data.get(f"{name}_q")


class PickField(forms.Field):
    """A person or unit found by typing; takes the key, the code or the exact name, inside what the actor may choose.

    `asker` ("meeting.chair") tells the pick page whose choices it shall offer.
    """

    widget = PickBox

    def __init__(self, *, queryset: Any, kind: str, code: str, asker: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.queryset, self.kind, self.code, self.asker = queryset, kind, code, asker
        self.found: list[Any] = []  # several fit: the page offers them
        self.read: dict[str, list[Any] | None] = {}  # the choices where they are few; one reading for every copy of the field

    def clean(self, value: Any) -> Any:
        text = "".join(c for c in str(value or "") if c.isprintable()).strip()[:200]
        if not text:
            if self.required:
                raise forms.ValidationError(_("请填写%(name)s") % {"name": self.label})
            return None
        condition = Q((self.code, text.split(" ")[0])) | Q(name=text)
        if text.isdecimal() and len(text) < 19:
            condition |= Q(pk=int(text))
        found = list(self.queryset.filter(condition)[:10])
        if len(found) == 1:
            return found[0]
        self.found = found or list(self.queryset.filter(words(text, ("search",), self.queryset.model))[:10])
        if len(self.found) == 1 and not found:
            return self.found[0]
        if self.found:
            raise forms.ValidationError(_("找到多个“%(text)s”，请从列表中选择一个") % {"text": text})
        raise forms.ValidationError(_("没有找到“%(text)s”，请输入名称、拼音或编码") % {"text": text})


def choosable(model: type[models.Model], register: Register, actor: Actor, field: str) -> Any:
    """The units or persons an actor may put into a field: the record's own unit only where they may add."""
    rows = model._default_manager.filter(withdrawn=False)
    if actor.system:
        return rows
    if model is Unit and field == "unit":
        covered = actor.places(Verb.ADD, register.name, sensitive=register.sensitive)
        return rows.filter(within(covered)).order_by("place")
    if model is Unit:
        return rows.order_by("place")
    covered = actor.places(Verb.SEE, register.name, sensitive=register.sensitive)
    if model is Person:
        return rows.filter(within(covered)).order_by("strokes")
    return rows.filter(within(covered) | Q(place__in={p for place in covered for p in places.ancestors(place)}))


def related(field: Any, register: Register, actor: Actor) -> Any:
    """The rows a relation of a register may point at; None where it is not about kept records.

    A record of one's own unit, or of a unit above it: what a superior calls for is there to be named below.
    """
    model: Any = field.related_model
    if not (field.is_relation and isinstance(model, type) and issubclass(model, Kept)):
        return None
    return choosable(model, register, actor, field.name)


def form_class(register: Register, actor: Actor) -> type[forms.ModelForm[Any]]:
    """The derived form of a register for one actor: fields as declared, relations narrowed to what they may choose."""

    def make(field: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
        if isinstance(field, models.ForeignKey) and field.related_model in (Unit, Person):
            code = "code" if field.related_model is Unit else "number"
            return PickField(
                queryset=choosable(field.related_model, register, actor, field.name), code=code,
                kind="unit" if code == "code" else "person", asker=f"{register.name}.{field.name}",
                label=field.verbose_name, required=not field.blank, help_text=field.help_text)
        if field.is_relation and (rows := related(field, register, actor)) is not None:
            kwargs["queryset"] = rows
        if isinstance(field, models.DateField):
            kwargs["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        found: forms.Field | None = field.formfield(**kwargs)
        if found and found.required:
            found.error_messages["required"] = _("请填写%(name)s") % {"name": field.verbose_name}
        return found

    return forms.modelform_factory(register.model, form=RecordForm, fields=list(register.form),
                                   formfield_callback=make)


class RecordForm(forms.ModelForm[Any]):
    """Only parses: rules, uniqueness and constraints are asked by the write door, once."""

    def _post_clean(self) -> None:
        for name, value in self.cleaned_data.items():
            setattr(self.instance, name, value)


def drawn(form: Any, *, rows: Mapping[str, int] | None = None) -> list[dict[str, Any]]:
    """The fields of a form as the plain dicts of the ui's form parts."""
    return [_drawn(form, name, field) for name, field in form.fields.items()]


def _drawn(form: Any, name: str, field: forms.Field) -> dict[str, Any]:
    bound = form[name]
    value = bound.value()
    one: dict[str, Any] = {
        "name": bound.html_name, "id": f"f-{bound.html_name}", "label": field.label, "required": field.required,
        "help": field.help_text, "errors": [str(e) for e in bound.errors], "type": _type(field),
        "value": _shown(value),
    }
    if isinstance(field, PickField):
        one |= _picked(field, bound.html_name, value)
    elif isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        one["choices"] = [(v, w) for v, w in choices if v != ""]
        one["value"] = value
    return one


def _picked(field: PickField, name: str, value: Any) -> dict[str, Any]:
    if "few" not in field.read:
        # Asked without an order: whether there are few must not sort a million.
        many = len(field.queryset.order_by().values_list("pk")[: FEW + 1]) > FEW
        field.read["few"] = None if many else list(field.queryset)
    few = field.read["few"]
    if few is not None:
        return {"type": "select", "value": getattr(value, "pk", value),
                "choices": [(one.pk, str(one)) for one in few]}
    row = value if isinstance(value, models.Model) else None
    if row is None and value and str(value).isdecimal() and len(str(value)) < 19:
        row = field.queryset.filter(pk=int(value)).first()
    asked = {"name": name, **({"for": field.asker} if field.asker else {})}
    return {"type": field.kind, "value": row.pk if row else "", "shown": str(row or value or ""),
            "search_url": f"{reverse('pick', args=[field.kind])}?{urlencode(asked)}",
            "options": [(one.pk, str(one), getattr(one, field.code)) for one in field.found]}


def _shown(value: Any) -> Any:
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _type(field: forms.Field) -> str:
    match field:
        case forms.BooleanField():
            return "check"
        case forms.MultipleChoiceField():
            return "checks"
        case forms.ChoiceField():
            return "select"
        case forms.DateField():
            return "date"
        case forms.TimeField():
            return "time"
        case forms.DateTimeField():
            return "datetime"
        case forms.IntegerField():
            return "number"
        case forms.FileField():
            return "file"
    return "textarea" if isinstance(field.widget, forms.Textarea) else "text"


def errors_of(form: Any) -> list[tuple[str | None, str]]:
    """The error summary: (id of the field or None, sentence)."""
    found = []
    for name, messages in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        spot = f"f-{form.add_prefix(name)}" if name in form.fields else None
        found += [(spot, f"{label}：{m}" if label else str(m)) for m in messages]
    return found


def take_errors(form: Any, error: Any) -> None:
    """Put what the write door refused on the form: at its field where the form has it, else at the top."""
    for name, messages in getattr(error, "message_dict", {"__all__": error.messages}).items():
        form.add_error(name if name in form.fields else None, messages)


def line_forms(register: Register, name: str, actor: Actor, data: Any = None, rows: Sequence[Any] = (), *,
               more: bool = False, fields: Sequence[str] = ()) -> list[Any]:
    """One small form for each part of a record, and one blank; prefixes are `<name>-<n>`. `more` adds a blank.

    `fields` are those of the declared part, or of records of another register that are made along with this one.
    """
    model: Any = register.model._meta.get_field(name).related_model
    prefixes = _prefixes(data, name) if data is not None else [f"{name}-{i}" for i in range(len(rows) + 1)]
    if more:
        prefixes.append(f"{name}-{1 + max((int(p.rsplit('-', 1)[1]) for p in prefixes), default=-1)}")
    kind = _line_class(register, model, tuple(fields or register.lines[name]), actor)
    stored = {f"{name}-{i}": row for i, row in enumerate(rows)}
    return [kind(data, prefix=p, instance=stored.get(p) if data is None else model(), empty_permitted=True,
                 use_required_attribute=False) for p in prefixes]


def _prefixes(data: Any, name: str) -> list[str]:
    parts = [k.split("-")[1] for k in data if k.startswith(f"{name}-")]
    numbers = {int(n) for n in parts if n.isascii() and n.isdecimal() and len(n) < 6}
    return [f"{name}-{n}" for n in sorted(numbers)[:MOST_LINES]]


def _line_class(register: Register, model: Any, fields: tuple[str, ...], actor: Actor) -> type[Any]:
    part = type("Part", (Register,), {"model": model, "form": fields})  # unnamed: not entered in the list
    made = part()
    made.name, made.sensitive = register.name, register.sensitive
    return form_class(made, actor)


def sound_lines(found: list[Any]) -> tuple[list[Any], bool]:
    """The parts that were filled in, and whether all of them are sound."""
    filled = [one for one in found if one.has_changed()]  # a blank line comes back with its defaults
    unsound = [one for one in filled if not one.is_valid()]  # every one is asked, so that each shows its errors
    return [one.instance for one in filled], not unsound


def has_field(model: type[models.Model], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True
