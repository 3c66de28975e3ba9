"""Surname stroke order, held against strokes written out by hand: 1 横, 2 竖, 3 撇, 4 点, 5 折."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.kernel.names import in_stroke_table, keys, matches, spaced, stroke_key

# Written from how each surname is written, not from the table under test.
WRITTEN = {
    "丁": "12", "卜": "24",
    "于": "112", "万": "153", "马": "551",
    "丰": "1112", "王": "1121", "元": "1135", "云": "1154", "支": "1254", "车": "1512", "戈": "1534", "水": "2534",
    "牛": "3112", "毛": "3115", "仇": "3235", "公": "3454", "卞": "4124", "文": "4134", "方": "4153", "尹": "5113",
    "孔": "5215", "邓": "5452",
    "甘": "12211", "艾": "12234", "古": "12251", "石": "13251", "龙": "13534", "卢": "21513", "叶": "25112",
    "田": "25121", "史": "25134", "白": "32511", "丛": "34341", "包": "35515", "冯": "41551",
    "吉": "121251", "毕": "153512", "曲": "251221", "吕": "251251", "朱": "311234", "乔": "313432", "伍": "321251",
    "任": "323121", "华": "323512", "向": "325251", "刘": "413422", "齐": "413432", "江": "441121", "汤": "441533",
    "许": "453112",
    "严": "1224313", "苏": "1225344", "杜": "1234121", "李": "1234521", "杨": "1234533", "吴": "2511134",
    "何": "3212512", "余": "3411234", "邹": "3551152", "沈": "4414535", "宋": "4451234", "张": "5153154",
    "陆": "5211252", "陈": "5215234",
    "范": "12244155", "林": "12341234", "罗": "25221354", "金": "34112431", "周": "35121251", "郑": "43113452",
    "孟": "52125221",
    "赵": "121213434", "胡": "122513511", "钟": "311152512", "侯": "325131134", "姜": "431121531", "姚": "531341534",
    "贺": "532512534",
    "秦": "1113431234", "袁": "1212513534", "贾": "1252212534", "夏": "1325111354", "徐": "3323411234",
    "高": "4125125251", "郭": "4125152152", "唐": "4135112251",
    "黄": "12212512134", "曹": "12512212511", "崔": "25232411121", "梁": "44153441234",
    "彭": "121251431333", "蒋": "122412354124", "韩": "122511121152", "董": "122312511211", "程": "312342511121",
    "傅": "321251124124", "曾": "432524312511", "谢": "453251113124",
    "赖": "1251234352534", "鲍": "3525121135515",
    "蔡": "12235445411234", "廖": "41354154134333", "熊": "54251135354444",
    "樊": "123434341234134", "潘": "441343123425121",
    "戴": "12125121122134534", "魏": "31234531325113554",
}


# The number of strokes of each, counted by hand; together with those above some two hundred and fifty surnames.
COUNTED = {
    2: "丁卜刁", 3: "于万马干", 4: "王毛方文尹孔邓牛仇戈车支云元水公卞", 5: "石龙田史白冯叶卢古甘艾包左司申皮匡宁边",
    6: "刘江朱任许吕齐毕汤乔伍华向吉曲全安米祁成阮邢池牟纪关", 7: "李杨吴何余张陈陆宋沈杜苏严邹佟汪谷邱辛岑沙冷时连劳",
    8: "林罗金周郑孟范武易尚郎季岳庞欧宗单房屈苗苑和竺", 9: "赵胡钟侯姜姚贺祝段施俞柳洪柏查胥荣骆费柯项闻娄宫郝饶",
    10: "秦袁贾夏徐高郭唐倪钱顾莫桂陶耿聂翁殷班晏柴席凌涂", 11: "黄曹崔梁章符盛龚康常戚梅萧商鹿寇巢阎麻屠",
    12: "彭蒋韩董程傅曾谢葛焦温游舒童景喻鲁覃储", 13: "赖鲍雷詹路蓝蒲甄窦靳廉解鄢褚", 14: "蔡廖熊谭管裴臧缪翟", 15: "樊潘黎滕颜",
    16: "薛霍穆冀燕", 17: "戴魏濮鞠", 18: "瞿",
}


def by_hand(surname: str) -> tuple[int, str]:
    return len(WRITTEN[surname]), WRITTEN[surname]


def test_no_two_of_the_list_are_written_alike() -> None:
    assert len(set(WRITTEN.values())) == len(WRITTEN) >= 100


@pytest.mark.parametrize(("before", "after"), list(pairwise(sorted(WRITTEN, key=by_hand))))
def test_surnames_stand_as_their_strokes_say(before: str, after: str) -> None:
    assert stroke_key(before) < stroke_key(after)


def test_two_hundred_surnames_stand_by_the_number_of_their_strokes() -> None:
    listed = [(count, one) for count, those in COUNTED.items() for one in those]
    assert len({one for _count, one in listed}) == len(listed) >= 200
    assert all(count == len(WRITTEN[one]) for count, one in listed if one in WRITTEN)
    order = sorted(listed, key=lambda pair: stroke_key(pair[1]))
    assert [count for count, _one in order] == sorted(count for count, _one in listed)


def test_rare_characters_and_dots_are_taken() -> None:
    rare = "𠮷\U00020bb7\U0002a6a5"
    assert keys(rare).codepoints.startswith("U+20BB7")
    assert matches("𠮷", rare)
    assert keys("买买提·吐尔逊").full == keys("买买提吐尔逊").full
    assert [spaced(one) for one in ("张三", "买买提·吐尔逊", "诸葛亮", "Li")] == ["张　三", "买买提·吐尔逊", "诸葛亮", "Li"]


@pytest.mark.parametrize(
    "line",
    [
        "丰 王 元 云 支 车 戈 水 贝 牛 毛 仇 公 卞 文 方 尹 孔 邓",
        "丁一 王二 李三",
        "于 马",
        "李 张 陈",
        "张伟 张建国",
        "李四 李一一 李一二 李二一",  # shorter first, then the given characters
        "欧大 欧一一 欧阳二 欧阳一一",  # a compound surname follows the single one it begins with
        "欧龘龘 欧阳二",
        "司马光 司空图 司徒一",
        "王二 王𠮷 张一 𠮷三",  # characters outside the table come last
    ],
)
def test_names_in_order(line: str) -> None:
    names = line.split()
    backwards = names[::-1]
    assert sorted(backwards, key=stroke_key) == names


def test_blanks_and_dots_do_not_count() -> None:
    assert stroke_key("李　芳") == stroke_key("李芳")
    assert stroke_key("买买提·吐尔逊") == stroke_key("买买提吐尔逊")


def test_unknown_characters_are_told() -> None:
    assert in_stroke_table("张三丰")
    assert not in_stroke_table("𠮷三")


@given(st.text(alphabet="王张李一二三𠮷㐂·A", max_size=5), st.text(alphabet="王张李一二三𠮷㐂·A", max_size=5))
def test_the_key_sorts_alike_in_any_collation(left: str, right: str) -> None:
    assert set(stroke_key(left)) <= set("0123456789abcdef")
    plain_left, plain_right = left.replace("·", ""), right.replace("·", "")
    assert (stroke_key(left) == stroke_key(right)) == (plain_left == plain_right)
