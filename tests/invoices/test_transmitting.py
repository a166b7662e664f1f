"""Invoices on their way through an approved platform: a folder, or a service that answers as one."""

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from cordee.files import queries as files
from cordee.invoices import actions, platforms, queries
from cordee.invoices.content import VatRule
from cordee.invoices.models import Contest, Invoice, Transmission
from cordee.invoices.platforms import Folder, NotReached, platform_at
from cordee.journal.models import Entry
from cordee.journal.queries import reasons
from cordee.kernel.actor import COMMAND
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from tests.conftest import MovableClock
from tests.invoices.drafts import SOLE_TRADER, draft, line
from tests.invoices.platform_double import Double, running
from tests.invoices.stories import issue

pytestmark = pytest.mark.django_db


def switch(*, on: bool) -> None:
    organisation.update(changes=OrganisationChanges(transmit_invoices=on), expected_version=None, by=COMMAND)


def drawn(source: str = "request:1") -> Invoice:
    invoice = issue(source=source)
    actions.keep_file(invoice.pk)
    return invoice


def state_of(invoice: Invoice) -> str:
    return Transmission.objects.get(invoice=invoice).state


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    switch(on=True)
    settings.ENV = replace(settings.ENV, platform=str(tmp_path))
    return tmp_path


@pytest.fixture
def double(settings: Any) -> Iterator[Double]:
    switch(on=True)
    with running() as platform:
        settings.ENV = replace(
            settings.ENV,
            platform=platform.url,
            platform_token_url=f"{platform.url}/token",
            platform_client="cordee",
            platform_secret="s3cret",
        )
        yield platform


# --- the queue ------------------------------------------------------------------------------------
def test_nothing_is_queued_unless_the_organisation_says_so(tmp_path: Path, settings: Any) -> None:
    settings.ENV = replace(settings.ENV, platform=str(tmp_path))
    drawn()
    actions.transmit()
    assert not Transmission.objects.exists()
    switch(on=True)
    second = drawn("2")
    assert [*Transmission.objects.values_list("invoice", "state")] == [(second.pk, "waiting")]
    switch(on=False)
    actions.transmit()
    assert state_of(second) == "waiting"
    assert not any(tmp_path.iterdir())


def test_exempt_training_alone_is_outside_the_reform_and_what_is_mixed_is_not(folder: Path) -> None:
    exempt = line("412.50", VatRule.EXEMPT_TRAINING)
    issue(draft(SOLE_TRADER, exempt), "1")
    assert not Transmission.objects.exists()
    mixed = issue(draft(SOLE_TRADER, exempt, line("90")), "2")
    assert Transmission.objects.get().invoice == mixed


def test_a_credit_note_is_queued_too_and_what_is_not_drawn_waits(folder: Path) -> None:
    invoice = drawn()
    note = actions.credit(invoice_id=invoice.pk, reason="twice", by=COMMAND)
    assert [row.invoice_id for row in queries.to_hand_over()] == [invoice.pk]
    actions.keep_file(note.pk)
    assert [row.invoice_id for row in queries.to_hand_over()] == [invoice.pk, note.pk]


def test_without_a_platform_all_waits() -> None:
    switch(on=True)
    invoice = drawn()
    actions.transmit()
    assert state_of(invoice) == "waiting"


# --- a folder -------------------------------------------------------------------------------------
def test_a_folder_gets_each_file_whole_and_once(folder: Path) -> None:
    invoice = drawn()
    for _twice in range(2):
        actions.transmit()
    assert [file.name for file in (folder / "out").iterdir()] == ["ROUX-00001.pdf"]
    kept = queries.file_of(invoice.pk)
    assert kept is not None
    assert (folder / "out" / "ROUX-00001.pdf").read_bytes() == files.content(kept)
    transmission = Transmission.objects.get()
    assert (transmission.state, transmission.reference) == ("handed_over", "ROUX-00001.pdf")
    assert transmission.handed_over_at is not None
    assert Entry.objects.filter(fact="InvoiceHandedOver").count() == 1


def test_news_in_a_folder_are_read_and_what_is_no_news_is_left_aside(folder: Path) -> None:
    invoice = drawn()
    actions.transmit()
    told = folder / "in"
    told.mkdir()
    for name, content in {
        "a": {"number": "ROUX-00001", "code": "200", "at": "2027-01-04T12:00:00+01:00"},
        "b": {"number": "ROUX-00009", "code": "200", "at": "2027-01-04T12:00:00+01:00"},
        "c": {"number": "ROUX-00001", "code": "203", "at": "2027-01-04T12:00:00"},
        "d": {"number": "ROUX-00001", "code": "paid", "at": "2027-01-04T12:00:00+01:00"},
        "e": ["ROUX-00001"],
        "g": {"number": "ROUX-00001", "code": "200", "at": "0001-01-01T00:00:00+14:00"},
        "h": {"number": "ROUX-\0", "code": "200", "at": "2027-01-04T12:00:00+01:00"},
        "i": {"number": "ROUX-00001", "code": "٢٠٠", "at": "2027-01-04T12:00:00+01:00"},
    }.items():
        (told / f"{name}.json").write_text(json.dumps(content))
    (told / "f.json").write_text("{")
    for _twice in range(2):
        actions.transmit()
    assert state_of(invoice) == "200"
    assert sorted(file.name for file in told.glob("*.json")) == [f"{n}.json" for n in "cdefghi"]
    assert sorted(file.name for file in (told / "read").iterdir()) == ["a.json", "b.json"]
    assert [news.code for news in queries.news_of([invoice.pk])[invoice.pk]] == ["200"]
    assert Entry.objects.filter(fact="InvoiceStatusTold").count() == 1


def test_a_folder_that_cannot_be_written_leaves_nothing_half_done(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotReached):
        Folder(tmp_path / "file").take(number="A-1", pdf=b"%PDF")
    (tmp_path / "out" / "A-1.pdf").mkdir(parents=True)
    with pytest.raises(NotReached):
        Folder(tmp_path).take(number="A-1", pdf=b"%PDF")
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["A-1.pdf"], "no half of a file"


# --- a service ------------------------------------------------------------------------------------
def test_a_service_is_given_the_file_with_our_number(double: Double) -> None:
    invoice = drawn()
    drawn("2")
    actions.transmit()
    about, pdf = double.taken["ROUX-00001"]
    assert about["sha256"] == sha256(pdf).hexdigest()
    assert (about["flowSyntax"], about["flowType"], about["name"]) == (
        "Factur-X",
        "SupplierInvoice",
        "ROUX-00001.pdf",
    )
    assert Transmission.objects.get(invoice=invoice).reference == "flow-1"
    assert double.tokens_given == 1, "one token for all"


def test_the_life_cycle_is_followed_forward_and_never_back(double: Double) -> None:
    invoice = drawn()
    actions.transmit()
    double.tell("ROUX-00001", "203", "20270104101500")
    double.tell("ROUX-00001", "201", "20270104101000")  # late
    double.tell("ROUX-00001", "207", "20270104102000", "Montant")  # in dispute: told, and moves nothing
    double.tell("ROUX-99999", "213", "20270104102000")  # not ours
    for _twice in range(2):
        actions.transmit()
    assert state_of(invoice) == "203"
    told = queries.news_of([invoice.pk])[invoice.pk]
    assert [(news.code, news.message) for news in told] == [("201", ""), ("203", ""), ("207", "Montant")]
    assert told[1].at.isoformat() == "2027-01-04T09:15:00+00:00", "told in the time of France"
    double.tell("ROUX-00001", "212", "20270104110000")
    actions.transmit()
    assert state_of(invoice) == "212"
    double.tell("ROUX-00001", "213", "20270104120000")
    actions.transmit()
    assert state_of(invoice) == "212", "what is paid is not rejected any more"


@pytest.mark.parametrize(("code", "reason"), [("210", "MONTANT_ERR"), ("213", "BR-FR-12")])
def test_what_is_refused_or_rejected_says_why(double: Double, code: str, reason: str) -> None:
    invoice = drawn()
    actions.transmit()
    double.tell("ROUX-00001", code, "20270104101500", reason)
    actions.transmit()
    assert state_of(invoice) == code
    assert queries.news_of([invoice.pk])[invoice.pk][0].message == reason


@pytest.mark.parametrize(
    ("code", "at", "state"),
    [
        ("210", "20270104101500", "contested"),
        ("210", "20270114225900", "contested"),
        ("210", "20270115000100", "accepted"),
        ("213", "20270104101500", "accepted"),
    ],
    ids=["refused", "refused on the last day", "refused too late", "rejected by a rule"],
)
def test_who_refuses_on_the_platform_contests_and_is_not_silent(
    *, double: Double, now: MovableClock, code: str, at: str, state: str
) -> None:
    invoice = drawn()
    actions.transmit()
    double.tell("ROUX-00001", code, at, "Le montant")
    now.move_to("2027-01-15 09:00")  # what is told late counts by when it was said
    for _twice in range(2):
        actions.transmit()
        actions.accept_silent()
    invoice.refresh_from_db()
    assert invoice.state == state
    said = [row.words_id for row in Contest.objects.filter(invoice=invoice)]
    assert list(reasons(said).values()) == ["Le montant"] * len(said)
    assert len(said) == (invoice.lines.count() if state == "contested" else 0)


def test_more_news_than_one_page_are_all_read(double: Double, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platforms, "_PAGE", 3)
    invoice = drawn()
    actions.transmit()
    for n in range(8):
        double.tell("ROUX-00001", "208", f"202701041000{n:02}")
    actions.transmit()
    assert len(queries.news_of([invoice.pk])[invoice.pk]) == 8


def test_a_platform_that_is_down_or_says_no_loses_nothing(
    double: Double, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = drawn(), drawn("2")
    double.down = True
    actions.transmit()
    assert "not reached: 503" in caplog.text
    assert (state_of(first), state_of(second)) == ("waiting", "waiting")
    double.down = False
    double.answers = [422]
    actions.transmit()
    assert (state_of(first), state_of(second)) == ("waiting", "handed_over")
    assert "422" in Transmission.objects.get(invoice=first).problem
    actions.transmit()
    assert state_of(first) == "handed_over"
    assert Transmission.objects.get(invoice=first).problem == ""


def test_a_redirect_is_not_followed_and_a_wrong_secret_is_said(
    double: Double, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    invoice = drawn()
    double.answers = [307]
    actions.transmit()
    settings.ENV = replace(settings.ENV, platform_secret="wrong")
    actions.transmit()
    assert "307" in caplog.text
    assert "401" in caplog.text
    assert "wrong" not in caplog.text
    assert state_of(invoice) == "waiting"


def test_a_message_that_is_none_tells_nothing(double: Double, now: MovableClock) -> None:
    drawn()
    actions.transmit()
    double.tell("ROUX-00001", "200", "yesterday")
    for code in (
        "",
        "2000",
        "REFUSED",
    ):  # no row holds it: read again and again, it would hide what comes after
        double.tell("ROUX-00001", code, "20270104101500")
    double.messages["lc/x"] = (double.messages["lc/0"][0], b"<not closed")
    actions.transmit()
    assert not Entry.objects.filter(fact="InvoiceStatusTold").exists()


def test_no_address_means_no_platform() -> None:
    assert platform_at("") is None
