"""Complaints at the same moment: no more through a link than a day allows; no word leaves that has become secret."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection

from cordee.enrolment.models import Enrolment
from cordee.journal import actions as journal
from cordee.journal.models import Entry
from cordee.kernel.actor import Actor, ActorKind
from cordee.mail.models import Message
from cordee.mail.states import MessageState
from cordee.notifications import compose
from cordee.quality import actions
from cordee.quality.models import Complaint
from cordee.quality.rules import ComplaintDraft, Raiser
from cordee.quality.states import MOST_A_DAY, ComplaintKind, Direction
from tests.cast import Cast
from tests.races.conftest import Together
from tests.steps import enrol, plan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

LINK = Actor(ActorKind.LINK, link_id=1)
DRAFT = ComplaintDraft(kind=ComplaintKind.COMPLAINT, words="La salle était fermée.")


def raised(ana: Enrolment) -> Complaint:
    raiser = Raiser(enrolment_id=ana.pk)
    return actions.receive(draft=DRAFT, raiser=raiser, session_id=ana.session_id, by=LINK)


def test_posts_in_parallel_do_not_overtake_the_limit_of_a_day(cast: Cast, together: Together) -> None:
    (session,) = plan(cast, cast.noor)
    (ana,) = enrol(cast, session, "Ana")
    for _ in range(MOST_A_DAY - 1):
        raised(ana)
    outcomes = together(*[lambda: raised(ana).pk] * 5)
    assert outcomes.count(["too_many_today"]) == 4
    assert Complaint.objects.count() == MOST_A_DAY


def test_an_answer_that_is_being_mailed_keeps_its_words_once_the_complaint_is_confidential(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow worker has read that it is not confidential; it is made so before the mail is written."""
    (session,) = plan(cast, cast.noor)
    (ana,) = enrol(cast, session, "Ana")
    complaint, quality = raised(ana), cast.actor(cast.quitterie)
    actions.take(complaint_id=complaint.pk, by=quality)
    journal.deliver_due()
    actions.add(complaint_id=complaint.pk, direction=Direction.TO_THEM, words="Quand ?", by=quality)
    entry = Entry.objects.get(fact="ComplaintSpokenOf")
    writing, go_on, write = Event(), Event(), compose.write

    def slowly(*args: Any, **kwargs: Any) -> Any:
        writing.set()
        go_on.wait(2)
        return write(*args, **kwargs)

    def on_its_own(act: Any) -> None:
        try:
            act()
        finally:
            connection.close()

    monkeypatch.setattr(compose, "write", slowly)
    with ThreadPoolExecutor(2) as pool:
        mailing = pool.submit(on_its_own, lambda: journal.deliver(entry.pk))
        assert writing.wait(10)
        restricting = pool.submit(on_its_own, lambda: actions.restrict(complaint_id=complaint.pk, by=quality))
        go_on.wait(0.5)
        go_on.set()
        for done in (mailing, restricting):
            done.result(timeout=20)
    waiting = Message.objects.filter(state=MessageState.QUEUED)
    assert not waiting.filter(text__contains="Quand ?").exists(), "it waited, and is taken back"
    journal.deliver_due()
    assert waiting.filter(purpose="confidential_news").count() == 1
