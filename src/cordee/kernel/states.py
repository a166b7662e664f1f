"""State machines as data, checked when they are declared, and the only way in which a state changes."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, Self


class ForbiddenMove(Exception):
    """A move was made that is not declared: a rule should have refused it before."""


class Rows(Protocol):
    """Rows of a table, to be changed in one statement."""

    def filter(self, **wanted: Any) -> Self: ...

    def update(self, **values: Any) -> int: ...


@dataclass(frozen=True, slots=True)
class Move[S: StrEnum]:
    """A verb that leads from some states to one."""

    name: str
    sources: frozenset[S]
    target: S


class Machine[S: StrEnum]:
    """The moves between the states of one thing, which its column `field` holds.

    Raises ValueError when declared with two moves of one name, a state nobody can reach, a final state that
    has a way out, or one without a way out that is not final.
    """

    def __init__(
        self,
        *,
        field: str = "state",
        initial: S,
        moves: tuple[Move[S], ...],
        final: AbstractSet[S] = frozenset(),
    ) -> None:
        self.field = field
        self.initial = initial
        self.moves: Mapping[str, Move[S]] = {move.name: move for move in moves}
        self.final = final
        names = [move.name for move in moves]
        if len(names) != len(self.moves):
            raise ValueError(f"two moves have the same name: {sorted(names)}")
        self._check()

    def _check(self) -> None:
        reached = {self.initial}
        pending = True
        while pending:
            new = {m.target for m in self.moves.values() if m.sources & reached} - reached
            pending = bool(new)
            reached |= new
        unreachable = set(type(self.initial)) - reached
        if unreachable:
            raise ValueError(f"unreachable states: {', '.join(sorted(unreachable))}")
        for move in self.moves.values():
            if move.sources & self.final:
                raise ValueError(f"{move.name} leaves a final state")
        dead_ends = reached - self.final - {s for m in self.moves.values() for s in m.sources}
        if dead_ends:
            raise ValueError(f"states without a way out that are not final: {', '.join(sorted(dead_ends))}")

    def state_of(self, row: object) -> S:
        """Return the state in which a row is."""
        return type(self.initial)(getattr(row, self.field))

    def allows(self, name: str, row: object) -> bool:
        """Tell whether the move `name` can be made with `row` as it stands."""
        return self.state_of(row) in self.moves[name].sources

    def targets(self, row: object) -> tuple[S, ...]:
        """Return the states that `row` can reach in one move, in the order of declaration."""
        state = self.state_of(row)
        return tuple(dict.fromkeys(m.target for m in self.moves.values() if state in m.sources))

    def leading_to(self, target: S, row: object) -> str:
        """Return the name of the move that leads `row` to `target`. Raises ForbiddenMove when there is none."""
        state = self.state_of(row)
        for move in self.moves.values():
            if move.target == target and state in move.sources:
                return move.name
        raise ForbiddenMove(f"nothing leads from {state} to {target}")

    def move(self, row: object, name: str) -> S:
        """Make the move `name` with `row`, which the caller holds and saves. Return the state it leaves.

        Raises ForbiddenMove: whoever lets people do this asks `allows` first, and says why not.
        """
        before = self.state_of(row)
        if before not in self.moves[name].sources:
            raise ForbiddenMove(f"{name} from {before}")
        setattr(row, self.field, self.moves[name].target)
        return before

    def move_all(self, rows: Rows, name: str, **values: Any) -> int:
        """Make the move `name` with those of `rows` that allow it, in one statement, and set `values` beside.

        Return how many moved: one that somebody else moved meanwhile is left alone.
        """
        move = self.moves[name]
        movable = rows.filter(**{f"{self.field}__in": move.sources})
        return movable.update(**{self.field: move.target}, **values)
