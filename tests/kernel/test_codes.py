"""Code lists: complete, unchangeable, and free of what the product never records."""

import pytest

from luoshi.kernel import codes

LISTS = {name: getattr(codes, name) for name in
         ("SEX", "MARRIAGE", "ETHNICITY", "EDUCATION", "POLITICAL_STATUS", "EMPLOYMENT")}


@pytest.mark.parametrize(
    ("name", "size"),
    [("SEX", 4), ("MARRIAGE", 8), ("ETHNICITY", 58), ("EDUCATION", 40), ("POLITICAL_STATUS", 13), ("EMPLOYMENT", 13)],
)
def test_lists_are_complete(name: str, size: int) -> None:
    assert len(LISTS[name]) == size
    assert len(set(LISTS[name].values())) == size


@pytest.mark.parametrize(
    ("name", "code", "text"),
    [
        ("SEX", "2", "女"), ("MARRIAGE", "23", "复婚"), ("ETHNICITY", "01", "汉族"), ("ETHNICITY", "15", "土家族"),
        ("ETHNICITY", "29", "柯尔克孜族"), ("ETHNICITY", "43", "乌孜别克族"), ("ETHNICITY", "56", "基诺族"),
        ("EDUCATION", "28", "大学普通班毕业"), ("EDUCATION", "31", "大学专科毕业"),
        ("POLITICAL_STATUS", "02", "中国共产党预备党员"), ("POLITICAL_STATUS", "13", "群众"),
        ("EMPLOYMENT", "37", "现役军人"),
    ],
)
def test_codes_as_published(name: str, code: str, text: str) -> None:
    assert LISTS[name][code] == text


def test_letters_of_ethnic_groups() -> None:
    assert len(codes.ETHNICITY_LETTERS) == len(set(codes.ETHNICITY_LETTERS.values())) == 56
    assert [codes.ETHNICITY_LETTERS[code] for code in ("01", "21", "37", "49", "56")] == ["HA", "VA", "GL", "GI", "JN"]


@pytest.mark.parametrize(("code", "result"), [("31", True), ("41", False), ("28", True), ("11", True), ("60", False)])
def test_college_or_above(code: str, result: bool) -> None:
    assert codes.is_college_or_above(code) is result


def test_an_unknown_education_code_is_an_error() -> None:
    with pytest.raises(KeyError):
        codes.is_college_or_above("99")


@pytest.mark.parametrize("name", list(LISTS))
def test_lists_cannot_be_changed(name: str) -> None:
    with pytest.raises(TypeError):
        LISTS[name]["0"] = "x"


def test_no_list_speaks_of_belief() -> None:
    told = " ".join(text for one in LISTS.values() for text in one.values())
    assert not [word for word in ("宗教", "信仰", "教徒", "信教") if word in told]
    assert not [name for name in vars(codes) if "RELIG" in name.upper() or "BELIEF" in name.upper()]
