"""One complaint with all that was said, and what quality does of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from cordee.journal.queries import timeline_of
from cordee.kernel.permissions import Permission
from cordee.mail.states import MessageState
from cordee.network.models import Facilitator
from cordee.notifications.complaints import Reach, acknowledgement, reach
from cordee.planning import queries as planning
from cordee.quality import actions, queries
from cordee.quality.models import Complaint
from cordee.quality.states import COMPLAINT, ComplaintState, Direction, Outcome
from cordee.web.complaints import kind_of, raiser_name
from cordee.web.coordination.timeline import lines
from cordee.web.office.complaints.forms import AddForm, DecideForm, RestrictForm
from cordee.web.office.missions import ReasonForm
from cordee.web.pages import HouseForm, attempt, carry_out, only_post, page, status_of
from cordee.web.request import Request

DECIDE = "decide-%s"
"""The ids of fields that another form on the page has too."""


def complaint_or_404(request: Request, ref: str) -> Complaint:
    """Return a complaint that the viewer may know of; whoever may not does not learn that it exists."""
    found = queries.complaint_of(ref, request.viewer.actor)
    if found is None:
        raise Http404
    return found


@sensitive_post_parameters("words")
@page(Permission.HANDLE_COMPLAINTS)
def complaint(request: Request, ref: str) -> HttpResponse:
    """Show one complaint; keep what is said of it."""
    found = complaint_or_404(request, ref)
    form = AddForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        data = form.cleaned_data
        direction = Direction(data["direction"])
        actions.add(complaint_id=found.pk, direction=direction, words=data["words"], by=request.viewer.actor)
        return reverse("complaint", args=[found.ref]) + "#said"

    if form.is_valid():
        done = carry_out(request, form, do, done=_("Kept."))
        if done:
            return done
    return _show(request, found, add=form)


@page(Permission.HANDLE_COMPLAINTS)
def take_complaint(request: Request, ref: str) -> HttpResponse:
    only_post(request)
    found = complaint_or_404(request, ref)
    return attempt(
        request,
        lambda: actions.take(complaint_id=found.pk, by=request.viewer.actor),
        back_to=reverse("complaint", args=[found.ref]),
        done=_("It is yours."),
    )


@sensitive_post_parameters("words")
@page(Permission.HANDLE_COMPLAINTS)
def decide_complaint(request: Request, ref: str) -> HttpResponse:
    """Decide, in words that are sent to who raised it."""
    only_post(request)
    found = complaint_or_404(request, ref)
    form = DecideForm(request.POST, auto_id=DECIDE)

    def do() -> str:
        data = form.cleaned_data
        outcome = Outcome(data["outcome"])
        actions.decide(complaint_id=found.pk, outcome=outcome, words=data["words"], by=request.viewer.actor)
        return reverse("complaint", args=[found.ref])

    if form.is_valid():
        done = carry_out(request, form, do, done=_("Decided: who raised it is told."))
        if done:
            return done
    return _show(request, found, decide=form)


@page(Permission.HANDLE_COMPLAINTS)
def reopen_complaint(request: Request, ref: str) -> HttpResponse:
    """Open a decided complaint again, with the reason."""
    only_post(request)
    found = complaint_or_404(request, ref)
    form = ReasonForm(request.POST)

    def do() -> str:
        actions.reopen(complaint_id=found.pk, reason=form.cleaned_data["reason"], by=request.viewer.actor)
        return reverse("complaint", args=[found.ref])

    if form.is_valid():
        done = carry_out(request, form, do, done=_("Open again."))
        if done:
            return done
    return _show(request, found, reopen=form)


@page(Permission.HANDLE_COMPLAINTS)
def restrict_complaint(request: Request, ref: str) -> HttpResponse:
    """Make a complaint confidential that turned out to be about how a person behaved."""
    only_post(request)
    found = complaint_or_404(request, ref)
    form = RestrictForm(request.POST, people=_people(found))

    def do() -> str:
        actions.restrict(
            complaint_id=found.pk,
            about_facilitator_id=form.cleaned_data["about"],
            by=request.viewer.actor,
        )
        return reverse("complaint", args=[found.ref])

    if form.is_valid():
        done = carry_out(request, form, do, done=_("It is confidential from now on."))
        if done:
            return done
    return _show(request, found, restrict=form)


def _people(found: Complaint) -> list[Facilitator]:
    """Return whom a complaint may be about."""
    if found.mission is None:
        return []
    people = planning.facilitators_on(found.mission.pk)
    coordinator = found.mission.coordinator
    return list(dict.fromkeys([*people, *([coordinator] if coordinator else [])]))


_ACKNOWLEDGED = {
    MessageState.SENT: ("done", gettext_lazy("by e-mail")),
    MessageState.FAILED: ("stop", gettext_lazy("the e-mail failed")),
    MessageState.CANCELLED: ("stop", gettext_lazy("the e-mail did not leave")),
}


def _acknowledged(found: Complaint) -> tuple[str, Any]:
    """Return whether who raised it knows that it came in: the kind of a tag, and its words."""
    told = acknowledgement(found.pk)
    if told is None:
        return "wait", _("not yet, or no address is known")
    return _ACKNOWLEDGED.get(told.state, ("wait", _("the e-mail is on its way")))


def _show(request: Request, found: Complaint, **forms_sent: HouseForm) -> HttpResponse:
    state, actor = COMPLAINT.state_of(found), request.viewer.actor
    undecided = state == ComplaintState.UNDER_WAY
    context = {
        "complaint": found,
        "who": raiser_name(found),
        "kind": kind_of(found),
        "acknowledged": _acknowledged(found),
        "out_of_reach": reach(found) == Reach.NOTHING,
        "said": queries.said([found.pk], notes=True),
        "may_take": COMPLAINT.allows("take", found) and found.owner_id != actor.user_id,
        "add": forms_sent.get("add") or AddForm(),
        "decide": forms_sent.get("decide") or (DecideForm(auto_id=DECIDE) if undecided else None),
        "reopen": forms_sent.get("reopen") or (ReasonForm() if COMPLAINT.allows("reopen", found) else None),
        "restrict": forms_sent.get("restrict")
        or (None if found.confidential else RestrictForm(people=_people(found))),
        "improvements": queries.improvements_from(found.pk),
        "entries": lines(
            timeline_of(f"complaint_id:{found.pk}"),
            [found.session] if found.session else [],
            confidential=True,
        ),
    }
    status = max((status_of(form) for form in forms_sent.values()), default=200)
    return render(request, "office/complaint.html", context, status=status)
