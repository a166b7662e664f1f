"""Understanding a list as it was given, a paste or a file, and what each line means for a session."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from itertools import batched

from cordee.enrolment.models import Participant
from cordee.enrolment.queries.wording import proposal, refusal, sentence
from cordee.enrolment.rules import Person
from cordee.enrolment.states import RowStatus
from cordee.kernel.names import name_key
from cordee.kernel.refusals import Refused
from cordee.lists import reader
from cordee.lists.results import ListRefused, PeopleList, Row, Weight
from cordee.planning.models import Session


def read_paste(text: str) -> PeopleList:
    """Understand pasted lines: `Name <mail>`, `mail;first;last`, tabs, commas, or an address alone.

    Raises Refused when there is nobody in them, or more than a list may hold.
    """
    return _read(lambda: reader.read_text(text))


def read_file(content: bytes, file_name: str) -> PeopleList:
    """Understand a file: CSV, TSV, XLSX or ODS, told by its content. Raises Refused when it is none, is broken,
    protected or too large, or when there is nobody in it.
    """
    return _read(lambda: reader.read_file(content, file_name))


def _read(read: Callable[[], PeopleList]) -> PeopleList:
    try:
        return read()
    except ListRefused as refused:
        raise Refused([refusal(refused)]) from refused


def person_of(row: Row) -> Person:
    """Return who a line is, to be enrolled."""
    return Person(
        email=row.email,
        first_name=row.first_name,
        last_name=row.last_name,
        group=row.group,
        details=row.extras,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRow:
    """A line of a list: who it was understood to be, and what it means for the session."""

    row: Row
    status: RowStatus
    first_line: int | None = None
    """Where the same person stands further up."""

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
        return [(p.field, sentence(p)) for p in self.row.problems if p.weight is not Weight.NOTE]

    @property
    def notes(self) -> list[str]:
        """What is worth knowing of a line that is good."""
        return [sentence(p) for p in self.row.problems if p.weight is Weight.NOTE]

    @property
    def is_doubted(self) -> bool:
        """Tell whether the line only looks wrong: somebody may say that it is right."""
        wrong = [p.weight for p in self.row.problems if p.weight is not Weight.NOTE]
        return bool(wrong) and Weight.FAULT not in wrong

    @property
    def person_is_known(self) -> bool:
        """Tell whether anything of the line was understood; else only its text can be shown."""
        return bool(self.row.email or self.row.first_name or self.row.last_name)

    @property
    def proposal(self) -> str:
        """What one click would make of it, in words."""
        return proposal(self.row.suggestion) if self.row.suggestion else ""


def judged(session: Session, rows: Sequence[Row], *, taken: Container[int] = ()) -> list[JudgedRow]:
    """Return what each line means for the session, in one query and one more for each thousand of them.

    `taken`: the positions in `rows` of which somebody said that they are right as they are. The session is
    read with its mission and order.
    """
    on_session = _Crowd.of_session(session.pk)
    known = _known(session.mission.order.client_id, rows)
    above = _Crowd()
    found = []
    for position, row in enumerate(rows):
        if _is_wrong(row, taken=position in taken):
            found.append(JudgedRow(row=row, status=RowStatus.INVALID))
            continue
        first_line = above.find(row)
        if first_line is not None:
            found.append(JudgedRow(row=row, status=RowStatus.DUPLICATE, first_line=first_line))
        elif on_session.find(row) is not None:
            found.append(JudgedRow(row=row, status=RowStatus.ENROLLED))
        else:
            status = RowStatus.KNOWN if row.email in known else RowStatus.NEW
            found.append(JudgedRow(row=row, status=status))
        above.add(row.email, row.first_name, row.last_name, row.line)
    return found


def _is_wrong(row: Row, *, taken: bool) -> bool:
    weights = {problem.weight for problem in row.problems}
    return Weight.FAULT in weights or (Weight.DOUBT in weights and not taken)


def _known(client_id: int, rows: Sequence[Row]) -> set[str]:
    """Return the addresses that the client sent before."""
    emails = [row.email for row in rows if row.email]
    known: set[str] = set()
    for some in batched(emails, 1_000):
        of_client = Participant.objects.filter(client_id=client_id, email__in=some)
        known.update(of_client.values_list("email", flat=True))
    return known


class _Crowd:
    """People by address and by name, each with the line they stand on (0 for those on a session).

    A name alone is whoever has that name; an address is the person who has it, or one of the same name who
    had none.
    """

    def __init__(self) -> None:
        self.by_address: dict[str, int] = {}
        self.by_name: dict[str, int] = {}
        self.unaddressed: dict[str, int] = {}

    @classmethod
    def of_session(cls, session_id: int) -> "_Crowd":
        crowd = cls()
        people = Participant.objects.filter(enrolments__session_id=session_id, enrolments__cancelled_at=None)
        for email, first_name, last_name in people.values_list("email", "first_name", "last_name"):
            crowd.add(email, first_name, last_name, 0)
        return crowd

    def add(self, email: str, first_name: str, last_name: str, line: int) -> None:
        name = name_key(first_name, last_name)
        if email:
            self.by_address.setdefault(email, line)
        else:
            self.unaddressed.setdefault(name, line)
        if name:
            self.by_name.setdefault(name, line)

    def find(self, row: Row) -> int | None:
        name = name_key(row.first_name, row.last_name)
        if row.email:
            return self.by_address.get(row.email, self.unaddressed.get(name))
        return self.by_name.get(name)
