"""What happened on a mission or a session, told newest first."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from cordee.clients.queries import contact_names
from cordee.enrolment.facts import ClientRowsWait, ParticipantsEnrolled
from cordee.enrolment.queries import givers
from cordee.journal.queries import TimelineEntry, reasons
from cordee.kernel.actor import ActorKind
from cordee.kernel.facts import Fact
from cordee.network.queries import everybodys_names
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.surveys.facts import SurveyAnswered
from cordee.web.addresses import address
from cordee.web.components.things import Line
from cordee.web.coordination.timeline.names import Names
from cordee.web.coordination.timeline.sentences import GROUPED, KINDS, PRESENTERS

__all__ = ["Line", "Names", "lines"]

TOGETHER = timedelta(seconds=5)
"""Facts of one kind, by one person, no further apart than this are told in one sentence."""
ROW_BY_ROW = timedelta(minutes=30)
"""The same for what is typed row by row, through a personal link."""

ONE_BY_ONE = {SurveyAnswered.__name__: timedelta(days=1)}
"""What each does when they find the time is told together when it is further apart too."""
type _Told = tuple[TimelineEntry, Fact]

_KINDS = {kind.__name__: kind for kind in PRESENTERS}
_SAME = {
    ParticipantsEnrolled.__name__: ("session_id", "walk_in"),
    ClientRowsWait.__name__: ("session_id",),
}
"""What facts share, beside their kind and by whom, to be told together."""


def lines(
    entries: Sequence[TimelineEntry],
    sessions: Iterable[Session],
    known: Names | None = None,
    *,
    linked: bool = True,
) -> list[Line]:
    """Return entries of the journal as sentences, newest first; names that are not `known` cost one query,
    and so do sessions that are not given.

    `linked` makes each sentence lead to its session.
    """
    told = _told(entries)
    names = _with_names(told, known or Names(), sessions)
    return [_line(group, names, linked=linked) for group in _groups(told)]


def sentences(entries: Sequence[TimelineEntry], sessions: Iterable[Session]) -> dict[int, str]:
    """Return, by its id, the sentence of each entry that a timeline tells: one query for all names."""
    told = _told(entries)
    names = _with_names(told, Names(), sessions)
    return {entry.id: PRESENTERS[type(fact)](fact, names) for entry, fact in told}


def _told(entries: Sequence[TimelineEntry]) -> list[_Told]:
    return [(entry, fact) for entry in entries if (fact := _fact(entry))]


def _with_names(told: Sequence[_Told], known: Names, sessions: Iterable[Session]) -> Names:
    wanted = {i for _entry, fact in told for i in _people_in(fact)} - set(known.facilitators)
    users = {e.user_id for e, _fact in told if e.user_id is not None} - set(known.users)
    user_names, facilitator_names = everybodys_names(users, wanted)
    return Names(
        {**known.facilitators, **facilitator_names},
        {**known.users, **user_names},
        _named([fact for _entry, fact in told], sessions),
        contact_names(fact.contact_id for _e, fact in told if hasattr(fact, "contact_id")),
        givers(e.link_id for e, _fact in told if e.link_id is not None),
        reasons(i for _entry, fact in told if (i := getattr(fact, "reason_id", None)) is not None),
    )


def _named(facts: Sequence[Fact], sessions: Iterable[Session]) -> dict[int, Session]:
    known = {s.pk: s for s in sessions}
    spoken_of = (getattr(f, name, None) for f in facts for name in ("session_id", "from_session_id"))
    others = {pk for pk in spoken_of if pk is not None} - set(known)
    return known | planning.by_ids(others) if others else known


def _fact(entry: TimelineEntry) -> Fact | None:
    """Return the fact of an entry; nothing for one that this version of the house does not know any more."""
    kind = _KINDS.get(entry.fact)
    if kind is None:
        return None
    try:
        return kind(**entry.payload)
    except TypeError:
        return None


def _people_in(fact: Fact) -> list[int]:
    found = (getattr(fact, name, None) for name in ("facilitator_id", "before_id"))
    return [i for i in found if i is not None]


def _groups(told: Sequence[_Told]) -> list[list[_Told]]:
    groups: list[list[_Told]] = []
    for entry, fact in told:
        before = groups[-1][-1] if groups else None
        if before and type(fact) in GROUPED and _goes_with(entry, before[0]):
            groups[-1].append((entry, fact))
        else:
            groups.append([(entry, fact)])
    return groups


def _goes_with(entry: TimelineEntry, later: TimelineEntry) -> bool:
    if _sort_of(entry) != _sort_of(later):
        return False
    usual = TOGETHER if entry.link_id is None else ROW_BY_ROW
    return later.at - entry.at <= ONE_BY_ONE.get(entry.fact, usual)


def _sort_of(entry: TimelineEntry) -> tuple[object, ...]:
    """Return what facts told together share: what, by whom, and for people on lists which list and how."""
    about = tuple(entry.payload[name] for name in _SAME.get(entry.fact, ()))
    by_link = None if entry.fact in ONE_BY_ONE else entry.link_id
    return (entry.fact, entry.user_id, entry.actor_kind, by_link, *about)


def _line(group: list[_Told], names: Names, *, linked: bool) -> Line:
    entry, fact = group[0]
    if len(group) > 1:
        text = GROUPED[type(fact)]([f for _entry, f in reversed(group)], names)
    else:
        text = PRESENTERS[type(fact)](fact, names)
    about = {getattr(f, "session_id", 0) for _entry, f in group}
    session = names.sessions.get(about.pop()) if len(about) == 1 else None
    url = address("session", session.ref) if session and linked else ""
    return Line(entry.at, text, _who(entry, names), url, KINDS.get(type(fact), ""))


def _who(entry: TimelineEntry, names: Names) -> str:
    if entry.user_id is not None:
        return names.users.get(entry.user_id) or _("somebody")
    if giver := names.givers.get(entry.link_id or 0):
        return _("%(name)s, through their personal link") % {"name": giver}
    return {
        ActorKind.LINK: _("through the personal link"),
        ActorKind.COMMAND: _("on the command line"),
        ActorKind.SYSTEM: _("Cordée, by itself"),
    }.get(ActorKind(entry.actor_kind), "")
