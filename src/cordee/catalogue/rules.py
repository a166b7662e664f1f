"""Who may change the catalogue, and what is refused."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.catalogue.models import FeeSchedule, Questionnaire, QuestionnaireVersion, ServiceType
from cordee.catalogue.states import (
    CHOSEN,
    HIGHEST_STEP,
    LOWEST_STEP,
    MOST_CHOICES,
    MOST_QUESTIONS,
    OF_PARTICIPANTS,
    STEPS_OF,
    Question,
    QuestionKind,
    QuestionnaireKind,
    ServiceKind,
)
from cordee.kernel.actor import Actor
from cordee.kernel.bounds import CAPACITY, COLD_AFTER, FEE, HALF_DAYS, MINUTES
from cordee.kernel.changes import UNSET, Changes, Unset
from cordee.kernel.days import LONG, day_text
from cordee.kernel.names import tidy
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn
from cordee.organisation.rules import fits


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceChanges(Changes):
    """What may be changed of a service; its programme as a file is given beside."""

    code: str | Unset = UNSET
    name: str | Unset = UNSET
    kind: ServiceKind | Unset = UNSET
    minutes: int | Unset = UNSET
    half_days: int | Unset = UNSET
    capacity: int | Unset = UNSET
    is_active: bool | Unset = UNSET
    programme: str | Unset = UNSET
    registration_fields: list[str] | Unset = UNSET
    placement_questionnaire_id: int | Unset | None = UNSET
    check_questionnaire_id: int | Unset | None = UNSET
    check_on_certificate: bool | Unset = UNSET
    hot_questionnaire_id: int | Unset | None = UNSET
    cold_questionnaire_id: int | Unset | None = UNSET
    client_questionnaire_id: int | Unset | None = UNSET
    facilitator_questionnaire_id: int | Unset | None = UNSET
    cold_after_days: int | Unset = UNSET


LONGEST_CHANGE = 300


def says_what_changed(sentence: str) -> Iterator[Blocker]:
    """What is different in a programme is said in a sentence, or not at all."""
    if len(tidy(sentence)) > LONGEST_CHANGE:
        yield Blocker(
            "change_too_long",
            _("What changed is said in %(most)d letters at most.") % {"most": LONGEST_CHANGE},
            _("The programme itself says the rest."),
            Turn.OPERATIONS,
            "programme_change",
        )


def may_edit_catalogue(actor: Actor) -> Iterator[Blocker]:
    """Operations and administrators keep service types, fee schedules and questionnaires."""
    if not actor.may(Permission.EDIT_CATALOGUE):
        yield Blocker(
            "not_operations",
            _("Only operations and administrators can change services, fees and questionnaires."),
            _("Ask operations."),
            Turn.OPERATIONS,
        )


_OF_A_SERVICE: Final = {
    "minutes": MINUTES,
    "half_days": HALF_DAYS,
    "capacity": CAPACITY,
    "cold_after_days": COLD_AFTER,
}


def service_makes_sense(values: Mapping[str, Any]) -> Iterator[Blocker]:
    """A service lasts minutes to days, and takes a group."""
    for name, bounds in _OF_A_SERVICE.items():
        yield from fits(values.get(name), bounds, field=name)


def rates_make_sense(amounts: Iterable[Decimal | None]) -> Iterator[Blocker]:
    """A fee is for one prestation, never below zero."""
    for amount in amounts:
        yield from fits(amount, FEE, field="")


def code_is_free(code: str, *, service_type_id: int | None) -> Iterator[Blocker]:
    """Each service type has its own code."""
    other = ServiceType.objects.filter(code=code).first()
    if other and other.pk != service_type_id:
        yield Blocker(
            "code_taken",
            _("Another service already has the code “%(code)s”.") % {"code": code},
            _("Choose another code."),
            Turn.OPERATIONS,
            "code",
        )


MOST_FIELDS = 8
LONGEST_LABEL = 60


def fields_make_sense(labels: Sequence[str]) -> Iterator[Blocker]:
    """Who registers is asked a few things at most, each once."""
    if len(labels) > MOST_FIELDS:
        yield Blocker(
            "too_many_fields",
            _("At most %(most)d things can be asked at registration.") % {"most": MOST_FIELDS},
            _("Keep what the session cannot do without; the placement questionnaire can ask the rest."),
            Turn.OPERATIONS,
            "registration_fields",
        )
    too_long = [label for label in labels if len(label) > LONGEST_LABEL]
    if too_long:
        yield Blocker(
            "label_too_long",
            _("“%(label)s…” is longer than %(most)d letters.")
            % {"label": too_long[0][:LONGEST_LABEL], "most": LONGEST_LABEL},
            _("One thing per line, in a few words."),
            Turn.OPERATIONS,
            "registration_fields",
        )
    if len(set(labels)) < len(labels):
        yield Blocker(
            "same_field_twice",
            _("The same thing is asked twice."),
            _("Take one of the two lines out."),
            Turn.OPERATIONS,
            "registration_fields",
        )


def day_is_free(valid_from: date) -> Iterator[Blocker]:
    """Two schedules never begin on the same day: which one is in force would be a guess."""
    if FeeSchedule.objects.filter(valid_from=valid_from).exists():
        yield Blocker(
            "schedule_exists",
            _("A fee schedule already begins on %(day)s.")
            % {"day": day_text(valid_from, LONG, get_language() or "fr")},
            _("Change that one, or choose another day."),
            Turn.OPERATIONS,
            "valid_from",
        )


def name_is_free(name: str, *, questionnaire_id: int | None) -> Iterator[Blocker]:
    """Each questionnaire has its own name: services choose by it."""
    other = Questionnaire.objects.filter(name=name).first()
    if other and other.pk != questionnaire_id:
        yield Blocker(
            "name_taken",
            _("Another questionnaire is called “%(name)s”.") % {"name": name},
            _("Choose another name."),
            Turn.OPERATIONS,
            "name",
        )


def question_makes_sense(question: Question) -> Iterator[Blocker]:
    """A question can be asked in French at least, and can be answered."""
    if not question.label.fr:
        yield _wrong(
            "no_question", _("The question is empty."), _("Write it in French at least."), "label_fr"
        )
    if question.kind in CHOSEN:
        yield from _choices_make_sense(question)
    low, high = question.low, question.high
    if question.kind == QuestionKind.SCALE and not LOWEST_STEP <= (low or 0) < (high or 0) <= HIGHEST_STEP:
        yield _wrong(
            "bad_scale",
            _("A scale goes up from its first step to its last."),
            _("Choose a first step below the last one: 1 to 5, for example."),
            "high",
        )
    elif question.topic and (low, high) != STEPS_OF[question.topic]:
        first, last = STEPS_OF[question.topic]
        yield _wrong(
            "other_steps",
            _("A scale that measures this goes from %(first)d to %(last)d.") % {"first": first, "last": last},
            _("Others could not be compared with it."),
            "topic",
        )
    if question.kind == QuestionKind.NUMBER and low is not None and high is not None and low > high:
        yield _wrong(
            "bad_limits",
            _("The smallest number is above the largest."),
            _("Swap the two, or leave one empty."),
            "high",
        )


def _choices_make_sense(question: Question) -> Iterator[Blocker]:
    labels = [choice.label.fr for choice in question.choices]
    if not 2 <= len(labels) <= MOST_CHOICES:  # noqa: PLR2004 - one is no choice
        yield _wrong(
            "bad_choices",
            _("A choice is made among 2 to %(most)d answers.") % {"most": MOST_CHOICES},
            _("Write one on each line."),
            "choices_fr",
        )
    if len(set(labels)) < len(labels):
        yield _wrong(
            "same_choice",
            _("The same answer is offered twice."),
            _("Take one of the two out."),
            "choices_fr",
        )


def measures_once(question: Question, others: Iterable[Question]) -> Iterator[Blocker]:
    """In one questionnaire one question measures a topic: two would be counted twice."""
    if question.topic and any(q.topic == question.topic for q in others if q.key != question.key):
        yield _wrong(
            "measured_already",
            _("Another question measures this already."),
            _("Leave it empty here."),
            "topic",
        )


def not_too_many_questions(questions: int) -> Iterator[Blocker]:
    if questions > MOST_QUESTIONS:
        yield _wrong(
            "too_many_questions",
            _("A questionnaire has at most %(most)d questions.") % {"most": MOST_QUESTIONS},
            _("Take out what is not needed to adapt the session."),
        )


def can_be_published(draft: QuestionnaireVersion | None) -> Iterator[Blocker]:
    """What is published asks something, and differs from what is asked already by being a draft."""
    if draft is None:
        yield _wrong("no_draft", _("There is nothing to publish."), _("Change a question first."))
    elif not draft.questions:
        yield _wrong("no_question", _("There is no question yet."), _("Add at least one question."))


def can_be_asked(changes: ServiceChanges) -> Iterator[Blocker]:
    """Services ask what is published, each kind in its place; a check may ask what was asked before the session."""
    chosen = {kind: getattr(changes, f"{kind}_questionnaire_id") for kind in QuestionnaireKind}
    wanted: set[int] = {pk for pk in chosen.values() if pk}
    published = QuestionnaireVersion.objects.filter(questionnaire_id__in=wanted, published_at__isnull=False)
    kinds = dict(published.values_list("questionnaire_id", "questionnaire__kind")) if wanted else {}
    for kind, pk in chosen.items():
        if pk and pk not in kinds:
            yield _wrong(
                "not_published",
                _("This questionnaire is not published yet."),
                _("Publish it first, or choose another."),
                f"{kind}_questionnaire_id",
            )
        elif pk and QuestionnaireKind(kinds[pk]) not in asked_as(kind):
            yield _wrong(
                "other_kind", _("This questionnaire is for another moment."), "", f"{kind}_questionnaire_id"
            )


def asked_as(kind: QuestionnaireKind) -> frozenset[QuestionnaireKind]:
    """Return of which kinds a questionnaire may be that is asked at this time."""
    if kind == QuestionnaireKind.CHECK:
        return frozenset({QuestionnaireKind.CHECK, QuestionnaireKind.PLACEMENT})
    return frozenset({kind})


def may_be_anonymous(kind: QuestionnaireKind, *, anonymous: bool) -> Iterator[Blocker]:
    """Only surveys of groups can hide who answers: one contact, or one facilitator, would be known by being alone."""
    if anonymous and kind not in OF_PARTICIPANTS:
        yield _wrong(
            "never_anonymous",
            _("Only hot and cold surveys of participants can be anonymous."),
            _("Where one or two people are asked, their answers would tell who they are."),
            "anonymous",
        )


def _wrong(code: str, message: str, fix: str, field: str = "") -> Blocker:
    return Blocker(code, message, fix, Turn.OPERATIONS, field)
