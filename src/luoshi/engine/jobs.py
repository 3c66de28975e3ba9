"""Background work: queued in the same database as the data, shown on a page with a true bar."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from .actor import Actor, actor_of, system_actor
from .models import Job

log = logging.getLogger(__name__)

Step = Callable[[int, int, str], None]  # done, total, name of the stage
Worker = Callable[[Job, Actor, Step], dict[str, Any]]
_workers: dict[str, Worker] = {}
SILENCE = timedelta(minutes=5)


class Refused(Exception):
    """The work cannot be done; str() is the sentence for the one who asked."""


def worker(kind: str) -> Callable[[Worker], Worker]:
    """Declare the function that does a kind of work."""

    def enter(function: Worker) -> Worker:
        _workers[kind] = function
        return function

    return enter


def start(actor: Actor, kind: str, subject: str, payload: dict[str, Any]) -> Job:
    """Queue work for an actor; it runs with this actor's rights as they are when it runs."""
    job = Job.objects.create(kind=kind, subject=subject[:200], account=actor.id, payload=payload)
    transaction.on_commit(lambda: run.enqueue(job.pk))
    return job


@task()
def run(pk: int) -> None:
    """Do a queued job once. A refusal is a result, not a crash; a crash says so and is logged."""
    taken = Job.objects.filter(pk=pk, state=Job.State.WAITING).update(
        state=Job.State.RUNNING, beat_at=timezone.now())
    if not taken:
        return
    job = Job.objects.get(pk=pk)
    try:
        result, state = _workers[job.kind](job, _actor(job), _stepper(job)), Job.State.DONE
    except Refused as reason:
        result, state = {"error": str(reason)}, Job.State.FAILED
    except Exception:
        log.exception("job %s %s", job.pk, job.kind)
        result, state = {"error": broke_off(job)}, Job.State.FAILED
    Job.objects.filter(pk=pk).update(state=state, result=result)


def broke_off(job: Job) -> str:
    """What is said of work that ended without a result: a crash, or a worker that was killed."""
    return _("处理中断，没有写入任何内容。请重新提交；如再次出现请反馈编号 J%(n)d") % {"n": job.pk}


def with_progress(job: Job) -> Job:
    """The job with how far it has come, also where it works inside a transaction that nobody else can see into."""
    told = cache.get(_spot(job)) if job.state == Job.State.RUNNING else None
    if told and told[3] > job.made_at:  # what an older database's job of this number left behind is not ours
        job.done, job.total, job.stage, job.beat_at = told
    return job


def _spot(job: Job) -> str:
    return f"job-{job.pk}"


def lost(job: Job) -> bool:
    """Whether running work has given no sign of life for so long that its worker must be gone."""
    return job.state == Job.State.RUNNING and timezone.now() - job.beat_at > SILENCE


def _actor(job: Job) -> Actor:
    from luoshi.foundation.accounts import Account

    if job.account is None:
        return system_actor()
    return actor_of(Account.objects.get(pk=job.account))


def _stepper(job: Job) -> Step:
    """Note progress at most a hundred times a stage, so that the bar costs little."""

    def step(done: int, total: int, stage: str) -> None:
        if stage != job.stage or total < 100 or done * 100 // total != job.done * 100 // (total or 1):
            job.done, job.total, job.stage = done, total, stage
            if connection.in_atomic_block:
                cache.set(_spot(job), (done, total, stage, timezone.now()), 3600)
                return
            Job.objects.filter(pk=job.pk).update(
                done=done, total=total, stage=stage, beat_at=timezone.now())

    return step
