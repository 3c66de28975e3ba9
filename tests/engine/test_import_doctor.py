"""Tables as offices send them: every line of a 200-row torture workbook gets the verdict it deserves, and can be mended."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from luoshi.engine import events, samples, write
from luoshi.engine.models import Batch, BatchRow, KnownHeadings
from luoshi.engine.register import register
from luoshi.engine.transfer import batches, fixing, headings, proposals, sheets, writing
from luoshi.foundation.files import StoredFile
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person

PEOPLE = ["所在党支部", "党员姓名", "人员编号", "出生年月日", "入党时间"]


def no_bar(*_words) -> None:
    pass


def checked(actor, name: str, data: bytes, file: str = "表.xlsx") -> Batch:
    """The batch as the preview shows it."""
    job = batches.take(actor, register(name), data, file)
    batches.check(job, actor, no_bar)
    return Batch.objects.get(pk=job.payload["batch"])


def book(rows, *, merged=()) -> bytes:
    made, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    for spot in merged:
        made.active.merge_cells(spot)
    made.save(out)
    return out.getvalue()


# cells → (state, what is stored or proposed): (field, value), or a proposal after "→"
NAMES = ["𠮷田", "李·芳", "㐀", "欧阳娜娜", "王", "𰻝", "阿卜杜拉·买买提", "𡘙𠀋", "﨑山", "\ue863某", "司马相如"]
DATES = [("2008.7.1", "2008-07-01"), ("2008年7月1日", "2008-07-01"), ("２００８－０７－０１", "2008-07-01"), (39630, "2008-07-01"),
         (39630.0, "2008-07-01"), ("20080701", "2008-07-01"), (date(2008, 7, 1), "2008-07-01"), ("2008/7/1", "2008-07-01"),
         (" 2008-07-01 ", "2008-07-01"), ("2008-07-01 00:00:00", "2008-07-01"), ("2008. 7. 1", None)]
VAGUE = [("2008年7月", "2008-07-01"), ("2008.7", "2008-07-01"), ("200807", "2008-07-01"), ("98.7.1", "1998-07-01"),
         ("2008-02-30", ""), ("不详", ""), ("2008.13", ""), ("二〇〇八年", "")]


def torture(house):
    """[(cells, state, field or None, stored text or proposal)], 200 of them and more."""
    rows, n = [], 0

    def add(cells, state, name=None, value=None):
        nonlocal n
        n += 1
        whole = {"unit": house.here.name, "name": "张三", "number": f"T{n:04d}", "born": "", "joined": "2010.7.1"} | cells
        rows.append(([whole[k] for k in ("unit", "name", "number", "born", "joined")], state, name, value))

    for _round in range(6):
        for name in NAMES:
            kept = "﨑山" if name == "﨑山" else name
            add({"name": name}, "new", "name", kept)
        for text, day in DATES[:-1]:
            add({"joined": text}, "new", "joined", day)
        for text, proposal in VAGUE:
            add({"joined": text}, "error", "joined", proposal)
    for text in ("ＡＢ１２", " AB13 ", "AB14\u3000", "AB\u200b15"):
        add({"number": text}, "new", "number", {"ＡＢ１２": "AB12", " AB13 ": "AB13", "AB14\u3000": "AB14"}.get(text, "AB15"))
    add({"number": 12345}, "new", "number", "12345")
    add({"number": 110101199003070011}, "error", "number", "")
    add({"number": "长" * 33}, "error", "number", "")
    for text in (house.here.code, f"{house.above.name}/{house.here.name}", f"{house.root.name} > {house.above.name} > "
                 f"{house.here.name}", "甲司第一党支部 "):
        add({"unit": text}, "new", "unit", house.here.name)
    add({"unit": "甲司第一党支"}, "error", "unit", house.here.name)
    add({"unit": "没有的单位"}, "error", "unit", "")
    add({"unit": house.far.name}, "error", "unit", "")
    add({"unit": ""}, "error", "unit", "")
    for text in ("", "   ", "\u3000"):
        add({"name": text}, "error", "name", "")
    while len(rows) < 200:
        add({}, "new")
    return rows


@pytest.mark.parametrize("kind", ["xlsx", "csv", "gb18030"])
def test_the_torture_workbook_gets_the_expected_verdict_line_by_line(house, actor, kind):
    clerk = actor(house.above, Verb.MANAGE)
    rows = torture(house)
    above = [["甲司党员名册"], ["填报单位：甲司党总支", "", "2026年11月"], [], PEOPLE]
    below = [["注：入党时间按批准日期填写"], [], ["合计", "", 200], ["填表人：", "某某"]]
    again = rows[0][0]
    cells = [*above, *(row[0] for row in rows), PEOPLE, again, *below]
    if kind == "xlsx":
        data = book(cells, merged=["A1:E1"])
    else:
        data = sheets.write_csv([], cells).decode("utf-8-sig")
        data = data.encode("gb18030" if kind == "gb18030" else "utf-8")
        rows = [one for one in rows if one[0][2] != 110101199003070011]  # a text file has no number cells to spoil
    batch = checked(clerk, "person", data, "名册." + ("xlsx" if kind == "xlsx" else "csv"))
    stored = list(batch.rows.order_by("line"))
    if kind != "xlsx":
        stored = [row for row in stored if row.cells[2] != "110101199003070011"]
    assert len(stored) == len(rows) + 1, "title, notes, sums and headings printed again are no records"
    assert stored[-1].state == "repeat" and "第 " in stored[-1].reasons[0][1]
    wrong = [(row.line, row.cells, row.state, row.reasons, one[1:]) for row, one in zip(stored, rows, strict=False)
             if row.state != one[1]]
    assert wrong == []
    for row, (_cells, state, name, value) in zip(stored, rows, strict=False):
        if state == "error":
            places = {v: int(k) for k, v in batch.mapping.items()}
            assert fixing.proposals_of(row).get(places[name], "") == value, (row.cells, row.reasons)
    before = Person.objects.count()
    writing.write_batch(clerk, batch)
    good = [one for one in rows if one[1] == "new"]
    as_text = kind != "xlsx"  # the long number that a workbook has spoilt is a good one in a text file
    assert Person.objects.count() == before + len(good) + as_text == before + batch.rows.filter(state="new").count()
    for row, (_cells, state, name, value) in zip(stored, rows, strict=False):
        if state == "new" and name:
            person = Person.objects.get(pk=BatchRow.objects.get(pk=row.pk).row)
            assert str(getattr(person, name)) == value


def test_headings_in_two_rows_and_cells_merged_over_several_rows(house, actor):
    clerk = actor(house.above, Verb.MANAGE)
    data = book([["单位", "基本情况", "", "组织情况"], ["", "姓名", "职工号", "入党年月"],
                 [house.here.name, "张一", "M1", "2010-07-01"], [None, "张二", "M2", "2010-07-01"],
                 [house.beside.name, "张三", "M3", "2010-07-01"]],
                merged=["A1:A2", "B1:C1", "A3:A4"])
    batch = checked(clerk, "person", data)
    assert batch.counts == {"new": 3}
    writing.write_batch(clerk, batch)
    assert dict(Person.objects.filter(number__startswith="M").values_list("number", "unit__name")) == {
        "M1": house.here.name, "M2": house.here.name, "M3": house.beside.name}


@pytest.mark.parametrize(("heading", "field"), [
    ("党员姓名", "name"), ("姓　名", "name"), ("*姓名（必填）", "name"), ("人员编号", "number"), ("所属党支部名称", "unit"),
    ("入党日期（年月日）", "joined"), ("序号", None), ("备注", None),
])
def test_headings_are_guessed(heading, field):
    known = headings.answers_to(register("person"))
    words = ["工号", heading] if field != "number" else ["姓名", heading]
    assert headings.guess(known, words).get(1) == field


def test_columns_told_apart_once_are_remembered(house, grant, client_of, django_capture_on_commit_callbacks):
    client = client_of(grant(house.above, Verb.MANAGE))
    data = book([["甲", "乙", "丙"], [house.here.name, "张一", "K1"]])

    def send():
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post("/r/person/import/", {"file": SimpleUploadedFile("a.xlsx", data)})
        return client.get(answer["Location"])["Location"]

    page = send()
    assert page.endswith("/columns/")
    assert "没有找到表头" in client.get(page).content.decode()
    assert client.post(page, {"c0": "unit", "c1": "name", "c2": "name"}).status_code == 422
    assert client.post(page, {}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"c0": "unit", "c1": "name", "c2": "number"})
    assert Batch.objects.latest("pk").counts == {"new": 1}
    assert KnownHeadings.objects.get().mapping == {"0": "unit", "1": "name", "2": "number"}
    assert not send().endswith("/columns/")
    assert Batch.objects.latest("pk").counts == {"new": 1}


@pytest.fixture
def faulty(house, grant, client_of):
    """A clerk's batch with one good row, a vague day, a name of two persons, and an unknown unit."""
    account = grant(house.above, Verb.MANAGE)
    from luoshi.engine.actor import actor_of

    clerk = actor_of(account, date(2026, 11, 23))
    data = book([PEOPLE, [house.here.name, "张一", "F1", "", "2008-07-01"], [house.here.name, "张二", "F2", "", "2008年7月"],
                 ["哪里", "张三", "F3", "", "2008-07-01"], [house.here.name, "", "F4", "", "2009.7"]])
    return client_of(account), clerk, checked(clerk, "person", data)


def test_a_row_is_mended_on_the_page_and_nothing_typed_is_lost(faulty, house):
    client, _clerk, batch = faulty
    address = f"/r/person/import/{batch.pk}/"
    assert batch.counts == {"new": 1, "error": 3}
    page = client.get(f"{address}?state=error").content.decode()
    assert "建议改为“2008-07-01”" in page and 'value="2008-07-01"' in page
    unit = batch.rows.get(cells__2="F3")
    client.post(address, {"do": "mend", f"c-{unit.pk}-0": "还是没有"})
    unit.refresh_from_db()
    assert unit.state == "error" and unit.cells[0] == "还是没有", "kept as typed though it is still wrong"
    answer = client.post(address, {"do": "mend", f"c-{unit.pk}-0": house.beside.code}, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and 'hx-swap-oob="true"' in answer.content.decode()
    unit.refresh_from_db()
    assert unit.state == "new"
    client.post(address, {"do": "accept"})
    batch.refresh_from_db()
    assert batch.counts == {"new": 3, "error": 1}, "what has no name is not guessed"
    client.post(address, {"do": "write"})
    assert Person.objects.get(number="F3").unit == house.beside
    assert Person.objects.get(number="F2").joined == date(2008, 7, 1)
    client.post(address, {"do": "mend", f"c-{unit.pk}-0": "x"})
    unit.refresh_from_db()
    assert unit.cells[0] == house.beside.code, "a written batch is not mended any more"


def test_a_mended_row_must_not_repeat_another(faulty):
    client, _clerk, batch = faulty
    row = batch.rows.get(cells__2="F2")
    client.post(f"/r/person/import/{batch.pk}/", {"do": "mend", f"c-{row.pk}-4": "2008-07-01", f"c-{row.pk}-2": "F1"})
    row.refresh_from_db()
    assert row.state == "repeat"


def test_faulty_rows_come_back_marked_and_can_be_sent_again(faulty, house):
    client, clerk, batch = faulty
    data = client.get(f"/r/person/import/{batch.pk}/faulty.xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    ground = sheet["A2"].fill.start_color.rgb
    marked = {c.coordinate for row in sheet.iter_rows(min_row=4) for c in row if c.fill.start_color.rgb == ground}
    assert ground not in ("00000000", None) and marked == {"E4", "A5", "B6", "E6"}
    assert "建议" not in str(sheet["A4"].value) and "2008年7月" in sheet["F4"].value and sheet["G4"].value == 3
    sheet["E4"], sheet["A5"], sheet["B6"], sheet["E6"] = "2008-07-01", house.here.name, "张四", "2009-07-01"
    out = io.BytesIO()
    sheet.parent.save(out)
    assert checked(clerk, "person", out.getvalue()).counts == {"new": 3}


def test_persons_of_one_name_are_offered_and_the_own_units_is_proposed(house, actor, system):
    clerk = actor(house.above, Verb.MANAGE)
    here, other = samples.person(house.here, "林知远"), samples.person(house.beside, "林知远")
    data = book([["单位", "姓名", "职务", "任职日期"], [house.here.name, "林知远", "书记", "2026.1.1"],
                 [house.here.name, other.number, "组织委员", "2026.1.1"], [house.here.name, "林知远", "副书计", "2026.1.1"]])
    batch = checked(clerk, "position", data)
    first, second, third = batch.rows.order_by("line")
    assert second.state == "new"
    assert fixing.proposals_of(first) == {1: here.number}
    assert {code for code, _shown in first.reasons[0][3]} == {here.number, other.number}
    assert fixing.proposals_of(third)[2] == "副书记"


def test_an_update_shows_old_and_new_and_waits_for_nobody_elses_change(house, actor, system):
    clerk = actor(house.above, Verb.MANAGE)
    person = samples.person(house.here, "林知远", joined=date(2008, 7, 1))
    data = book([["单位", "姓名", "工号", "入党日期"], [house.here.name, "林知远", person.number, "2009-07-01"]])
    batch = checked(clerk, "person", data)
    (row,) = batch.rows.all()
    assert row.state == "change" and "2008-07-01" in row.reasons[0][1]
    person.name = "林知近"
    write.save(system, register("person"), person)
    assert writing.write_batch(clerk, batch) == {"error": 1}
    person.refresh_from_db()
    assert (person.name, person.joined) == ("林知近", date(2008, 7, 1)), "what was changed in between is not overwritten"


def test_somebody_elses_new_row_is_not_overwritten(house, actor, system):
    clerk = actor(house.above, Verb.MANAGE)
    batch = checked(clerk, "person", book([["单位", "姓名", "工号"], [house.here.name, "林知远", "Z1"]]))
    samples.saved(register("person"), house.here, system, name="别人", number="Z1")
    assert writing.write_batch(clerk, batch) == {"error": 1}
    assert Person.objects.get(number="Z1").name == "别人"


def test_undo_tells_reactions_and_a_refusal_names_the_rows(house, actor, system, monkeypatch, grant, client_of):
    clerk = actor(house.above, Verb.MANAGE)
    told = []
    monkeypatch.setattr(type(register("person")), "announces", ("people.kept",))
    monkeypatch.setitem(events._reactions, "people.kept", [told.append])
    person = samples.person(house.here, "林知远")
    data = book([["单位", "姓名", "工号"], [house.here.name, "新人", "U1"], [house.here.name, "林知近", person.number]])
    batch = checked(clerk, "person", data)
    writing.write_batch(clerk, batch)
    told.clear()
    new = Person.objects.get(number="U1")
    new.name = "改过"
    write.save(system, register("person"), new)
    with pytest.raises(writing.Touched) as refused:
        writing.undo(clerk, batch)
    assert refused.value.rows == [(new.pk, "改过")]
    new.refresh_from_db()
    Person.objects.filter(pk=new.pk).update(version=1)
    told.clear()
    writing.undo(clerk, batch)
    assert {(e.verb, e.row.number, e.row.withdrawn) for e in told} == {("undo", "U1", True), ("undo", person.number, False)}
    assert {e.before["name"] for e in told} == {"改过", "林知近"}
    person.refresh_from_db()
    assert person.name == "林知远"


def test_old_imports_are_forgotten_but_can_still_be_undone(house, actor, settings):
    clerk = actor(house.above, Verb.MANAGE)
    written, left = (checked(clerk, "person", book([["单位", "姓名", "工号"], [house.here.name, "张一", number]]))
                     for number in ("S1", "S2"))
    writing.write_batch(clerk, written)
    paths = [kept.path for kept in StoredFile.objects.filter(register="import")]
    made = timezone.localdate(left.made_at)  # by the clock, whatever day the house stands at
    assert batches.sweep(made) == 0
    call_command("sweepimports")
    assert all(path.exists() for path in paths)
    assert batches.sweep(made + timedelta(days=settings.IMPORT_KEPT_DAYS + 1)) == 2
    assert not any(path.exists() for path in paths)
    assert not StoredFile.objects.filter(register="import").exists()
    left.refresh_from_db()
    assert left.state == "expired" and not left.rows.exists()
    assert list(written.rows.values_list("cells", flat=True)) == [[]]
    writing.undo(clerk, written)
    assert Person.objects.get(number="S1").withdrawn


def test_an_old_identity_number_is_proposed_in_its_new_form():
    """GB 11643-1999: 19 before the year, and a check character; a wrong digit is not mended."""
    assert proposals.identity("110105491231002") == "11010519491231002X"
    assert proposals.identity("11010519491231002x") == "11010519491231002X"
    assert proposals.identity("110105 19491231 002X") == "11010519491231002X"
    assert proposals.identity("110105194912310021") == ""
    assert proposals.identity("11010519491231002X") == ""


def test_a_large_batch_is_written_and_undone_in_the_background(house, actor, monkeypatch, grant, client_of,
                                                              django_capture_on_commit_callbacks):
    monkeypatch.setattr(writing, "AT_ONCE", 3)
    client = client_of(grant(house.above, Verb.MANAGE))
    data = book([["单位", "姓名", "工号"], *([house.here.name, "张一", f"L{n}"] for n in range(9))])
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/r/person/import/", {"file": SimpleUploadedFile("a.xlsx", data)})
    address = client.get(answer["Location"])["Location"]
    for deed, count in (("write", 9), ("undo", 0)):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(address, {"do": deed})
        assert answer["Location"].startswith("/jobs/")
        assert client.get(answer["Location"])["Location"] == address
        assert register("person").base().filter(number__startswith="L").count() == count
