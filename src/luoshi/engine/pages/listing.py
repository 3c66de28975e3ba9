"""The list of a register: what the actor may see, narrowed by the address bar, one page by keyset."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from markupsafe import Markup

from luoshi.foundation.grants import Verb
from luoshi.ui.render import kept, render

from .. import columns, filters, table
from ..register import Register, register

Query = Any


def list_page(request: HttpRequest, name: str) -> HttpResponse:
    one = found_register(name)
    actor = request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.SEE)
    heads = columns.columns(one)
    order = ordering(one, heads, request.GET.get("sort", ""))
    rows = filters.apply(one, one.rows(actor), request.GET)
    try:
        page = table.page(rows, heads, order=order, after=request.GET.get("after", ""),
                          before=request.GET.get("before", ""))
    except (ValueError, TypeError) as error:
        raise Http404 from error
    base = reverse("list", args=[name])
    return render(request, "engine/list.html", {
        "title": one.label,
        "register": one,
        "top": top(one, actor, request.GET, base),
        "chips": filters.chips(one, request.GET),
        "action": base,
        "columns": [(c.key, c.label, sort_link(c, order, request.GET), sorted_as(c, order), kind(c)) for c in heads],
        "body": table.body(page, heads, link=base),
        "pager": (turn(request.GET, before=page.before), turn(request.GET, after=page.after),
                  _("本页 %(n)d 条") % {"n": len(page.rows)}),
        "empty": empty(one, actor, request.GET, base),
        "crumbs": [(_("首页"), reverse("home")), (one.label, None)],
    }, part="engine/list_part.html" if request.headers.get("HX-Target") == "list" else "")


def top(one: Register, actor: Any, query: Query, base: str) -> Any:
    """Heading, buttons and filters; the same for everybody who may the same, as long as nothing is asked."""
    def values() -> dict[str, Any]:
        return {"title": one.label, "toolbar": toolbar(one, actor, base), "fields": _boxes(one, query),
                "menus": menus(one, actor, query, base), "action": base}

    if query:
        made: Any = get_template("engine/list_top.html", using="jinja2")
        return Markup(made.template.render(values()))  # noqa: S704  autoescaped by the template
    key = ("list", one.name, translation.get_language(), one.may(actor, Verb.ADD), one.may(actor, Verb.MANAGE))
    return kept(key, "engine/list_top.html", values)


def _boxes(one: Register, query: Query) -> list[dict[str, Any]]:
    """The filter's boxes; those that nothing is asked of are drawn once and kept: a list asked for one thing has six more."""
    language = translation.get_language()
    return [box if box["value"] else box | {"drawn": kept(("box", one.name, language, box["name"]), "parts/filter_field.html",
                                                          partial(dict, f=box))}
            for box in filters.bar(one, query)]


def found_register(name: str) -> Register:
    """The register of the address, or 404."""
    try:
        return register(name)
    except KeyError as error:
        raise Http404 from error


def ordering(one: Register, heads: list[columns.Column], sort: str) -> tuple[str, ...]:
    """Keyset order: the declared one, or a sortable column and the key."""
    paths = {c.key: c.sort for c in heads if c.sort}
    key = sort.lstrip("-")
    if key in paths:
        minus = "-" if sort.startswith("-") else ""
        return (f"{minus}{paths[key]}", f"{minus}id")
    return tuple(one.order)


def sort_link(column: columns.Column, order: tuple[str, ...], query: Query) -> str | None:
    if not column.sort:
        return None
    rest = query.copy()
    for gone in ("after", "before"):
        rest.pop(gone, None)
    rest["sort"] = f"-{column.key}" if order[0] == column.sort else column.key
    return f"?{rest.urlencode()}"


def sorted_as(column: columns.Column, order: tuple[str, ...]) -> str:
    if not column.sort or order[0].lstrip("-") != column.sort:
        return ""
    return "desc" if order[0].startswith("-") else "asc"


def kind(column: columns.Column) -> str:
    return {"right": "num", "date": "date"}.get(column.align, "")


def turn(query: Query, **marker: str) -> str:
    """The address of the next or previous page; empty where there is none."""
    ((name, value),) = marker.items()
    if not value:
        return ""
    rest = query.copy()
    for gone in ("after", "before"):
        rest.pop(gone, None)
    rest[name] = value
    return f"?{rest.urlencode()}"


def toolbar(one: Register, actor: Any, base: str) -> list[tuple[str, str, str, bool]]:
    if not one.form or not one.may(actor, Verb.ADD):
        return []
    return [(_("登记"), start_of(one), "plus", True), (_("导入"), f"{base}import/", "upload", False)]


def menus(one: Register, actor: Any, query: Query, base: str) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """What to take out of the list, and for those who manage it what was withdrawn."""
    found = [(_("导出"), "download", exports(query, base))]
    if one.form and one.may(actor, Verb.MANAGE):
        found.append((_("更多"), "", [(_("已撤回"), f"{base}withdrawn/", False)]))
    return found


def start_of(one: Register) -> str:
    """Where a new record of this register begins."""
    return reverse(one.start) if one.start else reverse("new", args=[one.name])


def exports(query: Query, base: str) -> list[tuple[str, str, bool]]:
    rest = query.copy()
    for gone in ("after", "before"):
        rest.pop(gone, None)
    tail = f"?{rest.urlencode()}" if rest else ""
    return [("Excel", f"{base}export.xlsx{tail}", False), ("CSV", f"{base}export.csv{tail}", False)]


def empty(one: Register, actor: Any, query: Query, base: str) -> tuple[str, str | None, str | None]:
    if filters.asked(query):
        return _("没有符合条件的记录。可以换用其他条件，或清空条件"), _("清空条件"), base
    if one.form and one.may(actor, Verb.ADD):
        return _("还没有%(what)s记录") % {"what": one.label}, _("登记第一条"), start_of(one)
    return _("还没有%(what)s记录") % {"what": one.label}, None, None
