"""Topic groups with their papers, discussion and digests."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine import samples
from luoshi.engine.actor import Actor, system_actor
from luoshi.engine.columns import headed
from luoshi.engine.papers import Document
from luoshi.engine.register import Register, register
from luoshi.foundation.grants import Verb

from .. import indicators
from ..documents import digest_paper
from ..models import Digest, TopicGroup, TopicPaper, TopicPost
from ..models.topic import groups_of

SHOWN = 40


def person_of(actor: Actor) -> int | None:
    """The person behind an account."""
    return actor.account.person_id if actor.account else None


def group_of(unit: Any, actor: Actor) -> Any:
    """A group for a sample."""
    return samples.saved(register("topic_group"), unit, system_actor(actor.today))


def author_of(_unit: Any, _actor: Actor) -> Any:
    """Who may speak in the group that was made last: its convener."""
    return TopicGroup.objects.latest("pk").convener


class OfGroups(Register):
    """What the members of a group may see whatever their grants: the register's `through` leads to the group."""

    through = "group"

    def reach(self, actor: Actor, verb: Verb) -> Q:
        own = super().reach(actor, verb)
        person = None if actor.system else person_of(actor)
        if person is None or verb > Verb.SEE:
            return own
        return own | Q((f"{self.through}__in", groups_of(person)))


class Groups(OfGroups):
    name = "topic_group"
    model = TopicGroup
    through = "pk"
    entry = "activities"
    columns = ("name", "topic", "unit", "convener", "starts_on", "ends_on")
    filters = ("unit", "convener", "starts_on", "ends_on")
    form = ("unit", "name", "topic", "convener", "starts_on", "ends_on", "aim")
    lines = {"members": ("person",)}
    key = ("unit", "name")
    search = ("name", "topic")
    order = ("-starts_on", "-id")
    indicators = (indicators.TOPICS,)
    actions = {_("资料和讨论"): "topic-room"}
    sample = {"ends_on": None}


class Posts(OfGroups):
    """Written on the page of the group by its members."""

    name = "topic_post"
    model = TopicPost
    columns = ("said", "group", "author", "posted_on")
    filters = ("group", "posted_on")
    key = ("group", "author", "text")
    search = ("text",)
    order = ("-posted_on", "-id")
    sample = {"group": group_of, "author": author_of}

    @headed(_("发言"))
    def said(self, text: str) -> str:
        return text if len(text) <= SHOWN else text[:SHOWN] + "…"

    def require_row(self, actor: Actor, verb: Verb, row: Any) -> None:
        """A member speaks in their own name, without any grant."""
        person = person_of(actor)
        if verb <= Verb.ADD and person is not None and row.author_id == person and row.group.has(person):
            return
        super().require_row(actor, verb, row)


class Papers(OfGroups):
    name = "topic_paper"
    model = TopicPaper
    columns = ("title", "group", "source", "added_on", "attached", "unit")
    filters = ("unit", "group", "added_on")
    form = ("unit", "group", "title", "source", "added_on", "text")
    key = ("group", "title")
    search = ("title", "source")
    order = ("-added_on", "-id")
    actions = {_("上传附件"): ("study-paper-file", Verb.CHANGE)}
    sample = {"group": group_of}

    @headed(_("附件"))
    def attached(self, file__name: str | None) -> str:
        return file__name or ""


class Digests(OfGroups):
    name = "topic_digest"
    model = Digest
    columns = ("title", "group", "year", "quarter", "written_on", "unit")
    filters = ("unit", "group", "year", "quarter", "written_on")
    form = ("unit", "group", "year", "quarter", "written_on", "title", "text")
    key = ("group", "year", "quarter")
    search = ("title", "text")
    order = ("-written_on", "-id")
    indicators = (indicators.DIGESTS,)
    documents = (Document("digest", _("研究综述"), digest_paper, in_handbook=True),)
    sample = {"group": group_of, "year": lambda _unit, actor: actor.today.year, "quarter": 1,
              "written_on": lambda _unit, actor: actor.today}

    def require_row(self, actor: Actor, verb: Verb, row: Any) -> None:
        """The convener writes the digest, without any grant."""
        person = person_of(actor)
        if verb <= Verb.CHANGE and person is not None and row.group.convener_id == person:
            return
        super().require_row(actor, verb, row)
