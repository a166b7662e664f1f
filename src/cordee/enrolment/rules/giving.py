"""What keeps a row that the client's contact gives from the list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cordee.enrolment.rules import identity
from cordee.enrolment.rules.identity import Answer, Crowd, Named, Verdict
from cordee.enrolment.rules.lists import Person, is_somebody
from cordee.enrolment.rules.wording import sentence, shared_mailbox, who_is_it
from cordee.kernel.refusals import Blocker
from cordee.lists.results import DOUBTS, Row, Weight

SHARED = "shared_mailbox"
MAY_BE_WAVED = frozenset({*DOUBTS, "no_email", "no_name", "unsure", SHARED})
"""What the contact may wave through: everything else has to be put right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around a row: the list as it is, whom the coordinator refused, whom the client sent before."""

    left: int
    crowd: Crowd
    """Who is on the list, and whom the client sent before."""
    refused: Mapping[int, str]
    """Why, by participant."""


def person_of(row: Row) -> Person:
    """Return who a line is, to be enrolled."""
    return Person(
        email=row.email,
        first_name=row.first_name,
        last_name=row.last_name,
        group=row.group,
        details=row.extras,
    )


def hindrances(row: Row, around: Around, *, waved: bool) -> list[Blocker]:
    """Return what keeps a row from the list, for the contact to read; nothing when it can be put on it.

    `waved`: the contact said that it is right as it is.
    """
    return against(row, around.crowd.who_is(row), around, waved=waved)


def against(row: Row, who: Answer, around: Around, *, waved: bool) -> list[Blocker]:
    """Return the same for a row of whose person it is known who it is."""
    found = list(problems(row, waved=waved))
    if any(b.code not in MAY_BE_WAVED for b in found):
        return found
    if who.is_enrolled and who.verdict == Verdict.SAME:
        return [already_on_list(row)]  # nothing is missing that would matter
    return [
        *found,
        *_refused(who, around),
        *(() if waved else _unsure(row, who)),
        *_full(who, around),
    ]


def problems(row: Row, *, waved: bool) -> Iterator[Blocker]:
    """What the reader of lists found wrong or missing in a row."""
    for problem in row.problems:
        if problem.weight is Weight.FAULT or not waved:
            yield Blocker(problem.code, sentence(problem), field=problem.field)
    if all(problem.weight is not Weight.FAULT for problem in row.problems):
        yield from (b for b in is_somebody(person_of(row)) if b.code != "nobody")


def _refused(who: Answer, around: Around) -> Iterator[Blocker]:
    reason = around.refused.get(who.known.id) if who.known else None
    if reason and not who.is_enrolled:
        words = _("The coordinator refused this person: %(reason)s")
        yield Blocker("refused", words % {"reason": reason}, _("Ask the coordinator."))


def already_on_list(person: Named) -> Blocker:
    """Say that nothing has to be done for a person: they are on the list."""
    name = f"{person.first_name} {person.last_name}".strip() or person.email
    return Blocker("on_list", _("%(name)s is on the list already.") % {"name": name})


def mailbox_of_others(email: str, others: Sequence[str]) -> Iterator[Blocker]:
    """That others on the list have the address of somebody is pointed out, until it is said to be all right."""
    if others:
        yield Blocker(SHARED, shared_mailbox(email, others), _("Each is written to by name."), field="email")


def _unsure(row: Row, who: Answer) -> Iterator[Blocker]:
    if who.verdict == Verdict.UNSURE:
        yield Blocker("unsure", who_is_it(person_of(row), identity.names(who.others)))


def _full(who: Answer, around: Around) -> Iterator[Blocker]:
    if around.left <= 0 and not who.is_enrolled:
        yield Blocker(
            "full",
            _("The session is full. This row is kept."),
            _("Tell the coordinator, or take somebody else off."),
        )
