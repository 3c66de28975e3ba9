"""The address behind a QR code: which sheet and which issue of it, signed, so that nobody can make one up."""

from django.core import signing

_signer = signing.Signer(sep="~", salt="luoshi.engine.signing")


def token(sheet: int, issue: int) -> str:
    """The last part of the address; a new issue makes the one before void."""
    return _signer.sign(f"{sheet}-{issue}")


def read(token: str) -> tuple[int, int] | None:
    """(sheet, issue) of a genuine token; None for anything that this installation did not sign."""
    try:
        sheet, _dash, issue = _signer.unsign(token).partition("-")
        return int(sheet), int(issue)
    except (signing.BadSignature, ValueError):
        return None
