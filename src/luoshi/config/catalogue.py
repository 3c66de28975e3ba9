"""Compiles the English catalogue that gettext reads; made at set-up, never kept in the repository."""

from pathlib import Path

HOME = Path(__file__).resolve().parent.parent / "locale" / "en" / "LC_MESSAGES"
PO, MO = HOME / "django.po", HOME / "django.mo"


def compile_catalogue() -> bool:
    """Write the binary catalogue where the text one is newer; True where it was written.

    A folder that cannot be written to keeps what it has: the interface is then Chinese only where nothing was compiled.
    """
    if not PO.exists() or (MO.exists() and MO.stat().st_mtime >= PO.stat().st_mtime):
        return False
    # Babel takes a quarter of a second to import, which only a changed catalogue has to pay.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with PO.open("rb") as source:
        known = read_po(source, locale="en")
    part = MO.with_suffix(".part")
    try:
        with part.open("wb") as out:
            write_mo(out, known)
        part.replace(MO)
    except OSError:
        return False
    return True
