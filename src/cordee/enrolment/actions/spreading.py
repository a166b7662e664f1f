"""Who goes to which of several groups, of those who come late."""

from collections import defaultdict
from collections.abc import Sequence

from cordee.enrolment import queries, rules
from cordee.enrolment.actions.outcomes import Outcome, left_out
from cordee.enrolment.queries.people import known_among
from cordee.enrolment.rules import Member, Method, Person, identity
from cordee.enrolment.rules.identity import Answer, Known
from cordee.kernel.refusals import refuse_if
from cordee.planning.models import Session


def spread(
    people: Sequence[Person], sessions: Sequence[Session], client_id: int
) -> tuple[list[tuple[Session, list[Person]]], list[Outcome]]:
    """Return each session with those who go to it, and those who go nowhere until somebody says who they are.
    Who is on one of the sessions stays there, newcomers go where the fewest are. Raises Refused when there is
    no room for all.
    """
    on_it = queries.on_sessions(s.pk for s in sessions)
    at = {e.participant_id: e.session_id for e in on_it}
    sure = {n for n, person in enumerate(people) if person.sure}
    known = known_among(on_it, client_id, [p.email for p in people])
    answers = identity.judge(people, known, sure=sure)
    told = [n for n, answer in enumerate(answers) if answer.verdict != identity.Verdict.UNSURE]
    goes_to = {n: at[who.id] for n in told if (who := _known_as(answers[n])) and who.id in at}
    newcomers = [
        Member(id=n, name=people[n].email) for n in told if n not in goes_to and answers[n].row is None
    ]
    placement = rules.place(newcomers, queries.sizes(sessions), method=Method.EVENLY)
    refuse_if(placement.blockers)
    goes_to |= placement.of
    found: dict[int, list[Person]] = defaultdict(list)
    for n in told:
        first = answers[n].row
        found[goes_to[n if first is None else first]].append(people[n])
    nowhere = [left_out(people[n], answers[n]) for n in range(len(people)) if n not in told]
    return [(session, found[session.pk]) for session in sessions if session.pk in found], nowhere


def _known_as(answer: Answer) -> Known | None:
    return answer.replaces or answer.known
