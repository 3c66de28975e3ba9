"""Terms at posts, with the way to the hand-over."""

from django.utils.translation import gettext_lazy as _

from luoshi.engine.register import Register
from luoshi.foundation.grants import Verb

from .. import indicators
from ..models import Rotation


class Rotations(Register):
    name = "rotation"
    model = Rotation
    entry = "organisation"
    line = "party"
    columns = ("person", "unit", "duty", "since", "until", "successor", "handed_on")
    filters = ("unit", "since", "until", "handed_on")
    form = ("unit", "person", "duty", "since", "until", "successor", "handed_on")
    key = ("unit", "person", "since")
    search = ("person__name", "unit__name", "duty")
    order = ("-since", "-id")
    indicators = (indicators.HANDED,)
    actions = {_("准备工作交接"): ("rotation-handover", Verb.CHANGE)}
    sample = {"until": None, "successor": None, "handed_on": None}
