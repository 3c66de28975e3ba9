"""One view set for each register, made from its declaration."""

from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from luoshi.foundation.grants import Verb

from .. import filters, table, write
from ..actor import actor_of
from ..columns import columns
from ..register import Register

ERRORS = {
    400: OpenApiResponse(description="内容有误：按字段给出原因"), 401: OpenApiResponse(description="未登录或密钥不符"),
    403: OpenApiResponse(description="没有此项权限"), 404: OpenApiResponse(description="没有这条记录"),
    409: OpenApiResponse(description="记录已被他人修改，或这次提交已收到"),
}


class Clash(APIException):
    status_code = 409
    default_code = "conflict"


def serializer_class(register: Register) -> type[serializers.ModelSerializer[Any]]:
    """The fields of the derived form, plus key, version and whether it was changed; rules are the write door's."""
    fields = ["id", "version", *register.form]
    meta = type("Meta", (), {"model": register.model, "fields": fields, "read_only_fields": ["id"],
                             "extra_kwargs": {"version": {"required": False}}, "validators": []})
    name = "".join(part.title() for part in register.name.split("_"))
    made = type(f"{name}Serializer", (serializers.ModelSerializer,),
                {"Meta": meta, "version": serializers.IntegerField(required=False, min_value=0)})
    return made  # type: ignore[return-value]


def viewset(register: Register) -> type[viewsets.GenericViewSet[Any]]:
    serializer = serializer_class(register)
    tag = [register.name]
    marker = [OpenApiParameter("after", str), OpenApiParameter("before", str), OpenApiParameter("sort", str)]
    page = type(f"{serializer.__name__}Page", (serializers.Serializer,), {
        "results": serializer(many=True), "after": serializers.CharField(), "before": serializers.CharField()})
    decorated = extend_schema_view(
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
    return decorated(made)  # type: ignore[no-any-return]


class RecordView(viewsets.GenericViewSet[Any]):
    register: Register
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]

    @property
    def actor(self) -> Any:
        found = self.request._request.actor
        return found if found.id == self.request.user.pk else actor_of(self.request.user)

    def get_row(self, verb: Verb) -> Any:
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
            raise ParseError("翻页位置无效，请从第一页开始") from error
        found = {row.pk: row for row in self.register.model._default_manager.filter(
            pk__in=[row[0] for row in page.rows])}
        data = self.get_serializer([found[row[0]] for row in page.rows], many=True).data
        return Response({"results": data, "after": page.after, "before": page.before})

    def retrieve(self, request: Request, pk: str) -> Response:
        self.register.require(self.actor, Verb.SEE)
        row = self.get_row(Verb.SEE)
        if self.register.sensitive:
            write.note_reading(self.actor, self.register, row)
        return Response(self.get_serializer(row).data)

    def create(self, request: Request) -> Response:
        self.register.require(self.actor, Verb.ADD)
        return self._keep(self.register.model(), request, 201)

    def partial_update(self, request: Request, pk: str) -> Response:
        row = self.get_row(Verb.CHANGE)
        return self._keep(row, request, 200)

    def destroy(self, request: Request, pk: str) -> Response:
        reason = request.GET.get("reason", "").strip()
        if not reason:
            raise ValidationError({"reason": ["请写明撤回原因"]})
        write.withdraw(self.actor, self.register, self.get_row(Verb.CHANGE), reason=reason[:400])
        return Response(status=204)

    def _keep(self, row: Any, request: Request, status: int) -> Response:
        """Parse, then one call of the write door; its refusals as HTTP words."""
        serializer = self.get_serializer(row, data=request.data, partial=status == 200)
        serializer.is_valid(raise_exception=True)
        for name, value in serializer.validated_data.items():
            setattr(row, name, value)
        if status == 201:
            row.version = 0
        key = request.headers.get("Idempotency-Key", "")[:64]
        try:
            saved = write.save(self.actor, self.register, row, key=key)
        except DjangoValidationError as error:
            raise ValidationError(getattr(error, "message_dict", {"non_field_errors": error.messages})) from error
        except (write.Conflict, write.Repeated) as error:
            raise Clash(str(error)) from error
        return Response(self.get_serializer(saved).data, status=status)

