"""Moves: a life-cycle that cannot be reached or left is refused when it is declared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.kernel.moves import Moves

STATES = {"draft": "草稿", "handed_in": "已报送", "approved": "已批准", "returned": "已退回"}
ALLOWED = frozenset({
    ("draft", "handed_in"), ("handed_in", "approved"), ("handed_in", "returned"), ("returned", "handed_in"),
})
LIFE = Moves(STATES, ALLOWED, "draft", frozenset({"approved"}))


def test_only_declared_moves_are_possible() -> None:
    assert LIFE.can("draft", "handed_in")
    assert not LIFE.can("draft", "approved")
    assert not LIFE.can("draft", "draft")
    assert LIFE.targets("handed_in") == ("approved", "returned")
    assert LIFE.targets("approved") == ()
    assert LIFE.label("draft") == "草稿"
    assert LIFE.reachable("returned") == {"returned", "handed_in", "approved"}


@pytest.mark.parametrize(
    ("states", "allowed", "start", "ends", "why"),
    [
        (STATES, ALLOWED | {("draft", "lost")}, "draft", {"approved"}, "未定义的状态：lost"),
        (STATES, ALLOWED, "begun", {"approved"}, "未定义的状态：begun"),
        (STATES, ALLOWED, "draft", {"approved", "gone"}, "未定义的状态：gone"),
        (STATES | {"lonely": "孤立"}, ALLOWED | {("lonely", "draft")}, "draft", {"approved"}, "无法到达的状态：lonely"),
        (STATES, ALLOWED, "draft", set(), "只进不出、又未声明为终点的状态：approved"),
        (STATES, ALLOWED, "draft", {"approved", "returned"}, "声明为终点却还能离开的状态：returned"),
    ],
)
def test_a_faulty_declaration_names_the_state(
    states: dict[str, str], allowed: frozenset[tuple[str, str]], start: str, ends: set[str], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        Moves(states, frozenset(allowed), start, frozenset(ends))


@given(st.sets(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"))), st.sets(st.sampled_from("abcde")))
def test_what_is_accepted_can_be_reached_and_left(allowed: set[tuple[str, str]], ends: set[str]) -> None:
    states = {one: one for one in "abcde"}
    try:
        life = Moves(states, frozenset(allowed), "a", frozenset(ends))
    except ValueError:
        return
    assert life.reachable("a") == set(states)
    for state in states:
        assert bool(life.targets(state)) != (state in ends)
