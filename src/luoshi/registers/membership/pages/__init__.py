"""Pages of membership that the derived list, form and detail page cannot do."""

from . import correction, development

urlpatterns = [*correction.urlpatterns, *development.urlpatterns]
