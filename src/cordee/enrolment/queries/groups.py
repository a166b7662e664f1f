"""Reading parallel sessions as groups of people: their sizes, and by what people can be put in them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cordee.enrolment.models import Enrolment, Split
from cordee.enrolment.queries.lists import counts
from cordee.enrolment.rules import Group, Member, smallest
from cordee.enrolment.states import ENROLMENT
from cordee.kernel.names import search_key
from cordee.mail import queries as mail
from cordee.planning.models import Session
from cordee.planning.queries import parallel

GROUP_COLUMN = "group"
_DETAIL = "detail:"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the client's list by which groups can be made: each value with how many people have it."""

    key: str
    label: str
    values: list[tuple[str, int]]


def columns(people: Sequence[Enrolment]) -> list[Column]:
    """Return the columns in which some people have the same value, the client's own groups first."""
    headers = dict.fromkeys(header for e in people for header in e.details)
    keys = {GROUP_COLUMN: _("Group")} | {f"{_DETAIL}{header}": header for header in headers}
    found = [(key, label, _values(people, key)) for key, label in keys.items()]
    return [
        Column(key, label, values)
        for key, label, values in found
        if len(values) > 1 and len(values) < sum(n for _value, n in values)
    ]


def _values(people: Iterable[Enrolment], key: str) -> list[tuple[str, int]]:
    """Return what stands in a column, the most frequent first, each as it is written first."""
    written: dict[str, str] = {}
    times: Counter[str] = Counter()
    for enrolment in people:
        if value := value_of(enrolment, key):
            written.setdefault(search_key(value), value)
            times[search_key(value)] += 1
    return [(written[same], n) for same, n in times.most_common()]


def value_of(enrolment: Enrolment, key: str) -> str:
    """Return what stands for somebody in a column."""
    if key == GROUP_COLUMN:
        return enrolment.group
    return str(enrolment.details.get(key.removeprefix(_DETAIL), "")) if key.startswith(_DETAIL) else ""


def members(people: Iterable[Enrolment], key: str = "") -> list[Member]:
    """Return people as the makers of groups know them; the same word in capitals is the same value."""
    written: dict[str, str] = {}
    found = []
    for enrolment in people:
        value = value_of(enrolment, key)
        value = written.setdefault(search_key(value), value)
        name = enrolment.participant.full_name
        found.append(Member(id=enrolment.pk, name=name, value=value, at=enrolment.session_id))
    return found


def on_sessions(session_ids: Iterable[int]) -> list[Enrolment]:
    """Return who is on these sessions, in the order in which they came: one query."""
    found = Enrolment.objects.filter(session_id__in=set(session_ids), cancelled_at=None)
    return list(found.select_related("participant").order_by("enrolled_at", "pk"))


def sizes(sessions: Sequence[Session]) -> list[Group]:
    """Return sessions as groups with all who are on them, in one query."""
    enrolled = counts(s.pk for s in sessions)
    return [Group(id=s.pk, name=s.title, capacity=s.capacity, taken=enrolled.get(s.pk, 0)) for s in sessions]


def parallel_sizes(session: Session) -> list[tuple[Session, int]]:
    """Return the sessions parallel to this one, itself included, each with how many are on it: one query."""
    on_it = Enrolment.objects.filter(session=OuterRef("pk"), cancelled_at=None).order_by()
    size = on_it.values("session").annotate(n=Count("pk")).values("n")
    rows = parallel(session).annotate(enrolled=Coalesce(Subquery(size), 0))
    return [(row, row.enrolled) for row in rows]


def smallest_group(session: Session, *, begun: bool = False) -> Session | None:
    """Return the session to which somebody goes who comes late: of those parallel to this one, itself
    included, the one with the fewest people and a place left. `begun`: they are at the door already.
    """
    sessions = list(parallel(session, begun=begun))
    found = smallest(sizes(sessions))
    return next((s for s in sessions if found and s.pk == found.id), None)


def last_split(mission_id: int) -> Split | None:
    """Return the last groups made on a mission that were not undone."""
    return Split.objects.filter(mission_id=mission_id, undone_at=None).order_by("-pk").first()


def is_split_of(mission_id: int, split_id: int) -> bool:
    """Tell whether these groups were made on this mission."""
    return Split.objects.filter(pk=split_id, mission_id=mission_id).exists()


def was_told(split: Split) -> bool:
    """Tell whether a mail about these groups has left: they are not undone any more."""
    return mail.any_left_since(split.at, ENROLMENT, (enrolment_id for enrolment_id, *_rest in split.moves))
