"""Which messages must exist for who is asked to improve something, and about what is late in the registers of quality.

Whoever has lost the account, or what it takes to do it, is written to no more: quality is, in their place. Each message
has a key of its own for each day that was set: the worker may stop half-way, or come twice.
"""

from collections.abc import Container, Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse

from cordee.accounts import queries as accounts
from cordee.accounts.models import User
from cordee.kernel import clock
from cordee.kernel.permissions import Role
from cordee.mail import actions as mail
from cordee.mail import queries as mail_queries
from cordee.mail.actions import Wanted
from cordee.mail.states import About
from cordee.notifications import compose, office
from cordee.notifications.mails import Mail, Purpose
from cordee.quality import queries as quality
from cordee.quality.models import Improvement, Risk
from cordee.quality.states import ImprovementState

IMPROVEMENT = "improvement"
RISK = "risk"
"""What these messages are about."""
_AGAIN = 7
"""Days between two reminders of one late improvement."""


@transaction.atomic
def asked(improvement_id: int, *, entry_id: int, by: int | None) -> None:
    """Tell whoever is asked to do it now, unless they planned it themselves; what else waits about it is taken back: it
    is for somebody else, for another day, or is done. Safe to run twice.
    """
    improvement = quality.held_improvement(improvement_id)
    if improvement is None:
        return
    told: list[Wanted] = []
    owner, planned = improvement.owner, improvement.state == ImprovementState.PLANNED
    if planned and owner.pk != by and owner.pk in _ids(quality.owners()):
        key = f"improvement-asked:{improvement_id}:{entry_id}"
        told = _about_improvement(improvement, Purpose.IMPROVEMENT_ASKED, key, [owner])
    keys = {wanted.key for wanted in told}
    known = mail_queries.of(IMPROVEMENT, [improvement_id])
    mail.reconcile(told, obsolete=[m.key for m in known if m.waits and m.key not in keys])


def write_due() -> None:
    """Remind of improvements once their day has gone by, and every seven days from then on; of risks once for each day
    of review; tell quality once when an owner cannot do it any more. Safe to run twice, and to stop half-way.
    """
    today, owners, reviewers = clock.today(), _ids(quality.owners()), _ids(quality.reviewers())
    officers = accounts.with_role(Role.QUALITY) or accounts.with_role(Role.ADMINISTRATOR)
    for found in list(quality.improvements(state=ImprovementState.PLANNED)):
        if found.due_on < today or found.owner_id not in owners:
            _remind(found.pk, today, owners, officers)
    for risk in list(quality.late_risks()):
        _remind_of_risk(risk, [risk.owner] if risk.owner_id in reviewers else officers)


@transaction.atomic
def _remind(improvement_id: int, today: date, owners: Container[int], officers: Sequence[User]) -> None:
    improvement = quality.held_improvement(improvement_id)
    if improvement is None or improvement.state != ImprovementState.PLANNED:
        return
    due_on, left = improvement.due_on, improvement.owner_id not in owners
    told: list[Wanted] = []
    if left:
        key = f"improvement-left:{improvement_id}:{improvement.owner_id}:{due_on:%Y%m%d}"
        told += _about_improvement(improvement, Purpose.IMPROVEMENT_LEFT, key, officers)
    if due_on < today:
        nth = ((today - due_on).days - 1) // _AGAIN
        key = f"improvement-late:{improvement_id}:{due_on:%Y%m%d}:{nth}"
        readers = officers if left else [improvement.owner]
        told += _about_improvement(improvement, Purpose.IMPROVEMENT_LATE, key, readers)
    mail.reconcile(told)


def _remind_of_risk(risk: Risk, readers: Sequence[User]) -> None:
    key = f"risk-due:{risk.pk}:{risk.review_by:%Y%m%d}"
    path, about = reverse("risk", args=[risk.pk]), About(RISK, risk.pk)
    for user in readers:
        due_on = compose.day_words(risk.review_by, compose.written_in(user.language))
        values = {"first_name": user.first_name, "what": risk.what, "due_on": due_on}
        mail.reconcile(
            office.letter(
                user, Purpose.RISK_DUE, key=f"{key}:{user.pk}", values=values, path=path, about=about
            )
        )


def _about_improvement(
    improvement: Improvement, purpose: Mail, key: str, users: Sequence[User]
) -> list[Wanted]:
    path, about = reverse("improvement", args=[improvement.ref]), About(IMPROVEMENT, improvement.pk)
    told: list[Wanted] = []
    for user in users:
        values = {
            "first_name": user.first_name,
            "improvement": improvement.ref,
            "what": improvement.title,
            "owner": improvement.owner.full_name,
            "due_on": compose.day_words(improvement.due_on, compose.written_in(user.language)),
        }
        told += office.letter(user, purpose, key=f"{key}:{user.pk}", values=values, path=path, about=about)
    return told


def _ids(users: Sequence[User]) -> set[int]:
    return {user.pk for user in users}
