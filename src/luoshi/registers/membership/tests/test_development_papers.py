"""Papers from Word forms: right for thirty people, remembered, outdated by a change; hostile and mistaken forms refused."""

import io
import random
import re
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.engine.documents import filling
from luoshi.foundation.grants import Verb
from luoshi.registers.membership.documents.development_forms import default_form
from luoshi.registers.membership.models import Case, CasePaper, PaperTemplate
from luoshi.registers.membership.models.development_fields import KINDS, NAMES

from . import walking

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch(house, grant, client_of):
    return client_of(grant(house.here, Verb.CHANGE))


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE))


@pytest.fixture
def people(house):
    return {"contact": walking.full_member(house.here, name="周砚白").pk, "second": walking.full_member(house.here, name="何与青").pk}


def words(data: bytes) -> str:
    return re.sub(r"<[^>]*>", "", zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode().replace("</w:p>", "\n")).strip()


def lines(data: bytes) -> dict[str, str]:
    """The table of a paper as label → value, read by another library than the one that filled it."""
    import docx

    return {row.cells[0].text: row.cells[1].text for row in docx.Document(io.BytesIO(data)).tables[0].rows}


def printed(client, case, kind) -> bytes:
    answer = client.post(f"/membership/development/{case.pk}/papers/{kind}/")
    assert answer.status_code == 200, answer
    return answer.content


def test_thirty_people_no_wrong_field(branch, office, house, people, system):
    """Each paper shows the person's own facts; compared with what was sent, not with what was stored."""
    from luoshi.engine import samples

    roll, wrong = random.Random(30), []  # noqa: S311  the same throw each time
    for n in range(30):
        born = date(1980, 1, 1) + timedelta(days=roll.randrange(7000))
        person = samples.person(house.here, name=f"生成{n}<&>{{{{ 工号 }}}}", born=born)
        applied = date(2024, 3, 1) + timedelta(days=n)
        branch.post("/r/development/new/", {"unit": house.here.pk, "person": person.pk, "applied_on": applied.isoformat()})
        case = Case.objects.get(person=person)
        paper = f"号{n}"
        assert walking.send(branch, case, "talk", people, talked_on=(applied + timedelta(days=9)).isoformat()).status_code == 302
        for code in list(walking.WAY)[1:list(walking.WAY).index("approve") + 1]:
            more = {"approval_paper": paper} if code == "approve" else {"admit_yes": "7", "admit_no": "2"} if code == "meeting" else {}
            assert walking.send(office, case, code, people, **more).status_code == 302
        day = f"{born.year}年{born.month}月{born.day}日"
        want = {"姓名": person.name, "工号": person.number, "出生日期": day, "所在党支部": "甲司第一党支部", "上级党组织": "甲司党总支"}
        expected = {
            "application": want | {"申请入党日期": f"{applied.year}年{applied.month}月{applied.day}日"},
            "resolution": want | {"入党介绍人": "周砚白、何与青", "支部大会日期": "2025年9月10日", "应到会有表决权人数": "10",
                                  "赞成票": "7", "反对票": "2", "表决结果": "通过"},
            "approval": want | {"批复文号": paper, "预备期起始": "2025年9月10日", "预备期届满": "2026年9月10日"},
        }
        for kind, values in expected.items():
            shown = lines(printed(branch, case, kind))
            wrong += [(n, kind, name, value, shown.get(name)) for name, value in values.items() if shown.get(name) != value]
    assert wrong == []


def test_every_default_form_passes_its_own_check():
    for code, kind in KINDS.items():
        assert filling.check(default_form(code), NAMES) >= set(kind.rows)


def test_a_change_after_approval_takes_it_back_and_names_the_paper(branch, office, house, people):
    case = walking.begin(branch, house.here)
    walking.walk(branch, office, case, people, until="approve")
    for kind in ("approval", "talk"):
        printed(branch, case, kind)
        paper = CasePaper.objects.get(case=case, kind=kind)
        assert "审核通过" not in branch.get(f"/membership/development/{case.pk}/").content.decode()
        assert "审核通过" in office.get(f"/membership/development/{case.pk}/").content.decode()
        assert branch.post(f"/membership/development/papers/{paper.pk}/approve/").status_code == 403
        assert office.post(f"/membership/development/papers/{paper.pk}/approve/").status_code == 302
    assert walking.send(office, case, "approve", people, approval_paper="甲党批〔2025〕21号").status_code == 302
    paper, other = (CasePaper.objects.get(case=case, kind=kind) for kind in ("approval", "talk"))
    assert (paper.approved_on, paper.cancelled_on) == (None, date(2026, 11, 23))
    assert other.approved_on == date(2026, 11, 23)
    html = branch.get(f"/membership/development/{case.pk}/").content.decode()
    assert html.count("内容已变更，请重新打印") == 1
    assert "变更的内容：批复文号" in html
    printed(branch, case, "approval")
    assert "内容已变更" not in branch.get(f"/membership/development/{case.pk}/").content.decode()


def test_a_reader_of_english_prints_the_same_words(branch, office, house, people):
    case = walking.begin(branch, house.here)
    walking.walk(branch, office, case, people, until="contacts")
    default_form.cache_clear()
    branch.cookies["django_language"] = "en"
    assert lines(printed(branch, case, "activist_form"))["推荐方式"] == "党员推荐"
    branch.cookies["django_language"] = "zh-hans"
    assert "内容已变更" not in branch.get(f"/membership/development/{case.pk}/").content.decode()


def test_printing_twice_keeps_one_record(branch, house, people):
    case = walking.begin(branch, house.here)
    printed(branch, case, "application")
    version = CasePaper.objects.get().version
    printed(branch, case, "application")
    assert CasePaper.objects.get().version == version


def form_of(text: str, extra: dict[str, bytes] | None = None) -> bytes:
    import docx

    made, out = docx.Document(), io.BytesIO()
    made.add_paragraph(text)
    made.save(out)
    if not extra:
        return out.getvalue()
    source, changed = zipfile.ZipFile(out), io.BytesIO()
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            if name not in extra:
                package.writestr(name, source.read(name))
        for name, data in extra.items():
            package.writestr(name, data)
    return changed.getvalue()


def upload(client, unit, data, kind="application", name="表.docx"):
    return client.post("/membership/development/forms/", {"unit": unit.pk, "kind": kind, "file": SimpleUploadedFile(name, data)})


def test_an_office_prints_with_its_own_form_and_branches_below_too(branch, office, house, people):
    assert upload(office, house.above, form_of("本表由{{ 所在党支部 }}填写：{{ 姓名 }}")).status_code == 302
    case = walking.begin(branch, house.here)
    assert words(printed(branch, case, "application")).split("\n")[0] == f"本表由甲司第一党支部填写：{case.person.name}"
    dropped = PaperTemplate.objects.get()
    assert office.post(f"/membership/development/forms/{dropped.pk}/withdraw/").status_code == 302
    assert lines(printed(branch, case, "application"))["姓名"] == case.person.name


@pytest.mark.parametrize(("data", "said"), [
    (form_of("{{ 姓名 }}{{ 民族成分 }}"), "不认识的字段：民族成分"),
    (form_of("没有字段"), "没有字段"),
    (form_of("{% for x in y %}{{ 姓名 }}{% endfor %}"), "请去掉其他标记"),
    (form_of("{{ 姓名.__class__ }}"), "不是字段名"),
    (form_of("{{ 姓名|upper }}"), "不是字段名"),
    (form_of("{{ 姓名 }}{{ 工号"), "大括号不成对"),
    (form_of("{{ 姓名 }}", {"word/vbaProject.bin": b"x"}), "宏"),
    (form_of("{{ 姓名 }}", {"word/_rels/document.xml.rels": b'<Relationships><Relationship Id="a" Type="http://x/image" '
                          b'Target="http://example.invalid/a.png" TargetMode="External"/></Relationships>'}), "外部引用"),
    (form_of("{{ 姓名 }}", {"word/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "外部引用"),
    (form_of("{{ 姓名 }}", {"word/big.xml": b"0" * (filling.MOST_UNPACKED + 1)}), "解压后过大"),
    (b"PK\x03\x04 not a package", "不是 Word 文档"), (b"plain text", "不是 Word 文档"),
])
def test_a_form_that_cannot_serve_is_refused_with_words(office, house, data, said):
    answer = upload(office, house.root, data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not PaperTemplate.objects.exists()


def test_the_names_are_offered_when_one_is_unknown(office, house):
    html = upload(office, house.root, form_of("{{ 姓 名 }}{{ 姓名 }}")).content.decode()
    assert "不是字段名" in html
    assert "预备期届满" in upload(office, house.root, form_of("{{ 名字 }}")).content.decode()
