"""A sheet from the room to quality and back, at desk and phone size."""

from collections.abc import Callable
from typing import Any

import pytest

from cordee.conformity import queries
from tests.cast import Cast
from tests.conformity.sheets import sign_all
from tests.conftest import MovableClock
from tests.journeys.conftest import Visitor, words
from tests.steps import enrol, plan, request_fees

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_refused_put_right_and_accepted(
    cast: Cast, now: MovableClock, settle: Any, visit: Callable[..., Visitor]
) -> None:
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    sign_all(cast, now, session, cast.noor)
    settle()
    request_fees(cast)

    quality = visit(cast.quitterie)
    quality.go("/sheets/")
    quality.follow("Begin with the first")
    quality.sees("Nothing is missing and nothing is wrong.")
    quality.press("Refuse")
    quality.sees("Choose at least one reason.")
    quality.page.get_by_label(words("Signatures look copied")).check()
    quality.press("Refuse")
    assert queries.review_of(session.pk).state == "refused"
    quality.go(f"/sheets/{session.ref}/")

    camille = visit(cast.camille.user)
    camille.go(f"/missions/{cast.mission.ref}/fees/")
    camille.reads("Paiement retenu depuis")
    camille.go(f"/sessions/{session.ref}/")
    camille.reads("La qualité a refusé la feuille : des signatures semblent copiées.")
    camille.follow("Submit the sheet")
    camille.press("Submit the sheet")
    camille.sees("quality looks at it")

    quality.go("/sheets/")
    quality.follow("Begin with the first")
    quality.press("Accept")
    quality.sees("No sheet waits for you")
    assert queries.review_of(session.pk).state == "accepted"
