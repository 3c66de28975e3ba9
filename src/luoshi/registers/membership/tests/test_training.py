"""What classes of the training register come to is written into the case: nobody types it twice."""

from datetime import date

import pytest

from luoshi.engine import samples, write
from luoshi.engine.candidates import called
from luoshi.engine.register import register

from . import walking
from .test_development_pages import branch, case, office, people

__all__ = ["branch", "case", "office", "people"]


def finished(house, system, case, name="发展对象培训班", **more):
    given = {"ends_on": date(2025, 8, 8), "days": 3, "hours": 24, **more}
    held = samples.saved(register("training_class"), house.root, system, name=name, kind="object", starts_on=given["ends_on"], **given)
    return samples.saved(register("enrolment"), house.here, system, training=held, person=case.person, hours=held.hours, leave_hours=0,
                         result="completed", certificate=f"c-{name}")


@pytest.fixture
def listed(branch, office, case, people):
    """A case whose person is listed for admission and has sponsors and the review; the training is open."""
    return walking.walk(branch, office, case, people, until="political")


def test_one_who_is_listed_is_called_and_the_step_is_done_by_the_class(listed, house, system, branch, office, people):
    assert listed.person_id in called("objects", system)
    assert listed.person_id in called("activists", system), "the class of activists was missed"
    row = finished(house, system, listed)
    listed.refresh_from_db()
    assert (listed.trained_on, listed.training_days, listed.training_hours) == (date(2025, 8, 8), 3, 24)
    assert listed.training_paper == row.certificate
    assert walking.send(branch, listed, "committee", people).status_code == 302, "the next step can be done"


def test_a_class_taken_back_opens_the_step_again(listed, house, system):
    row = finished(house, system, listed)
    write.withdraw(system, register("enrolment"), row, reason="重复登记")
    listed.refresh_from_db()
    assert (listed.trained_on, listed.training_days, listed.training_hours, listed.training_paper) == (None, None, None, "")


def test_what_was_typed_stays_and_a_short_class_is_not_that_training(listed, house, system, office, people):
    finished(house, system, listed, name="一天的班", days=1, hours=8)
    listed.refresh_from_db()
    assert listed.trained_on is None
    assert walking.send(office, listed, "train", people, training_paper="手工登记").status_code == 302
    finished(house, system, listed, ends_on=date(2025, 9, 1))
    listed.refresh_from_db()
    assert (listed.trained_on, listed.training_paper) == (date(2025, 8, 8), "手工登记")


def test_a_withdrawn_class_of_before_leaves_the_next_steps_alone(listed, house, system, branch, people):
    row = finished(house, system, listed)
    assert walking.send(branch, listed, "committee", people).status_code == 302
    with pytest.raises(Exception, match="不能写入发展党员档案"):
        write.withdraw(system, register("enrolment"), row, reason="重复登记")
    listed.refresh_from_db()
    assert listed.trained_on == date(2025, 8, 8)
