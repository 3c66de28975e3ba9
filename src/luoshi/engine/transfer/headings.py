"""Which column of a file is which field: headings as offices write them, the row they stand in, and what is no record."""

import difflib
import hashlib
import re
from typing import Any

from ..register import Register
from . import fields

LOOKED_AT = 20  # rows in which the headings may stand
ALIKE = 0.78  # two headings this much alike mean the same, where no other is nearer

# Headings that mean the same in tables of offices; whichever of a line the product uses, it answers to the others too.
SAME = [line.split() for line in """
姓名 党员姓名 人员姓名 成员姓名 职工姓名 会员姓名 名字 姓 名
工号 人员编号 人员编码 职工编号 员工编号 职工号 人员代码 工作证号 编号
身份证号 身份证号码 身份证 公民身份号码 公民身份证号 公民身份证号码 居民身份证号 居民身份证号码 证件号码 证件号
单位 所在单位 所属单位 单位名称 工作单位 所在支部 所属支部 所在党支部 所属党支部 党支部 支部 支部名称 党支部名称
单位 所在党组织 所属党组织 党组织 党组织名称 组织名称 部门 所在部门 填报单位
名称 单位名称 组织名称 党组织名称 党支部名称 支部名称 单位全称 名称全称
编码 单位编码 组织编码 党组织代码 组织代码 单位代码 代码 编号
上级 上级单位 上级组织 上级党组织 隶属单位 隶属党组织
性别 男女
民族 族别
学历 文化程度 最高学历
出生日期 出生年月 出生年月日 出生时间 生日
入党日期 入党时间 入党年月 入党年月日 加入党组织时间 加入党组织日期 加入中共组织时间
转正日期 转正时间 转为正式党员日期 转为正式党员时间
任职日期 任职时间 任职起始日期 任职开始时间 现任职务时间 开始日期 起始日期
离任日期 离任时间 免职时间 免职日期 任职结束时间 结束日期 终止日期
成立日期 成立时间 建立时间 批准成立时间
职务 党内职务 现任职务 担任职务 职务名称
手机号 手机 手机号码 联系电话 电话 联系方式 移动电话
日期 时间 召开日期 召开时间 会议日期 会议时间 活动日期 活动时间 开会时间
议题 会议议题 会议主题 主题 会议内容
类型 会议类型 会议类别 类别 会议名称 种类
应到 应到人数 应参加人数 应出席人数 应到会人数
实到 实到人数 实际参加人数 实际到会人数 出席人数 到会人数 参加人数
主讲人 授课人 讲课人 主讲
备注 说明 备注说明
""".strip().splitlines()]

NOTE = re.compile(r"^(?:注|备注|说明|填表|制表|填报|审核|审批|联系人|报送|合计|总计|小计|共计|以上|以下空白)[\s:：、（(0-9]*"
                  r"|^\d+[.、]\s*(?:本表|请|此表)")

Mapping = dict[int, str]


def answers_to(one: Register) -> dict[str, str]:
    """Heading → field: first what the fields are called, then what offices call them; never two fields for one heading."""
    known: dict[str, str] = {}
    for name in one.form:
        for word in fields.names_of(one.model._meta.get_field(name)):
            known.setdefault(word, name)
    for name in one.form:
        known.setdefault(core(str(one.model._meta.get_field(name).verbose_name)), name)  # type: ignore[union-attr]
    taken = dict(known)
    for line in SAME:
        words = [fields.heading(word) for word in line]
        if own := next((taken[word] for word in words if word in taken), None):
            for word in words:
                known.setdefault(word, own)
    return known


def find(one: Register, rows: list[list[Any]]) -> tuple[int, Mapping, list[str]]:
    """(row of the headings, position → field, headings) from the first rows of a file.

    Title rows above are passed over; of headings in two rows the lower one counts, and the upper where it is blank.
    """
    known = answers_to(one)
    best: tuple[int, Mapping, list[str]] = (0, {}, [])
    for at in range(min(LOOKED_AT, len(rows))):
        for two in (False, True) if at else (False,):
            words = _headings(rows, at, two=two, known=known)
            mapping = guess(known, words)
            if len(mapping) > len(best[1]):
                best = (at, mapping, words)
    return best


def _headings(rows: list[list[Any]], at: int, *, two: bool, known: dict[str, str]) -> list[str]:
    words = [fields.tidy(cell) for cell in rows[at]]
    if two:
        above = [fields.tidy(cell) for cell in rows[at - 1]]
        above += [""] * (len(words) - len(above))
        words += [""] * (len(above) - len(words))
        words = [low or (high if fields.heading(high) in known else "") for high, low in zip(above, words, strict=True)]
    return words


def guess(known: dict[str, str], words: list[str]) -> Mapping:
    """Position → field: same headings first, then nearly the same ones; each field once, the leftmost column."""
    mapping: Mapping = {}
    for i, word in enumerate(words):
        name = known.get(fields.heading(word)) or known.get(core(word))
        if name and name not in mapping.values():
            mapping[i] = name
    if not mapping:  # a row without one known heading is no row of headings
        return mapping
    for i, word in enumerate(words):
        text = fields.heading(word)
        if i in mapping or len(text) < 2 or text in KEPT:
            continue
        near = {known[one] for one in difflib.get_close_matches(text, known, n=3, cutoff=ALIKE)} - set(mapping.values())
        if len(near) == 1:
            mapping[i] = near.pop()
    return mapping


def core(word: str) -> str:
    """A heading without what stands in brackets: 姓名（必填）, 党费（元）."""
    return fields.heading(re.sub(r"[（(][^）)]*[）)]", "", fields.tidy(word)))


def own_columns() -> tuple[str, str]:
    """What a workbook of faulty rows adds: the reasons and the line in the file."""
    return "问题", "原行号"


KEPT = {*own_columns(), "序号", "no", "no.", "problem", "line"}


def is_record(words: list[str], texts: list[str]) -> bool:
    """Whether a row below the headings is about something: no notes, no sums, no headings printed again."""
    filled = [text for text in texts if text]
    if not filled:
        return False
    if len(set(filled)) <= 2 and NOTE.match(filled[0]):
        return False
    again = sum(1 for word, text in zip(words, texts, strict=False) if word and word == text)
    return not (again >= 2 and again * 2 >= len(filled))


def digest(words: list[str]) -> str:
    """What a set of headings is remembered by: the words in their order."""
    return hashlib.sha256("\x1f".join(fields.heading(word) for word in words).encode()).hexdigest()
