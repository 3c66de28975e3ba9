"""Development of members as plain rules: dates and thresholds, the steps as data, what forbids a step, where a case stands."""

from .checks import Problem, problems, soft_ones
from .dates import (
    REVISED,
    VERSION_2014,
    VERSION_2026,
    admission,
    approval_result,
    contacts_valid,
    earliest_object_date,
    eligible,
    extension_valid,
    leaving_soon,
    meeting_deadline,
    missing_documents,
    notice_end,
    notice_ok,
    object_valid,
    probation_end,
    review_due,
    reviews_due,
    reviews_state,
    sponsors_valid,
    standing_from,
    talk_deadline,
    talk_result,
    training_result,
    version_on,
)
from .facts import Facts, Notice, Review, Vote, phase, settled
from .notices import Received, notice_problems
from .steps import BY_CODE, FLOW, STEPS, Step, article_of
from .timeline import Mark, pressing, timeline

__all__ = [
    "BY_CODE", "FLOW", "REVISED", "STEPS", "VERSION_2014", "VERSION_2026", "Facts", "Mark", "Notice", "Problem",
    "Received", "Review", "Step", "Vote", "admission", "approval_result", "article_of", "contacts_valid", "earliest_object_date",
    "eligible", "extension_valid", "leaving_soon", "meeting_deadline", "missing_documents", "notice_end", "notice_ok",
    "notice_problems", "object_valid", "phase", "pressing", "probation_end", "problems", "review_due", "reviews_due",
    "reviews_state", "settled", "soft_ones", "sponsors_valid", "standing_from", "talk_deadline", "talk_result",
    "timeline", "training_result", "version_on",
]
