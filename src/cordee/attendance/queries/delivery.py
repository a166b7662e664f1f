"""What schools confirmed of sessions without a list."""

from collections.abc import Iterable
from typing import Any

from cordee.attendance.models import DeliveryConfirmation, HalfDayRecord
from cordee.attendance.rules import Delivered
from cordee.attendance.states import WORDING
from cordee.enrolment import queries as enrolment
from cordee.organisation.models import Organisation
from cordee.planning import queries as planning
from cordee.planning.models import Session


def deliveries(session_ids: Iterable[int]) -> dict[int, DeliveryConfirmation]:
    """Return what stands confirmed of these sessions, by session, in one query."""
    found = DeliveryConfirmation.objects.filter(session_id__in=set(session_ids), replaced_by=None)
    return {row.session_id: row for row in found}


def delivery(session_id: int) -> DeliveryConfirmation | None:
    """Return what stands confirmed of a session."""
    return deliveries([session_id]).get(session_id)


def counted_and_not_confirmed(contact_id: int) -> list[int]:
    """Return the sessions of orders with this contact on which people were counted and that nobody confirmed."""
    counted = HalfDayRecord.objects.filter(half_day__session__mission__order__contact=contact_id)
    confirmed = DeliveryConfirmation.objects.values("session_id")
    found = counted.exclude(half_day__session__in=confirmed).values_list("half_day__session_id", flat=True)
    return sorted(set(found))


def enrolled(session_id: int) -> int:
    """Return how many are on the list of a session."""
    return len(enrolment.enrolments(session_id))


def delivery_statement(session: Session, said: Delivered, organisation: Organisation) -> dict[str, Any]:
    """Return what the contact signs, as it stands on their screen; its client must be loaded."""
    return {
        "wording": WORDING,
        "title": session.title,
        "client": session.mission.order.client.name,
        "half_days": [
            {"day": h.day.isoformat(), "starts": f"{h.starts:%H:%M}", "ends": f"{h.ends:%H:%M}"}
            for h in planning.half_days(session.pk)
        ],
        "time_zone": session.time_zone,
        "place": session.place,
        "organisation": organisation.name,
        "class": said.class_name,
        "present": said.present,
    }
