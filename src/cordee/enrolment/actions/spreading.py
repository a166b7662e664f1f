"""Who goes to which of several groups, of those who come late."""

from collections import defaultdict
from collections.abc import Sequence

from cordee.enrolment import queries, rules
from cordee.enrolment.actions.people import same_name
from cordee.enrolment.rules import Member, Method, Person
from cordee.kernel.refusals import refuse_if
from cordee.planning.models import Session


def spread(people: Sequence[Person], sessions: Sequence[Session]) -> list[tuple[Session, list[Person]]]:
    """Return each session with those who go to it: those who are on it, and newcomers where the fewest are.
    Raises Refused when there is no room for all.
    """
    at = _where_they_are(people, sessions)
    newcomers = [Member(id=n, name=people[n].email) for n, session_id in at.items() if session_id is None]
    placement = rules.place(newcomers, queries.sizes(sessions), method=Method.EVENLY)
    refuse_if(placement.blockers)
    goes_to: dict[int | None, list[Person]] = defaultdict(list)
    for n, person in enumerate(people):
        goes_to[placement.of.get(n, at[n])].append(person)
    return [(session, goes_to[session.pk]) for session in sessions if session.pk in goes_to]


def _where_they_are(people: Sequence[Person], sessions: Sequence[Session]) -> dict[int, int | None]:
    """Return on which of the sessions each person is already, by position: recognised by address, by the name of
    somebody who has none, or by the name alone of who is given without.
    """
    on_it = queries.on_sessions(s.pk for s in sessions)
    by_address = {e.participant.email: e.session_id for e in on_it if e.participant.email}
    by_name = {same_name(e.participant): e.session_id for e in on_it}
    unaddressed = {same_name(e.participant): e.session_id for e in on_it if not e.participant.email}
    return {
        n: by_address.get(p.email, unaddressed.get(same_name(p))) if p.email else by_name.get(same_name(p))
        for n, p in enumerate(people)
    }
