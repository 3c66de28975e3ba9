"""How an indicator is called on a page."""

from django.utils.translation import gettext as _

from ..indicators import Indicator


def titled(indicator: Indicator) -> str:
    """An indicator's name; a duty's is said to be about being in time, because its plain count has the same name."""
    return _("%(duty)s按期率") % {"duty": indicator.label} if indicator.duty else str(indicator.label)
