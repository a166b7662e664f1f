"""A request to run a session, and the answer to it: on the facilitator's page and behind a personal link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.fees import queries as fees
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.money import Money
from cordee.kernel.periods import local
from cordee.network.models import Facilitator
from cordee.organisation.models import Organisation
from cordee.planning import actions as planning_actions
from cordee.planning import queries as planning
from cordee.planning.models import Assignment, Session
from cordee.planning.states import COUNTED, AssignmentStatus, DeliveryMode, StaffRole
from cordee.web.components import formatting
from cordee.web.pages import HouseForm, carry_out
from cordee.web.request import Request


class AnswerForm(HouseForm):
    """Yes, or no with a reason. The answer is the button that was pressed."""

    answer = forms.ChoiceField(
        choices=[("accept", gettext_lazy("Accept")), ("decline", gettext_lazy("Decline"))],
        widget=forms.HiddenInput,
        error_messages={"required": gettext_lazy("Press one of the buttons: accept or decline.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why not?"),
        help_text=gettext_lazy("The coordinator reads it: another day, too far, somebody else to suggest…"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": gettext_lazy(
                "Say in a few words why not: the coordinator then looks for somebody else."
            )
        },
    )
    use_required_attribute = False  # the button that accepts belongs to the same form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Somebody else has to be found after a no: the coordinator is told why. A yes needs no reason."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = self.data.get("answer") != "accept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A request as it is shown: where, when, for how much, and what it clashes with."""

    place: Assignment
    session: Session
    when: str
    where: str
    remote: bool
    pay: Money | None
    observer: bool
    clashes: Sequence[Session]
    due_on: date
    late: bool
    form: AnswerForm
    coordinator: Facilitator | None


def questions(
    places: Sequence[Assignment],
    organisation: Organisation,
    *,
    answered: tuple[int, AnswerForm] | None = None,
) -> list[Question]:
    """Return the requests among all places of one person that wait for an answer: at most three queries.

    `answered` is the form that was just refused, to be shown again with what was typed.
    """
    open_ones = [
        p for p in places if p.status == AssignmentStatus.INVITED and p.session.starts_at > clock.now()
    ]
    if not open_ones:
        return []
    pay = fees.expected_fees(open_ones)
    close = [p for p in open_ones if any(_at_once(p, other) for other in places)]
    clashes = planning.own_clashes(open_ones[0].facilitator_id, close)
    return [
        question(
            place,
            organisation,
            pay=pay.get(place.pk),
            clashes=clashes.get(place.pk, []),
            form=answered[1] if answered and answered[0] == place.pk else None,
        )
        for place in open_ones
    ]


def _at_once(place: Assignment, other: Assignment) -> bool:
    """Tell whether two places may clash: whether they do, their half-days tell."""
    session, elsewhere = place.session, other.session
    overlap = session.starts_at < elsewhere.ends_at and session.ends_at > elsewhere.starts_at
    return overlap and other.status in COUNTED and session.pk != elsewhere.pk


def question(
    place: Assignment,
    organisation: Organisation,
    *,
    pay: Money | None,
    clashes: Sequence[Session],
    form: AnswerForm | None = None,
) -> Question:
    """Return one request, ready to be shown."""
    session = place.session
    due_on = local(place.invited_at, session.time_zone).date() + timedelta(
        days=organisation.answer_within_days
    )
    return Question(
        place=place,
        session=session,
        when=when(session),
        where=where(session),
        remote=session.mode == DeliveryMode.REMOTE,
        pay=pay,
        observer=place.role == StaffRole.OBSERVER,
        clashes=clashes,
        due_on=due_on,
        late=due_on < clock.today(),
        form=form or AnswerForm(auto_id=f"id_{place.pk}_%s"),
        coordinator=session.mission.coordinator,
    )


def when(session: Session) -> str:
    """Return the times of a session where it takes place."""
    return formatting.span(session.starts, session.ends)


def where(session: Session) -> str:
    """Return the place of a session in one line."""
    if session.mode == DeliveryMode.REMOTE:
        return _("Remote, by video link")
    return ", ".join(part for part in (session.place, session.address) if part)


def give(
    request: Request, place: Assignment, form: AnswerForm, *, by: Actor, back_to: str
) -> HttpResponse | None:
    """Carry out a valid answer and go to `back_to`; when it is refused, put the reason on the form."""
    accepts = form.cleaned_data["answer"] == "accept"

    def answer() -> str:
        planning_actions.set_status(
            assignment_id=place.pk,
            status=AssignmentStatus.CONFIRMED if accepts else AssignmentStatus.DECLINED,
            reason="" if accepts else form.cleaned_data["reason"],
            by=by,
        )
        return back_to

    done = _("Accepted: “%(session)s” is yours. Thank you!") if accepts else _("Declined: “%(session)s”.")
    return carry_out(request, form, answer, done=done % {"session": place.session.title})
