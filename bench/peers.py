"""The meetings' list as a team would write it: ORM objects, Django templates, a paginator; and with django-tables2.

Same middleware, same session and rights, same frame, same filters, same columns, same 50 rows as the product's page.
"""

import django_tables2
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.engine.chrome import values as chrome
from luoshi.engine.columns import columns
from luoshi.engine.filters import filterset
from luoshi.engine.register import register

ONE = register("meeting")
ROWS = 50


def rows(request: HttpRequest):
    """The reader's rows with the relations that the columns show."""
    found = filterset(ONE)(request.GET, queryset=ONE.rows(request.actor).select_related("unit", "lecturer"))
    return found, found.qs.order_by("-held_on", "-id")


def plain(request: HttpRequest) -> HttpResponse:
    chosen, found = rows(request)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return render(request, "bench/plain.html", {
        **chrome(request), "title": ONE.label, "page": page, "filter": chosen,
        "columns": [c.label for c in columns(ONE)]}, using="django")


class MeetingTable(django_tables2.Table):
    topic = django_tables2.Column(linkify=lambda record: f"/r/meeting/{record.pk}/")
    attendance = django_tables2.Column(empty_values=())

    class Meta:
        model = ONE.model
        template_name = "django_tables2/table.html"
        fields = ("topic", "kind", "unit", "held_on", "attendance", "lecturer", "theme")

    def render_attendance(self, record) -> str:
        return f"{record.present}/{record.expected}"


def tables2(request: HttpRequest) -> HttpResponse:
    chosen, found = rows(request)
    table = MeetingTable(found)
    django_tables2.RequestConfig(request, paginate={"per_page": ROWS}).configure(table)
    return render(request, "bench/tables2.html", {
        **chrome(request), "title": ONE.label, "table": table, "filter": chosen}, using="django")
