"""The file of an invoice: drawn by the worker, kept once, whatever stops it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from cordee.files import queries as files
from cordee.files.models import StoredFile
from cordee.invoices import actions, queries
from cordee.invoices.checking import xml_in
from cordee.invoices.cii import xml_of
from cordee.invoices.content import Content
from cordee.invoices.models import Invoice
from cordee.jobs import registry
from tests.conftest import MovableClock
from tests.invoices.full_disk import FullDisk
from tests.invoices.stories import issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def disk(tmp_path: Path, settings: Any) -> Path:
    """Keep files on a disk that can be full."""
    where = {"BACKEND": "tests.invoices.full_disk.FullDisk", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": where}
    return tmp_path


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """Return what the worker is asked to do."""
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(registry, "start", lambda *given: asked.append(given))
    return asked


def test_an_issued_invoice_is_drawn_by_the_worker_once(disk: Path, started: list[tuple[object, ...]]) -> None:
    invoice = issue()
    assert started == [("invoices.keep_file", invoice.pk)]
    assert queries.file_of(invoice.pk) is None
    for _twice in range(2):
        actions.keep_file(invoice.pk)
    kept = queries.file_of(invoice.pk)
    assert kept is not None
    assert kept.content_type == "application/pdf"
    content = Content.from_json(Invoice.objects.get(pk=invoice.pk).content)
    assert xml_in(files.content(kept)) == xml_of(content)
    assert StoredFile.objects.count() == 1
    assert not queries.to_draw().exists()


def test_a_full_disk_leaves_it_to_be_drawn_and_it_is_drawn_later(
    disk: Path, started: list[tuple[object, ...]], now: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    invoice = issue()
    FullDisk.full = 1
    actions.keep_file(invoice.pk)
    assert "No space left" in caplog.text
    assert [*queries.to_draw()] == [invoice]
    assert not StoredFile.objects.exists()
    started.clear()
    actions.draw_left()
    assert started == [], "its own worker may still be at it"
    now.move_to("2027-01-04 12:06")
    actions.draw_left()
    assert started == [("invoices.keep_file", invoice.pk)]
    actions.keep_file(invoice.pk)
    kept = queries.file_of(invoice.pk)
    assert kept is not None
    assert len(files.content(kept)) == kept.size, "the half that lay there was written anew"


@pytest.mark.parametrize("at", ["drawn", "written", "known"])
def test_a_worker_killed_anywhere_leaves_nothing_half_done(
    disk: Path, started: list[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    class Killed(BaseException):
        pass

    def kill(*_given: object, **_more: object) -> None:
        raise Killed

    invoice = issue()
    with monkeypatch.context() as patched:
        if at == "drawn":
            patched.setattr(default_storage, "save", kill)
        elif at == "written":
            patched.setattr(StoredFile.objects, "get_or_create", kill)
        else:
            patched.setattr(Invoice.objects, "filter", kill)
        with pytest.raises(Killed):
            actions.keep_file(invoice.pk)
    assert queries.file_of(invoice.pk) is None
    actions.keep_file(invoice.pk)
    assert queries.file_of(invoice.pk) is not None


def test_what_was_changed_since_it_was_issued_is_not_drawn(
    disk: Path, started: list[tuple[object, ...]], caplog: pytest.LogCaptureFixture
) -> None:
    invoice = issue()
    invoice.content["draft"]["lines"][0]["unit_price"] = "1800.00"
    invoice.save(update_fields=["content"])
    actions.keep_file(invoice.pk)
    assert queries.file_of(invoice.pk) is None
    assert "ROUX-00001 was changed" in caplog.text
