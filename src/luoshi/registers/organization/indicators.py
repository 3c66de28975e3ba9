"""What is counted about the organisation: bodies in their terms, posts filled, units visited, sheets reviewed."""

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.audience import Audience
from luoshi.engine.indicators import Count, Coverage, Portion, State
from luoshi.foundation.people import Post
from luoshi.foundation.units import Body, Kind, System

from .models import Action, Finding

BRANCHES = Audience(bodies=(Body.BRANCH,))
ELECTED = Audience(bodies=(Body.BRANCH, Body.GENERAL, Body.COMMITTEE), temporary=False)  # a temporary body is appointed
ANY = Audience(bodies=(Body.BRANCH, Body.GENERAL, Body.COMMITTEE))

SECRETARIES = State("organization.secretaries", _("已配备书记的党组织"), "position", "since", until="until",
                    where=Q(post=Post.SECRETARY), should=ANY, unit_word=_("个党组织"))
STAFF = State("organization.staff", _("党务干部"), "position", "since", until="until", where=Q(post=Post.CADRE),
              unit_word=_("人"))
STAFF_BY_POST = tuple(
    State(f"organization.staff_{post.value}", post.label, "position", "since", until="until", where=Q(post=post), unit_word=_("人"))
    for post in (Post.DISCIPLINE_CADRE, Post.UNION_CADRE, Post.LEAGUE_CADRE))
FULL_TIME = State("organization.full_time_staff", _("专职党务干部"), "position", "since", until="until",
                  where=Q(post=Post.CADRE, full_time=True), unit_word=_("人"))
UNIONS = Audience(bodies=(Body.COMMITTEE,), system=System.UNION)
AUDITED = Audience(bodies=(Body.AUDIT,), system=System.UNION)
UNION_BODIES = Audience(bodies=(Body.COMMITTEE, Body.AUDIT), system=System.UNION)
LEAGUE_BODIES = Audience(bodies=(Body.BRANCH, Body.GENERAL, Body.COMMITTEE), system=System.LEAGUE, temporary=False)
CHAIRS = State("organization.union_chairs", _("已配备主席的工会"), "position", "since", until="until", where=Q(post=Post.CHAIR),
               should=UNIONS, unit_word=_("个工会"))
AUDIT_CHAIRS = State("organization.audit_chairs", _("已配备主任的经审会"), "position", "since", until="until",
                     where=Q(post=Post.AUDIT_CHAIR), should=AUDITED, unit_word=_("个经审会"))
LEAGUE_SECRETARIES = State("organization.league_secretaries", _("已配备书记的团组织"), "position", "since", until="until",
                           where=Q(post=Post.SECRETARY), should=LEAGUE_BODIES, unit_word=_("个团组织"))
OF_POSITIONS = (SECRETARIES, STAFF, *STAFF_BY_POST, FULL_TIME, CHAIRS, AUDIT_CHAIRS, LEAGUE_SECRETARIES)

IN_TERM = State("organization.in_term", _("在届期内的党组织"), "term", "elected_on", until="lapses_on", should=ELECTED,
                unit_word=_("个党组织"))
ELECTIONS = Count("organization.elections", _("换届选举"), "term", "elected_on")
UNION_IN_TERM = State("organization.union_in_term", _("在届期内的工会组织"), "term", "elected_on", until="lapses_on",
                      should=UNION_BODIES, unit_word=_("个工会组织"))
LEAGUE_IN_TERM = State("organization.league_in_term", _("在届期内的团组织"), "term", "elected_on", until="lapses_on",
                       should=LEAGUE_BODIES, unit_word=_("个团组织"))
OF_TERMS = (IN_TERM, ELECTIONS, UNION_IN_TERM, LEAGUE_IN_TERM)

AUDITS = Count("organization.audits", _("经费审查"), "audit", "reviewed_on")
AUDIT_COVER = Coverage("organization.audited", _("完成经费审查的经审会"), "audit", "reviewed_on", should=AUDITED)
OPEN = Q(Exists(Finding.objects.filter(audit=OuterRef("pk"), closed_on__isnull=True)))
SETTLED = Portion("organization.audits_settled", _("审查发现已全部整改的审查"), "audit", "reviewed_on", done=~OPEN)
OF_AUDITS = (AUDITS, AUDIT_COVER, SETTLED)

DECLARED = Coverage("organization.recusals", _("已作回避声明的纪检干部"), "recusal", "declared_on", should=ANY, people="person",
                    posts=(Post.DISCIPLINE_CADRE,))
OF_RECUSALS = (DECLARED,)

VISITS = Count("organization.visits", _("联系指导"), "guidance", "visited_on")
VISITED = Coverage("organization.visited", _("联系指导覆盖的支部"), "guidance", "visited_on", should=BRANCHES)
VISITED_BY_KIND = tuple(
    Coverage(f"organization.visited_{kind.value}", kind.label, "guidance", "visited_on",
             should=Audience(bodies=(Body.BRANCH,), kinds=(kind,))) for kind in Kind)
OF_GUIDANCE = (VISITS, VISITED, *VISITED_BY_KIND)

FILLED = Q(Exists(Action.objects.filter(sheet=OuterRef("pk"))))
SHEETS = Coverage("organization.sheets", _("制定能力提升表的支部"), "improvement", "made_on", should=BRANCHES, where=FILLED)
REVIEWED = Coverage("organization.reviewed", _("完成半年回顾的支部"), "improvement", "reviewed_on", should=BRANCHES)
OF_IMPROVEMENT = (SHEETS, REVIEWED)

OPERATIONS = Count("organization.operations", _("列入的重大业务活动"), "operation", "entered_on", unit_word=_("项"))
PLANNED = Count("organization.operations_planned", _("按期确定保障方案的重大业务活动"), "operation", "entered_on",
                where=Q(planned_on__lte=F("plan_due")), unit_word=_("项"))
OPENED = Count("organization.operation_branches", _("为重大业务活动成立的临时党支部"), "operation", "branch__since",
               unit_word=_("个"))
CLOSED = Count("organization.operations_closed", _("办结的重大业务活动"), "operation", "closed_on", unit_word=_("项"))
OF_OPERATIONS = (OPERATIONS, PLANNED, OPENED, CLOSED)
