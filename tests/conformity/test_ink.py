"""What is the same in two signatures, and what is very different."""

from hypothesis import given
from hypothesis import strategies as st

from cordee.attendance.queries import print_of
from cordee.conformity.rules.ink import are_unlike, shape_of
from tests.conformity.sheets import strokes
from tests.conformity.test_findings import FLAT, TALL

HANDS = st.integers(0, 10_000)


@given(HANDS, st.integers(0, 400), st.integers(0, 400), st.integers(0, 9_000))
def test_the_same_drawing_elsewhere_in_the_box_and_at_another_pace_has_the_same_print(
    seed: int, right: int, down: int, late: int
) -> None:
    moved = [[(x + right, y + down, t + late) for x, y, t in stroke] for stroke in strokes(seed)]
    assert print_of(moved) == print_of(strokes(seed)) != ""


def test_the_same_drawing_twice_as_large_has_the_same_print() -> None:
    large = [[(2 * x, 2 * y, t) for x, y, t in stroke] for stroke in strokes(1)]
    assert print_of(large) == print_of(strokes(1))


@given(HANDS, HANDS)
def test_other_drawings_have_other_prints(one: int, other: int) -> None:
    assert (print_of(strokes(one)) == print_of(strokes(other))) == (one == other)


def test_strokes_in_another_order_are_another_drawing() -> None:
    assert print_of(strokes(1)[::-1]) != print_of(strokes(1))


def test_a_cross_is_the_same_in_many_hands_and_has_no_print() -> None:
    assert print_of([[(0, 0, 0), (90, 90, 5)], [(0, 90, 9), (90, 0, 12)]]) == ""
    assert print_of([]) == ""


def test_a_line_and_a_column_are_very_different() -> None:
    flat, tall = shape_of(FLAT), shape_of(TALL)
    assert flat is not None
    assert tall is not None
    assert are_unlike(flat, tall)
    assert not are_unlike(flat, flat)
    assert shape_of(((*FLAT[0][:5],),)) is None


@given(HANDS, HANDS)
def test_two_signatures_of_the_usual_form_are_not_called_different(one: int, other: int) -> None:
    """A question too many makes people stop reading them."""
    first, second = shape_of(strokes(one)), shape_of(strokes(other))
    assert first is not None
    assert second is not None
    assert not are_unlike(first, second)
