"""The parts of the reading one by one: kinds, owners, headings, lost punctuation, lost titles, and what it costs."""

import json
import subprocess
import sys

import pytest

from luoshi.plan.reading import cli, headings, kinds, measures, needs, owners, repair
from luoshi.plan.reading.blocks import Block, document
from luoshi.plan.reading.shape import ReadPlan
from luoshi.plan.reading.tree import read_plan


@pytest.mark.parametrize(("text", "kind"), [
    ("组织中心组集体学习", "study"), ("举办支部书记培训班", "training"), ("举办职工篮球赛", "activity"),
    ("召开组织生活会", "meeting"),
    ("全年发展党员20名", "membership"), ("按月收缴党费", "dues_funds"), ("编印《先锋》简报", "publishing"),
    ("召开座谈会听取意见", "consultation"),
    ("评选优秀共产党员", "selection"), ("走访慰问困难职工", "care"), ("签订廉政承诺书", "integrity"),
    ("完成支部换届选举", "organization"),
    ("组建职工合唱团", "groups"), ("改造职工活动室", "facility"), ("修订《财务管理办法》", "regulation"),
    ("完成党内统计年报", "statistics"),
    ("到基层单位督导检查", "guidance"),
])
def test_kinds(text, kind):
    assert kinds.kind_of(text) == kind


@pytest.mark.parametrize(("text", "owner", "helpers"), [
    ("（责任单位：组织处）", "组织处", ()),
    ("（责任部门：组织处；配合部门：人事司、财务司）", "组织处", ("人事司", "财务司")),
    ("（牵头：工会；配合：各支部）", "工会", ("各支部",)),
    ("责任单位：宣传部", "宣传部", ()),
    ("牵头单位：办公室。协办单位：信息中心。", "办公室", ("信息中心",)),
    ("（财务科、经审委）", "财务科", ("经审委",)),
])
def test_remarks_name_units(text, owner, helpers):
    assert owners.note().fullmatch(text)
    assert owners.from_note(text) == owners.Named(owner, helpers)


@pytest.mark.parametrize(("text", "owner", "helpers"), [
    ("由宣传科负责", "宣传科", ()), ("由工会牵头，团委配合", "工会", ("团委",)), ("机关工会配合", "", ("机关工会",)),
    ("组织部牵头负责", "组织部", ()),
])
def test_clauses_name_units(text, owner, helpers):
    assert owners.from_clause(text) == owners.Named(owner, helpers)


@pytest.mark.parametrize("text", ["举办运动会", "各支部认真参加", "加强组织建设"])
def test_clauses_of_work_name_no_unit(text):
    found = owners.from_clause(text)
    assert found is None or not found.owner


@pytest.mark.parametrize(("text", "owner"), [
    ("机关工会5月举办运动会", "机关工会"), ("组织科做好转接", "组织科"), ("组织党员参观", ""), ("支部委员会每月召开一次", ""),
    ("宣传部会同人事处举办培训班", "宣传部"),
])
def test_the_subject_is_the_owner(text, owner):
    assert owners.subject(text)[0].owner == owner


@pytest.mark.parametrize(("text", "depth"), [
    ("第一部分 思想建设", 1), ("一、思想建设", 2), ("十二、其他", 2), ("（三）组织建设", 3), ("1.加强学习", 4), ("（2）开展活动", 5),
    ("五一、端午前检查", 0), ("2026年工作", 0),
])
def test_numbers(text, depth):
    assert headings.numbered(text)[0] == depth


TORN = (
    "某局2025年党建工作.要围绕中心.服务大局.建设队伍.一.坚持学用结合.提升能力素质每月组织一次支部学习.开展读书活动.着力提高党支部的学习能力.教育能力.服务能力."
    "认真落实.二.强化作风建设.改进服务质量6月底前召开群众座谈会.发挥'文明.规范.高效'窗口的作用.三.关心职工生活慰问机关.学校.医院职工."
)


def torn():
    return document([Block("某局2025年党建工作要点", kind="title"), Block(TORN)], "txt")


def test_torn_text_gets_its_chapters_back():
    plan = read_plan(torn())
    assert [s.title for s in plan.sections] == ["坚持学用结合，提升能力素质", "强化作风建设，改进服务质量", "关心职工生活"]
    assert plan.measures[0].text == "每月组织一次支部学习"
    assert plan.measures[0].timing.normalized == "R/P1M"


def test_torn_lists_and_quotes_stay_whole():
    said = [measure.text for measure in read_plan(torn()).measures]
    assert any("学习能力、教育能力、服务能力" in text for text in said)
    assert any("'文明.规范.高效'" in text for text in said)


def test_a_lost_title_is_asked_for():
    lost = [measure for measure in read_plan(torn()).measures if measure.needs]
    assert [measure.text for measure in lost] == ["认真落实"]
    assert "认真落实" in lost[0].needs[0]
    assert needs.missing(["贯彻落实《党章》"]) == ()
    assert len(needs.missing(["贯彻落实《》"])) == 1


@pytest.mark.parametrize("text", ["一、加强学习，提高素质。每月组织一次学习；开展读书活动。", "2026.6.30 3.5 12.8", ""])
def test_sound_text_is_not_repaired(text):
    assert repair.sign(text) == ""


@pytest.mark.parametrize(("text", "said"), [
    ("每月开一次支部会，每季度上一次党课，每季度召开一次党员大会。", 3), ("举办书画展，展现职工风采，营造良好氛围。", 1),
    ("编印《职工》小报，每两个月一期。", 1), ("3月举办运动会；5月举办书画展；年底评选先进。", 3),
    ("为提高服务水平，围绕中心工作，举办培训班。", 1),
    ("一是签订责任书；二是开展警示教育；三是修订制度。", 3),
])
def test_promises_in_a_sentence(text, said):
    assert len(measures.drafts(measures.clauses(text, 0))) == said


def test_a_table_row_gives_its_units_and_time_to_every_measure_in_it():
    cells = (("重点工作", "一、思想建设"), ("具体措施", "1.编印学习资料\n2.举办读书会"), ("牵头单位", "宣传部"), ("配合单位", "工会、团委"),
             ("完成时限", "6月底前"))
    plan = read_plan(document([Block("\t".join(v for _h, v in cells), kind="row", cells=cells)], "docx"), year=2026)
    assert [m.text for m in plan.measures] == ["编印学习资料", "举办读书会"]
    assert {(m.owner, m.helpers, m.timing.normalized) for m in plan.measures} == {("宣传部", ("工会", "团委"), "2026-06-30")}
    assert [s.title for s in plan.sections] == ["思想建设"]


def test_the_general_part_gives_no_measures():
    lines = ["一、总体要求", "坚持围绕中心，开展主题教育，组织党员学习。", "二、主要任务", "每月召开一次支部委员会。"]
    plan = read_plan(document([Block(line) for line in lines], "txt"))
    assert [m.text for m in plan.measures] == ["每月召开一次支部委员会"]
    assert len(plan.sections) == 2


def test_an_empty_document_is_an_empty_plan():
    assert read_plan(document([], "txt")) == ReadPlan("", None, "")


def test_the_given_year_wins():
    lines = [Block("某局2025年工作要点", kind="title"), Block("一、学习"), Block("6月底前举办读书会。")]
    assert read_plan(document(lines, "txt")).measures[0].timing.normalized == "2025-06-30"
    assert read_plan(document(lines, "txt"), year=2027).measures[0].timing.normalized == "2027-06-30"


def test_command_line(tmp_path, capsys):
    path = tmp_path / "要点.txt"
    path.write_text("某局2026年工作要点\n一、学习\n每月组织一次学习。（责任单位：宣传处）\n二、工会\n3月举办运动会。\n", encoding="utf-8")
    assert cli.main([str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"title", "year", "issuer", "sections", "measures"}
    assert found["measures"][0]["owner"] == "宣传处"
    assert cli.main([str(path)]) == 0
    assert "每月组织一次学习" in capsys.readouterr().out


@pytest.mark.parametrize("argv", [[], ["没有这个文件.txt"], ["a", "b"], ["a", "--year", "今年"], ["a", "--unknown"]])
def test_wrong_usage_is_one_sentence(argv, capsys):
    assert cli.main(argv) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.strip().endswith("。")


CHILD = """
import sys
from luoshi.plan.reading.blocks import Block, document
from luoshi.plan.reading.tree import read_plan
text = sys.stdin.read()
plan = read_plan(document([Block(line) for line in text.splitlines()], "txt"))
heavy = sorted({name.split(".")[0] for name in sys.modules} & {"django", "jieba", "numpy", "torch"})
# The high-water mark since exec: getrusage would also count the test process that this one was forked from.
peak = next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(peak, hash(0), heavy, plan.as_json())
"""


def test_a_child_process_stays_small_and_two_agree():
    line = "（一）抓好学习。每月组织一次集中学习，6月底前举办培训班，春节前慰问职工。（责任单位：宣传处）\n"
    text = "某局2026年工作要点\n一、思想建设\n" + line * 90
    said = []
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", CHILD], input=text, capture_output=True, text=True, check=True,
            env={"PYTHONPATH": "src", "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        )
        memory, _, rest = done.stdout.partition(" ")
        assert int(memory) <= 200
        said.append(rest)
    assert said[0] == said[1]
    assert said[0].startswith("0 [] {")


def test_another_label_on_the_line_ends_the_names_of_units():
    line = "每季度组织一次宣讲。责任部门：宣教部  完成时限：全年"
    (measure,) = read_plan(document([Block("一、思想建设"), Block(line)], "txt")).measures
    assert (measure.owner, measure.helpers) == ("宣教部", ())


def test_an_exhortation_at_the_end_is_no_measure():
    lines = ["一、学习", "每月组织一次学习。", "二、保障措施", "各分会要高度重视，加强领导，确保各项任务落到实处。"]
    plan = read_plan(document([Block(line) for line in lines], "txt"))
    assert [one.text for one in plan.measures] == ["每月组织一次学习"]
