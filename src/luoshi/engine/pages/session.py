"""Sign in and out, the switches of the header, one's own rights, and what the product does with data."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth import forms as auth_forms
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import EVERY, Verb
from luoshi.ui.render import render

from ..forms import drawn, errors_of
from ..register import registers
from .sent import line

TRIES = 5
LOCKED_SECONDS = 15 * 60


def next_url(request: HttpRequest) -> str:
    """Where to go on; never to another host."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/"


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """A form; in a demo also one button a role. Five failures close an account's door for fifteen minutes."""
    if request.user.is_authenticated:
        return redirect(next_url(request))
    error = ""
    if request.method == "POST":
        name = line(request, "login", 60)
        key = f"failures:{sha256(name.lower().encode()).hexdigest()}"
        if cache.get(key, 0) >= TRIES:
            error = _("连续输错 5 次，为安全起见请 15 分钟后再试")
        elif account := authenticate(request, username=name, password=request.POST.get("password", "")[:4096]):
            cache.delete(key)
            login(request, account)
            return redirect(next_url(request))
        else:
            if not cache.add(key, 1, LOCKED_SECONDS):
                cache.incr(key)
            error = _("账号或密码不符，请核对后再试")
    demo = Account.objects.filter(demo=True, is_active=True).order_by("pk") if settings.DEMO else []
    return render(request, "engine/sign_in.html", {
        "title": _("登录"), "error": error, "next": next_url(request), "demo": list(demo),
        "login": line(request, "login", 60),
    }, status=422 if error else 200)


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """One click to a role, only in a demo and only to its demo accounts."""
    account = Account.objects.filter(pk=pk, demo=True, is_active=True).first() if settings.DEMO else None
    if account is None:
        raise Http404
    login(request, account)
    return redirect(next_url(request))


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = redirect("sign-in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@login_not_required
@require_POST
def prefs(request: HttpRequest) -> HttpResponse:
    """Large type and language; cookies, so that they hold before signing in too."""
    response = redirect(next_url(request))
    if (large := request.POST.get("large")) in ("0", "1"):
        response.set_cookie("large", large, max_age=365 * 86400, samesite="Lax")
    if (code := request.POST.get("language")) in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 86400, samesite="Lax")
    return response


class PasswordForm(auth_forms.PasswordChangeForm):
    """Django's own form with the house's words."""

    error_messages = {
        "password_incorrect": gettext_lazy("原密码不符，请核对后重新输入"),
        "password_mismatch": gettext_lazy("两次输入的新密码不一致，请重新输入"),
    }

    def __init__(self, user: Any, *words: Any, **more: Any) -> None:
        super().__init__(user, *words, **more)
        for name, label in (("old_password", _("原密码")), ("new_password1", _("新密码")), ("new_password2", _("再次输入新密码"))):
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = _("请填写%(name)s") % {"name": label}
        self.fields["new_password1"].help_text = _("至少 12 个字符，不与账号相近，不用常见密码")


def password(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, form.user)
        messages.success(request, _("密码已修改。其他电脑上的登录已失效"))
        return redirect("home")
    fields = [dict(f, type="password", value="") for f in drawn(form)]
    return render(request, "engine/password.html", {
        "title": _("修改密码"), "fields": fields, "errors": errors_of(form) if request.method == "POST" else [],
    }, status=422 if request.method == "POST" else 200)


def rights(request: HttpRequest) -> HttpResponse:
    """What the reader may do where, and by which grant."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    labels = {EVERY: _("全部台账"), **{one.name: one.label for one in registers()}}
    rows = [(r.unit, labels.get(r.register, r.register), Verb(r.verb).label) for r in actor.rights]
    return render(request, "engine/rights.html", {
        "title": _("我的权限"), "rows": rows, "crumbs": [(_("首页"), reverse("home")), (_("我的权限"), None)]})


@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "engine/about.html", {"title": _("数据如何使用")})
