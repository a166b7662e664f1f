"""The list of a session as the client's contact sees it: who is on it, what waits, who was refused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from cordee.enrolment.models import Enrolment, ListRow, Participant
from cordee.enrolment.queries.contacts import Given
from cordee.enrolment.queries.giving import around
from cordee.enrolment.queries.lists import told_about
from cordee.enrolment.queries.rows import as_row
from cordee.enrolment.rules import writable
from cordee.enrolment.rules.giving import MAY_BE_WAVED, Around, hindrances, mailbox_of_others
from cordee.enrolment.rules.wording import proposal
from cordee.enrolment.states import Source
from cordee.kernel.names import search_key
from cordee.kernel.refusals import Blocker
from cordee.lists.results import Row
from cordee.planning.models import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """One row of a list as the client's contact sees it: somebody on the list, or a row that waits."""

    waits: bool
    id: int
    email: str
    first_name: str
    last_name: str
    group: str
    seen: str
    """What tells one state of it from the next."""
    given_by_client: bool
    may_write: Sequence[str] = ()
    """The fields that the contact may change."""
    hindrances: Sequence[Blocker] = ()
    """What keeps a row from the list; of somebody on it, what is pointed out."""
    proposal: str = ""
    text: str = ""
    """As it came, when it was understood as something else."""

    @property
    def key(self) -> str:
        return f"{'row' if self.waits else 'person'}-{self.id}"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email

    @property
    def may_be_waved(self) -> bool:
        return bool(self.hindrances) and all(b.code in MAY_BE_WAVED for b in self.hindrances)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameList:
    """The list of a session as the client's contact sees it: what waits comes first."""

    rows: Sequence[NameRow]
    refused: Sequence[tuple[str, str]]
    """Names, and the coordinator's reasons."""
    taken_off: Sequence[tuple[int, str]]
    """Enrolments that the contact may bring back, and names."""
    left: int

    @property
    def on_list(self) -> list[NameRow]:
        return [row for row in self.rows if not row.waits]

    @property
    def waiting(self) -> list[NameRow]:
        return [row for row in self.rows if row.waits]

    @property
    def tally(self) -> Given:
        """How far the list is."""
        people = self.on_list
        return Given(
            people=len(people),
            without_email=sum(not row.email for row in people),
            without_name=sum(not (row.first_name or row.last_name) for row in people),
            waiting=len(self.waiting),
        )

    def row(self, key: str) -> NameRow | None:
        return next((row for row in self.rows if row.key == key), None)


def names_of(session: Session) -> NameList:
    """Return the list of a session as the client's contact sees it: four queries, however long it is."""
    everybody = sorted(told_about(session.pk), key=_by_name)
    stored = list(ListRow.objects.filter(session_id=session.pk, source=Source.CONTACT).order_by("pk"))
    rows = [as_row(row) for row in stored]
    there = around(session, rows)
    elsewhere = _elsewhere(session)
    shared = _not_said_to_share(e for e in everybody if e.cancelled_at is None)
    gone = [e for e in everybody if e.cancelled_at is not None and e.source == Source.CONTACT]
    return NameList(
        rows=[
            *(waiting_row(row, means, there) for row, means in zip(stored, rows, strict=True)),
            *(person_row(e, shared.get(e.pk, ())) for e in everybody if e.cancelled_at is None),
        ],
        refused=[(e.participant.full_name, e.refused_because) for e in gone if e.refused_because],
        taken_off=[
            (e.pk, e.participant.full_name)
            for e in gone
            if not e.refused_because and e.participant_id not in elsewhere
        ],
        left=there.left,
    )


def _by_name(enrolment: Enrolment) -> tuple[str, str, int]:
    person = enrolment.participant
    return (search_key(person.last_name or person.email), search_key(person.first_name), enrolment.pk)


def _elsewhere(session: Session) -> set[int]:
    """Return who is on other sessions of the mission: who left this list for another was not taken off."""
    found = Enrolment.objects.filter(session__mission_id=session.mission_id, cancelled_at=None)
    return set(found.exclude(session_id=session.pk).values_list("participant_id", flat=True))


def _not_said_to_share(on_list: Iterable[Enrolment]) -> dict[int, list[str]]:
    """Return of whom the client gave who else has their address, as long as nobody said that it is all right.
    Who came last shares the mailbox of those before.
    """
    at: dict[str, list[str]] = {}
    found = {}
    for enrolment in sorted(on_list, key=lambda e: e.pk):
        person = enrolment.participant
        before = at.setdefault(person.email, []) if person.email else []
        if before and enrolment.source == Source.CONTACT and not enrolment.shares_mailbox:
            found[enrolment.pk] = list(before)
        before.append(person.full_name)
    return found


def person_row(enrolment: Enrolment, shares: Sequence[str] = ()) -> NameRow:
    """Return somebody on the list as the contact sees them; `shares`: who else has their address."""
    person = enrolment.participant
    given = enrolment.source == Source.CONTACT
    return NameRow(
        waits=False,
        id=enrolment.pk,
        email=person.email,
        first_name=person.first_name,
        last_name=person.last_name,
        group=enrolment.group,
        seen=mark(person),
        given_by_client=given,
        may_write=("email", "first_name", "last_name") if given else writable(person),
        hindrances=list(mailbox_of_others(person.email, shares)),
    )


def waiting_row(stored: ListRow, row: Row, around: Around) -> NameRow:
    """Return a row that waits as the contact sees it."""
    return NameRow(
        waits=True,
        id=stored.pk,
        email=row.email,
        first_name=row.first_name,
        last_name=row.last_name,
        group=row.group,
        seen=str(stored.version),
        given_by_client=True,
        may_write=("email", "first_name", "last_name"),
        hindrances=hindrances(row, around, waved=stored.taken_as_it_is),
        proposal=proposal(row.suggestion) if row.suggestion else "",
        text="" if _says_it_all(row) else row.text,
    )


def _says_it_all(row: Row) -> bool:
    """Tell whether everything that came is in the fields."""
    fields = search_key(f"{row.email} {row.first_name} {row.last_name} {row.group} {row.extras}")
    return all(word in fields for word in search_key(row.text).replace(";", " ").split())


def mark(person: Participant) -> str:
    """Return what tells one spelling of somebody from another."""
    said = repr((person.email, person.first_name, person.last_name))
    return sha256(said.encode()).hexdigest()[:12]


def fingerprint(session_id: int) -> str:
    """Return what tells one state of a list and of the rows that wait from the next: two queries, nothing
    worked out.
    """
    people = Enrolment.objects.filter(session_id=session_id).order_by("pk")
    rows = ListRow.objects.filter(session_id=session_id, source=Source.CONTACT).order_by("pk")
    who = ("participant__email", "participant__first_name", "participant__last_name")
    state = [
        *people.values_list(
            "pk", "cancelled_at", "refused_because", "source", "group", "shares_mailbox", *who
        ),
        *rows.values_list("pk", "version", "taken_as_it_is"),
    ]
    return sha256(repr(state).encode()).hexdigest()[:16]


def state_of(people: Sequence[Enrolment], waiting: int) -> str:
    """Return the same for a list that was read already, and the number of rows that wait."""
    state = [(e.pk, e.source, mark(e.participant)) for e in people]
    return sha256(repr((state, waiting)).encode()).hexdigest()[:16]
