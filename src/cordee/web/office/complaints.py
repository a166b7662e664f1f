"""The register of complaints: what is late on top; one of them with all that was said, and what quality does of it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from cordee.journal.queries import timeline_of
from cordee.kernel.permissions import Permission
from cordee.mail.states import MessageState
from cordee.network.models import Facilitator
from cordee.notifications.complaints import acknowledgement
from cordee.planning import queries as planning
from cordee.quality import actions, queries, rules
from cordee.quality.models import DIRECTION_LABELS, KIND_LABELS, OUTCOME_LABELS, STATE_LABELS, Complaint
from cordee.quality.queries import OPEN_ONES
from cordee.quality.rules import Raiser
from cordee.quality.states import COMPLAINT, ComplaintKind, ComplaintState, Direction, Outcome
from cordee.web.complaints import ComplaintForm, WordsForm, kind_of
from cordee.web.coordination.timeline import lines
from cordee.web.office.missions import ReasonForm
from cordee.web.pages import HouseForm, attempt, carry_out, only_post, page, status_of
from cordee.web.request import Request
from cordee.web.slices import slice_of

ALL = "all"
LATE = "late"


class AddForm(WordsForm):
    """Something said of a complaint."""

    direction = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=[
            (Direction.TO_THEM, gettext_lazy("A message to who raised it: it is sent")),
            (Direction.FROM_THEM, gettext_lazy("What they told us, by telephone for example")),
            (Direction.NOTE, DIRECTION_LABELS[Direction.NOTE]),
        ],
        initial=Direction.TO_THEM,
        widget=forms.RadioSelect,
    )
    field_order = ("form_token", "direction", "words")


class DecideForm(WordsForm):
    """A decision, with the words that who raised it reads."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=list(OUTCOME_LABELS.items()), widget=forms.RadioSelect
    )
    field_order = ("form_token", "outcome", "words")


class RestrictForm(HouseForm):
    """Whom a complaint turned out to be about, where that is one of the network."""

    about = forms.TypedChoiceField(
        label=gettext_lazy("About whom"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, people: list[Facilitator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["about"]
        field.choices = [("", "—"), *((person.pk, person.full_name) for person in people)]


@dataclass(frozen=True, slots=True)
class Row:
    """A complaint as the list shows it."""

    complaint: Complaint
    kind: str
    who: str


def raiser_name(complaint: Complaint) -> str:
    """Return who raised it."""
    person = complaint.enrolment.participant if complaint.enrolment else None
    who = person or complaint.contact or complaint.facilitator or complaint.staff
    return who.full_name if who else ""


@page(Permission.VIEW_COMPLAINTS)
def complaints(request: Request) -> HttpResponse:
    """List complaints, late ones on top. Who only reads the evidence sees no names, and never what was said."""
    actor = request.viewer.actor
    asked = request.GET.get("state", OPEN_ONES)
    state = asked if asked in {OPEN_ONES, LATE, ALL, *ComplaintState} else OPEN_ONES
    kind = request.GET.get("kind", "")
    kind = kind if kind in set(ComplaintKind) else ""
    wanted = "" if state == ALL else OPEN_ONES if state == LATE else state
    found = queries.listed(actor, state=wanted, kind=kind, late=state == LATE)
    shown = slice_of(request, found)
    context = {
        "tabs": _tabs(request, state, kind),
        "kinds": _kinds(state, kind),
        "state": state,
        "page": shown,
        "rows": [Row(c, kind_of(c), raiser_name(c)) for c in shown.items],
        "handles": rules.handles(actor),
    }
    return render(request, "office/complaints.html", context)


def _tabs(request: Request, current: str, kind: str) -> list[dict[str, Any]]:
    actor = request.viewer.actor
    labels = {
        OPEN_ONES: _("To see to"),
        LATE: _("Late"),
        **{state.value: capfirst(label) for state, label in STATE_LABELS.items()},
        ALL: _("All"),
    }
    counts = {OPEN_ONES: queries.open_count(actor), LATE: queries.late_count(actor)}
    return [
        {
            "label": label,
            "url": f"{reverse('complaints')}?state={value}" + (f"&kind={kind}" if kind else ""),
            "current": value == current,
            "count": counts.get(value),
        }
        for value, label in labels.items()
    ]


def _kinds(state: str, current: str) -> list[dict[str, Any]]:
    labels = {"": _("Every kind"), **{kind.value: label for kind, label in KIND_LABELS.items()}}
    return [
        {
            "label": label,
            "url": f"{reverse('complaints')}?state={state}" + (f"&kind={value}" if value else ""),
            "current": value == current,
            "count": None,
        }
        for value, label in labels.items()
    ]


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
    form = DecideForm(request.POST)

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
        "said": queries.said([found.pk], notes=True),
        "may_take": COMPLAINT.allows("take", found) and found.owner_id != actor.user_id,
        "add": forms_sent.get("add") or AddForm(),
        "decide": forms_sent.get("decide") or (DecideForm() if undecided else None),
        "reopen": forms_sent.get("reopen") or (ReasonForm() if COMPLAINT.allows("reopen", found) else None),
        "restrict": forms_sent.get("restrict")
        or (None if found.confidential else RestrictForm(people=_people(found))),
        "entries": lines(timeline_of(f"complaint_id:{found.pk}"), [found.session] if found.session else []),
    }
    status = max((status_of(form) for form in forms_sent.values()), default=200)
    return render(request, "office/complaint.html", context, status=status)


class AboutForm(forms.Form):
    """Which session or mission a complaint is about, as its reference."""

    ref = forms.CharField(
        label=gettext_lazy("Reference of the session or mission"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Such as S-2027-0412-A: then you can say which of its people told you."),
    )


@sensitive_post_parameters("words")
@page(Permission.HANDLE_COMPLAINTS)
def new_complaint(request: Request) -> HttpResponse:
    """Write down a complaint about nothing that was delivered; about a session or a mission, on to its own page."""
    about = AboutForm(request.GET)
    ref = about.cleaned_data["ref"].strip().upper() if about.is_valid() else ""
    if ref:
        name = "session_complaint" if ref.startswith("S-") else "mission_complaint"
        return HttpResponseRedirect(reverse(name, args=[ref]))
    form = ComplaintForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        actor = request.viewer.actor
        made = actions.receive(draft=form.draft(), raiser=Raiser(staff_id=actor.user_id), by=actor)
        return reverse("complaint", args=[made.ref])

    if form.is_valid():
        done = carry_out(request, form, do, done=_("Kept, with a number."))
        if done:
            return done
    context = {"form": form, "about": AboutForm()}
    return render(request, "office/new_complaint.html", context, status=status_of(form))
