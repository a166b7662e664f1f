"""The certificate on the participant's own page, and the public page that confirms it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState
from cordee.certificates.models import Certificate
from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as lists
from cordee.enrolment.states import PARTICIPANT_LINK
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.links import actions as links
from cordee.links.models import PersonalLink
from cordee.links.queries import token
from cordee.planning.models import Session
from tests.cast import Cast
from tests.certificates.stories import Settle, certified, of, record
from tests.conftest import MovableClock
from tests.steps import AFTER, ask_client


@pytest.fixture
def session(cast: Cast, now: MovableClock, settle: Settle) -> Session:
    return certified(cast, now, settle, "Ana", "Bo")


def own_page(certificate: Certificate) -> str:
    """Return the secret part of somebody's own page."""
    link = links.give(
        purpose=PARTICIPANT_LINK,
        subject_id=certificate.enrolment_id or 0,
        to=certificate.participant.email,
        until=clock.now() + timedelta(days=1),
    )
    return token(link)


def confirmation(code: str) -> Any:
    return Client().get(reverse("certificate_confirmed", args=[code]))


def test_the_own_page_gives_the_certificate_that_stands(session: Session, cast: Cast, settle: Settle) -> None:
    key = own_page(of("Ana")[0])
    address = reverse("participant_certificate", args=[key])
    page = reverse("participant", args=[key])
    assert address in Client().get(page).text
    assert Client().get(address)["Content-Type"] == "application/pdf"
    record(cast, session, Ana=PresenceState.ABSENT)
    settle()
    assert address not in Client().get(page).text
    assert Client().get(address).status_code == 404


def test_who_has_the_code_reads_what_is_printed_and_nothing_else(session: Session) -> None:
    ana, bo = of("Ana")[0], of("Bo")[0]
    answer = confirmation(ana.code)
    assert answer.status_code == 200
    for words in ("est valable", ana.number, "Ana N", session.title, "14 janvier 2027", "3\u00a0h"):
        assert words in answer.text, words
    for words in (ana.participant.email, "Bo N", bo.number, ana.mission.ref, "Hôtel de ville"):
        assert words not in answer.text, words


def test_an_earlier_one_is_shown_as_replaced_and_does_not_name_its_successor(
    session: Session, cast: Cast, settle: Settle
) -> None:
    half_day = session.half_days.get()
    attendance.tell_times(
        half_day_id=half_day.pk,
        enrolment_id=of("Ana")[0].enrolment_id or 0,
        arrived_at=None,
        left_at=half_day.starts_at + timedelta(minutes=90),
        by=cast.actor(cast.noor),
    )
    record(cast, session, Bo=PresenceState.ABSENT)
    settle()
    before, after = of("Ana")
    answer = confirmation(before.code)
    assert "remplacé" in answer.text
    assert after.number not in answer.text
    assert "révoqué" in confirmation(of("Bo")[0].code).text
    assert "est valable" in confirmation(after.code).text


def plain(answer: Any) -> str:
    """Return a page without what differs at every visit."""
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"|X-CSRFToken": "[^"]*"', "", answer.text)


def test_numbers_and_wrong_codes_all_get_the_same_answer(session: Session) -> None:
    ana = of("Ana")[0]
    wrong = (ana.number, str(ana.pk), ana.code[:-1], ana.code.swapcase(), "x" * 24, "x" * 2000)
    answers = [confirmation(code) for code in wrong]
    assert {answer.status_code for answer in answers} == {404}
    texts = {plain(a).replace(f"/v/{code}/", "") for a, code in zip(answers, wrong, strict=True)}
    assert len(texts) == 1


def test_guessing_ends_after_some_tries(session: Session) -> None:
    cache.clear()
    codes = [confirmation(f"wrong{n}").status_code for n in range(32)]
    assert codes[:30] == [404] * 30
    assert codes[30:] == [429] * 2
    cache.clear()


def test_confirming_is_one_query_more_than_any_page(session: Session) -> None:
    with CaptureQueriesContext(connection) as queries:
        confirmation(of("Ana")[0].code)
    certificates = [q for q in queries.captured_queries if "certificates_certificate" in q["sql"]]
    assert len(certificates) == 2, "one is the test's own"


def test_the_client_s_contact_finds_them_also_once_names_are_over(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    now.move_to("2027-01-05 09:00")
    invitation = asked(cast)
    now.move_to(AFTER)
    names, page, file = (
        reverse(name, args=[invitation, *more])
        for name, more in (
            ("contact_lists", ()),
            ("contact_certificates", ()),
            ("contact_certificates_file", ("participation",)),
        )
    )
    assert page in Client().get(names, follow=True).text
    now.move_to("2027-03-01 09:00")
    over = Client().get(names)
    assert (over.status_code, page in over.text) == (410, True)
    assert file in Client().get(page).text
    assert Client().get(file)["Content-Type"] == "application/pdf"
    none = reverse("contact_certificates_file", args=[invitation, "realisation"])
    assert Client().get(none).status_code == 404
    enrolment.revoke_link(invitation_id=lists.asked(cast.mission.pk)[0].invitation.pk, by=COMMAND)
    assert {Client().get(address).status_code for address in (page, file)} == {410}


def asked(cast: Cast) -> str:
    """Ask the client's contact for names; return the secret part of their link."""
    link_id = ask_client(cast).link_id
    return token(PersonalLink.objects.get(pk=link_id))
