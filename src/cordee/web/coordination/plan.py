"""Planning sessions, changing one, cancelling one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordee.catalogue.models import ServiceType
from cordee.enrolment import queries as enrolment
from cordee.kernel import zones
from cordee.kernel.permissions import Permission
from cordee.missions import queries as missions
from cordee.missions.models import Mission, OrderLine
from cordee.missions.rules import is_running
from cordee.planning import actions, queries
from cordee.planning.models import Session
from cordee.planning.rules import is_planned
from cordee.planning.states import COUNTED, MOST_SESSIONS_AT_ONCE
from cordee.web.coordination import half_days as half
from cordee.web.coordination import plan_form as forms_of
from cordee.web.coordination import team
from cordee.web.coordination.letters import told_unless_put_back
from cordee.web.coordination.mission import amendment_mail
from cordee.web.coordination.plan_form import ChangeForm, PlanForm, SessionForm
from cordee.web.coordination.refusals import way_to_reopen, with_ways_out
from cordee.web.coordination.taking_back import just_cancelled
from cordee.web.coordination.typed_times import completed, followed, misfit
from cordee.web.numbers import an_id
from cordee.web.pages import (
    HouseForm,
    carry_out,
    mission_or_404,
    need_to_run,
    page,
    session_or_404,
    status_of,
)
from cordee.web.request import Request


@page()
def plan(request: Request, ref: str) -> HttpResponse:
    mission = mission_or_404(request, ref)
    need_to_run(request, mission)
    blockers = list(is_running(mission))
    if blockers and request.method != "POST":
        return _refused(request, mission, blockers)
    lines = missions.lines(mission.order_id)
    left = {line.pk: line.quantity - queries.committed(line.pk) for line in lines}
    form = _plan_form(request, mission, lines, left)
    if form.is_bound and form.is_valid():
        done = carry_out(request, form, lambda: _plan(request, mission, form), done=_planned(form))
        if done:
            return done
    times = forms_of.instants(form)
    texts = form["facilitators"].value() or []
    members = team.members(texts, times, at_least=_count(form))
    clashes = [member.clash for member in members if member.clash]
    if clashes:
        form.ask_despite_clash(clashes)
    context = {
        "mission": mission,
        "form": form,
        "line_names": [_line_label(line, left[line.pk]) for line in lines],
        "members": members,
        "clashing": bool(clashes),
        "offered": team.offered(mission.coordinator),
        "amend_url": _amend_url(request, mission),
        "nothing_left": not form.is_bound and all(n <= 0 for n in left.values()),
        "refusals": with_ways_out(
            form.refusals or blockers,
            {"beyond_order": _amend_url(request, mission), **way_to_reopen(request, mission)},
        ),
        **_shared(form),
    }
    return render(request, "coordination/plan.html", context, status=status_of(form))


def _plan_form(request: Request, mission: Mission, lines: list[OrderLine], left: dict[int, int]) -> PlanForm:
    options: dict[str, Any] = {
        "lines": [(str(line.pk), _line_label(line, left[line.pk])) for line in lines],
        "may_regularise": request.viewer.actor.may(Permission.REGULARISE_SESSIONS),
    }
    by_id = {str(line.pk): line for line in lines}
    if request.method == "POST":
        line = by_id.get(request.POST.get("line", ""))
        service = line.service_type if line else None
        if "show" in request.POST:
            return PlanForm(initial=_shown(request.POST, service, PlanForm), **options)
        return PlanForm(completed(request.POST, service), **options)
    line = by_id.get(request.GET.get("line", "")) or next(
        (each for each in lines if left[each.pk] > 0), lines[0]
    )
    last = max(queries.sessions_of(mission.pk), key=lambda s: s.position, default=None)
    return PlanForm(initial=forms_of.new_values(mission, line, last), **options)


def _shown(sent: QueryDict, service: ServiceType | None, kind: type[SessionForm]) -> dict[str, Any]:
    """Return what is being typed, with what follows from it, and one more half-day when that was asked for."""
    data = followed(sent, service)
    values = forms_of.typed(data, kind)
    if data["show"] == "one_more":
        slots = [slot for row in values["half_days"] if (slot := half.slot_of(row))]
        values["half_days"] = half.rows_of(half.one_more(slots))
    return values


def _plan(request: Request, mission: Mission, form: PlanForm) -> str:
    data = form.cleaned_data
    actions.plan_sessions(
        mission_id=mission.pk,
        line_id=int(data["line"]),
        draft=form.draft(),
        count=data["count"],
        facilitator_ids=[f.pk for f in data["facilitators"]],
        regularised_because=data.get("regularised_because", ""),
        despite_clash=data["despite_clash"],
        by=request.viewer.actor,
    )
    return reverse("mission", args=[mission.ref]) + "#sessions"


def _planned(form: PlanForm) -> str:
    n = form.cleaned_data["count"]
    return ngettext("%(n)d session planned.", "%(n)d sessions planned.", n) % {"n": n}


def _count(form: PlanForm) -> int:
    return min(an_id(str(form["count"].value() or "")) or 1, MOST_SESSIONS_AT_ONCE)


def _line_label(line: OrderLine, left: int) -> str:
    words = _("%(service)s: %(left)d of %(ordered)d left to plan")
    return words % {"service": line.service_type.name, "left": max(0, left), "ordered": line.quantity}


def _amend_url(request: Request, mission: Mission) -> str:
    if request.viewer.actor.may(Permission.MANAGE_ORDERS):
        return reverse("order", args=[mission.order.ref])
    return amendment_mail(request, mission)


def _shared(form: SessionForm) -> dict[str, Any]:
    return {
        "time_zones": zones.OFFERED,
        "summary": _summary(form),
        "more_open": bool(form.is_bound and any(form[n].errors for n in ("time_zone", "title"))),
        "may_regularise": "regularised_because" in form.fields,
        "regularising": "regularised_because" in form.fields
        and bool(
            form["regularised_because"].value() or (form.is_bound and form["regularised_because"].errors)
        ),
    }


def _summary(form: SessionForm) -> list[tuple[Any, ...]]:
    """Return the half-days in words; nothing while they are not those of the times above them."""
    times = form.times
    if times is None or not form.slots or misfit(times, form.slots):
        return []
    return [(slot.day, slot.starts, slot.ends, PERIODS[slot.period]) for slot in form.slots]


PERIODS = {
    "morning": gettext_lazy("morning"),
    "afternoon": gettext_lazy("afternoon"),
    "evening": gettext_lazy("evening"),
    "night": gettext_lazy("night"),
}


def _refused(
    request: Request, mission: Mission, blockers: Any, session: Session | None = None
) -> HttpResponse:
    context = {
        "mission": mission,
        "session": session,
        "refusals": with_ways_out(blockers, way_to_reopen(request, mission)),
    }
    return render(request, "coordination/refused.html", context)


@page()
def change_session(request: Request, ref: str) -> HttpResponse:
    session = session_or_404(request, ref)
    mission = session.mission
    need_to_run(request, mission)
    blockers = [*is_running(mission), *is_planned(session)]
    if blockers and request.method != "POST":
        return _refused(request, mission, blockers, session)
    may_regularise = request.viewer.actor.may(Permission.REGULARISE_SESSIONS)
    if request.method == "POST":
        service = session.line.service_type
        form = (
            ChangeForm(initial=_shown(request.POST, service, ChangeForm), may_regularise=may_regularise)
            if "show" in request.POST
            else ChangeForm(completed(request.POST, service), may_regularise=may_regularise)
        )
    else:
        slots = queries.slots(queries.half_days(session.pk))
        form = ChangeForm(initial=forms_of.values_of(session, slots), may_regularise=may_regularise)
    if form.is_bound and form.is_valid():
        said: list[str] = []
        done = carry_out(request, form, lambda: _change(request, session, form, said))
        if done:
            for words in said:
                messages.success(request, words)
            return done
    told = [a for a in queries.assignments(session.pk) if a.status in COUNTED]
    urls = {"changed_meanwhile": reverse("session", args=[ref]), **way_to_reopen(request, mission)}
    context = {
        "mission": mission,
        "session": session,
        "form": form,
        "refusals": with_ways_out(form.refusals or blockers, urls),
        "enrolled": enrolment.counts([session.pk]).get(session.pk, 0),
        "staff": len(told),
        **_shared(form),
    }
    return render(request, "coordination/change_session.html", context, status=status_of(form))


def _change(request: Request, session: Session, form: ChangeForm, said: list[str]) -> str:
    changed = actions.change_session(
        session_id=session.pk,
        draft=form.draft(),
        expected_version=form.cleaned_data["expected_version"],
        regularised_because=form.cleaned_data.get("regularised_because", ""),
        despite_clash=form.cleaned_data["despite_clash"],
        despite_enrolled=form.cleaned_data["despite_enrolled"],
        by=request.viewer.actor,
    )
    informs = changed.schedule_version > session.schedule_version
    said.append(_("The session was changed.") + (told_unless_put_back(changed) if informs else ""))
    return reverse("session", args=[session.ref])


class CancelForm(HouseForm):
    """Why a session does not take place."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Those who were to come will read it."),
        error_messages={
            "required": gettext_lazy("Cancelling needs a reason: those who were to come will read it.")
        },
    )


@page()
def cancel_session(request: Request, ref: str) -> HttpResponse:
    session = session_or_404(request, ref)
    need_to_run(request, session.mission)
    blockers = [*is_running(session.mission), *is_planned(session)]
    if blockers and request.method != "POST":
        return _refused(request, session.mission, blockers, session)
    form = CancelForm(request.POST or None)
    if form.is_bound and form.is_valid():
        said = just_cancelled(session)
        done = carry_out(request, form, lambda: _cancel(request, session, form), done=said)
        if done:
            return done
    context = {
        "mission": session.mission,
        "session": session,
        "form": form,
        "refusals": with_ways_out(
            [b for b in form.refusals if not b.field] or blockers, way_to_reopen(request, session.mission)
        ),
        "enrolled": enrolment.counts([session.pk]).get(session.pk, 0),
        "staff": [a.facilitator.full_name for a in queries.assignments(session.pk) if a.status in COUNTED],
    }
    return render(request, "coordination/cancel_session.html", context, status=status_of(form))


def _cancel(request: Request, session: Session, form: CancelForm) -> str:
    actions.cancel_session(session_id=session.pk, reason=form.cleaned_data["reason"], by=request.viewer.actor)
    return reverse("mission", args=[session.mission.ref]) + "#sessions"
