"""The persons' import as a team would write it with django-import-export, with its own settings for speed."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from import_export import fields, resources, widgets
from import_export.instance_loaders import CachedInstanceLoader

from luoshi.foundation.people import Person
from luoshi.foundation.units import Unit
from luoshi.kernel import codes

TODAY = date(2026, 11, 23)


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


class CodeWidget(widgets.Widget):
    """The name of a national code list to its code."""

    def __init__(self, codes: Any) -> None:
        super().__init__()
        self.codes = {name: code for code, name in codes.items()}

    def clean(self, value: Any, row: Any = None, **more: Any) -> Any:
        if value and value not in self.codes:
            raise ValueError(f"no such code {value!r}")
        return self.codes[value] if value else ""


class PersonResource(resources.ModelResource):
    unit = fields.Field("unit", "单位", widget=UnitWidget(Unit, "name"))
    name = fields.Field("name", "姓名")
    number = fields.Field("number", "工号")
    id_number = fields.Field("id_number", "身份证号")
    sex = fields.Field("sex", "性别", widget=CodeWidget(codes.SEX))
    ethnicity = fields.Field("ethnicity", "民族", widget=CodeWidget(codes.ETHNICITY))
    born = fields.Field("born", "出生日期", widget=DayWidget())
    education = fields.Field("education", "学历", widget=CodeWidget(codes.EDUCATION))
    joined = fields.Field("joined", "入党日期", widget=DayWidget())
    full_on = fields.Field("full_on", "转正日期", widget=DayWidget())
    phone = fields.Field("phone", "手机")

    class Meta:
        model = Person
        import_id_fields = ("number",)
        fields = ("unit", "name", "number", "id_number", "sex", "ethnicity", "born", "education", "joined", "full_on",
                  "phone")
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
            instance.settle()  # the same stored row: place, search words, stroke order, fingerprint of the number

    def validate_instance(self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True) -> None:
        """Django's checks as the library asks them, then the model's own: check digit, agreement with it, order of days."""
        super().validate_instance(instance, import_validation_errors, validate_unique)
        found = {name: [said] for name, said in instance.problems(today=TODAY)}
        if found:
            raise ValidationError(found)


def resource() -> PersonResource:
    return PersonResource()
