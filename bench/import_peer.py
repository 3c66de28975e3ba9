"""The persons' import as a team would write it with django-import-export, with its own settings for speed."""

from typing import Any

from django.core.exceptions import ValidationError
from import_export import fields, resources, widgets
from import_export.instance_loaders import CachedInstanceLoader

from luoshi.foundation.people import Person
from luoshi.foundation.units import Unit


class UnitWidget(widgets.CachedForeignKeyWidget):
    """An unknown unit is a reason for its row, not the end of the whole import."""

    def clean(self, value: Any, row: Any = None, **more: Any) -> Any:
        try:
            return super().clean(value, row, **more)
        except Unit.DoesNotExist as error:
            raise ValueError(f"no unit {value!r}") from error


class DayWidget(widgets.DateWidget):
    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
        self.formats = ("%Y-%m-%d", "%Y.%m.%d")


class PersonResource(resources.ModelResource):
    unit = fields.Field("unit", "单位", widget=UnitWidget(Unit, "name"))
    name = fields.Field("name", "姓名")
    number = fields.Field("number", "工号")
    born = fields.Field("born", "出生日期", widget=DayWidget())
    joined = fields.Field("joined", "入党日期", widget=DayWidget())

    class Meta:
        model = Person
        import_id_fields = ("number",)
        fields = ("unit", "name", "number", "born", "joined")
        instance_loader_class = CachedInstanceLoader
        clean_model_instances = True  # required, lengths, choices, uniqueness: what the product checks too
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        skip_unchanged = True
        report_skipped = False
        use_transactions = True

    def before_import(self, dataset: Any, **more: Any) -> None:
        self.seen: set[str] = set()

    def before_import_row(self, row: Any, **more: Any) -> None:
        if row["工号"] in self.seen:
            raise ValidationError("the same number stands above")
        self.seen.add(row["工号"])

    def import_instance(self, instance: Any, row: Any, **more: Any) -> None:
        super().import_instance(instance, row, **more)
        if instance.unit_id and instance.name:
            instance.settle()  # the same stored row: place, search words, stroke order


def resource() -> PersonResource:
    return PersonResource()
