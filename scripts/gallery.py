"""Draw every part with invented data into a folder of pages, to be looked at: ``gallery.py FOLDER``.

Serve the folder (``python -m http.server -d FOLDER``) rather than
opening the files: browsers refuse a sprite from a file address.
"""

import shutil
import sys
from pathlib import Path

from jinja2 import ChainableUndefined, Environment, FileSystemLoader
from markupsafe import Markup

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

sys.path.insert(0, str(ROOT))

from luoshi.ui import icons, svg  # noqa: E402
from scripts.gallery_samples import PAGES  # noqa: E402

UI = ROOT / "src/luoshi/ui"
MENU = ["首页", "计划", "组织", "活动", "经费", "监督", "公开"]


def environment(extra: Path | None = None) -> Environment:
    """Jinja2 as the product sets it, without Django: gettext gives back the Chinese."""
    folders = [str(UI / "templates"), *([str(extra)] if extra else [])]
    env = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=ChainableUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(lambda s: s, lambda s, p, n: s if n == 1 else p, newstyle=True)
    env.globals.update(
        url=lambda *_: "#",
        static=lambda path: f"static/{path}",
        icon=lambda name: Markup(icons.icon(name, sprite_url="static/icons.svg")),
        svg=svg,
    )
    return env


def chrome(active: str, large: bool) -> dict[str, object]:
    """What stands round every page."""
    children = [
        ("组织树", "#", False),
        ("党员名册", "#", True),
        ("发展党员", "#", False),
        ("组织关系转接", "#", False),
        ("换届选举", "#", False),
    ]
    return {
        "large": large,
        "site": "机关党建",
        "nav": [
            (label, "#", label == active, children if label == active and active != "首页" else []) for label in MENU
        ],
        "crumbs": [(active, "#"), ("党员名册", None)] if active != "首页" else [],
        "search_url": "#",
        "prefs_url": "#",
        "languages": [("zh-hans", "中文", True), ("en", "EN", False)],
        "inbox_url": "#",
        "inbox_count": 3,
        "user_name": "张 三",
        "user_note": "第三党支部 书记",
        "user_menu": [("我的信息", "#", "user"), ("我的设置", "#", "settings")],
        "logout_url": "#",
        "bottom": [
            ("首页", "#", "home", True),
            ("待办", "#", "tasks", False),
            ("活动", "#", "calendar", False),
            ("我的", "#", "user", False),
        ],
        "feedback_url": "#",
        "privacy_url": "#",
        "filing": "备案号 示例",
        "title": active,
    }


def context(env: Environment, name: str, large: bool = False) -> dict[str, object]:
    """All a page is given: its own values, and the frame with header and footer drawn, as render.py hands it over."""
    active, data = PAGES[name]
    frame = chrome(active, large)
    parts = {part: Markup(env.get_template(f"parts/{part}.html").render(**frame)) for part in ("header", "footer")}
    return {**frame, **data(), **parts}


def draw(env: Environment, name: str, large: bool = False) -> str:
    """One page of the gallery."""
    return env.get_template(f"{name}.html").render(**context(env, name, large))


def main(folder: str) -> None:
    """Write each page twice, normal and large, and the error pages."""
    out = Path(folder)
    shutil.rmtree(out / "static", ignore_errors=True)
    shutil.copytree(UI / "static", out / "static")
    import django_htmx

    shutil.copytree(Path(django_htmx.__file__).parent / "static/django_htmx", out / "static/django_htmx")
    env = environment(ROOT / "scripts/gallery")
    for name in PAGES:
        for large in (False, True):
            (out / f"{name}{'_large' if large else ''}.html").write_text(draw(env, name, large))
    for code in (400, 403, 404, 409, 413, 429, 500, 503):
        (out / f"{code}.html").write_text(env.get_template(f"{code}.html").render(reference="A7F3", retry_at="14:30"))


if __name__ == "__main__":
    main(sys.argv[1])
