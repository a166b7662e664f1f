"""Links that were given before they knew to what address they had been sent learn it: that of whom they are for."""

from datetime import timedelta
from typing import Any

import pytest

from cordee.enrolment.models import Enrolment, ListInvitation
from cordee.enrolment.states import LIST_LINK, PARTICIPANT_LINK
from cordee.kernel import clock
from cordee.links.models import PersonalLink
from cordee.links.queries import was_sent_to
from cordee.notifications.staff import ANSWER_LINK
from cordee.planning.models import Assignment
from cordee.registration.models import Registration
from cordee.registration.states import REGISTRATION_LINK
from tests.architecture.world import World, build
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.migrating import before


@pytest.fixture
def world(transactional_db: None, cast: Cast, now: MovableClock, settle: Any) -> World:
    return build(cast, now, settle)


def addresses(cast: Cast) -> dict[str, tuple[int, str]]:
    """Return somebody of each kind to whom links are sent: the number of what the link is for, and their address."""
    ana = Enrolment.objects.select_related("participant").get(participant__first_name="Ana")
    asked = ListInvitation.objects.select_related("contact").get()
    bo = Registration.objects.get()
    place = Assignment.objects.filter(facilitator=cast.noor).order_by("pk")[0]
    return {
        PARTICIPANT_LINK: (ana.pk, ana.participant.email),
        LIST_LINK: (asked.pk, asked.contact.email),
        REGISTRATION_LINK: (bo.pk, bo.email),
        ANSWER_LINK: (place.pk, cast.noor.user.email.upper()),
    }


@pytest.mark.django_db(transaction=True)
def test_each_link_learns_its_address(world: World, cast: Cast) -> None:
    known = addresses(cast)
    now = clock.now()
    with before("notifications", "0001_words_and_rules") as apps:
        links = apps.get_model("links", "PersonalLink").objects
        links.all().delete()

        def give(purpose: str, subject_id: int, **changes: Any) -> int:
            ends = now + timedelta(days=3)
            link = links.create(
                purpose=purpose, subject_id=subject_id, created_at=now, expires_at=ends, **changes
            )
            return int(link.pk)

        given = {purpose: give(purpose, subject_id) for purpose, (subject_id, _email) in known.items()}
        ended = give(PARTICIPANT_LINK, known[PARTICIPANT_LINK][0], revoked_at=now)
        lost = give(PARTICIPANT_LINK, 999_999)
    links_now = PersonalLink.objects.in_bulk()
    wrong = [
        purpose
        for purpose, (_id, email) in known.items()
        if not was_sent_to(links_now[given[purpose]], email)
    ]
    assert wrong == []
    assert links_now[ended].sent_to == "", "what opens nothing any more needs none"
    assert was_sent_to(links_now[lost], ""), "nobody is known: it opens for no address"
