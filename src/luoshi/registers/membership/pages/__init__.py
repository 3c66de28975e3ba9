"""Pages of membership that the derived list, form and detail page cannot do."""

from . import development

urlpatterns = [*development.urlpatterns]
