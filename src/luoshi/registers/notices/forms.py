"""Which units a notice goes to, and what a unit replies."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.foundation.places import within
from luoshi.foundation.units import Body, Unit

MOST = 2000  # units of one notice
TO = (("children", gettext_lazy("直接下级单位")), ("branches", gettext_lazy("所属全部支部")), ("named", gettext_lazy("下面列出的单位")))


class Sending(forms.Form):
    to = forms.ChoiceField(label=gettext_lazy("发送范围"), choices=TO, initial="children", widget=forms.RadioSelect)
    named = forms.CharField(label=gettext_lazy("单位"), required=False, widget=forms.Textarea, max_length=20000,
                            help_text=gettext_lazy("选择“下面列出的单位”时填写，每行一个单位的名称或编码"))

    def __init__(self, data: Any, *, sender: Unit, today: Any) -> None:
        super().__init__(data)
        self.sender, self.today = sender, today
        self.units: list[Unit] = []

    def clean(self) -> dict[str, Any]:
        """Finds the units, all below the sender; a name that is unknown or stands twice is said by its line."""
        sent = super().clean() or {}
        rows = Unit.objects.filter(within((self.sender.place,)), withdrawn=False, until__isnull=True).exclude(pk=self.sender.pk)
        match sent.get("to"):
            case "children":
                self.units = list(rows.filter(parent=self.sender).order_by("place"))
            case "branches":
                self.units = list(rows.filter(body=Body.BRANCH).order_by("place")[:MOST])
            case "named":
                self._read(list(dict.fromkeys(line.strip() for line in sent.get("named", "").splitlines() if line.strip())), rows)
        if not self.units and not self.errors:
            self.add_error("named" if sent.get("to") == "named" else "to", _("没有找到可以发送的下级单位，请改选发送范围"))
        return sent

    def _read(self, words: list[str], rows: Any) -> None:
        found: dict[str, list[Unit]] = {}
        for one in rows.filter(code__in=words).union(rows.filter(name__in=words)):
            for word in {one.code, one.name}:
                found.setdefault(word, []).append(one)
        for word in words:
            its = found.get(word, [])
            if len(its) != 1:
                self.add_error("named", (_("找不到下级单位“%(word)s”，请核对名称或编码") if not its
                                         else _("有多个单位叫“%(word)s”，请改填编码")) % {"word": word[:60]})
        self.units = [its[0] for word in words if len(its := found.get(word, [])) == 1]


class Answering(forms.Form):
    reply = forms.CharField(label=gettext_lazy("回复"), required=False, max_length=2000, widget=forms.Textarea,
                            help_text=gettext_lazy("需要上传文件的，确认后在回执页面上传"))
