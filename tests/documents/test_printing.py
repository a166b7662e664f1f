"""A printed sheet is kept: the same list is the same version and the same bytes, a changed list the next version."""

import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cordee.documents.actions import print_sheets
from cordee.documents.models import PrintedSheet
from cordee.documents.queries import printed_sheet, sheet_of
from cordee.documents.rendering import fingerprint
from cordee.enrolment import actions as enrolment
from cordee.enrolment.rules import Person
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.cast import Cast, draft

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture
def sessions(cast: Cast) -> list[Session]:
    planned = planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(),
        count=2,
        facilitator_ids=[cast.camille.pk],
        by=COMMAND,
    )
    add(planned[0], "Zoé", "Petit")
    return list(planned)


def add(session: Session, first_name: str, last_name: str) -> None:
    enrolment.enrol(
        session_id=session.pk, people=[Person(first_name=first_name, last_name=last_name)], by=COMMAND
    )


def test_the_same_list_is_the_same_version_and_the_same_bytes_on_another_day(
    cast: Cast, sessions: list[Session]
) -> None:
    actor = cast.actor(cast.olga)
    first = print_sheets(sessions=sessions[:1], by=actor)
    kept = PrintedSheet.objects.get()
    with clock.frozen_at(clock.now() + timedelta(days=2)):
        again = print_sheets(sessions=sessions[:1], by=COMMAND)
    assert again.content == first.content
    assert PrintedSheet.objects.get() == kept
    assert (kept.version, kept.user_id) == (1, cast.olga.pk)
    assert kept.sha256 == sha256(first.content).hexdigest()


def test_what_was_printed_is_kept_whatever_the_list_says_since(sessions: list[Session]) -> None:
    print_sheets(sessions=sessions[:1], by=COMMAND)
    add(sessions[0], "Ana", "Roux")
    print_sheets(sessions=sessions[:1], by=COMMAND)
    old, new = (printed_sheet(sessions[0].ref, version) for version in (1, 2))
    assert old
    assert new
    assert [[p["last_name"] for p in row.data["participants"]] for row in (old, new)] == [
        ["Petit"],
        ["Petit", "Roux"],
    ]
    assert [sum(kind == "enrolment" for kind, *_ in row.layout[0]["rows"]) for row in (old, new)] == [1, 2]
    assert old.data["participants"][0]["enrolment_id"] == new.data["participants"][0]["enrolment_id"]
    assert printed_sheet(sessions[0].ref, 3) is None
    assert printed_sheet(sessions[1].ref, 1) is None


def test_each_session_of_a_file_has_its_own_version(sessions: list[Session]) -> None:
    print_sheets(sessions=sessions[:1], by=COMMAND)
    add(sessions[0], "Ana", "Roux")
    drawn = print_sheets(sessions=sessions, by=COMMAND)
    versions = {(row.session_id, row.version) for row in PrintedSheet.objects.all()}
    assert versions == {(sessions[0].pk, 1), (sessions[0].pk, 2), (sessions[1].pk, 1)}
    newest = PrintedSheet.objects.get(session=sessions[1])
    assert newest.sha256 == sha256(drawn.content).hexdigest()
    assert newest.layout == json.loads(json.dumps(drawn.layouts[1]))


def test_printing_again_writes_nothing(sessions: list[Session]) -> None:
    print_sheets(sessions=sessions, by=COMMAND)
    with CaptureQueriesContext(connection) as asked:
        print_sheets(sessions=sessions, by=COMMAND)
    assert [q["sql"] for q in asked if not q["sql"].startswith("SELECT")] == []


def test_all_that_is_printed_makes_the_fingerprint(sessions: list[Session]) -> None:
    sheet = sheet_of(sessions[0])
    same = replace(sheet, version=7, printed_on=sheet.printed_on + timedelta(days=1))
    assert fingerprint(same) == fingerprint(sheet)
    organisation.update(changes=OrganisationChanges(siret=""), expected_version=None, by=COMMAND)
    changed = [
        sheet_of(sessions[0]),
        replace(sheet, title="Another"),
        replace(sheet, place="Elsewhere"),
        replace(sheet, blank_rows=9),
        replace(sheet, codes_at="HTTPS://ELSEWHERE.EXAMPLE/D/"),
        replace(sheet, organisation=replace(sheet.organisation, logo=LOGO)),
        replace(sheet, participants=sheet.participants[:0]),
        replace(sheet, facilitators=sheet.facilitators * 2),
        replace(sheet, half_days=sheet.half_days * 2),
    ]
    assert len({fingerprint(other) for other in [sheet, *changed]}) == len(changed) + 1


def test_the_code_of_a_page_opens_its_session_for_who_may(
    cast: Cast, sessions: list[Session], client: Client, settings: Any
) -> None:
    address = sheet_of(sessions[0]).page_address(1)
    assert address == f"HTTP://LOCALHOST:8000/D/{sessions[0].ref}/0/1"
    path = address.removeprefix("HTTP://LOCALHOST:8000")
    client.force_login(cast.camille.user)
    assert 'name="scans"' in client.get(path).content.decode(), "to deposit the signed page"
    client.force_login(cast.dan.user)
    page = client.get(path).content.decode()
    assert 'name="scans"' not in page
    assert sessions[0].title not in page, "strangers learn nothing of the session"
    settings.BASE_URL = "https://Of.example/cordee"
    assert sheet_of(sessions[0]).codes_at == "https://Of.example/cordee/D/"
