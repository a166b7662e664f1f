"""Putting people in groups over parallel sessions: evenly, by a column of the list, or by hand. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.enrolment.rules.packing import (
    Bundle,
    Filling,
    deal,
    even,
    pack,
    size_of,
    there_already,
)
from cordee.enrolment.rules.wishes import Group, Member, Unit, Wishes, are_met, can_be_met, units
from cordee.kernel.refusals import Blocker

MOST_ATTEMPTS = 20
"""How often values are taken apart before people are placed without regard to them."""


class Method(StrEnum):
    EVENLY = "evenly"
    BY_COLUMN = "column"
    BY_HAND = "hand"


@dataclass(frozen=True, slots=True)
class Placement:
    """The group of each member, what is worth knowing about it, and why it cannot be so."""

    of: Mapping[int, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    blockers: tuple[Blocker, ...] = ()


def place(
    members: Sequence[Member], groups: Sequence[Group], *, method: Method, wishes: Wishes | None = None
) -> Placement:
    """Put each member in a group.

    Evenly: sizes differ by one at most where places and wishes allow, and as many as can stay where they are.
    By column: who has the same value is in one group, as long as it fits. By hand: everybody stays, to be
    moved by who looks at it; who is nowhere yet goes to the smallest group.
    """
    wishes = wishes or Wishes()
    if method == Method.BY_HAND:
        of = _as_they_are(members, groups)
        return Placement(of, blockers=tuple(fits(of, members, groups, wishes)))
    if blockers := tuple(can_be_met(members, groups, wishes)):
        return Placement(blockers=blockers)
    pieces = units(members, wishes)
    way = _evenly(pieces, groups) if method == Method.EVENLY else _by_column(pieces, groups)
    if way is None:
        return Placement(blockers=(_no_way(),))
    return Placement(way, tuple(_notes(way, members, groups, method)))


def fits(
    of: Mapping[int, int], members: Sequence[Member], groups: Sequence[Group], wishes: Wishes
) -> Iterator[Blocker]:
    """A placement made by hand gives nobody a place that is not there, and keeps to the wishes."""
    now, then = Counter(m.at for m in members), Counter(of[m.id] for m in members)
    for group in groups:
        over = then[group.id] - group.room
        if over > 0 and then[group.id] > now[group.id]:
            yield Blocker(
                "group_full",
                ngettext(
                    "%(group)s has %(n)d person too many for its capacity of %(capacity)d.",
                    "%(group)s has %(n)d people too many for its capacity of %(capacity)d.",
                    over,
                )
                % {"group": group.name, "n": over, "capacity": group.capacity},
                _("Move somebody to another session, or raise its capacity."),
                subject=group.name,
            )
    yield from are_met(members, of, wishes)


def smallest(groups: Sequence[Group]) -> Group | None:
    """Return the group to which somebody who comes late goes: the smallest with a place left."""
    return min((g for g in groups if g.room), key=lambda g: g.taken, default=None)


def _as_they_are(members: Sequence[Member], groups: Sequence[Group]) -> dict[int, int]:
    sizes = {g.id: g.taken for g in groups}
    of = {m.id: m.at for m in members if m.at is not None and m.at in sizes}
    for group_id in of.values():
        sizes[group_id] += 1
    for member in members:
        if member.id not in of:
            open_groups = [g for g in groups if sizes[g.id] < g.capacity] or groups
            of[member.id] = min(open_groups, key=lambda g: sizes[g.id]).id
            sizes[of[member.id]] += 1
    return of


def _evenly(pieces: Sequence[Unit], groups: Sequence[Group]) -> Mapping[int, int] | None:
    crowd = Counter(m.at for unit in pieces for m in unit.members if m.at is not None)
    people = sum(len(unit.members) for unit in pieces)
    aims = even(people, groups, {g.id: g.taken for g in groups}, crowd)

    def liked(filling: Filling, bundle: Bundle, group: Group) -> tuple[int, ...]:
        over = filling.sizes[group.id] + size_of(bundle) - aims[group.id]
        return max(0, over), -there_already(bundle, group.id), filling.sizes[group.id]

    filling = pack([(unit,) for unit in pieces if unit.bound], groups, liked)
    if filling is None:
        return None
    _fill(filling, [unit.members[0] for unit in pieces if not unit.bound])
    return filling.at


def _by_column(pieces: Sequence[Unit], groups: Sequence[Group]) -> Mapping[int, int] | None:
    """Place whole values, and take the largest apart as long as they do not fit."""
    by_value: dict[str, list[Unit]] = defaultdict(list)
    for unit in pieces:
        by_value[_value_of(unit)].append(unit)
    anywhere = by_value.pop("", [])
    most = max((g.room for g in groups), default=0)
    bundles = [bundle for same in by_value.values() for bundle in deal(same, most)]
    bundles += [(unit,) for unit in anywhere if unit.bound]
    for _attempt in range(MOST_ATTEMPTS):
        filling = pack(bundles, groups, _least_filled)
        if filling:
            _fill(filling, [unit.members[0] for unit in anywhere if not unit.bound])
            return filling.at
        largest = max(bundles, key=lambda b: (len(b) > 1, size_of(b)))
        if len(largest) == 1:
            break
        bundles.remove(largest)
        bundles += deal(largest, -(-size_of(largest) // 2))
    return _evenly(pieces, groups)


def _value_of(unit: Unit) -> str:
    """Return the value that most of those who stay together have."""
    values = Counter(m.value for m in unit.members if m.value)
    return values.most_common(1)[0][0] if values else ""


def _least_filled(filling: Filling, bundle: Bundle, group: Group) -> tuple[int, ...]:
    return filling.sizes[group.id], -there_already(bundle, group.id)


def _fill(filling: Filling, members: Sequence[Member]) -> None:
    """Place those who may go anywhere: sizes as equal as can be, each where they are as long as it is."""
    crowd = Counter(m.at for m in members if m.at is not None)
    aims = even(len(members), filling.groups, filling.sizes, crowd)
    leaving = []
    for member in members:
        if member.at is not None and filling.sizes.get(member.at, 0) < aims.get(member.at, 0):
            filling.put((Unit((member,)),), member.at)
        else:
            leaving.append(member)
    for member in leaving:
        open_group = next(g for g in filling.groups if filling.sizes[g.id] < aims[g.id])
        filling.put((Unit((member,)),), open_group.id)


def _notes(
    of: Mapping[int, int], members: Sequence[Member], groups: Sequence[Group], method: Method
) -> Iterator[str]:
    """Say what somebody who asked for groups by a column would not expect."""
    if method != Method.BY_COLUMN:
        return
    at: dict[str, set[int]] = defaultdict(set)
    for member in members:
        at[member.value].add(of[member.id])
    sizes = Counter(m.value for m in members)
    for value in sorted(v for v in at if v and len(at[v]) > 1):
        n = len(at[value])
        words = ngettext(
            "“%(value)s” (people: %(people)d) is spread over %(n)d session.",
            "“%(value)s” (people: %(people)d) is spread over %(n)d sessions.",
            n,
        )
        yield words % {"value": value, "people": sizes[value], "n": n}
    if sizes[""]:
        yield ngettext(
            "%(n)d person has nothing in this column and was put where there is the most room.",
            "%(n)d people have nothing in this column and were put where there is the most room.",
            sizes[""],
        ) % {"n": sizes[""]}
    empty = [g.name for g in groups if not g.taken and g.id not in set(of.values())]
    if empty:
        yield _("Nobody is on %(sessions)s.") % {"sessions": ", ".join(empty)}


def _no_way() -> Blocker:
    return Blocker(
        "no_way",
        _("No way was found to keep to all of this at once."),
        _("Take a wish away, choose one more session, or raise a capacity."),
        field="wishes",
    )
