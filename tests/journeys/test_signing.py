"""Signing on a phone: on one's own page, by the code in the room, on the facilitator's phone; countersigning."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from cordee.attendance import queries
from cordee.attendance.models import Signature
from cordee.enrolment.states import PARTICIPANT_LINK
from cordee.kernel import clock
from cordee.links import actions as links
from cordee.links.queries import token
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.journeys.conftest import Visitor, words
from tests.steps import DURING, confirm, enrol, plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def draw(visitor: Visitor) -> None:
    """Draw a flourish in the box, as with a finger."""
    visitor.page.locator("canvas").scroll_into_view_if_needed()
    box = visitor.page.locator("canvas").bounding_box()
    assert box
    mouse = visitor.page.mouse
    mouse.move(box["x"] + 40, box["y"] + 60)
    mouse.down()
    for step in range(1, 12):
        mouse.move(box["x"] + 40 + 18 * step, box["y"] + 60 + (25 if step % 2 else -25))
    mouse.up()


def test_a_half_day_is_signed_and_countersigned(
    cast: Cast, now: MovableClock, visit: Callable[..., Visitor]
) -> None:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    ana, bo = enrol(cast, session, "Ana", "Bo")
    now.move_to(DURING)
    until = clock.now() + timedelta(days=9)
    link = links.give(purpose=PARTICIPANT_LINK, subject_id=ana.pk, to=ana.participant.email, until=until)

    visitor = visit(None)
    visitor.go(f"/p/{token(link)}/")
    visitor.press(visitor.page.locator("main .bigs a.main"))
    visitor.button("Sign").click()
    typed = visitor.page.locator("[name=typed_name]")
    assert words("Nothing is signed yet.") in typed.evaluate("field => field.validationMessage")
    draw(visitor)
    visitor.page.locator("[data-clear]").click()
    draw(visitor)
    visitor.press("Sign")
    signature = Signature.objects.get()
    assert (signature.enrolment_id, signature.typed_name) == (ana.pk, "")
    assert len(signature.strokes) == 1, "what was cleared is gone"
    assert len(signature.strokes[0]) > 3

    noor = visit(cast.noor.user)
    noor.go(f"/sessions/{session.ref}/")
    noor.press(noor.page.locator(f"main a[href='/sessions/{session.ref}/signing/']").first)
    noor.follow("Have them sign")
    noor.reads("Bo N")
    draw(noor)
    noor.press("Sign")
    assert {s.enrolment_id for s in Signature.objects.all()} == {ana.pk, bo.pk}

    noor.go(f"/sessions/{session.ref}/presence/")
    noor.press("Record the presence")
    noor.go(f"/sessions/{session.ref}/signing/")
    noor.follow("Countersign")
    draw(noor)
    noor.press("Countersign")
    noor.sees("countersigned")
    assert session.half_days.get().pk in queries.standing_countersignatures(session.pk)


def test_people_in_the_room_sign_by_the_code_on_the_screen(
    cast: Cast, now: MovableClock, visit: Callable[..., Visitor]
) -> None:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    ana, _bo = enrol(cast, session, "Ana", "Bo")
    now.move_to(DURING)
    screen = visit(cast.noor.user)
    screen.go(f"/sessions/{session.ref}/signing/")
    screen.follow("Show the code")
    code = screen.page.locator(".poster-do").inner_text()

    phone = visit(None)
    phone.go("/here/")
    phone.page.locator("[name=code]").fill(code.lower())
    phone.press("Go on")
    phone.press(phone.page.locator("main .names a").first)
    draw(phone)
    phone.press("Sign")
    assert Signature.objects.get().enrolment_id == ana.pk
    screen.page.locator("#signing-code strong", has_text=re.compile("^1 ")).wait_for()

    phone.go("/here/AAAAAA/")
    phone.sees("This code is not on a screen now: it changes every 20 seconds. Take the new one.")
