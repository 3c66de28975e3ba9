"""The letter with its three parts, the receipt of a letter from outside, and the certificate of a member away."""

from datetime import date

import pytest

from luoshi.engine import samples
from luoshi.engine.actor import system_actor
from luoshi.engine.documents.text import plain_text
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.registers.membership.documents import transfer as documents
from luoshi.registers.membership.models import Transfer
from tests.conftest import TODAY

from . import walking

pytestmark = pytest.mark.django_db
ACTOR = system_actor(TODAY)


def made(house, **more):
    row = Transfer(unit=house.here, person=walking.full_member(house.here, name="林知远"), drafted_on=date(2026, 10, 8), **more)
    return samples.write.save(ACTOR, register("transfer"), row)


def test_a_letter_has_stub_letter_and_slip(house):
    row = made(house, kind="within", receiver=house.far, letter_no="组转〔2026〕7号", issued_on=date(2026, 10, 10))
    text = plain_text(documents.letter(row, ACTOR))
    found = [text.index(one) for one in ("一、存根", "二、介绍信", "三、回执")]
    assert found == sorted(found)
    for words in ("林知远", "组转〔2026〕7号", "乙中心党支部", "正式党员", "30 天", "2026年11月9日止", "机关党委"):
        assert words in text, words


def test_a_draft_says_so_and_a_letter_from_outside_prints_the_receipt_only(house):
    assert "草稿" in documents.letter(made(house, kind="out", outside="某局党委"), ACTOR).title
    row = Transfer(unit=house.here, kind="in", newcomer="方见山", newcomer_number="N9", joined=date(2015, 1, 1), outside="某局党委",
                   letter_no="外转第3号", issued_on=date(2026, 10, 1), drafted_on=date(2026, 10, 8))
    row = samples.write.save(ACTOR, register("transfer"), row)
    paper = documents.letter(row, ACTOR)
    text = plain_text(paper)
    assert paper.title == "党员组织关系介绍信回执"
    assert "存根" not in text
    assert "外转第3号介绍信转来的方见山同志" in text


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_papers_are_served_to_who_may_see_them(ending, house, grant, client_of):
    row = made(house, kind="within", receiver=house.far, letter_no="组转〔2026〕7号", issued_on=date(2026, 10, 10))
    away = samples.saved(register("away"), house.here, ACTOR)
    client = client_of(grant(house.here, Verb.SEE))
    for address in (f"/r/transfer/{row.pk}/document/letter.{ending}", f"/r/away/{away.pk}/document/certificate.{ending}"):
        answer = client.get(address)
        assert (answer.status_code, answer.content[:2]) == (200, b"PK" if ending == "docx" else b"%P")
        assert client_of(grant(house.beside, Verb.SEE)).get(address).status_code == 404


def test_a_certificate_names_member_and_place(house):
    away = samples.saved(register("away"), house.here, ACTOR, since=date(2026, 9, 1), until=date(2026, 12, 20), destination="云川市",
                         person=walking.full_member(house.here, name="林知远"))
    text = plain_text(documents.certificate(away, ACTOR))
    for words in ("林知远", "云川市", "2026年9月1日", "2026年12月20日", "甲司第一党支部"):
        assert words in text, words
