"""What every kept row has: a version for two editors, who and when, and a withdrawn state instead of deletion."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kept(models.Model):
    version = models.PositiveIntegerField(_("版本"), default=0, editable=False)
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True, editable=False)
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True, editable=False)
    withdrawn = models.BooleanField(_("已撤回"), default=False, editable=False)

    AGGREGATE_ONLY: tuple[str, ...] = ()  # fields for statistics alone: no page, history or answer shows them of one row

    # Whether `problems` looks at nothing but the row's own columns and `today`: a batch that was shown sound need not ask again
    # on the same day. A generated test holds it.
    SELF_CONTAINED = False

    # Whether `settle` takes what comes after the rows stored before, as a running number: then rows go in one after the other.
    ONE_BY_ONE = False

    if TYPE_CHECKING:
        place: str  # every kind has one: a unit its own, a record its unit's

    class Meta:
        abstract = True

    def settle(self) -> None:
        """Work out the columns that follow from others, above all the place; asked before rights and rules."""

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        """(field, message) for each reason the row is not right; asked only when the fields are sound.

        The write door tells it `today` and, where they are sent along, its parts as `lines`.
        """
        return ()
