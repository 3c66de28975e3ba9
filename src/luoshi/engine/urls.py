"""The routes, made from the declarations and the folders that have pages of their own."""

from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from .api import urls as api
from .apps import folders
from .pages import (
    agenda,
    asof,
    detail,
    duties,
    edit,
    handbook,
    home,
    indicators,
    jobs,
    listing,
    me,
    papers,
    pick,
    reveal,
    session,
    sign,
    signing,
    transfer,
    withdrawn,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home_page, name="home"),
    path("waiting/", home.waiting_page, name="waiting"),
    path("sign-in/", session.sign_in, name="sign-in"),
    path("sign-in/demo/<int:pk>/", session.demo_sign_in, name="demo-sign-in"),
    path("sign-out/", session.sign_out, name="sign-out"),
    path("prefs/", session.prefs, name="prefs"),
    path("password/", session.password, name="password"),
    path("rights/", session.rights, name="rights"),
    path("me/", me.me_page, name="me"),
    path("about/", session.about, name="about"),
    path("agenda/", agenda.agenda_page, name="agenda"),
    path("agenda/feed/", agenda.renew, name="agenda-feed"),
    path("calendar/<str:token>.ics", agenda.feed, name="calendar"),
    path("search/", pick.search_page, name="search"),
    path("pick/<str:kind>/", pick.pick, name="pick"),
    path("duties/", duties.duties_page, name="duties"),
    path("handbook/<int:pk>/", handbook.page, name="handbook"),
    path("handbook/<int:pk>/<int:year>.<str:ending>", handbook.file, name="handbook-file"),
    path("indicators/", indicators.indicators_page, name="indicators"),
    path("jobs/<int:pk>/", jobs.job_page, name="job"),
    path("files/<str:token>/", papers.stored, name="file"),
    path("sign/<str:token>/", sign.sign_page, name="sign"),
    path("r/<str:name>/", listing.list_page, name="list"),
    path("r/<str:name>/new/", edit.new_page, name="new"),
    path("r/<str:name>/withdrawn/", withdrawn.withdrawn_page, name="withdrawn"),
    path("r/<str:name>/withdrawn/<int:pk>/restore/", withdrawn.restore, name="restore"),
    path("r/<str:name>/import/", transfer.import_page, name="import"),
    path("r/<str:name>/import/template.xlsx", transfer.template, name="import-template"),
    path("r/<str:name>/import/<int:pk>/", transfer.preview_page, name="import-preview"),
    path("r/<str:name>/import/<int:pk>/columns/", transfer.columns_page, name="import-columns"),
    path("r/<str:name>/import/<int:pk>/faulty.xlsx", transfer.faulty, name="import-faulty"),
    path("r/<str:name>/export.<str:ending>", transfer.export, name="export"),
    path("r/<str:name>/<int:pk>/", detail.detail_page, name="detail"),
    path("r/<str:name>/<int:pk>/edit/", edit.edit_page, name="edit"),
    path("r/<str:name>/<int:pk>/move/", detail.move, name="move"),
    path("r/<str:name>/<int:pk>/withdraw/", detail.withdraw_page, name="withdraw"),
    path("r/<str:name>/<int:pk>/reveal/<str:field>/", reveal.reveal_page, name="reveal"),
    path("r/<str:name>/<int:pk>/as-of/", asof.asof_page, name="as-of"),
    path("r/<str:name>/<int:pk>/history/", detail.history_page, name="history"),
    path("r/<str:name>/<int:pk>/signing/", signing.signing_page, name="signing"),
    path("r/<str:name>/<int:pk>/signing/print/", signing.signing_print, name="signing-print"),
    path("r/<str:name>/<int:pk>/document/<str:paper>.<str:ending>", papers.document, name="document"),
    path("api/", include(api)),
]

for folder in folders():
    if module_has_submodule(import_module(folder), "pages"):
        urlpatterns.append(path(f"{folder.rsplit('.', 1)[1]}/", include(f"{folder}.pages")))
