"""When study is due and when a record of it is right; house rules, no regulation fixes them. Messages are codes."""

from .exchange import entry_problems, exchange_problems
from .learning import ALL, AT_LEAST, AT_MOST_OPEN, check_meets, criterion_met, span_problems
from .timetable import session_problems, session_state, timetable_problems

__all__ = ["ALL", "AT_LEAST", "AT_MOST_OPEN", "check_meets", "criterion_met", "entry_problems", "exchange_problems", "session_problems",
           "session_state", "span_problems", "timetable_problems"]
