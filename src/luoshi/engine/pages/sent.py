"""What a page takes from a submission as plain words."""

from django.http import HttpRequest


def line(request: HttpRequest, name: str, most: int) -> str:
    """One line of text: control characters gone (no database keeps a NUL), blanks at the ends gone, cut at `most`."""
    text = request.POST.get(name, "")
    return "".join(c if c.isprintable() else " " for c in text[: 4 * most]).strip()[:most]


def number(request: HttpRequest, name: str) -> int | None:
    """A whole number as a page of ours would send it; None for all else."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
