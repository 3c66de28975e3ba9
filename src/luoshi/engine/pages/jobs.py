"""The page of a background job; it may be left and found again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.ui.render import render

from .. import jobs
from ..models import Job


def stages(job: Job) -> dict[str, Any]:
    """The steps of the work and which one it is at; of other work than an import only the present step is known."""
    known = [_("上传"), _("检查"), _("预览")]
    if job.kind == "import.check" or not job.stage:
        at = known.index(job.stage) if job.stage in known else 0
        return {"stages": known, "stage": len(known) if job.state == Job.State.DONE else at}
    return {"stages": [job.stage], "stage": 0}


def job_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Only the one who started it sees it. When it is done and has somewhere to go on, the page goes there."""
    job = Job.objects.filter(pk=pk, account=request.actor.id).first()  # type: ignore[attr-defined]
    if job is None:
        raise Http404
    job = jobs.with_progress(job)
    lost = jobs.lost(job)
    running = not lost and job.state in (Job.State.WAITING, Job.State.RUNNING)
    if job.state == Job.State.DONE and (url := job.result.get("url")):
        if not request.headers.get("HX-Request"):
            return redirect(url)
        response = HttpResponse(status=204)
        response["HX-Redirect"] = url
        return response
    return render(request, "engine/job.html", {
        "title": job.subject, "job": job, "running": running,
        "words": _("已处理 %(done)d / %(total)d") % {"done": job.done, "total": job.total} if job.total else "",
        **stages(job), "poll_url": reverse("job", args=[pk]) if running else "",
        "error": jobs.broke_off(job) if lost else job.result.get("error", ""),
    })
