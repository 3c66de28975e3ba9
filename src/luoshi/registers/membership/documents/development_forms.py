"""Papers filled from a case by the office's own Word form, or by the default one that is made here."""

from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import override

from luoshi.engine.documents import filling
from luoshi.foundation.units import Unit
from luoshi.kernel import places

from ..models.development import Case
from ..models.development_fields import KINDS, Kind
from ..models.development_notice import PaperTemplate


@lru_cache(maxsize=64)
def default_form(code: str) -> bytes:
    """The form that is used where an office has none of its own; a site may download it and change it."""
    kind = KINDS[code]
    with override("zh-hans"):  # a paper is Chinese, whoever prints it, and the form is kept for the next reader
        return filling.plain_form(str(kind.title), kind.rows, text=kind.text, closing=(
            _("经办人（签名）："), _("党组织（盖章）："), _("日期：　　　　年　　月　　日")))


def nearest(unit: Unit, kind: str) -> PaperTemplate | None:
    """The form that serves a unit: its own, else that of the nearest organisation above."""
    chain = [*places.ancestors(unit.place), unit.place]
    return PaperTemplate.objects.filter(withdrawn=False, kind=kind, place__in=chain).order_by("-place").first()


def form_for(case: Case, kind: Kind) -> tuple[bytes, frozenset[str]]:
    """The form for a paper of a case, and the names it uses."""
    own = nearest(case.unit, kind.code)
    data = own.file.path.read_bytes() if own and own.file.path.exists() else default_form(kind.code)
    return data, filling.names_in(data)
