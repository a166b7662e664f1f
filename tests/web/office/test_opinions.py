"""The results of surveys at the office: figures with their method, comparisons, comments, and who reads what."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from cordee.catalogue import actions as catalogue
from cordee.catalogue.states import Question, QuestionKind, QuestionnaireKind
from cordee.catalogue.states import Words as Words_
from cordee.kernel.actor import COMMAND
from cordee.planning.models import Session
from cordee.surveys import actions
from cordee.surveys.models import Comment, Survey
from tests.cast import Cast
from tests.certificates.stories import Settle, certified
from tests.conftest import MovableClock
from tests.surveys.opinions import ask, asked_in, fill, say
from tests.web.office.conftest import Fields, Seat, Words

K = QuestionnaireKind
NAMES = ("Ana", "Ben", "Cleo", "Driss", "Eva")


@pytest.fixture
def session(cast: Cast, now: MovableClock, settle: Settle) -> Session:
    """Five people have answered how it was, and it is told; one wrote a formula."""
    for kind in (K.HOT, K.FACILITATOR):
        ask(cast.workshop, kind)
    session = certified(cast, now, settle, *NAMES)
    for place, asked in enumerate(asked_in(Survey.objects.get(kind=K.HOT))):
        say(asked, receipt=f"{place}", q1=10 - place, q7="=1+1<b>", q8=f"Plus de pauses {place}")
    actions.close_due()
    return session


def test_figures_say_their_number_period_and_method(
    cast: Cast, session: Session, seat: Seat, words: Words
) -> None:
    said = words(seat(cast.quitterie).get(reverse("survey_results")))
    assert "100% Response rate Answered: 5 of 5" in said
    assert "8.0 Recommendation NPS 20, n = 5" in said
    assert "Answers told: n = 5. Given: 5. Asked: 5. Surveys: 1." in said
    assert "from 1 February 2026 to 31 January 2027" in said
    assert "The NPS is" in said


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({"about": "{session.ref}"}, True),
        ({"about": "{session.mission.ref}"}, True),
        ({"about": "M-1999-1"}, False),
        ({"facilitator": "{cast.noor.pk}"}, True),
        ({"facilitator": "{cast.idris.pk}"}, False),
        ({"service": "{cast.training.pk}"}, False),
        ({"client": "{cast.valmont.pk}", "period": "2027-01"}, True),
        ({"period": "2026"}, False),
        ({"period": "all"}, True),
        ({"questionnaire": "{asked}"}, True),
        ({"questionnaire": "999999"}, False),
    ],
)
def test_figures_are_narrowed(
    cast: Cast, session: Session, seat: Seat, words: Words, narrowed: dict[str, str], *, expected: bool
) -> None:
    asked = Survey.objects.get(kind=K.HOT).questionnaire_id
    query: Any = {
        name: value.format(session=session, cast=cast, asked=asked) for name, value in narrowed.items()
    }
    said = words(seat(cast.quitterie).get(reverse("survey_results"), query))
    assert ("8.0 of 10 on average" in said) == expected
    assert ("No answer to show" in said) != expected


def test_a_year_of_figures_costs_as_much_as_one_session(
    cast: Cast, session: Session, seat: Seat, django_assert_max_num_queries: Any
) -> None:
    quality = seat(cast.quitterie)
    pages = ("survey_results", "survey_lots", "survey_comparison", "survey_comments")
    for number in (0, 30):
        fill(session, number)
        for name in pages:
            with django_assert_max_num_queries(12):
                answer = quality.get(reverse(name), {"client": cast.valmont.pk, "period": "all"})
                assert answer.status_code == 200


def test_a_figure_opens_the_lots_behind_it_and_no_anonymous_answer(
    cast: Cast, session: Session, seat: Seat, words: Words
) -> None:
    quality = seat(cast.quitterie)
    page = quality.get(reverse("survey_results")).text
    assert f"{reverse('survey_lots')}?measure=recommend" in page
    said = words(quality.get(reverse("survey_lots"), {"measure": "recommend"}))
    assert "5 8.0 6 × 1 · 7 × 1 · 8 × 1 · 9 × 1 · 10 × 1 anonymous" in said
    hot = Survey.objects.get(kind=K.HOT)
    assert quality.get(reverse("survey_answers", args=[hot.pk])).status_code == 404
    assert quality.get(reverse("survey_lots"), {"measure": "12:nothing"}).status_code == 404


def test_answers_with_names_are_read_by_quality(
    cast: Cast, session: Session, seat: Seat, words: Words
) -> None:
    survey = Survey.objects.get(kind=K.FACILITATOR)
    say(asked_in(survey)[0], {"q1": 9, "q2": 4, "q3": 2}, q4="Salle fermée")
    lots = f"{reverse('survey_lots')}?kind=facilitator&measure=recommend"
    address = reverse("survey_answers", args=[survey.pk])
    assert address in seat(cast.quitterie).get(lots).text
    said = words(seat(cast.quitterie).get(address))
    assert "Noor van den Berg" in said
    assert "Salle fermée" in said
    assert address not in seat(cast.olga).get(lots).text
    comments = f"{reverse('survey_comments')}?kind=facilitator"
    assert "<b>Noor van den Berg</b>" in seat(cast.quitterie).get(comments).text
    of_operations = seat(cast.olga).get(comments).text
    assert "Salle fermée" in of_operations
    assert "<b>Noor van den Berg</b>" not in of_operations


def test_comments_are_searched_tagged_and_masked(
    cast: Cast, session: Session, seat: Seat, words: Words, hidden: Fields
) -> None:
    quality, address = seat(cast.quitterie), reverse("survey_comments")
    comment = Comment.objects.get(text="Plus de pauses 3")
    page = quality.get(address)
    assert "&lt;b&gt;" in page.text, "what was typed is no HTML"
    assert "=1+1<b>" in words(page)
    found = words(quality.get(address, {"q": "PAUSES 3"}))
    assert "Plus de pauses 3" in found
    assert "Plus de pauses 2" not in found
    own = reverse("survey_comment", args=[comment.pk])
    fields = hidden(quality.get(own))
    answer = quality.post(f"{own}?q=pauses", {**fields, "tags": "Rythme, salle"})
    assert answer["Location"] == f"{address}?q=pauses"
    assert "Plus de pauses 3" in words(quality.get(address, {"tag": "rythme"}))
    assert "No comment to show" in words(quality.get(address, {"tag": "autre"}))
    mask = reverse("mask_comment", args=[comment.pk])
    refused = quality.post(mask, {**hidden(quality.get(own)), "passage": "Paul", "reason": ""})
    assert refused.status_code == 422
    assert 'value="Paul"' in refused.text, "nothing typed is lost"
    quality.post(mask, {**hidden(refused), "passage": "pauses", "reason": "Essai"})
    said = words(quality.get(address))
    assert "Plus de […] 3" in said
    assert "words were taken out by quality" in said


def test_files_hold_what_the_page_shows_and_run_nothing(cast: Cast, session: Session, seat: Seat) -> None:
    quality = seat(cast.quitterie)

    def rows(name: str, kind: str) -> list[list[object]]:
        content = b"".join(quality.get(reverse(name), {"as": kind}).streaming_content)
        if kind == "csv":
            return [line.split(";") for line in content.decode("utf-8-sig").splitlines()]
        with ZipFile(BytesIO(content)) as packed:
            sheet = packed.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()

    by_csv = next(row for row in rows("survey_figures_file", "csv") if row[0] == "Recommendation")
    by_xlsx = next(row for row in rows("survey_figures_file", "xlsx") if row[0] == "Recommendation")
    assert by_csv[2:5] == ["5", "5", "5"]
    assert by_csv[7:9] == ["8,00", "20"]
    assert by_xlsx[2:5] == [5, 5, 5]
    assert by_xlsx[7:9] == [8, 20]
    said = {row[4] for row in rows("survey_comments_file", "csv")}
    assert "'=1+1<b>" in said
    assert "=1+1<b>" not in said
    assert "=1+1<b>" in {row[4] for row in rows("survey_comments_file", "xlsx")}


def test_numbers_are_told_with_their_ends_and_by_bins(
    cast: Cast, session: Session, seat: Seat, words: Words
) -> None:
    quality, survey = seat(cast.quitterie), Survey.objects.get(kind=K.FACILITATOR)
    which = survey.questionnaire_id
    question = Question(kind=QuestionKind.NUMBER, label=Words_("Combien ?", "How many came late?"))
    catalogue.put_question(questionnaire_id=which, question=question, expected_version=None, by=COMMAND)
    version = catalogue.publish(questionnaire_id=which, expected_version=None, by=COMMAND)
    key = version.asked[-1].key
    say(asked_in(survey)[0], {"q1": 9, "q2": 4, "q3": 2, key: 12})
    page = quality.get(reverse("survey_results"), {"kind": "facilitator"})
    said = words(page)
    assert "How many came late? n = 1 12.0 on average from 12 to 12" in said
    assert "10 to 19" in said
    lots = {"kind": "facilitator", "measure": f"{which}:{key}"}
    assert f"measure={which}%3A{key}" in page.text
    assert "12.0 10 to 19 × 1" in words(quality.get(reverse("survey_lots"), lots))
    content = b"".join(quality.get(reverse("survey_figures_file"), {"kind": "facilitator"}).streaming_content)
    whole, inside = [
        line.split(";") for line in content.decode("utf-8-sig").splitlines() if "came late" in line
    ]
    assert (whole[2], whole[7], whole[10:12], whole[12:]) == ("1", "12,00", ["12", "12"], [""] * 11)
    assert (inside[1], inside[12:14]) == ("10 to 19", ["0", "1"])


def test_comparison_links_to_each(cast: Cast, session: Session, seat: Seat, words: Words) -> None:
    quality = seat(cast.quitterie)
    names = {
        "service": cast.workshop.name,
        "client": "Ville de Valmont",
        "facilitator": "Noor van den Berg",
        "mission": cast.mission.ref,
        "session": session.ref,
    }
    for by, name in names.items():
        said = words(quality.get(reverse("survey_comparison"), {"by": by}))
        assert f"{name} " in said
        assert "1 100% 5 8.0 20" in said
