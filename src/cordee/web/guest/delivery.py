"""The contact of a school confirms that a session without a list took place, through their personal link."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.attendance import actions, queries, rules
from cordee.attendance.states import DELIVERY_LINK, Way
from cordee.clients.models import Contact
from cordee.kernel.actor import Actor, ActorKind
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.web.delivered import DeliveredFields
from cordee.web.guest.doors import Key, personal_door
from cordee.web.pages import carry_out, status_of
from cordee.web.request import Request
from cordee.web.signatures import SignatureForm, when


class DeliveryForm(DeliveredFields, SignatureForm):
    """The same, signed on the screen."""


@dataclass(frozen=True, slots=True)
class Confirming:
    """The contact of the order of a session."""

    token: str
    session: Session
    contact: Contact
    by: Actor


def _find(key: Key) -> Confirming | None:
    session = planning.session(key.subject_id)
    contact = session.mission.order.contact if session else None
    if session is None or contact is None:
        return None
    return Confirming(key.token, session, contact, Actor(ActorKind.LINK, link_id=key.link_id))


through_the_link = personal_door(
    DELIVERY_LINK,
    find=_find,
    address=lambda who: who.contact.email,
    language=lambda who: who.session.language,
)


@through_the_link
def delivery(request: Request, who: Confirming) -> HttpResponse:
    """Show what is confirmed, and take the confirmation."""
    session, confirmed = who.session, queries.delivery(who.session.pk)
    form = DeliveryForm(request.POST or None, initial=_initial(who))

    def do() -> str:
        actions.confirm_delivery(
            session_id=session.pk,
            said=form.said(),
            given=form.given(request, Way.OWN_LINK),
            by=who.by,
        )
        return reverse("delivery", args=[who.token])

    if form.is_valid() and (answer := carry_out(request, form, do, done=_("Thank you, it is confirmed."))):
        return answer
    closed = [
        *rules.keeps_no_list(session, enrolled=queries.enrolled(session.pk)),
        *rules.is_over(session),
    ]
    context = {
        "session": session,
        "half_days": [when(h, session) for h in planning.half_days(session.pk)],
        "organisation": request.viewer.organisation,
        "confirmed": confirmed,
        "closed": [] if confirmed else closed,
        "form": form,
    }
    return render(request, "guest/delivery.html", context, status=status_of(form))


def _initial(who: Confirming) -> dict[str, Any]:
    """Return what is known already: who they are, and how many were counted."""
    records = queries.standing_records(who.session.pk)
    counted = [record.present for record in records]
    return {"name": who.contact.full_name, "present": max(counted, default=None)}
