"""What a sheet says against what was ordered: how long, from when on, for how many."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cordee.conformity.rules.sheet import Sheet
from cordee.kernel.days import WHOLE, day_text
from cordee.kernel.periods import minutes_text


def hours_differ(sheet: Sheet) -> Iterator[str]:
    minutes = sum((half.ends_at - half.starts_at for half in sheet.halves), timedelta()) // timedelta(
        minutes=1
    )
    if minutes != sheet.minutes_ordered:
        yield _("The session lasts %(held)s, and %(ordered)s was ordered.") % {
            "held": minutes_text(minutes),
            "ordered": minutes_text(sheet.minutes_ordered),
        }


def before_order(sheet: Sheet) -> Iterator[str]:
    if sheet.halves and sheet.halves[0].day < sheet.agreed_on:
        yield _("The session was held before the order was agreed (%(day)s).") % {
            "day": day_text(sheet.agreed_on, WHOLE, get_language() or "fr")
        }


def over_capacity(sheet: Sheet) -> Iterator[str]:
    most = max((half.headcount for half in sheet.halves), default=0)
    if most > sheet.capacity:
        yield ngettext(
            "%(n)d person was there, on a session for %(capacity)d.",
            "%(n)d people were there, on a session for %(capacity)d.",
            most,
        ) % {"n": most, "capacity": sheet.capacity}
