"""Places: what lies below, beside and above is a matter of comparing text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.kernel import places

numbers = st.lists(st.integers(1, 36**4 - 1), max_size=6)


def place_of(path: list[int]) -> str:
    found = ""
    for n in path:
        found = places.child(found, n)
    return found


some_place = numbers.map(place_of)


def test_segments_count_in_base_36() -> None:
    assert places.child("", 1) == "0001"
    assert places.child("0001", 3) == "00010003"
    assert places.child("", 35) == "000Z"
    assert places.child("", 36) == "0010"
    assert places.child("", 36**4 - 1) == "ZZZZ"


@pytest.mark.parametrize("n", [0, -1, 36**4])
def test_a_number_outside_the_segment_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="下级序号"):
        places.child("", n)


@pytest.mark.parametrize("parent", ["1", "00a1", "0001/", "000一"])
def test_what_is_no_place_has_no_children(parent: str) -> None:
    with pytest.raises(ValueError, match="层级编码"):
        places.child(parent, 1)


def test_the_root_has_no_parent_and_no_number() -> None:
    with pytest.raises(ValueError, match="没有上级"):
        places.parent("")
    with pytest.raises(ValueError, match="没有序号"):
        places.number("")


@given(some_place, st.integers(1, 36**4 - 1))
def test_a_child_knows_its_parent_number_and_depth(place: str, n: int) -> None:
    child = places.child(place, n)
    assert places.parent(child) == place
    assert places.number(child) == n
    assert places.depth(child) == places.depth(place) + 1
    assert places.ancestors(child) == [*places.ancestors(place), *([place] if place else [])]


@given(some_place, some_place)
def test_the_span_holds_exactly_what_lies_below(place: str, root: str) -> None:
    lo, hi = places.span(root)
    # C collation compares bytes
    inside = lo.encode() <= place.encode() < hi.encode()
    assert inside == places.below(place, root)


@given(numbers, numbers)
def test_descendants_lie_in_the_span(path: list[int], more: list[int]) -> None:
    root, deep = place_of(path), place_of(path + more)
    lo, hi = places.span(root)
    assert lo <= deep < hi
    assert places.below(deep, root)
    assert places.top(deep, len(path)) == root


@given(some_place, st.integers(1, 36**4 - 2))
def test_a_neighbour_lies_outside_the_span_and_after_it(parent: str, n: int) -> None:
    here, beside = places.child(parent, n), places.child(parent, n + 1)
    assert places.span(here)[1] < beside
    assert not places.below(beside, here)


@given(numbers, numbers)
def test_text_order_is_tree_order(left: list[int], right: list[int]) -> None:
    assert (place_of(left) < place_of(right)) == (left < right)


@given(some_place, st.sets(st.integers(1, 36**4 - 2)))
def test_the_next_sibling_is_new_and_comes_last(parent: str, taken: set[int]) -> None:
    siblings = [places.child(parent, n) for n in taken]
    new = places.child(parent, places.next_sibling_number(siblings))
    assert all(one < new for one in siblings)


def test_the_first_sibling_is_number_one() -> None:
    assert places.next_sibling_number([]) == 1


def test_top_of_a_shallow_place_is_itself() -> None:
    assert places.top("00010002") == "0001"
    assert places.top("0001", 3) == "0001"
    assert places.top("00010002", 0) == ""
