"""Documents of higher bodies: cut into clauses, each answered by a measure or a rule, gaps listed and counted."""

from datetime import date

import pytest

from luoshi.engine import write
from luoshi.engine.indicators import indicators, total
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.kernel import periods
from luoshi.kernel.shares import Share
from luoshi.plan import clauses
from luoshi.plan.models import Clause, Guiding, Measure, MeasureState
from luoshi.plan.register import some_measure

DAY = date(2026, 11, 23)
TEXT = """第一章 总则
第一条 各单位应当建立学习制度，
每季度检查一次。
第二条 支部每月开展一次主题党日。
第三条 建立联系点。"""


@pytest.mark.parametrize(("text", "found"), [
    (TEXT, [("第一条", "各单位应当建立学习制度， 每季度检查一次。"), ("第二条", "支部每月开展一次主题党日。"),
            ("第三条", "建立联系点。")]),
    ("一、总体要求\n（一）坚持学用结合。\n（二）坚持分类指导，\n  不搞一刀切。\n二、完善制度并抓好落实，每年检查一次。",
     [("（一）", "坚持学用结合。"), ("（二）", "坚持分类指导， 不搞一刀切。"), ("二", "完善制度并抓好落实，每年检查一次。")]),
    ("1. 学习\n2.5 小时不少于\n2、检查", [("1", "学习 2.5 小时不少于"), ("2", "检查")]),
    ("建立台账\n\n定期通报\n", [("", "建立台账"), ("", "定期通报")]),
    ("", []), ("第一条\n", []),
])
def test_a_text_is_cut_by_its_numbering(text, found):
    assert [(one.number, one.text) for one in clauses.cut(text)] == found


def test_a_long_text_is_bounded():
    found = clauses.cut("\n".join(f"第{n}条 {'内' * 1200}" for n in range(1, 600)))
    assert len(found) == clauses.MOST and {len(one.text) for one in found} == {clauses.LONGEST}


@pytest.fixture
def document(house, system):
    return write.save(system, register("guiding"), Guiding(
        unit=house.root, title="关于加强学习的意见", issuer="上级党委", received_on=date(2026, 3, 2)))


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE))


def keep(system, document, number, **cover):
    return write.save(system, register("clause"), Clause(unit=document.unit, document=document, number=number,
                                                         text=f"{number}的内容", **cover))


def test_pasted_shown_changed_and_kept_once(document, office):
    address = f"/plan/guiding/{document.pk}/cut/"
    assert "请粘贴文件正文" in office.post(address, {"do": "cut", "text": " "}).content.decode()
    page = office.post(address, {"do": "cut", "text": TEXT}).content.decode()
    assert page.count('name="text-') == 3 and not Clause.objects.exists()
    sent = {"do": "keep", "count": 3, "number-0": "第一条", "text-0": "改过的", "number-1": "第二条", "text-1": "",
            "number-2": "第三条", "text-2": "建立联系点。"}
    assert office.post(address, sent).status_code == 302
    assert list(Clause.objects.order_by("id").values_list("number", "text", "received_on")) == [
        ("第一条", "改过的", date(2026, 3, 2)), ("第三条", "建立联系点。", date(2026, 3, 2))]
    assert office.post(address, {"do": "keep", "count": "99999"}).status_code == 404
    empty = office.post(address, {"do": "keep", "count": 1, "text-0": " "})
    assert empty.status_code == 422 and "请至少保留一条" in empty.content.decode()


def test_a_clause_is_covered_by_a_living_measure_or_a_rule(document, system, office, house):
    measure = some_measure(house.root, system)
    keep(system, document, "第一条", measure=measure)
    keep(system, document, "第二条", rule_title="机关学习办法", rule_number="远党〔2026〕3号")
    keep(system, document, "第三条")
    year = periods.year(2026)

    def share():
        return total(indicators()["clauses.covered"], root=house.root.place, period=year, today=DAY)

    assert share() == Share(2, 3)
    page = office.get(f"/plan/guiding/{document.pk}/").content.decode()
    assert page.count("第三条的内容") == 1 and "机关学习办法 远党〔2026〕3号" in page
    gaps = office.get(f"/plan/guiding/{document.pk}/?only=gaps").content.decode()
    assert "第三条的内容" in gaps and "第一条的内容" not in gaps
    listed = office.get("/plan/guiding/").content.decode()
    assert "第三条的内容" in listed and "第二条的内容" not in listed
    assert office.get("/plan/guiding/?view=xlsx").content[:2] == b"PK"

    Measure.objects.filter(pk=measure.pk).update(state=MeasureState.CANCELLED)
    assert share() == Share(1, 3)
    assert "第一条的内容" in office.get("/plan/guiding/").content.decode()


def test_strangers_get_404(document, system, house, grant, client_of):
    keep(system, document, "第一条")
    stranger = client_of(grant(house.far, Verb.MANAGE))
    for address in (f"/plan/guiding/{document.pk}/", f"/plan/guiding/{document.pk}/cut/"):
        assert stranger.get(address).status_code == 404
    assert "关于加强学习的意见" not in stranger.get("/plan/guiding/").content.decode()


def test_queries_do_not_grow_with_the_clauses(document, system, office, django_assert_max_num_queries, house):
    for n in range(30):
        keep(system, document, f"第{n}条", measure=some_measure(house.root, system) if n % 3 else None)
    with django_assert_max_num_queries(20):
        assert office.get(f"/plan/guiding/{document.pk}/").status_code == 200
    with django_assert_max_num_queries(20):
        assert office.get("/plan/guiding/").status_code == 200


def test_dates_in_order(house, system):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="收到日期不能早于印发日期"):
        write.save(system, register("guiding"), Guiding(unit=house.root, title="办法", issuer="上级党委",
                                                        issued_on=date(2026, 3, 3), received_on=date(2026, 3, 2)))
