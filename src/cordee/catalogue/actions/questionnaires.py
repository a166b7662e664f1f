"""Writing questionnaires: a draft is changed and published; what is published is never changed again."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db import transaction

from cordee.catalogue import rules
from cordee.catalogue.actions.suggested import NOTHING, SUGGESTED
from cordee.catalogue.facts import (
    QuestionnaireAdded,
    QuestionnaireChanged,
    QuestionnaireDraftDiscarded,
    QuestionnairePublished,
)
from cordee.catalogue.models import Questionnaire, QuestionnaireVersion
from cordee.catalogue.states import Question, QuestionnaireKind, Words
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.names import tidy
from cordee.kernel.refusals import refuse_if
from cordee.organisation.rules import is_current


@transaction.atomic
def add_questionnaire(
    *, name: str, kind: QuestionnaireKind, suggested: bool = False, by: Actor
) -> Questionnaire:
    """Add a questionnaire with a draft: empty, or with the questions that the house suggests. Raises Refused."""
    name = tidy(name)
    refuse_if([*rules.may_edit_catalogue(by), *rules.name_is_free(name, questionnaire_id=None)])
    begin = SUGGESTED[kind] if suggested else NOTHING
    questionnaire = Questionnaire.objects.create(name=name, kind=kind, anonymous=begin.anonymous)
    draft = QuestionnaireVersion(
        questionnaire=questionnaire,
        number=1,
        introduction_fr=begin.introduction.fr,
        introduction_en=begin.introduction.en,
    )
    _write(draft, begin.with_keys())
    draft.save()
    journal.record(QuestionnaireAdded(questionnaire_id=questionnaire.pk), by=by)
    return questionnaire


@transaction.atomic
def change_questionnaire(
    *,
    questionnaire_id: int,
    name: str,
    introduction: Words,
    anonymous: bool | None = None,
    expected_version: int | None,
    by: Actor,
) -> None:
    """Change the name, what people read before the questions, and whether surveys that begin from now on are
    anonymous: one that has begun stays what people were told. Raises Refused.
    """
    questionnaire = _held(questionnaire_id)
    name = tidy(name)
    anonymous = questionnaire.anonymous if anonymous is None else anonymous
    refuse_if(
        [
            *rules.may_edit_catalogue(by),
            *rules.name_is_free(name, questionnaire_id=questionnaire_id),
            *rules.may_be_anonymous(QuestionnaireKind(questionnaire.kind), anonymous=anonymous),
            *is_current(questionnaire.version, expected_version),
        ]
    )
    latest = _latest(questionnaire)
    new_words = introduction != latest.introduction
    if new_words:
        latest = _draft(questionnaire)
        latest.introduction_fr, latest.introduction_en = introduction.fr, introduction.en
    if new_words or (name, anonymous) != (questionnaire.name, questionnaire.anonymous):
        questionnaire.name, questionnaire.anonymous = name, anonymous
        _save(questionnaire, latest, by)


@transaction.atomic
def put_question(
    *, questionnaire_id: int, question: Question, expected_version: int | None, by: Actor
) -> Question:
    """Add a question at the end, or put it in the place of the one with its key. Raises Refused.

    A choice whose French stays the same keeps its key, so that answers to both versions can be compared.
    """
    questionnaire = _held(questionnaire_id)
    draft = _draft(questionnaire)
    before = next((q for q in draft.asked if q.key == question.key), None)
    question = _with_keys(question, before, questionnaire)
    questions = [question if q == before else q for q in draft.asked] if before else [*draft.asked, question]
    refuse_if(
        [
            *rules.may_edit_catalogue(by),
            *rules.question_makes_sense(question),
            *rules.measures_once(question, draft.asked),
            *rules.not_too_many_questions(len(questions)),
            *is_current(questionnaire.version, expected_version),
        ]
    )
    _write(draft, questions)
    _save(questionnaire, draft, by)
    return question


@transaction.atomic
def move_question(*, questionnaire_id: int, key: str, position: int, by: Actor) -> None:
    """Put a question at a position, counted from 0. Raises Refused.

    Nobody's words are overwritten by it, so that it needs no version; done twice it is done once.
    """
    questionnaire = _held(questionnaire_id)
    refuse_if(rules.may_edit_catalogue(by))
    before = _latest(questionnaire).asked
    moved = [q for q in before if q.key == key]
    others = [q for q in before if q.key != key]
    after = [*others[:position], *moved, *others[position:]]
    if after != list(before):
        draft = _draft(questionnaire)
        _write(draft, after)
        _save(questionnaire, draft, by)


@transaction.atomic
def remove_question(*, questionnaire_id: int, key: str, expected_version: int | None, by: Actor) -> None:
    """Take a question out; one that is gone already is no error. Raises Refused."""
    questionnaire = _held(questionnaire_id)
    refuse_if(rules.may_edit_catalogue(by))
    if key in {q.key for q in _latest(questionnaire).asked}:
        refuse_if(is_current(questionnaire.version, expected_version))
        draft = _draft(questionnaire)
        _write(draft, [q for q in draft.asked if q.key != key])
        _save(questionnaire, draft, by)


@transaction.atomic
def publish(*, questionnaire_id: int, expected_version: int | None, by: Actor) -> QuestionnaireVersion:
    """Ask the draft from now on; who began to answer goes on with the version they began. Raises Refused."""
    questionnaire = _held(questionnaire_id)
    latest = _latest(questionnaire)
    draft = latest if latest.published_at is None else None
    refuse_if(
        [
            *rules.may_edit_catalogue(by),
            *rules.can_be_published(draft),
            *is_current(questionnaire.version, expected_version),
        ]
    )
    latest.published_at = clock.now()
    latest.save(update_fields=["published_at"])
    questionnaire.version += 1
    questionnaire.save(update_fields=["version"])
    journal.record(QuestionnairePublished(questionnaire_id=questionnaire.pk, number=latest.number), by=by)
    return latest


@transaction.atomic
def discard_draft(*, questionnaire_id: int, expected_version: int | None, by: Actor) -> bool:
    """Throw the draft away; return whether the questionnaire is still there: one never published goes with it.

    Raises Refused.
    """
    questionnaire = _held(questionnaire_id)
    refuse_if([*rules.may_edit_catalogue(by), *is_current(questionnaire.version, expected_version)])
    draft = questionnaire.versions.filter(published_at=None).first()
    if draft is None:
        return True
    fact = QuestionnaireDraftDiscarded(questionnaire_id=questionnaire.pk, number=draft.number)
    journal.record(fact, by=by)
    if draft.number == 1:
        questionnaire.delete()
        return False
    draft.delete()
    questionnaire.version += 1
    questionnaire.save(update_fields=["version"])
    return True


def _held(questionnaire_id: int) -> Questionnaire:
    """Return the questionnaire, held: all of it changes one step at a time."""
    return Questionnaire.objects.select_for_update().get(pk=questionnaire_id)


def _latest(questionnaire: Questionnaire) -> QuestionnaireVersion:
    return questionnaire.versions.order_by("-number")[0]


def _draft(questionnaire: Questionnaire) -> QuestionnaireVersion:
    """Return the draft, or a new one (not saved yet) that begins as what is published."""
    latest = _latest(questionnaire)
    if latest.published_at is None:
        return latest
    return QuestionnaireVersion(
        questionnaire=questionnaire,
        number=latest.number + 1,
        introduction_fr=latest.introduction_fr,
        introduction_en=latest.introduction_en,
        questions=latest.questions,
    )


def _write(draft: QuestionnaireVersion, questions: Iterable[Question]) -> None:
    draft.questions = [question.as_json() for question in questions]


def _save(questionnaire: Questionnaire, version: QuestionnaireVersion, by: Actor) -> None:
    if version.published_at is None:
        version.save()
    questionnaire.version += 1
    questionnaire.save()
    journal.record(QuestionnaireChanged(questionnaire_id=questionnaire.pk, number=version.number), by=by)


def _with_keys(question: Question, before: Question | None, questionnaire: Questionnaire) -> Question:
    """Return the question with a key of its own, and one for each of its choices."""
    known = {choice.label.fr: choice.key for choice in before.choices} if before else {}
    fresh = _unused("c", known.values())
    choices = tuple(
        replace(choice, key=known.get(choice.label.fr) or next(fresh)) for choice in question.choices
    )
    if before:
        return replace(question, choices=choices)
    ever = [q.key for version in questionnaire.versions.all() for q in version.asked]
    return replace(question, key=next(_unused("q", ever)), choices=choices)


def _unused(letter: str, taken: Iterable[str]) -> Iterator[str]:
    number = max((int(key[1:]) for key in taken), default=0)
    while True:
        number += 1
        yield f"{letter}{number}"
