"""The words, dates and times of an attendance sheet, in French and English."""

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from cordee.documents.rendering.sheet_data import Language, SheetData, SheetHalfDay
from cordee.kernel import days as in_words
from cordee.kernel.periods import minutes_text, times_text
from cordee.kernel.zones import zone_elsewhere

LABELS: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "sheet": "Feuille d’émargement",
        "sheets": "Feuilles d’émargement",
        "client": "Client",
        "place": "Lieu",
        "facilitation": "Animation",
        "service": "Prestation",
        "mission": "Mission",
        "name_head": "Nom, prénom, adresse électronique",
        "absent": "absent·e",
        "morning": "Matin",
        "afternoon": "Après-midi",
        "evening": "Soir",
        "night": "Nuit",
        "in_all": "au total",
        "and": "et",
        "code": "code",
        "page": "page",
        "printed": "imprimée le",
        "qr": "Code QR de la session",
        "role_facilitator": "animateur·ice",
        "role_trainer": "formateur·ice",
        "role_coordinator": "coordinateur·ice",
        "role_assistant": "co-animateur·ice",
        "role_observer": "observateur·ice",
        "certifies": "certifie l’exactitude de cette feuille et signe chaque demi-journée",
        "notes": (
            "Chaque personne signe elle-même, une fois par demi-journée, le jour même."
            " Qui ne vient pas\u00a0: cocher «\u00a0absent·e\u00a0» à côté du nom\u00a0;"
            " pour une demi-journée manquée, laisser la case vide."
        ),
        "final": "Feuille d’émargement, état final",
        "established": "établie le",
        "final_notes": (
            "Les signatures données sur un écran sont reproduites telles que tracées, avec leur heure\u00a0;"
            " les autres sont sur les feuilles de papier d’origine."
        ),
        "school": "Pour l’établissement",
        "class": "Classe ou groupe",
        "headcount": "Personnes présentes",
        "contact": "Nom et fonction",
        "signature": "Signature",
        "walk_in": (
            "Personne non inscrite\u00a0: écrire nom, prénom et adresse électronique sur une ligne libre."
        ),
    },
    "en": {
        "sheet": "Attendance sheet",
        "sheets": "Attendance sheets",
        "client": "Client",
        "place": "Place",
        "facilitation": "Facilitation",
        "service": "Service",
        "mission": "Mission",
        "name_head": "Last name, first name, e-mail",
        "absent": "absent",
        "morning": "Morning",
        "afternoon": "Afternoon",
        "evening": "Evening",
        "night": "Night",
        "in_all": "in all",
        "and": "and",
        "code": "code",
        "page": "page",
        "printed": "printed",
        "qr": "QR code of session",
        "role_facilitator": "facilitator",
        "role_trainer": "trainer",
        "role_coordinator": "coordinator",
        "role_assistant": "co-facilitator",
        "role_observer": "observer",
        "certifies": "certifies that this sheet is accurate and signs each half-day",
        "notes": (
            "Each person signs for themselves, once per half-day, on the day."
            " Tick “absent” beside the name of who does not come; leave the box of a missed half-day empty."
        ),
        "final": "Attendance sheet, final",
        "established": "established",
        "final_notes": (
            "Signatures given on a screen are shown as they were drawn, with their time;"
            " the others are on the original sheets of paper."
        ),
        "school": "For the school",
        "class": "Class or group",
        "headcount": "People present",
        "contact": "Name and function",
        "signature": "Signature",
        "walk_in": "Not enrolled? Write last name, first name and e-mail on a free line.",
    },
}


def one_line(text: str) -> str:
    """The text on one line, its spaces single; those which forbid a line break are kept."""
    return re.sub(r"[^\S\u00a0\u202f]+", " ", text).strip()


def when(sheet: SheetData) -> str:
    """The days, the times of a single day, and the total.

    As in: jeudi 14 janvier 2027 · 9 h – 12 h 30 et 14 h – 17 h 30 · 7 h au total.
    """
    labels = LABELS[sheet.language]
    days = sorted({half_day.date for half_day in sheet.half_days})
    parts = [_days(days, sheet.language)]
    if len(days) == 1:
        parts.append(
            _joined([_times(half_day, sheet.language) for half_day in sheet.half_days], sheet.language)
        )
    if zone := zone_elsewhere(sheet.time_zone, sheet.language):
        parts.append(zone)
    total = sum((half_day.duration for half_day in sheet.half_days), timedelta())
    return " · ".join([*parts, f"{_hours(total)} {labels['in_all']}"])


def columns(sheet: SheetData) -> list[dict[str, str | None]]:
    """The head of each half-day's column; its day too where there are several."""
    several_days = len({half_day.date for half_day in sheet.half_days}) > 1
    labels = LABELS[sheet.language]
    return [
        {
            "day": day_text(half_day.date, "EEE d MMM", sheet.language) if several_days else None,
            "period": labels[half_day.period],
            "times": _times(half_day, sheet.language),
        }
        for half_day in sheet.half_days
    ]


_RUN_OF_DAYS: Final = 3
"""From so many days without a gap on, only the first and the last are told."""


def _days(days: list[date], language: Language) -> str:
    """Days in order, with what they share said once: "du lundi 4 au mercredi 6 janvier 2027"."""
    last = days[-1]
    texts = [day_text(day, _pattern(day, following), language) for day, following in pairwise(days)]
    texts.append(day_text(last, "EEEE d MMMM y", language))
    without_gap = (last - days[0]).days == len(days) - 1
    if without_gap and len(days) >= _RUN_OF_DAYS:
        first = day_text(days[0], _pattern(days[0], last), language)
        return f"du {first} au {texts[-1]}" if language == "fr" else f"{first} to {texts[-1]}"
    return _joined(texts, language)


def _pattern(day: date, following: date) -> str:
    if day.year != following.year:
        return "EEEE d MMMM y"
    return "EEEE d" if day.month == following.month else "EEEE d MMMM"


def day_text(day: date, pattern: str, language: Language) -> str:
    return in_words.day_text(day, pattern, language).replace(" ", "\u00a0", 1)


def _times(half_day: SheetHalfDay, language: Language) -> str:
    return times_text(half_day.starts, half_day.ends, language).replace(" – ", "\u00a0–\u00a0")


def _hours(duration: timedelta) -> str:
    return minutes_text(int(duration.total_seconds()) // 60)


def _joined(texts: list[str], language: Language) -> str:
    *others, last = texts
    return f"{', '.join(others)} {LABELS[language]['and']} {last}" if others else last
