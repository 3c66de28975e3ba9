"""Posts at a glance, what a packet carries and weighs, two uploads at once, light pages, the way to a hand-over."""

import gzip
import json
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.engine import handover, samples, write
from luoshi.engine.packets import carried, contents
from luoshi.engine.packets.page import Oversized, page
from luoshi.engine.register import register, registers
from luoshi.foundation.people import Position, Post
from luoshi.registers.overseas import forms
from luoshi.registers.overseas.documents import packet_file
from luoshi.registers.overseas.models import Contact, Packet, PacketPaper, Rotation

from .conftest import meeting

LIGHT = 15 * 1024


def opened(file: bytes) -> dict:
    found = re.search(r'id="content">(.*?)</script>', file.decode(), re.S)
    assert found
    return json.loads(found[1])


def test_the_packet_of_the_largest_post_with_all_its_papers_stays_under_its_limit(post):
    for _n in range(24):
        one = samples.person(post.unit)
        position = Position(unit=post.unit, person=one, post=Post.MEMBER, since=post.secretary.today)
        position.settle()
        position.save()
    packet = Packet.objects.get()
    papers = [PacketPaper(title=f"材料{n}", text="学" * 16_000) for n in range(3)]
    write.save(post.secretary, register("packet"), packet, lines={"papers": papers})
    file = packet_file(packet, post.secretary)
    assert 150_000 < len(file) <= contents.MOST_BYTES
    found = opened(file)
    assert len(found["papers"]) == 2 and found["left"] == ["材料2"], "what does not fit is named"
    assert len(found["people"]) == 30


def test_a_file_above_the_limit_is_not_made():
    with pytest.raises(Oversized):
        page({"words": {"no_script": ""}, "text": "x" * contents.MOST_BYTES}, "0" * 64)


def test_a_packet_carries_duties_with_both_clocks_forms_and_the_roster(post):
    found = opened(packet_file(Packet.objects.get(), post.secretary))
    assert [name for _pk, name in found["people"]] == [one.name for one in sorted(post.people, key=lambda p: (p.strokes, p.pk))]
    duty = next(one for one in found["duties"] if one["fill"] == {"kind": "members"} and one["due"] == "2026-12-31")
    assert (duty["beijing"], duty["local"], duty["reg"]) == ("12-31 23:59", "12-31 10:59", "meeting")
    form = next(one for one in found["forms"] if one["n"] == "meeting")
    kinds = {one["n"]: one["t"] for one in form["f"]}
    assert (kinds["held_on"], kinds["kind"], kinds["chair"], kinds["discussion"], kinds["starts"]) == (
        "date", "select", "person", "area", "time")
    assert form["presets"]["kind"]["members"]["expected"] == "6"
    assert {part["n"] for part in form["p"]} == {"absences", "votes"}


def test_what_is_sensitive_sealed_or_a_packet_never_travels(post):
    found = {one.name for one in carried.carried(post.secretary, post.unit)}
    assert "meeting" in found
    assert not found & ({one.name for one in registers() if one.sensitive} | {"packet", "unit", "person"})


def test_the_file_asks_for_nothing_outside_and_may_not(post):
    html = packet_file(Packet.objects.get(), post.secretary).decode()
    shell = re.sub(r'<script type="application/json".*?</script>', "", html, flags=re.S)
    assert "default-src 'none'" in unescape(shell)
    assert not re.findall(r"(?:src|href|action)\s*=\s*[\"']", shell)
    assert not re.findall(r"https?://|\bfetch\(|XMLHttpRequest|@import|\burl\(", shell)
    evil = Packet.objects.get()
    evil.note = "</script><script>alert(1)</script>"
    write.save(post.secretary, register("packet"), evil)
    html = packet_file(evil, post.secretary).decode()
    assert "<script>alert" not in html
    assert opened(html.encode())["note"] == evil.note


def test_the_secret_is_sealed_and_in_no_trail(post):
    from luoshi.foundation.sealed import clear
    from luoshi.foundation.trail import Line

    secret = clear(Packet.objects.get().secret)
    assert len(secret) == 64
    assert all(secret not in json.dumps(one.changes if hasattr(one, "changes") else str(vars(one)), default=str)
               for one in Line.objects.filter(register="packet"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM overseas_packet")
        assert secret not in cursor.fetchone()[0]


def test_only_those_who_may_change_it_get_the_file(post, client, grant, house, client_of):
    address = f"/overseas/packets/{post.packet.pk}/packet.html"
    from luoshi.foundation.grants import Verb

    assert client_of(grant(house.root, Verb.SEE)).get(address).status_code in (403, 404)
    assert client_of(grant(house.here, Verb.MANAGE)).get(address).status_code == 404
    client.force_login(post.account)
    answer = client.get(address)
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    post.packet.refresh_from_db()
    write.move(post.secretary, register("packet"), post.packet, "revoked")
    assert client.get(address).status_code == 302


def test_all_posts_at_a_glance_cost_the_same_for_one_and_for_twenty(post, client, house, system):
    client.force_login(post.office)
    write.save(post.office_actor, register("contact"), Contact(unit=post.unit, planned_on=post.office_actor.today, matter="核对登记"))

    def asked() -> tuple[int, str]:
        with CaptureQueriesContext(connection) as seen:
            answer = client.get("/overseas/posts/")
        assert answer.status_code == 200
        return len(seen), answer.content.decode()

    asked()
    few, html = asked()
    assert post.unit.name in html and "共 1 个驻外支部" in html and "晚 13 小时" in html and "2026-11-23" in html
    for _n in range(19):
        samples.unit(system, parent=house.above, kind="overseas", zone="Asia/Tokyo")
    asked()
    many, html = asked()
    assert few == many <= 20
    assert "早 1 小时" in html


def test_pages_of_a_post_are_light(post, client):
    client.force_login(post.account)
    forms.take(forms.opened(post.back(meeting()), post.office_actor), post.office_actor)
    for address in ("/", "/waiting/", "/meetings/record/", "/overseas/return/", "/r/packet/", "/r/meeting/", "/duties/",
                    f"/overseas/packets/{post.packet.pk}/items/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert len(gzip.compress(answer.content)) <= LIGHT, address
        assert "<img" not in answer.content.decode()


def test_the_first_screen_offers_the_packet(post, client):
    client.force_login(post.account)
    html = client.get("/waiting/").content.decode()
    assert "下载 2026-11 离线包" in html and f"/overseas/packets/{post.packet.pk}/packet.html" in html


def test_a_packet_is_for_a_person_of_the_unit_with_an_account(post, house):
    from django.core.exceptions import ValidationError

    for person, words in ((post.people[1], "没有启用的账号"), (samples.person(house.here), "没有启用的账号")):
        with pytest.raises(ValidationError) as refused:
            write.save(post.office_actor, register("packet"), Packet(unit=post.unit, person=person, month=post.office_actor.today))
        assert words in str(refused.value)


def test_a_term_abroad_leads_to_the_hand_over(post, client):
    client.force_login(post.office)
    row = write.save(post.office_actor, register("rotation"), Rotation(
        unit=post.unit, person=post.people[0], successor=post.people[1], duty="支部书记", since="2024-01-01", until="2026-12-31"))
    address = client.get(f"/overseas/rotations/{row.pk}/handover/")["Location"]
    assert f"leaving={post.people[0].pk}" in address and f"taking={post.people[1].pk}" in address
    assert client.get(address).status_code == 200


def test_open_contacts_go_into_the_hand_over(post):
    write.save(post.office_actor, register("contact"), Contact(unit=post.unit, planned_on=post.office_actor.today, matter="核对登记"))
    blocks = dict(handover.gather(post.office_actor, post.unit))
    assert any("核对登记" in one.what for one in blocks["未完成的驻外联络"])
