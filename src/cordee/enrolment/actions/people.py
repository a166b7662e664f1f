"""Who the people of a list are: known at the client's, on this list already, or new.

Everything here is done for the whole list at once: a list of five thousand costs as many queries as one of ten.
"""

from collections.abc import Mapping, Sequence

from cordee.enrolment import queries
from cordee.enrolment.models import Enrolment, Participant
from cordee.enrolment.rules import Person
from cordee.kernel.names import name_key, normal_email, tidy
from cordee.planning.models import Session


def tidied(person: Person) -> Person:
    """Return the person as stored and compared."""
    return Person(
        email=normal_email(person.email),
        first_name=tidy(person.first_name),
        last_name=tidy(person.last_name),
        group=tidy(person.group),
        details={tidy(name): tidy(value) for name, value in person.details.items() if value.strip()},
    )


def without_doubles(people: Sequence[Person]) -> list[Person]:
    """Return each person once, with the names that were given on any of the lines.

    Who is named without an address is the one of that name who has one.
    """
    addressed = {same_name(p) for p in people if p.email}
    found: dict[str, Person] = {}
    for person in people:
        if not person.email and same_name(person) in addressed:
            continue
        identity = person.email or same_name(person)
        first = found.setdefault(identity, person)
        if not (first.first_name or first.last_name):
            found[identity] = person
    return list(found.values())


def same_name(person: Person | Participant) -> str:
    """Return a name as it is compared."""
    return name_key(person.first_name, person.last_name)


def participants_for(
    people: Sequence[Person], session: Session, client_id: int
) -> tuple[list[Participant], list[int]]:
    """Return the participants these people are, in the same order: known at the client's by address,
    on this list by name, or new; then the enrolments to which the list gave the address they lacked.
    """
    known = _by_address(client_id, people)
    on_session = sorted(queries.told_about(session.pk), key=lambda e: e.cancelled_at is None)
    unaddressed = {same_name(e.participant): e for e in on_session if not e.participant.email}
    given = _give_addresses(people, known, unaddressed)
    # Somebody may be making the same people now, on another mission of the client.
    Participant.objects.bulk_create(
        (_new(client_id, p) for p in people if p.email and p.email not in known), ignore_conflicts=True
    )
    known = _by_address(client_id, people)
    by_name = {same_name(e.participant): e.participant for e in on_session}
    unknown = [p for p in people if not p.email and same_name(p) not in by_name]
    by_name |= {same_name(p): p for p in Participant.objects.bulk_create(_new(client_id, p) for p in unknown)}
    found = [known[p.email] if p.email else by_name[same_name(p)] for p in people]
    _complete(found, people)
    return found, given


def _by_address(client_id: int, people: Sequence[Person]) -> dict[str, Participant]:
    emails = [p.email for p in people if p.email]
    return {p.email: p for p in Participant.objects.filter(client_id=client_id, email__in=emails)}


def _give_addresses(
    people: Sequence[Person], known: Mapping[str, Participant], unaddressed: dict[str, Enrolment]
) -> list[int]:
    """Give their address to those who were put on the list without one: joining instructions can follow now.

    They leave `unaddressed`. Return their enrolments.
    """
    given: dict[str, Enrolment] = {}
    for person in people:
        same = unaddressed.get(same_name(person))
        if same and person.email and person.email not in known and person.email not in given:
            same.participant.email = person.email
            given[person.email] = unaddressed.pop(same_name(person))
    Participant.objects.bulk_update([e.participant for e in given.values()], ["email"], batch_size=500)
    return [e.pk for e in given.values()]


def _new(client_id: int, person: Person) -> Participant:
    return Participant(
        client_id=client_id, email=person.email, first_name=person.first_name, last_name=person.last_name
    )


def _complete(participants: Sequence[Participant], people: Sequence[Person]) -> None:
    """Take the names given for addresses that had none."""
    completed = []
    for participant, person in zip(participants, people, strict=True):
        named = participant.first_name or participant.last_name
        if not named and (person.first_name or person.last_name):
            participant.first_name, participant.last_name = person.first_name, person.last_name
            completed.append(participant)
    if completed:
        Participant.objects.bulk_update(completed, ["first_name", "last_name"], batch_size=500)
