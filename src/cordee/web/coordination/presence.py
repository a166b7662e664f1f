"""Presence of everybody by half-day, with those who come without being on the list."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.attendance import actions
from cordee.attendance import queries as attendance
from cordee.attendance.rules import something_is_recorded
from cordee.attendance.states import PresenceState
from cordee.clients.states import ENROLMENT_OPTIONAL
from cordee.enrolment import queries as enrolment
from cordee.enrolment.rules import Person
from cordee.enrolment.states import Source
from cordee.kernel import clock
from cordee.kernel.bounds import PRESENT
from cordee.kernel.refusals import Blocker, refuse_if
from cordee.missions.rules import can_run, is_running
from cordee.organisation.rules import fits
from cordee.planning import queries as planning
from cordee.planning.models import HalfDay, Session
from cordee.planning.rules import is_planned
from cordee.web import kept
from cordee.web.coordination.presence_grid import Grid, cell_name
from cordee.web.coordination.refusals import way_to_reopen, with_ways_out
from cordee.web.coordination.signing import may_record
from cordee.web.kept import was_kept
from cordee.web.numbers import an_id
from cordee.web.pages import HouseForm, carry_out, page, session_or_404, status_of
from cordee.web.request import Request


class PresenceForm(HouseForm):
    """Somebody who came without being on the list; the grid beside it is read by `Grid`."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    first_name = forms.CharField(label=gettext_lazy("First name"), required=False, max_length=100)
    last_name = forms.CharField(label=gettext_lazy("Last name"), required=False, max_length=100)

    def person(self) -> Person | None:
        """Return who came, if somebody was typed in."""
        names = ("email", "first_name", "last_name")
        values = {name: self.cleaned_data[name] for name in names}
        return Person(**values) if any(values.values()) else None


@page()
def presence(request: Request, ref: str) -> HttpResponse:
    """Show the grid; record all of it in one go, or nothing."""
    session = session_or_404(request, ref)
    if request.method != "POST":
        return _show(request, session, PresenceForm(), Grid(session, None))
    if not may_record(request, session):
        raise PermissionDenied
    form = PresenceForm(request.POST)
    grid = Grid(session, request.POST.dict())
    if form.is_valid():
        done = carry_out(
            request, form, lambda: _record(request, session, grid, form), done=_("Presence is recorded.")
        )
        if done:
            return done
        grid.told = any(blocker.code == "changed_meanwhile" for blocker in form.refusals)
    return _show(request, session, form, grid)


def _record(request: Request, session: Session, grid: Grid, form: PresenceForm) -> str:
    """Record every half-day that was filled in, inside one transaction: all of them or nothing."""
    by = request.viewer.actor
    done = [_record_one(request, half_day, grid) for half_day in grid.half_days]
    refuse_if(something_is_recorded(sum(done)))
    if person := form.person():  # counts as present on what is recorded now
        actions.add_walk_in(session_id=_goes_to(request, session).pk, person=person, by=by)
    return reverse("session", args=[session.ref]) + "#presence"


def _record_one(request: Request, half_day: HalfDay, grid: Grid) -> bool:
    """Record one half-day as typed; tell whether anything was typed for it."""
    by = request.viewer.actor
    typed = grid.typed or {}
    states = grid.states(half_day)
    seen = typed.get(f"seen-{half_day.pk}", "")
    if states:
        actions.record_presence(half_day_id=half_day.pk, states=states, seen=seen, by=by)
        return True
    count = typed.get(f"count-{half_day.pk}", "").strip()
    recorded = grid.records.get(half_day.pk)
    present = an_id(count)
    if present is None:
        refuse_if(fits(count or None, PRESENT, field="present"))  # not a number
    elif not (recorded and recorded.present == present):
        actions.record_headcount(half_day_id=half_day.pk, present=present, seen=seen, by=by)
    return bool(count)


@page()
def walk_in(request: Request, ref: str) -> HttpResponse:
    """Add somebody who came without being on the list; what is ticked in the grid stays as it is."""
    session = session_or_404(request, ref)
    if request.method != "POST":
        return _show(request, session, PresenceForm(), Grid(session, None))
    if not may_record(request, session):
        raise PermissionDenied
    form = PresenceForm(request.POST)
    grid = Grid(session, request.POST.dict())
    if form.is_valid():
        person, goes_to = form.person() or Person(), _goes_to(request, session)

        def do() -> str:
            actions.add_walk_in(session_id=goes_to.pk, person=person, by=request.viewer.actor)
            return reverse("presence", args=[ref])

        if answer := carry_out(request, form, do):
            if was_kept(request):
                return answer
            elsewhere = _("Added to %(session)s.") % {"session": goes_to.title}
            here = (
                _("Added, and counted as present.")
                if _all_recorded(session)
                else _("Added. Now record the presence.")
            )
            messages.success(request, here if goes_to.pk == session.pk else elsewhere)
            return _show(request, session, PresenceForm(), Grid(session, _with_present(request, grid)))
    return _show(request, session, form, grid)


def _all_recorded(session: Session) -> bool:
    """Tell whether presence is recorded on every half-day that has begun: who comes in now counts there."""
    now, recorded = clock.now(), attendance.records(session.pk)
    return all(h.pk in recorded for h in planning.half_days(session.pk) if h.starts_at <= now)


def _goes_to(request: Request, session: Session) -> Session:
    """Return the session of who is at the door: this one or, when that was ticked, where the fewest are."""
    if not (request.POST.get("smallest") and can_run(session.mission, request.viewer.actor)):
        return session
    return enrolment.smallest_group(session, begun=True) or session


def _groups(request: Request, session: Session) -> list[Session]:
    runs = can_run(session.mission, request.viewer.actor)
    return list(planning.parallel(session, begun=True)) if runs else []


def _with_present(request: Request, before: Grid) -> dict[str, str]:
    """Return what was ticked, with those just added present on the half-days that have begun. Who saw what was
    recorded `before` sees it as it became by them; what somebody else recorded stays unseen.
    """
    ticked = request.POST.dict()
    session, now = before.session, clock.now()
    for person in enrolment.enrolments(session.pk):
        for half_day in planning.half_days(session.pk):
            name = cell_name(person.pk, half_day.pk)
            if person.source == Source.WALK_IN and half_day.starts_at <= now:
                ticked.setdefault(name, PresenceState.PRESENT)
    for half_day_id, record in attendance.records(session.pk).items():
        was = before.records.get(half_day_id)
        if ticked.get(f"seen-{half_day_id}", "") == (was.seen if was else ""):
            ticked[f"seen-{half_day_id}"] = record.seen
    return ticked


def _show(request: Request, session: Session, form: PresenceForm, grid: Grid) -> HttpResponse:
    mission = session.mission
    blockers: list[Blocker] = [*is_running(mission), *is_planned(session)]
    ways = way_to_reopen(request, mission)
    columns = grid.columns()
    optional = mission.order.sector in ENROLMENT_OPTIONAL
    context = {
        "session": session,
        "mission": mission,
        "form": form,
        "half_days": columns,
        "people": grid.lines(columns),
        "headcounts": optional and not grid.people,
        "begun": any(c.begun for c in columns),
        # A form that was refused is shown all the same: with what was typed.
        "may": may_record(request, session) and (form.is_bound or not blockers),
        "groups": _groups(request, session),
        "locked": with_ways_out((b for b in blockers if b not in form.refusals), ways),
        "refusals": with_ways_out((b for b in form.refusals if b.field not in form.fields), ways),
    }
    response = render(request, "coordination/presence.html", context, status=status_of(form))
    return kept.keep(response, kept.account(request.viewer), then=reverse("presence", args=[session.ref]))
