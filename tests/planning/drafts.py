"""Sessions as they are asked for, beyond the usual half-day of `tests.cast.draft`."""

from datetime import time

from cordee.kernel.periods import HalfDaySlot
from cordee.planning.rules import SessionDraft
from tests.cast import THURSDAY


def half_days(*times: str) -> SessionDraft:
    """Return a session on the usual day with these half-days, such as `09:00-12:00`."""
    slots = []
    for text in times:
        starts, _, ends = text.partition("-")
        slots.append(HalfDaySlot(THURSDAY, time.fromisoformat(starts), time.fromisoformat(ends)))
    return SessionDraft(title="Formation", half_days=tuple(slots), place="Ici")


def two_half_days() -> SessionDraft:
    return half_days("09:00-12:30", "13:30-17:00")
