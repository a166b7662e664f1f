"""What became of each of the people who were given: nobody wonders where somebody went."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from cordee.enrolment.actions.people import Settled
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person, identity
from cordee.enrolment.rules.identity import Answer
from cordee.enrolment.states import Became


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of somebody who was given."""

    person: Person
    became: Became
    enrolment: Enrolment | None = None
    """Their place; none for who was left out."""
    others: tuple[str, ...] = ()
    """The names of those who have the same address, or whom it may be."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What became of a list: the new places, and of each who was given, in their order, what became of them."""

    new: list[Enrolment]
    outcomes: tuple[Outcome, ...]

    def count(self, became: Became) -> int:
        return sum(outcome.became == became for outcome in self.outcomes)

    @property
    def already(self) -> int:
        """How many were on the list before, those included of whom more is known now."""
        return self.count(Became.ALREADY) + self.count(Became.COMPLETED)

    @property
    def all_new(self) -> bool:
        """Tell whether each who was given has a new place: nothing else is to be said."""
        return len(self.new) == len(self.outcomes)

    @property
    def twice(self) -> int:
        return self.count(Became.TWICE)

    @property
    def left_out(self) -> list[Outcome]:
        """Those of whom somebody has to say who they are."""
        return [outcome for outcome in self.outcomes if outcome.became == Became.LEFT_OUT]

    def and_also(self, other: "Enrolled") -> "Enrolled":
        return Enrolled([*self.new, *other.new], (*self.outcomes, *other.outcomes))


def outcomes(
    people: Sequence[Person], settled: Settled, places: Mapping[int, Enrolment], new: AbstractSet[int]
) -> tuple[Outcome, ...]:
    """Return what became of each; `places` by participant, `new` the places made now."""
    found = []
    for person, answer, participant in zip(people, settled.answers, settled.participants, strict=True):
        if participant is None:
            found.append(left_out(person, answer))
            continue
        place = places[participant.pk]
        if answer.row is not None:
            became = Became.TWICE
        elif place.pk in new:
            became = Became.ENROLLED
        else:
            completed = place.participant_id in settled.completed or place.pk in settled.given
            became = Became.COMPLETED if completed else Became.ALREADY
        found.append(
            Outcome(person=person, became=became, enrolment=place, others=identity.names(answer.others))
        )
    return tuple(found)


def left_out(person: Person, answer: Answer) -> Outcome:
    """Return what becomes of somebody who may be several people."""
    return Outcome(person=person, became=Became.LEFT_OUT, others=identity.names(answer.others))
