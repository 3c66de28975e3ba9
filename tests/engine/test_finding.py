"""The search index finds what the condition alone finds, on both databases, whatever happened to the rows."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.engine import bulk, finding, indexing, samples, write
from luoshi.engine.indexing import declared, postgresql
from luoshi.engine.indexing.ask import MOST
from luoshi.engine.register import register
from luoshi.foundation import units
from luoshi.foundation.people import Person

FIELDS = ("name", "number", "search")
NAMES = ["张三丰", "张伟", "王伟", "欧阳文远", "单文", "覃远", "买买提·艾力", "吕律", "张 三", "李%四", "李_四", "O'Neil \"x\"", "a-b.c",
         "ZhangWei", "Ünal", "ünal", "straße", "ﬁn", "王\\二", "~", "張偉", "𠮷田", "甲*乙", "李（四）", ".张", "重庆", "曾国", "ıst"]
ASKED = st.one_of(
    st.sampled_from([*NAMES, "zs", "zhangs", "张s", "z", "张", "伟", "w", "三丰", "sanfeng", "P0", "p00", "提艾", "提·艾", "s", "-",
                     "a-b", "b.c", "\"", "'", "'x'", "%", "_", "~", "*", "ü", "Ü", "ün", "ße", "lv", "lyu", "shan", "dan", "st", "i", "fi",
                     "zhang wei", "张 伟", "张 z 0", "AND", "OR", "x OR y", "(", ")", "\\", "&", "|", "!", ":*", "张:*", "､", "\x01a"]),
    st.text(alphabet="张王伟三丰远zwsafh0P.-'\"\\%_ ~*&|!()", max_size=6),
)


def found(text, fields=FIELDS, model=Person):
    """With the index, and with the condition alone."""
    rows = model.objects.order_by("pk").values_list("pk", flat=True)
    return list(rows.filter(finding.words(text, fields, model))), list(rows.filter(finding.words(text, fields)))


@pytest.fixture
def crowd(house):
    for name in NAMES:
        samples.person(house.here, name)


@pytest.mark.parametrize("fields", [FIELDS, ("name",), ("search",)], ids="+".join)
@given(text=ASKED)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_index_loses_nothing_and_adds_nothing(crowd, fields, text):
    with_index, alone = found(text, fields)
    assert with_index == alone


@pytest.mark.parametrize(("text", "name"), [("伟", "张伟"), ("c", "a-b.c"), (".c", "a-b.c"), ("ünal", "ünal"), ("Ünal", "Ünal"),
                                            ("straße", "straße"), ("AW", "Law")])
def test_a_text_is_found_by_its_last_character_and_by_letters_of_other_scripts(house, text, name):
    row = samples.person(house.here, name)
    assert found(text, ("name",)) == ([row.pk], [row.pk])


@pytest.mark.parametrize(("text", "names"), [
    ("张伟", {"张伟"}), ("zhangwei", {"张伟", "ZhangWei", "張偉"}), ("zw", {"张伟", "張偉"}), ("三丰", {"张三丰"}), ("sf", {"张三丰"}),
    ("shanwen", {"单文"}), ("提艾", {"买买提·艾力"}), ("覃", {"覃远"}), ("李%", {"李%四"}), ("没有的人", set()),
])
def test_names_are_found_by_characters_pinyin_and_initials(crowd, text, names):
    assert set(Person.objects.filter(finding.words(text, FIELDS, Person)).values_list("name", flat=True)) == names


def test_few_rows_are_named_by_their_keys_and_by_one_statement(crowd, django_assert_num_queries):
    with django_assert_num_queries(1):
        condition = str(finding.words("张三丰 zsf", FIELDS, Person))
    assert condition.count("pk__in") == 2
    assert "pk__in" not in str(finding.words("z", FIELDS, Person)), "one letter is half the table"


def test_too_many_rows_are_left_to_the_order_of_the_list(crowd, monkeypatch):
    monkeypatch.setattr("luoshi.engine.indexing.ask.MOST", 2)
    assert "pk__in" not in str(finding.words("张", FIELDS, Person))
    assert found("张")[0] == found("张")[1]
    assert MOST > 50


@pytest.mark.parametrize("fields", [("person__name", "person__search"), ("person__search", "unit__name"),
                                    ("unit__name",), ("unit__code", "person__number")], ids="+".join)
@pytest.mark.parametrize("text", ["张伟", "zhangwei", "支部", "张 支部", "U0", "没有"])
def test_over_relations(house, system, fields, text):
    one = register("position")
    for name in ("张伟", "王远"):
        samples.saved(one, house.here, system, person=samples.person(house.beside, name), since=date(2020, 1, 1))
    with_index, alone = found(text, fields, one.model)
    assert with_index == alone


def test_a_changed_name_is_found_by_the_new_one_only(house, system):
    row = samples.person(house.here, "张伟")
    row.name = "王远"
    write.save(system, register("person"), row)
    assert found("张伟") == ([], [])
    assert found("wangyuan")[0] == [row.pk]


def test_what_is_rolled_back_is_not_found(house, system):
    with transaction.atomic():
        samples.person(house.here, "张伟")
        transaction.set_rollback(True)
    assert found("张伟") == ([], [])
    kept = samples.person(house.here, "王远")
    assert found("王远")[0] == [kept.pk]


def test_withdrawn_restored_moved_and_imported_rows(house, system):
    one = register("person")
    row = samples.person(house.here, "张伟")
    row = write.withdraw(system, one, row, reason="登记有误")
    assert not one.rows(system).filter(finding.words("张伟", FIELDS, Person)).exists()
    write.restore(system, one, row)
    units.move(house.here, parent=house.far, on=system.today)
    assert one.rows(system).filter(finding.words("张伟", FIELDS, Person)).get().place.startswith(house.far.place)
    new = [samples.row(one, house.here, system, name=f"欧阳{c}", number=f"N{n}") for n, c in enumerate("文远")]
    assert bulk.save_many(system, one, new) == {}
    assert found("ouyang")[0] == [row.pk for row in new]


def test_a_pile_is_entered_as_single_rows_are(house, system):
    texts = [*NAMES, *("甲乙丙丁戊己庚辛壬癸"[:n] for n in range(1, 10))]
    rows = [samples.row(register("person"), house.here, system, name=text, number=f"N{n}" * (1 + n // 6)) for n, text in enumerate(texts)]
    assert bulk.save_many(system, register("person"), [row for row in rows if len(row.number) <= 32]) == {}
    piled = _entered()
    connection.check_constraints()  # inside one transaction PostgreSQL changes no table that still owes a check
    indexing.rebuild()
    assert piled == _entered()
    Person.objects.update(name="", search="")
    assert piled != _entered()
    for row in rows:
        Person.objects.filter(pk=row.pk).update(name=row.name, search=row.search)
    assert piled == _entered()


def test_a_pile_that_is_refused_leaves_the_index_at_work(house, system):
    samples.saved(register("person"), house.here, system, name="张伟", number="N1")
    row = samples.row(register("person"), house.here, system, name="王远", number="N1")
    assert list(bulk.save_many(system, register("person"), [row])) == [0]
    kept = samples.person(house.here, "欧阳文")
    assert found("ouyang")[0] == [kept.pk]


def _entered() -> list[tuple[int, str]]:
    """What the index holds of each person; on PostgreSQL it is an expression of the row."""
    sql = "SELECT rowid, tokens FROM foundation_person_finding ORDER BY rowid"
    if connection.vendor == "postgresql":
        sql = f"SELECT id, {postgresql.tokens(Person, declared.fields()[Person])}::text FROM foundation_person ORDER BY id"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_a_deleted_row_leaves_the_index(house):
    row = samples.person(house.here, "张伟")
    row.delete()
    assert indexing.candidates([indexing.fit(Person, FIELDS, "张伟")]) == [[]]


def test_long_texts_stay_findable(house, system):
    one = register("measure")
    short = samples.saved(one, house.here, system, text="组织党费收缴")
    long = samples.saved(one, house.here, system, text="整改台账" * 1250 + "党费")
    with_index, alone = found("党费", one.search, one.model)
    assert with_index == alone == [short.pk, long.pk]


def test_an_index_that_was_lost_is_made_again_by_the_next_migration(house):
    if connection.vendor == "sqlite":
        taken = ["DROP TRIGGER foundation_person_finding_add"]
    else:
        taken = [f'DROP INDEX "{postgresql.name(Person, declared.fields()[Person])}"']
    with connection.cursor() as cursor:
        for sql in taken:
            cursor.execute(sql)
    row = samples.person(house.here, "张伟")
    connection.check_constraints()  # inside one transaction PostgreSQL changes no table that still owes a check
    call_command("migrate", verbosity=0)
    assert found("zhangwei")[0] == [row.pk]


def test_reindex_says_what_it_made(house, capsys):
    row = samples.person(house.here, "张伟")
    connection.check_constraints()
    call_command("reindex")
    assert "foundation_person: made again" in capsys.readouterr().out
    assert found("zw")[0] == [row.pk]


def test_every_searched_text_is_indexed():
    from luoshi.engine.indexing.declared import fields, owner_of
    from luoshi.engine.register import registers

    there = fields()
    for one in registers():
        for name in one.search:
            owner, last = owner_of(one.model, name)
            assert last in there.get(owner, ()), f"{one.name}: {name}"
