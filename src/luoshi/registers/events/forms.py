"""Who may be signed up, and what a list of those who came changes."""

from django.db.models import Q

from luoshi.engine.actor import Actor
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person
from luoshi.foundation.places import within

from .models import Event, Outcome, Signup

MOST = 300  # people offered at once; more are found by the search box


def own(actor: Actor) -> Person | None:
    """The person behind the account, where they may sign up in their own unit."""
    person = actor.account.person if actor.account else None
    return person if person and register("signup").may(actor, Verb.ADD, person.place) else None


def offered(event: Event, actor: Actor, words: str = "") -> list[Person]:
    """The people whom this actor may sign up and who have no place yet, found by name, pinyin or number."""
    reach = within(actor.places(Verb.ADD, "signup"))
    taken = Signup.objects.filter(event=event, withdrawn=False).values("person")
    found = Person.objects.filter(reach, withdrawn=False).exclude(pk__in=taken)
    for word in words.split()[:5]:
        found = found.filter(Q(search__icontains=word.lower()) | Q(number=word))
    return list(found.select_related("unit").order_by("strokes", "id")[:MOST])


def to_sign_up(event: Event, actor: Actor, keys: list[str]) -> list[Signup]:
    """A place for each chosen person; keys outside what the actor may choose are left out."""
    reach = within(actor.places(Verb.ADD, "signup"))
    numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 19][:MOST]
    people = Person.objects.filter(reach, withdrawn=False).select_related("unit").in_bulk(numbers)
    return [Signup(event=event, unit=person.unit, person=person) for person in people.values()]


def ticked(signups: list[Signup], present: set[int]) -> set[int]:
    """Which boxes are ticked before anybody looked: who signed in, or all who were not marked absent where nobody did."""
    if present:
        return {one.pk for one in signups if one.person_id in present}
    return {one.pk for one in signups if one.outcome != Outcome.AWAY}


def marked(signups: list[Signup], came: set[int]) -> list[Signup]:
    """The sign-ups whose outcome changes: those named came, the others did not."""
    changed = []
    for one in signups:
        outcome = Outcome.CAME if one.pk in came else Outcome.AWAY
        if one.outcome != outcome:
            one.outcome = outcome
            changed.append(one)
    return changed
