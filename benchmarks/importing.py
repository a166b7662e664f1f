"""Taking a client's list of thousands: read and shown, then enrolled. Everything is undone afterwards."""

import random
import time
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.visits import Visitor
from benchmarks.world.names import FIRST_NAMES, LAST_NAMES
from cordee.planning.models import Session

FORM = "0f9d1a52-3c53-4a0e-9f43-1c3d1b1f2a02"


def time_list(visitor: Visitor, rows: int) -> dict[str, Any]:
    """Give a file of `rows` people to the page of a session to come, look at the preview, enrol them.

    Times in seconds, as the browser would wait for them: the answer and the page it leads to.
    """
    browser = visitor.browser(visitor.manifest.coordinator_email)
    with transaction.atomic():
        session = _a_session_with_room(visitor, rows)
        address = reverse("enrol", args=[session.ref])
        file = SimpleUploadedFile("liste.csv", _list(rows).encode())
        preview = _timed(browser, address, {"form_token": FORM, "do": "read", "file": file})
        enrol = _timed(browser, address, {"form_token": FORM, "do": "enrol"})
        transaction.set_rollback(True)
    return {"preview": preview, "enrol": enrol}


def _timed(browser: Any, address: str, form: dict[str, Any]) -> dict[str, Any]:
    with CaptureQueriesContext(connection) as queries:
        start = time.perf_counter()
        answer = browser.post(address, form, follow=True)
        seconds = time.perf_counter() - start
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return {"seconds": seconds, "queries": len(queries)}


def _a_session_with_room(visitor: Visitor, rows: int) -> Session:
    """Return the last session of the known mission, put off and made large enough."""
    session = Session.objects.filter(mission__ref=visitor.manifest.mission_ref).order_by("-position")[0]
    session.starts_at = visitor.manifest.anchor + timedelta(days=30)
    session.ends_at = session.starts_at + timedelta(hours=3)
    session.capacity = rows + 500
    session.save(update_fields=["starts_at", "ends_at", "capacity"])
    return session


def _list(rows: int) -> str:
    """Return a list as a company's software exports it: each name once, one address in fifty mistyped."""
    chance = random.Random(2026)
    lines = ["NOM;PRENOM;ADRESSE MÉL;SERVICE"]
    for n in range(rows):
        first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
        domain = "gmial.com" if n % 50 == 0 else "eolia.example"
        lines.append(f"{last.upper()};{first};personne.{n}@{domain};Service {n % 12}")
    return "\r\n".join(lines)
