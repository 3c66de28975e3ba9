"""Four documents of higher bodies and their clauses, most of them answered by a measure of the plan or a rule."""

from datetime import date

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.register import register
from luoshi.plan.models import Clause, Guiding, Measure, Plan

from .units import Tree, dice

ISSUER = "上级机关工委"
DOCUMENTS = (
    ("关于健全党员经常性教育机制的意见", 3, (
        "各单位建立党员学习制度，明确频次和内容",
        "支部每月固定一天开展主题党日",
        "领导干部和支部书记带头讲党课",
        "建立学习成果交流机制",
        "分层分类开展党员培训",
        "入党积极分子集中学习每年不少于三天",
    )),
    ("关于加强党员联系服务群众的意见", 4, (
        "建立联系点制度",
        "困难职工走访每年不少于两次",
        "设立意见建议渠道并按期答复",
        "组织党员参加志愿服务",
        "公开服务承诺并接受监督",
    )),
    ("关于完善机关基层组织设置的意见", 5, (
        "按期换届，届满前六个月启动准备",
        "配齐支部书记和支委",
        "重大任务中设立临时党支部",
        "驻外支部按季度报告组织生活",
        "支部制定能力提升表并作半年回顾",
        "党务干部每年轮训一次",
        "建立交接清单制度",
    )),
    ("关于推进党务公开工作的意见", 6, (
        "编制党务公开目录",
        "重大事项征求意见并公布采纳情况",
        "发展党员实行公示",
        "按季度印发工作通报",
        "党费收缴使用情况每年公布",
    )),
)
RULES = (("机关党员学习办法", "远党〔2026〕2号"), ("支部联系点工作办法", "远党〔2026〕5号"), ("党务公开实施办法", "远党〔2026〕7号"))


def build(actor: Actor, tree: Tree, plan: Plan) -> None:
    """Received in spring; about three clauses in four have an answer, the others are the gap list."""
    roll, year = dice("guiding"), actor.today.year
    measures = list(Measure.objects.filter(plan=plan, state="accepted").order_by("start", "id"))
    for title, month, texts in DOCUMENTS:
        received = min(date(year, month, 10), actor.today)
        document = write.save(actor, register("guiding"), Guiding(
            unit=tree.root, title=title, issuer=ISSUER, number=f"工委〔{year}〕{month + 8}号", issued_on=received,
            received_on=received))
        rows = []
        for n, text in enumerate(texts, 1):
            row = Clause(unit=tree.root, document=document, number=f"第{'一二三四五六七八九'[n - 1]}条", text=text)
            row.measure = _nearest(text, measures)
            if row.measure is None and roll.random() < 0.5:
                row.rule_title, row.rule_number = roll.choice(RULES)
            rows.append(row)
        if refused := save_many(actor, register("clause"), rows, verb="add"):
            raise RuntimeError(f"clauses refused: {refused}")


def _nearest(text: str, measures: list[Measure]) -> Measure | None:
    """The measure that shares the most pairs of characters with a clause; None where none shares four."""
    best = max(measures, key=lambda one: len(_pairs(text) & _pairs(one.text)))
    return best if len(_pairs(text) & _pairs(best.text)) >= 4 else None


def _pairs(text: str) -> set[str]:
    return {text[i:i + 2] for i in range(len(text) - 1)}
