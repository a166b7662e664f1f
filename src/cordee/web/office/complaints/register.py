"""The list of complaints, what is late on top; and writing one down."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from cordee.kernel.permissions import Permission
from cordee.quality import actions, queries, rules
from cordee.quality.models import KIND_LABELS, STATE_LABELS, Complaint
from cordee.quality.queries import OPEN_ONES
from cordee.quality.rules import Raiser
from cordee.quality.states import ComplaintKind, ComplaintState
from cordee.web.complaints import ComplaintForm, kind_of, raiser_name
from cordee.web.office.complaints.forms import AboutForm
from cordee.web.office.improvements.register import places
from cordee.web.pages import carry_out, page, status_of
from cordee.web.request import Request
from cordee.web.slices import slice_of

ALL = "all"
LATE = "late"


@dataclass(frozen=True, slots=True)
class Row:
    """A complaint as the list shows it."""

    complaint: Complaint
    kind: str
    who: str


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
        "places": places("complaints"),
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
    context = {"form": form, "about": about if about.errors else AboutForm()}
    return render(request, "office/new_complaint.html", context, status=status_of(form))
