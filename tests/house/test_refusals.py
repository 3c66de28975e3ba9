"""What the product refuses, looked for in models, forms, templates, declarations, indicators and import headings."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from luoshi.engine.register import registers

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent.parent / "src" / "luoshi"
WORDS = [w for line in (HERE / "refused.txt").read_text(encoding="utf-8").splitlines()
         if (w := line.strip()) and not line.startswith("#")]
# The one page that says what is not collected has to name it.
SAYS_SO = {"engine/templates/engine/about.html"}


def hits(text: str) -> list[str]:
    """Refused words in a text; English ones as whole words, so that `photo` is not found in `photon`."""
    return [w for w in WORDS if (re.search(rf"(?<![a-z]){w}(?![a-z])", text, re.I) if w.isascii() else w in text)]


def words_of(model) -> list[str]:
    found = [model.__name__, str(model._meta.verbose_name)]
    for field in model._meta.get_fields():
        found += [field.name, str(getattr(field, "verbose_name", "")), str(getattr(field, "help_text", ""))]
        found += [f"{key} {word}" for key, word in getattr(field, "flatchoices", ())]
    return found


@pytest.mark.parametrize("model", [m for m in apps.get_models() if m.__module__.startswith("luoshi.")],
                         ids=lambda m: m._meta.label)
def test_no_model_field_or_choice_holds_a_refused_word(model):
    assert not hits(" ".join(words_of(model)))


@pytest.mark.parametrize("one", registers(), ids=lambda r: r.name)
def test_no_declaration_does(one):
    parts = [*one.columns, *one.filters, *one.form, *one.key, *(str(i.label) for i in one.indicators),
             *(str(d.label) for d in one.duties), *(str(d.label) for d in one.documents)]
    assert not hits(" ".join(parts))


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("templates/**/*.html")), ids=lambda p: p.name)
def test_no_template_does(path):
    if path.relative_to(SOURCE).as_posix() not in SAYS_SO:
        assert not hits(path.read_text(encoding="utf-8"))


def test_a_planted_word_is_found():
    assert hits("党员思想动态登记") == ["思想动态"]
    assert hits("a photo is required") == ["photo"]


def test_no_field_takes_a_percentage():
    for model in apps.get_models():
        if model.__module__.startswith("luoshi."):
            for field in model._meta.fields:
                assert not re.search(r"percent|progress|rate|ratio|百分|进度", f"{field.name} {field.verbose_name}"), (
                    f"{model.__name__}.{field.name}")
