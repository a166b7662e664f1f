"""Days on which French law has people rest: a session held then is unusual, never forbidden.

Labour code, art. L3132-3 (Sunday), L3133-1 (public holidays), L3134-13 (Alsace and Moselle), L3422-2 (overseas).
"""

import re
from datetime import date, timedelta
from enum import StrEnum


class DayOff(StrEnum):
    SUNDAY = "sunday"
    HOLIDAY = "holiday"
    ALSACE_MOSELLE = "alsace_moselle"
    OVERSEAS = "overseas"


_FIXED = frozenset({(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)})
_AFTER_EASTER = frozenset({1, 39, 50})
"""Easter Monday, Ascension, the Monday of Pentecost, in days after Easter."""
_OVERSEAS = {
    "Indian/Mayotte": (4, 27),
    "America/Martinique": (5, 22),
    "America/Guadeloupe": (5, 27),
    "America/Marigot": (5, 28),
    "America/Cayenne": (6, 10),
    "America/St_Barthelemy": (10, 9),
    "Indian/Reunion": (12, 20),
}
"""The end of slavery, by the time zone of the territory."""
_ALSACE_MOSELLE = re.compile(r"(?<![0-9])(?:57|67|68)[0-9]{3}(?![0-9])")
"""A postal code of Moselle, Bas-Rhin or Haut-Rhin."""


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Butcher's rule)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def day_off(day: date, *, time_zone: str, address: str) -> DayOff | None:
    """Return why people rest on this local day where a session is, if they do."""
    after_easter = (day - easter(day.year)) // timedelta(days=1)
    if (day.month, day.day) in _FIXED or after_easter in _AFTER_EASTER:
        return DayOff.HOLIDAY
    if _OVERSEAS.get(time_zone) == (day.month, day.day):
        return DayOff.OVERSEAS
    good_friday_or_st_stephen = after_easter == -2 or (day.month, day.day) == (12, 26)  # noqa: PLR2004 - Friday before
    if good_friday_or_st_stephen and _ALSACE_MOSELLE.search(address):
        return DayOff.ALSACE_MOSELLE
    return DayOff.SUNDAY if day.isoweekday() == 7 else None  # noqa: PLR2004 - the seventh day
