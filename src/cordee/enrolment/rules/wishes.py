"""People who are to stay together, and people who are to be kept apart. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.kernel.refusals import Blocker

MOST_NAMES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody to be put in a group."""

    id: int
    name: str = ""
    value: str = ""
    """What stands for them in the column by which groups are made."""
    at: int | None = None
    """The group they are in now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A session, as a group of people."""

    id: int
    name: str = ""
    capacity: int
    taken: int = 0
    """Places taken by people who are not to be placed."""

    @property
    def room(self) -> int:
        return max(0, self.capacity - self.taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """Sets of members: those of one set stay in one group, or are each in another."""

    together: tuple[frozenset[int], ...] = ()
    apart: tuple[frozenset[int], ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """Members who stay together, most often one; `foes` are those whom none of them may meet."""

    members: tuple[Member, ...]
    foes: frozenset[int] = frozenset()

    @property
    def bound(self) -> bool:
        """Tell whether a wish speaks of them: who is free goes wherever a place is left."""
        return len(self.members) > 1 or bool(self.foes)


def units(members: Sequence[Member], wishes: Wishes) -> list[Unit]:
    """Return the members by those who stay together, in the order of the first of each."""
    leader = {m.id: m.id for m in members}
    for wished in wishes.together:
        joined = {leader[i] for i in wished if i in leader}
        leader |= {i: min(joined) for i, led_by in leader.items() if led_by in joined}
    foes = foes_of(leader, wishes)
    together: dict[int, list[Member]] = defaultdict(list)
    for member in members:
        together[leader[member.id]].append(member)
    return [
        Unit(tuple(some), frozenset[int]().union(*(foes.get(m.id, ()) for m in some)))
        for some in together.values()
    ]


def foes_of(ids: Collection[int], wishes: Wishes) -> Mapping[int, set[int]]:
    """Return, for who is to be kept apart from somebody, from whom."""
    found: dict[int, set[int]] = defaultdict(set)
    for wished in wishes.apart:
        for i in wished.intersection(ids):
            found[i] |= wished.intersection(ids) - {i}
    return found


def can_be_met(members: Sequence[Member], groups: Sequence[Group], wishes: Wishes) -> Iterator[Blocker]:
    """Each wish can be met by itself, and there are places for everybody."""
    room = sum(g.room for g in groups)
    if len(members) > room:
        yield Blocker(
            "no_room",
            ngettext(
                "These sessions have %(room)d place (people: %(people)d).",
                "These sessions have %(room)d places (people: %(people)d).",
                room,
            )
            % {"room": room, "people": len(members)},
            _("Choose one more session, or raise the capacity of one."),
        )
    largest = max((g.room for g in groups), default=0)
    for unit in units(members, wishes):
        met = [m for m in unit.members if m.id in unit.foes]
        if met:
            yield Blocker(
                "together_and_apart",
                _("%(names)s are to stay together and to be kept apart.") % {"names": names_of(met)},
                _("Take one of the two wishes away."),
                field="wishes",
            )
        if 1 < len(unit.members) > largest:
            yield Blocker(
                "together_too_many",
                ngettext(
                    "%(names)s are to stay together, but no session has %(n)d place.",
                    "%(names)s are to stay together, but no session has %(n)d places.",
                    len(unit.members),
                )
                % {"names": names_of(unit.members), "n": len(unit.members)},
                _("Keep fewer people together, or raise the capacity of a session."),
                field="wishes",
            )
    yield from _enough_groups(members, groups, wishes)


def _enough_groups(members: Sequence[Member], groups: Sequence[Group], wishes: Wishes) -> Iterator[Blocker]:
    open_groups = sum(g.room > 0 for g in groups)
    for wished in wishes.apart:
        some = [m for m in members if m.id in wished]
        if len(some) > open_groups:
            yield Blocker(
                "apart_too_many",
                ngettext(
                    "%(names)s are to be kept apart, but there is %(n)d session to put them on.",
                    "%(names)s are to be kept apart, but there are %(n)d sessions to put them on.",
                    open_groups,
                )
                % {"names": names_of(some), "n": open_groups},
                _("Keep fewer people apart, or choose one more session."),
                field="wishes",
            )


def are_met(members: Sequence[Member], of: Mapping[int, int], wishes: Wishes) -> Iterator[Blocker]:
    """A placement made by hand keeps to the wishes."""
    for wished in wishes.together:
        some = [m for m in members if m.id in wished]
        if len({of[m.id] for m in some}) > 1:
            yield Blocker(
                "not_together",
                _("%(names)s are to stay together and are not.") % {"names": names_of(some)},
                _("Put them on one session, or take the wish away."),
                field="wishes",
            )
    for wished in wishes.apart:
        at: dict[int, list[Member]] = defaultdict(list)
        for member in members:
            if member.id in wished:
                at[of[member.id]].append(member)
        for met in at.values():
            if len(met) > 1:
                yield Blocker(
                    "not_apart",
                    _("%(names)s are to be kept apart and are not.") % {"names": names_of(met)},
                    _("Put them on different sessions, or take the wish away."),
                    field="wishes",
                )


def names_of(members: Sequence[Member]) -> str:
    """Return a few names, and how many more."""
    shown = [m.name for m in members[:MOST_NAMES]]
    if len(members) > MOST_NAMES:
        left = len(members) - MOST_NAMES
        shown.append(ngettext("%(n)d other", "%(n)d others", left) % {"n": left})
    return get_text_list(shown, _("and"))
