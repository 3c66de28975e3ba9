"""Invented data for the gallery: one function a page, each giving the values its template asks for."""

import random
from datetime import date

from markupsafe import Markup, escape

from luoshi.ui import svg

WORDS = {
    "ok": "正常",
    "soon": "临近",
    "late": "逾期",
    "none": "未开始",
    "waived": "不适用",
    "today": "今天",
    "month": "月",
}


def numbers() -> list[dict[str, str]]:
    rows = [
        ("党员", "1,284", "人", "up", "12 人"),
        ("本月应开会议", "36", "次", "same", ""),
        ("已开会议", "31", "次", "up", "2 次"),
        ("逾期事项", "6", "项", "down", "3 项"),
        ("党费实交", "52,310.50", "元", "up", "1,204 元"),
        ("年度要点", "21 / 48", "项", "up", "4 项"),
    ]
    return [
        {"label": a, "value": b, "unit": c, "dir": d, "change": e, "than": "较上月", "url": "#"}
        for a, b, c, d, e in rows
    ]


def home() -> dict[str, object]:
    return {
        "messages": [("ok", "已登记“支委会（10月）”，台账和年度统计同步更新。", "#")],
        "items": [
            {
                "state": "late",
                "word": "",
                "title": "党课（第四季度）",
                "url": "#",
                "due": "截止 11-20",
                "note": "每季度至少一次",
                "actions": [("去登记", "#", True), ("说明原因", "#", False)],
            },
            {
                "state": "soon",
                "word": "",
                "title": "支委会（11月）",
                "url": "#",
                "due": "截止 11-28",
                "note": "",
                "actions": [("登记", "#", True), ("从上次复制", "#", False)],
            },
            {
                "state": "soon",
                "word": "",
                "title": "确认 12 人党费",
                "url": "#",
                "due": "截止 11-30",
                "note": "合计 1,536.00 元",
                "actions": [("查看并确认", "#", True)],
            },
            {
                "state": "none",
                "word": "",
                "title": "组织生活会材料准备",
                "url": "#",
                "due": "截止 12-31",
                "note": "",
                "actions": [("查看要求", "#", False)],
            },
        ],
        "done": [
            ("主题党日（11月）", "#", "ok", "已完成", "11-06"),
            ("党员大会（第四季度）", "#", "ok", "已完成", "10-15"),
        ],
        "numbers": numbers(),
    }


def leader() -> dict[str, object]:
    random.seed(7)
    units = [f"第{n}党支部" for n in "一二三四五六七八九十"] + ["离退休干部党支部", "驻外机构临时党支部"]
    cells = [
        [random.choices(list(WORDS)[:5], [70, 6, 6, 0, 3])[0] if m < 11 else "none" for m in range(12)] for _ in units
    ]
    tasks = [
        ("1.1 党员轮训", 2, 11, "ok", 0.8),
        ("2.3 换届筹备与选举办法修订", 4, 12, "none", 0.0),
        ("4.2 经费审查", 3, 9, "late", 0.6),
        ("5.1 青年理论学习小组", 1, 12, "ok", 0.7),
        ("6.4 警示教育", 9, 11, "soon", 0.5),
    ]
    lines = [(label, date(2026, a, 5), date(2026, b, 28), state, share, "#") for label, a, b, state, share in tasks]
    return {
        "numbers": numbers(),
        "grid": svg.lamp_grid(
            [(u, "#") for u in units],
            [f"{m}月" for m in range(1, 13)],
            cells,
            title="各支部本年度组织生活",
            desc="12 个支部，12 个月",
            words=WORDS,
        ),
        "grid_rows": [[u, line.count("ok"), line.count("late")] for u, line in zip(units, cells, strict=True)],
        "bars": svg.bars(
            [(u, random.randint(12, 60)) for u in units[:5]],
            [(u, random.randint(12, 60)) for u in units[:5]],
            title="人数",
            desc="前五个支部",
            unit=" 人",
            now="本期",
            then="上年同期",
        ),
        "bullet": svg.bullet(
            32000, 40000, title="执行", desc="32,000 / 40,000", label="文体活动", unit=" 元", limit=45000
        ),
        "steps": svg.step_bar(
            [
                ("入党申请人", 18, "中位 96 天"),
                ("入党积极分子", 12, "中位 410 天"),
                ("发展对象", 5, "中位 120 天"),
                ("预备党员", 4, "满 1 年"),
                ("转正", 3, ""),
            ],
            title="发展党员",
            desc="五个阶段",
        ),
        "timeline": svg.timeline(
            lines,
            date(2026, 11, 22),
            [(date(2026, 7, 1), "七一表彰"), (date(2026, 10, 15), "换届大会")],
            [date(2026, m, 1) for m in range(1, 13)] + [date(2027, 1, 1)],
            title="年度要点",
            desc="5 项任务",
            words=WORDS,
        ),
        "timeline_rows": [
            [label, f"2026-{a:02}-05", f"2026-{b:02}-28", WORDS[state]] for label, a, b, state, _ in tasks
        ],
    }


def row(n: int) -> str:
    """One list row as the engine writes it."""
    name = random.choice("李王张刘陈杨赵黄周吴") + "　" + random.choice("芳伟敏静丽强磊军洋勇")
    state = random.choices(["ok", "soon", "late"], [8, 1, 1])[0]
    use = f'<svg class="icon" aria-hidden="true"><use href="static/icons.svg#{state}"/></svg>'
    return (
        f'<tr id="r{n}"{" class=late" if state == "late" else ""}>'
        f'<td class="sel"><input type="checkbox" name="pk" value="{n}" aria-label="选择 {name}"></td>'
        f'<th scope="row"><a href="#">{escape(name)}</a></th><td data-label="支部">第三党支部</td>'
        f'<td data-label="类别"><span class="badge">正式</span></td>'
        f'<td data-label="入党日期" class="date">20{n % 20:02}-07-01</td>'
        f'<td data-label="联系电话"><span class="masked">138****{5600 + n}</span></td><td data-label="职务">—</td>'
        f'<td data-label="月党费（元）" class="num">{80 + n * 3}.00</td>'
        f'<td data-label="状态"><span class="lamp {state}">{use}{WORDS[state]}</span></td>'
        f'<td class="act"><a href="#">编辑</a><a href="#">更多</a></td></tr>'
    )


def listing() -> dict[str, object]:
    random.seed(3)
    labels = [
        ("name", "姓名", "/list.html?sort=name", "asc", ""),
        ("branch", "支部", "/list.html?sort=branch", "", ""),
        ("kind", "类别", None, "", ""),
        ("joined", "入党日期", "#", "", "date"),
        ("phone", "联系电话", None, "", ""),
        ("post", "职务", None, "", ""),
        ("dues", "月党费（元）", "#", "", "num"),
        ("state", "状态", None, "", ""),
    ]
    branch = {
        "name": "branch",
        "label": "支部",
        "type": "select",
        "value": "3",
        "choices": [("1", "第一党支部"), ("3", "第三党支部")],
    }
    return {
        "columns": labels,
        "body": Markup("".join(row(n) for n in range(30))),
        "total": ["合计 43 人", "", "", "", "", "", "5,210.00", ""],
        "bulk": {"action": "#", "buttons": [("move", "转移支部", ""), ("notify", "发通知", "")]},
        "filters": [
            {"name": "q", "label": "姓名或拼音", "type": "search", "value": "", "placeholder": "zs"},
            branch,
            {"name": "kind", "label": "类别", "type": "select", "value": "", "choices": [("a", "正式"), ("b", "预备")]},
            {"name": "joined", "label": "入党日期", "type": "range", "value": ("", "")},
        ],
        "more": [
            {"name": "sex", "label": "性别", "type": "select", "value": "", "choices": [("1", "男"), ("2", "女")]},
            {"name": "abroad", "label": "只看驻外", "type": "check", "value": ""},
        ],
    }


def form() -> dict[str, object]:
    def line(i: object) -> list[dict[str, object]]:
        return [
            {"name": f"line-{i}-topic"},
            {"name": f"line-{i}-decision"},
            {"name": f"line-{i}-minutes", "type": "number"},
        ]

    return {
        "rows": [line(0), line(1)],
        "blank": line("__i__"),
        "items": [
            {
                "name": "day",
                "label": "会议日期",
                "type": "date",
                "value": "2026-12-20",
                "required": True,
                "example": "2026-11-20",
                "width": "s",
                "errors": ["会议日期不能晚于今天，请改为实际开会日期"],
            },
            {
                "name": "kind",
                "label": "会议类别",
                "type": "radio",
                "choices": [("a", "支委会"), ("b", "党员大会"), ("c", "党小组会", "由党小组长召集")],
                "value": "a",
                "required": True,
            },
            {
                "fields": [
                    {"name": "place", "label": "地点", "width": ""},
                    {"name": "hours", "label": "时长", "type": "number", "unit": "分钟"},
                ],
                "row": True,
            },
            {
                "name": "chair",
                "label": "主持人",
                "type": "person",
                "value": "",
                "shown": "",
                "search_url": "#",
                "help": "可输入姓名、拼音首字母或工号",
            },
            {
                "name": "absent",
                "label": "未到人员",
                "type": "people",
                "value": [("1", "李 芳（请假）"), ("2", "王 伟（出差）")],
                "search_url": "#",
            },
            {
                "legend": "会议内容",
                "help": "可从 Word 粘贴，格式会自动清理。",
                "fields": [
                    {"name": "text", "label": "议题与决定", "type": "textarea", "rows": 4},
                    {
                        "name": "unit",
                        "label": "涉及单位",
                        "type": "select",
                        "choices": [("", "请选择"), ("1", "第三党支部")],
                        "width": "m",
                    },
                    {"name": "file", "label": "附件", "type": "file", "help": "可选，不要求照片。单个文件不超过 20 MB"},
                    {"name": "cost", "label": "费用", "type": "money", "unit": "元", "width": "s"},
                    {"name": "ok", "label": "会议记录已由主持人审阅", "type": "check"},
                ],
            },
        ],
    }


def board() -> dict[str, object]:
    moves = [("todo", "未开始"), ("doing", "进行中"), ("risk", "有风险"), ("done", "已完成")]

    def card(no: str, title: str, lamp: str, note: str = "", done: int = 0) -> dict[str, object]:
        return {
            "no": no,
            "title": title,
            "url": "#",
            "unit": "组织处",
            "due": "12-31",
            "lamp": lamp,
            "word": "",
            "note": note,
            "done": done,
            "total": 12 if done else 0,
            "moves": moves,
            "move_url": "#",
        }

    return {
        "columns": [
            {
                "label": "未开始",
                "state": "none",
                "count": 6,
                "url": "#",
                "cards": [card("2.3", "换届筹备", "none"), card("3.4", "党务干部培训", "none")],
            },
            {
                "label": "进行中",
                "state": "ok",
                "count": 18,
                "url": "#",
                "cards": [
                    card("1.1", "党员轮训", "ok", "第三期已结束，余一期", 8),
                    card("5.1", "青年理论学习小组", "ok", "", 7),
                ],
            },
            {
                "label": "有风险",
                "state": "soon",
                "count": 3,
                "url": "#",
                "cards": [card("4.2", "经费审查", "late", "等待两家单位报送", 5)],
            },
            {
                "label": "已完成",
                "state": "ok",
                "count": 21,
                "url": "#",
                "cards": [card("3.1", "警示教育", "ok", "", 12)],
            },
        ]
    }


def work() -> dict[str, object]:
    return {
        "rows": [
            {
                "line": 2,
                "state": "new",
                "word": "新增",
                "reasons": [],
                "cells": ["李　芳", "第三党支部", "2001-07-01", "128.00"],
            },
            {
                "line": 3,
                "state": "error",
                "word": "有误",
                "reasons": [(2, "入党日期不能早于出生日期"), (1, "没有这个支部")],
                "cells": ["王　伟", "第十三支部", "1901-07-01", "128.00"],
            },
            {
                "line": 4,
                "state": "change",
                "word": "更新",
                "reasons": [(3, "月党费由 120.00 改为 128.00")],
                "cells": ["张　敏", "第三党支部", "2011-07-01", "128.00"],
            },
        ]
    }


PAGES = {
    "home": ("首页", home),
    "leader": ("首页", leader),
    "list": ("组织", listing),
    "form": ("活动", form),
    "detail": ("组织", dict),
    "board": ("计划", board),
    "work": ("组织", work),
    "signin": ("首页", dict),
}
