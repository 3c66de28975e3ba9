"""Hostile text in every form of every register, hostile addresses, hostile files; pages that only read change nothing."""

import re
import zipfile
from datetime import date
from html.parser import HTMLParser
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client

from luoshi.engine import samples
from luoshi.engine.models import Batch, BatchRow
from luoshi.engine.register import register, registers
from luoshi.engine.transfer import sheets
from luoshi.foundation.files import StoredFile
from luoshi.foundation.grants import Grant, Verb
from luoshi.foundation.people import Person
from luoshi.foundation.trail import Line

from .hostile import FILES, MARK, NUMBERS, SCRIPTS, TEXTS, share
from .states import whole_state

NAMES = [one.name for one in registers()]
WRITABLE = [one.name for one in registers() if one.form]


@pytest.fixture
def office(house, grant, client_of):
    account = grant(house.root, Verb.MANAGE)
    for one in registers():
        if one.sensitive:  # opened only by a grant that names it, on that very unit
            Grant.objects.create(account=account, unit=house.here, verb=Verb.MANAGE, register=one.name, since=date(2000, 1, 1))
    client = client_of(account)
    client.raise_request_exception = False
    return client


def filled(one, house, system) -> dict:
    row = samples.row(one, house.here, system)
    values = {f: one.model._meta.get_field(f).value_from_object(row) for f in one.form}
    return {k: v for k, v in values.items() if v not in (None, False)}


@pytest.mark.parametrize("name", WRITABLE)
def test_no_text_in_any_box_breaks_a_form(name, house, system, office):
    """Each text of this register's share in every box at once, then in one box alone; each register gets another share."""
    one = register(name)
    good = filled(one, house, system)
    lines = {f"{key}-0-{field}": None for key, fields in one.lines.items() for field in fields}
    for n, text in enumerate(share(TEXTS, name, WRITABLE, meets=3)):
        everywhere = dict.fromkeys([*one.form, *lines, "key", "version", "do", "keep_unit"], text)
        answer = office.post(f"/r/{name}/new/", everywhere)
        assert answer.status_code in (302, 422), (text[:40], answer.status_code)
        field = one.form[n % len(one.form)]
        answer = office.post(f"/r/{name}/new/", {**good, **dict.fromkeys(lines, text), field: text, f"{field}_q": text})
        assert answer.status_code in (302, 422), (field, text[:40], answer.status_code)


class Found(HTMLParser):
    """What a browser would run: elements and attributes of a page that hold the mark."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag, attrs):
        self.inside = tag
        for key, value in attrs:
            run = key.startswith("on") or key in ("srcdoc", "data", "style") or (value or "").startswith("javascript:")
            if MARK in (value or "") and (run or (key in ("src", "href", "action") and not value.startswith(("/", "?")))):
                self.bad.append(f"{tag} {key}={value}")

    def handle_data(self, data):
        if MARK in data and self.inside in ("script", "style"):
            self.bad.append(f"<{self.inside}> {data}")


def runs(html: str) -> list[str]:
    found = Found()
    found.feed(html)
    return found.bad


def test_the_reader_of_pages_notices_what_would_run():
    assert runs(SCRIPTS[0])
    assert runs(f"<p onclick='{MARK}()'>")
    assert not runs(f"<p title='{MARK}'>&lt;script&gt;{MARK}</p>")


@pytest.mark.pure  # how a page is drawn, not how it is stored
@pytest.mark.parametrize("name", NAMES)
def test_stored_text_is_shown_and_never_run(name, house, system, office):
    """Past the form, straight into the tables: then list, detail, history, form, search, withdrawn and export."""
    one = register(name)
    house.here.name = f"支部{SCRIPTS[0]}"
    house.here.save()
    Person.objects.update(name=SCRIPTS[2][:60])
    rows = []
    for text in share(SCRIPTS, name, NAMES, meets=12):
        text = text.replace("\x00", "")
        row = samples.saved(one, house.here, system)
        fields = [f for f in one.model._meta.concrete_fields if isinstance(f, models.CharField | models.TextField)
                  and f.name not in ("place", "state", "search", "strokes", "zone") and not f.choices and not f.unique]
        for field in fields:
            setattr(row, field.name, text[: field.max_length or 400])
        row.save()
        rows.append(row)
    base, last = f"/r/{name}/", rows[-1].pk
    addresses = [base, f"{base}?sort=-{one.columns[0]}", f"{base}?q={MARK}", f"/search/?q={MARK}", "/", "/rights/"]
    addresses += [f"{base}{row.pk}/" for row in rows] + [f"{base}{last}/history/"]
    addresses += [f"{base}{last}/edit/", f"{base}{last}/withdraw/"] if one.form else []
    for address in addresses:
        answer = office.get(address)
        assert answer.status_code == 200, address
        assert not runs(answer.content.decode()), address
    shown = "".join(office.get(f"{base}{row.pk}/").content.decode() for row in rows)
    assert MARK in shown


ADDRESSES = ["q", "sort", "after", "before", "unit", "page", "period", "state", "name", "next", "id", "view", "by", "duty"]


@pytest.mark.parametrize("name", NAMES)
def test_no_address_breaks_a_list(name, house, system, office):
    one = register(name)
    row = samples.saved(one, house.here, system)
    keys = [*ADDRESSES, *one.filters, *(f"{f}_from" for f in one.filters), *(f"{f}_to" for f in one.filters)]
    for n, text in enumerate(share(TEXTS, name, NAMES, meets=3)):
        text = text[:900]
        some = {keys[n % len(keys)]: text, "q": text, "sort": text, keys[(n * 7) % len(keys)]: [text, "x", ""]}
        for address in (f"/r/{name}/", f"/r/{name}/export.csv", f"/api/{name}/"):
            for words in (some, {"after": text}):
                status = office.get(address, words).status_code
                assert status in (200, 400, 404), (address, text[:40], status)
    for number in share(["0", *(n for n in NUMBERS if n.isdecimal())], name, NAMES, meets=20):
        for address in (f"/r/{name}/{number}/", f"/r/{name}/{number}/edit/", f"/jobs/{number}/", f"/r/{name}/import/{number}/"):
            status = office.get(address).status_code
            assert status in (200, 302, 404), (address[:60], status)
    assert office.get(f"/r/{name}/{row.pk}/").status_code == 200


@pytest.mark.parametrize("address", ["/", "/duties/", "/indicators/", "/r/meeting/new/", "/files/x/", "/search/", "/pick/unit/",
                                     "/pick/person/"])
def test_no_query_breaks_another_page(address, house, office):
    for text in TEXTS:
        some = dict.fromkeys(["unit", "period", "q", "duty", "by", "view", "page", "indicator", "held_on", "kind"], text[:200])
        assert office.get(address, some).status_code in (200, 400, 404), text[:40]
    assert office.get(address, {"q": "x" * 9000}).status_code == 400


@pytest.mark.parametrize("kind", ["unit", "person"])
def test_a_double_choice_a_long_list_and_a_nul_are_answered(kind, house, office):
    for query in ("q=%00", "q=a%00b", "name=%00", "unit=%00", "q=%ff%fe", "q=%", "&&&", "q[]=1", "q=" + "a+" * 2000):
        assert office.get(f"/pick/{kind}/?{query}").status_code in (200, 400)


def test_headers_are_only_headers(house, office):
    for text in (t for t in TEXTS if t.isascii() and t.isprintable()):
        more = dict.fromkeys(["HX-Request", "HX-Target", "HX-Current-URL", "Accept-Language", "Referer", "User-Agent",
                              "Idempotency-Key", "X-Forwarded-For", "X-Requested-With"], text)
        assert office.get("/r/meeting/", headers=more).status_code == 200
    office.cookies["large"], office.cookies["django_language"] = "<script>", "../../x"
    assert "<script>\"" not in office.get("/r/meeting/").content.decode()
    assert Client().get("/sign-in/", headers={"Host": "evil.example"}).status_code == 400


def routes(house, system) -> list[str]:
    """Every page that a reader can open with GET, with keys that exist."""
    found = ["/", "/sign-in/", "/rights/", "/about/", "/password/", "/search/?q=x", "/pick/unit/?q=x", "/pick/person/?q=x",
             "/duties/", "/duties/?by=duties", "/duties/?view=calls", "/indicators/", "/health/", "/api/schema/", "/missing/"]
    for one in registers():
        row = samples.saved(one, house.here, system)
        base = f"/r/{one.name}/"
        found += [base, f"{base}?q=x", f"{base}export.csv", f"{base}export.xlsx", f"{base}{row.pk}/", f"{base}{row.pk}/history/"]
        if one.form:
            found += [f"{base}new/", f"{base}import/", f"{base}import/template.xlsx", f"{base}{row.pk}/edit/",
                      f"{base}{row.pk}/withdraw/", f"{base}withdrawn/", f"/api/{one.name}/", f"/api/{one.name}/{row.pk}/"]
        found += [f"{base}{row.pk}/document/{paper.name}.docx" for paper in one.documents]
    return found


def test_reading_changes_nothing_and_every_page_is_protected(house, system, office):
    addresses = routes(house, system)
    office.get("/")
    before, last = whole_state(), Line.objects.order_by("pk").last()
    for address in addresses:
        for method in ("get", "head", "options"):
            answer = getattr(office, method)(address)
            assert answer.status_code in (200, 302, 404, 405), (method, address, answer.status_code)
            csp = answer["Content-Security-Policy"]
            assert "default-src 'none'" in csp
            assert "frame-ancestors 'none'" in csp
            assert "unsafe" not in csp
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["X-Frame-Options"] == "DENY"
            assert answer["Referrer-Policy"] == "same-origin"
            assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
            assert answer["Cache-Control"] == "no-store"
    after, noted = whole_state(), ("foundation.Line", "foundation.Head")
    assert {k: v for k, v in after.items() if k not in noted} == {k: v for k, v in before.items() if k not in noted}
    lines = Line.objects.filter(pk__gt=last.pk if last else 0)
    said = {(one.verb, register(one.register).sensitive) for one in lines}
    assert said == {("see", True)}, "the reading of restricted records is noted, and nothing else"
    for address in ("/", "/r/meeting/", "/r/meeting/new/", "/search/?q=x"):
        assert "HX-Request" in office.get(address)["Vary"]


def test_cookies_are_out_of_reach_of_scripts(house, grant):
    account = grant(house.here, Verb.SEE, login="lin")
    account.set_password("a-long-Password-7")
    account.save()
    client = Client()
    client.post("/sign-in/", {"login": "lin", "password": "a-long-Password-7"})
    assert client.cookies["session"]["httponly"]
    assert client.cookies["session"]["samesite"] == "Lax"


def test_writing_without_the_forms_token_is_refused_with_words(house, grant):
    client = Client(enforce_csrf_checks=True)
    client.force_login(grant(house.root, Verb.MANAGE))
    for address in ("/r/meeting/new/", "/r/meeting/import/", "/sign-out/", "/prefs/", "/password/"):
        answer = client.post(address, {})
        assert answer.status_code == 403
        assert "这次提交没有写入" in answer.content.decode()
    assert client.post("/api/meeting/", {}, content_type="application/json").status_code == 403
    assert register("meeting").base().count() == 0


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_failure_has_a_page_in_both_languages(language, house, office, monkeypatch, settings):
    from luoshi.engine.pages import listing

    office.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    nobody = Client()
    nobody.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    monkeypatch.setattr(listing.table, "page", lambda *_a, **_k: 1 / 0)
    pages = {404: office.get("/r/none/"), 500: office.get("/r/meeting/"), 400: office.get("/?q=%00"),
             413: office.post("/r/meeting/import/", {"file": SimpleUploadedFile("a.csv", b"x" * 22 * 1024 * 1024)})}
    for status, answer in pages.items():
        html = answer.content.decode()
        assert answer.status_code == status
        assert f'<html lang="{"en" if language == "en" else "zh-CN"}"' in html
        assert "data-error" in html
        assert answer["X-Frame-Options"] == "DENY"
        assert "Traceback" not in html
        assert "ZeroDivision" not in html
    assert re.search(r'class="code">[0-9A-F]{8}<', pages[500].content.decode())


def test_the_number_of_a_500_is_in_the_log(office, monkeypatch, caplog):
    from luoshi.engine.pages import listing

    monkeypatch.setattr(listing.table, "page", lambda *_a, **_k: 1 / 0)
    number = re.search(r'class="code">([0-9A-F]{8})<', office.get("/r/meeting/").content.decode())[1]
    assert any(number in record.getMessage() for record in caplog.records)


def test_a_body_over_the_limit_is_not_even_read(office):
    class Never(BytesIO):
        def read(self, *words):
            raise AssertionError("the body was read")

    answer = office.generic("POST", "/r/meeting/import/", b"", content_type="text/plain", CONTENT_LENGTH="99999999999",
                            **{"wsgi.input": Never()})
    assert answer.status_code == 413
    many = {f"x{n}": "" for n in range(5001)}
    assert office.post("/r/meeting/new/", many).status_code == 400


@pytest.fixture
def drop(office, django_capture_on_commit_callbacks):
    def send(data: bytes, name: str):
        with django_capture_on_commit_callbacks(execute=True):
            answer = office.post("/r/meeting/import/", {"file": SimpleUploadedFile(name, data)})
        return answer if answer.status_code == 422 else office.get(answer["Location"], follow=True)

    return send


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_gets_a_sentence(name, drop):
    data, words = FILES[name]
    page = drop(data, name).content.decode()
    assert re.search(words, page), re.sub(r"<[^>]+>", " ", page)[:600]
    assert not BatchRow.objects.exists()


@pytest.mark.parametrize("name", ["../../x.csv", "a\u202ecsv.exe", "CON", "长" * 300 + ".csv", "<script>.csv", "a\r\nX: y.csv", "'.csv"])
def test_a_file_is_kept_under_a_name_of_ours(name, drop, house):
    drop("单位,会议日期\n甲,2026-01-01\n".encode(), name)
    kept = StoredFile.objects.latest("pk")
    assert re.fullmatch("[0-9a-f]{32}", kept.path.name)
    assert kept.name.isprintable()
    assert not set('/\\<>:"|') & set(kept.name)


MARKED = "机密★启用前"


def _renamed(data: bytes, old: str, new: str) -> bytes:
    """A workbook whose parts say a text in another way."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(out, "w") as other:
        for entry in package.infolist():
            other.writestr(entry.filename, package.read(entry).replace(old.encode(), new.encode()))
    return out.getvalue()


@pytest.mark.parametrize("data", [
    f"单位,主题\n甲,{MARKED}\n".encode(), "单位,主题\n甲,机 密 ★\n".encode("gb18030"), "绝密☆,主题\n".encode(),
    sheets.write_xlsx("会议", ["单位", "主题"], [["甲", "秘密★10年"]]),
    sheets.write_xlsx(MARKED, ["单位"], [["甲"]]),
    _renamed(sheets.write_xlsx("会议", ["单位", "主题"], [["甲", "秘密★10年"]]), "★", "&#9733;"),
], ids=["csv", "spaced", "heading", "xlsx", "title", "written as a number"])
def test_a_classified_file_is_turned_away_and_not_kept(data, drop):
    answer = drop(data, "a.csv")
    assert answer.status_code == 422
    assert re.search("文件含“(机密|绝密|秘密)★”标志。本系统不得存储国家秘密", answer.content.decode())
    assert not StoredFile.objects.exists()
    assert not Batch.objects.exists()


def test_a_classified_name_is_turned_away_and_the_plain_word_is_not(drop):
    assert drop("单位\n甲\n".encode(), "机密★.csv").status_code == 422
    assert drop("单位,主题\n甲,学习保守国家秘密法\n".encode(), "a.csv").status_code == 200


@pytest.mark.parametrize("heading", ["宗教信仰", "思想动态", "政治态度", "情绪", "Religion", "attitude"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_column_on_belief_or_opinion_is_dropped_and_nothing_of_it_is_kept(heading, kind, drop, house):
    header = ["单位", "会议类型", "会议日期", "主题", "应到人数", "实到人数", heading]
    rows = [[house.here.name, "支部党员大会", "2026-03-05", "年度计划", 20, 18, "某教堂常客"]]
    data = sheets.write_csv(header, rows) if kind == "csv" else sheets.write_xlsx("会议", header, rows, note="汇总")
    page = drop(data, f"a.{kind}").content.decode()
    assert f"本系统不登记“{heading}”" in page
    assert "写入 1 条" in page
    assert "教堂" not in page
    assert "教堂" not in str(list(BatchRow.objects.values_list("cells", flat=True)))
    assert all("教堂".encode() not in kept.path.read_bytes() for kept in StoredFile.objects.all())
    (kept,) = StoredFile.objects.all()
    assert "教堂" not in str(list(sheets.read(kept.path.read_bytes(), kept.name).rows))


def test_cells_that_look_like_formulas_go_out_as_text_and_come_back(house, system, office):
    import openpyxl

    one = register("meeting")
    texts = [t for t in TEXTS if t.strip() and t.isprintable() and len(t) < 150]
    for n, text in enumerate(texts):
        samples.saved(one, house.here, system, topic=f"{text}#{n}"[:200])
    book = openpyxl.load_workbook(BytesIO(office.get("/r/meeting/export.xlsx").content))
    cells = [c for row in book.active.iter_rows() for c in row if c.value is not None]
    assert not [c for c in cells if c.data_type == "f"]
    back = sheets.read(office.get("/r/meeting/export.csv").content, "a.csv").rows
    spot = list(one.columns).index("topic")
    assert {row[spot] for row in back[1:]} == {f"{t}#{n}"[:200] for n, t in enumerate(texts)}
    raw = office.get("/r/meeting/export.csv").content.decode("utf-8-sig")
    assert not re.search(r'(?m)^"?[=+@\-\t]', raw)


def test_a_workbook_holds_early_days_and_long_texts(house):
    from datetime import date

    data = sheets.write_xlsx("x", ["日期", "文字"], [[date(1850, 1, 1), "长" * 40_000], [date(1899, 12, 31), "=1"]])
    rows = sheets.read(data, "x.xlsx").rows
    assert rows[3][0] == "1850-01-01"
    assert len(rows[3][1]) == 32_767
    assert rows[4] == ["1899-12-31", "=1"]
