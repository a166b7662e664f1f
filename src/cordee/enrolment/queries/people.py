"""Whom one knows when somebody is put on a list: those of the list, and those the client sent before."""

from collections.abc import Collection, Iterable, Sequence
from itertools import batched
from typing import Any

from django.db.models import Q, QuerySet

from cordee.enrolment.models import Enrolment, Participant
from cordee.enrolment.rules import Person
from cordee.enrolment.rules.identity import Crowd, Known
from cordee.kernel.names import name_key
from cordee.planning.models import Session


def known_to(client_id: int, session_ids: Iterable[int], emails: Iterable[str]) -> list[Known]:
    """Return who is, or was, on these sessions, and whom the client sent before by these addresses: one query,
    and one more for each thousand addresses.
    """
    places = Enrolment.objects.filter(session_id__in=set(session_ids)).select_related("participant")
    return known_among(list(places), client_id, emails)


def are_on_list(session: Session, people: Sequence[Person]) -> list[bool]:
    """Tell of each of these people (tidied) whether they stand on the list of a session already."""
    client_id = session.mission.order.client_id
    crowd = Crowd(known_to(client_id, [session.pk], [p.email for p in people]))
    return [crowd.who_is(person).is_enrolled for person in people]


def mailbox_shared_by(enrolment: Enrolment) -> list[str]:
    """Return the names of the others on the list who have the same address as somebody."""
    email = enrolment.participant.email
    found = Enrolment.objects.filter(
        session_id=enrolment.session_id, cancelled_at=None, participant__email=email
    )
    others = found.exclude(pk=enrolment.pk).select_related("participant").order_by("pk")
    return [other.participant.full_name for other in others] if email else []


def known_among(places: Collection[Enrolment], client_id: int, emails: Iterable[str]) -> list[Known]:
    """Return the same, of a list that was read already (with those taken off it)."""
    people = {e.participant_id: e.participant for e in sorted(places, key=lambda e: e.pk)}
    enrolled = {e.participant_id for e in places if e.cancelled_at is None}
    found = [_known(p, listed=True, enrolled=p.pk in enrolled) for p in people.values()]
    for some in batched(sorted({email for email in emails if email}), 1_000):
        sent_before = Participant.objects.filter(client_id=client_id, email__in=some).order_by("pk")
        found += [_known(p) for p in sent_before if p.pk not in people]
    return found


def _known(person: Participant, *, listed: bool = False, enrolled: bool = False) -> Known:
    return Known(
        id=person.pk,
        email=person.email,
        first_name=person.first_name,
        last_name=person.last_name,
        listed=listed,
        enrolled=enrolled,
    )


def participants_found(search: str, *, session_ids: QuerySet[Any] | None = None) -> QuerySet[Enrolment]:
    """Return the places of people whose name or address contains every word, the latest sessions first;
    `session_ids` narrows them to some sessions.
    """
    found = Enrolment.objects.filter(cancelled_at=None)
    if session_ids is not None:
        found = found.filter(session_id__in=session_ids)
    for word in name_key(search, "").split() if "@" not in search else [search.strip()]:
        found = found.filter(Q(participant__name_key__contains=word) | Q(participant__email__icontains=word))
    return found.select_related("participant", "session").order_by("-session__starts_at", "pk")
