"""Forgetting the lines of lists once they serve nobody."""

from django.db import transaction

from cordee.enrolment.models import ListRow, RowOutcome
from cordee.enrolment.states import LISTS_FORGOTTEN_AFTER
from cordee.kernel import clock


@transaction.atomic
def forget_old_lists() -> None:
    """Forget the lines that still wait, and what became of the others, of sessions long over. Who is on a list
    stays on it. Safe to run twice.
    """
    over = {"session__ends_at__lte": clock.now() - LISTS_FORGOTTEN_AFTER}
    ListRow.objects.filter(**over).delete()
    RowOutcome.objects.filter(**over).delete()
