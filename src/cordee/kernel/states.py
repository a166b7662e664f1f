"""State machines as data, checked when they are declared."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Move[S: StrEnum]:
    """A verb that leads from some states to one."""

    name: str
    sources: frozenset[S]
    target: S


class Machine[S: StrEnum]:
    """The moves between the states of one thing.

    Raises ValueError when declared with two moves of one name, a state nobody can reach, a final state that
    has a way out, or one without a way out that is not final.
    """

    def __init__(
        self, *, initial: S, moves: tuple[Move[S], ...], final: AbstractSet[S] = frozenset()
    ) -> None:
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

    def allows(self, name: str, state: S) -> bool:
        """Tell whether the move `name` can be made from `state`."""
        return state in self.moves[name].sources

    def targets(self, state: S) -> tuple[S, ...]:
        """Return the states that can be reached in one move from `state`, in the order of declaration."""
        return tuple(dict.fromkeys(m.target for m in self.moves.values() if state in m.sources))
