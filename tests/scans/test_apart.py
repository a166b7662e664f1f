"""Files that people give are opened in a process of its own, which no file keeps or ends."""

import time

import pytest
from PIL import Image

from cordee.scans import apart, files
from cordee.scans.files import Refusal, Unreadable
from tests.scans.endless import endless_pdf
from tests.scans.test_files import picture, written


def test_pages_come_one_by_one_as_they_are() -> None:
    whites = [Image.new("L", (30 + n, 20), 255) for n in range(3)]
    tiff = written(whites[0], "TIFF", save_all=True, append_images=whites[1:])
    for given in (tiff, written(picture(), "PNG"), written(picture(), "PDF")):
        expected = list(files.pages_of(given))
        found = list(apart.pages_of(given))
        assert [page.page for page in found] == [page.page for page in expected]
        for one, other in zip(found, expected, strict=True):
            assert (one.pixels == other.pixels).all()
            assert one.pixels.flags.writeable
    assert [page.page for page in apart.pages_of(tiff, first=3)] == [3]
    assert list(apart.pages_of(tiff, first=4)) == []


def test_a_refusal_comes_back() -> None:
    with pytest.raises(Unreadable) as refused:
        next(apart.pages_of(b"no picture"))
    assert refused.value.code == Refusal.NOT_A_PICTURE


def test_what_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 2)
    began = time.monotonic()
    with pytest.raises(Unreadable) as refused:
        next(apart.pages_of(endless_pdf()))
    assert refused.value.code == Refusal.TOO_MUCH_WORK
    assert time.monotonic() - began < 60


def test_without_eyes_it_says_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "eyes_are_here", lambda: False)
    with pytest.raises(ImportError):
        next(apart.pages_of(b"%PDF-1.7"))
