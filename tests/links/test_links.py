"""Personal links: signed, with a purpose and an end, revocable."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.signing import Signer

from cordee.kernel import clock
from cordee.links import actions
from cordee.links.actions import Holder
from cordee.links.models import PersonalLink
from cordee.links.queries import live_link, live_links, token, was_sent_to
from tests.conftest import MovableClock

pytestmark = pytest.mark.django_db
NINA, OTHER = "nina@valmont.example", "nina@valmont.test"


@pytest.fixture
def link(now: MovableClock) -> PersonalLink:
    return actions.give(purpose="answer", subject_id=5, to=NINA, until=clock.now() + timedelta(days=2))


def test_a_link_opens_the_thing_it_was_given_for(link: PersonalLink) -> None:
    found = live_link(token(link), purpose="answer")
    assert found is not None
    assert found.subject_id == 5


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: "9" + t, lambda t: "", lambda t: ":", lambda t: t.swapcase()]
)
def test_a_tampered_link_opens_nothing(link: PersonalLink, spoil: object) -> None:
    assert live_link(spoil(token(link)), purpose="answer") is None  # type: ignore[operator]


def test_a_signature_made_for_something_else_opens_nothing(link: PersonalLink) -> None:
    assert live_link(Signer(salt="other").sign(str(link.pk)), purpose="answer") is None
    assert live_link(Signer(salt="cordee.links").sign("x"), purpose="answer") is None


def test_a_link_serves_its_purpose_only(link: PersonalLink) -> None:
    assert live_link(token(link), purpose="sign") is None


def test_a_link_ends(link: PersonalLink, now: MovableClock) -> None:
    now.at += timedelta(days=2, seconds=-1)
    assert live_link(token(link), purpose="answer")
    now.at += timedelta(seconds=1)
    assert live_link(token(link), purpose="answer") is None


def test_a_revoked_link_opens_nothing_and_a_new_one_does(link: PersonalLink) -> None:
    actions.revoke(purpose="answer", subject_id=6)
    assert live_link(token(link), purpose="answer")
    actions.revoke(purpose="answer", subject_id=5)
    assert live_link(token(link), purpose="answer") is None
    other = actions.give(purpose="answer", subject_id=5, to=NINA, until=clock.now() + timedelta(days=1))
    assert token(other) != token(link)
    assert live_link(token(other), purpose="answer") == other


def test_the_same_link_is_given_as_long_as_it_lives_and_may_be_prolonged(
    link: PersonalLink, now: MovableClock
) -> None:
    later = clock.now() + timedelta(days=9)
    assert actions.give(purpose="answer", subject_id=5, to=NINA, until=later).pk == link.pk
    now.at += timedelta(days=8)
    assert live_link(token(link), purpose="answer")
    now.at += timedelta(days=2)
    fresh = actions.give(purpose="answer", subject_id=5, to=NINA, until=now.at + timedelta(days=1))
    assert fresh.pk != link.pk


def test_it_is_known_when_a_link_was_used(link: PersonalLink, now: MovableClock) -> None:
    assert link.last_used_at is None
    actions.note_use(link)
    link.refresh_from_db()
    assert link.last_used_at == now.at


def test_many_links_are_given_at_once_each_until_its_own_end(
    now: MovableClock, django_assert_num_queries: Any
) -> None:
    soon, later = (clock.now() + timedelta(days=days) for days in (1, 9))
    kept = actions.give(purpose="answer", subject_id=1, to=NINA, until=soon)
    holder = Holder(NINA, later)
    with django_assert_num_queries(3):
        actions.give_many(purpose="answer", holders=dict.fromkeys(range(1, 4), holder))
    with django_assert_num_queries(2):
        found = actions.give_many(purpose="answer", holders=dict.fromkeys(range(1, 301), holder))
    assert found[1].pk == kept.pk
    assert PersonalLink.objects.count() == len(found) == 300
    assert {link.expires_at for link in PersonalLink.objects.all()} == {later}


def test_a_link_belongs_to_the_address_it_was_sent_to(link: PersonalLink) -> None:
    assert was_sent_to(link, "Nina@Valmont.example")
    assert not was_sent_to(link, OTHER)
    assert not was_sent_to(PersonalLink(purpose="answer", subject_id=5), "")  # nobody knows to whom it went


def test_another_address_gets_a_link_of_its_own(link: PersonalLink) -> None:
    until = clock.now() + timedelta(days=2)
    other = actions.give(purpose="answer", subject_id=5, to=OTHER, until=until)
    assert other.pk != link.pk
    assert live_links(purpose="answer", addresses={5: OTHER}) == {5: other}
    assert live_links(purpose="answer", addresses={5: NINA}) == {5: link}
    assert live_links(purpose="answer", addresses={5: "nobody@valmont.example"}) == {}
