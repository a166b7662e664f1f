"""Steps that stories share: everything through the actions that people use."""

from datetime import date
from typing import TYPE_CHECKING

from cordee.accounts import actions as accounts
from cordee.accounts.models import User
from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState
from cordee.clients.models import Contact
from cordee.closure import queries as closure_queries
from cordee.closure.models import Board
from cordee.conformity import actions as conformity
from cordee.conformity.steps import PROVEN
from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as enrolment_queries
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.enrolment.states import LIST_LINK
from cordee.fees import actions as fees
from cordee.fees.models import FeeRequest
from cordee.fees.steps import REQUESTED
from cordee.journal.models import Entry
from cordee.journal.queries import reasons as journal_reasons
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.kernel.facts import Fact
from cordee.kernel.permissions import Role
from cordee.kernel.steps import Count
from cordee.links.models import PersonalLink
from cordee.lists.reader import read_text
from cordee.missions.models import Mission
from cordee.missions.steps import ORDERED
from cordee.network.models import Facilitator
from cordee.planning import actions as planning
from cordee.planning.models import Assignment, Session
from cordee.planning.states import AssignmentStatus
from cordee.planning.steps import HELD, PLANNED
from tests.cast import THURSDAY, Cast, draft
from tests.conftest import MovableClock

if TYPE_CHECKING:
    from collections.abc import Sequence

DURING = "2027-01-14 10:00"
AFTER = "2027-01-14 12:30"
"""Just after the end of a session planned with the usual draft."""


def plan(
    cast: Cast, *facilitators: Facilitator, count: int = 1, day: date = THURSDAY, **changes: object
) -> list[Session]:
    """Plan sessions of the mission of Valmont as its coordinator, with these facilitators in turn."""
    return planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(day, **changes),  # type: ignore[arg-type]
        count=count,
        facilitator_ids=[f.pk for f in facilitators],
        by=cast.actor(cast.camille),
    )


def place_of(session: Session, facilitator: Facilitator) -> Assignment:
    return Assignment.objects.get(session=session, facilitator=facilitator)


def confirm(cast: Cast, session: Session, *facilitators: Facilitator) -> None:
    """Have facilitators say yes."""
    for facilitator in facilitators:
        planning.set_status(
            assignment_id=place_of(session, facilitator).pk,
            status=AssignmentStatus.CONFIRMED,
            by=cast.actor(facilitator),
        )


def enrol(cast: Cast, session: Session, *names: str) -> list[Enrolment]:
    """Enrol people by first name, as the coordinator; their addresses follow from it."""
    people = [
        Person(email=f"{name.lower()}@valmont.example", first_name=name, last_name="N") for name in names
    ]
    return enrolment.enrol(session_id=session.pk, people=people, by=cast.actor(cast.camille)).new


def ask_client(cast: Cast, contact: Contact | None = None) -> Actor:
    """Ask a contact of the client for the names; return them as their link lets them act."""
    invitation = enrolment.ask_contact(
        mission_id=cast.mission.pk, contact_id=(contact or cast.contact).pk, by=cast.actor(cast.camille)
    )
    link = PersonalLink.objects.get(purpose=LIST_LINK, subject_id=invitation.pk, revoked_at=None)
    return Actor(ActorKind.LINK, link_id=link.pk)


def people_in(text: str) -> list[Person]:
    """Return the people of a paste, as the reader of lists understands them."""
    return [
        Person(email=row.email, first_name=row.first_name, last_name=row.last_name)
        for row in read_text(text).rows
    ]


def all_present(cast: Cast, session: Session) -> None:
    """Record everybody as present on every half-day."""
    on_list = enrolment_queries.enrolments(session.pk)
    for half_day in session.half_days.order_by("position"):
        attendance.record_presence(
            half_day_id=half_day.pk,
            states={e.pk: PresenceState.PRESENT for e in on_list},
            by=cast.actor(cast.camille),
        )


def accept_sheets(cast: Cast, *sessions: Session) -> None:
    """Have quality take the sheets of sessions as they are, and accept them."""
    quality = cast.actor(cast.quitterie)
    for session in sessions:
        conformity.submit(session_id=session.pk, note="Feuille papier au dossier", by=quality)
        conformity.accept(session_id=session.pk, note="Vérifiée sur papier", by=quality)


def hold(cast: Cast, now: MovableClock, *sessions: Session) -> None:
    """Let time pass to the end of sessions on the usual day, confirm who was invited, and prove all of it."""
    for session in sessions:
        invited = session.assignments.filter(status=AssignmentStatus.INVITED).select_related(
            "facilitator__user"
        )
        confirm(cast, session, *(place.facilitator for place in invited.order_by("pk")))
        if not enrolment_queries.enrolments(session.pk):
            enrol(cast, session, f"Personne{session.position}")
    now.move_to(AFTER)
    for session in sessions:
        all_present(cast, session)


def everything_held(cast: Cast, now: MovableClock) -> list[Session]:
    """Carry the four workshops of the worked example to their end, fees not asked for yet."""
    sessions = plan(cast, cast.camille, cast.noor, cast.elodie, cast.idris, count=4)
    hold(cast, now, *sessions)
    return sessions


def closed(cast: Cast, now: MovableClock, settle: object) -> Mission:
    """Carry the mission of Valmont to its end: closed by itself."""
    everything_held(cast, now)
    request_fees(cast)
    settle()  # type: ignore[operator]  # the fixture
    cast.mission.refresh_from_db()
    return cast.mission


def disability_officer() -> User:
    """Invite Hanae, who sees to access needs."""
    return accounts.invite_colleague(
        email="hanae@cordee-formation.example",
        first_name="Hanae",
        last_name="Lefort",
        roles=[Role.DISABILITY_OFFICER],
        by=COMMAND,
    )


def request_fees(cast: Cast) -> FeeRequest:
    return fees.request_fees(mission_id=cast.mission.pk, by=cast.actor(cast.camille))


def amend(cast: Cast, quantity: int) -> None:
    planning.amend_order_line(line_id=cast.line.pk, quantity=quantity, reason="Accord du client", by=COMMAND)


def told(*facts: type, since: int = 0) -> list[dict[str, object]]:
    """Return what the journal says of these facts, oldest first."""
    names: Sequence[str] = [fact.__name__ for fact in facts]
    entries = Entry.objects.filter(fact__in=names, pk__gt=since).order_by("pk")
    return [entry.payload for entry in entries]


def last_entry() -> int:
    """Return where the journal stands: for `told(..., since=)`."""
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def board_of(mission: Mission) -> Board:
    """Return what lists know of a mission."""
    return Board.objects.select_related("mission").get(pk=mission.pk)


def figures(mission: Mission, *counts: Count) -> tuple[int, ...]:
    """Return what lists show of these counts; of the five of the missions list when none is named."""
    board = board_of(mission)
    return tuple(
        int(board.counts.get(count, 0)) for count in counts or (ORDERED, PLANNED, HELD, PROVEN, REQUESTED)
    )


def counted(mission: Mission, *counts: Count) -> tuple[int, ...]:
    """Return what the rooms count now."""
    return tuple(closure_queries.progress(mission).total(count) for count in counts)


def reason_of(kind: type[Fact]) -> str:
    """Return the reason that was given with the last fact of a kind."""
    reason_id = told(kind)[-1]["reason_id"]
    return journal_reasons([reason_id])[reason_id]
