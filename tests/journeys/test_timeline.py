"""What repeats in the timeline is one line, which opens to show each with its time."""

from collections.abc import Callable

import pytest
from django.utils import translation
from playwright.sync_api import expect

from cordee.enrolment.facts import ParticipantsEnrolled
from cordee.web.coordination.timeline import lists
from cordee.web.coordination.timeline.names import Names
from tests.cast import Cast
from tests.journeys.conftest import Letterbox, Visitor
from tests.steps import confirm, enrol, plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_what_repeats_is_folded_and_opens(
    cast: Cast, visit: Callable[..., Visitor], letterbox: Letterbox, settle: Callable[[], None]
) -> None:
    first, second = plan(cast, cast.noor, cast.elodie, count=2)
    enrol(cast, first, "Ana")
    confirm(cast, first, cast.noor)
    enrol(cast, first, "Ben", "Cleo")
    confirm(cast, second, cast.elodie)
    enrol(cast, first, "Driss")
    settle()
    told = ParticipantsEnrolled(session_id=first.pk, enrolment_ids=[1, 2, 3, 4])
    camille = visit(cast.camille.user)
    for path in (f"/missions/{cast.mission.ref}/", f"/sessions/{first.ref}/"):
        camille.go(path)
        timeline = camille.page.locator("#timeline")
        with translation.override("fr"):
            enrolled = lists.several_enrolled([told], Names(sessions={first.pk: first}))
        line = timeline.locator(".timeline > li", has_text=enrolled).first
        expect(line.locator("> p")).to_contain_text(cast.camille.full_name)
        each = line.locator("details li")
        expect(each).to_have_count(3)
        expect(each.first).not_to_be_visible()
        line.locator("summary").focus()
        camille.page.keyboard.press("Enter")
        expect(each.first).to_be_visible()
        camille.look()
