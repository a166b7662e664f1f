"""Days in words. Nobody else formats a day: French writes the first of the month as an ordinal, and only there."""

import re
from datetime import date
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.dates import format_date

WHOLE: Final = "full"
"""With the day of the week: “vendredi 1er janvier 2027”."""
LONG: Final = "d MMMM y"
"""For sentences: “1er janvier 2027”."""
MONTH: Final = "LLLL y"
"""A month and its year: “janvier 2027”."""
FIGURES: Final = "dd/MM/y"
"""For tables of the command line: “01/01/2027”."""


def day_text(day: date, pattern: str, language: str) -> str:
    """Return a day in words of `language`, by a pattern of CLDR."""
    return _day_text(day, pattern, language)


@lru_cache(maxsize=4096)  # a page tells the same few days again and again
def _day_text(day: date, pattern: str, language: str) -> str:
    text = format_date(day, pattern, locale=_locale(language))
    if language == "fr" and day.day == 1:
        text = re.sub(r"\b1\b", "1er", text, count=1)
    return text


@lru_cache
def _locale(language: str) -> Locale:
    """Plain “en” reads as British: the day before the month."""
    return Locale.parse("en_GB" if language == "en" else language.replace("-", "_"))
