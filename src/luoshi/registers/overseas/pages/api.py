"""A packet back by program: the same verification, preview and taking in, answered as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from luoshi.engine.actor import actor_of
from luoshi.engine.api.views import Bounded
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb

from .. import forms


@extend_schema(exclude=True)
class PacketIn(APIView):
    """POST {"text": …, "preview": true|false}; 200 with the outcome of every record, 422 with the reason for the whole."""

    permission_classes = [IsAuthenticated]
    parser_classes = [Bounded]

    def post(self, request: Request) -> Response:
        actor = actor_of(request.user)
        register("packet").require(actor, Verb.CHANGE)
        sent: Any = request.data if isinstance(request.data, dict) else {}
        try:
            found = forms.opened(str(sent.get("text", "")), actor)
        except forms.Refused as why:
            return Response({"code": why.code, "reason": str(why)}, status=422)
        outcomes = forms.preview(found) if sent.get("preview") else forms.take(found, actor)
        return Response({"packet": found.packet.number, "sequence": found.envelope.sequence, "records": [
            {"key": one.sent.key, "register": one.sent.register, "state": one.state, "summary": one.summary,
             "reasons": list(one.reasons), "row": one.row} for one in outcomes]})
