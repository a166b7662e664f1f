"""One question: written, moved, taken out."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.catalogue import actions
from cordee.catalogue.models import QUESTION_LABELS
from cordee.catalogue.queries import Kept
from cordee.catalogue.states import Question, QuestionKind
from cordee.kernel.permissions import Permission
from cordee.web.numbers import an_id
from cordee.web.office.questionnaires.buttons import kept_or_404, press
from cordee.web.office.questionnaires.forms import QuestionForm, blank, shown
from cordee.web.pages import carry_out, page, status_of
from cordee.web.request import Request


@page(Permission.EDIT_CATALOGUE)
def new_question(request: Request, questionnaire_id: int, kind: str) -> HttpResponse:
    kept = kept_or_404(questionnaire_id)
    if kind not in tuple(QuestionKind):
        raise Http404
    return _write(request, kept, blank(QuestionKind(kind)))


@page(Permission.EDIT_CATALOGUE)
def change_question(request: Request, questionnaire_id: int, question_key: str) -> HttpResponse:
    kept = kept_or_404(questionnaire_id)
    question = next((q for q in kept.latest.asked if q.key == question_key), None)
    if question is None:
        raise Http404
    return _write(request, kept, question)


def _write(request: Request, kept: Kept, question: Question) -> HttpResponse:
    which = kept.questionnaire
    form = QuestionForm(
        request.POST or None, kind=question.kind, version=which.version, initial=shown(question)
    )

    def do() -> str:
        written = actions.put_question(
            questionnaire_id=which.pk,
            question=form.question(question.key),
            expected_version=form.cleaned_data["expected_version"],
            by=request.viewer.actor,
        )
        return f"{reverse('questionnaire', args=[which.pk])}#question-{written.key}"

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The question is saved in the draft."))
        if answer:
            return answer
    context = {
        "kept": kept,
        "question": question,
        "kind": QUESTION_LABELS[question.kind],
        "form": form,
    }
    return render(request, "office/question.html", context, status=status_of(form))


@page(Permission.EDIT_CATALOGUE)
def move_question(request: Request, questionnaire_id: int, question_key: str) -> HttpResponse:
    """Put a question at the position that the button says."""
    kept_or_404(questionnaire_id)
    position = an_id(request.POST.get("position", "")) or 0

    def do(_expected: int | None) -> str:
        actions.move_question(
            questionnaire_id=questionnaire_id, key=question_key, position=position, by=request.viewer.actor
        )
        return f"#question-{question_key}"

    return press(request, questionnaire_id, do)


@page(Permission.EDIT_CATALOGUE)
def remove_question(request: Request, questionnaire_id: int, question_key: str) -> HttpResponse:
    kept_or_404(questionnaire_id)

    def do(expected: int | None) -> str:
        actions.remove_question(
            questionnaire_id=questionnaire_id,
            key=question_key,
            expected_version=expected,
            by=request.viewer.actor,
        )
        return "#questions"

    return press(request, questionnaire_id, do, done=_("The question is taken out of the draft."))
