"""Finding a group for people who cannot go just anywhere. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cordee.enrolment.rules.wishes import Group, Member, Unit

STEPS = 4_000
"""Tries after which a way is given up: some wishes would take a lifetime to prove impossible."""

type Bundle = tuple[Unit, ...]
"""Units that go to one group, and may be taken apart when that is impossible."""


@dataclass(slots=True)
class Filling:
    """Groups while they are filled."""

    groups: Sequence[Group]
    at: dict[int, int] = field(default_factory=dict)
    """The group of each member placed so far."""
    sizes: dict[int, int] = field(default_factory=dict)
    inside: dict[int, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for group in self.groups:
            self.sizes[group.id] = group.taken
            self.inside[group.id] = set()

    def takes(self, bundle: Bundle, group: Group) -> bool:
        """Tell whether the group has the places, and nobody from whom one of them is kept apart."""
        inside = self.inside[group.id]
        fits = self.sizes[group.id] + size_of(bundle) <= group.capacity
        return fits and not any(unit.foes & inside for unit in bundle)

    def put(self, bundle: Bundle, group_id: int) -> None:
        for member in members_of(bundle):
            self.at[member.id] = group_id
            self.inside[group_id].add(member.id)
        self.sizes[group_id] += size_of(bundle)

    def take_back(self, bundle: Bundle) -> None:
        for member in members_of(bundle):
            group_id = self.at.pop(member.id)
            self.inside[group_id].discard(member.id)
            self.sizes[group_id] -= 1


type Preference = Callable[[Filling, Bundle, Group], tuple[int, ...]]
"""How little a group is liked for a bundle: the smallest is tried first."""


def pack(bundles: Sequence[Bundle], groups: Sequence[Group], liked: Preference) -> Filling | None:
    """Return groups filled with all bundles, the liked ones first as far as possible; nothing when no way
    was found.
    """
    return _search(bundles, groups, liked) or _search(bundles, groups, _tightest)


def _tightest(filling: Filling, _bundle: Bundle, group: Group) -> tuple[int, ...]:
    return (group.capacity - filling.sizes[group.id],)


def _search(bundles: Sequence[Bundle], groups: Sequence[Group], liked: Preference) -> Filling | None:
    """Try group after group for each bundle in turn, and go back where none is left."""
    order = sorted(bundles, key=lambda b: (-size_of(b), -sum(len(unit.foes) for unit in b)))
    filling = Filling(groups)
    tries: list[Iterator[Group]] = []  # of each bundle placed so far, the groups that are left to try
    for _ in range(STEPS + len(order)):
        if len(tries) == len(order):
            return filling
        bundle = order[len(tries)]
        possible = [g for g in groups if filling.takes(bundle, g)]
        tries.append(iter(_in_order(possible, filling, bundle, liked)))
        while (group := next(tries[-1], None)) is None:
            tries.pop()
            if not tries:
                return None
            filling.take_back(order[len(tries) - 1])
        filling.put(order[len(tries) - 1], group.id)
    return None


def _in_order(groups: Sequence[Group], filling: Filling, bundle: Bundle, liked: Preference) -> list[Group]:
    return sorted(groups, key=lambda group: liked(filling, bundle, group))


def deal(pieces: Sequence[Unit], most: int) -> list[Bundle]:
    """Return units in as few bundles of at most `most` people as can be, as equal as can be, without anybody
    meeting a foe. Those who are together now stay together where it changes nothing.
    """
    people = sum(len(unit.members) for unit in pieces)
    count = max(1, -(-people // max(1, most)))
    while (dealt := _deal(pieces, count, most)) is None:
        count += 1
    return dealt


def _deal(pieces: Sequence[Unit], count: int, most: int) -> list[Bundle] | None:
    hands: list[list[Unit]] = [[] for _ in range(count)]
    sizes, inside = [0] * count, [set[int]() for _ in range(count)]
    aim = -(-sum(len(unit.members) for unit in pieces) // count)
    known: list[dict[int | None, int]] = [{} for _ in range(count)]
    for unit in sorted(pieces, key=lambda u: (-len(u.members), -len(u.foes), u.members[0].at or 0)):
        n, at = len(unit.members), unit.members[0].at
        fitting = [
            i for i in range(count) if not unit.foes & inside[i] and (sizes[i] + n <= most or not hands[i])
        ]
        if not fitting:
            return None
        best = min(fitting, key=lambda i: (sizes[i] + n > aim, -known[i].get(at, 0), sizes[i]))
        hands[best].append(unit)
        sizes[best] += n
        inside[best].update(m.id for m in unit.members)
        known[best][at] = known[best].get(at, 0) + n
    return [tuple(hand) for hand in hands if hand]


def size_of(bundle: Bundle) -> int:
    return sum(len(unit.members) for unit in bundle)


def members_of(bundle: Bundle) -> Iterator[Member]:
    for unit in bundle:
        yield from unit.members


def there_already(bundle: Bundle, group_id: int) -> int:
    """Return how many of a bundle are in this group now."""
    return sum(member.at == group_id for member in members_of(bundle))


def even(
    people: int, groups: Sequence[Group], sizes: Mapping[int, int], crowd: Mapping[int, int]
) -> dict[int, int]:
    """Return the sizes of groups after so many more people, each in the smallest with a place left; of
    equal ones, the one where the most of the `crowd` are now. Nobody is added when all are full.
    """
    grown = dict(sizes)
    for _ in range(people):
        open_groups = [g for g in groups if grown[g.id] < g.capacity]
        if not open_groups:
            break
        smallest = min(open_groups, key=lambda g: (grown[g.id], -crowd.get(g.id, 0)))
        grown[smallest.id] += 1
    return grown
