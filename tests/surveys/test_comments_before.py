"""What was said before answers in words had their search key is found by it."""

from datetime import date

import pytest

from cordee.catalogue.states import QuestionnaireKind
from cordee.surveys import queries
from cordee.surveys.models import Comment, Response
from cordee.surveys.queries import Scope
from tests.cast import Cast
from tests.migrating import before
from tests.surveys.opinions import ask


@pytest.mark.django_db(transaction=True)
def test_what_was_said_is_written_as_it_is_searched(cast: Cast) -> None:
    questionnaire = ask(cast.workshop, QuestionnaireKind.HOT)
    with before("surveys", "0003_sums_by_measure") as apps:
        version = apps.get_model("catalogue", "QuestionnaireVersion").objects.get(
            questionnaire_id=questionnaire
        )
        response = apps.get_model("surveys", "Response").objects.create(
            kind="hot",
            service_type_id=cast.workshop.pk,
            month=date(2027, 1, 1),
            version=version,
            counted=True,
        )
        said = apps.get_model("surveys", "Comment")
        said.objects.create(response=response, key="q8", text="Très ÉNERVANT, l’œil fatigué")
    assert Response.objects.count() == 1
    for search in ("enervant", "OEIL", "ÉNERVANT fatigue"):
        assert list(queries.comments(Scope(kind=QuestionnaireKind.HOT), search=search)) == [
            Comment.objects.get()
        ]
    assert not queries.comments(Scope(kind=QuestionnaireKind.HOT), search="enervant calme")
