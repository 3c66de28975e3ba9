"""Who is told of what, once; by the button, by the command, by mail and by robot; what is done is never told."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command

from luoshi.engine import samples
from luoshi.engine.actor import actor_of
from luoshi.engine.duties import duties, owed
from luoshi.engine.models import Channel, Delivery, Reach, Reminder
from luoshi.engine.register import register
from luoshi.engine.reminders import asking, robots, sending
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Unit

from .conftest import MOMENT

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
TOKEN = "abcdef0123456789-ABCDEF"
THEME = "life.theme_day"


def ask(house, **more):
    waiting = owed(root=house.here.place, today=TODAY, wanted=[duties()[THEME]])
    return asking.remind([one for one in waiting if one[0] == house.here], day=TODAY, moment=MOMENT, **more)


def hold_all(house, system):
    """Record what the branch owes of theme days."""
    for month in (8, 9, 10, 11):
        samples.saved(register("meeting"), house.here, system, kind="theme_day", held_on=date(2026, month, 10))


def inbox(account):
    return asking.open_of(account, actor_of(account, TODAY))


def test_those_who_record_at_the_unit_are_told_once_a_stage(house, people, grant):
    looker = grant(house.here, Verb.SEE, login="looker")
    first, second = ask(house), ask(house)
    assert first.accounts == 1 and second.accounts == 0 and second.before > 0
    told = {(one.account_id, one.unit_id) for one in Reminder.objects.all()}
    assert told == {(people.secretary.pk, house.here.pk)}
    assert inbox(people.secretary) and not inbox(looker) and not inbox(people.office)


def test_a_grant_that_has_ended_is_not_told_and_a_unit_without_anybody_is_named(house):
    told = ask(house)
    assert told.nobody == (house.here.name,) and not Reminder.objects.exists()


def test_the_inbox_closes_by_itself(house, people, system):
    ask(house)
    assert "主题党日" in people.at_branch.get("/inbox/").content.decode()
    hold_all(house, system)
    assert inbox(people.secretary) == []
    assert "没有未办的提醒" in people.at_branch.get("/inbox/").content.decode()


def test_reading_marks_only_ones_own(house, people, grant):
    other = grant(house.here, Verb.ADD, login="other")
    ask(house)
    people.at_branch.post("/inbox/")
    assert all(one.read for one in inbox(people.secretary)) and not any(one.read for one in inbox(other))


def test_the_button_tells_one_row_and_a_second_press_nobody(house, people):
    page = people.at_office.get(f"/duties/?unit={house.here.code}").content.decode()
    assert "/duties/remind/?" in page
    address = f"/duties/remind/?unit={house.here.code}&duty={THEME}&period=2026-10&only=1"
    answer = people.at_office.post(address, follow=True).content.decode()
    assert "已提醒 1 个账号" in answer and Reminder.objects.count() == 1
    assert "已经提醒过" in people.at_office.post(address, follow=True).content.decode()
    assert Reminder.objects.count() == 1
    assert people.at_office.get(address).status_code == 405
    assert "/duties/remind/?" not in people.at_branch.get("/duties/").content.decode(), "nobody needs to remind themselves"


def test_who_may_not_change_there_reminds_nobody(house, people, grant, client_of):
    stranger = client_of(grant(house.far, Verb.MANAGE, login="stranger"))
    assert stranger.post(f"/duties/remind/?unit={house.here.code}").status_code == 404
    assert people.at_branch.post(f"/duties/remind/?unit={house.here.code}").status_code == 403
    assert "/duties/remind/" not in people.at_branch.get(f"/duties/?unit={house.here.code}").content.decode()
    assert not Reminder.objects.exists()


def test_a_mail_says_kinds_and_counts_to_who_wants_it(house, people, mailbox):
    Reach.objects.create(account=people.secretary, mail="lin@example.cn", by_mail=True)
    assert ask(house).no_mail == 0
    assert sending.send(MOMENT) == 1 and sending.send(MOMENT) == 0
    (to, raw), = mailbox.letters
    assert "lin@example.cn" in to
    from email import message_from_bytes
    text = message_from_bytes(raw).get_payload(decode=True).decode()
    assert "主题党日" in text and "项" in text and "/inbox/" in text
    assert house.here.name not in text and "secretary" not in text


def test_what_was_done_before_sending_is_not_sent(house, people, mailbox, system):
    Reach.objects.create(account=people.secretary, mail="lin@example.cn", by_mail=True)
    ask(house)
    hold_all(house, system)
    assert sending.send(MOMENT) == 0 and mailbox.letters == []
    assert Delivery.objects.get().state == Delivery.State.DONE


def test_at_night_it_waits_for_the_morning_there(house, people, mailbox):
    Unit.objects.filter(pk=house.here.pk).update(zone="America/New_York")
    Reach.objects.create(account=people.secretary, mail="lin@example.cn", by_mail=True)
    ask(house)
    assert sending.send(MOMENT) == 0
    morning = datetime.fromisoformat("2026-11-23T08:00-05:00")
    assert Delivery.objects.get().not_before == morning
    assert sending.send(morning) == 1


def test_a_run_at_night_sends_nothing_that_was_due_by_day(house, people, mailbox):
    Reach.objects.create(account=people.secretary, mail="lin@example.cn", by_mail=True)
    ask(house)
    assert sending.send(MOMENT.replace(hour=22)) == 0 and mailbox.letters == []
    assert Delivery.objects.get().not_before == datetime.fromisoformat("2026-11-24T08:00+08:00")


def test_a_refused_mail_is_tried_again_later_five_times_and_said(house, people, mailbox):
    Reach.objects.create(account=people.secretary, mail="lin@example.cn", by_mail=True)
    mailbox.refusing = True
    ask(house)
    moment = MOMENT
    for wait in (5, 10, 20, 40):
        assert sending.send(moment) == 0
        one = Delivery.objects.get()
        assert one.state == Delivery.State.WAITING and one.not_before == moment + timedelta(minutes=wait)
        moment = one.not_before
    sending.send(moment)
    assert Delivery.objects.get().state == Delivery.State.FAILED
    assert "没有送达" in people.at_branch.get("/inbox/mail/").content.decode()


@pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
def test_a_robot_is_told_counts_and_its_token_is_never_shown(house, people, robot, settings, kind):
    address = settings.ROBOTS[kind].format(TOKEN)
    at = f"/inbox/robots/?unit={house.above.code}"
    page = people.at_office.post(at, {"kind": kind, "token": address}, follow=True)
    assert page.status_code == 200 and TOKEN not in page.content.decode()
    channel = Channel.objects.get()
    assert channel.token.clear() == TOKEN and TOKEN not in channel.token.stored
    people.at_office.post(at, {"pk": channel.pk, "do": "test"})
    ask(house)
    assert sending.send(MOMENT) == 1
    paths = {path for path, _body in robot.calls}
    assert len(robot.calls) == 2 and len(paths) == 1 and TOKEN in paths.pop()
    said = json.loads(robot.calls[-1][1])
    text = said["content"]["text"] if kind == "feishu" else said["text"]["content"]
    assert "主题党日" in text and "/duties/" in text and "secretary" not in text


@pytest.mark.parametrize("answer", [
    (200, b'{"errcode":93000,"errmsg":"invalid webhook url"}', {}), (200, b'{"code":19001,"msg":"bad"}', {}), (500, b"", {}),
    (302, b"", {"Location": "/elsewhere"}),
])
def test_a_robot_that_refuses_is_shown_to_who_manages_it(house, people, robot, answer):
    channel = Channel.objects.create(unit=house.above, kind="wecom", token=TOKEN)
    robot.answer = answer
    at = f"/inbox/robots/?unit={house.above.code}"
    people.at_office.post(at, {"pk": channel.pk, "do": "test"})
    assert len(robot.calls) == 1  # a redirect is not followed
    assert Channel.objects.get().failure and Channel.objects.get().failure in people.at_office.get(at).content.decode()


def test_a_robot_that_cannot_be_reached_is_tried_again(house, people, settings):
    settings.ROBOTS = {"wecom": "http://127.0.0.1:9/?key={}"}
    Channel.objects.create(unit=house.above, kind="wecom", token=TOKEN)
    ask(house)
    assert sending.send(MOMENT) == 0
    assert Delivery.objects.get().state == Delivery.State.WAITING and "连接不上" in Channel.objects.get().failure


@pytest.mark.parametrize("text", [
    "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + TOKEN, "https://qyapi.weixin.qq.com.evil.cn/?key=" + TOKEN,
    "https://qyapi.weixin.qq.com@127.0.0.1/?key=" + TOKEN, "https://127.0.0.1/?key=" + TOKEN, "file:///etc/passwd",
    "https://[::1", "short", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=../../x", "",
])
def test_other_addresses_are_refused(text):
    assert robots.token("wecom", text) == ""


def test_robots_are_for_who_manages_the_unit(house, people, grant, client_of):
    at = f"/inbox/robots/?unit={house.above.code}"
    assert people.at_branch.get(at).status_code in (403, 404)
    clerk = client_of(grant(house.above, Verb.CHANGE, login="clerk"))
    assert clerk.post(at, {"kind": "wecom", "token": TOKEN}).status_code == 403 and not Channel.objects.exists()
    other = Channel.objects.create(unit=house.far, kind="wecom", token=TOKEN)
    assert people.at_office.post(at, {"pk": other.pk, "do": "remove"}).status_code == 404
    assert people.at_office.post(at, {"kind": "wecom", "token": "nonsense"}).status_code == 422


def test_mail_settings_are_kept_masked(people):
    assert people.at_branch.post("/inbox/mail/", {"by_mail": "on"}).status_code == 422
    assert people.at_branch.post("/inbox/mail/", {"mail": "no address", "by_mail": "on"}).status_code == 422
    people.at_branch.post("/inbox/mail/", {"mail": "lin@example.cn", "by_mail": "on"})
    page = people.at_branch.get("/inbox/mail/").content.decode()
    assert "l***@example.cn" in page and "lin@example.cn" not in page
    people.at_branch.post("/inbox/mail/", {"mail": ""})
    kept = Reach.objects.get()
    assert not kept.by_mail and kept.mail.clear() == "lin@example.cn"


def test_the_command_tells_and_sends_and_a_second_run_nothing(house, people, mailbox, capsys):
    Reach.objects.create(account=people.secretary, mail="lin@example.cn", by_mail=True)
    call_command("remind")
    call_command("remind")
    assert len(mailbox.letters) == 1
    assert capsys.readouterr().out.count("1 messages sent") == 1


@pytest.mark.parametrize("rows", [1, 4])
def test_the_pages_ask_a_constant_number_of_queries(house, people, rows, django_assert_max_num_queries):
    keys = [one for one in duties() if one.startswith("life.")][:rows]
    waiting = owed(root=house.here.place, today=TODAY, wanted=[duties()[key] for key in keys])
    asking.remind(waiting, day=TODAY, moment=MOMENT, by_hand=True)
    for address in ("/inbox/", "/inbox/mail/", "/waiting/"):
        with django_assert_max_num_queries(20):
            assert people.at_branch.get(address).status_code == 200
