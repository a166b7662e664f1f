"""A form is carried out once, however often it is submitted."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError

from cordee.clients.models import ClientOrganisation
from cordee.kernel.refusals import Blocker, Refused
from cordee.submissions import actions, tasks
from cordee.submissions.models import Submission
from tests.conftest import MovableClock

pytestmark = pytest.mark.django_db


class Form:
    """Something that can be submitted."""

    def __init__(self) -> None:
        self.done = 0
        self.refusing = False

    def __call__(self) -> str:
        ClientOrganisation.objects.create(name="X", sector="company")
        if self.refusing:
            raise Refused([Blocker("no", "no")])
        self.done += 1
        return f"/thing/{self.done}/"


def submit(token: UUID, form: Form, user_id: int | None = 1) -> str:
    return actions.once(token, user_id=user_id, do=form)


def test_a_double_click_does_one_thing_and_goes_to_the_same_place() -> None:
    token, form = uuid4(), Form()
    assert [submit(token, form), submit(token, form)] == ["/thing/1/", "/thing/1/"]
    assert (form.done, ClientOrganisation.objects.count()) == (1, 1)


def test_what_is_refused_leaves_nothing_and_may_be_submitted_again() -> None:
    token, form = uuid4(), Form()
    form.refusing = True
    with pytest.raises(Refused):
        submit(token, form)
    assert (ClientOrganisation.objects.count(), Submission.objects.count()) == (0, 0)
    form.refusing = False
    assert submit(token, form) == "/thing/1/"


def test_two_forms_are_two_things() -> None:
    form = Form()
    assert submit(uuid4(), form) != submit(uuid4(), form)


def test_somebody_elses_token_tells_nothing() -> None:
    token, form = uuid4(), Form()
    submit(token, form, user_id=1)
    with pytest.raises(IntegrityError):
        submit(token, form, user_id=2)
    assert form.done == 1


def test_visitors_without_account_submit_once_too() -> None:
    token, form = uuid4(), Form()
    assert submit(token, form, user_id=None) == submit(token, form, user_id=None)


def test_a_mistake_in_what_is_done_is_not_taken_for_a_double_click() -> None:
    def twice_the_same_siret() -> str:
        for _ in range(2):
            ClientOrganisation.objects.create(name="X", sector="company", siret="73282932000074")
        return "/"

    with pytest.raises(IntegrityError):
        actions.once(uuid4(), user_id=1, do=twice_the_same_siret)
    assert ClientOrganisation.objects.count() == 0


def test_old_submissions_are_forgotten(now: MovableClock) -> None:
    submit(uuid4(), Form())
    now.at += actions.KEPT_FOR - timedelta(minutes=1)
    tasks.forget_old.call()
    assert Submission.objects.count() == 1
    now.at += timedelta(minutes=2)
    tasks.forget_old.call()
    assert Submission.objects.count() == 0
