"""The plan's pages: one file for each, their addresses here."""

from django.urls import path

from . import (
    board,
    change,
    circulars,
    confirm,
    guiding,
    issue,
    listing,
    measure,
    plans,
    records,
    section,
    summary,
    text,
    timeline,
)

app_name = "plan"
urlpatterns = [
    path("", plans.index, name="index"),
    path("new/", plans.upload, name="upload"),
    path("<int:pk>/edit/", plans.edit, name="edit"),
    path("<int:pk>/confirm/", confirm.page, name="confirm"),
    path("<int:pk>/confirm/section/", confirm.section, name="confirm-section"),
    path("<int:pk>/confirm/add/", confirm.add, name="confirm-add"),
    path("<int:pk>/confirm/<int:measure>/", confirm.one, name="confirm-one"),
    path("<int:pk>/issue/", issue.page, name="issue"),
    path("<int:pk>/versions/", issue.versions, name="versions"),
    path("<int:pk>/versions/<int:number>/", issue.version, name="version"),
    path("<int:pk>/text/", text.page, name="text"),
    path("<int:pk>/section/<str:code>/", section.page, name="section"),
    path("<int:pk>/board/", board.page, name="board"),
    path("<int:pk>/timeline/", timeline.page, name="timeline"),
    path("<int:pk>/list/", listing.page, name="list"),
    path("<int:pk>/list.xlsx", listing.export, name="list-export"),
    path("<int:pk>/summary/", summary.page, name="summary"),
    path("<int:pk>/circulars/", circulars.index, name="circulars"),
    path("circular/<int:pk>/", circulars.page, name="circular"),
    path("circular/<int:pk>/figures.xlsx", circulars.sheet, name="circular-sheet"),
    path("measure/<int:pk>/", measure.page, name="measure"),
    path("measure/<int:pk>/remark/", measure.remark, name="remark"),
    path("measure/<int:pk>/change/", change.page, name="change"),
    path("measure/<int:pk>/records/<int:rule>/", records.page, name="records"),
    path("measure/<int:pk>/missing/<int:rule>/", records.missing, name="missing"),
    path("measure/<int:pk>/missing/<int:rule>.xlsx", records.missing_sheet, name="missing-sheet"),
    path("guiding/", guiding.index, name="guiding-index"),
    path("guiding/<int:pk>/", guiding.page, name="guiding"),
    path("guiding/<int:pk>/cut/", guiding.cut, name="guiding-cut"),
    path("milestone/<int:pk>/", measure.milestone, name="milestone"),
]
