"""Routes of the API: one view set a register, and the schema."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from ..register import registers
from .views import viewset

router = SimpleRouter()
for one in registers():
    if one.form:
        router.register(one.name, viewset(one), basename=f"api-{one.name}")

urlpatterns = [
    path("schema/", login_not_required(SpectacularAPIView.as_view()), name="api-schema"),
    path("", include(router.urls)),
]
for pattern in router.urls:
    # The API answers 401 in its own words instead of sending programs to the sign-in page.
    pattern.callback = login_not_required(pattern.callback)
