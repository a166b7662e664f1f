"""References that people read aloud: C-2026-0412 (order), M-2026-0412 (mission), S-2026-0412-A (session)."""

import re
from secrets import choice

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CLEAR = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and digits that are not mistaken for each other when they are read aloud or copied."""
_MISSION = re.compile(r"^M-(?P<number>\d{4}-\d{4,})$")


def numbered(prefix: str, year: int, number: int) -> str:
    """Return a reference such as `M-2026-0412`."""
    return f"{prefix}-{year:04d}-{number:04d}"


def by_lot(prefix: str, year: int) -> str:
    """Return a reference such as `Q-2026-7KX3M`, which tells nothing of how many there are, or of the one before."""
    return f"{prefix}-{year:04d}-{''.join(choice(_CLEAR) for _ in range(5))}"


def letter(position: int) -> str:
    """Return A for 1, Z for 26, AA for 27."""
    if position < 1:
        raise ValueError("positions start at 1")
    letters = ""
    while position:
        position, rest = divmod(position - 1, len(_ALPHABET))
        letters = _ALPHABET[rest] + letters
    return letters


def session_ref(mission_ref: str, position: int) -> str:
    """Return the reference of the mission's n-th session: `S-2026-0412-C` for the third of `M-2026-0412`."""
    found = _MISSION.match(mission_ref)
    if not found:
        raise ValueError(f"not a mission reference: {mission_ref}")
    return f"S-{found['number']}-{letter(position)}"
