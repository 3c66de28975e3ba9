"""What is counted: a top and a bottom for each unit and period, counted where the rows are and divided last."""

from .behind import behind, holders, missing, units
from .counted import added, obligations, rollup, rollups, total
from .declared import Amount, Count, Coverage, Indicator, OnTime, Portion, State, Timely, indicators

__all__ = ["Amount", "Count", "Coverage", "Indicator", "OnTime", "Portion", "State", "Timely", "added", "behind",
           "holders", "indicators", "missing", "obligations", "rollup", "rollups", "total", "units"]
