"""The day from which fees can be asked for, as French writes it."""

from django.utils import translation

from cordee.fees.models import FeeRequest
from cordee.fees.rules import once_a_month
from cordee.kernel.periods import Month


def test_fees_are_asked_for_again_from_the_first_of_the_month_on() -> None:
    with translation.override("fr"):
        [blocker] = once_a_month(
            limited=True, already=FeeRequest(ref="R-1"), allowed=False, month=Month(2026, 12)
        )
        assert "1er janvier 2027" in blocker.fix
