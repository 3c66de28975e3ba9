"""Lines of work: a grant for one line opens the records of that line and of no other."""

import pytest
from django.core.exceptions import PermissionDenied

from luoshi.engine import samples, write
from luoshi.engine.actor import actor_of
from luoshi.engine.register import register
from luoshi.foundation.grants import EVERY, Grant, Line, Verb


@pytest.fixture
def union(house, grant, system):
    """An organiser whose grant on the root is for the union's line alone."""
    account = grant(house.root, None)
    Grant.objects.create(account=account, unit=house.root, register=EVERY, verb=Verb.MANAGE, line=Line.UNION,
                         since=system.today)
    return actor_of(account, system.today)


def test_rows_of_another_line_do_not_exist(house, system, union):
    one = register("event")
    mine = samples.saved(one, house.here, system, line=Line.UNION, title="健步走")
    for line in ("", Line.YOUTH):
        samples.saved(one, house.here, system, line=line, title=f"其他{line}")
    assert list(one.rows(union)) == [mine]
    assert list(one.rows(union, Verb.MANAGE)) == [mine]


def test_a_record_cannot_be_made_in_or_moved_to_another_line(house, system, union):
    one = register("event")
    row = samples.saved(one, house.here, union, line=Line.UNION)
    for line in ("", Line.YOUTH):
        with pytest.raises(PermissionDenied):
            samples.saved(one, house.here, union, line=line, title="不在条线内")
        row.line = line
        with pytest.raises(PermissionDenied):
            write.save(union, one, row)


def test_a_register_of_one_line_is_closed_to_the_others(house, system, union):
    meetings = register("meeting")
    assert meetings.line == Line.PARTY
    samples.saved(meetings, house.here, system)
    assert not meetings.may(union, Verb.SEE)
    assert not meetings.rows(union).exists()
    with pytest.raises(PermissionDenied):
        samples.saved(meetings, house.here, union)
