"""Doing a thing once, however often it is submitted."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from cordee.kernel import clock
from cordee.submissions.models import Submission

KEPT_FOR = timedelta(days=2)


def once(token: UUID, *, user_id: int | None, do: Callable[[], str]) -> str:
    """Run `do` in a transaction and return its outcome (an address); a second time, only the first outcome.

    Of two at the same time, the second waits for the first. When `do` refuses, nothing is kept and it may be
    submitted again.
    """
    try:
        with transaction.atomic():
            submission = Submission.objects.create(token=token, user_id=user_id, at=clock.now())
            submission.outcome = do()
            submission.save(update_fields=["outcome"])
            return submission.outcome
    except IntegrityError:
        first = Submission.objects.filter(token=token, user_id=user_id).first()
        if first is None:
            raise
        return first.outcome


def forget_old() -> None:
    """Forget submissions too old to be repeated by a click."""
    Submission.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()
