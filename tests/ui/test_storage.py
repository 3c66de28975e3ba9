"""Collected static files: one script of two, under a name with its hash, compressed."""

import re

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.management import call_command
from django.test import override_settings

from luoshi.ui import jinja, storage


def test_the_two_scripts_are_collected_as_one(tmp_path, monkeypatch):
    with override_settings(STATIC_ROOT=tmp_path):
        for _again in range(2):  # a second start replaces the file instead of making another
            call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=storage.UNUSED)
        kept = storage.Kept()
        assert kept.joined()
        name = kept.stored_name(storage.JOINED)
        assert re.fullmatch(r"page\.[0-9a-f]{12}\.js", name)
        text = (tmp_path / name).read_text(encoding="utf-8")
        both = ";\n".join((tmp_path / one).read_text(encoding="utf-8") for one in storage.SCRIPTS)
        assert text == both
        assert (tmp_path / f"{name}.gz").exists()
        assert len([one for one in tmp_path.glob("page*.js") if one.name != storage.JOINED]) == 1
        monkeypatch.setattr(jinja, "staticfiles_storage", kept)
        assert jinja._joined()


def test_where_nothing_was_collected_a_page_asks_for_both(monkeypatch):
    monkeypatch.setattr(jinja, "staticfiles_storage", StaticFilesStorage())
    assert not jinja._joined()


def test_the_frame_asks_for_one_script_or_for_two():
    env = jinja.environment()
    for joined, want in ((True, ["page.js"]), (False, ["htmx-2.min.js", "luoshi.js"])):
        env.globals["joined"] = joined
        html = env.get_template("layouts/page.html").render(title="x")
        assert [link.rsplit("/", 1)[1] for link in re.findall(r'<script src="([^"]+)"', html)] == want
