"""Signing on a phone: a participant on their own page, the facilitator's phone handed round, the countersignature."""

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
from tests.journeys.conftest import Visitor
from tests.steps import DURING, confirm, enrol, plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def draw(visitor: Visitor) -> None:
    """Draw a flourish in the box, as with a finger."""
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
    visitor.press("Sign")
    visitor.sees("Nothing is signed yet.")
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
