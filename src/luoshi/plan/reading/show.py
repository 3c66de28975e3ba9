"""A read plan as an outline for a person at the command line."""

from .shape import ReadMeasure, ReadPlan


def outline(plan: ReadPlan) -> str:
    """Headings indented by level, under each its measures with kind, time, units and what is missing."""
    lines = [
        plan.title or "（没有找到标题）",
        f"年份：{plan.year or '未写明'}　发文单位：{plan.issuer or '未写明'}　标题 {len(plan.sections)} 个，措施 {len(plan.measures)} 条",
    ]
    lines += [_line(measure, "") for measure in plan.measures if measure.section is None]
    for at, section in enumerate(plan.sections):
        indent = "  " * section.level
        lines.append(f"{indent}{section.title}")
        lines += [_line(measure, indent + "  ") for measure in plan.measures if measure.section == at]
    return "\n".join(lines)


def _line(measure: ReadMeasure, indent: str) -> str:
    facts = [measure.kind, measure.timing.text, measure.owner, *(f"配合 {name}" for name in measure.helpers), *measure.needs]
    return f"{indent}· {measure.text}［{'｜'.join(fact for fact in facts if fact)}］"
