"""Understanding a list as it was given, a paste or a file, and what each line means for a session."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from cordee.enrolment import rules
from cordee.enrolment.queries.people import known_to
from cordee.enrolment.rules import Person, identity
from cordee.enrolment.rules.giving import person_of
from cordee.enrolment.rules.identity import Answer, Verdict
from cordee.enrolment.rules.wording import (
    and_more,
    not_drawn,
    on_line,
    proposal,
    refusal,
    sentence,
    shared_mailbox,
    who_is_it,
)
from cordee.enrolment.states import RowStatus
from cordee.kernel.refusals import Blocker, Refused
from cordee.lists import apart
from cordee.lists.results import ListRefused, PeopleList, Row, Skipped, Weight, Why
from cordee.pdf.coverage import uncovered
from cordee.planning.models import Session

_UNMISSED = frozenset({Why.BLANK, Why.HEADER, Why.TOGETHER})
"""Lines that are understood, or hold nothing: of all others it is said that they were left aside."""
_MOST, _SHOWN = 10, 120


def read_paste(text: str) -> PeopleList:
    """Understand pasted lines: `Name <mail>`, `mail;first;last`, tabs, commas, or an address alone.

    Raises Refused when there is nobody in them, or more than a list may hold.
    """
    return _read(lambda: apart.read_text(text))


def read_file(content: bytes, file_name: str) -> PeopleList:
    """Understand a file: CSV, TSV, XLSX or ODS, told by its content. Raises Refused when it is none, is broken,
    protected or too large, or when there is nobody in it.
    """
    return _read(lambda: apart.read_file(content, file_name))


def _read(read: Callable[[], PeopleList]) -> PeopleList:
    try:
        return read()
    except ListRefused as refused:
        raise Refused([refusal(refused)]) from refused


def missed(people: PeopleList) -> list[Skipped]:
    """Return the lines of a list that were not taken for people, and that somebody may miss."""
    return [line for line in people.skipped if line.why not in _UNMISSED or _holds_address(line)]


def _holds_address(line: Skipped) -> bool:
    return "@" in line.text and line.why is not Why.TOGETHER


def left_aside(people: PeopleList) -> list[str]:
    """Return the first of these lines, in short, each with its number; and how many more there are."""
    lines = missed(people)
    shown = [
        on_line(line.line, line.text if len(line.text) <= _SHOWN else f"{line.text[:_SHOWN]}…")
        for line in lines[:_MOST]
    ]
    return [*shown, *and_more(len(lines) - len(shown))]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRow:
    """A line of a list: who it was understood to be, and what it means for the session."""

    row: Row
    status: RowStatus
    first_line: int | None = None
    """Where the same person stands, too."""
    shares: tuple[str, ...] = ()
    """Who else has this address, until somebody said that it is all right."""
    may_be: tuple[str, ...] = ()
    """Whom it may be, when somebody has to say who it is."""
    refusals: tuple[Blocker, ...] = ()
    """What the list itself refuses, beside what the reader found."""

    @property
    def person(self) -> Person:
        """Who the line is, to be enrolled."""
        return person_of(self.row)

    @property
    def problems(self) -> list[str]:
        """What has to be corrected first, in sentences."""
        return [words for _, words in self.problems_by_field]

    @property
    def problems_by_field(self) -> list[tuple[str, str]]:
        """What has to be corrected first: in which field of the row (none: all of it), and in a sentence."""
        found = [(p.field, sentence(p)) for p in self.row.problems if p.weight is not Weight.NOTE]
        found += [(b.field, b.message) for b in self.refusals]
        return [*found, ("", who_is_it(self.person, self.may_be))] if self.may_be else found

    @property
    def notes(self) -> list[str]:
        """What is worth knowing of a line that is good."""
        notes = [sentence(p) for p in self.row.problems if p.weight is Weight.NOTE]
        return [*notes, *self.remarks]

    @property
    def remarks(self) -> list[str]:
        """What is pointed out of a line that is good, once."""
        shared = [shared_mailbox(self.row.email, self.shares)] if self.shares else []
        missing = uncovered(f"{self.row.first_name} {self.row.last_name}")
        return [*shared, not_drawn(missing)] if missing else shared

    @property
    def is_doubted(self) -> bool:
        """Tell whether the line only looks wrong: somebody may say that it is right."""
        wrong = [p.weight for p in self.row.problems if p.weight is not Weight.NOTE]
        return bool(wrong or self.may_be) and Weight.FAULT not in wrong and not self.refusals

    @property
    def person_is_known(self) -> bool:
        """Tell whether anything of the line was understood; else only its text can be shown."""
        return bool(self.row.email or self.row.first_name or self.row.last_name)

    @property
    def person_named(self) -> str:
        """What the person is called; the line as it came when nothing of it was understood."""
        person = self.person
        return f"{person.first_name} {person.last_name}".strip() or person.email or self.row.text

    @property
    def proposal(self) -> str:
        """What one click would make of it, in words."""
        return proposal(self.row.suggestion) if self.row.suggestion else ""


def judged(session: Session, rows: Sequence[Row], *, taken: Container[int] = ()) -> list[JudgedRow]:
    """Return what each line means for the session, in one query and one more for each thousand of them.

    `taken`: the positions in `rows` of which somebody said that they are right as they are. The session is
    read with its mission and order.
    """
    good = [n for n, row in enumerate(rows) if not _is_wrong(row, taken=n in taken)]
    people = [person_of(rows[n]) for n in good]
    known = known_to(session.mission.order.client_id, [session.pk], [p.email for p in people])
    sure = {at for at, n in enumerate(good) if n in taken}
    answers = dict(zip(good, identity.judge(people, known, sure=sure), strict=True))
    first = {at: rows[n].line for at, n in enumerate(good)}
    return [
        _told(row, answers[n], first, taken=n in taken)
        if n in answers
        else JudgedRow(row=row, status=RowStatus.INVALID, refusals=_refusals(row))
        for n, row in enumerate(rows)
    ]


def _is_wrong(row: Row, *, taken: bool) -> bool:
    weights = {problem.weight for problem in row.problems}
    doubted = Weight.DOUBT in weights and not taken
    return Weight.FAULT in weights or doubted or bool(_refusals(row))


def _refusals(row: Row) -> tuple[Blocker, ...]:
    """Return what the list itself would refuse of a row in which the reader found no fault."""
    told = any(problem.weight is Weight.FAULT for problem in row.problems)
    return () if told else tuple(rules.is_somebody(person_of(row)))


def _told(row: Row, answer: Answer, lines: Mapping[int, int], *, taken: bool) -> JudgedRow:
    """Return what a row means whose person is told by `answer`; `lines` by position of `answer.row`."""
    others = () if taken else identity.names(answer.others)
    if answer.verdict == Verdict.UNSURE:
        return JudgedRow(row=row, status=RowStatus.INVALID, may_be=others)
    if answer.row is not None:
        return JudgedRow(row=row, status=RowStatus.DUPLICATE, first_line=lines[answer.row])
    if answer.is_enrolled:
        completes = answer.verdict == Verdict.COMPLETES
        return JudgedRow(row=row, status=RowStatus.COMPLETES if completes else RowStatus.ENROLLED)
    return JudgedRow(
        row=row,
        status=RowStatus.KNOWN if answer.known else RowStatus.NEW,
        shares=others if answer.verdict == Verdict.SHARES else (),
    )
