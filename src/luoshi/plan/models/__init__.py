"""What the plan stores: the plans themselves, and the documents of higher bodies that they carry out."""

from .guiding import Clause, Guiding
from .plans import (
    ALIVE,
    CIRCULAR_MOVES,
    MEASURE_WORDS,
    PLAN_MOVES,
    Circular,
    CircularState,
    CountRule,
    Edition,
    Helper,
    Measure,
    MeasureState,
    Method,
    Milestone,
    Plan,
    PlanState,
    Remark,
    Section,
)

__all__ = ["ALIVE", "CIRCULAR_MOVES", "MEASURE_WORDS", "PLAN_MOVES", "Circular", "CircularState", "Clause", "CountRule",
           "Edition", "Guiding", "Helper", "Measure", "MeasureState", "Method", "Milestone", "Plan", "PlanState", "Remark",
           "Section"]
