"""Stored files keep no path of the sender's and are read only through their record."""

import pytest

from luoshi.engine import samples
from luoshi.engine.register import register
from luoshi.foundation.files import clean_name, store
from luoshi.foundation.grants import Verb


@pytest.mark.parametrize(("sent", "kept"), [
    ("../../etc/passwd", "passwd"), ("C:\\temp\\纪要.docx", "纪要.docx"), ("a\u202egpj.exe", "agpj.exe"),
    ("\x00\n", "file"), ("", "file"), ("会" * 300, "会" * 200),
])
def test_names_are_cleaned(sent, kept):
    assert clean_name(sent) == kept


def test_a_file_is_found_by_who_may_read_its_record_and_by_nobody_else(house, system, grant, client_of):
    row = samples.saved(register("meeting"), house.here, system)
    kept = store("会议材料".encode(), name="材料.txt", register="meeting", row=row.pk)
    own = client_of(grant(house.here, Verb.SEE)).get(f"/files/{kept.token}/")
    assert own.status_code == 200
    assert b"".join(own.streaming_content).decode() == "会议材料"
    assert "attachment" in own["Content-Disposition"]
    assert client_of(grant(house.beside, Verb.MANAGE)).get(f"/files/{kept.token}/").status_code == 404
