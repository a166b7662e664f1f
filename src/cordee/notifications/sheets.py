"""Which messages must exist about attendance sheets: what is to be put right, and what went back."""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from cordee.accounts import queries as accounts
from cordee.accounts.models import User
from cordee.conformity import queries as conformity
from cordee.conformity.models import CAUSE_LABELS, Decision
from cordee.conformity.states import Cause, SheetState
from cordee.kernel.permissions import Role
from cordee.mail import actions as mail
from cordee.mail import queries as mail_queries
from cordee.mail.actions import Wanted
from cordee.mail.states import About
from cordee.notifications import compose, office
from cordee.notifications.mails import Mail, Purpose
from cordee.planning import queries as planning
from cordee.planning.actions.holding import hold
from cordee.planning.models import Session

SHEET = "sheet"
"""What these messages are about: where the sheet of a session stands."""


@transaction.atomic
def reconcile(session_id: int) -> None:
    """Have those know who must act on a sheet: of a refusal its coordinator and those who ran the session; of one that
    had been accepted and went back, quality. What waits and is no longer true is taken back. Safe to run twice.
    """
    hold([session_id])
    session, review = planning.session(session_id), conformity.review_of(session_id)
    if session is None or review.pk is None:
        return
    decided = conformity.decisions(review)
    wanted: list[Wanted] = []
    if review.state == SheetState.REFUSED:
        wanted = _refused(session, decided[0])
    elif [d.move for d in decided[:2]] == ["send_back", "accept"]:
        wanted = _sent_back(session, decided[0])
    keys = {message.key for message in wanted}
    known = mail_queries.of(SHEET, [review.pk])
    mail.reconcile(wanted, obsolete=[m.key for m in known if m.waits and m.key not in keys])


def _refused(session: Session, decision: Decision) -> list[Wanted]:
    coordinator = session.mission.coordinator
    readers: dict[int, tuple[User, Mail]] = {}
    if coordinator:
        readers[coordinator.user_id] = (coordinator.user, Purpose.SHEET_REFUSED)
    for place in planning.running([session.pk]).get(session.pk, []):
        user = place.facilitator.user
        readers.setdefault(user.pk, (user, Purpose.SHEET_REFUSED_FACILITATOR))
    return [
        message
        for user, purpose in readers.values()
        for message in _letter(
            user, purpose, session, decision, reverse("sheet_review", args=[session.ref]), note=decision.note
        )
    ]


def _sent_back(session: Session, decision: Decision) -> list[Wanted]:
    return [
        message
        for user in accounts.with_role(Role.QUALITY)
        for message in _letter(
            user, Purpose.SHEET_SENT_BACK, session, decision, reverse("sheet", args=[session.ref])
        )
    ]


def _letter(
    user: User, purpose: Mail, session: Session, decision: Decision, path: str, *, note: str = ""
) -> Sequence[Wanted]:
    language = compose.written_in(user.language)
    with translation.override(language):
        why = (
            str(CAUSE_LABELS[Cause(decision.reasons[0])])
            if decision.move == "send_back"
            else conformity.reasons_text(decision.reasons)
        )
    values = {
        "first_name": user.first_name,
        "session": session.title,
        "day": compose.day_label(session, language),
        "client": session.mission.order.client.name,
        "why": why,
        "note": note,
    }
    return office.letter(
        user,
        purpose,
        key=f"{purpose}:{decision.pk}:{user.pk}",
        values=values,
        path=path,
        about=About(SHEET, decision.review_id),
        mission_id=session.mission_id,
        session_id=session.pk,
    )
