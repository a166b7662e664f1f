"""A questionnaire as people see it: a form to answer, and answers in words."""

from collections.abc import Callable, Mapping
from typing import Any, override

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.catalogue.models import QuestionnaireVersion
from cordee.catalogue.states import LARGEST_NUMBER, Question, QuestionKind
from cordee.surveys.queries import said
from cordee.surveys.rules import Value, is_asked, tidied
from cordee.surveys.states import LONGEST
from cordee.web.fields import VersionField
from cordee.web.pages import HouseForm


class ScaleInput(forms.RadioSelect):
    """The steps of a scale side by side, with what its two ends mean."""

    template_name = "questions/scale.html"

    def __init__(self, *args: Any, low: str, high: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ends = {"low": low, "high": high}

    @override
    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = [option for _group, some, _index in context["widget"]["optgroups"] for option in some]
        steps = [option for option in options if option["value"] != ""]
        context["widget"] |= self._ends | {"first": steps[0]["value"], "last": steps[-1]["value"]}
        return context


class AnswersForm(HouseForm):
    """The questions of a version, in the language of the page."""

    seen_version = VersionField(required=False)

    def __init__(
        self, version: QuestionnaireVersion, data: Any = None, values: Mapping[str, Value] | None = None
    ) -> None:
        # Another questionnaire has other questions under the same keys: its answers must not be taken for these.
        super().__init__(
            data,
            initial={**(values or {}), "seen_version": version.pk},
            prefix=f"questionnaire-{version.questionnaire_id}",
        )
        self.version = version
        for question in version.asked:
            self.fields[question.key] = _field(question)

    @override
    def clean(self) -> dict[str, Any]:
        """Tell who answers questions that were replaced meanwhile; sent again, the answers are to the new ones."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for blocker in is_asked(data.get("seen_version") or 0, self.version.pk):
            self.add_error(None, f"{blocker.message} {blocker.fix}")
            sent: Any = self.data.copy()  # type: ignore[attr-defined]  # a posted form holds a QueryDict
            sent[self.add_prefix("seen_version")] = self.version.pk
            self.data = sent
        return data

    def given(self) -> dict[str, Value | None]:
        """Return the answers that could be read, as the action takes them: all of them, of a valid form."""
        return {q.key: self.cleaned_data[q.key] for q in self.version.asked if q.key in self.cleaned_data}


def _field(question: Question) -> forms.Field:
    language = get_language() or "fr"
    return _FIELDS[question.kind](
        question,
        label=question.label.said_in(language),
        help_text=question.help.said_in(language),
        required=question.required,
    )


def _one(question: Question, **common: Any) -> forms.Field:
    return forms.ChoiceField(choices=_choices(question), widget=forms.RadioSelect, **common)


def _several(question: Question, **common: Any) -> forms.Field:
    choices = [(choice.key, in_words(question, choice.key)) for choice in question.choices]
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)


def _scale(question: Question, **common: Any) -> forms.Field:
    language = get_language() or "fr"
    ends = (question.low_label.said_in(language), question.high_label.said_in(language))
    return forms.TypedChoiceField(
        choices=_choices(question), coerce=int, widget=ScaleInput(low=ends[0], high=ends[1]), **common
    )


def _choices(question: Question) -> list[tuple[str, str]]:
    """Return what can be chosen; a question that may be left out can be left out again."""
    steps = [(str(step), str(step)) for step in question.steps]
    choices = [(choice.key, in_words(question, choice.key)) for choice in question.choices] or steps
    return choices if question.required else [*choices, ("", _("No answer"))]


def _number(question: Question, **common: Any) -> forms.Field:
    low = -LARGEST_NUMBER if question.low is None else question.low
    high = LARGEST_NUMBER if question.high is None else question.high
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(min_value=low, max_value=high, widget=widget, **common)


def _short(question: Question, **common: Any) -> forms.Field:
    return forms.CharField(max_length=LONGEST[question.kind], **common)


def _long(question: Question, **common: Any) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(max_length=LONGEST[question.kind], widget=widget, **common)


_FIELDS: dict[QuestionKind, Callable[..., forms.Field]] = {
    QuestionKind.ONE: _one,
    QuestionKind.SEVERAL: _several,
    QuestionKind.SCALE: _scale,
    QuestionKind.NUMBER: _number,
    QuestionKind.SHORT_TEXT: _short,
    QuestionKind.LONG_TEXT: _long,
}


def in_words(question: Question, value: Value) -> str:
    """Return an answer as it is read, in the language of the page."""
    return said(question, value, get_language() or "fr")


def written(form: AnswersForm) -> list[tuple[str, str]]:
    """Return what was sent too late, in words: nothing typed is lost."""
    if not form.is_bound:
        return []
    form.is_valid()
    asked, language = form.version.asked, get_language() or "fr"
    typed: Mapping[str, Value] = tidied(asked, form.given())
    return [(q.label.said_in(language), in_words(q, typed[q.key])) for q in asked if q.key in typed]
