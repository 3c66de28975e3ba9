"""The numbers of official papers, by the vectors of GB/T 9704-2012."""

from datetime import date

import pytest

from luoshi.engine.documents import PaperError
from luoshi.engine.documents.closing import signature_edges
from luoshi.engine.documents.numbers import (
    PAGE,
    check_doc_no,
    chinese_date,
    copy_number,
    doc_no,
    heading,
    page_geometry,
    read_date,
)


def test_page_adds_up() -> None:
    page = page_geometry()
    assert page == {"w": 210, "h": 297, "top": 37, "left": 28, "right": 26, "bottom": 35}
    assert (PAGE.block_width, PAGE.block_height, PAGE.lines, PAGE.characters) == (156, 225, 22, 28)


@pytest.mark.parametrize(
    ("level", "n", "mark"), [(1, 1, "一、"), (2, 3, "（三）"), (3, 10, "10."), (4, 2, "（2）"), (1, 21, "二十一、")],
)
def test_heading_marks(level: int, n: int, mark: str) -> None:
    assert heading(level, n) == mark


def test_document_number() -> None:
    assert doc_no("商党", 2026, 7) == "商党〔2026〕7号"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("商党[2026]7号", "六角括号"), ("商党（2026）7号", "六角括号"), ("商党〔2026〕07号", "虚位"),
        ("商党〔2026〕第7号", "第"), ("商党〔26〕7号", "四位"), ("商党〔2026〕7", "组成"), ("〔2026〕7号", "组成"),
        ("商党〔２０２６〕7号", "组成"), ("商党〔2026〕7号\n", "组成"), ("商党〔2026〕 7号", "组成"), ("", "组成"),
    ],
)
def test_wrong_document_numbers_are_refused_with_a_reason(wrong: str, hint: str) -> None:
    with pytest.raises(PaperError, match=hint):
        check_doc_no(wrong)


@pytest.mark.parametrize("n", [0, -1])
def test_document_numbers_begin_at_one(n: int) -> None:
    with pytest.raises(PaperError, match="从 1 起"):
        doc_no("商党", 2026, n)


@pytest.mark.parametrize(
    ("day", "said"), [(date(2026, 7, 1), "2026年7月1日"), (date(2026, 11, 22), "2026年11月22日")],
)
def test_dates(day: date, said: str) -> None:
    assert chinese_date(day) == said
    assert read_date(said) == day


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("２０２６年７月", "缺少日"), ("2026年", "缺少月和日"), ("2026年07月1日", "虚位"),
        ("2026年2月30日", "没有这一天"),
        ("二〇二六年七月一日", "阿拉伯数字"), ("2026-07-01", "2026年7月1日"),
    ],
)
def test_wrong_dates_are_refused_with_a_reason(wrong: str, hint: str) -> None:
    with pytest.raises(PaperError, match=hint):
        read_date(wrong)


def test_copy_numbers() -> None:
    assert copy_number(12) == "000012"
    for wrong in (0, 1_000_000):
        with pytest.raises(PaperError, match="份号"):
            copy_number(wrong)


def test_signature_without_seal_puts_the_date_two_characters_right_of_the_name() -> None:
    right_name, right_day = signature_edges(10, 7, seal=False)
    assert right_name == 2
    assert (28 - right_day - 7) - (28 - right_name - 10) == 2


def test_a_date_longer_than_the_name_takes_the_two_characters() -> None:
    right_name, right_day = signature_edges(4, 7, seal=False)
    assert right_day == 2
    assert (28 - right_day - 7) - (28 - right_name - 4) == 2


def test_signature_with_seal_is_centred_on_a_date_four_from_the_edge() -> None:
    right_name, right_day = signature_edges(5, 7, seal=True)
    assert right_day == 4
    assert right_name + 5 / 2 == right_day + 7 / 2


def test_a_very_long_name_stays_on_the_page() -> None:
    for seal in (True, False):
        assert all(0 <= edge <= 28 for edge in signature_edges(40, 7, seal=seal))
