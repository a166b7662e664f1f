"""Who somebody on a list is: the one answer, whatever door people come in by.

An address is not a person: a reception desk, a couple, a class share one. Two people are the same when neither
their addresses nor their names tell them apart:

- the same address and the same name: the same person;
- the same name, and one of the two has no address: the same person, if only one has that name;
- the same address, and one of the two has no name, or but the first or the last of the other's: the same person,
  if only one at that address fits;
- the same address and another name: somebody else, who shares the mailbox.

Names are compared without accents, capitals and hyphens, in whatever order the words stand. A name alone is
looked for on the list itself, an address among all whom the client ever sent.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from cordee.kernel.names import name_key


class Named(Protocol):
    """Anything that says who somebody is; the address is normal, each of the three may be empty."""

    @property
    def email(self) -> str: ...
    @property
    def first_name(self) -> str: ...
    @property
    def last_name(self) -> str: ...


class Verdict(StrEnum):
    NEW = "new"
    """Nobody like them is known."""
    SHARES = "shares"
    """Somebody else at an address that others have."""
    SAME = "same"
    """Somebody known."""
    COMPLETES = "completes"
    """Somebody known, of whom it is said now what was not known: their address, or their name."""
    UNSURE = "unsure"
    """Several known people fit: somebody has to say which, or that it is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody known before."""

    id: int
    """Of the participant."""
    email: str
    first_name: str
    last_name: str
    listed: bool = False
    """Stands on the list, or stood on it: known there by name alone, too."""
    enrolled: bool = False
    """Stands on the list now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who somebody is."""

    verdict: Verdict
    known: Known | None = None
    """Who, of those known before."""
    row: int | None = None
    """At which position the same person stands already, of those who were asked about."""
    others: tuple[Named, ...] = ()
    """Who else has the address, or who it may be."""
    replaces: Known | None = None
    """Stands on the list by name alone, and is the `known` person."""

    @property
    def is_enrolled(self) -> bool:
        """Tell whether the person stands on the list already."""
        on_it = self.replaces or self.known
        return on_it is not None and on_it.enrolled


def judge(people: Sequence[Named], known: Iterable[Known], *, sure: Collection[int] = ()) -> list[Answer]:
    """Return who each of these people is, in their order: known before, or standing in another row.

    Whoever is said most of comes first, wherever they stand: so it does not matter in which order a list is
    given. `sure`: the positions of those of whom it was said that they are none of the people they may be.
    """
    return Crowd(known).judge(people, sure=sure)


def _little_said(person: Named) -> tuple[bool, bool, bool]:
    return (
        not person.email,
        not (person.first_name and person.last_name),
        not (person.first_name or person.last_name),
    )


class Crowd:
    """People, and who somebody is among them."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._at: dict[str, list[_Somebody]] = defaultdict(list)
        self._named: dict[str, list[_Somebody]] = defaultdict(list)
        for person in known:
            self._add(_Somebody(person, known=person), listed=person.listed)

    def who_is(self, person: Named) -> Answer:
        """Return who somebody is; they do not join the crowd."""
        return self._found(person)[0]

    def judge(self, people: Sequence[Named], *, sure: Collection[int] = ()) -> list[Answer]:
        """Let people in, and return who each is, in their order."""
        answers = {
            position: self._let_in(people[position], position, sure=position in sure)
            for position in sorted(range(len(people)), key=lambda at: _little_said(people[at]))
        }
        return [answers[position] for position in range(len(people))]

    def _let_in(self, person: Named, row: int, *, sure: bool = False) -> Answer:
        """Return who somebody is, and remember them with what was said of them."""
        answer, who = self._found(person)
        if answer.verdict == Verdict.UNSURE and sure:
            answer = Answer(verdict=Verdict.SHARES if person.email else Verdict.NEW, others=answer.others)
        if answer.verdict in {Verdict.NEW, Verdict.SHARES}:
            self._add(_Somebody(person, row=row), listed=True)
        elif who:
            self._learn(who, person, row)
        return answer

    def _add(self, who: "_Somebody", *, listed: bool) -> None:
        if who.email:
            self._at[who.email].append(who)
        if listed and who.key:
            self._named[who.key].append(who)

    def _learn(self, who: "_Somebody", person: Named, row: int) -> None:
        told = _Somebody(person)
        if told.email and not who.email:
            who.email = told.email
            self._at[who.email].append(who)
        if told.words > who.words:
            who.first_name, who.last_name, who.key = told.first_name, told.last_name, told.key
        if who.key and who not in self._named[who.key]:
            self._named[who.key].append(who)
        if who.row is None:
            who.row = row

    def _found(self, person: Named) -> "tuple[Answer, _Somebody | None]":
        told = _Somebody(person)
        if not told.email:
            return self._by_name_alone(told)
        return self._by_both(told) if told.key else self._by_address_alone(told)

    def _by_both(self, told: "_Somebody") -> "tuple[Answer, _Somebody | None]":
        at = self._at.get(told.email, [])
        lacking = [s for s in self._named.get(told.key, []) if not s.email]
        for who in at:
            if who.key == told.key:
                return _is(Verdict.SAME, who, replaces=None if who.is_enrolled else _known_of(lacking))
        fuller = [s for s in at if told.is_half and told.words < s.words]
        if fuller:
            return _the_one(fuller)
        less = [s for s in at if not s.key or (s.is_half and s.words < told.words)]
        for who in [*lacking, *sorted(less, key=lambda s: -len(s.words))]:
            return _is(Verdict.COMPLETES, who)
        return Answer(verdict=Verdict.SHARES if at else Verdict.NEW, others=tuple(at)), None

    def _by_address_alone(self, told: "_Somebody") -> "tuple[Answer, _Somebody | None]":
        at = self._at.get(told.email, [])
        return _the_one([s for s in at if not s.key][:1] or at)

    def _by_name_alone(self, told: "_Somebody") -> "tuple[Answer, _Somebody | None]":
        named = self._named.get(told.key, []) if told.key else []
        fitting = [s for s in named if s.is_enrolled or s.known is None] or named
        return _the_one([s for s in fitting if not s.email][:1] or fitting)


def _the_one(fitting: "Sequence[_Somebody]") -> "tuple[Answer, _Somebody | None]":
    if len(fitting) == 1:
        return _is(Verdict.SAME, fitting[0])
    return Answer(verdict=Verdict.UNSURE if fitting else Verdict.NEW, others=tuple(fitting)), None


def _is(
    verdict: Verdict, who: "_Somebody", *, replaces: Known | None = None
) -> "tuple[Answer, _Somebody | None]":
    verdict = Verdict.COMPLETES if replaces else verdict
    return Answer(verdict=verdict, known=who.known, row=who.row, replaces=replaces), who


def _known_of(lacking: "Sequence[_Somebody]") -> Known | None:
    return next((s.known for s in lacking if s.is_enrolled), None)


class _Somebody:
    """One of a crowd: more may be learnt of them as one goes through a list."""

    def __init__(self, person: Named, *, known: Known | None = None, row: int | None = None) -> None:
        self.email, self.first_name, self.last_name = person.email, person.first_name, person.last_name
        self.key = name_key(person.first_name, person.last_name)
        self.known, self.row = known, row

    @property
    def words(self) -> set[str]:
        return set(self.key.split())

    @property
    def is_half(self) -> bool:
        """Tell whether but one of first and last name is known."""
        return bool(self.first_name) != bool(self.last_name)

    @property
    def is_enrolled(self) -> bool:
        return self.known is not None and self.known.enrolled


def are_alike(one: Named, other: Named) -> bool:
    """Tell whether two have the same address, or none, and the same name."""
    return one.email == other.email and sorted(_words(one)) == sorted(_words(other))


def fuller(one: Named, other: Named) -> Named:
    """Return which of two names of the same person says more; the first when neither does."""
    return other if set(_words(other)) > set(_words(one)) else one


def names(people: Iterable[Named]) -> tuple[str, ...]:
    """Return what people are called, each name once."""
    called = (f"{p.first_name} {p.last_name}".strip() or p.email for p in people)
    return tuple(dict.fromkeys(called))


def _words(person: Named) -> list[str]:
    return name_key(person.first_name, person.last_name).split()
