"""Names of WordprocessingML, spelled out once, and the few attribute reads every docx room needs."""

from xml.etree.ElementTree import Element

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


def w(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return f"{{{_MAIN}}}{name}"


def normalised(data: bytes) -> bytes:
    """The part with the Strict namespace replaced by the usual one, so that one set of names serves both."""
    return data.replace(_STRICT.encode(), _MAIN.encode())


def value(parent: Element | None, path: str) -> str | None:
    """The `val` attribute of the child at `path` ("pPr/numPr/ilvl"), None where it is missing."""
    found = child(parent, path)
    return None if found is None else found.get(w("val"))


def child(parent: Element | None, path: str) -> Element | None:
    """The descendant at `path`, None where any step is missing."""
    for step in path.split("/"):
        if parent is None:
            return None
        parent = parent.find(w(step))
    return parent


def number(text: str | None, default: int) -> int:
    """A whole number from an attribute; anything else counts as `default`."""
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


def switched_on(parent: Element | None, path: str) -> bool | None:
    """The state of an on/off property such as bold; None where it is not said."""
    found = child(parent, path)
    return None if found is None else found.get(w("val"), "1") not in ("0", "false", "off", "none")
