"""Health, and everything the engine offers."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from luoshi.engine.pages import failures


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """For a supervisor: 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [path("health/", health), path("", include("luoshi.engine.urls"))]
handler400 = failures.unclear
handler403 = failures.forbidden
handler404 = failures.missing
handler500 = failures.broken
