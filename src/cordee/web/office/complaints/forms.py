"""What quality fills in about a complaint."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cordee.network.models import Facilitator
from cordee.quality.models import DIRECTION_LABELS, OUTCOME_LABELS
from cordee.quality.states import Direction
from cordee.web.complaints import WordsForm
from cordee.web.pages import HouseForm


class AddForm(WordsForm):
    """Something said of a complaint."""

    direction = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=[
            (Direction.TO_THEM, gettext_lazy("A message to who raised it: it is sent")),
            (Direction.FROM_THEM, gettext_lazy("What they told us, by telephone for example")),
            (Direction.NOTE, DIRECTION_LABELS[Direction.NOTE]),
        ],
        initial=Direction.TO_THEM,
        widget=forms.RadioSelect,
    )
    field_order = ("form_token", "direction", "words")


class DecideForm(WordsForm):
    """A decision, with the words that who raised it reads."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=list(OUTCOME_LABELS.items()), widget=forms.RadioSelect
    )
    field_order = ("form_token", "outcome", "words")


class RestrictForm(HouseForm):
    """Whom a complaint turned out to be about, where that is one of the network."""

    about = forms.TypedChoiceField(
        label=gettext_lazy("About whom"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, people: list[Facilitator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["about"]
        field.choices = [("", "—"), *((person.pk, person.full_name) for person in people)]


class AboutForm(forms.Form):
    """Which session or mission a complaint is about, as its reference."""

    ref = forms.RegexField(
        r"(?i)\A\s*[SM]-[0-9]{4}-[0-9]+(-[A-Z]+)?\s*\Z",
        error_messages={"invalid": gettext_lazy("A reference looks like M-2027-0412 or S-2027-0412-A.")},
        label=gettext_lazy("Reference of the session or mission"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Such as S-2027-0412-A: then you can say which of its people told you."),
    )
