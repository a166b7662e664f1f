"""What the house suggests to ask, and what each kind of questionnaire may be."""

import pytest

from cordee.catalogue import actions as catalogue
from cordee.catalogue.rules import ServiceChanges, question_makes_sense
from cordee.catalogue.states import Question, QuestionKind, QuestionnaireKind, Topic, Words
from cordee.kernel.actor import COMMAND
from tests.cast import Cast
from tests.refusals import refused
from tests.surveys.asking import asked_by
from tests.surveys.opinions import ask


def test_who_is_alone_is_never_anonymous(cast: Cast) -> None:
    kept = catalogue.add_questionnaire(name="Client", kind=QuestionnaireKind.CLIENT, by=COMMAND)
    with refused("never_anonymous"):
        catalogue.change_questionnaire(
            questionnaire_id=kept.pk,
            name="Client",
            introduction=Words(),
            anonymous=True,
            expected_version=None,
            by=COMMAND,
        )


def test_a_topic_is_measured_once_on_its_own_scale(cast: Cast) -> None:
    kept = catalogue.add_questionnaire(name="À chaud", kind=QuestionnaireKind.HOT, suggested=True, by=COMMAND)
    question = Question(
        kind=QuestionKind.SCALE, label=Words("Encore ?"), low=1, high=5, topic=Topic.RECOMMEND
    )
    with refused("other_steps", "measured_already"):
        catalogue.put_question(questionnaire_id=kept.pk, question=question, expected_version=None, by=COMMAND)


@pytest.mark.parametrize("kind", list(QuestionnaireKind))
def test_what_the_house_suggests_is_whole(db: None, kind: QuestionnaireKind) -> None:
    """In both languages, publishable, at most eight questions: under two minutes."""
    kept = catalogue.add_questionnaire(name="Modèle", kind=kind, suggested=True, by=COMMAND)
    version = catalogue.publish(questionnaire_id=kept.pk, expected_version=None, by=COMMAND)
    assert 4 <= len(version.asked) <= 8
    for question in version.asked:
        assert question.label.fr
        assert question.label.en
        assert not list(question_makes_sense(question))
    assert [q.key for q in version.asked] == [f"q{n}" for n in range(1, len(version.asked) + 1)]


def test_a_service_asks_each_kind_in_its_place(cast: Cast) -> None:
    hot = ask(cast.workshop)
    with refused("other_kind") as blockers:
        catalogue.change_service_type(
            service_type_id=cast.workshop.pk,
            changes=ServiceChanges(cold_questionnaire_id=hot),
            expected_version=None,
            by=COMMAND,
        )
    assert blockers[0].field == "cold_questionnaire_id"
    placement = asked_by(cast.workshop).questionnaire_id
    catalogue.change_service_type(
        service_type_id=cast.workshop.pk,
        changes=ServiceChanges(check_questionnaire_id=placement),
        expected_version=None,
        by=COMMAND,
    )
