"""Fields of forms that know what makes sense: a day within reach of today."""

from collections.abc import Iterable
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


class QuestionInput(forms.Widget):
    """A box to tick whose value is what is asked: ticked for something else, it is not ticked."""

    input_type = "checkbox"
    template_name = "django/forms/widgets/checkbox.html"
    asked = ""

    @override
    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        return str(data.get(name, ""))

    @override
    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        asked = self.asked or value
        ticked = {"checked": True} if value and value == asked else {}
        context = super().get_context(name, asked, {**(attrs or {}), **ticked})
        context["widget"]["type"] = self.input_type
        return context


class QuestionField(forms.Field):
    """A question that is asked before something unusual is done. Its answer is what it was about (`Blocker.subject`),
    so that a yes to ten people is none to twelve: it is then asked again.
    """

    widget = QuestionInput

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def ask(self, subjects: Iterable[str]) -> None:
        """Ask about all of these."""
        self.widget.asked = "|".join(dict.fromkeys(subjects))

    @override
    def clean(self, value: str) -> list[str]:
        """Return what somebody said yes to."""
        return [subject for subject in value.split("|") if subject]


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
