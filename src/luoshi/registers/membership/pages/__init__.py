"""Pages of membership that the derived list, form and detail page cannot do."""

from . import away, correction, development, transfer

urlpatterns = [*correction.urlpatterns, *development.urlpatterns, *transfer.urlpatterns, *away.urlpatterns]
