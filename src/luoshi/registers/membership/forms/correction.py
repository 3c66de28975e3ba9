"""What a person writes to have a field of their file corrected, and what is said to it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.engine.register import register
from luoshi.foundation.people import Person

LEFT_OUT = ("unit", "number")  # where a file is kept and its number are the office's


def fields() -> list[tuple[str, str]]:
    """(name, label) of every field of a file that may be corrected, in the order of the form."""
    return [(name, str(Person._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
            for name in register("person").form if name not in LEFT_OUT]


def value_of(name: str, text: str) -> Any:
    """A field's value for what was typed: a code or its name, a date, a text. Raises ValidationError."""
    field: Any = Person._meta.get_field(name)
    for code, word in field.flatchoices or ():
        if text in (code, str(word)):
            return code
    if field.choices:
        raise ValidationError({"proposed": _("请从列表中选择：%(some)s等")
                               % {"some": "、".join(str(word) for _code, word in field.flatchoices[:4])}})
    try:
        return field.to_python(text)
    except ValidationError as error:
        raise ValidationError({"proposed": _("请按 2026-03-01 的格式填写日期")}) from error


class Asking(forms.Form):
    field = forms.ChoiceField(label=gettext_lazy("要更正的项目"))
    proposed = forms.CharField(label=gettext_lazy("更正后的内容"), max_length=120,
                               error_messages={"required": gettext_lazy("请填写更正后的内容")})
    reason = forms.CharField(label=gettext_lazy("说明"), max_length=200, required=False,
                             help_text=gettext_lazy("说明依据，例如：见户口簿、学历证书"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["field"].choices = fields()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = self.cleaned_data
        if kept.get("field") and kept.get("proposed"):
            value_of(kept["field"], kept["proposed"].strip())
        return kept


class Answering(forms.Form):
    answer = forms.CharField(label=gettext_lazy("核对结果说明"), max_length=200, required=False,
                             help_text=gettext_lazy("不予更正时必须写明原因"))


