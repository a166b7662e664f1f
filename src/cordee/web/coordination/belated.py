"""Signatures from devices that had no network, which came too late: whether they count."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.attendance import actions, queries, rules
from cordee.kernel.periods import local
from cordee.planning.models import Session
from cordee.web.pages import HouseForm, attempt, only_post, page, session_or_404
from cordee.web.request import Request
from cordee.web.signatures import when


@dataclass(frozen=True, slots=True)
class Question:
    """A signature that came too late to be kept by itself."""

    id: int
    name: str
    when: str
    given_at: datetime
    arrived_at: datetime
    came_at: datetime | None
    """When they said they came to the half-day. All where the session is."""


class DecideForm(HouseForm):
    """Whether a belated signature counts."""

    counts = forms.TypedChoiceField(
        choices=[("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))],
        coerce=lambda value: value == "yes",
    )


def questions(session: Session) -> list[Question]:
    """Return what is to be decided on a session."""
    return [
        Question(
            belated.pk,
            belated.enrolment.participant.full_name,
            when(belated.half_day, session),
            local(belated.device_at, session.time_zone),
            local(belated.arrived_at, session.time_zone),
            local(belated.came_at, session.time_zone) if belated.came_at else None,
        )
        for belated in queries.belated_to_decide([session.pk])
    ]


@page()
def decide_belated(request: Request, ref: str, belated_id: int) -> HttpResponse:
    """Say whether a signature that came too late counts."""
    only_post(request)
    session = session_or_404(request, ref)
    if list(rules.may_record(session, request.viewer.actor)):
        raise PermissionDenied
    belated = queries.belated(session.pk, belated_id)
    form = DecideForm(request.POST)
    if belated is None or not form.is_valid():
        raise Http404
    counts = form.cleaned_data["counts"]
    done = _("The signature counts.") if counts else _("The signature does not count.")

    def do() -> None:
        actions.decide_belated(belated_id=belated.pk, counts=counts, by=request.viewer.actor)

    return attempt(request, do, back_to=reverse("signing", args=[session.ref]), done=done)
