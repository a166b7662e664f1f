"""Quality's queue: what waits, all the evidence, accepting and refusing."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.accounts.models import User
from cordee.conformity import actions, queries
from cordee.conformity.states import Reason
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conformity.sheets import countersign, everybody_is_here, people_sign, sign_all
from tests.conftest import MovableClock
from tests.forms import Form, forms_of
from tests.steps import AFTER, DURING, confirm, enrol, hold, plan, request_fees


@pytest.fixture
def session(cast: Cast, now: MovableClock, settle: Any) -> Session:
    """Return a session that is fully signed, with quality."""
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    sign_all(cast, now, session, cast.noor)
    settle()
    User.objects.update(language="en")
    return session


def seat(who: Any) -> Client:
    client = Client()
    client.force_login(getattr(who, "user", who))
    return client


def at(session: Session, name: str = "sheet") -> str:
    return reverse(name, args=[session.ref])


def form_for(client: Client, session: Session, name: str) -> Form:
    address = at(session, name)
    return next(f for f in forms_of(client.get(at(session)).text, at(session)) if f.action == address)


def decide(client: Client, form: Form, **typed: Any) -> Any:
    return client.post(form.action, {**form.sent(), **typed})


def test_the_list_counts_filters_and_says_what_is_late(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    quality = seat(cast.quitterie)
    page = quality.get(reverse("sheets")).text
    assert session.title in page
    assert "fully signed" in page
    assert "19 Jan" in page, "five days after it came"
    assert "1 is late" not in page
    assert re.search(r"To look at\s*<b[^>]*>1</b>", page)
    now.move_to("2027-01-20 09:00")
    assert "1 is late" in quality.get(reverse("sheets")).text
    assert session.ref not in quality.get(reverse("sheets") + "?status=refused").text
    assert session.ref in quality.get(reverse("sheets") + "?status=all").text


def test_the_sheet_shows_what_was_drawn_and_all_that_shows_whose_it_is(cast: Cast, session: Session) -> None:
    page = seat(cast.quitterie).get(at(session)).text
    drawn = re.findall(r'<svg class="ink".*?</svg>', page, re.DOTALL)
    assert [picture.count("<path") for picture in drawn] == [2, 2, 2], "two strokes each"
    for words in ("Ana N", "Bo N", "Noor van den Berg", "2027-01-14 09:00:00 UTC", "SHA-256", "version 2"):
        assert words in page
    assert len(re.findall(r"\b[0-9a-f]{64}\b", page)) == 3


@pytest.mark.parametrize("who", ["camille", "noor", "olga", "farid", "ada"])
def test_evidence_is_for_quality_and_auditors_alone(cast: Cast, session: Session, who: str) -> None:
    assert seat(getattr(cast, who)).get(at(session)).status_code == 403
    assert seat(getattr(cast, who)).get(reverse("sheets")).status_code == 403


def test_accepted_the_next_one_is_opened(
    cast: Cast, session: Session, now: MovableClock, settle: Any
) -> None:
    now.move_to("2027-01-04 12:00")
    (second,) = plan(cast, cast.elodie)
    enrol(cast, second, "Cyd")
    sign_all(cast, now, second, cast.elodie)
    settle()
    quality = seat(cast.quitterie)
    assert f'href="{at(second)}"' in quality.get(at(session)).text
    answer = decide(quality, form_for(quality, session, "accept_sheet"))
    assert answer["Location"] == at(second)
    assert queries.review_of(session.pk).state == "accepted"
    answer = decide(quality, form_for(quality, second, "accept_sheet"))
    assert answer["Location"] == reverse("sheets"), "nothing waits any more"


def test_refused_for_several_reasons(cast: Cast, session: Session) -> None:
    quality = seat(cast.quitterie)
    form = form_for(quality, session, "refuse_sheet")
    answer = decide(quality, form, **{"refuse-note": "Page 2"})
    assert answer.status_code == 422
    assert answer.text.count("Choose at least one reason.") == 2, "in the summary, and at the field"
    assert "Reasons</a>: Choose" in answer.text
    assert re.search(r"<legend>\s*Reasons\s*</legend>", answer.text), "not called optional"
    assert "Page 2" in answer.text, "what was typed stays"
    form = form_for(quality, session, "refuse_sheet")
    decide(quality, form, **{"refuse-reasons": ["copied", "unreadable"], "refuse-note": "Page 2"})
    review = queries.review_of(session.pk)
    assert review.state == "refused"
    assert (queries.decisions(review)[0].reasons, queries.decisions(review)[0].note) == (
        ["copied", "unreadable"],
        "Page 2",
    )


def test_of_two_who_decide_the_second_is_told(cast: Cast, session: Session) -> None:
    quality = seat(cast.quitterie)
    first, second = (form_for(quality, session, name) for name in ("accept_sheet", "refuse_sheet"))
    decide(quality, first)
    answer = decide(quality, second, **{"refuse-reasons": ["copied"], "refuse-note": "Ligne 2"})
    assert answer.status_code == 422
    assert "has changed since the page was loaded" in answer.text
    assert "Ligne 2" in answer.text
    assert queries.review_of(session.pk).state == "accepted"


def test_auditors_read_and_decide_nothing(cast: Cast, session: Session) -> None:
    cast.olga.roles = ["auditor"]
    cast.olga.save()
    auditor = seat(cast.olga)
    assert auditor.get(at(session)).status_code == 200
    assert at(session, "accept_sheet") not in auditor.get(at(session)).text
    assert auditor.post(at(session, "accept_sheet")).status_code == 403


def test_a_sheet_of_fourteen_costs_as_many_queries_as_one_of_two(
    cast: Cast, session: Session, now: MovableClock, settle: Any
) -> None:
    now.move_to("2027-01-04 12:00")
    (large,) = plan(cast, cast.elodie)
    enrol(cast, large, *(f"P{i}" for i in range(14)))
    confirm(cast, large, cast.elodie)
    now.move_to(DURING)
    people_sign(large)
    everybody_is_here(cast, large)
    now.move_to(AFTER)
    countersign(cast, large, cast.elodie)
    settle()
    quality = seat(cast.quitterie)
    costs = []
    for each in (session, large):
        quality.get(at(each))
        with CaptureQueriesContext(connection) as asked:
            quality.get(at(each))
        costs.append(len(asked))
    assert costs[1] == costs[0] <= 17


# --- what is held, wherever the fee is shown ----------------------------------------------------------
def test_the_hold_is_told_wherever_the_fee_is_shown(cast: Cast, session: Session, now: MovableClock) -> None:
    request = request_fees(cast)
    pages = {
        cast.camille: reverse("mission_fees", args=[cast.mission.ref]),
        cast.noor: reverse("my_fees"),
        cast.farid: reverse("fee_request", args=[request.ref]),
    }
    for who, address in pages.items():
        assert "Payment held" not in seat(who).get(address).text, "fully signed, nothing holds it"
    assert "sheet conform</a>" in seat(cast.noor).get(reverse("my_fees")).text
    actions.refuse(session_id=session.pk, reasons=[Reason.COPIED], by=cast.actor(cast.quitterie))
    for who, address in pages.items():
        told = seat(who).get(address).text
        assert "Payment held since" in told, address
        assert "Quality refused the attendance sheet: signatures look copied." in told
        assert at(session, "sheet_review") in told
    assert "sheet not conform yet</a>" in seat(cast.noor).get(reverse("my_fees")).text


def test_fees_are_asked_for_before_the_sheet_is_there(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast, cast.noor)
    hold(cast, now, session)
    request = request_fees(cast)
    told = seat(cast.farid).get(reverse("fee_request", args=[request.ref]))
    assert told.status_code == 200
    assert at(session, "sheet_review") in told.text
