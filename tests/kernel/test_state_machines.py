"""A bad state machine is refused when it is declared."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pytest

from cordee.kernel.states import ForbiddenMove, Machine, Move


class Light(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


G, A, R = Light.GREEN, Light.AMBER, Light.RED
SLOW, STOP, GO = (
    Move("slow", frozenset({G}), A),
    Move("stop", frozenset({A}), R),
    Move("go", frozenset({R}), G),
)
LIGHTS = Machine(field="shows", initial=G, moves=(SLOW, STOP, GO))


@dataclass
class Signal:
    shows: str
    lit: int = 0


@dataclass
class Table:
    """Rows that are narrowed and changed as those of a database."""

    signals: list[Signal]

    def filter(self, **wanted: Any) -> "Table":
        return Table([s for s in self.signals if s.shows in wanted["shows__in"]])

    def update(self, **values: Any) -> int:
        for signal in self.signals:
            for name, value in values.items():
                setattr(signal, name, value)
        return len(self.signals)


def test_a_sound_machine_tells_what_can_be_done() -> None:
    lights = Machine(field="shows", initial=G, moves=(SLOW, STOP, GO))
    assert lights.allows("slow", Signal(G))
    assert not lights.allows("slow", Signal(R))
    assert lights.targets(Signal(G)) == (A,)
    assert lights.leading_to(R, Signal(A)) == "stop"


def test_a_move_changes_the_row_and_tells_what_it_left() -> None:
    signal = Signal("green")
    assert LIGHTS.move(signal, "slow") == G
    assert signal.shows == A


def test_a_move_that_is_not_declared_is_never_made() -> None:
    signal = Signal(R)
    with pytest.raises(ForbiddenMove, match="slow from red"):
        LIGHTS.move(signal, "slow")
    with pytest.raises(ForbiddenMove, match="red to amber"):
        LIGHTS.leading_to(A, signal)
    assert signal.shows == R


def test_many_rows_move_in_one_statement_as_far_as_it_is_allowed() -> None:
    rows = Table([Signal(G), Signal(R), Signal(A)])
    assert LIGHTS.move_all(rows, "slow", lit=3) == 1
    assert [(s.shows, s.lit) for s in rows.signals] == [(A, 3), (R, 0), (A, 0)]


def test_two_moves_to_the_same_state_make_one_target() -> None:
    brake = Move("brake", frozenset({G}), A)
    lights = Machine(field="shows", initial=G, moves=(SLOW, brake, STOP, GO))
    assert lights.targets(Signal(G)) == (A,)


@pytest.mark.parametrize(
    ("moves", "final", "sentence"),
    [
        ((SLOW, Move("back", frozenset({A}), G)), frozenset(), "unreachable states: red"),
        ((SLOW, STOP, GO), frozenset({R}), "go leaves a final state"),
        ((SLOW, STOP), frozenset(), "without a way out that are not final: red"),
        ((SLOW, STOP, GO, Move("slow", frozenset({R}), A)), frozenset(), "two moves have the same name"),
    ],
)
def test_a_bad_machine_is_refused(
    moves: tuple[Move[Light], ...], final: frozenset[Light], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        Machine(initial=G, moves=moves, final=final)
