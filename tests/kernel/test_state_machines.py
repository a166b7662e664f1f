"""A bad state machine is refused when it is declared."""

from enum import StrEnum

import pytest

from cordee.kernel.states import Machine, Move


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


def test_a_sound_machine_tells_what_can_be_done() -> None:
    lights = Machine(initial=G, moves=(SLOW, STOP, GO))
    assert lights.allows("slow", G)
    assert not lights.allows("slow", R)
    assert lights.targets(G) == (A,)


def test_two_moves_to_the_same_state_make_one_target() -> None:
    brake = Move("brake", frozenset({G}), A)
    assert Machine(initial=G, moves=(SLOW, brake, STOP, GO)).targets(G) == (A,)


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
