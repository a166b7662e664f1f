"""Pages that go on without network: what a device may keep, and how what waited there is answered."""

import re
from datetime import timedelta
from time import time
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from cordee.attendance import queries
from cordee.attendance.models import BelatedSignature, HalfDayRecord, Signature
from cordee.enrolment.models import Enrolment
from cordee.enrolment.states import PARTICIPANT_LINK
from cordee.kernel import clock
from cordee.links import actions as links
from cordee.links.queries import token
from cordee.web.coordination.presence_grid import cell_name
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import AFTER, DURING, confirm, enrol, plan

pytestmark = pytest.mark.django_db
KEPT = {"HTTP_CORDEE_KEPT": "1"}


@pytest.fixture
def told(cast: Cast, now: MovableClock) -> Any:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    ana, bo = enrol(cast, session, "Ana", "Bo")
    until = clock.now() + timedelta(days=90)
    link = links.give(purpose=PARTICIPANT_LINK, subject_id=ana.pk, to=ana.participant.email, until=until)
    now.move_to(DURING)
    return session, ana, bo, f"/p/{token(link)}/"


@pytest.fixture
def noor(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.noor.user)
    return client


def signature(**fields: Any) -> dict[str, Any]:
    at = int(clock.now().timestamp() * 1000)
    return {"form_token": uuid4(), "typed_name": "Ana N", "strokes": "", "device_at": at} | fields


def test_what_is_done_in_the_room_may_be_kept_for_its_owner(told: Any, noor: Client) -> None:
    session, ana, _bo, own = told
    pages = (
        "/my/today/",
        f"/sessions/{session.ref}/signing/",
        f"/sessions/{session.ref}/signing/1/{ana.pk}/",
        f"/sessions/{session.ref}/signing/1/countersign/",
        f"/sessions/{session.ref}/presence/",
    )
    kept = {noor.get(path)["Cordee-Keep"] for path in pages}
    assert len(kept) == 1, "one owner, one key"
    guests = {Client().get(path)["Cordee-Keep"] for path in (own, f"{own}sign/1/")}
    assert len(guests) == 1
    assert kept != guests


def test_other_pages_are_not_kept(told: Any, noor: Client) -> None:
    session, _ana, _bo, _own = told
    assert not noor.get(f"/sessions/{session.ref}/").has_header("Cordee-Keep")
    assert not Client().get("/account/login/").has_header("Cordee-Keep")
    assert not Client().get("/my/today/").has_header("Cordee-Keep"), "nobody is logged in"


def test_accounts_have_keys_of_their_own(told: Any, noor: Client, cast: Cast) -> None:
    other = Client()
    other.force_login(cast.elodie.user)
    assert noor.get("/my/today/")["Cordee-Keep"] != other.get("/my/today/")["Cordee-Keep"]


def test_what_waited_is_answered_so_that_no_page_is_taken_for_it(told: Any) -> None:
    _session, ana, _bo, own = told
    form = signature()
    answers = [Client().post(f"{own}sign/1/", form, **KEPT) for _ in range(2)]
    assert [(a.status_code, a.has_header("Cordee-Done")) for a in answers] == [(204, True)] * 2
    assert Signature.objects.get().enrolment_id == ana.pk


def test_what_waited_too_long_is_a_question(told: Any, now: MovableClock, noor: Client) -> None:
    session, ana, _bo, own = told
    form = signature()
    now.move_to(AFTER)
    assert Client().post(f"{own}sign/1/", form).status_code == 422, "sent by hand it is too late"
    assert Client().post(f"{own}sign/1/", form, **KEPT).status_code == 204
    belated = BelatedSignature.objects.get()

    page = f"/sessions/{session.ref}/signing/"
    assert "Ana N" in _question(noor.get(page))
    answer = noor.post(f"{page}belated/{belated.pk}/", {"form_token": uuid4(), "counts": "yes"})
    assert answer.status_code == 302
    assert Signature.objects.get().enrolment_id == ana.pk
    assert not _question(noor.get(page))


def test_who_came_late_and_found_no_network_is_late_once_it_counts(
    told: Any, now: MovableClock, noor: Client
) -> None:
    session, ana, _bo, own = told
    form = signature(arrived="09:20")
    now.move_to(AFTER)
    assert Client().post(f"{own}sign/1/", form, **KEPT).status_code == 204
    page = f"/sessions/{session.ref}/signing/"
    assert re.search(r"9\sh\s20", _question(noor.get(page))), "who decides is told"
    belated = BelatedSignature.objects.get()
    noor.post(f"{page}belated/{belated.pk}/", {"form_token": uuid4(), "counts": "yes"})
    (stay,) = queries.stays(session.pk).values()
    assert stay.arrived_at == belated.came_at
    assert queries.grid(session.pk)[ana.pk, session.half_days.get().pk] == "late"


def test_the_phone_handed_round_without_network_says_why_it_is_late_by_itself(
    told: Any, now: MovableClock, noor: Client
) -> None:
    session, ana, bo, _own = told
    form, typed_there = signature(), signature(arrived="09:20", late_because="Téléphone éteint")
    now.move_to(AFTER)
    typed_there["device_at"] = int(clock.now().timestamp() * 1000)
    page = f"/sessions/{session.ref}/signing/1"
    assert noor.post(f"{page}/{ana.pk}/", form).status_code == 422, "sent by hand it says why"
    assert noor.post(f"{page}/{ana.pk}/", form, **KEPT).status_code == 204
    assert noor.post(f"{page}/{bo.pk}/", typed_there, **KEPT).status_code == 204
    late = {s.enrolment_id: s.late_because for s in Signature.objects.all()}
    assert late[ana.pk]
    assert late[bo.pk] == "Téléphone éteint"
    assert [key[0] for key, stay in queries.stays(session.pk).items() if stay.arrived_at] == [bo.pk], (
        "and when they came, on this phone too"
    )


def _question(response: HttpResponse) -> str:
    text = response.content.decode()
    return text.split('<section class="panel late"')[1].split("</section>")[0] if "belated/" in text else ""


def test_only_who_runs_the_session_decides(told: Any, now: MovableClock, cast: Cast) -> None:
    session, _ana, _bo, own = told
    form = signature()
    now.move_to(AFTER)
    Client().post(f"{own}sign/1/", form, **KEPT)
    belated = BelatedSignature.objects.get()
    other = Client()
    other.force_login(cast.elodie.user)
    path = f"/sessions/{session.ref}/signing/belated/{belated.pk}/"
    assert other.post(path, {"form_token": uuid4(), "counts": "yes"}).status_code == 404
    assert not hasattr(BelatedSignature.objects.get(), "decision")


def test_the_pass_of_the_room_that_ran_out_makes_it_a_question(
    told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, ana, _bo, _own = told
    visitor = Client()
    room = visitor.get(f"/here/{queries.code_shown(session.pk)}/")["Location"]
    form = signature()
    later = time() + 11 * 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    path = f"{room}1/{ana.pk}/"
    assert visitor.post(path, form).status_code == 410
    assert visitor.post(path, form, **KEPT).status_code == 204
    assert BelatedSignature.objects.get().enrolment_id == ana.pk
    assert not Signature.objects.exists()


def test_presence_that_waited_is_recorded_once(told: Any, noor: Client) -> None:
    session, ana, bo, _own = told
    half_day = session.half_days.get()
    marks = {cell_name(person.pk, half_day.pk): "present" for person in (ana, bo)}
    form = {"form_token": uuid4(), f"seen-{half_day.pk}": ""} | marks
    for _ in range(2):
        assert noor.post(f"/sessions/{session.ref}/presence/", form, **KEPT).status_code == 204
    assert HalfDayRecord.objects.get().present == 2


def test_a_walk_in_that_waited_comes_once(told: Any, noor: Client) -> None:
    session, _ana, _bo, _own = told
    form = {"form_token": uuid4(), "first_name": "Cléo", "last_name": "Do"}
    for _ in range(2):
        assert noor.post(f"/sessions/{session.ref}/walk-in/", form, **KEPT).status_code == 204
    assert Enrolment.objects.filter(participant__first_name="Cléo").count() == 1


def test_a_refusal_is_no_answer_to_forget_by(told: Any, noor: Client) -> None:
    session, _ana, _bo, _own = told
    answer = noor.post(f"/sessions/{session.ref}/signing/1/countersign/", signature(), **KEPT)
    assert answer.status_code == 422
    assert not answer.has_header("Cordee-Done")


def test_the_worker_is_served_from_the_root_and_looked_at_each_time() -> None:
    answer = Client().get("/worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert Client().get("/without-network/").status_code == 200
