"""What quality fills in about an improvement or a risk."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.accounts.models import User
from cordee.catalogue import queries as catalogue
from cordee.catalogue.models import QUESTIONNAIRE_LABELS, TOPIC_LABELS
from cordee.catalogue.states import SATISFACTION, QuestionnaireKind, Topic
from cordee.kernel.bounds import RISE
from cordee.quality import queries
from cordee.quality.models import EFFECT_LABELS
from cordee.quality.rules.improving import Aim, ImprovementDraft, RiskDraft
from cordee.quality.states import HIGHEST, LONGEST_TITLE, LONGEST_WORDS
from cordee.surveys import queries as surveys
from cordee.web.complaints import WordsForm
from cordee.web.fields import DayField
from cordee.web.opinions.figures import label_of
from cordee.web.pages import HouseForm


def _one_of(people: Callable[[], list[User]]) -> forms.TypedChoiceField:
    """Return a field for one of these people, asked for when the form is shown."""
    return forms.TypedChoiceField(
        label=gettext_lazy("Owner"),
        coerce=int,
        choices=lambda: [(user.pk, user.full_name) for user in people()],
    )


def _day(label: Any) -> DayField:
    return DayField(label=label, years_before=0, years_after=3)


class ImprovementForm(HouseForm):
    """An improvement. The figure that is to rise is one of those that surveys ask for, or none."""

    title = forms.CharField(label=gettext_lazy("What is to be done"), max_length=LONGEST_TITLE)
    why = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("In your own words, without names: auditors read them."),
    )
    expected = forms.CharField(
        label=gettext_lazy("What should become better"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    figure = forms.ChoiceField(
        label=gettext_lazy("Figure that should rise"),
        required=False,
        help_text=gettext_lazy("Without one, you say in words later what came of it."),
    )
    service = forms.TypedChoiceField(
        label=gettext_lazy("Of which service"), required=False, coerce=int, empty_value=None
    )
    rise = forms.DecimalField(
        label=gettext_lazy("By how much"),
        required=False,
        max_digits=3,
        decimal_places=1,
        **RISE.of_field,
        help_text=gettext_lazy("In steps of the scale, such as 0.3. Without a number: 0.1."),
    )
    owner = _one_of(queries.owners)
    due_on = _day(gettext_lazy("To be done by"))

    def __init__(self, *args: Any, own_question: str = "", **kwargs: Any) -> None:
        """`own_question` is a figure that is no topic, such as “hot/12:q3”, to be offered too."""
        super().__init__(*args, **kwargs)
        figure, service = self.fields["figure"], self.fields["service"]
        figure.choices = [("", _("None")), *_own(own_question), *_figures()]  # type: ignore[attr-defined]
        services = [(s.pk, s.name) for s in catalogue.service_types()]
        service.choices = [("", _("All")), *services]  # type: ignore[attr-defined]

    def draft(self) -> ImprovementDraft:
        """Return what was filled in."""
        data = self.cleaned_data
        kind, _slash, measure = data["figure"].partition("/")
        aim = (
            Aim(
                kind=QuestionnaireKind(kind),
                measure=measure,
                rise=data["rise"] if data["rise"] is not None else Decimal("0.1"),
                service_type_id=data["service"],
            )
            if kind
            else None
        )
        return ImprovementDraft(
            title=data["title"],
            why=data["why"],
            expected=data["expected"],
            owner_id=data["owner"],
            due_on=data["due_on"],
            aim=aim,
        )


def _figures() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the topics of every kind of survey."""
    return [
        (
            str(QUESTIONNAIRE_LABELS[kind]),
            [(f"{kind}/{topic}", f"{TOPIC_LABELS[topic]} – {QUESTIONNAIRE_LABELS[kind]}") for topic in Topic],
        )
        for kind in SATISFACTION
    ]


def _own(figure: str) -> list[tuple[str, str]]:
    """Return a figure that is no topic, in the words of its question; nothing where there is none."""
    kind, _slash, measure = figure.partition("/")
    if ":" not in measure or kind not in set(SATISFACTION):
        return []
    question = surveys.questions_of([measure]).get(measure)
    return [(figure, label_of(measure, question))] if question else []


class ReplanForm(HouseForm):
    """Who does it, and by when."""

    owner = _one_of(queries.owners)
    due_on = _day(gettext_lazy("To be done by"))


class DoneForm(WordsForm):
    """What was done."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("What was done")
        self.fields["words"].widget.attrs["rows"] = 3


class JudgeForm(WordsForm):
    """What came of an improvement that no figure measures."""

    effect = forms.ChoiceField(
        label=gettext_lazy("Did it help?"), choices=list(EFFECT_LABELS.items()), widget=forms.RadioSelect
    )
    field_order = ("form_token", "effect", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("What shows it")


_LIKELIHOOD = (
    gettext_lazy("1 – rare"),
    gettext_lazy("2 – possible"),
    gettext_lazy("3 – likely"),
    gettext_lazy("4 – certain"),
)
_GRAVITY = (
    gettext_lazy("1 – slight"),
    gettext_lazy("2 – felt"),
    gettext_lazy("3 – serious"),
    gettext_lazy("4 – grave"),
)


class RiskForm(HouseForm):
    """A risk, judged."""

    what = forms.CharField(
        label=gettext_lazy("What may happen"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    likelihood = forms.TypedChoiceField(
        label=gettext_lazy("How likely"),
        coerce=int,
        choices=list(zip(range(1, HIGHEST + 1), _LIKELIHOOD, strict=True)),
    )
    gravity = forms.TypedChoiceField(
        label=gettext_lazy("How grave"),
        coerce=int,
        choices=list(zip(range(1, HIGHEST + 1), _GRAVITY, strict=True)),
    )
    against = forms.CharField(
        label=gettext_lazy("What is done against it"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = _one_of(queries.reviewers)
    review_by = _day(gettext_lazy("To be looked at again by"))

    def draft(self) -> RiskDraft:
        """Return what was filled in."""
        data = self.cleaned_data
        return RiskDraft(
            what=data["what"],
            likelihood=data["likelihood"],
            gravity=data["gravity"],
            against=data["against"],
            owner_id=data["owner"],
            review_by=data["review_by"],
        )
