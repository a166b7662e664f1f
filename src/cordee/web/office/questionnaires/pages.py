"""A questionnaire on its page: its questions in order, and how participants will see them."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.catalogue import actions, queries
from cordee.catalogue.models import QUESTION_LABELS, TOPIC_LABELS
from cordee.catalogue.states import CHOSEN, Question, QuestionKind, QuestionnaireKind
from cordee.kernel.permissions import Permission
from cordee.web.numbers import an_id
from cordee.web.office.questionnaires.buttons import PressForm, kept_or_404
from cordee.web.office.questionnaires.forms import KINDS, AboutForm, NameForm, about
from cordee.web.pages import carry_out, page, status_of
from cordee.web.questions import AnswersForm, in_words
from cordee.web.request import Request

MANY = 8
"""Questions from which on an editor is reminded that each costs somebody time."""


@page(Permission.EDIT_CATALOGUE)
def new_questionnaire(request: Request) -> HttpResponse:
    form = NameForm(request.POST or None)

    def do() -> str:
        added = actions.add_questionnaire(
            name=form.cleaned_data["name"],
            kind=QuestionnaireKind(form.cleaned_data["kind"]),
            suggested=form.cleaned_data["suggested"],
            by=request.viewer.actor,
        )
        return reverse("questionnaire", args=[added.pk])

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The questionnaire is added. Write its questions."))
        if answer:
            return answer
    return render(request, "office/new_questionnaire.html", {"form": form}, status=status_of(form))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One question in the list of its questionnaire."""

    key: str
    label: str
    english: str
    kind: str
    required: bool
    detail: str
    up: int | None
    """The position it goes to when it is moved up; nothing for the first."""
    down: int | None


@page(Permission.VIEW_CATALOGUE)
def questionnaire(request: Request, questionnaire_id: int) -> HttpResponse:
    """Show the questions; those who keep the catalogue change them, as a draft until it is published."""
    kept = kept_or_404(questionnaire_id)
    may_edit = request.viewer.actor.may(Permission.EDIT_CATALOGUE)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    version = kept.questionnaire.version
    kind = QuestionnaireKind(kept.questionnaire.kind)
    form = AboutForm(request.POST or None, kind=kind, version=version, initial=about(kept))

    def do() -> str:
        actions.change_questionnaire(
            questionnaire_id=questionnaire_id,
            name=form.cleaned_data["name"],
            introduction=form.introduction,
            anonymous=form.cleaned_data.get("anonymous"),
            expected_version=form.cleaned_data["expected_version"],
            by=request.viewer.actor,
        )
        return reverse("questionnaire", args=[questionnaire_id])

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The name and the introduction are saved."))
        if answer:
            return answer
    lines = _lines(kept.latest.asked)
    context = {
        "kept": kept,
        "form": form,
        "press": PressForm(initial={"expected_version": version}),
        "lines": lines,
        "many": len(lines) >= MANY,
        "kinds": KINDS,
        "may_edit": may_edit,
        "services": queries.services_asking(questionnaire_id),
        "versions": sorted(kept.questionnaire.versions.all(), key=lambda v: -v.number),
    }
    return render(request, "office/questionnaire.html", context, status=status_of(form))


def _lines(questions: tuple[Question, ...]) -> list[Line]:
    return [
        Line(
            key=question.key,
            label=question.label.fr,
            english=question.label.en,
            kind=str(QUESTION_LABELS[question.kind]),
            required=question.required,
            detail=_detail(question),
            up=position - 1 if position else None,
            down=position + 1 if position + 1 < len(questions) else None,
        )
        for position, question in enumerate(questions)
    ]


def _detail(question: Question) -> str:
    """Return what can be answered, in a line."""
    low, high = question.low, question.high
    if question.kind in CHOSEN:
        right = [choice.key for choice in question.choices if choice.right]
        told = in_words(question, [choice.key for choice in question.choices])
        return (
            f"{told} · {_('right: %(answers)s') % {'answers': in_words(question, right)}}" if right else told
        )
    if question.kind == QuestionKind.SCALE:
        ends = [f"{step} ({words.fr})" if words.fr else str(step) for step, words in _ends(question)]
        measures = f" · {TOPIC_LABELS[question.topic]}" if question.topic else ""
        return " → ".join(ends) + measures
    if low is None and high is None:
        return ""
    if high is None:
        return _("%(low)d or more") % {"low": low}
    if low is None:
        return _("%(high)d or less") % {"high": high}
    return _("%(low)d to %(high)d") % {"low": low, "high": high}


def _ends(question: Question) -> list[tuple[int | None, Any]]:
    return [(question.low, question.low_label), (question.high, question.high_label)]


@page(Permission.VIEW_CATALOGUE)
def questionnaire_preview(request: Request, questionnaire_id: int) -> HttpResponse:
    """Show a version (`?version=`, else the latest) as participants see it, in either language, on phone or desk."""
    kept = kept_or_404(questionnaire_id)
    number = an_id(request.GET.get("version", "")) or kept.latest.number
    version = next((v for v in kept.questionnaire.versions.all() if v.number == number), None)
    if version is None:
        raise Http404
    language = request.GET.get("language") or translation.get_language() or "fr"
    language = "en" if language == "en" else "fr"
    on_desk = request.GET.get("on") == "desk"
    with translation.override(language):
        context = {"form": AnswersForm(version), "introduction": version.introduction.said_in(language)}
        sheet = render_to_string("questions/sheet.html", context)
        send = _("Send my answers")
    n = len(version.questions)
    shown_as = {
        "kept": kept,
        "seen": version,
        "sheet": sheet,
        "send": send,
        "language": language,
        "on_desk": on_desk,
        "count": ngettext("%(n)d question", "%(n)d questions", n) % {"n": n},
        "tabs": _tabs(number, language, on_desk=on_desk),
    }
    return render(request, "office/questionnaire_preview.html", shown_as)


def _tabs(number: int, language: str, *, on_desk: bool) -> list[dict[str, Any]]:
    """Return the ways to look at a questionnaire."""
    ways = [
        (_("Phone, French"), "fr", "phone"),
        (_("Phone, English"), "en", "phone"),
        (_("Desk, French"), "fr", "desk"),
        (_("Desk, English"), "en", "desk"),
    ]
    return [
        {
            "label": label,
            "url": f"?version={number}&language={spoken}&on={on}",
            "current": (spoken, on) == (language, "desk" if on_desk else "phone"),
            "count": None,
        }
        for label, spoken, on in ways
    ]
