"""An access need, from what is told to what is in place: each sees what is theirs to see."""

from collections.abc import Callable

import pytest

from cordee.accommodation import actions
from cordee.accommodation.models import AccommodationRequest
from cordee.kernel.actor import Actor, ActorKind
from tests.cast import Cast
from tests.journeys.conftest import Letterbox, Visitor
from tests.steps import disability_officer, enrol, plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NEED = "Je suis malentendante."
ADAPTATION = "La placer devant, face à la personne qui parle."


def test_a_need_is_told_adapted_and_in_place(
    cast: Cast, visit: Callable[..., Visitor], letterbox: Letterbox
) -> None:
    (session,) = plan(cast, cast.noor)
    (ana,) = enrol(cast, session, "Ana")
    officer = disability_officer()
    actions.ask(enrolment_id=ana.pk, need=NEED, by=Actor(ActorKind.LINK))

    hanae = visit(officer)
    hanae.settle()
    (mail,) = [m for m in letterbox.to(officer.email) if "adaptation" in m["Subject"]]
    body = mail.get_body(("plain",))
    assert body
    assert NEED not in body.get_content()
    hanae.go("/office/")
    hanae.press(hanae.page.locator("main .todo").get_by_role("link", name="Ana N").first)
    hanae.reads(NEED)
    hanae.page.locator("[name=adaptation]").fill(ADAPTATION)
    hanae.press("Save")
    hanae.press("It is in place")
    hanae.press(hanae.page.get_by_role("link", name="Besoins d’adaptation", exact=True).first)
    assert AccommodationRequest.objects.get().state == "done"

    noor = visit(cast.noor.user)
    noor.go(f"/sessions/{session.ref}/")
    noor.reads(ADAPTATION)
    assert NEED not in noor.page.content()
