"""The room has no network: people sign all the same, and what waits on a device arrives once."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Error, expect

from cordee.attendance import queries
from cordee.attendance.models import BelatedSignature, HalfDayRecord, Signature
from cordee.enrolment.states import PARTICIPANT_LINK
from cordee.kernel import clock
from cordee.links import actions as links
from cordee.links.queries import token
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.journeys.conftest import Visitor, log_in, words
from tests.journeys.line import Line
from tests.journeys.test_signing import draw
from tests.steps import AFTER, DURING, confirm, enrol, plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

KEPT = """
async (paths) => {
  for (let tries = 0; tries < 200; tries++) {
    const found = await Promise.all(paths.map((path) => caches.match(new URL(path, location.origin).href)));
    if (found.every(Boolean)) return true;
    await new Promise((go) => setTimeout(go, 50));
  }
  return false;
}
"""
"""Waits until the device has kept these pages."""


@pytest.fixture
def line(live_server: Any) -> Iterator[Line]:
    made = Line(urlsplit(live_server.url).port or 0)
    yield made
    made.cut()


@pytest.fixture
def told(cast: Cast, now: MovableClock) -> Any:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    people = enrol(cast, session, "Ana", "Bo")
    now.move_to(DURING)
    return session, *people


@pytest.fixture
def sit(visit: Callable[..., Visitor], line: Line) -> Callable[..., Visitor]:
    """Sit somebody down at the end of the line."""

    def down(user: Any = None) -> Visitor:
        visitor = visit(user)
        visitor.base_url, visitor.cut_off = line.url, True
        return visitor

    return down


def keeps(visitor: Visitor, *paths: str) -> None:
    assert visitor.page.evaluate(KEPT, list(paths)), "the device keeps these pages"


def waits(visitor: Visitor, n: int) -> None:
    rows = visitor.page.locator("#kept [data-kept=rows] li")
    expect(rows).to_have_count(n)


def arrives(visitor: Visitor, holds: Callable[[], bool]) -> None:
    """Wait until what waited on the device is in the house: it is sent behind the page that is shown, and again every
    15 seconds.
    """
    for _ in range(800):
        if holds():
            return
        with suppress(Error):  # once all went, the page is opened anew
            visitor.page.evaluate("() => new Promise((done) => setTimeout(done, 50))")
    raise AssertionError("nothing arrived")


def back_on_line(visitor: Visitor, path: str) -> None:
    """Open a page once the network is back: it sends what waits, then opens itself anew."""
    visitor.page.goto(visitor.base_url + path)
    expect(visitor.page.locator("#kept")).to_be_hidden()


def own_page(person: Any) -> str:
    until = clock.now() + timedelta(days=9)
    link = links.give(
        purpose=PARTICIPANT_LINK, subject_id=person.pk, to=person.participant.email, until=until
    )
    return f"/p/{token(link)}/"


def test_a_participant_signs_without_network(told: Any, sit: Callable[..., Visitor], line: Line) -> None:
    _session, ana, _bo = told
    own, visitor = own_page(ana), sit()
    visitor.go(own)
    keeps(visitor, own, f"{own}sign/1/")
    line.cut()
    visitor.press(visitor.page.locator("main .bigs a.main"))
    draw(visitor)
    visitor.press("Sign")
    waits(visitor, 1)
    expect(visitor.page.locator("#kept")).to_contain_text(words("waits for the network"))
    assert not Signature.objects.exists()

    visitor.page.close()  # and opened again in between
    visitor.page = visitor.page.context.new_page()
    visitor.go(own)
    waits(visitor, 1)
    line.mend()
    visitor.page.locator("#kept [data-kept=send]").click()
    expect(visitor.page.locator("#kept")).to_be_hidden()
    signature = Signature.objects.get()
    assert signature.enrolment_id == ana.pk
    assert len(signature.strokes) == 1


def test_a_facilitator_goes_on_without_network(
    told: Any, cast: Cast, sit: Callable[..., Visitor], line: Line
) -> None:
    session, ana, bo = told
    noor, place = sit(cast.noor.user), f"/sessions/{session.ref}"
    noor.go("/my/today/")
    signs = [f"{place}/signing/1/{person.pk}/" for person in (ana, bo)]
    keeps(noor, "/my/today/", f"{place}/presence/", f"{place}/signing/1/countersign/", *signs)
    line.cut()
    noor.go("/my/today/")
    noor.page.locator(".without-network a").first.click()
    for number, path in enumerate(signs, 1):
        noor.press(noor.page.locator(f"main a[href='{path}']"))
        draw(noor)
        noor.press("Sign")
        waits(noor, number)
        expect(noor.page.locator(f"[data-ahead='{path}']")).to_have_attribute(
            "data-waits", words("waits for the network")
        )
    noor.go(f"{place}/presence/")
    noor.page.locator("[data-set-all]").first.click()
    noor.press("Record the presence")
    noor.go(f"{place}/signing/1/countersign/")
    draw(noor)
    noor.press("Countersign")
    waits(noor, 4)

    line.mend()
    back_on_line(noor, "/my/today/")
    half_day = session.half_days.get()
    arrives(noor, lambda: queries.is_frozen(half_day))  # the countersignature goes last
    assert set(queries.signed(half_day.pk)) == {ana.pk, bo.pk}
    assert HalfDayRecord.objects.get().present == 2


def test_what_comes_too_late_is_a_question(
    told: Any, cast: Cast, now: MovableClock, sit: Callable[..., Visitor], line: Line
) -> None:
    session, ana, _bo = told
    own, visitor = own_page(ana), sit()
    visitor.page.clock.install(time=clock.now().timestamp())
    visitor.go(own)
    keeps(visitor, f"{own}sign/1/")
    line.cut()
    visitor.press(visitor.page.locator("main .bigs a.main"))
    draw(visitor)
    visitor.press("Sign")
    waits(visitor, 1)
    now.move_to(AFTER)
    line.mend()
    back_on_line(visitor, own)
    arrives(visitor, BelatedSignature.objects.exists)
    assert BelatedSignature.objects.get().enrolment_id == ana.pk

    noor = sit(cast.noor.user)
    noor.go(f"/sessions/{session.ref}/signing/")
    noor.press("It counts")
    arrives(visitor, Signature.objects.exists)
    assert Signature.objects.get().enrolment_id == ana.pk


def test_a_new_version_strands_nothing(
    told: Any,
    sit: Callable[..., Visitor],
    line: Line,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    _session, ana, _bo = told
    own, visitor = own_page(ana), sit()
    visitor.go(own)
    keeps(visitor, f"{own}sign/1/")
    line.cut()
    visitor.press(visitor.page.locator("main .bigs a.main"))
    draw(visitor)
    visitor.press("Sign")
    waits(visitor, 1)

    new = tmp_path / "worker.js"
    new.write_text(Path(str(finders.find("cordee/worker.js"))).read_text() + "\n// another version\n")
    monkeypatch.setattr("cordee.web.entrance.views.front.finders.find", lambda _name: str(new))
    line.mend()
    visitor.page.evaluate("async () => (await navigator.serviceWorker.getRegistration('/')).update()")
    back_on_line(visitor, own)
    arrives(visitor, Signature.objects.exists)
    assert Signature.objects.get().enrolment_id == ana.pk


def a_signature_waits(noor: Visitor, line: Line, sign: str) -> None:
    noor.go("/my/today/")
    keeps(noor, sign)
    line.cut()
    noor.go(sign)
    draw(noor)
    noor.press("Sign")
    waits(noor, 1)


def test_logging_out_asks_about_what_waits(
    told: Any, cast: Cast, sit: Callable[..., Visitor], line: Line
) -> None:
    session, ana, _bo = told
    noor, sign = sit(cast.noor.user), f"/sessions/{session.ref}/signing/1/{ana.pk}/"
    a_signature_waits(noor, line, sign)
    for answer in ("Stay", "Log out and delete it"):
        noor.page.locator(".me").click()
        noor.page.locator("#account-menu form[action$='logout/'] button").click()
        dialog = noor.page.locator("#kept-leave")
        expect(dialog).to_be_visible()
        waits(noor, 1)
        dialog.get_by_role("button", name=words(answer), exact=True).click()
    noor.page.wait_for_function("async () => !(await caches.keys()).some((name) => name.startsWith('kept-'))")


def test_what_waits_is_read_by_its_owner_alone(
    told: Any, cast: Cast, sit: Callable[..., Visitor], line: Line
) -> None:
    session, ana, _bo = told
    noor, sign = sit(cast.noor.user), f"/sessions/{session.ref}/signing/1/{ana.pk}/"
    a_signature_waits(noor, line, sign)
    (row,) = noor.page.evaluate(ROWS)
    assert "form_token" not in row, "encrypted"

    line.mend()
    logged_in(noor, cast.elodie.user)  # the session of the one before ended by itself
    noor.go("/my/today/")
    expect(noor.page.locator("#kept")).to_have_count(1)
    waits(noor, 0)
    kept = "async () => (await caches.keys()).filter((name) => name.startsWith('kept-a')).length"
    assert noor.page.evaluate(kept) == 1, "pages of the other are gone"
    assert len(noor.page.evaluate(ROWS)) == 1, "what the other left is still there"

    logged_in(noor, cast.noor.user)
    back_on_line(noor, "/my/today/")
    arrives(noor, Signature.objects.exists)
    assert Signature.objects.get().enrolment_id == ana.pk


def logged_in(visitor: Visitor, user: Any) -> None:
    visitor.page.context.clear_cookies()
    log_in(visitor.page.context, user, visitor.base_url)


ROWS = """
() => new Promise((resolve) => {
  const opening = indexedDB.open("kept", 1);
  opening.onsuccess = () => {
    const all = opening.result.transaction("forms").objectStore("forms").getAll();
    all.onsuccess = () => resolve(all.result.map((row) => new TextDecoder().decode(row.sealed)));
  };
})
"""
