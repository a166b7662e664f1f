"""A session's day and hour are those of the place where it is, on every page; an hour elsewhere names its zone."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import cordee
from cordee.accounts.models import User
from cordee.kernel.periods import instant, local
from cordee.kernel.zones import DEFAULT, zone_text
from cordee.planning.models import HalfDay, Session
from tests.architecture.access_table import TABLE, Page
from tests.architecture.world import World, build
from tests.cast import Cast
from tests.conftest import MovableClock

SOURCES = Path(cordee.__file__).parent
TEXTS = sorted(
    path
    for path in SOURCES.rglob("*")
    if path.suffix in {".py", ".html", ".typ", ".txt"} and "migrations" not in path.parts
)
ELSEWHERE = [("America/Guadeloupe", time(20)), ("Pacific/Noumea", time(8, 30))]
"""Zones, and an hour at which it is another day where the organisation lives."""


@pytest.fixture
def world(cast: Cast, now: MovableClock, settle: Any) -> World:
    built = build(cast, now, settle)
    User.objects.update(language="en")
    return built


def _move_all(zone: str, starts: time) -> set[date]:
    """Have every session take place at this hour of its day in another zone; return the days it is there at home."""
    at_home = set()
    for half_day in HalfDay.objects.select_related("session").order_by("pk"):
        begins = instant(datetime.combine(half_day.day, starts), zone)
        ends = begins + timedelta(hours=2)
        times = {
            "starts": starts,
            "ends": time(starts.hour + 2, starts.minute),
            "starts_at": begins,
            "ends_at": ends,
        }
        HalfDay.objects.filter(pk=half_day.pk).update(**times)
        Session.objects.filter(pk=half_day.session_id).update(time_zone=zone, starts_at=begins, ends_at=ends)
        at_home.add(local(begins, DEFAULT).date())
    return at_home


def _pages(world: World, names: Iterable[str]) -> dict[str, str]:
    """Return what pages say, in English or French, by name."""
    said = {}
    for name in names:
        page = TABLE[name]
        client = Client(headers={"accept-language": "en"})
        if isinstance(page, Page):
            user = next((user for role, user in world.people.items() if role in page.opens), None)
            if user is None:
                continue
            client.force_login(user)
        answer = client.get(world.address(name))
        if answer.headers.get("Content-Type", "").startswith(("text/html", "text/csv")):
            text = b"".join(answer) if answer.streaming else answer.content
            said[name] = re.sub(r"<[^>]*>", " ", text.decode())
    return said


def _mentions(text: str, days: set[date]) -> int:
    return sum(len(re.findall(rf"\b{day.day}\u202f?\s(?:Jan|janv)|{day.isoformat()}", text)) for day in days)


def _tells(text: str, starts: time) -> bool:
    return bool(re.search(rf"\b{starts.hour}(?::{starts.minute:02}|\u00a0h)\b", text))


def test_every_page_tells_the_day_and_the_hour_where_the_session_is(world: World) -> None:
    """In zones where it is a day earlier or later than at home; one world for all, which takes long to make."""
    days, pages = set(HalfDay.objects.values_list("day", flat=True)), set(TABLE)
    for zone, starts in ELSEWHERE:
        _move_all(DEFAULT, starts)
        before = _pages(world, pages)
        # A page that tells no day and no hour of a session cannot tell a wrong one.
        pages = {name for name, text in before.items() if _mentions(text, days) or _tells(text, starts)}
        wrong_days = _move_all(zone, starts)
        after = _pages(world, pages)
        assert after.keys() == pages
        wrong = [n for n in pages if _mentions(after[n], wrong_days) != _mentions(before[n], wrong_days)]
        assert wrong == [], f"these pages tell the day of somewhere else than {zone}"
        with_hours = [name for name in pages if _tells(before[name], starts)]
        assert len(with_hours) > 10
        names = zone_text(zone, "en"), zone_text(zone, "fr")
        unnamed = [name for name in with_hours if not any(n in after[name] for n in names)]
        assert unnamed == [], f"these pages tell an hour in {zone} without its zone"


def test_the_zone_of_the_organisation_is_written_once() -> None:
    found = [str(path.relative_to(SOURCES)) for path in TEXTS if DEFAULT in path.read_text()]
    assert found == ["kernel/zones.py"], "ask kernel.zones.home(), or settings.TIME_ZONE"


RAW_INSTANT = re.compile(
    r"(?:starts|ends|closes)_at\s*\|\s*(?:date|time|day|short_day|clock|span|moment)"  # in a template
    r"|(?:day|short_day|long_day|clock|span|moment|date_format|strftime)\([^()]*\.(?:starts|ends)_at\b"
    r"|\blocal\([\w.]*(?:session|found|s)\.(?:starts|ends)_at\b"
)


def test_nobody_writes_the_instant_of_a_session_as_it_is_stored() -> None:
    """Instants are in UTC: `session.starts` and `session.ends` are where the session is."""
    found = [
        f"{path.relative_to(SOURCES)}: {match.group()}"
        for path in TEXTS
        for match in RAW_INSTANT.finditer(path.read_text())
    ]
    assert found == []
