"""Signing in as a team would write it: the person by staff number, a look at the list, `get_or_create`; no trail, no page.

Same server, same middleware, same database, a sheet of its own.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

from luoshi.engine.models import Presence
from luoshi.foundation.people import Person
from luoshi.registers.events.models import Signup


@login_not_required
def plain(request: HttpRequest, pk: int) -> HttpResponse:
    person = Person.objects.filter(number=request.POST["number"], name=request.POST["name"]).first()
    if person is None or not Signup.objects.filter(event__withdrawn=False, person=person).exists():
        return HttpResponse(status=422)
    Presence.objects.get_or_create(sheet_id=pk, person=person)
    return HttpResponse(f"{person.name} 已签到")
