"""The text that travels: what goes in comes out, and nothing that was changed is accepted."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.engine.packets import wire

SECRET = "5" * 64
VALUES = st.recursive(st.none() | st.booleans() | st.integers(-10**9, 10**9) | st.text(st.characters(codec="utf-8"), max_size=40),
                      lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
                          st.text(st.characters(codec="utf-8"), max_size=8), inner, max_size=4), max_leaves=12)
PACKET = {"records": [{"key": "a" * 32, "register": "meeting", "values": {"topic": "讨论年度计划 <b>"}, "lines": {}}]}


@settings(max_examples=150, deadline=None)
@given(VALUES, st.integers(0, 999999), st.booleans())
def test_what_is_packed_is_opened(content, sequence, deflated):
    text = wire.packed(content, number="0123456789", sequence=sequence, secret=SECRET, deflated=deflated)
    found = wire.read(text)
    assert (found.number, found.sequence) == ("0123456789", sequence)
    assert wire.opened(found, SECRET) == content


@given(VALUES)
def test_one_content_has_one_writing(content):
    text = wire.canonical(content)
    assert "<" not in text
    assert wire.canonical(json.loads(text)) == text


@pytest.mark.parametrize("deflated", [False, True])
def test_every_flipped_bit_of_every_byte_is_refused(deflated):
    text = wire.packed(PACKET, number="0123456789", sequence=7, secret=SECRET, deflated=deflated)
    raw = text.encode()
    for spot in range(len(raw)):
        for bit in range(8):
            changed = bytearray(raw)
            changed[spot] ^= 1 << bit
            with pytest.raises(wire.Unaccepted):
                wire.opened(wire.read(changed.decode("latin-1")), SECRET)


def test_every_text_that_was_cut_short_is_refused():
    text = wire.packed(PACKET, number="0123456789", sequence=7, secret=SECRET)
    for end in range(len(text)):
        with pytest.raises(wire.Unaccepted):
            wire.opened(wire.read(text[:end]), SECRET)


def test_what_a_mail_program_does_to_a_text_harms_nothing():
    text = wire.packed(PACKET, number="0123456789", sequence=7, secret=SECRET)
    broken = "\r\n> ".join(text[i:i + 60] for i in range(0, len(text), 60))
    assert wire.opened(wire.read(f"您好，本月登记如下：\n> {broken}\n此致\nRegards, A"), SECRET) == PACKET


def test_another_secret_opens_nothing():
    text = wire.packed(PACKET, number="0123456789", sequence=7, secret="6" * 64)
    with pytest.raises(wire.Unaccepted) as refused:
        wire.opened(wire.read(text), SECRET)
    assert refused.value.code == "altered"


def test_a_content_that_swells_is_refused():
    text = wire.packed("0" * (wire.MOST_CONTENT + 10), number="0123456789", sequence=1, secret=SECRET, deflated=True)
    assert len(text) < 10_000
    with pytest.raises(wire.Unaccepted) as refused:
        wire.opened(wire.read(text), SECRET)
    assert refused.value.code == "unreadable"


def test_too_long_a_text_is_not_looked_through():
    with pytest.raises(wire.Unaccepted):
        wire.read("L" * (wire.MOST_TEXT + 1))
