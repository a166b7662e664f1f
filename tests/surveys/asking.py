"""A questionnaire of each kind of question, and a service that asks it."""

from dataclasses import replace

from cordee.catalogue import actions as catalogue
from cordee.catalogue.models import QuestionnaireVersion, ServiceType
from cordee.catalogue.rules import ServiceChanges
from cordee.catalogue.states import Choice, Question, QuestionKind, QuestionnaireKind, Words
from cordee.enrolment.models import Enrolment
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.surveys import actions
from cordee.surveys.models import Answers
from cordee.surveys.rules import Value

LINK = Actor(ActorKind.LINK, link_id=1)
QUESTIONS = (
    Question(
        kind=QuestionKind.ONE,
        label=Words("Votre niveau ?", "Your level?"),
        required=True,
        choices=(Choice("", Words("Débutant·e", "Beginner")), Choice("", Words("À l’aise", "At ease"))),
    ),
    Question(
        kind=QuestionKind.SEVERAL,
        label=Words("Vos attentes ?", "What do you expect?"),
        choices=tuple(Choice("", Words(fr)) for fr in ("Comprendre", "Agir", "Échanger")),
    ),
    Question(
        kind=QuestionKind.SCALE,
        label=Words("Votre envie ?", "How keen are you?"),
        low=1,
        high=5,
        low_label=Words("aucune", "not at all"),
        high_label=Words("grande", "very"),
    ),
    Question(
        kind=QuestionKind.NUMBER, label=Words("Combien d’ateliers ?", "How many workshops?"), low=0, high=99
    ),
    Question(kind=QuestionKind.SHORT_TEXT, label=Words("Votre métier ?", "Your job?")),
    Question(kind=QuestionKind.LONG_TEXT, label=Words("Autre chose ?", "Anything else?")),
)
LEVEL, EXPECT, KEEN, MANY, JOB, ELSE = (f"q{n}" for n in range(1, 7))
"""The keys of the questions."""


def asked_by(service: ServiceType, name: str = "Positionnement") -> QuestionnaireVersion:
    """Write and publish a questionnaire, and have the service ask it; return the version."""
    kept = catalogue.add_questionnaire(name=name, kind=QuestionnaireKind.PLACEMENT, by=COMMAND)
    for question in QUESTIONS:
        catalogue.put_question(questionnaire_id=kept.pk, question=question, expected_version=None, by=COMMAND)
    version = catalogue.publish(questionnaire_id=kept.pk, expected_version=None, by=COMMAND)
    changes = ServiceChanges(placement_questionnaire_id=kept.pk)
    catalogue.change_service_type(
        service_type_id=service.pk, changes=changes, expected_version=None, by=COMMAND
    )
    return version


def next_version(version: QuestionnaireVersion, **changes: Words) -> QuestionnaireVersion:
    """Ask the first question in other words, and publish that."""
    first = replace(version.asked[0], **changes)  # type: ignore[arg-type]
    which = version.questionnaire_id
    catalogue.put_question(questionnaire_id=which, question=first, expected_version=None, by=COMMAND)
    return catalogue.publish(questionnaire_id=which, expected_version=None, by=COMMAND)


def answer(person: Enrolment, version: QuestionnaireVersion, **given: Value) -> Answers:
    return actions.answer(
        enrolment_id=person.pk, version_id=version.pk, given={LEVEL: "c1", **given}, by=LINK
    )
