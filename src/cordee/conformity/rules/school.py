"""What is found where no list is kept: the contact of the school confirms instead of each person signing."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cordee.conformity.rules.sheet import Sheet


def school_is_silent(sheet: Sheet) -> Iterator[str]:
    """The school has confirmed, unless everybody who was counted signed a line."""
    if not sheet.of_school or sheet.people or sheet.confirmed is not None:
        return
    if any(half.begun and half.without_name < max(1, half.headcount) for half in sheet.halves):
        yield _("No list was kept, and the school has not confirmed that the session took place.")


def school_counts_others(sheet: Sheet) -> Iterator[str]:
    """The school counts as many as those who ran the session."""
    counted = {half.headcount for half in sheet.halves if half.recorded}
    if sheet.confirmed is not None and not sheet.people and counted - {sheet.confirmed}:
        yield _("%(counted)s were counted, and the school confirmed %(confirmed)d.") % {
            "counted": ", ".join(str(n) for n in sorted(counted)),
            "confirmed": sheet.confirmed,
        }
