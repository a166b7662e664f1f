"""A calendar file that follows the one somebody has: it replaces its events, and withdraws those that are gone.

Files are text here, not objects: three hundred are written at once, and reading one takes longer than writing it.
"""

import re
from collections.abc import Iterator
from datetime import UTC

from cordee.kernel import clock

_EVENT = re.compile(r"BEGIN:VEVENT\r?\n.*?END:VEVENT\r?\n", re.DOTALL)
_ZONE = re.compile(r"BEGIN:VTIMEZONE\r?\n.*?END:VTIMEZONE\r?\n", re.DOTALL)
_UID = re.compile(r"^UID:(.*?)\r?$", re.MULTILINE)
_SEQUENCE = re.compile(r"^SEQUENCE:(\d+)", re.MULTILINE)
_METHOD = re.compile(r"^METHOD:\w+", re.MULTILINE)
_STAMP = re.compile(r"^DTSTAMP:\w+", re.MULTILINE)
_STATUS = re.compile(r"^STATUS:\w+", re.MULTILINE)


def following(new: str, last: str) -> str:
    """Return `new` so that it comes after `last`, the file they have (empty: none): what is in both is
    replaced, what is in `last` alone is withdrawn.
    """
    number = _number(last) + 1
    kept = {_uid(event) for event in _EVENT.findall(new)}
    gone = [_withdrawn(event) for event in _live(last) if _uid(event) not in kept]
    calendar = _end_with(new, gone, last) if gone else new
    return _stamped(_SEQUENCE.sub(f"SEQUENCE:{number}", calendar))


def withdrawing(last: str) -> str:
    """Return the file that takes away the events of `last`, the file they have."""
    without = _EVENT.sub("", last)
    calendar = _end_with(without, [_withdrawn(event) for event in _live(last)], last)
    return _stamped(_SEQUENCE.sub(f"SEQUENCE:{_number(last) + 1}", _METHOD.sub("METHOD:CANCEL", calendar)))


def _stamped(calendar: str) -> str:
    """Say of every event, those of an earlier file too, that it was written now (RFC 5545, 3.8.7.2)."""
    return _STAMP.sub(f"DTSTAMP:{clock.now().astimezone(UTC):%Y%m%dT%H%M%SZ}", calendar)


def _number(calendar: str) -> int:
    """Return the highest number of an event: a program takes only what comes after what it knows."""
    return max(map(int, _SEQUENCE.findall(calendar)), default=0)


def _live(calendar: str) -> Iterator[str]:
    return (event for event in _EVENT.findall(calendar) if "STATUS:CANCELLED" not in event)


def _uid(event: str) -> str:
    found = _UID.search(event)
    return found[1] if found else ""


def _withdrawn(event: str) -> str:
    return _STATUS.sub("STATUS:CANCELLED", event)


def _end_with(calendar: str, events: list[str], last: str) -> str:
    """Add events of `last`, with the time zones they are told in."""
    zones = [zone for zone in _ZONE.findall(last) if zone not in calendar]
    body, end, rest = calendar.rpartition("END:VCALENDAR")
    return "".join([body, *zones, *events, end, rest])
