"""The card of a person's file as a paper."""

from luoshi.engine import samples, write
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Position
from luoshi.registers.organization import documents


def test_it_prints_masked_numbers_and_posts(house, system, grant, client_of):
    person = write.save(system, register("person"), samples.row(
        register("person"), house.here, system, name="林远", phone="13812345678", education="21"))
    write.save(system, register("position"), Position(unit=house.here, person=person, post="member", since=system.today))
    person.refresh_from_db()
    words = "\n".join(documents.card(person, system).texts())
    assert "林\u3000远" in words and "大学本科毕业" in words and "138****5678" in words and "13812345678" not in words
    office = client_of(grant(house.root, Verb.MANAGE))
    assert office.get(f"/r/person/{person.pk}/document/card.pdf").content[:5] == b"%PDF-"
