"""What the organisation asks before a session, and what people answer."""

import random
from collections.abc import Iterable, Iterator
from datetime import timedelta

from cordee.catalogue import actions as catalogue
from cordee.catalogue.queries import version_asked
from cordee.catalogue.rules import ServiceChanges
from cordee.catalogue.states import Choice, Question, QuestionKind, QuestionnaireKind, Words
from cordee.demo.catalogue import FACILITATION, TRAINING, WORKSHOP
from cordee.demo.stage import Stage, Story, working_day
from cordee.enrolment.models import Enrolment
from cordee.kernel import clock
from cordee.kernel.actor import Actor, ActorKind
from cordee.planning.states import SessionStatus
from cordee.surveys import actions as surveys
from cordee.surveys.models import Addressee, Answers
from cordee.surveys.queries import check_asked
from cordee.surveys.rules import Value

_Q = QuestionKind


def _choices(*pairs: tuple[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice("", Words(fr, en)) for fr, en in pairs)


_BEFORE_A_WORKSHOP = (
    Question(
        kind=_Q.ONE,
        label=Words("Où en êtes-vous sur le sujet de l’atelier ?", "How well do you know the topic?"),
        required=True,
        choices=_choices(
            ("Je découvre", "I am new to it"),
            ("J’ai des notions", "I know the basics"),
            ("Je m’y connais bien", "I know it well"),
            ("C’est mon métier", "It is my job"),
        ),
    ),
    Question(
        kind=_Q.SCALE,
        label=Words(
            "Sauriez-vous expliquer le sujet à un·e collègue ?", "Could you explain the topic to a colleague?"
        ),
        required=True,
        low=1,
        high=5,
        low_label=Words("pas du tout", "not at all"),
        high_label=Words("facilement", "easily"),
    ),
    Question(
        kind=_Q.ONE,
        label=Words(
            "Quel secteur émet le plus de gaz à effet de serre en France ?",
            "Which sector emits the most greenhouse gases in France?",
        ),
        required=True,
        choices=(
            Choice("", Words("Les transports", "Transport"), right=True),
            Choice("", Words("L’industrie", "Industry")),
            Choice("", Words("L’agriculture", "Agriculture")),
            Choice("", Words("La production d’électricité", "Power generation")),
        ),
    ),
    Question(
        kind=_Q.SEVERAL,
        label=Words("Qu’aimeriez-vous en retirer ?", "What would you like to take away?"),
        help=Words("Autant de réponses que vous voulez.", "As many answers as you like."),
        choices=_choices(
            ("Comprendre les causes et les conséquences", "Understand causes and consequences"),
            ("Des ordres de grandeur", "Orders of magnitude"),
            ("Des idées d’action dans mon métier", "Ideas to act on in my job"),
            ("Échanger avec mes collègues", "Exchange with my colleagues"),
            ("Savoir en parler autour de moi", "Be able to talk about it"),
        ),
    ),
    Question(
        kind=_Q.NUMBER,
        label=Words(
            "À combien d’ateliers de ce type avez-vous déjà participé ?",
            "How many workshops of this kind have you attended?",
        ),
        low=0,
        high=50,
    ),
    Question(
        kind=_Q.LONG_TEXT,
        label=Words(
            "Une question que vous vous posez déjà, une attente particulière ?",
            "A question you already have, something you expect?",
        ),
    ),
)
_BEFORE_A_TRAINING = (
    Question(
        kind=_Q.SCALE,
        label=Words(
            "Vous sentez-vous prêt·e à animer devant un groupe ?", "Do you feel ready to lead a group?"
        ),
        required=True,
        low=1,
        high=5,
        low_label=Words("pas encore", "not yet"),
        high_label=Words("tout à fait", "entirely"),
    ),
    Question(
        kind=_Q.NUMBER,
        label=Words(
            "Combien d’ateliers avez-vous animés ou co-animés ?", "How many workshops have you led or co-led?"
        ),
        help=Words("0 si c’est la première fois.", "0 if this is the first time."),
        required=True,
        low=0,
        high=200,
    ),
    Question(
        kind=_Q.ONE,
        label=Words("Avec quel public commencerez-vous ?", "Which public will you begin with?"),
        required=True,
        choices=_choices(
            ("Mes collègues", "My colleagues"),
            ("Des élèves ou des étudiant·es", "Pupils or students"),
            ("Le grand public", "The general public"),
            ("Je ne sais pas encore", "I do not know yet"),
        ),
    ),
    Question(
        kind=_Q.SEVERAL,
        label=Words("Sur quoi voulez-vous vous entraîner ?", "What would you like to practise?"),
        choices=_choices(
            ("Poser le cadre et lancer le groupe", "Set the frame and get the group going"),
            ("Expliquer les liens entre les cartes", "Explain how the cards are linked"),
            ("Répondre aux objections", "Answer objections"),
            ("Tenir le temps", "Keep time"),
            ("Faire émerger des actions", "Bring out actions"),
            ("Animer à distance", "Lead at a distance"),
        ),
    ),
    Question(
        kind=_Q.SHORT_TEXT,
        label=Words(
            "La date de votre première animation, si elle est fixée",
            "The date of your first workshop, if set",
        ),
    ),
    Question(
        kind=_Q.LONG_TEXT,
        label=Words("Qu’est-ce qui vous inquiète le plus ?", "What worries you most?"),
    ),
)
_INTRODUCTION = Words(
    "Trois minutes, pour que la séance parte de là où vous en êtes. Il n’y a pas de bonne réponse.",
    "Three minutes, so that the session starts from where you are. There is no right answer.",
)
_KEPT = (
    ("Positionnement – atelier", _BEFORE_A_WORKSHOP, (WORKSHOP,)),
    ("Positionnement – formation à l’animation", _BEFORE_A_TRAINING, (FACILITATION, TRAINING)),
)
_SAID = {
    "fr": (
        "Comment agir quand la décision ne dépend pas de moi ?",
        "J’ai déjà suivi une formation l’an dernier, j’aimerais aller plus loin.",
        "Par où commencer dans une petite équipe ?",
        "J’aimerais des exemples proches de notre métier.",
        "Ne pas savoir répondre à une question pointue.",
        "Que tout le monde puisse parler, même les plus discrets.",
        "Quels chiffres peut-on citer sans se tromper ?",
        "Convaincre des collègues qui n’y croient pas.",
    ),
    "en": (
        "How can I act when the decision is not mine?",
        "Examples close to our own work, please.",
        "Which figures can be quoted without being wrong?",
        "Where to begin in a small team?",
    ),
}
_SET_DATES = ("dans deux semaines", "pas encore fixée", "en début d’année", "avant l’été")
_DAYS = 20
"""For how long before today answers come in: those to earlier sessions would be forgotten by and by."""
_AT_THE_END = 0.4
"""The same of those who are asked at the end."""
_EACH_TIME = 0.1
"""The part of those who have not answered that does so at noon or in the evening of a day."""


def fill(stage: Stage) -> None:
    """Write the questionnaires and have the services ask them."""
    for name, questions, services in _KEPT:
        questionnaire_id = _written(name, questions, stage.olga)
        for code in services:
            stage.services[code] = catalogue.change_service_type(
                service_type_id=stage.services[code].pk,
                changes=ServiceChanges(placement_questionnaire_id=questionnaire_id),
                expected_version=None,
                by=stage.olga,
            )


def _written(name: str, questions: Iterable[Question], by: Actor) -> int:
    kept = catalogue.add_questionnaire(name=name, kind=QuestionnaireKind.PLACEMENT, by=by)
    catalogue.change_questionnaire(
        questionnaire_id=kept.pk, name=name, introduction=_INTRODUCTION, expected_version=None, by=by
    )
    for question in questions:
        catalogue.put_question(questionnaire_id=kept.pk, question=question, expected_version=None, by=by)
    catalogue.publish(questionnaire_id=kept.pk, expected_version=None, by=by)
    return kept.pk


def stories(stage: Stage) -> Iterator[Story[None]]:
    yield _people_answer(stage)


def _people_answer(stage: Stage) -> Story[None]:
    """At noon and in the evening, some of those who are expected and have not answered do."""
    day = working_day(stage.today - timedelta(days=_DAYS), back=True)
    yield stage.moment(day, "09:10")
    _ask_at_the_end(stage)
    while True:
        for time in ("12:40", "20:15"):
            yield stage.moment(day, time)
            for person in _expected():
                rng = stage.rng(f"{person.session.ref}:{person.participant.email}:{clock.now()}")
                if rng.random() < _EACH_TIME:
                    _answer(person, rng)
            for asked in _at_the_end():
                rng = stage.rng(f"check:{asked.enrolment_id}:{clock.now()}")
                if rng.random() < _AT_THE_END:
                    _give_check(asked, rng)
        day += timedelta(days=1)


def _ask_at_the_end(stage: Stage) -> None:
    """Have the services ask the same questions at the end; of trainings the result stands on the certificate."""
    for _name, _questions, services in _KEPT:
        for code in services:
            service = stage.services[code]
            changes = ServiceChanges(
                check_questionnaire_id=service.placement_questionnaire_id,
                check_on_certificate=code == FACILITATION,
            )
            stage.services[code] = catalogue.change_service_type(
                service_type_id=service.pk, changes=changes, expected_version=None, by=stage.olga
            )


def _at_the_end() -> list[Addressee]:
    """Return who is asked the check and has not given it."""
    asked = Addressee.objects.filter(
        survey__kind=QuestionnaireKind.CHECK, survey__closes_at__gt=clock.now(), answered=False
    )
    about = "enrolment__session__line__service_type"
    return list(asked.exclude(enrolment__participant__email="").select_related(about).order_by("pk"))


def _give_check(asked: Addressee, rng: random.Random) -> None:
    """Give the check as somebody does who has learned something, mostly."""
    person = asked.enrolment
    wanted = check_asked(person) if person else None
    if person is None or wanted is None:
        return
    language = "en" if person.session.language == "en" else "fr"
    start = Answers.objects.filter(enrolment=person, kind=QuestionnaireKind.PLACEMENT).first()
    before = start.values if start else {}
    given = {q.key: _learned(q, before.get(q.key), rng, language) for q in wanted.version.asked}
    by = Actor(ActorKind.LINK)
    surveys.give_check(asked_id=asked.pk, version_id=wanted.version.pk, given=given, by=by)


def _learned(question: Question, before: Value | None, rng: random.Random, language: str) -> Value | None:
    right = [choice.key for choice in question.choices if choice.right]
    if right and rng.random() < 0.8:
        return rng.choice(right)
    if question.kind == _Q.SCALE and isinstance(before, int):
        return min(
            max(before + rng.choices([-1, 0, 1, 2], [1, 3, 5, 3])[0], question.steps[0]), question.steps[-1]
        )
    return _value(question, rng, language) if before is None else before


def _expected() -> list[Enrolment]:
    """Return who is expected on a session to come, is asked something and has not answered."""
    expected = Enrolment.objects.filter(
        cancelled_at=None,
        session__starts_at__gt=clock.now(),
        session__status=SessionStatus.PLANNED,
        session__line__service_type__placement_questionnaire__isnull=False,
    ).exclude(participant__email="")
    answered = Answers.objects.values("enrolment_id")
    found = expected.exclude(pk__in=answered).select_related("participant", "session__line__service_type")
    return list(found.order_by("pk"))


def _answer(person: Enrolment, rng: random.Random) -> None:
    version = version_asked(person.session.line.service_type.placement_questionnaire_id)
    if version:
        language = "en" if person.session.language == "en" else "fr"
        given = {question.key: _value(question, rng, language) for question in version.asked}
        by = Actor(ActorKind.LINK)
        surveys.answer(enrolment_id=person.pk, version_id=version.pk, given=given, by=by)


def _value(question: Question, rng: random.Random, language: str) -> Value | None:
    """Return an answer as somebody might give it; what may be left out is, now and then."""
    keys = [choice.key for choice in question.choices]
    match question.kind:
        case _Q.ONE:
            return rng.choices(keys, [4, 5, 2, 1][: len(keys)])[0]
        case _Q.SEVERAL:
            return [key for place, key in enumerate(keys) if rng.random() < 0.62 - 0.09 * place]
        case _Q.SCALE:
            return rng.choices(list(question.steps), [2, 3, 5, 4, 2])[0]
        case _Q.NUMBER:
            return rng.choices([0, 1, 2, 3, 6, 12], [9, 5, 3, 2, 1, 1])[0]
        case _Q.SHORT_TEXT:
            return rng.choice(_SET_DATES) if language == "fr" and rng.random() < 0.5 else None
        case _Q.LONG_TEXT:
            return rng.choice(_SAID[language]) if rng.random() < 0.4 else None
