"""The API: keys, the five verbs, parts of a record, refusals in words, and the schema as it was agreed."""

import json
import os
import re
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.engine import samples
from luoshi.engine.api.tokens import digest, issue
from luoshi.engine.models import ApiKey
from luoshi.engine.register import register
from luoshi.foundation import trail
from luoshi.foundation.grants import Grant, Verb

TODAY = date(2026, 11, 23)
STORED = Path(__file__).parent.parent / "snapshots" / "openapi.json"


class Program:
    """A program with a key: every call as JSON."""

    def __init__(self, key: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {key}"}, raise_request_exception=False)

    def __call__(self, verb: str, path: str, body=None, **headers):
        more = {} if body is None else {"data": body if isinstance(body, str | bytes) else json.dumps(body),
                                        "content_type": "application/json"}
        return getattr(self.client, verb)(f"/api/{path}", headers=headers, **more)


@pytest.fixture
def account(house, grant):
    return grant(house.above, Verb.MANAGE)


@pytest.fixture
def call(account):
    return Program(issue(account, label="对接", until=TODAY))


def meeting(house, **more):
    return {"unit": house.here.pk, "kind": "members", "held_on": "2026-03-05", "topic": "讨论年度计划",
            "expected": 20, "present": 18, **more}


def test_create_read_change_withdraw(call, house):
    made = call("post", "meeting/", meeting(house))
    assert made.status_code == 201, made.content.decode()
    row = made.json()
    assert (row["version"], row["topic"], row["absences"], row["votes"]) == (1, "讨论年度计划", [], [])
    address = f"meeting/{row['id']}/"
    assert call("get", address).json() == row
    changed = call("patch", address, {"topic": "改后的议题", "version": 1})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert call("put", address, meeting(house)).status_code == 405
    assert [one["id"] for one in call("get", "meeting/").json()["results"]] == [row["id"]]
    assert call("delete", address).json() == {"reason": ["请写明撤回原因，例如：重复登记"]}
    assert call("delete", f"{address}?reason=重复登记").status_code == 204
    assert call("get", address).status_code == 404
    assert call("get", "meeting/").json()["results"] == []
    assert [line.verb for line in trail.Line.objects.filter(register="meeting").order_by("seq")] == [
        "add", "change", "withdraw"]


def test_two_programs_meet_and_neither_overwrites(call, house):
    row = call("post", "meeting/", meeting(house)).json()
    call("patch", f"meeting/{row['id']}/", {"present": 17, "version": 1})
    late = call("patch", f"meeting/{row['id']}/", {"present": 16, "version": 1})
    assert (late.status_code, "已被修改" in late.json()["detail"]) == (409, True)
    assert call("get", f"meeting/{row['id']}/").json()["present"] == 17


def test_a_repeated_submission_makes_one_row(call, house):
    first = call("post", "meeting/", meeting(house), **{"Idempotency-Key": "k1"})
    again = call("post", "meeting/", meeting(house, topic="另一次"), **{"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code) == (201, 409)
    assert "无需再次提交" in again.json()["detail"]
    assert register("meeting").base().count() == 1


@pytest.mark.parametrize(("body", "field"), [
    ({"held_on": "昨天"}, "held_on"), ({"present": 21}, "present"), ({"expected": -1}, "expected"),
    ({"topic": ""}, "topic"), ({"topic": "长" * 201}, "topic"), ({"kind": "tea"}, "kind"), ({"unit": None}, "unit"),
    ({"unit": 10**30}, "unit"), ({"unit": "x"}, "unit"), ({"chair": 1.5}, "chair"), ({"topic": "a\x00b"}, "topic"),
    ({"held_on": "2026-11-24"}, "held_on"), ({"absences": "x"}, "absences"), ({"absences": [{}]}, "absences"),
])
def test_what_is_wrong_is_said_at_its_field_in_chinese(call, house, body, field):
    answer = call("post", "meeting/", meeting(house, **body))
    assert answer.status_code == 400, answer.content.decode()
    assert list(answer.json()) == [field]
    assert any("\u4e00" <= c <= "\u9fff" for c in json.dumps(answer.json()[field], ensure_ascii=False))
    assert register("meeting").base().count() == 0


def test_a_missing_field_is_asked_for(call):
    assert {"unit", "kind", "topic"} <= set(call("post", "meeting/", {}).json())


def test_what_the_rules_ask_for_is_asked_for_too(call, house):
    body = {name: value for name, value in meeting(house).items() if name not in ("expected", "present")}
    assert set(call("post", "meeting/", body).json()) == {"expected"}
    assert set(call("post", "meeting/", {**body, "held_on": None}).json()) == {"held_on"}


def test_foreign_rows_units_and_persons_do_not_exist(call, house, system):
    far = samples.saved(register("meeting"), house.far, system)
    for verb, body in (("get", None), ("patch", {"topic": "x"}), ("delete", None)):
        assert call(verb, f"meeting/{far.pk}/?reason=x", body).status_code == 404
    stranger = samples.person(house.far)
    for body in ({"unit": house.far.pk}, {"chair": stranger.pk},
                 {"absences": [{"person": stranger.pk, "reason": "sick"}]}):
        answer = call("post", "meeting/", meeting(house, **body))
        assert answer.status_code == 400
        unknown = re.sub(r'": (\d{1,9})\b', lambda m: f'": {int(m[1]) + 10**6}', json.dumps(body))
        told = call("post", "meeting/", meeting(house, **json.loads(unknown))).content.decode()
        assert re.sub(r"\d+", "", told) == re.sub(r"\d+", "", answer.content.decode())
        assert stranger.name not in answer.content.decode()
    mine = samples.saved(register("meeting"), house.here, system)
    assert call("patch", f"meeting/{mine.pk}/", {"unit": house.far.pk}).status_code == 400


@pytest.mark.parametrize("key", ["", "Bearer", "Bearer x", "Bearer é", "Basic YTpi", "Bearer a b"])
def test_strangers_are_not_let_in(db, key):
    answer = Client(headers={"Authorization": key} if key else {}).get("/api/meeting/")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


def test_a_key_ends_with_its_day_its_account_and_its_grants(account, house):
    key = issue(account, label="对接", until=TODAY - timedelta(days=1))
    assert Program(key)("get", "meeting/").status_code == 401
    good = Program(issue(account, label="对接", until=TODAY))
    assert good("get", "meeting/").status_code == 200
    assert not ApiKey.objects.filter(digest=key).exists(), "only a digest is stored"
    assert ApiKey.objects.filter(digest=digest(key)).exists()
    Grant.objects.filter(account=account).delete()
    assert good("get", "meeting/").status_code == 403
    account.is_active = False
    account.save()
    assert good("get", "meeting/").status_code == 401


def test_pages_of_a_list_are_the_list_and_cost_the_same(call, house, system):
    one = register("meeting")
    for n in range(60):
        samples.saved(one, house.here, system, held_on=TODAY - timedelta(days=n % 9), topic=f"议题{n}")
    seen, after, costs = [], "", []
    while True:
        with CaptureQueriesContext(connection) as queries:
            page = call("get", f"meeting/?after={after}").json()
        costs.append(len(queries))
        seen += [row["id"] for row in page["results"]]
        after = page["after"]
        if not after:
            break
    assert seen == list(one.rows(system).order_by(*one.order).values_list("pk", flat=True))
    assert costs[0] == costs[1] <= 8
    back = call("get", f"meeting/?before={page['before']}").json()
    assert [row["id"] for row in back["results"]] == seen[:50]
    for marker in ("x", "W10", "WyJ4IiwxXQ"):
        assert call("get", f"meeting/?after={marker}").status_code == 400


def test_what_is_not_of_the_form_cannot_be_set(call, house):
    more = {"place": "9999", "version": 77, "withdrawn": True, "created_at": "2000-01-01T00:00:00Z", "id": 4242}
    row = call("post", "meeting/", meeting(house, **more)).json()
    stored = register("meeting").model.objects.get(pk=row["id"])
    assert (stored.place, stored.version, stored.withdrawn) == (house.here.place, 1, False)
    assert stored.created_at.year >= 2026
    assert stored.pk != 4242
    call("patch", f"meeting/{row['id']}/", {**more, "version": 1})
    stored.refresh_from_db()
    assert (stored.place, stored.version, stored.withdrawn, stored.pk) == (house.here.place, 2, False, row["id"])


def test_parts_of_a_record_are_read_and_written(call, house):
    people = [samples.person(house.here) for _n in range(3)]
    absences = [{"person": people[0].pk, "reason": "sick"}, {"person": people[1].pk, "reason": "leave"}]
    vote = {"subject": "接收预备党员", "matter": "admission", "entitled": 20, "present": 18, "yes": 18, "no": 0, "abstain": 0}
    row = call("post", "meeting/", meeting(house, absences=absences, votes=[vote])).json()
    assert (row["absences"], row["votes"]) == (absences, [vote])
    address = f"meeting/{row['id']}/"
    assert call("get", address).json() == row
    same = call("patch", address, {"topic": "另一议题"}).json()
    assert same["absences"] == absences, "parts that are not sent stay"
    other = [{"person": people[2].pk, "reason": "travel"}]
    assert call("patch", address, {"absences": other}).json()["absences"] == other
    assert call("patch", address, {"absences": []}).json()["absences"] == []
    line = trail.Line.objects.filter(register="meeting", row=row["id"]).order_by("-seq")[0]
    assert trail.loads(line.data)["absences"][1] == []
    twice = call("patch", address, {"absences": [absences[0], absences[0]]})
    assert (twice.status_code, "重复" in twice.content.decode()) == (400, True)
    many = call("patch", address, {"absences": [absences[0]] * 301})
    assert many.status_code == 400
    assert call("get", address).json()["absences"] == []


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
                    max_leaves=6)
FIELDS = ["unit", "kind", "held_on", "starts", "topic", "chair", "expected", "present", "decisions", "absences", "votes",
          "version", "place"]


@settings(max_examples=80, deadline=None, database=None, derandomize=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(body=st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6))
def test_no_body_breaks_it(call, house, body):
    answer = call("post", "meeting/", {**meeting(house), **body})
    assert answer.status_code in (201, 400), answer.content[:500]


@settings(max_examples=40, deadline=None, database=None, derandomize=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=40) | JSON.map(json.dumps))
def test_no_bytes_break_it(call, body):
    assert call("post", "meeting/", body).status_code == 400


@pytest.mark.parametrize("body", ['{"unit": 1e400}', '{"expected": 1e400}', '{"expected": NaN}', '{"topic": "\\ud800"}',
                                  "[" * 2000, '{"version": 99999999999999999999}', '{"unit": true}', '{"chair": {}}',
                                  '{"absences": [1, null]}', '{"votes": {"a": 1}}', "null", "[]", '"x"'])
def test_awkward_numbers_and_depths_are_refused(call, house, body):
    if body.startswith("{"):
        body = json.dumps(meeting(house))[:-1] + "," + body[1:]
    assert call("post", "meeting/", body).status_code in (201, 400)


def same_on_both(part):
    """The schema without what the database alone decides: how large a whole number may be."""
    if isinstance(part, dict):
        return {k: same_on_both(v) for k, v in part.items()
                if not (k in ("maximum", "minimum") and isinstance(v, int) and abs(v) >= 2**15 - 1)
                and not (k == "format" and v == "int64")}
    return [same_on_both(one) for one in part] if isinstance(part, list | tuple) else part


def test_the_schema_is_the_agreed_one(db):
    from drf_spectacular.drainage import GENERATOR_STATS
    from drf_spectacular.generators import SchemaGenerator

    GENERATOR_STATS.reset()
    with GENERATOR_STATS.silence():
        schema = SchemaGenerator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS
    text = json.dumps(same_on_both(schema), ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"
    if os.environ.get("UPDATE_SNAPSHOTS") == "1":
        STORED.parent.mkdir(exist_ok=True)
        STORED.write_text(text, encoding="utf-8")
    assert STORED.read_text(encoding="utf-8") == text, "changed on purpose? run this test with UPDATE_SNAPSHOTS=1"
    assert Client().get("/api/schema/").status_code == 200


def test_the_command_issues_a_key_that_opens(account):
    out = StringIO()
    call_command("apikey", account.login, "人事系统", "2026-12-31", stdout=out)
    assert Program(out.getvalue().strip())("get", "meeting/").status_code == 200
    assert ApiKey.objects.get().label == "人事系统"
    for words in ((account.login, "x", "2026-11-22"), (account.login, "x", "soon"), ("nobody", "x", "2027-01-01"),
                  (account.login, "", "2027-01-01")):
        with pytest.raises(CommandError):
            call_command("apikey", *words)
