"""The product's routes, and a change list of the same rows in a stock Django admin.

The admin shows the same four columns, fifty rows a page, and searches the same three columns; everything else is as it
comes. It is spared a filter box with 20,000 branches: the branch stands in the address, as a link would put it there.
"""

from django.contrib import admin
from django.urls import include, path

from bench.finding import REGISTER
from luoshi.engine.register import register

MODEL = register(REGISTER).model


class Site(admin.AdminSite):
    def has_permission(self, request):
        return True


class List(admin.ModelAdmin):
    list_display = ("name", "number", "unit", "joined")
    list_filter = ("withdrawn", "joined")
    search_fields = ("name", "number", "search")
    list_per_page = 50

    def lookup_allowed(self, lookup, value, request=None):
        return True

    def has_view_permission(self, request, obj=None):
        return True

    has_add_permission = has_change_permission = has_delete_permission = has_module_permission = has_view_permission


site = Site(name="admin")
site.register(MODEL, List)

urlpatterns = [path("admin/", site.urls), path("", include("luoshi.config.urls"))]
