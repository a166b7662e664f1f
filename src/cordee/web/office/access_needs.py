"""Access needs: what is due first; one request, with what was told; what is adapted. Evidence for quality."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from cordee.accommodation import actions, queries
from cordee.accommodation.models import STATE_LABELS, AccommodationRequest
from cordee.accommodation.rules import move_is_possible
from cordee.accommodation.states import LONGEST_TEXT, RequestState
from cordee.accounts import queries as accounts
from cordee.enrolment import queries as enrolment
from cordee.journal.queries import TimelineEntry, timeline_of
from cordee.kernel import clock
from cordee.kernel.actor import ActorKind
from cordee.kernel.permissions import Permission
from cordee.web.components.things import Line
from cordee.web.fields import DayField, VersionField
from cordee.web.office.missions import ReasonForm
from cordee.web.pages import HouseForm, attempt, carry_out, only_post, page, session_or_404, status_of
from cordee.web.request import Request
from cordee.web.slices import slice_of

KINDS = {
    RequestState.OPEN: "wait",
    RequestState.DONE: "done",
    RequestState.DECLINED: "stop",
    RequestState.WITHDRAWN: "neutral",
}
ALL = "all"
_S = RequestState


def kind_of(request: AccommodationRequest) -> str:
    """Return the status kind of a request; one whose day has gone by is late."""
    state = RequestState(request.state)
    late = state == RequestState.OPEN and request.due_on < clock.today()
    return "late" if late else KINDS[state]


class PrepareForm(HouseForm):
    """What is adapted, and by when."""

    expected_version = VersionField()
    adaptation = forms.CharField(
        label=gettext_lazy("What is adapted"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Who runs the session and who coordinates it read this, with the name: say what to do, never why."
        ),
    )
    due_on = DayField(years_before=5, years_after=5, label=gettext_lazy("In place by"))


class NeedForm(HouseForm):
    """Whose need it is, and what they told."""

    enrolment = forms.TypedChoiceField(label=gettext_lazy("Who"), coerce=int)
    need = forms.CharField(
        label=gettext_lazy("What they need"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "In their own words. Nobody reads it but you and them; it is erased three months after the session."
        ),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A request as the list shows it."""

    request: AccommodationRequest
    kind: str


@page(Permission.VIEW_ACCESS_NEEDS)
def access_needs(request: Request) -> HttpResponse:
    """List requests, what is due first. Who only reads the evidence sees no names, and never what was told."""
    asked = request.GET.get("state", RequestState.OPEN)
    state = asked if asked in {*RequestState, ALL} else RequestState.OPEN
    shown = slice_of(request, queries.requests("" if state == ALL else state))
    context = {
        "tabs": _tabs(state),
        "state": state,
        "page": shown,
        "rows": [Row(r, kind_of(r)) for r in shown.items],
        "handles": request.viewer.actor.may(Permission.HANDLE_ACCESS_NEEDS),
    }
    return render(request, "office/access_needs.html", context)


def _tabs(current: str) -> list[dict[str, Any]]:
    labels = {
        **{state.value: capfirst(STATE_LABELS[state]) for state in (_S.OPEN, _S.DONE, _S.DECLINED)},
        ALL: _("All"),
    }
    counts = {RequestState.OPEN.value: queries.waiting_count()}
    return [
        {
            "label": label,
            "url": f"{reverse('access_needs')}?state={value}",
            "current": value == current,
            "count": counts.get(value),
        }
        for value, label in labels.items()
    ]


@page(Permission.HANDLE_ACCESS_NEEDS)
def access_need(request: Request, request_id: int) -> HttpResponse:
    """Show one request; write what is adapted."""
    found = _request_or_404(request_id)
    form = PrepareForm(request.POST if request.method == "POST" else None, initial=_initial(found))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data

        def do() -> str:
            actions.prepare(
                request_id=found.pk,
                adaptation=data["adaptation"],
                due_on=data["due_on"],
                expected_version=data["expected_version"],
                by=request.viewer.actor,
            )
            return reverse("access_need", args=[found.pk])

        done = carry_out(request, form, do, done=_("Saved: who runs the session reads it on its page."))
        if done:
            return done
    return _show(request, found, form, ReasonForm())


def _initial(found: AccommodationRequest) -> dict[str, Any]:
    return {
        "expected_version": found.version,
        "adaptation": found.adaptation,
        "due_on": found.due_on,
    }


@page(Permission.HANDLE_ACCESS_NEEDS)
def finish_access_need(request: Request, request_id: int) -> HttpResponse:
    only_post(request)
    found = _request_or_404(request_id)
    return attempt(
        request,
        lambda: actions.finish(request_id=found.pk, by=request.viewer.actor),
        back_to=reverse("access_need", args=[found.pk]),
        done=_("In place: it stays on record."),
    )


@page(Permission.HANDLE_ACCESS_NEEDS)
def reopen_access_need(request: Request, request_id: int) -> HttpResponse:
    only_post(request)
    found = _request_or_404(request_id)
    return attempt(
        request,
        lambda: actions.reopen(request_id=found.pk, by=request.viewer.actor),
        back_to=reverse("access_need", args=[found.pk]),
        done=_("Open again."),
    )


@page(Permission.HANDLE_ACCESS_NEEDS)
def decline_access_need(request: Request, request_id: int) -> HttpResponse:
    """Say that nothing can be adapted, with the reason."""
    only_post(request)
    found = _request_or_404(request_id)
    form = ReasonForm(request.POST)

    def do() -> str:
        actions.decline(request_id=found.pk, reason=form.cleaned_data["reason"], by=request.viewer.actor)
        return reverse("access_need", args=[found.pk])

    if form.is_valid():
        done = carry_out(request, form, do, done=_("Declined: the reason stays on record."))
        if done:
            return done
    return _show(request, found, PrepareForm(initial=_initial(found)), form)


def _request_or_404(request_id: int) -> AccommodationRequest:
    found = queries.request(request_id)
    if found is None:
        raise Http404
    return found


def _show(
    request: Request, found: AccommodationRequest, form: PrepareForm, reason_form: ReasonForm
) -> HttpResponse:
    person = found.enrolment
    entries = timeline_of(f"request_id:{found.pk}")
    context = {
        "access_request": found,
        "person": person.participant,
        "session": person.session,
        "comes": person.cancelled_at is None and person.session.status == "planned",
        "kind": kind_of(found),
        "open": found.state == RequestState.OPEN,
        "may_reopen": not list(move_is_possible(found, "reopen")),
        "form": form,
        "reason_form": reason_form,
        "entries": _told(entries),
    }
    return render(
        request,
        "office/access_need.html",
        context,
        status=max(status_of(form), status_of(reason_form)),
    )


def _told(entries: Sequence[TimelineEntry]) -> list[Line]:
    names = accounts.names(e.user_id for e in entries if e.user_id)
    return [Line(e.at, _sentence(e), names.get(e.user_id or 0) or _no_account(e)) for e in entries]


def _no_account(entry: TimelineEntry) -> str:
    return _("the participant") if entry.actor_kind == ActorKind.LINK else _("Cordée, by itself")


def _sentence(entry: TimelineEntry) -> str:
    if entry.fact == "AccommodationMoved":
        return str(capfirst(STATE_LABELS[RequestState(entry.payload["after"])]))
    if entry.fact == "AccommodationAsked" and entry.payload["again"]:
        return _("More was told")
    return {
        "AccommodationAsked": _("An access need was told"),
        "AdaptationPrepared": _("What is adapted was written"),
        "NeedErased": _("What was told was erased"),
    }.get(entry.fact, "")


@sensitive_post_parameters("need")
@page(Permission.HANDLE_ACCESS_NEEDS)
def record_access_need(request: Request, ref: str) -> HttpResponse:
    """Note what a participant told the disability officer themselves."""
    session = session_or_404(request, ref)
    people = enrolment.enrolments(session.pk)
    form = NeedForm(request.POST if request.method == "POST" else None)
    field: Any = form.fields["enrolment"]
    field.choices = [(e.pk, e.participant.full_name) for e in people]
    if form.is_bound and form.is_valid():
        done = carry_out(request, form, lambda: _ask(request, form), done=_("Noted."))
        if done:
            return done
    context = {"session": session, "form": form, "people": people}
    return render(request, "office/record_access_need.html", context, status=status_of(form))


def _ask(request: Request, form: NeedForm) -> str:
    data = form.cleaned_data
    asked = actions.ask(enrolment_id=data["enrolment"], need=data["need"], by=request.viewer.actor)
    return reverse("access_need", args=[asked.pk])
