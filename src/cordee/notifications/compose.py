"""From words and facts to a message as it leaves: text, HTML, calendar file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import css_inline
from babel.numbers import format_currency
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy
from icalendar import Calendar, Event, vCalAddress

from cordee.kernel import clock
from cordee.kernel.days import WHOLE, day_text
from cordee.kernel.periods import HalfDaySlot, times_text
from cordee.kernel.zones import zone_elsewhere
from cordee.missions.models import Mission
from cordee.notifications import queries
from cordee.notifications.mails import CHANGES, PLACEHOLDER, Mail, placeholders
from cordee.notifications.rules import Words
from cordee.organisation.models import Organisation
from cordee.planning.models import EarlierSchedule, Session
from cordee.planning.states import DeliveryMode, SessionStatus


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it will be read."""

    subject: str
    text: str
    html: str


_SPACED = re.compile(rf"([ \u00a0\u202f]?){PLACEHOLDER.pattern}")


def write(
    purpose: Mail,
    *,
    organisation: Organisation,
    language: str,
    values: Mapping[str, str],
    details: Sequence[tuple[str, str]] = (),
    url: str = "",
    words: Words | None = None,
) -> Letter:
    """Fill in the words of `purpose` in `language`: paragraphs, a table of details, one button to `url`.

    Of a change, the table stands above what is to be known besides: what is new comes first.
    Who writes to many people reads the words once (`queries.wordbook`) and gives them; else that is one query.
    """
    words = words or queries.words(purpose, language)
    filled = {"organisation": organisation.name, **values}
    body, besides = _without_notes(words.body) if purpose in CHANGES else (words.body, "")
    with translation.override(language):
        return letter(
            fill(words.subject, filled),
            fill(body, filled),
            besides=fill(besides, filled),
            organisation=organisation,
            language=language,
            details=details,
            button=fill(words.button or str(purpose.button), filled),
            url=url,
        )


def _without_notes(body: str) -> tuple[str, str]:
    """Cut words before the paragraph that brings what is to be known of a session."""
    paragraphs = body.split("\n\n")
    at = next((n for n, p in enumerate(paragraphs) if "instructions" in placeholders(p)), len(paragraphs))
    return "\n\n".join(paragraphs[:at]), "\n\n".join(paragraphs[at:])


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values where their names stand in braces; one that is not known stays empty rather than break a mail,
    and takes the space before it away: “Hello,” to whom no name is known of.
    """
    return _SPACED.sub(lambda match: match[1] + value if (value := values.get(match[2], "")) else "", text)


def letter(
    subject: str,
    body: str,
    *,
    besides: str = "",
    organisation: Organisation,
    language: str,
    details: Sequence[tuple[str, str]] = (),
    button: str = "",
    url: str = "",
) -> Letter:
    """Lay out words that are ready: a blank line separates paragraphs, of `body` above the details and of `besides`
    below them.
    """
    context = {
        "organisation": organisation,
        "language": language,
        "subject": subject,
        "paragraphs": _paragraphs(body),
        "besides": _paragraphs(besides),
        "details": [(label, value) for label, value in details if value],
        "button": button,
        "url": url if button else "",
    }
    html = css_inline.inline(render_to_string("mail/letter.html", context), load_remote_stylesheets=False)
    text = render_to_string("mail/letter.txt", context)
    return Letter(subject.replace("\n", " ")[:200], text.strip() + "\n", html)


def _paragraphs(text: str) -> list[str]:
    return [p.strip() for p in text.split("\n\n") if p.strip()]


def mission_values(mission: Mission, organisation: Organisation) -> dict[str, str]:
    """Return what mails can say of a mission."""
    coordinator = mission.coordinator
    return {
        "mission": mission.ref,
        "title": mission.order.title,
        "client": mission.order.client.name,
        "coordinator": coordinator.full_name if coordinator else organisation.name,
    }


def written_in(language: str) -> str:
    """Return the language a mail is written in: the one asked for if the house writes it, else English."""
    return language if language in dict(settings.LANGUAGES) else "en"


def address(path: str) -> str:
    """Return the absolute address of a page."""
    return f"{settings.BASE_URL}{path}"


def day_label(session: Session, language: str) -> str:
    """Return the first local day of a session in words: “jeudi 14 janvier 2027”."""
    return day_words(session.starts.date(), language)


def times_label(session: Session, slots: Sequence[HalfDaySlot], language: str) -> str:
    """Return the half-days of a session in words, one line for each day: “jeudi 14 janvier 2027, 9 h – 12 h 30”.

    Their zone is named below them when it is not the organisation's.
    """
    return times_words(slots, session.time_zone, language)


def times_words(slots: Sequence[HalfDaySlot], time_zone: str, language: str) -> str:
    """Return half-days of a zone in words, as `times_label`."""
    days: dict[date, list[str]] = {}
    for slot in slots:
        days.setdefault(slot.day, []).append(times_text(slot.starts, slot.ends, language))
    lines = [f"{day_words(day, language)}, {', '.join(hours)}" for day, hours in days.items()]
    if zone := zone_elsewhere(time_zone, language):
        lines.append(f"({zone})")
    return "\n".join(lines)


def day_words(day: date, language: str) -> str:
    """Return a day in words: “jeudi 14 janvier 2027”."""
    return day_text(day, WHOLE, language)


def money_words(amount: Decimal, language: str) -> str:
    """Return an amount in euros as this language writes it."""
    return format_currency(amount, "EUR", locale="en_GB" if written_in(language) == "en" else "fr")


def place_label(session: Session | EarlierSchedule) -> str:
    """Return where a session takes place, or took place: the place and its address, or the video link."""
    if session.mode == DeliveryMode.REMOTE:
        return session.video_link
    return "\n".join(part for part in (session.place, session.address) if part)


def session_details(session: Session, slots: Sequence[HalfDaySlot], language: str) -> list[tuple[str, str]]:
    """Return when and where, as a table for a mail."""
    with translation.override(language):
        when, where = translation.gettext("When"), translation.gettext("Where")
    return [(when, times_label(session, slots, language)), (where, place_label(session))]


def told_now(session: Session, slots: Sequence[HalfDaySlot]) -> dict[str, Any]:
    """Return when and where, as messages keep what they tell: the next one tells what is different."""
    times = [[slot.day.isoformat(), f"{slot.starts:%H:%M}", f"{slot.ends:%H:%M}"] for slot in slots]
    return {"half_days": times, "time_zone": session.time_zone, "place": place_label(session)}


def told_then(earlier: EarlierSchedule) -> dict[str, Any]:
    """Return when and where as they were before a change, in the form of `told_now`."""
    return {
        "half_days": earlier.half_days,
        "time_zone": earlier.time_zone,
        "place": place_label(earlier),
    }


def changed_details(
    session: Session, slots: Sequence[HalfDaySlot], language: str, *, before: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Return when and where as `session_details`, what is different from `before` (`told_now` of then) as old → new."""
    details = session_details(session, slots, language)
    if not before:
        return details
    then = [
        HalfDaySlot(date.fromisoformat(day), time.fromisoformat(starts), time.fromisoformat(ends))
        for day, starts, ends in before["half_days"]
    ]
    known = [times_words(then, before["time_zone"], language), before["place"]]
    pairs = zip(details, [*known, *("" for _ in details[2:])], strict=True)
    return [
        (label, f"{old}\n→ {value}" if old and value and old != value else value)
        for (label, value), old in pairs
    ]


def moved_details(before: Session, now: Session, language: str) -> list[tuple[str, str]]:
    """Return the session that somebody was moved from and to, as old → new: a row above `changed_details`."""
    if before.pk == now.pk:
        return []
    with translation.override(language):
        return [(translation.gettext("Session"), f"{before.title}\n→ {now.title}")]


def change_told(session: Session, language: str, *, before: Session | None = None) -> str:
    """Return what is new for somebody enrolled: the session changed, or they were moved to it (from `before`)."""
    if before is None or before.pk == session.pk:
        words = gettext_lazy("“%(session)s”, on which you are enrolled, has changed.")
    else:
        words = gettext_lazy("You were moved from “%(before)s” to “%(session)s”.")
    with translation.override(language):
        return words % {"session": session.title, "before": before.title if before else ""}


def end_told(session: Session, language: str, *, waiting: bool = False) -> str:
    """Return why somebody is not to come: the session does not take place, or it does without them (`waiting`: they
    were on its waiting list).
    """
    if session.status == SessionStatus.CANCELLED:
        words = gettext_lazy("“%(session)s” on %(day)s will not take place.")
    elif waiting:
        words = gettext_lazy("You are no longer on the waiting list of “%(session)s” on %(day)s.")
    else:
        words = gettext_lazy("You are no longer expected on “%(session)s” on %(day)s.")
    with translation.override(language):
        return words % {"session": session.title, "day": day_label(session, language)}


def what_to_know(session: Session) -> list[str]:
    """Return what those who come should know: of the session, and of the whole order where it is not said already."""
    own, of_order = session.instructions.strip(), session.mission.order.practical_information.strip()
    return [text for text in (own, "" if of_order in own else of_order) if text]


def calendar_file(
    session: Session,
    slots: Sequence[HalfDaySlot],
    organisation: Organisation,
    *,
    whose: str = "",
    times_off: int = 0,
    cancelled: bool = False,
) -> str:
    """Return the session as a calendar file: one event for each half-day,
    replaced or withdrawn by later ones.

    `whose` says whose events they are, for who may be moved to another session: the events move along.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Cordée//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    zone = ZoneInfo(session.time_zone)
    for position, slot in enumerate(slots, start=1):
        event = Event()
        event.add("uid", f"{whose or session.ref}-{position}@cordee")
        event.add("sequence", session.schedule_version + 2 * times_off + cancelled)
        event.add("summary", session.title)
        event.add("dtstart", slot.starts_at(session.time_zone).astimezone(zone))
        event.add("dtend", slot.ends_at(session.time_zone).astimezone(zone))
        event.add("dtstamp", clock.now().astimezone(UTC))
        event.add("location", place_label(session).replace("\n", ", "))
        event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
        if organisation.reply_to:
            organiser = vCalAddress(f"mailto:{organisation.reply_to}")
            organiser.params["cn"] = organisation.name
            event.add("organizer", organiser)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return str(calendar.to_ical(), "utf-8")
