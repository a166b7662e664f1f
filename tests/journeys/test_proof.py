"""What proves a session: paper compared and accepted until fees are released; two who countersign at once; a school."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cordee.attendance import actions as attendance
from cordee.attendance import queries
from cordee.attendance.models import Signature
from cordee.conformity import queries as conformity
from cordee.deposits import actions
from cordee.deposits.models import DepositedFile
from cordee.mail.models import Message
from cordee.missions.models import Order
from cordee.planning import actions as planning
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.journeys.conftest import Letterbox, Visitor, words, work
from tests.journeys.test_paper import photo_of
from tests.journeys.test_signing import draw
from tests.steps import AFTER, DURING, all_present, confirm, enrol, plan, request_fees

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_photo_of_the_sheet_releases_the_fees(
    cast: Cast, now: MovableClock, settle: Any, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    photo = photo_of(session, 0, 1, -1, turned=2.0)
    taken = tmp_path / "IMG_0042.jpg"
    taken.write_bytes(photo)
    now.move_to(AFTER)
    all_present(cast, session)
    settle()
    request_fees(cast)
    settle()

    noor = visit(cast.noor.user)
    noor.go("/my/fees/")
    noor.reads("Paiement retenu depuis")
    noor.go(f"/sessions/{session.ref}/signed-sheets/")
    noor.page.locator("input[name=scans]").set_input_files(taken)
    noor.press("Deposit")
    actions.read_left()
    noor.page.reload()
    noor.follow("Begin")
    for line in noor.page.locator("section.line").filter(has=noor.page.locator("[data-box]")).all():
        if line.is_visible():
            signed = any(name in line.inner_text() for name in ("Ana", "Bo", "Noor"))
            for box in line.locator("[data-box]").all():
                box.locator(f"input[value={'signed' if signed else 'empty'}]").check(force=True)
    noor.press("Confirm the page")
    noor.sees("Nothing is left to do here.")
    settle()
    assert conformity.review_of(session.pk).state == "submitted", "by itself: nothing is missing on it"
    noor.go("/my/sessions/?past=1")
    noor.reads(words("Follow it"))

    quality = visit(cast.quitterie)
    quality.go("/sheets/")
    quality.follow("Begin with the first")
    quality.press("Accept")
    assert conformity.review_of(session.pk).state == "accepted"
    for path in ("/my/fees/", f"/missions/{cast.mission.ref}/fees/"):
        reader = noor if path.startswith("/my/") else visit(cast.camille.user)
        reader.go(path)
        assert "Paiement retenu" not in reader.page.locator("main").inner_text()


def test_two_facilitators_countersign_at_once(
    cast: Cast, now: MovableClock, visit: Callable[..., Visitor]
) -> None:
    (session,) = plan(cast, cast.noor)
    planning.put_on(session_id=session.pk, facilitator_id=cast.elodie.pk, by=cast.actor(cast.camille))
    confirm(cast, session, cast.noor, cast.elodie)
    enrol(cast, session, "Ana")
    now.move_to(AFTER)
    all_present(cast, session)
    both = [visit(cast.noor.user), visit(cast.elodie.user)]
    for visitor in both:
        visitor.go(f"/sessions/{session.ref}/signing/")
        visitor.follow("Countersign")
        draw(visitor)
    for visitor in both:
        visitor.page.evaluate("setTimeout(() => document.querySelector('.signing-form').requestSubmit(), 50)")
    for visitor in both:
        visitor.page.wait_for_url(re.compile("/signing/$"))
        visitor.look()
    half_day = session.half_days.get()
    standing = queries.standing_countersignatures(session.pk)[half_day.pk]
    assert {s.assignment.facilitator_id for s in standing} == {cast.noor.pk, cast.elodie.pk}
    assert Signature.objects.filter(enrolment=None).count() == 2


def test_a_school_confirms_on_a_phone_what_took_place(
    cast: Cast, now: MovableClock, settle: Any, visit: Callable[..., Visitor], letterbox: Letterbox
) -> None:
    Order.objects.filter(pk=cast.mission.order_id).update(sector="education")
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    now.move_to(DURING)
    half_day = session.half_days.get()
    attendance.record_headcount(half_day_id=half_day.pk, present=24, by=cast.actor(cast.noor))
    settle()
    now.move_to(AFTER)
    work()
    mail = Message.objects.get(purpose="delivery", state="sent")
    assert letterbox.to(mail.to_email)
    found = re.search(r"(/s/\S+)", mail.text)
    assert found

    school = visit(None)
    school.go(found[1])
    assert school.page.locator("[name=present]").input_value() == "24"
    school.page.locator("[name=class_name]").fill("2de B")
    school.page.locator("[name=function]").fill("Proviseure adjointe")
    draw(school)
    school.press("Confirm and sign")
    school.sees("This session is confirmed")

    noor = visit(cast.noor.user)
    noor.go(f"/sessions/{session.ref}/sheet/")
    noor.follow("The school’s confirmation")
    noor.reads("2de B")
    assert noor.page.locator("main svg path").count() > 0


def test_a_newcomer_without_a_printer_deposits_a_sample_in_one_click(
    cast: Cast, now: MovableClock, visit: Callable[..., Visitor], settings: Any
) -> None:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    now.move_to(AFTER)
    settings.DEMO = True
    noor = visit(cast.noor.user)
    noor.go(f"/sessions/{session.ref}/signed-sheets/")
    noor.sees("No printer at hand?")
    row = noor.page.locator(".samples li", has_text=words("Somebody is absent"))
    noor.press(row.get_by_role("button"))
    actions.read_left()
    assert DepositedFile.objects.get().state == "read"
    noor.page.reload()
    noor.look()
    noor.sees("Everything is read.")
    noor.follow("Begin")
