"""Reading whom the client was asked for names, and how far their lists are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from cordee.clients import queries as clients
from cordee.clients.models import Contact
from cordee.enrolment.models import Enrolment, ListInvitation, ListRow
from cordee.enrolment.states import LIST_LINK, Source
from cordee.kernel import clock
from cordee.links import queries as links
from cordee.missions.models import Mission, OrderLine
from cordee.missions.states import MissionStatus
from cordee.planning.models import Session
from cordee.planning.states import COUNTED, SessionStatus, StaffRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A contact who was asked for the names; without a token when the link was ended, or went to another address."""

    invitation: ListInvitation
    token: str
    last_used_at: datetime | None

    @property
    def contact(self) -> Contact:
        return self.invitation.contact

    @property
    def is_live(self) -> bool:
        return bool(self.token)


def asked(mission_id: int) -> list[Asked]:
    """Return whom the client was asked through, oldest first: two queries, one when nobody was."""
    found = ListInvitation.objects.filter(mission_id=mission_id).select_related("contact").order_by("pk")
    invitations = list(found)
    addresses = {i.pk: i.contact.email for i in invitations if i.revoked_at is None}
    live = links.live_links(purpose=LIST_LINK, addresses=addresses) if addresses else {}
    return [
        Asked(
            invitation=invitation,
            token=links.token(link) if (link := live.get(invitation.pk)) else "",
            last_used_at=link.last_used_at if link else None,
        )
        for invitation in invitations
    ]


def invitations_of(contact_id: int) -> list[ListInvitation]:
    """Return where a contact is asked for names, on missions that run; those whose link was ended left out."""
    found = ListInvitation.objects.filter(
        contact_id=contact_id, revoked_at=None, mission__status=MissionStatus.RUNNING
    )
    return list(found.select_related("contact").order_by("pk"))


def invitation(invitation_id: int) -> ListInvitation | None:
    """Return an invitation with its contact, mission, client and coordinator."""
    return (
        ListInvitation.objects.select_related(
            "contact", "mission__order__client", "mission__order__contact", "mission__coordinator__user"
        )
        .filter(pk=invitation_id)
        .first()
    )


def invitation_of(link_id: int | None) -> ListInvitation | None:
    """Return the invitation that a link is for."""
    subjects = links.subjects([link_id], purpose=LIST_LINK) if link_id else {}
    return ListInvitation.objects.filter(pk__in=subjects.values()).first()


def contacts_to_ask(mission: Mission) -> list[Contact]:
    """Return the client's contacts, that of the order first; those without an address too."""
    order = mission.order
    return sorted(clients.contacts(order.client_id), key=lambda c: c.pk != order.contact_id)


def something_to_come(sessions: Iterable[Session]) -> bool:
    """Tell whether a list can still be asked for."""
    return any(s.status == SessionStatus.PLANNED and s.ends_at > clock.now() for s in sessions)


def link_is_over(mission: Mission, sessions: Sequence[Session], *, grace: int = 7) -> bool:
    """Tell whether the contact's page has had its time: the mission is closed, or its last session over for
    `grace` days.
    """
    if mission.status == MissionStatus.CLOSED:
        return True
    ends = [s.ends_at for s in sessions if s.status == SessionStatus.PLANNED]
    return bool(ends) and (clock.now() - max(ends)).days >= grace


def givers(link_ids: Iterable[int]) -> dict[int, str]:
    """Return who gives names through each of these links, by link: two queries, none without links."""
    ids = set(link_ids)
    subjects = links.subjects(ids, purpose=LIST_LINK) if ids else {}
    if not subjects:
        return {}
    found = ListInvitation.objects.filter(pk__in=set(subjects.values())).select_related("contact")
    names = {i.pk: i.contact.full_name for i in found}
    return {link: names[subject] for link, subject in subjects.items() if subject in names}


def expected(sessions: Sequence[Session], lines: Iterable[OrderLine]) -> dict[int, int]:
    """Return how many names are expected for each session: what its order line says, spread over the
    prestations ordered; no more than there are places. Sessions with nothing said are left out.

    Each session is read with its `people` (`planning.sessions_of`).
    """
    found: dict[int, int] = {}
    for line in lines:
        of_line = [s for s in sessions if s.line_id == line.pk]
        weights = [_prestations(s) for s in of_line]
        whole = max(line.quantity, sum(weights))
        before = 0
        for session, weight in zip(of_line, weights, strict=True):
            share = line.expected_participants * (before + weight) // whole
            share -= line.expected_participants * before // whole
            before += weight
            if share:
                found[session.pk] = min(share, session.capacity)
    return found


def _prestations(session: Session) -> int:
    counted = [a for a in session.people if a.role == StaffRole.FACILITATOR and a.status in COUNTED]
    return max(1, len(counted))


@dataclass(frozen=True, slots=True)
class Given:
    """How far the list of a session is."""

    people: int = 0
    without_email: int = 0
    without_name: int = 0
    waiting: int = 0
    """Rows of the client's contacts that are not on the list yet."""


def given(session_ids: Iterable[int]) -> Mapping[int, Given]:
    """Return how far the lists of these sessions are, in two queries."""
    ids = set(session_ids)
    no_name = Q(participant__first_name="", participant__last_name="")
    counted = (
        Enrolment.objects.filter(session_id__in=ids, cancelled_at=None)
        .values_list("session_id")
        .annotate(
            people=Count("pk"),
            without_email=Count("pk", filter=Q(participant__email="")),
            without_name=Count("pk", filter=no_name),
        )
    )
    waiting = waiting_from_client(ids)
    found = {i: Given(waiting=waiting.get(i, 0)) for i in ids}
    for session_id, people, without_email, without_name in counted:
        found[session_id] = Given(people, without_email, without_name, waiting.get(session_id, 0))
    return found


def waiting_from_client(session_ids: Iterable[int]) -> dict[int, int]:
    """Return how many rows that the client's contacts gave wait for each session, in one query."""
    rows = ListRow.objects.filter(session_id__in=set(session_ids), source=Source.CONTACT)
    return dict(rows.values_list("session_id").annotate(n=Count("pk")))
