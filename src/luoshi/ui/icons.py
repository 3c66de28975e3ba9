"""The icons: which drawing each name of ours stands for, and the markup which shows one.

The drawings are Tabler Icons (MIT), gathered once into ``static/icons.svg`` by ``scripts/sprite.py``;
``mark`` is our own. An icon always stands beside a word, so it is hidden from screen readers.
"""

SOURCES = {
    "ok": "circle-check",
    "soon": "clock-exclamation",
    "late": "alert-triangle",
    "none": "circle-dashed",
    "waived": "circle-off",
    "search": "search",
    "bell": "bell",
    "user": "user",
    "users": "users",
    "home": "home",
    "tasks": "list-check",
    "calendar": "calendar-event",
    "tree": "sitemap",
    "money": "coin-yuan",
    "shield": "shield-check",
    "public": "speakerphone",
    "chart": "chart-bar",
    "board": "layout-kanban",
    "timeline": "timeline",
    "table": "table",
    "list": "list",
    "clock": "clock",
    "mail": "mail",
    "help": "help-circle",
    "globe": "world",
    "folder": "folder",
    "columns": "columns-3",
    "filter": "filter",
    "plus": "plus",
    "edit": "pencil",
    "trash": "trash",
    "eye": "eye",
    "upload": "upload",
    "download": "download",
    "print": "printer",
    "copy": "copy",
    "link": "link",
    "file": "file-text",
    "clip": "paperclip",
    "book": "book",
    "archive": "archive",
    "inbox": "inbox",
    "history": "history",
    "undo": "arrow-back-up",
    "refresh": "refresh",
    "send": "send",
    "lock": "lock",
    "settings": "settings",
    "logout": "logout",
    "qr": "qrcode",
    "care": "heart-handshake",
    "school": "school",
    "certificate": "certificate",
    "vote": "checkbox",
    "info": "info-circle",
    "down": "chevron-down",
    "left": "chevron-left",
    "right": "chevron-right",
    "up": "arrow-up",
    "fall": "arrow-down",
    "sort": "arrows-sort",
    "x": "x",
    "dots": "dots",
}

NAMES = frozenset(SOURCES) | {"mark"}


def icon(name: str, *, sprite_url: str) -> str:
    """Markup of one icon; a name which is not in ``NAMES`` raises ``KeyError``."""
    if name not in NAMES:
        raise KeyError(name)
    return f'<svg class="icon" aria-hidden="true"><use href="{sprite_url}#{name}"/></svg>'
