"""Robots of WeCom, DingTalk and Feishu: the token out of a pasted address, and one message to it.

The address called is made from the settings; a user gives only the token, so no other host can be reached.
"""

import re
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext as _

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,100}")
SECONDS = (5, 10)  # to connect, to answer
MOST = 4096  # bytes of an answer that are read


class Failed(Exception):
    """The message was not taken; str() is a sentence for whoever manages the robot."""


def token(kind: str, text: str) -> str:
    """The token in a pasted webhook address, or the token itself; "" where it is neither."""
    text = text.strip()
    if TOKEN.fullmatch(text):
        return text
    try:
        parts, ours = urlsplit(text), urlsplit(settings.ROBOTS[kind])
    except ValueError:
        return ""
    if (parts.scheme, parts.netloc) != (ours.scheme, ours.netloc):
        return ""
    name = ours.query.partition("=")[0]
    found = parse_qs(parts.query).get(name, [""])[0] if name else parts.path.rstrip("/").rsplit("/", 1)[-1]
    return found if TOKEN.fullmatch(found) else ""


def tell(kind: str, secret: str, text: str) -> None:
    """Say one text. Follows no redirect. Raises Failed."""
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}} if kind == "feishu" else \
        {"msgtype": "text", "text": {"content": text}}
    try:
        with requests.post(settings.ROBOTS[kind].format(quote(secret, safe="")), json=body, timeout=SECONDS,
                           allow_redirects=False, stream=True) as answer:
            status, said = answer.status_code, answer.raw.read(MOST, decode_content=True)
    except requests.RequestException as error:
        raise Failed(_("连接不上机器人服务，请检查服务器能否访问外网")) from error
    if status != 200:
        raise Failed(_("机器人服务返回 %(n)d，请核对机器人地址是否仍有效") % {"n": status})
    # All three answer 200 with a code of their own where they refuse.
    if (code := re.search(rb'"(?:errcode|code|StatusCode)"\s*:\s*(-?\d+)', said)) and int(code[1]):
        raise Failed(_("机器人没有接收（代码 %(code)s），请核对地址和安全设置") % {"code": int(code[1])})
