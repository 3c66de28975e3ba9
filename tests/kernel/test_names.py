"""Names: everybody can be found, by whichever reading the person at the keyboard has in mind."""

import tomllib
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.kernel import names

SURNAMES = tomllib.loads(resources.files("luoshi.kernel").joinpath("data/surnames.toml").read_text(encoding="utf-8"))

han = st.sampled_from("单解仇曾区查盖朴任华缪张王李赵欧阳尉迟万俟令狐吕女重庆长乐行茜一丰国𠮷㐂龘〇")
person = st.text(alphabet=han, min_size=1, max_size=4)
anything = st.text(max_size=12)


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("张三", "zhangsan", "zs"),
        ("单田芳", "shantianfang", "stf"),
        ("解缙", "xiejin", "xj"),
        ("仇英", "qiuying", "qy"),
        ("曾国藩", "zengguofan", "zgf"),
        ("区伯", "oubo", "ob"),
        ("查良镛", "zhaliangyong", "zly"),
        ("盖宽饶", "gekuanrao", "gkr"),
        ("朴正", "piaozheng", "pz"),
        ("任平", "renping", "rp"),
        ("华安", "huaan", "ha"),
        ("缪一", "miaoyi", "my"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("万俟卨", "moqixie", "mqx"),
        ("令狐冲", "linghuchong", "lhc"),
        ("长孙无忌", "zhangsunwuji", "zswj"),
        ("诸葛亮", "zhugeliang", "zgl"),
        ("万里", "wanli", "wl"),
        ("李重庆", "lichongqing", "lcq"),
        ("覃一", "qinyi", "qy"),
        ("吕布", "lvbu", "lb"),
        ("买买提·吐尔逊", "maimaitituerxun", "mmttex"),
        ("建设银行党支部", "jiansheyinhangdangzhibu", "jsyhdzb"),
        ("A1组", "a1zu", "a1z"),
        ("李", "li", "l"),
        ("", "", ""),
    ],
)
def test_first_spelling(name: str, full: str, initials: str) -> None:
    found = names.keys(name)
    assert (found.full, found.initials) == (full, initials)


def test_the_table_knows_more_than_sixty_surnames() -> None:
    assert len(SURNAMES["single"]) >= 60
    assert len(SURNAMES["compound"]) >= 60
    for part in ("single", "given"):
        for one, readings in SURNAMES[part].items():
            assert len(one) == 1
            assert readings
            assert all(reading.isascii() and reading.islower() for reading in readings)
    for one, readings in SURNAMES["compound"].items():
        assert len(one) == len(readings) >= 2


@pytest.mark.parametrize(
    ("surname", "reading"), [(one, reading) for one, readings in SURNAMES["single"].items() for reading in readings]
)
def test_every_reading_of_a_surname_finds_it(surname: str, reading: str) -> None:
    name = f"{surname}伟"
    spellings = {names.keys(name).full, *names.keys(name).variants}
    assert f"{reading}wei" in spellings
    assert names.matches(f"{reading}wei", name)
    assert found_by_tokens(f"{reading}w", name)


@pytest.mark.parametrize(("surname", "readings"), list(SURNAMES["compound"].items()))
def test_compound_surnames_are_read_as_one(surname: str, readings: list[str]) -> None:
    name = f"{surname}伟"
    assert names.keys(name).full == "".join(readings) + "wei"
    assert names.matches("".join(reading[0] for reading in readings) + "w", name)


def found_by_tokens(query: str, name: str) -> bool:
    tokens = names.search_text(name).split(" ")
    return all(any(token.startswith(term) for token in tokens) for term in names.terms(query))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("zs", "张三"), ("zhangsan", "张三"), ("ZhangSan", "张三"), ("zhang san", "张三"), ("张s", "张三"),
        ("张san", "张三"), ("三", "张三"), ("san", "张三"), ("张三", "张　三"), ("張", "張三"), ("zhangs", "张三"),
        ("zhsan", "张三"), ("ｚｓ", "张三"), ("zsf", "张三丰"), ("sf", "张三丰"), ("sanf", "张三丰"),
        ("dantf", "单田芳"), ("chant", "单田芳"), ("stf", "单田芳"), ("lv", "吕布"), ("lyubu", "吕布"), ("lü", "吕布"),
        ("xi'an", "西安"), ("o'n", "O’Neil"), ("mül", "Müller"), ("A1", "Ａ1组"),
        ("吐尔逊", "买买提·吐尔逊"), ("买买提吐", "买买提·吐尔逊"), ("tuerxun", "买买提·吐尔逊"),
        ("野", "𠮷野"), ("𠮷", "𠮷野"), ("党支部", "机关党委第一党支部"), ("dyd", "机关党委第一党支部"), ("", "张三"),
        ("  ", "张三"),
    ],
)
def test_found(query: str, name: str) -> None:
    assert names.matches(query, name)


@pytest.mark.parametrize(
    ("query", "name"),
    [("zs", "张三"), ("zhangsan", "张三"), ("zhangs", "张三"), ("张s", "张三"), ("三", "张三"), ("三丰", "张三丰"),
     ("sf", "张三丰"), ("sanf", "张三丰"), ("三f", "张三丰"), ("dantian", "单田芳"), ("ctf", "单田芳"), ("lyu", "吕布"),
     ("支部", "机关党委第一党支部"), ("dzb", "机关党委第一党支部"), ("吐尔逊", "买买提·吐尔逊"), ("𠮷野", "𠮷野")],
)
def test_found_by_the_stored_tokens(query: str, name: str) -> None:
    assert found_by_tokens(query, name)


@pytest.mark.parametrize(
    ("query", "name"),
    [("sz", "张三"), ("zhangsi", "张三"), ("三张", "张三"), ("zss", "张三"), ("李", "张三"), ("zf", "张三丰"),
     ("zhangsanz", "张三"), ("x", ""), ("s张", "张三")],
)
def test_not_found(query: str, name: str) -> None:
    assert not names.matches(query, name)


@pytest.mark.parametrize(
    ("query", "terms"),
    [("张s", ("张", "s")), ("zs", ("zs",)), ("张三", ("张三",)), ("s张s", ("s", "张", "s")),
     (" Zhang 三 ", ("zhang", "三")), ("", ())],
)
def test_a_query_is_cut_where_the_script_changes(query: str, terms: tuple[str, ...]) -> None:
    assert names.terms(query) == terms


@settings(deadline=None)
@given(person, st.data())
def test_every_beginning_of_every_token_finds_the_name(name: str, data: st.DataObject) -> None:
    token = data.draw(st.sampled_from(names.search_text(name).split(" ")))
    query = token[: data.draw(st.integers(1, len(token)))]
    assert names.matches(query, name)


@settings(deadline=None)
@given(person)
def test_every_spelling_finds_the_name_both_ways(name: str) -> None:
    found = names.keys(name)
    for spelling in filter(None, (name, found.full, found.initials, *found.variants)):
        assert names.matches(spelling, name)
        assert found_by_tokens(spelling, name)


@settings(deadline=None)
@given(anything, anything)
def test_no_text_breaks_it(name: str, query: str) -> None:
    found = names.keys(name)
    assert found.full.casefold() == found.full
    assert isinstance(names.matches(query, name), bool)
    assert isinstance(names.terms(query), tuple)
    assert "  " not in names.search_text(name)
    assert len(names.spaced(name)) <= max(len(name), 3)
    assert names.matches(name, name)


@settings(deadline=None)
@given(st.text(min_size=0, max_size=300), st.integers(0, 500))
def test_search_text_keeps_its_limit(name: str, limit: int) -> None:
    assert len(names.search_text(name, limit=limit)) <= limit


def test_long_unit_names_keep_their_first_tokens() -> None:
    name = "国务院直属单位机关委员会离退休干部局第十二党总支部第三党支部"
    text = names.search_text(name)
    assert text.startswith(name + " guowuyuan")
    assert len(text) <= 400
    assert names.keys(name).initials in text.split(" ")


@pytest.mark.parametrize(
    ("name", "printed"),
    [("李芳", "李　芳"), ("李 芳", "李　芳"), ("李　芳", "李　芳"), ("张建国", "张建国"), ("李", "李"),
     ("Li", "Li"), ("𠮷野", "𠮷　野"), ("买买提·吐尔逊", "买买提·吐尔逊"), (" 欧阳一一 ", "欧阳一一"), ("", "")],
)
def test_two_characters_are_spaced(name: str, printed: str) -> None:
    assert names.spaced(name) == printed


def test_codepoints_name_what_no_font_shows() -> None:
    assert names.keys("𠮷三").codepoints == "U+20BB7 U+4E09"
    assert names.keys("𠮷三").initials == "s"


@pytest.mark.parametrize(
    "query", [f"{a}{b}{c}" for a in ("shan", "dan", "chan") for b in ("le", "yue") for c in ("xing", "hang")]
)
def test_all_twelve_spellings_of_a_name_are_stored(query: str) -> None:
    assert found_by_tokens(query, "单乐行")


def test_variants_are_few_and_new() -> None:
    found = names.keys("乐长行茜")
    assert len(found.variants) <= 22  # 11 spellings and their initials
    assert len(set(found.variants)) == len(found.variants)
    assert found.full not in found.variants
