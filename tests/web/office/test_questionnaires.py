"""Writing questionnaires: each page without script, nothing typed lost, two editors."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cordee.catalogue import actions, queries
from cordee.catalogue.models import Questionnaire, QuestionnaireVersion, ServiceType
from cordee.catalogue.states import QuestionKind, Words
from cordee.kernel.actor import COMMAND
from tests.cast import Cast
from tests.surveys.asking import QUESTIONS, asked_by


@pytest.fixture
def version(cast: Cast) -> QuestionnaireVersion:
    return asked_by(cast.workshop)


@pytest.fixture
def olga(cast: Cast, seat: Any) -> Client:
    client = seat(cast.olga)
    assert isinstance(client, Client)
    return client


def address(name: str, version: QuestionnaireVersion, *more: str) -> str:
    return reverse(name, args=[version.questionnaire_id, *more])


def draft_of(version: QuestionnaireVersion) -> QuestionnaireVersion:
    return version.questionnaire.versions.get(published_at=None)


def labels(version: QuestionnaireVersion) -> list[str]:
    return [question.label.fr for question in version.asked]


def press(client: Client, page: str, button: str, hidden: Any, **values: object) -> Any:
    return client.post(button, {**hidden(client.get(page)), **values})


def test_a_questionnaire_is_written_seen_and_published(
    cast: Cast, olga: Client, hidden: Any, words: Any
) -> None:
    new = reverse("new_questionnaire")
    done = olga.post(new, {**hidden(olga.get(new)), "name": "Avant l’atelier", "kind": "placement"})
    kept = Questionnaire.objects.get(name="Avant l’atelier")
    page = reverse("questionnaire", args=[kept.pk])
    assert done["Location"] == page
    assert "A draft: nobody is asked yet" in words(olga.get(page))
    question = reverse("new_question", args=[kept.pk, "one"])
    typed = {
        "label_fr": "Votre niveau ?",
        "label_en": "Your level?",
        "choices_fr": "Débutant·e\n\n * À l’aise \n",
        "choices_en": "Beginner",
        "required": "on",
    }
    saved = olga.post(question, {**hidden(olga.get(question)), **typed})
    assert saved["Location"] == f"{page}#question-q1"
    assert "right: À l’aise" in words(olga.get(page))
    written = olga.get(reverse("change_question", args=[kept.pk, "q1"])).context["form"]
    assert written["choices_fr"].value() == "Débutant·e\n*À l’aise"
    preview = olga.get(reverse("questionnaire_preview", args=[kept.pk]) + "?language=en&on=desk")
    assert "Your level?" in words(preview)
    assert "Beginner À l’aise" in words(preview), "French where there is no English"
    press(olga, page, reverse("publish_questionnaire", args=[kept.pk]), hidden)
    now = queries.questionnaire(kept.pk)
    assert now
    assert now.published
    assert now.draft is None
    assert [c.label for c in now.published.asked[0].choices] == [
        Words("Débutant·e", "Beginner"),
        Words("À l’aise"),
    ]
    service = reverse("change_service", args=[cast.workshop.pk])
    form = olga.get(service)
    values = {
        name: form.context["form"][name].value()
        for name in ("name", "kind", "minutes", "half_days", "capacity", "code", "cold_after_days")
    }
    olga.post(service, {**hidden(form), **values, "is_active": "on", "placement_questionnaire_id": kept.pk})
    assert ServiceType.objects.get(pk=cast.workshop.pk).placement_questionnaire == kept
    assert "version 1 published" in words(olga.get(reverse("catalogue")))


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_every_kind_of_question_is_shown_as_it_was_written(
    version: QuestionnaireVersion, olga: Client, hidden: Any, kind: QuestionKind
) -> None:
    """Opened and saved again, a question stays what it was."""
    before = next(q for q in version.asked if q.kind == kind)
    page = olga.get(address("change_question", version, before.key))
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    shown = {name: value for name, value in values.items() if value is not None and value is not False}
    assert (
        olga.post(address("change_question", version, before.key), {**shown, **hidden(page)}).status_code
        == 302
    )
    after = next(q for q in draft_of(version).asked if q.key == before.key)
    assert after == before


def test_what_is_wrong_is_told_beside_its_field_and_nothing_typed_is_lost(
    version: QuestionnaireVersion, olga: Client, hidden: Any, words: Any
) -> None:
    question = address("new_question", version, "one")
    typed = {"label_fr": "Déjà venu·e ?", "choices_fr": "Oui", "choices_en": "Yes\nNo\nPerhaps"}
    told = olga.post(question, {**hidden(olga.get(question)), **typed})
    assert told.status_code == 422
    assert "Answers in French: 1; in English: 3" in told.context["form"].errors["choices_en"][0]
    told = olga.post(question, {**hidden(told), **typed, "choices_en": ""})
    assert "A choice is made among 2 to 20 answers." in told.context["form"].errors["choices_fr"][0]
    assert "Déjà venu·e ?" in told.content.decode()
    scale = address("new_question", version, "scale")
    told = olga.post(scale, {**hidden(olga.get(scale)), "label_fr": "?", "low": "5", "high": "5"})
    assert "A scale goes up" in told.context["form"].errors["high"][0]
    assert queries.questionnaire(version.questionnaire_id).draft is None  # type: ignore[union-attr]


def test_questions_are_moved_and_taken_out_by_buttons(
    version: QuestionnaireVersion, olga: Client, hidden: Any
) -> None:
    page = address("questionnaire", version)
    moved = press(olga, page, address("move_question", version, "q3"), hidden, position=0)
    assert moved["Location"] == f"{page}#question-q3"
    press(olga, page, address("remove_question", version, "q1"), hidden)
    assert [q.key for q in draft_of(version).asked] == ["q3", "q2", "q4", "q5", "q6"]
    assert len(version.asked) == len(QUESTIONS), "what is published stays"
    press(olga, page, address("discard_draft", version), hidden)
    assert not version.questionnaire.versions.filter(published_at=None).exists()


def test_a_button_pressed_twice_does_one_thing(
    version: QuestionnaireVersion, olga: Client, hidden: Any
) -> None:
    actions.move_question(questionnaire_id=version.questionnaire_id, key="q1", position=3, by=COMMAND)
    form = hidden(olga.get(address("questionnaire", version)))
    for _ in range(2):
        answer = olga.post(address("publish_questionnaire", version), form, follow=True)
        assert "Somebody else" not in answer.content.decode()
    assert version.questionnaire.versions.count() == 2


def test_the_second_editor_is_told_and_keeps_what_was_typed(
    version: QuestionnaireVersion, olga: Client, hidden: Any, words: Any
) -> None:
    question = address("change_question", version, "q6")
    form = hidden(olga.get(question))
    changed = next(q for q in version.asked if q.key == "q6")
    actions.put_question(
        questionnaire_id=version.questionnaire_id,
        question=type(changed)(key="q6", kind=changed.kind, label=Words("D’elle")),
        expected_version=None,
        by=COMMAND,
    )
    told = olga.post(question, {**form, "label_fr": "D’Olga"})
    assert told.status_code == 422
    assert "Somebody else changed this while you were editing." in words(told)
    assert "On record now: D’elle" in words(told)
    assert 'value="D’Olga"' in told.content.decode()
    assert olga.post(question, {**form, **hidden(told), "label_fr": "D’Olga"}).status_code == 302
    assert labels(draft_of(version))[-1] == "D’Olga"
    stale = {"form_token": str(uuid4()), "expected_version": form["expected_version"]}
    late = olga.post(address("publish_questionnaire", version), stale, follow=True)
    assert "Somebody else changed this" in words(late)
    assert queries.version_asked(version.questionnaire_id) == version


def test_the_name_and_the_introduction_are_changed(
    version: QuestionnaireVersion, olga: Client, hidden: Any
) -> None:
    page = address("questionnaire", version)
    values = {"name": "Autre nom", "introduction_fr": "Bonjour", "introduction_en": "Hello"}
    assert olga.post(page, {**hidden(olga.get(page)), **values}).status_code == 302
    assert draft_of(version).introduction == Words("Bonjour", "Hello")
    assert Questionnaire.objects.get().name == "Autre nom"


def test_quality_reads_questionnaires_without_changing_them(
    cast: Cast, version: QuestionnaireVersion, seat: Any, words: Any
) -> None:
    client = seat(cast.quitterie)
    text = words(client.get(address("questionnaire", version)))
    assert "Votre niveau ?" in text
    assert "Add a question" not in text
    assert client.post(address("questionnaire", version), {"name": "X"}).status_code == 403


def test_the_catalogue_costs_the_same_with_more_questionnaires(
    cast: Cast, olga: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        asked_by(cast.workshop, f"Questionnaire {number}")
        with django_assert_max_num_queries(8):
            olga.get(reverse("catalogue"))


def test_a_survey_begins_with_what_the_house_suggests_and_is_anonymous(olga: Client, hidden: Any) -> None:
    new = reverse("new_questionnaire")
    sent = {**hidden(olga.get(new)), "name": "À chaud", "kind": "hot", "suggested": "on"}
    made = olga.post(new, sent)
    kept = Questionnaire.objects.get(name="À chaud")
    assert made["Location"].endswith(f"/{kept.pk}/")
    assert kept.anonymous
    told = olga.get(made["Location"]).text
    for words in ("Recommanderiez-vous", "0 (pas du tout)", "Recommendation", 'name="anonymous"'):
        assert words in told
