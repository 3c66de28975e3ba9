"""The English catalogue: collect strings, compile, and say what is missing.

Usage: python scripts/messages.py update|compile|check
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parent.parent / "src" / "luoshi"
sys.path.insert(0, str(SOURCE.parent))
from luoshi.config.catalogue import HOME, PO, compile_catalogue  # noqa: E402

METHODS = [("**/tests/**", "ignore"), ("**.py", "python"), ("**/templates/**.html", "jinja2")]
OPTIONS = {"**/templates/**.html": {"trimmed": "false", "extensions": "jinja2.ext.do"}}
WORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "gettext_lazy": None, "ngettext_lazy": (1, 2),
         "pgettext": ((1, "c"), 2)}


def collect() -> Catalog:
    """Every string of the interface, with where it stands."""
    found = Catalog(project="luoshi", charset="utf-8")
    for name, line, message, comments, context in extract_from_dir(
            str(SOURCE), METHODS, OPTIONS, keywords=WORDS):
        found.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return found


def stored() -> Catalog:
    if not PO.exists():
        return Catalog(locale="en", charset="utf-8")
    with PO.open("rb") as source:
        return read_po(source, locale="en")


def update() -> None:
    catalogue = stored()
    catalogue.update(collect(), no_fuzzy_matching=True)
    HOME.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as out:
        write_po(out, catalogue, omit_header=False, no_location=True, sort_output=True, ignore_obsolete=True, width=0)
    compile_()


def compile_() -> None:
    """Write the binary catalogue that gettext reads; made at set-up, never committed."""
    compile_catalogue()


def missing() -> list[str]:
    """Strings without an English text."""
    known = stored()
    lost = []
    for message in collect():
        if not message.id:
            continue
        other = known.get(message.id, message.context)
        texts = [] if other is None else (list(other.string) if isinstance(other.string, tuple) else [other.string])
        if not texts or not all(texts):
            lost.append(str(message.id))
    return lost


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["compile"]:
            compile_()
        case ["check"]:
            if lost := missing():
                sys.exit(f"{len(lost)} strings without English, the first: {lost[:5]}")
        case _:
            update()
            print(f"{len(missing())} strings without English")
