"""Drawing the missions of an audit, and the file made of them."""

import re
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage

from cordee.audits import actions, queries
from cordee.audits.models import Audit
from cordee.audits.queries.packing.sample import learned_table
from cordee.audits.rules import drawn
from cordee.enrolment.models import Enrolment
from cordee.files import queries as files
from cordee.kernel.actor import SYSTEM
from cordee.organisation.models import Organisation
from cordee.planning.models import Session
from cordee.quality import actions as quality
from cordee.quality.rules import ComplaintDraft, Raiser
from cordee.quality.states import ComplaintKind
from cordee.surveys.queries import Figures, Learned
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.papers import PDF
from tests.refusals import refused
from tests.steps import accept_sheets, confirm, enrol, hold, plan

YEAR = {"since": date(2027, 1, 1), "until": date(2027, 12, 31)}
REFS = [f"M-2027-{n:04d}" for n in range(1, 101)]


def test_the_same_seed_draws_the_same_missions_and_another_one_others() -> None:
    first = drawn(REFS, seed="abc", count=10)
    assert first == drawn(reversed(REFS), seed="abc", count=10)
    assert len(set(first)) == 10
    assert first != drawn(REFS, seed="xyz", count=10)


@pytest.fixture
def held(cast: Cast, now: MovableClock) -> Session:
    """A session with Zenobie and Bo on it, whose sheet was accepted."""
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Zenobie", "Barnabe")
    hold(cast, now, session)
    accept_sheets(cast, session)
    return session


def by(cast: Cast) -> Any:
    return cast.actor(cast.quitterie)


def unpacked(audit: Audit) -> dict[str, bytes]:
    audit.refresh_from_db()
    assert audit.file
    with ZipFile(BytesIO(files.content(audit.file))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_file_holds_what_proves_each_indicator_and_names_nobody(*, cast: Cast, held: Session) -> None:
    person = Enrolment.objects.filter(session=held).order_by("pk")[0]
    raiser = Raiser(enrolment_id=person.pk)
    for confidential in (False, True):
        draft = ComplaintDraft(kind=ComplaintKind.COMPLAINT, words="Une phrase", confidential=confidential)
        quality.receive(draft=draft, raiser=raiser, session_id=held.pk, by=by(cast))
    actions.declare(indicator=23, words="=Une <veille>", file=PDF, by=by(cast))
    audit = actions.ask_draw(**YEAR, count=10, seed="abc", by=by(cast))
    assert [m.ref for m in audit.missions.all()] == [cast.mission.ref]
    assert (audit.file, audit.among) == (None, 1)
    actions.build(audit_id=audit.pk, by=SYSTEM)
    made = unpacked(audit)
    root = f"{audit.ref}/"
    assert {root + "index.html", root + "index.pdf"} <= set(made)
    assert f"{root}indicator-12/sheet-{held.ref}.pdf" in made
    assert f"{root}indicator-03/index.html" not in made, "it does not apply"
    assert made[f"{root}indicator-23/declared-{queries.declared([23])[23][0].pk}.pdf"] == PDF
    assert b"&lt;veille&gt;" in made[f"{root}indicator-23/index.html"]
    complaints = made[f"{root}indicator-31/complaints.csv"].decode()
    assert complaints.count("Q-2027-") == 1, "a confidential one is in no list"
    presence = made[f"{root}indicator-12/presence.csv"].decode()
    assert f"Z. N. ({person.pk})" in presence
    readable = {name: content for name, content in made.items() if not name.endswith(".pdf")}
    for told in ("Zenobie", "Barnabe", "Une phrase", "@"):
        assert [name for name, content in readable.items() if told.encode() in content] == []
    for name, content in readable.items():
        folder = name.rpartition("/")[0]
        for link in re.findall(r'href="([^"]+)"', content.decode()) if name.endswith(".html") else ():
            path = root + link.removeprefix("../") if link.startswith("../") else f"{folder}/{link}"
            assert path in made, (name, link)


def test_it_is_made_once_whatever_is_killed(*, cast: Cast, held: Session, monkeypatch: Any) -> None:
    audit = actions.ask_named(**YEAR, refs=[f" {cast.mission.ref.lower()}"], by=by(cast))
    with monkeypatch.context() as broken:
        broken.setattr("cordee.files.actions.keep", lambda *_a, **_k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.build(audit_id=audit.pk, by=SYSTEM)
    audit.refresh_from_db()
    assert (audit.file, audit.built_at) == (None, None)
    actions.build_left(by=SYSTEM)
    first = unpacked(audit)
    actions.build(audit_id=audit.pk, by=SYSTEM)
    assert unpacked(audit) == first


@pytest.mark.parametrize(("n", "told"), [(4, [""] * 5), (5, ["5", "0", "0", "40", "80"])])
def test_of_few_who_are_compared_nothing_they_learned_is_told(
    *, n: int, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = Figures(given=6, compared=n, progressed=n, before=Fraction(2 * n, 5), after=Fraction(4 * n, 5))
    found = {1: Learned(asked=8, figures=figures, people=(), forgotten=False)}
    monkeypatch.setattr("cordee.surveys.queries.learned_on", lambda _sessions: found)
    sample: Any = SimpleNamespace(
        sessions=[SimpleNamespace(pk=1, ref="S-1"), SimpleNamespace(pk=2, ref="S-2")]
    )
    assert learned_table(sample)[1] == [["S-1", "8", "6", str(n), *told]]


def test_a_file_that_the_storage_lost_is_said_in_the_index(*, cast: Cast, held: Session) -> None:
    sound, lost, damaged = (
        actions.declare(indicator=23, words=words, file=PDF + words.encode(), by=by(cast))
        for words in ("là", "perdu", "abîmé")
    )
    organisation = Organisation.objects.get()
    organisation.internal_rules = damaged.file
    organisation.logo = damaged.file  # drawn on each signed sheet
    organisation.save()
    default_storage.delete(files.storage_name(lost.file.sha256))
    Path(default_storage.path(files.storage_name(damaged.file.sha256))).write_bytes(b"%PDF-of another")
    audit = actions.ask_named(**YEAR, refs=[cast.mission.ref], by=by(cast))
    actions.build(audit_id=audit.pk, by=SYSTEM)
    made = unpacked(audit)
    root = f"{audit.ref}/"
    assert [n for n in made if "declared" in n] == [f"{root}indicator-23/declared-{sound.pk}.pdf"]
    for name, gone in (
        ("indicator-09", "internal-rules.pdf"),
        ("indicator-12", f"sheet-{held.ref}.pdf"),
        ("indicator-23", f"declared-{lost.pk}.pdf"),
    ):
        page = made[f"{root}{name}/index.html"].decode()
        assert f"{gone} (perdu" in page
        assert f'href="{gone}"' not in page
        assert f"{root}{name}/{gone}" not in made
    assert "1 fichier, 2 fichiers perdus, 3 déclarations" in made[f"{root}index.html"].decode()


def test_what_cannot_be_drawn_or_named_is_refused(*, cast: Cast) -> None:
    quality_ = by(cast)
    for changes, code in (
        ({}, "nothing_to_draw"),
        ({"by": cast.actor(cast.olga)}, "not_quality"),
    ):
        with refused(code):
            actions.ask_draw(**{**YEAR, "count": 10, "by": quality_, **changes})
    with refused("period_backwards", "count_out_of_bounds", "bad_seed", "nothing_to_draw"):
        actions.ask_draw(since=YEAR["until"], until=YEAR["since"], count=31, seed="a" * 41, by=quality_)
    with refused("unknown_missions"):
        actions.ask_named(**YEAR, refs=["M-2027-9999"], by=quality_)
    with refused("unknown_missions", "too_many_missions"):
        actions.ask_named(**YEAR, refs=[f"M-2020-{n}" for n in range(31)], by=quality_)
    with refused("nothing_named"):
        actions.ask_named(**YEAR, refs=[" "], by=quality_)


def test_one_that_cannot_be_made_keeps_no_other_from_it(
    *, cast: Cast, held: Session, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, good = (actions.ask_named(**YEAR, refs=[cast.mission.ref], by=by(cast)) for _ in range(2))
    packed = queries.packed

    def fails(audit: Audit) -> bytes:
        if audit.pk == broken.pk:
            raise FileNotFoundError("sheet.pdf")
        return packed(audit)

    monkeypatch.setattr(queries, "packed", fails)
    actions.build_left(by=SYSTEM)
    good.refresh_from_db()
    assert good.file_id
    assert f"audit {broken.pk} could not be made" in caplog.text
