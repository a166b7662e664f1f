"""What happened on a mission or a session, told newest first."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from cordee.clients.queries import contact_names
from cordee.enrolment.queries import givers
from cordee.journal.queries import TimelineEntry, reasons
from cordee.kernel.actor import ActorKind
from cordee.kernel.facts import Fact
from cordee.network.queries import everybodys_names
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.quality import queries as quality
from cordee.web.addresses import address
from cordee.web.components.things import Line
from cordee.web.coordination.timeline.folding import FOLDS, Told, day_of, folded
from cordee.web.coordination.timeline.names import Names
from cordee.web.coordination.timeline.sentences import KINDS, PRESENTERS

__all__ = ["Line", "Names", "lines"]

_KINDS = {kind.__name__: kind for kind in PRESENTERS}


def lines(
    entries: Sequence[TimelineEntry],
    sessions: Iterable[Session],
    known: Names | None = None,
    *,
    most: int | None = None,
    goes_on: bool = False,
    linked: bool = True,
    confidential: bool = False,
) -> list[Line]:
    """Return entries of the journal as sentences, newest first, `most` of them; what repeats is one line (`folding`).
    Names that are not `known` cost one query, and so do sessions that are not given.

    `goes_on`: there are older entries, so of what repeats on the oldest day more may have happened.
    `linked` makes each sentence lead to its session. `confidential`: what is of confidential complaints, too, for who
    may read of them.
    """
    told = _told(entries, confidential=confidential)
    names = _with_names(told, known or Names(), sessions)
    groups = folded(told, lambda entry: _who(entry, names))[:most]
    cut = day_of(entries[-1].at) if entries and goes_on else None
    return [_line(group, names, linked=linked, cut=cut) for group in groups]


def sentences(
    entries: Sequence[TimelineEntry], sessions: Iterable[Session], *, confidential: bool = False
) -> dict[int, str]:
    """Return, by its id, the sentence of each entry that a timeline tells: one query for all names. `confidential`: as
    for `lines`.
    """
    told = _told(entries, confidential=confidential)
    names = _with_names(told, Names(), sessions)
    return {entry.id: PRESENTERS[type(fact)](fact, names) for entry, fact in told}


def _told(entries: Sequence[TimelineEntry], *, confidential: bool = False) -> list[Told]:
    told = [(entry, fact) for entry in entries if (fact := _fact(entry))]
    raised = {pk for _entry, fact in told if (pk := getattr(fact, "complaint_id", None)) is not None}
    # What turned out to be confidential is told to nobody any more who may read about the mission.
    hidden = quality.confidential_among(raised) if raised and not confidential else frozenset()
    return [(entry, fact) for entry, fact in told if getattr(fact, "complaint_id", None) not in hidden]


def _with_names(told: Sequence[Told], known: Names, sessions: Iterable[Session]) -> Names:
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


def _line(group: list[Told], names: Names, *, linked: bool, cut: date | None) -> Line:
    entry, fact = group[0]
    text, each = PRESENTERS[type(fact)](fact, names), []
    if len(group) > 1:
        text = FOLDS[type(fact)].several([f for _entry, f in reversed(group)], names)
        each = [(e.at, PRESENTERS[type(f)](f, names)) for e, f in group]
        if day_of(group[-1][0].at) == cut and not FOLDS[type(fact)].at_once:
            text = _("%(what)s – and more before") % {"what": text}
    about = {getattr(f, "session_id", 0) for _entry, f in group}
    session = names.sessions.get(about.pop()) if len(about) == 1 else None
    url = address("session", session.ref) if session and linked else ""
    return Line(entry.at, text, _who(entry, names), url, KINDS.get(type(fact), ""), each)


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
