"""Identity numbers and credit codes: the standards' own samples, made-up ones, and every single slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.kernel import ids


@pytest.mark.parametrize(
    ("first17", "full"),
    [
        ("11010519491231002", "11010519491231002X"),
        ("44052418800101001", "440524188001010014"),
        ("11010119900307001", "110101199003070011"),
        ("11010119850615102", "11010119850615102X"),
    ],
)
def test_identity_numbers(first17: str, full: str) -> None:
    assert first17 + ids.identity_check(first17) == full
    assert ids.check_identity_number(full) == (full, None)
    assert ids.check_identity_number(f" {full.lower()} ") == (full, None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("110101199003070012", "身份证号的校验位不符，请逐位核对"),
        ("11010119900307001", "身份证号应为 18 位，现在是 17 位，请核对"),
        ("11O101199003070011", "身份证号第 3 位是字母 O，请改为数字 0"),
        ("110101199002300015", "身份证号中的出生日期不存在，请核对第 7 至 14 位"),
        ("110101900307001", "这是 15 位的旧身份证号，请填写 18 位的新号码"),
        ("990101199003070011", "身份证号前两位不是有效的地区代码，请核对"),
        ("1101011990030700X1", "身份证号第 17 位“X”不能使用，请核对"),
        ("11010119900307001A", "身份证号第 18 位“A”不能使用，请核对"),
        ("", "身份证号应为 18 位，现在是 0 位，请核对"),
    ],
)
def test_what_is_wrong_with_an_identity_number(text: str, problem: str) -> None:
    assert ids.check_identity_number(text)[1] == problem


def test_full_width_digits_are_read() -> None:
    assert ids.check_identity_number("１１０１０１１９９００３０７００１１") == ("110101199003070011", None)


def test_the_birthday_is_read_from_the_number() -> None:
    birthday = ids.identity_birthday("110101199003070011")
    assert birthday is not None
    assert birthday.isoformat() == "1990-03-07"
    assert ids.identity_birthday("110101199002300011") is None


@given(st.integers(0, 16), st.sampled_from("0123456789"))
def test_every_single_slip_in_an_identity_number_is_caught(at: int, digit: str) -> None:
    right = "110101199003070011"
    slipped = right[:at] + digit + right[at + 1 :]
    assert (ids.check_identity_number(slipped)[1] is None) == (slipped == right)


@pytest.mark.parametrize(
    ("first17", "full"),
    [
        ("91350100M000100Y4", "91350100M000100Y43"),
        ("11100000MB0000000", "11100000MB0000000P"),
        ("12100000400000000", "12100000400000000W"),
    ],
)
def test_check_characters_of_credit_codes(first17: str, full: str) -> None:
    assert first17 + ids.credit_check(first17) == full


@pytest.mark.parametrize(("first8", "check"), [("D2143569", "X"), ("M000100Y", "4")])
def test_check_characters_of_organisation_codes(first8: str, check: str) -> None:
    assert ids.body_check(first8) == check


def test_a_credit_code_is_accepted_in_any_writing() -> None:
    assert ids.check_credit_code(" 91350100m000100y43 ") == ("91350100M000100Y43", None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("91350100M000100Y44", "统一社会信用代码的校验位不符，请逐位核对"),
        ("91350100M000100Y4", "统一社会信用代码应为 18 位，现在是 17 位，请核对"),
        ("91350100M0001O0Y43", "统一社会信用代码第 14 位“O”不能使用（不含 I、O、S、V、Z），请核对"),
        ("91A50100M000100Y43", "统一社会信用代码第 3 至 8 位应为数字，请核对"),
    ],
)
def test_what_is_wrong_with_a_credit_code(text: str, problem: str) -> None:
    assert ids.check_credit_code(text)[1] == problem


def test_the_organisation_code_inside_is_checked_too() -> None:
    inner = "91350100M000100Y5"
    code = inner + ids.credit_check(inner)
    assert "组织机构代码" in (ids.check_credit_code(code)[1] or "")


@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_every_single_slip_in_a_credit_code_is_caught(at: int, character: str) -> None:
    right = "91350100M000100Y43"
    slipped = right[:at] + character + right[at + 1 :]
    assert (ids.check_credit_code(slipped)[1] is None) == (slipped == right)


@given(st.text(max_size=25))
def test_no_text_breaks_the_checks(text: str) -> None:
    assert len(ids.check_identity_number(text)) == 2
    assert len(ids.check_credit_code(text)) == 2
