"""Making the people of a list those of the client: found among whom one knows, completed, or new.

Everything here is done for the whole list at once: a list of five thousand costs as many queries as one of ten.
Who is the same person is for `rules.identity` to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cordee.clients import queries as clients
from cordee.enrolment.models import Enrolment, Participant
from cordee.enrolment.queries.people import known_to
from cordee.enrolment.rules import Person, identity
from cordee.enrolment.rules.identity import Answer, Verdict
from cordee.kernel.names import name_key, normal_email, tidy
from cordee.planning.models import Session

_FIELDS = ("email", "first_name", "last_name")


@dataclass(frozen=True, slots=True)
class Settled:
    """Who the people of a list are, in their order."""

    answers: Sequence[Answer]
    participants: Sequence[Participant | None]
    """None for those of whom somebody has to say who they are."""
    said: Sequence[Person]
    """With all that the list says of the same person, on whatever line."""
    given: Sequence[int]
    """The enrolments to which the list gave the address they lacked."""
    completed: frozenset[int]
    """The participants of whom more is known now."""


def tidied(person: Person) -> Person:
    """Return the person as stored and compared."""
    return replace(
        person,
        email=normal_email(person.email),
        first_name=tidy(person.first_name),
        last_name=tidy(person.last_name),
        group=tidy(person.group),
        details={tidy(name): tidy(value) for name, value in person.details.items() if value.strip()},
    )


def settle(people: Sequence[Person], session: Session, client_id: int) -> Settled:
    """Find, complete and make the participants that these people (tidied) are."""
    clients.hold(client_id)  # somebody may be making the same people now, on another mission of the client
    known = known_to(client_id, [session.pk], [p.email for p in people])
    sure = {position for position, person in enumerate(people) if person.sure}
    answers = identity.judge(people, known, sure=sure)
    first = _first_rows(answers)
    said = _all_said(people, first)
    found = _found(answers, said, first, client_id)
    given = _give_way(answers, found, session)
    completed, addressed = _complete(answers, found, said)
    on_it = Enrolment.objects.filter(session=session, participant__in=addressed, cancelled_at=None)
    given += on_it.order_by("pk").values_list("pk", flat=True) if addressed else []
    return Settled(
        answers, [found.get(at) for at in first], [said[at] for at in first], given, frozenset(completed)
    )


def write(participant: Participant, person: Person) -> None:
    """Give a participant this address and name; saving is the caller's."""
    for name in _FIELDS:
        setattr(participant, name, getattr(person, name))
    participant.name_key = name_key(person.first_name, person.last_name)


WRITTEN = (*_FIELDS, "name_key")
"""The fields of `write`."""


def _first_rows(answers: Sequence[Answer]) -> list[int]:
    """Return for each position where the same person stands first."""
    return [position if answer.row is None else answer.row for position, answer in enumerate(answers)]


def _all_said(people: Sequence[Person], first: Sequence[int]) -> list[Person]:
    said = list(people)
    for position, at in enumerate(first):
        if at != position:
            said[at] = _both(said[at], people[position])
    return said


def _both(person: Person, other: Person) -> Person:
    """Return a person with what was said of them in two places."""
    named = identity.fuller(person, other)
    return replace(
        person,
        email=person.email or other.email,
        first_name=named.first_name,
        last_name=named.last_name,
        group=person.group or other.group,
        details={**other.details, **person.details},
    )


def _found(
    answers: Sequence[Answer], said: Sequence[Person], first: Sequence[int], client_id: int
) -> dict[int, Participant]:
    """Return the participants by the position where they stand first; those not known before are made."""
    ids = {at: a.known.id for at, a in enumerate(answers) if a.known and first[at] == at}
    known = Participant.objects.in_bulk(ids.values())
    new = {}
    for at, answer in enumerate(answers):
        if answer.verdict in {Verdict.NEW, Verdict.SHARES}:
            new[at] = Participant(client_id=client_id)
            write(new[at], said[at])
    Participant.objects.bulk_create(new.values())
    return {at: known[pk] for at, pk in ids.items()} | new


def _give_way(answers: Sequence[Answer], found: dict[int, Participant], session: Session) -> list[int]:
    """Have those on the list by name alone be the person whom the client sent before; return their places."""
    turned = []
    for at, answer in enumerate(answers):
        if answer.replaces and at in found:
            place = (
                Enrolment.objects.filter(
                    session=session, participant_id=answer.replaces.id, cancelled_at=None
                )
                .select_related("participant")
                .first()
            )
            if place and become(place, found[at]):
                turned.append(place.pk)
            elif place:  # something of another time hangs on the place they had: they stay as they are
                found[at] = place.participant
    return turned


def become(enrolment: Enrolment, participant: Participant) -> bool:
    """Have a place be that of somebody known elsewhere; tell whether it could. Who is left without any place is
    forgotten.
    """
    if Enrolment.objects.filter(session=enrolment.session_id, participant=participant).exists():
        return False
    before = enrolment.participant_id
    enrolment.participant = participant
    enrolment.save(update_fields=["participant"])
    if not Enrolment.objects.filter(participant_id=before).exists():
        Participant.objects.filter(pk=before).delete()
    return True


def _complete(
    answers: Sequence[Answer], found: dict[int, Participant], said: Sequence[Person]
) -> tuple[list[int], list[int]]:
    """Write down what the list says of people that was not known; return of whom, and who has an address now."""
    completed, addressed = [], []
    for at, participant in found.items():
        if answers[at].known is None:
            continue
        named = identity.fuller(participant, said[at])
        now = Person(
            email=participant.email or said[at].email, first_name=named.first_name, last_name=named.last_name
        )
        if not participant.email and now.email:
            addressed.append(participant.pk)
        if any(getattr(participant, name) != getattr(now, name) for name in _FIELDS):
            write(participant, now)
            completed.append(participant)
    Participant.objects.bulk_update(completed, WRITTEN, batch_size=500)
    return [p.pk for p in completed], addressed
