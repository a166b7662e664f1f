"""Fields of forms that know what makes sense: a day within reach of today."""

from datetime import date
from typing import Any, override

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cordee.kernel import clock
from cordee.kernel.bounds import VERSION, years_from
from cordee.web.components.formatting import long_day


class DayInput(forms.DateInput):
    """The browser's own calendar; it speaks ISO whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class VersionField(forms.IntegerField):
    """The version of what is edited, kept by the page."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**VERSION.of_field, **options)


class DayField(forms.DateField):
    """A day at most so many years before and after today: another year is a slip of the hand."""

    widget = DayInput

    def __init__(self, *, years_before: int, years_after: int, **options: Any) -> None:
        super().__init__(**options)
        self.years_before, self.years_after = years_before, years_after

    def bounds(self) -> tuple[date, date]:
        """Return the first and the last day taken now."""
        today = clock.today()
        return years_from(today, -self.years_before), years_from(today, self.years_after)

    @override
    def validate(self, value: date | None) -> None:
        super().validate(value)
        first, last = self.bounds()
        if value is not None and not first <= value <= last:
            raise ValidationError(
                _("Choose a day from %(first)s to %(last)s. Look at the year."),
                code="out_of_reach",
                params={"first": long_day(first), "last": long_day(last)},
            )
