"""The product's own addresses, and the same list written the usual ways."""

from django.urls import include, path

from . import attendance_peer, peers

urlpatterns = [
    path("plain/", peers.plain),
    path("tables2/", peers.tables2),
    path("plain-sign/<int:pk>/", attendance_peer.plain),
    path("", include("luoshi.config.urls")),
]
