"""Time zones: the one the organisation lives in, and how people name the others."""

import re
from functools import lru_cache
from typing import Final

from babel.dates import get_timezone_location

DEFAULT: Final = "Europe/Paris"
_home = DEFAULT
_CITIES: Final = {"America/Montreal": {"fr": "Montréal", "en": "Montreal"}}
"""Where Babel names another town of the same hour."""
_VOWELS: Final = "AEIOUYÀÂÉÈÊËÎÏÔÙÛÜaeiouyâéèêëîïôùûü"
OFFERED: Final = (
    DEFAULT,
    "Europe/Brussels",
    "Europe/London",
    "America/Martinique",
    "America/Guadeloupe",
    "America/Cayenne",
    "America/Montreal",
    "Indian/Reunion",
    "Indian/Mayotte",
    "Pacific/Noumea",
    "Pacific/Tahiti",
)
"""Offered where a zone is typed; any other name of the IANA list is taken."""
_OVERSEAS: Final = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}
_POSTCODE: Final = re.compile(r"\b(9[78]\d)\d\d\b")


def home() -> str:
    """Return the IANA name of the zone of the organisation: its days, its months, and sessions without another."""
    return _home


def live_in(time_zone: str) -> None:
    """Take this zone for the organisation's from now on: said once, by the settings."""
    global _home  # noqa: PLW0603 - a process serves one organisation
    _home = time_zone


@lru_cache(maxsize=256)
def zone_text(time_zone: str, language: str) -> str:
    """Return a zone as people name it: “heure de La Réunion” in French, “Réunion time” elsewhere."""
    known = _CITIES.get(time_zone, {})
    locale = "fr" if language == "fr" else "en_GB"
    place = known.get(locale[:2]) or get_timezone_location(time_zone, locale=locale, return_city=True)
    if language == "fr":
        return f"heure d’{place}" if place[0] in _VOWELS else f"heure de {place}"
    return f"{place} time"


def zone_elsewhere(time_zone: str, language: str) -> str:
    """Return the name of a zone where it needs one: nothing when it is the organisation's."""
    return "" if time_zone == _home else zone_text(time_zone, language)


def zone_of_place(address: str) -> str:
    """Return the zone that the French postcode in an address tells: overseas; nothing when it tells none."""
    codes = (_OVERSEAS.get(code, "") for code in _POSTCODE.findall(address))
    return next((zone for zone in codes if zone), "")
