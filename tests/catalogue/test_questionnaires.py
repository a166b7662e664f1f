"""Writing questionnaires: drafts, published versions, questions in order."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from cordee.catalogue import actions, queries
from cordee.catalogue.facts import (
    QuestionnaireAdded,
    QuestionnaireChanged,
    QuestionnaireDraftDiscarded,
    QuestionnairePublished,
)
from cordee.catalogue.models import Questionnaire, QuestionnaireVersion
from cordee.catalogue.queries import Kept
from cordee.catalogue.rules import ServiceChanges
from cordee.catalogue.states import Choice, Question, QuestionKind, QuestionnaireKind, Words
from cordee.kernel.actor import COMMAND
from cordee.kernel.refusals import Turn
from tests.cast import Cast
from tests.refusals import refused
from tests.steps import last_entry, told

NAME = "Positionnement atelier"


def choices(*labels: str) -> tuple[Choice, ...]:
    return tuple(Choice("", Words(label)) for label in labels)


FREE = Question(kind=QuestionKind.LONG_TEXT, label=Words("Qu’attendez-vous ?", "What do you expect?"))
LEVEL = Question(kind=QuestionKind.ONE, label=Words("Niveau"), choices=choices("Débutant·e", "À l’aise"))
SCALE = Question(kind=QuestionKind.SCALE, label=Words("Envie"), low=1, high=5)
NUMBER = Question(kind=QuestionKind.NUMBER, label=Words("Années"), low=0, high=40)


@pytest.fixture
def questionnaire(db: None) -> Questionnaire:
    return actions.add_questionnaire(name=NAME, kind=QuestionnaireKind.PLACEMENT, by=COMMAND)


def put(questionnaire: Questionnaire, question: Question) -> Question:
    return actions.put_question(
        questionnaire_id=questionnaire.pk, question=question, expected_version=None, by=COMMAND
    )


def publish(questionnaire: Questionnaire) -> QuestionnaireVersion:
    return actions.publish(questionnaire_id=questionnaire.pk, expected_version=None, by=COMMAND)


def kept(questionnaire: Questionnaire) -> Kept:
    found = queries.questionnaire(questionnaire.pk)
    assert found
    return found


def order(version: QuestionnaireVersion | None) -> list[str]:
    return [question.label.fr for question in version.asked] if version else []


def test_only_who_keeps_the_catalogue_writes_questionnaires(cast: Cast, questionnaire: Questionnaire) -> None:
    by, which = cast.actor(cast.quitterie), {"questionnaire_id": questionnaire.pk}
    put(questionnaire, FREE)
    attempts: list[Callable[[], object]] = [
        lambda: actions.add_questionnaire(name="X", kind=QuestionnaireKind.PLACEMENT, by=by),
        lambda: actions.change_questionnaire(
            **which, name="X", introduction=Words(), expected_version=None, by=by
        ),
        lambda: actions.put_question(**which, question=FREE, expected_version=None, by=by),
        lambda: actions.move_question(**which, key="q1", position=0, by=by),
        lambda: actions.remove_question(**which, key="q1", expected_version=None, by=by),
        lambda: actions.publish(**which, expected_version=None, by=by),
        lambda: actions.discard_draft(**which, expected_version=None, by=by),
    ]
    for attempt in attempts:
        with refused("not_operations", turn=Turn.OPERATIONS):
            attempt()


def test_questions_are_kept_as_they_were_written_in_order(questionnaire: Questionnaire) -> None:
    written = [
        replace(LEVEL, help=Words("Sans jugement", "No judgement"), required=True),
        replace(SCALE, low_label=Words("pas du tout", "not at all"), high_label=Words("beaucoup")),
        NUMBER,
        FREE,
    ]
    put_ = [put(questionnaire, question) for question in written]
    draft = kept(questionnaire).draft
    assert draft
    assert list(draft.asked) == put_
    assert [q.key for q in put_] == ["q1", "q2", "q3", "q4"]
    assert [c.key for c in put_[0].choices] == ["c1", "c2"]
    assert [replace(q, key="", choices=LEVEL.choices if q.choices else ()) for q in put_] == written
    assert told(QuestionnaireAdded) == [{"questionnaire_id": questionnaire.pk}]
    assert len(told(QuestionnaireChanged)) == 4


def test_what_is_published_is_never_changed_again(questionnaire: Questionnaire) -> None:
    level = put(questionnaire, LEVEL)
    first = publish(questionnaire)
    assert told(QuestionnairePublished) == [{"questionnaire_id": questionnaire.pk, "number": 1}]
    put(questionnaire, replace(level, label=Words("Votre niveau")))
    put(questionnaire, FREE)
    actions.move_question(questionnaire_id=questionnaire.pk, key="q2", position=0, by=COMMAND)
    actions.change_questionnaire(
        questionnaire_id=questionnaire.pk,
        name=NAME,
        introduction=Words("Bonjour"),
        expected_version=None,
        by=COMMAND,
    )
    now = kept(questionnaire)
    assert now.published == first
    assert (order(now.published), now.published and now.published.introduction) == (["Niveau"], Words())
    assert (order(now.draft), now.draft and now.draft.number) == (["Qu’attendez-vous ?", "Votre niveau"], 2)
    assert queries.version_asked(questionnaire.pk) == first
    second = publish(questionnaire)
    assert queries.version_asked(questionnaire.pk) == second
    assert QuestionnaireVersion.objects.get(pk=first.pk).asked == (level,)


def test_an_answer_that_stays_keeps_its_key_and_no_key_is_given_twice(questionnaire: Questionnaire) -> None:
    level = put(questionnaire, LEVEL)
    changed = put(questionnaire, replace(level, choices=choices("Expert·e", "À l’aise", "Débutant·e")[:2]))
    assert [(c.key, c.label.fr) for c in changed.choices] == [("c3", "Expert·e"), ("c2", "À l’aise")]
    publish(questionnaire)
    actions.remove_question(questionnaire_id=questionnaire.pk, key="q1", expected_version=None, by=COMMAND)
    assert put(questionnaire, FREE).key == "q2", "q1 stands for another question in the answers that are kept"


def test_moving_and_removing_twice_is_moving_and_removing_once(questionnaire: Questionnaire) -> None:
    for question in (LEVEL, SCALE, FREE):
        put(questionnaire, question)
    for _ in range(2):
        actions.move_question(questionnaire_id=questionnaire.pk, key="q3", position=1, by=COMMAND)
    assert order(kept(questionnaire).draft) == ["Niveau", "Qu’attendez-vous ?", "Envie"]
    version = kept(questionnaire).questionnaire.version
    for _ in range(2):
        actions.remove_question(
            questionnaire_id=questionnaire.pk, key="q1", expected_version=version, by=COMMAND
        )
    assert order(kept(questionnaire).draft) == ["Qu’attendez-vous ?", "Envie"]


def test_the_second_editor_is_told(questionnaire: Questionnaire) -> None:
    level = put(questionnaire, LEVEL)
    seen = kept(questionnaire).questionnaire.version
    put(questionnaire, FREE)
    which = {"questionnaire_id": questionnaire.pk, "expected_version": seen}
    with refused("changed_meanwhile"):
        actions.put_question(question=level, by=COMMAND, **which)
    with refused("changed_meanwhile"):
        actions.remove_question(key="q1", by=COMMAND, **which)
    with refused("changed_meanwhile"):
        actions.publish(by=COMMAND, **which)
    with refused("changed_meanwhile"):
        actions.discard_draft(by=COMMAND, **which)
    with refused("changed_meanwhile"):
        actions.change_questionnaire(name="X", introduction=Words(), by=COMMAND, **which)


@pytest.mark.parametrize(
    ("question", "code", "field"),
    [
        (replace(FREE, label=Words("", "Only English")), "no_question", "label_fr"),
        (replace(LEVEL, choices=choices("Seul")), "bad_choices", "choices_fr"),
        (replace(LEVEL, choices=choices(*map(str, range(21)))), "bad_choices", "choices_fr"),
        (replace(LEVEL, choices=choices("Oui", "Oui")), "same_choice", "choices_fr"),
        (replace(SCALE, low=5, high=5), "bad_scale", "high"),
        (replace(SCALE, low=1, high=11), "bad_scale", "high"),
        (replace(NUMBER, low=10, high=2), "bad_limits", "high"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(
    questionnaire: Questionnaire, question: Question, code: str, field: str
) -> None:
    with refused(code) as blockers:
        put(questionnaire, question)
    assert blockers[0].field == field
    assert kept(questionnaire).latest.questions == []


def test_a_questionnaire_has_a_question_and_not_too_many(questionnaire: Questionnaire) -> None:
    with refused("no_question"):
        publish(questionnaire)
    draft = kept(questionnaire).latest
    draft.questions = [replace(FREE, key=f"q{n}").as_json() for n in range(1, 31)]
    draft.save()
    with refused("too_many_questions"):
        put(questionnaire, FREE)
    publish(questionnaire)
    with refused("no_draft"):
        publish(questionnaire)


def test_each_questionnaire_has_its_own_name(questionnaire: Questionnaire) -> None:
    with refused("name_taken") as blockers:
        actions.add_questionnaire(name=f" {NAME} ", kind=QuestionnaireKind.PLACEMENT, by=COMMAND)
    assert blockers[0].field == "name"


def test_a_draft_thrown_away_leaves_what_is_published(questionnaire: Questionnaire) -> None:
    discard = {"questionnaire_id": questionnaire.pk, "expected_version": None, "by": COMMAND}
    put(questionnaire, LEVEL)
    published = publish(questionnaire)
    put(questionnaire, FREE)
    assert actions.discard_draft(**discard)  # type: ignore[arg-type]
    assert (kept(questionnaire).draft, kept(questionnaire).published) == (None, published)
    assert actions.discard_draft(**discard), "done twice, it does nothing more"  # type: ignore[arg-type]
    assert told(QuestionnaireDraftDiscarded) == [{"questionnaire_id": questionnaire.pk, "number": 2}]


def test_a_draft_never_published_takes_its_questionnaire_along(questionnaire: Questionnaire) -> None:
    put(questionnaire, LEVEL)
    assert not actions.discard_draft(questionnaire_id=questionnaire.pk, expected_version=None, by=COMMAND)
    assert not Questionnaire.objects.exists()


def test_changing_nothing_says_nothing(questionnaire: Questionnaire) -> None:
    since = last_entry()
    actions.change_questionnaire(
        questionnaire_id=questionnaire.pk, name=NAME, introduction=Words(), expected_version=None, by=COMMAND
    )
    actions.move_question(questionnaire_id=questionnaire.pk, key="q9", position=0, by=COMMAND)
    assert told(QuestionnaireChanged, since=since) == []


def test_a_service_asks_what_is_published(cast: Cast, questionnaire: Questionnaire) -> None:
    def ask(questionnaire_id: int | None) -> None:
        actions.change_service_type(
            service_type_id=cast.workshop.pk,
            changes=ServiceChanges(placement_questionnaire_id=questionnaire_id),
            expected_version=None,
            by=cast.actor(cast.olga),
        )

    put(questionnaire, LEVEL)
    with refused("not_published") as blockers:
        ask(questionnaire.pk)
    assert blockers[0].field == "placement_questionnaire_id"
    publish(questionnaire)
    ask(questionnaire.pk)
    assert queries.services_asking(questionnaire.pk) == [cast.workshop]
    ask(None)
    assert queries.services_asking(questionnaire.pk) == []


def test_english_falls_back_to_french() -> None:
    assert Words("Oui", "Yes").said_in("en") == "Yes"
    assert Words("Oui", "Yes").said_in("fr") == "Oui"
    assert Words("Oui").said_in("en") == "Oui"
    assert Words("Oui", "Yes").said_in("de") == "Oui"
