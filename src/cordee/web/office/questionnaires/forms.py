"""The forms of a questionnaire: its name and introduction, and one question."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, override

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.catalogue.models import QUESTION_LABELS, QUESTIONNAIRE_LABELS, TOPIC_LABELS
from cordee.catalogue.queries import Kept
from cordee.catalogue.states import (
    CHOSEN,
    HIGHEST_STEP,
    LARGEST_NUMBER,
    LOWEST_STEP,
    OF_PARTICIPANTS,
    Choice,
    Question,
    QuestionKind,
    QuestionnaireKind,
    Topic,
    Words,
)
from cordee.kernel.names import tidy
from cordee.web.office.forms import EditForm
from cordee.web.pages import HouseForm

LONGEST = 300
"""Characters of a question, a help or the meaning of a step."""

_RIGHT = "*"
"""Before a right answer, where choices are written."""


class NameForm(HouseForm):
    """A new questionnaire."""

    kind = forms.ChoiceField(
        label=gettext_lazy("When and of whom it is asked"), choices=list(QUESTIONNAIRE_LABELS.items())
    )

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("For the office only: participants do not read it."),
    )
    suggested = forms.BooleanField(
        label=gettext_lazy("Begin with the questions that Cordée suggests"), required=False, initial=True
    )


class AboutForm(EditForm):
    """The name, and what participants read before the questions."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("For the office only: participants do not read it."),
    )
    introduction_fr = forms.CharField(
        label=gettext_lazy("Introduction in French"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "What participants read before the questions: why they are asked, how long it takes."
        ),
    )
    introduction_en = forms.CharField(
        label=gettext_lazy("Introduction in English"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Left empty, French is shown."),
    )

    anonymous = forms.BooleanField(
        label=gettext_lazy("Anonymous"),
        required=False,
        help_text=gettext_lazy(
            "Nobody can find out who answered what: answers are read from four people on. It holds for surveys that "
            "begin from now on."
        ),
    )

    def __init__(self, *args: Any, kind: QuestionnaireKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind not in OF_PARTICIPANTS:
            del self.fields["anonymous"]

    @property
    def introduction(self) -> Words:
        return Words(self.cleaned_data["introduction_fr"], self.cleaned_data["introduction_en"])


def about(kept: Kept) -> dict[str, Any]:
    """Return the name and introduction on record, as the form shows them."""
    words = kept.latest.introduction
    return {
        "name": kept.questionnaire.name,
        "introduction_fr": words.fr,
        "introduction_en": words.en,
        "anonymous": kept.questionnaire.anonymous,
    }


class QuestionForm(EditForm):
    """One question; what it asks for depends on its kind."""

    def __init__(self, *args: Any, kind: QuestionKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self._in_both("label", _("Question"), required=True)
        self._in_both("help", _("Help"), help_text=_("A sentence under the question, when it needs one."))
        if kind in CHOSEN:
            self._choices()
        elif kind == QuestionKind.SCALE:
            self._number("low", _("First step"), LOWEST_STEP, HIGHEST_STEP, required=True)
            self._number("high", _("Last step"), LOWEST_STEP, HIGHEST_STEP, required=True)
            self._in_both("low_label", _("What the first step means"))
            self._in_both("high_label", _("What the last step means"))
            self.fields["topic"] = forms.TypedChoiceField(
                label=_("What it measures"),
                required=False,
                coerce=Topic,
                empty_value=None,
                choices=[("", _("Nothing that is compared")), *TOPIC_LABELS.items()],
                help_text=_("Figures of all questionnaires that measure the same are compared."),
            )
        elif kind == QuestionKind.NUMBER:
            self._number("low", _("Smallest number"), -LARGEST_NUMBER, LARGEST_NUMBER)
            self._number("high", _("Largest number"), -LARGEST_NUMBER, LARGEST_NUMBER)
        self.fields["required"] = forms.BooleanField(
            label=_("Must be answered"),
            required=False,
            help_text=_("Ask only what is needed to adapt the session (labour code, L6353-9)."),
        )

    def _in_both(self, name: str, label: str, *, required: bool = False, help_text: str = "") -> None:
        french, english = _("%(label)s in French"), _("%(label)s in English")
        self.fields[f"{name}_fr"] = forms.CharField(
            label=french % {"label": label}, required=required, max_length=LONGEST, help_text=help_text
        )
        self.fields[f"{name}_en"] = forms.CharField(
            label=english % {"label": label},
            required=False,
            max_length=LONGEST,
            help_text=_("Left empty, French is shown.") if required else "",
        )

    def _choices(self) -> None:
        area = forms.Textarea(attrs={"rows": 6})
        self.fields["choices_fr"] = forms.CharField(
            label=_("Answers in French"),
            widget=area,
            max_length=4000,
            help_text=_("One on each line, in order. A star (*) before a right answer, where there is one."),
        )
        self.fields["choices_en"] = forms.CharField(
            label=_("Answers in English"),
            widget=area,
            max_length=4000,
            required=False,
            strip=False,
            help_text=_("One on each line, in the same order. A line left empty shows the French."),
        )

    def _number(self, name: str, label: str, low: int, high: int, *, required: bool = False) -> None:
        self.fields[name] = forms.IntegerField(label=label, required=required, min_value=low, max_value=high)

    @override
    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        french, english = _lines(data.get("choices_fr")), _lines_in_place(data.get("choices_en"))
        if "choices_fr" in data and len(english) > len(french):
            told = _("Answers in French: %(fr)d; in English: %(en)d.")
            values = {"fr": len(french), "en": len(english)}
            self.add_error("choices_en", f"{told % values} {_('Write each beside its own line.')}")
        return data

    def question(self, key: str = "") -> Question:
        """Return the question of a valid form."""
        data = self.cleaned_data
        words = {
            name: Words(tidy(data[f"{name}_fr"]), tidy(data[f"{name}_en"]))
            for name in ("label", "help", "low_label", "high_label")
            if f"{name}_fr" in data
        }
        french, english = _lines(data.get("choices_fr")), _lines_in_place(data.get("choices_en"))
        english += [""] * (len(french) - len(english))
        return Question(
            key=key,
            kind=self.kind,
            required=data["required"],
            choices=tuple(_choice(fr, en) for fr, en in zip(french, english, strict=True)),
            low=data.get("low"),
            high=data.get("high"),
            topic=data.get("topic"),
            **words,
        )


def _choice(french: str, english: str) -> Choice:
    """Return the choice that a line writes; a star before its French says that it is right."""
    return Choice("", Words(french.removeprefix(_RIGHT).strip(), english), right=french.startswith(_RIGHT))


def _lines(text: str | None) -> list[str]:
    return [line for line in _lines_in_place(text) if line]


def _lines_in_place(text: str | None) -> list[str]:
    """Return the lines of a text, the empty ones between others too: each stands beside its French."""
    lines = [tidy(line) for line in (text or "").splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def shown(question: Question) -> dict[str, Any]:
    """Return a question as its form shows it."""
    words = {
        f"{name}_{language}": getattr(getattr(question, name), language)
        for name in ("label", "help", "low_label", "high_label")
        for language in ("fr", "en")
    }
    return {
        **words,
        "choices_fr": _joined([f"{_RIGHT * choice.right}{choice.label.fr}" for choice in question.choices]),
        "choices_en": _joined([choice.label.en for choice in question.choices]),
        "low": question.low,
        "high": question.high,
        "topic": question.topic,
        "required": question.required,
    }


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines).rstrip("\n")


def blank(kind: QuestionKind) -> Question:
    """Return a question of a kind, to be written."""
    question = Question(kind=kind, label=Words())
    return replace(question, low=1, high=5) if kind == QuestionKind.SCALE else question


KINDS = [(kind, QUESTION_LABELS[kind]) for kind in QuestionKind]
