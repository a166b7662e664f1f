"""What is chosen, declared and offered on the pages of indicators."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.audits.models import KIND_LABELS, STANDING_LABELS, Declaration
from cordee.audits.states import CRITERIA, LONGEST_WORDS
from cordee.web.fields import DayField
from cordee.web.office.forms import LightSelect
from cordee.web.office.papers import PaperField
from cordee.web.pages import HouseForm
from cordee.web.periods import offered


class IndicatorFilters(forms.Form):
    """Over which period figures are counted, and which criterion is shown."""

    period = forms.CharField(required=False, label=gettext_lazy("Period"), widget=LightSelect)
    criterion = forms.CharField(required=False, label=gettext_lazy("Criterion"), widget=LightSelect)
    state = forms.CharField(required=False, label=gettext_lazy("State"), widget=LightSelect)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        months = offered()
        years = [(year, year) for year in dict.fromkeys(code[:4] for code, _label in months)]
        periods = [("", _("Last twelve months")), *years, *months]
        criteria = [("", _("All")), *((str(n), f"{n}. {_(title)}") for n, title in CRITERIA.items())]
        self.fields["period"].widget = LightSelect(choices=periods)
        self.fields["criterion"].widget = LightSelect(choices=criteria)
        states = [
            ("", _("All")),
            *((state.value, capfirst(label)) for state, label in STANDING_LABELS.items()),
        ]
        self.fields["state"].widget = LightSelect(choices=states)


class DeclareForm(HouseForm):
    """What proves an indicator and lies outside Cordée."""

    words = forms.CharField(
        label=gettext_lazy("How it is done, or what the file shows"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    file = PaperField(label=gettext_lazy("File"))
    valid_until = DayField(
        label=gettext_lazy("Valid until"),
        required=False,
        years_before=0,
        years_after=10,
        help_text=gettext_lazy("Empty: until it is replaced."),
    )
    replaces = forms.TypedChoiceField(
        label=gettext_lazy("In place of"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, kept: tuple[Declaration, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("PDF, at most 10 MB.")
        choices = [("", _("Nothing: it stands beside what is there")), *((d.pk, d.words[:60]) for d in kept)]
        field: Any = self.fields["replaces"]
        field.choices = choices
        if not kept:
            del self.fields["replaces"]


class OfferForm(HouseForm):
    """Which kinds of action are offered."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What the organisation offers"),
        choices=list(KIND_LABELS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
