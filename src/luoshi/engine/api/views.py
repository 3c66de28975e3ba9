"""One view set for each register, made from its declaration."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from luoshi.foundation.grants import Verb

from .. import filters, table, write
from ..actor import actor_of
from ..columns import columns
from ..forms import MOST_LINES, related
from ..register import Register

ERRORS = {
    400: OpenApiResponse(description="内容有误：按字段给出原因"), 401: OpenApiResponse(description="未登录或密钥不符"),
    403: OpenApiResponse(description="没有此项权限"), 404: OpenApiResponse(description="没有这条记录"),
    409: OpenApiResponse(description="记录已被他人修改，或这次提交已收到"),
}


class Clash(APIException):
    status_code = 409
    default_code = "conflict"


class Narrowed(serializers.ModelSerializer[Any]):
    """Relations reach only what the actor could choose in the form; a foreign key is as unknown as one that is not."""

    def build_relational_field(self, field_name: str, relation_info: Any) -> tuple[Any, dict[str, Any]]:
        kind, words = super().build_relational_field(field_name, relation_info)
        view = self.context.get("view")
        if view is not None and not getattr(view, "swagger_fake_view", False) and "queryset" in words:
            rows = related(relation_info.model_field, view.register, view.actor)
            words["queryset"] = words["queryset"] if rows is None else rows
        return Key if kind is serializers.PrimaryKeyRelatedField else kind, words


class Key(serializers.PrimaryKeyRelatedField[Any]):
    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, float) or (isinstance(data, str) and not data.isprintable()):
            self.fail("incorrect_type", data_type=type(data).__name__)
        return super().to_internal_value(data)


def serializer_class(register: Register) -> type[serializers.ModelSerializer[Any]]:
    """The fields of the derived form, plus key and version, and the parts of the record; rules are the write door's."""
    name = "".join(part.title() for part in register.name.split("_"))
    parts = {key: _part_class(register, key, f"{name}{key.title()}")(many=True, required=False, max_length=MOST_LINES)
             for key in register.lines}
    fields = ["id", "version", *register.form, *parts]
    meta = type("Meta", (), {"model": register.model, "fields": fields, "read_only_fields": ["id"], "validators": [],
                           "extra_kwargs": {name: {"write_only": True} for name in register.model.AGGREGATE_ONLY}})
    return type(f"{name}Serializer", (Narrowed,), {
        "Meta": meta, "version": serializers.IntegerField(required=False, min_value=0), **parts})


def _part_class(register: Register, key: str, name: str) -> type[serializers.ModelSerializer[Any]]:
    """One part of a record, such as an absence of a meeting."""
    model = register.model._meta.get_field(key).related_model
    meta = type("Meta", (), {"model": model, "fields": list(register.lines[key]), "validators": []})
    return type(f"{name}Serializer", (Narrowed,), {"Meta": meta})


def viewset(register: Register) -> type[viewsets.GenericViewSet[Any]]:
    serializer = serializer_class(register)
    tag = [register.name]
    marker = [OpenApiParameter("after", str), OpenApiParameter("before", str), OpenApiParameter("sort", str)]
    page = type(f"{serializer.__name__}Page", (serializers.Serializer,), {
        "results": serializer(many=True), "after": serializers.CharField(), "before": serializers.CharField()})
    decorated: Any = extend_schema_view(
        list=extend_schema(tags=tag, parameters=marker, responses={200: page, **ERRORS}),
        retrieve=extend_schema(tags=tag, responses={200: serializer, **ERRORS}),
        create=extend_schema(tags=tag, responses={201: serializer, **ERRORS}),
        partial_update=extend_schema(tags=tag, responses={200: serializer, **ERRORS}),
        destroy=extend_schema(tags=tag, responses={204: None, **ERRORS},
                              parameters=[OpenApiParameter("reason", str, required=True)]),
    )
    made = type(f"{register.name}_api", (RecordView,), {
        "register": register, "serializer_class": serializer, "lookup_value_regex": "[0-9]{1,18}",
        "queryset": register.model._default_manager.none()})
    found: type[viewsets.GenericViewSet[Any]] = decorated(made)
    return found


class Bounded(JSONParser):
    """JSON nested deeper than Python can follow is a fault of the sender, not of the server."""

    def parse(self, *words: Any, **more: Any) -> Any:
        try:
            return super().parse(*words, **more)
        except RecursionError as error:
            raise ParseError(_("内容嵌套过深，无法读取")) from error


class RecordView(viewsets.GenericViewSet[Any]):
    register: Register
    parser_classes = [Bounded]
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]

    @property
    def actor(self) -> Any:
        found = self.request._request.actor
        return found if found.id == self.request.user.pk else actor_of(self.request.user)

    def rows_of(self, keys: list[Any]) -> dict[Any, Any]:
        """Rows that a page found, with the parts of each, in a number of queries that does not grow with them."""
        rows = self.register.model._default_manager.filter(pk__in=keys).prefetch_related(*self.register.lines)
        return {row.pk: row for row in rows}

    def get_row(self, verb: Verb) -> Any:
        self.register.require(self.actor, Verb.SEE)
        row = self.register.rows(self.actor, Verb.SEE).filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        self.register.require(self.actor, verb, row.place)
        return row

    def list(self, request: Request) -> Response:
        self.register.require(self.actor, Verb.SEE)
        rows = filters.apply(self.register, self.register.rows(self.actor), request.GET)
        heads = columns(self.register, tuple(self.register.form))
        try:
            page = table.page(rows, heads, order=tuple(self.register.order), after=request.GET.get("after", ""),
                              before=request.GET.get("before", ""))
        except (ValueError, TypeError) as error:
            raise ParseError(_("翻页位置无效，请从第一页开始")) from error
        found = self.rows_of([row[0] for row in page.rows])
        write.note_reading(self.actor, self.register, *found.values())
        data = self.get_serializer([found[row[0]] for row in page.rows], many=True).data
        return Response({"results": data, "after": page.after, "before": page.before})

    def retrieve(self, request: Request, pk: str) -> Response:
        self.register.require(self.actor, Verb.SEE)
        row = self.get_row(Verb.SEE)
        write.note_reading(self.actor, self.register, row)
        return Response(self.get_serializer(row).data)

    def create(self, request: Request) -> Response:
        self.register.require(self.actor, Verb.ADD)
        return self._keep(self.register.model(), request, 201)

    def partial_update(self, request: Request, pk: str) -> Response:
        row = self.get_row(Verb.CHANGE)
        return self._keep(row, request, 200)

    def destroy(self, request: Request, pk: str) -> Response:
        row = self.get_row(Verb.CHANGE)
        reason = " ".join(request.GET.get("reason", "").split())
        if not reason:
            raise ValidationError({"reason": [_("请写明撤回原因，例如：重复登记")]})
        with refusals():
            write.withdraw(self.actor, self.register, row, reason=reason[:400])
        return Response(status=204)

    def _keep(self, row: Any, request: Request, status: int) -> Response:
        """Parse, then one call of the write door; its refusals as HTTP words."""
        serializer = self.get_serializer(row, data=request.data, partial=status == 200)
        serializer.is_valid(raise_exception=True)
        given = dict(serializer.validated_data)
        lines = {name: [self._part(name, one) for one in given.pop(name)] for name in self.register.lines
                 if name in given}
        for name, value in given.items():
            setattr(row, name, value)
        if status == 201:
            row.version = 0
        key = request.headers.get("Idempotency-Key", "")[:64]
        with refusals():
            saved = write.save(self.actor, self.register, row, lines=lines, key=key)
        return Response(self.get_serializer(self.rows_of([saved.pk])[saved.pk]).data, status=status)

    def _part(self, name: str, values: dict[str, Any]) -> Any:
        model: Any = self.register.model._meta.get_field(name).related_model
        return model(**values)


@contextmanager
def refusals() -> Iterator[None]:
    """What the write door refuses, as words of HTTP."""
    try:
        yield
    except DjangoValidationError as error:
        found = dict(getattr(error, "message_dict", {"non_field_errors": error.messages}))
        if "__all__" in found:
            found["non_field_errors"] = found.pop("__all__")
        raise ValidationError(found) from error
    except (write.Conflict, write.Repeated) as error:
        raise Clash(str(error)) from error

