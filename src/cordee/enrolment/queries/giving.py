"""What keeps a row that the client's contact gives from the list."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cordee.enrolment.models import Participant
from cordee.enrolment.queries.lists import known_people, told_about
from cordee.enrolment.queries.wording import sentence
from cordee.kernel.names import name_key
from cordee.kernel.refusals import Blocker
from cordee.lists.results import DOUBTS, Row, Weight
from cordee.planning.models import Session

MAY_BE_WAVED = frozenset({*DOUBTS, "no_email", "no_name", "known_as"})
"""What the contact may wave through: everything else has to be put right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around a row: the list as it is, whom the coordinator refused, whom the client sent before."""

    left: int
    here: Mapping[str, Participant]
    """Who is on the list, by address."""
    named: frozenset[str]
    """The names on the list."""
    lacking: frozenset[str]
    """Those of them without an address: a row that brings it completes them."""
    refused: Mapping[str, str]
    """Why, by address and by name."""
    known: Mapping[str, Participant] = field(default_factory=dict)
    """Whom the client sent before, by address."""

    def takes_no_place(self, row: Row) -> bool:
        """Tell whether the person is on the list already, with or without their address."""
        return row.email in self.here or _name(row) in (self.lacking if row.email else self.named)


def around(session: Session, rows: Iterable[Row]) -> Around:
    """Return what stands around these rows: one query, and one more for each thousand of them.

    The session is read with its mission and order.
    """
    everybody = told_about(session.pk)
    on_list = [e.participant for e in everybody if e.cancelled_at is None]
    refused: dict[str, str] = {}
    for enrolment in everybody:
        if enrolment.cancelled_at is not None and enrolment.refused_because:
            person = enrolment.participant
            refused |= {who: enrolment.refused_because for who in (person.email, _name(person)) if who}
    return Around(
        left=session.capacity - len(on_list),
        here={p.email: p for p in on_list if p.email},
        named=frozenset(_name(p) for p in on_list),
        lacking=frozenset(_name(p) for p in on_list if not p.email),
        refused=refused,
        known=known_people(session.mission.order.client_id, [row.email for row in rows]),
    )


def hindrances(row: Row, around: Around, *, waved: bool) -> list[Blocker]:
    """Return what keeps a row from the list, for the contact to read; nothing when it can be put on it.

    `waved`: the contact said that it is right as it is.
    """
    found = list(problems(row, waved=waved))
    if any(b.code not in MAY_BE_WAVED for b in found):
        return found
    others = list(_somebody_else(row, around, waved=waved))
    if any(b.code == "on_list" for b in others):
        return others  # nothing is missing that would matter
    return [*found, *_refused(row, around), *others, *_full(row, around)]


def problems(row: Row, *, waved: bool) -> Iterator[Blocker]:
    """What the reader of lists found wrong or missing in a row."""
    for problem in row.problems:
        if problem.weight is Weight.FAULT or not waved:
            yield Blocker(problem.code, sentence(problem), field=problem.field)


def _refused(row: Row, around: Around) -> Iterator[Blocker]:
    reason = around.refused.get(row.email) or around.refused.get(_name(row))
    if reason and not around.takes_no_place(row):
        words = _("The coordinator refused this person: %(reason)s")
        yield Blocker("refused", words % {"reason": reason}, _("Ask the coordinator."))


def _somebody_else(row: Row, around: Around, *, waved: bool) -> Iterator[Blocker]:
    """The person is on the list already, or the address is known as somebody else's."""
    values = {"email": row.email, "name": f"{row.first_name} {row.last_name}".strip() or row.email}
    if there := around.here.get(row.email):
        taken = list(is_somebody_elses(row, there))
        yield from taken or [Blocker("on_list", _("%(name)s is on the list already.") % values)]
    elif not row.email and _name(row) in around.named:
        yield Blocker("on_list", _("%(name)s is on the list already.") % values)
    elif (known := around.known.get(row.email)) and differs(row, known) and not waved:
        words = _("%(email)s is known as the address of %(name)s. Is it the same person?")
        yield Blocker("known_as", words % {**values, "name": known.full_name})


def is_somebody_elses(row: Row, person: Participant) -> Iterator[Blocker]:
    """Two people do not share an address."""
    if differs(row, person):
        yield Blocker(
            "address_taken",
            _("%(email)s is the address of %(name)s.") % {"email": row.email, "name": person.full_name},
            _("Give this person their own."),
            field="email",
        )


def _full(row: Row, around: Around) -> Iterator[Blocker]:
    if around.left <= 0 and not around.takes_no_place(row):
        yield Blocker(
            "full",
            _("The session is full. This row is kept."),
            _("Tell the coordinator, or take somebody else off."),
        )


def differs(row: Row, person: Participant) -> bool:
    """Tell whether a row names somebody else: not one word more or less, nor in another order."""
    said, known = set(_name(row).split()), set(_name(person).split())
    return bool(said and known) and not (said <= known or known <= said)


def _name(person: Row | Participant) -> str:
    return name_key(person.first_name, person.last_name)
