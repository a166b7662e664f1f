"""When a sheet is accepted, all that proves the session is sealed in one file, each naming the one before."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from cordee.conformity import actions as conformity
from cordee.evidence import actions, queries
from cordee.evidence.models import SealedFile
from cordee.files.queries import content
from cordee.kernel.actor import SYSTEM
from cordee.planning.models import Session
from cordee.seals.checking import chained, check
from cordee.seals.stamping import NotStamped
from tests.cast import Cast
from tests.conformity.sheets import sign_all
from tests.conftest import MovableClock
from tests.steps import enrol, plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def key(settings: Any, tmp_path: Path) -> None:
    settings.SEAL_KEY = tmp_path / "seal.key"


@pytest.fixture
def signed(cast: Cast, now: MovableClock, settle: Callable[[], None]) -> Session:
    """Return a session on which everybody has signed, given to quality by itself."""
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    settle()
    sign_all(cast, now, session, cast.noor)
    settle()
    conformity.submit_due()
    return session


def opened(sealed: SealedFile) -> dict[str, bytes]:
    with ZipFile(BytesIO(content(sealed.file))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_an_accepted_sheet_is_sealed_by_itself(
    signed: Session, cast: Cast, settle: Callable[[], None]
) -> None:
    conformity.accept(session_id=signed.pk, by=cast.actor(cast.quitterie))
    settle()
    settle()
    sealed = SealedFile.objects.get()
    assert (sealed.session_id, sealed.number, sealed.previous) == (signed.pk, 1, "")
    verdict = check(content(sealed.file), key=sealed.public_key)
    assert verdict.whole
    assert verdict.digest == sealed.digest
    assert verdict.manifest["about"]["session"] == signed.ref


def test_all_that_proves_the_session_is_in_it(signed: Session) -> None:
    files = opened(actions.seal_session(session_id=signed.pk, round=1, by=SYSTEM))
    assert files["sheet.pdf"].startswith(b"%PDF")
    presence = json.loads(files["presence.json"])
    assert [(p["first_name"], p["half_days"][0]["minutes"]) for p in presence] == [("Ana", 180), ("Bo", 180)]
    signatures = json.loads(files["signatures.json"])
    assert len(signatures) == 3, "two participants and the facilitator"
    assert all(s["statement_sha256"] and s["signed_at"] and s["strokes"] for s in signatures)
    assert sum(name.startswith("signatures/") for name in files) == 3
    assert json.loads(files["review.json"])[0]["move"] == "submit"


def test_a_round_is_sealed_once(signed: Session) -> None:
    first = actions.seal_session(session_id=signed.pk, round=1, by=SYSTEM)
    assert actions.seal_session(session_id=signed.pk, round=1, by=SYSTEM) == first
    again = actions.seal_session(session_id=signed.pk, round=2, by=SYSTEM)
    assert (again.number, again.previous) == (2, first.digest)
    verdicts = [check(content(one.file)) for one in (first, again)]
    assert list(chained(verdicts)) == []


def test_without_the_stamp_that_is_asked_for_nothing_is_sealed(signed: Session, settings: Any) -> None:
    settings.TIME_STAMPS = "http://127.0.0.1:9/"
    with pytest.raises(NotStamped):
        actions.seal_session(session_id=signed.pk, round=1, by=SYSTEM)
    assert not SealedFile.objects.exists()
    settings.TIME_STAMPS = ""
    assert actions.seal_session(session_id=signed.pk, round=1, by=SYSTEM).number == 1, "no number is lost"


def test_who_reads_evidence_is_given_the_file(signed: Session, cast: Cast) -> None:
    sealed = actions.seal_session(session_id=signed.pk, round=1, by=SYSTEM)
    path = f"/sessions/{signed.ref}/sealed/{sealed.number}.zip"
    quality, operations, coordinator = Client(), Client(), Client()
    quality.force_login(cast.quitterie)
    operations.force_login(cast.olga)
    coordinator.force_login(cast.camille.user)
    answer = quality.get(path)
    assert answer["Content-Type"] == "application/zip"
    assert check(answer.content).whole
    assert quality.get(f"/sessions/{signed.ref}/sealed/9.zip").status_code == 404
    assert quality.get(f"/sessions/{signed.ref}/final-sheet.pdf").content.startswith(b"%PDF")
    assert operations.get(path).status_code == coordinator.get(path).status_code == 403


def test_the_key_is_published(signed: Session) -> None:
    assert "Nothing" in Client().get("/seals/", headers={"Accept-Language": "en"}).content.decode()
    sealed = actions.seal_session(session_id=signed.pk, round=1, by=SYSTEM)
    page = Client().get("/seals/").content.decode()
    assert sealed.public_key in page
    assert queries.keys()[0].fingerprint in page
    assert sealed.digest in page


def test_reading_costs_as_much_for_many(signed: Session, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(22):
        queries.contents(Session.objects.select_related("mission__order__client", "line__service_type").get())
