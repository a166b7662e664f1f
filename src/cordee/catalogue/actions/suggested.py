"""The questionnaires that the house suggests: under two minutes each, in both languages, to be made one's own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cordee.catalogue.states import STEPS_OF, Choice, Question, QuestionKind, QuestionnaireKind, Topic, Words


@dataclass(frozen=True, slots=True)
class Suggested:
    """A questionnaire to begin with."""

    introduction: Words
    questions: tuple[Question, ...] = ()
    anonymous: bool = False

    def with_keys(self) -> Iterator[Question]:
        """Give the questions, each with its key and those of its choices."""
        for number, question in enumerate(self.questions, 1):
            choices = tuple(replace(choice, key=f"c{n}") for n, choice in enumerate(question.choices, 1))
            yield replace(question, key=f"q{number}", choices=choices)


_NOT_AT_ALL, _ENTIRELY = Words("pas du tout", "not at all"), Words("tout à fait", "entirely")


def _scale(fr: str, en: str, topic: Topic | None = None) -> Question:
    low, high = STEPS_OF[topic] if topic else (1, 5)
    return Question(
        kind=QuestionKind.SCALE,
        label=Words(fr, en),
        required=True,
        low=low,
        high=high,
        low_label=_NOT_AT_ALL,
        high_label=_ENTIRELY,
        topic=topic,
    )


def _words(fr: str, en: str, help_fr: str = "", help_en: str = "") -> Question:
    return Question(kind=QuestionKind.LONG_TEXT, label=Words(fr, en), help=Words(help_fr, help_en))


_NO_NAMES = ("Sans citer de nom, s’il vous plaît.", "Without naming anybody, please.")
_SELF_ASSESSED = (
    _scale("Je connais les notions clés du sujet.", "I know the key notions of the topic."),
    _scale("Je sais les expliquer à quelqu’un d’autre.", "I can explain them to somebody else."),
    _scale("Je sais comment m’en servir dans mon travail.", "I know how to use them in my work."),
)
_HOT = Suggested(
    Words(
        "Moins de deux minutes. Vos réponses aident à faire mieux la prochaine fois.",
        "Less than two minutes. Your answers help us do better next time.",
    ),
    (
        _scale(
            "Recommanderiez-vous cette séance à une personne de votre entourage ?",
            "Would you recommend this session to somebody you know?",
            Topic.RECOMMEND,
        ),
        _scale("Le contenu a répondu à vos attentes.", "The content met what you expected.", Topic.CONTENT),
        _scale("Le rythme vous a convenu.", "The pace suited you.", Topic.PACE),
        _scale(
            "L’animation vous a aidé·e à apprendre.", "The facilitation helped you learn.", Topic.FACILITATION
        ),
        _scale(
            "L’organisation a été à la hauteur : convocation, lieu, matériel.",
            "The organisation was good: instructions, place, equipment.",
            Topic.ORGANISATION,
        ),
        _scale(
            "Cela vous sera utile dans votre travail.", "It will be of use in your work.", Topic.USEFULNESS
        ),
        _words("Qu’avez-vous le plus apprécié ?", "What did you like most?"),
        _words("Que faut-il améliorer ?", "What should be better?", *_NO_NAMES),
    ),
    anonymous=True,
)
_COLD = Suggested(
    Words(
        "Quelques semaines ont passé : qu’en reste-t-il ? Moins de deux minutes.",
        "Some weeks have passed: what is left of it? Less than two minutes.",
    ),
    (
        _scale(
            "Avec le recul, recommanderiez-vous cette séance ?",
            "Looking back, would you recommend this session?",
            Topic.RECOMMEND,
        ),
        _scale(
            "Ce que vous avez appris vous sert dans votre travail.",
            "What you learned is of use in your work.",
            Topic.USEFULNESS,
        ),
        _scale("Le contenu correspondait à vos besoins.", "The content was what you needed.", Topic.CONTENT),
        Question(
            kind=QuestionKind.ONE,
            label=Words("L’avez-vous mis en pratique ?", "Have you put it into practice?"),
            required=True,
            choices=(
                Choice("", Words("Oui, plusieurs fois", "Yes, several times")),
                Choice("", Words("Oui, une fois", "Yes, once")),
                Choice("", Words("Pas encore, c’est prévu", "Not yet, I intend to")),
                Choice("", Words("Non", "No")),
            ),
        ),
        _words("Qu’avez-vous changé depuis ?", "What have you changed since?"),
        _words(
            "Qu’est-ce qui vous aiderait à aller plus loin ?", "What would help you go further?", *_NO_NAMES
        ),
    ),
    anonymous=True,
)
_CLIENT = Suggested(
    Words(
        "Votre avis sur la mission dans son ensemble, en deux minutes.",
        "What you think of the mission as a whole, in two minutes.",
    ),
    (
        _scale(
            "Nous recommanderiez-vous à une autre organisation ?",
            "Would you recommend us to another organisation?",
            Topic.RECOMMEND,
        ),
        _scale("Les séances ont répondu à votre besoin.", "The sessions met your need.", Topic.CONTENT),
        _scale(
            "Les intervenant·es ont été à la hauteur.", "The facilitators were up to it.", Topic.FACILITATION
        ),
        _scale(
            "L’organisation a été simple pour vous : échanges, dates, documents.",
            "The organisation was easy for you: exchanges, dates, documents.",
            Topic.ORGANISATION,
        ),
        _scale("Vous en voyez les effets au travail.", "You see what came of it at work.", Topic.USEFULNESS),
        _words("Qu’est-ce qui a le mieux marché ?", "What worked best?"),
        _words("Que devrions-nous changer ?", "What should we change?"),
    ),
)
_FACILITATOR = Suggested(
    Words(
        "Comment cela s’est-il passé pour vous ? Une minute, lue par la qualité et la coordination.",
        "How was it for you? A minute, read by quality and the coordinator.",
    ),
    (
        _scale(
            "Recommanderiez-vous une telle mission à un·e collègue ?",
            "Would you recommend such a mission to a colleague?",
            Topic.RECOMMEND,
        ),
        _scale("Le contenu était adapté au groupe.", "The content suited the group.", Topic.CONTENT),
        _scale(
            "L’organisation a été à la hauteur : informations, lieu, matériel.",
            "The organisation was good: information, place, equipment.",
            Topic.ORGANISATION,
        ),
        _words("Une difficulté, un incident ?", "A difficulty, an incident?"),
        _words(
            "Une idée pour améliorer la séance ou le support ?", "An idea for a better session or material?"
        ),
    ),
)
_PLACEMENT = Suggested(
    Words(
        "Deux minutes, pour que la séance parte de là où vous en êtes. Il n’y a pas de bonne réponse.",
        "Two minutes, so that the session starts from where you are. There is no right answer.",
    ),
    (
        *_SELF_ASSESSED,
        _words("Une question, une attente particulière ?", "A question, something you expect?"),
    ),
)
_CHECK = Suggested(
    Words(
        "Où en êtes-vous maintenant ? Les mêmes questions qu’avant la séance, une minute.",
        "Where are you now? The same questions as before the session, a minute.",
    ),
    (*_SELF_ASSESSED, _words("Qu’allez-vous en faire ?", "What will you do with it?")),
)
NOTHING = Suggested(Words())
SUGGESTED = {
    QuestionnaireKind.PLACEMENT: _PLACEMENT,
    QuestionnaireKind.CHECK: _CHECK,
    QuestionnaireKind.HOT: _HOT,
    QuestionnaireKind.COLD: _COLD,
    QuestionnaireKind.CLIENT: _CLIENT,
    QuestionnaireKind.FACILITATOR: _FACILITATOR,
}
