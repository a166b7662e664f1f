"""Sheets that are complete and not submitted yet."""

from django.db.models import Exists, OuterRef

from cordee.attendance.queries import COUNTERSIGNED
from cordee.conformity.models import SheetReview
from cordee.conformity.states import SheetState
from cordee.kernel import clock
from cordee.organisation.queries import the_organisation
from cordee.planning.models import HalfDay, Session
from cordee.planning.states import SessionStatus


def may_be_complete() -> list[int]:
    """Return the sessions that are over, need a sheet that nobody submitted yet in this round, and are countersigned on
    every half-day: whether all else is right, `findings` tell.
    """
    open_half_days = HalfDay.objects.filter(session=OuterRef("pk")).exclude(
        Exists(COUNTERSIGNED.filter(half_day=OuterRef("pk")))
    )
    submitted = SheetReview.objects.filter(session=OuterRef("pk")).exclude(state=SheetState.IN_PROGRESS)
    found = Session.objects.filter(
        ~Exists(open_half_days),
        ~Exists(submitted),
        status=SessionStatus.PLANNED,
        ends_at__lte=clock.now(),
        mission__order__sector__in=the_organisation().sheet_sectors,
    )
    return sorted(found.values_list("pk", flat=True))
