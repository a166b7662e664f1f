"""A preview is what leaves: compared with the real thing."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cordee.kernel.actor import COMMAND
from cordee.kernel.tokens import hidden
from cordee.mail.models import Message
from cordee.notifications import queries, reminders
from cordee.notifications.mails import MAILS, Mail, Purpose
from cordee.notifications.preview import preview
from cordee.organisation.queries import the_organisation
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.steps import enrol, plan


@pytest.fixture
def session(cast: Cast, settle: Callable[[], None], now: MovableClock, settings: Any) -> Session:
    """Return a session about which almost everything was written."""
    settings.DEMO = True
    (planned,) = plan(cast, cast.noor, instructions="Badge à l’accueil.", day=date(2027, 1, 18))
    enrol(cast, planned, "Ana")
    settle()
    planning.change_session(
        session_id=planned.pk,
        draft=draft(date(2027, 1, 18), place="Gymnase", instructions="Badge"),
        expected_version=None,
        by=COMMAND,
    )
    settle()
    for moment in ("2027-01-06 12:00", "2027-01-08 12:00", "2027-01-10 12:00", "2027-01-16 12:00"):
        now.move_to(moment)
        reminders.write_due()
        settle()
    planned.refresh_from_db()
    return planned


@pytest.mark.parametrize(
    "purpose",
    [
        Purpose.JOINING_CHANGED,
        Purpose.REMINDER,
        Purpose.REMINDER_LAST,
        Purpose.STAFFING_REMINDER,
        Purpose.STAFFING_UNANSWERED,
        Purpose.STAFFING_CHANGED,
        Purpose.COORDINATOR_NAMED,
    ],
)
def test_it_is_shown_as_it_leaves(cast: Cast, session: Session, purpose: Mail) -> None:
    left = Message.objects.filter(purpose=purpose, mission_id=cast.mission.pk).order_by("-pk")[0]
    shown = preview(
        purpose,
        words=queries.words(purpose, "fr"),
        language="fr",
        session=session,
        organisation=the_organisation(),
        viewer=cast.olga,
    )
    assert shown.subject == left.subject
    assert without_button(shown.text) == without_button(without_before(hidden(left.text)))
    assert "SECRET" not in shown.html
    assert "TOKEN" not in shown.html


def without_before(text: str) -> str:
    """What stood before a change is known of real ones alone."""
    return re.sub(r"[^\n]+\n→ ", "", text)


def without_button(text: str) -> str:
    """Participants have no page of their own here yet: their button is left out of the comparison."""
    return "\n\n".join(part for part in text.split("\n\n") if "/…/" not in part)


def test_everything_can_be_shown_before_anything_was_written(cast: Cast) -> None:
    (session,) = plan(cast)
    for purpose in MAILS.values():
        for language in queries.LANGUAGES:
            letter = preview(
                purpose,
                words=queries.words(purpose, language),
                language=language,
                session=session,
                organisation=the_organisation(),
                viewer=cast.olga,
            )
            assert "{" not in letter.subject + letter.text
            assert letter.html
