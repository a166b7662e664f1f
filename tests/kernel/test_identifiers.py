"""References that people read aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.kernel.identifiers import letter, numbered, session_ref

POSITIONS = st.integers(1, 100_000)


def test_letters_follow_each_other_like_the_columns_of_a_spreadsheet() -> None:
    assert [letter(n) for n in (1, 2, 26, 27, 52, 53, 702, 703)] == [
        "A",
        "B",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


@given(POSITIONS, POSITIONS)
def test_each_position_has_its_own_letters_in_order(one: int, other: int) -> None:
    key_one, key_other = ((len(letter(n)), letter(n)) for n in (one, other))
    assert (one < other) == (key_one < key_other)
    assert (one == other) == (key_one == key_other)


def test_positions_start_at_one() -> None:
    with pytest.raises(ValueError, match="start at 1"):
        letter(0)


def test_a_session_is_called_after_its_mission() -> None:
    assert numbered("M", 2026, 412) == "M-2026-0412"
    assert numbered("M", 2026, 12345) == "M-2026-12345"
    assert session_ref("M-2026-0412", 3) == "S-2026-0412-C"
    with pytest.raises(ValueError, match="not a mission reference"):
        session_ref("C-2026-0412", 3)
