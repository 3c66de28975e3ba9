"""What a refused text probably should be, worked out from the text alone; a person takes it or writes something else."""

from typing import Any

from django.db import models

from luoshi.kernel.ids import check_identity_number, identity_check


def proposed(field: Any, text: str) -> str:
    """A text that the field's own check would let through; empty where nothing is certain enough to be proposed."""
    if isinstance(field, models.IntegerField):
        return _number(text)
    if "身份证" in str(field.verbose_name) or "identity" in field.name or field.name in ("id_number", "citizen_id"):
        return identity(text)
    return ""


def identity(text: str) -> str:
    """An 18-character number from an old one of 15 digits, or from one with blanks, letters O or a small x. GB 11643-1999.

    Numbers of 15 digits were given to those born in the 20th century. A wrong check character is never "mended": a digit
    elsewhere is as likely to be wrong.
    """
    plain = "".join(c for c in text.upper() if c.isalnum()).replace("O", "0")
    if len(plain) == 15 and plain.isascii() and plain.isdigit():
        long = plain[:6] + "19" + plain[6:]
        plain = long + identity_check(long)
    number, problem = check_identity_number(plain)
    return number if problem is None and number != text else ""


def _number(text: str) -> str:
    """A whole number without its unit of measure: 20人, 约20, 20.0."""
    digits = text.strip("约共计近人名次个元篇场件条 ").removesuffix(".0").replace(",", "")
    return str(int(digits)) if digits != text and digits.isascii() and digits.isdigit() and len(digits) < 10 else ""
