"""Import: preview with a state and a reason for each row, nothing before the confirmation, undo of the batch."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.engine import samples, write
from luoshi.engine.models import Batch
from luoshi.engine.register import register
from luoshi.engine.transfer import batches, sheets, writing
from luoshi.foundation import sealed
from luoshi.foundation.grants import Verb

HEADER = ["单位", "类型", "日期", "议题", "应到", "实到"]


@pytest.fixture
def send(house, grant, client_of, django_capture_on_commit_callbacks):
    """Drop a file on the meetings' import page; gives the client, the preview's address and the batch."""
    client = client_of(grant(house.above, Verb.MANAGE))

    def drop(data: bytes, name: str = "会议.csv"):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post("/r/meeting/import/", {"file": SimpleUploadedFile(name, data)})
        if answer.status_code != 302:
            return client, answer, None
        address = client.get(answer["Location"])
        return client, address, Batch.objects.latest("pk")

    return drop


def labels() -> list[str]:
    model = register("meeting").model
    return [str(model._meta.get_field(n).verbose_name) for n in ("unit", "kind", "held_on", "topic", "expected",
                                                                 "present")]


def rows(house) -> list[list]:
    kind = dict(register("meeting").model._meta.get_field("kind").flatchoices)
    word = str(next(iter(kind.values())))
    return [
        [house.here.name, word, "2026-03-05", "一季度工作", 20, 18],
        [house.here.code, word, "2026.4.7", "二季度工作", "２０", "１９"],
        [house.here.name, word, "2026年5月6日", "专题学习", 20, 21],  # more came than were due
        [house.far.name, word, "2026-03-05", "外单位", 20, 18],  # not within the grant
        [house.here.name, "茶话会", "2026-03-05", "类型不对", 20, 18],
        [house.here.name, word, "2026-02-30", "日期不对", 20, 18],
        [house.here.name, word, "2026-03-05", "一季度工作", 20, 18],  # the first row again
    ]


@pytest.mark.parametrize("kind", ["csv", "gb18030", "xlsx"])
def test_each_row_has_a_state_and_a_reason(send, house, kind):
    one = register("meeting")
    data = sheets.write_csv(labels(), rows(house))
    if kind == "gb18030":
        data = data.decode("utf-8-sig").encode("gb18030")
    if kind == "xlsx":
        data = sheets.write_xlsx("会议登记", labels(), rows(house), note="由办公室汇总")
    client, answer, batch = send(data, f"a.{kind}")
    states = list(batch.rows.order_by("line").values_list("state", flat=True))
    assert states == ["new", "new", "error", "error", "error", "error", "repeat"]
    assert all(r.reasons for r in batch.rows.filter(state="error"))
    assert one.base().count() == 0, "nothing is written before the confirmation"
    page = client.get(answer["Location"]).content.decode()
    assert "写入 2 条" in page and "没有找到" in page


def test_a_workbook_of_the_old_format_is_read_with_its_title_and_dates(send, house):
    """roster.xls: written by LibreOffice as "Excel 97", a title and an empty row above the headings, a date cell, full-width digits."""
    _client, _answer, batch = send((Path(__file__).parent / "roster.xls").read_bytes(), "会议登记.xls")
    assert batch.counts == {"new": 2}, [row.reasons for row in batch.rows.all()]
    assert [row.cells for row in batch.rows.order_by("line")] == [
        ["甲司第一党支部", "支部党员大会", "2026-03-05", "一季度工作", "20", "18"],
        ["甲司第一党支部", "支部党员大会", "2026.4.7", "二季度工作", "20", "19"]]


def test_confirm_writes_once_and_undo_takes_it_back(send, house):
    one = register("meeting")
    client, answer, batch = send(sheets.write_csv(labels(), rows(house)))
    client.post(answer["Location"], {"do": "write"})
    assert one.base().count() == 2
    client.post(answer["Location"], {"do": "write"})
    assert one.base().count() == 2
    client.post(answer["Location"], {"do": "undo"})
    assert one.base().count() == 0
    batch.refresh_from_db()
    assert batch.state == "undone"


def test_undo_is_refused_where_a_row_was_touched_since(send, house, system):
    one = register("meeting")
    client, answer, _batch = send(sheets.write_csv(labels(), rows(house)))
    client.post(answer["Location"], {"do": "write"})
    row = one.base().first()
    row.topic = "改过的议题"
    write.save(system, one, row)
    page = client.post(answer["Location"], {"do": "undo"}, follow=True).content.decode()
    assert "不能整批撤销" in page
    assert one.base().count() == 2


def test_the_same_key_updates_and_undo_restores(send, house, system):
    one = register("meeting")
    data = rows(house)[:1]
    client, answer, _batch = send(sheets.write_csv(labels(), data))
    client.post(answer["Location"], {"do": "write"})
    row = one.base().get()
    data[0][5] = 17
    client, answer, batch = send(sheets.write_csv(labels(), data))
    assert batch.counts == {"change": 1}
    client.post(answer["Location"], {"do": "write"})
    row.refresh_from_db()
    assert row.present == 17
    client.post(answer["Location"], {"do": "undo"})
    row.refresh_from_db()
    assert row.present == 18


@pytest.mark.parametrize(("data", "words"), [
    (b"", "空"), (b"%PDF-1.7 x", "不是表格文件"), (b"PK\x03\x04broken", "不完整"),
    ("甲,乙\n1,2\n".encode(), "没有找到表头"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "无法读取"),
])
def test_wrong_files_get_a_sentence(send, data, words):
    client, answer, _batch = send(data, "x.xlsx")
    page = client.get(answer["Location"]) if answer.status_code == 302 else answer
    assert words in page.content.decode()


def test_a_cell_is_never_a_formula(send, house):
    data = rows(house)[:1]
    data[0][3] = "=HYPERLINK(1)"
    client, answer, _batch = send(sheets.write_csv(labels(), data))
    client.post(answer["Location"], {"do": "write"})
    assert register("meeting").base().get().topic == "=HYPERLINK(1)"
    exported = client.get("/r/meeting/export.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK" in exported


def test_another_ones_preview_is_not_found(send, house, grant, client_of):
    _client, answer, _batch = send(sheets.write_csv(labels(), rows(house)))
    assert client_of(grant(house.above, Verb.MANAGE)).get(answer["Location"]).status_code == 404


def test_samples_are_rows_of_the_house(house, system):
    assert samples.saved(register("meeting"), house.here, system).place == house.here.place


def test_a_mask_never_becomes_the_value_when_a_batch_is_taken_back(house, system):
    """The trail keeps a mask of a sealed column: undoing a change of one is refused, and nothing of the batch moves."""
    one = register("person")
    first = samples.saved(one, house.here, system, phone="13800001234")
    data = sheets.write_csv(["姓名", "工号", "单位", "手机"], [[first.name, first.number, house.here.name, "13900005678"]])
    batches.check(batches.take(system, one, data, "a.csv"), system, lambda *_a: None)
    batch = Batch.objects.latest("pk")
    writing.write_batch(system, batch)
    assert sealed.clear(one.model.objects.get(pk=first.pk).phone) == "13900005678"
    with pytest.raises(ValidationError, match="逐条改回"):
        writing.undo(system, batch)
    assert sealed.clear(one.model.objects.get(pk=first.pk).phone) == "13900005678"
    batch.refresh_from_db()
    assert batch.state == "written"
