"""Keys for programs: only a digest is stored, each ends on a day, and it may what its account may."""

import hashlib
import secrets
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header

from ..actor import actor_of, today
from ..models import ApiKey


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def issue(account: Any, *, label: str, until: Any) -> str:
    """Make a key; the only time it is seen in clear."""
    key = secrets.token_urlsafe(32)
    ApiKey.objects.create(account=account, label=label, until=until, digest=digest(key))
    return key


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <key>`."""

    def authenticate(self, request: Any) -> tuple[Any, Any] | None:
        parts = get_authorization_header(request).decode("latin-1").split()
        if len(parts) != 2 or parts[0].lower() != "bearer":
            return None
        key = ApiKey.objects.select_related("account").filter(
            digest=digest(parts[1]), until__gte=today(), account__is_active=True).first()
        if key is None:
            raise exceptions.AuthenticationFailed(_("密钥不符或已过期，请联系系统管理人员重新签发"))
        request._request.actor = actor_of(key.account)
        return key.account, key

    def authenticate_header(self, request: Any) -> str:
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = TokenAuthentication
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
