"""Surveys: who is asked, how answers are given and corrected, and that anonymous ones lead to nobody."""

import pytest

from cordee.attendance.states import PresenceState
from cordee.catalogue import actions as catalogue
from cordee.catalogue.models import QuestionnaireVersion
from cordee.catalogue.states import QuestionnaireKind
from cordee.enrolment.models import Enrolment, Participant
from cordee.journal.models import Entry
from cordee.journal.states import ERASED
from cordee.kernel.actor import COMMAND
from cordee.planning.models import Session
from cordee.surveys import actions
from cordee.surveys.facts import ResponseGiven, SurveyClosed
from cordee.surveys.models import Addressee, Comment, Response, Sum, Survey
from cordee.surveys.states import FEWEST_TOLD
from tests.cast import Cast
from tests.certificates.stories import Settle, certified, record
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import told
from tests.surveys.opinions import HOT, ask, asked_in, say

K = QuestionnaireKind
NAMES = ("Ana", "Ben", "Cleo", "Driss", "Eva", "Fadi")


@pytest.fixture
def session(cast: Cast, now: MovableClock, settle: Settle) -> Session:
    """A session of six that is over and recorded; its service asks everybody."""
    for kind in (K.HOT, K.COLD, K.CLIENT, K.FACILITATOR):
        ask(cast.workshop, kind)
    return certified(cast, now, settle, *NAMES)


def the(kind: QuestionnaireKind) -> Survey:
    return Survey.objects.get(kind=kind)


def test_everybody_is_asked_once_presence_is_recorded(cast: Cast, session: Session) -> None:
    hot = the(K.HOT)
    assert (hot.session, hot.anonymous, hot.people, hot.answered) == (session, True, 6, 0)
    assert [a.facilitator for a in asked_in(the(K.FACILITATOR))] == [cast.noor]
    assert [a.contact for a in asked_in(the(K.CLIENT))] == [cast.contact]
    assert not Survey.objects.filter(kind=K.COLD).exists()


def test_who_was_absent_after_all_is_not_asked(cast: Cast, session: Session, settle: Settle) -> None:
    record(cast, session, Ben=PresenceState.ABSENT)
    settle()
    assert the(K.HOT).people == 5


def test_the_cold_survey_begins_on_its_day_and_once(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to("2027-03-15 08:13")
    actions.ask_cold_due()
    assert not Survey.objects.filter(kind=K.COLD).exists(), "59 days"
    now.move_to("2027-03-16 08:13")
    for _ in range(2):
        actions.ask_cold_due()
    assert the(K.COLD).people == 6


def test_a_named_answer_is_found_corrected_and_told_once(cast: Cast, session: Session) -> None:
    (noor,) = asked_in(the(K.FACILITATOR))
    say(noor, {"q1": 9, "q2": 4, "q3": 2}, q4="Pas de salle")
    say(noor, {"q1": 7, "q2": 4, "q3": 2})
    response = Response.objects.get()
    assert (response.facilitator, response.values, response.counted) == (
        cast.noor,
        {"q1": 7, "q2": 4, "q3": 2},
        True,
    )
    assert not Comment.objects.exists()
    assert [Sum.objects.get(measure="recommend").n7, Sum.objects.get(measure="recommend").n9] == [1, 0]
    assert len(told(ResponseGiven)) == 1
    assert the(K.FACILITATOR).answered == 1


def test_an_anonymous_answer_is_corrected_by_its_receipt_alone(session: Session) -> None:
    ana = asked_in(the(K.HOT))[0]
    say(ana, receipt="on Ana's phone")
    say(ana, receipt="on Ana's phone", q1=2)
    assert [r.values["q1"] for r in Response.objects.all()] == [2]
    with refused("answered_already"):
        say(ana, receipt="elsewhere")
    with refused("answered_already"):
        say(ana)


def test_an_anonymous_answer_leads_to_nobody(session: Session) -> None:
    before = Entry.objects.count()
    for asked in asked_in(the(K.HOT)):
        say(asked, receipt=f"{asked.pk}", q8="Plus de pauses")
    assert Entry.objects.count() == before, "nothing is recorded of it"
    for response in Response.objects.all():
        assert (response.enrolment, response.contact, response.facilitator) == (None, None, None)
    actions.close_due()
    numbers = list(Response.objects.order_by("pk").values_list("pk", flat=True))
    assert min(numbers) > 1_000_000, "by chance, not one after the other"
    assert not Response.objects.exclude(receipt="").exists()
    assert {f.name for f in Response._meta.fields if "at" in f.name.split("_")} == set()
    assert {f.name for f in Addressee._meta.fields if "at" in f.name.split("_")} == set()


def test_fewer_than_four_are_never_told_alone(session: Session, now: MovableClock) -> None:
    people = asked_in(the(K.HOT))
    for asked in people[: FEWEST_TOLD - 1]:
        say(asked)
    actions.close_due()
    assert not Response.objects.filter(counted=True).exists()
    say(people[3])
    assert not Response.objects.filter(counted=True).exists(), "not before the night"
    actions.close_due()
    assert Response.objects.filter(counted=True, session=session).count() == 4
    say(people[4])
    now.move_to("2027-02-10 03:00")
    actions.close_due()
    assert Response.objects.filter(counted=True).count() == 4, (
        "one more would be told by being the difference"
    )
    left = Response.objects.get(counted=False)
    assert (left.session, left.survey, left.mission, left.client) == (None, None, None, None)
    assert left.service_type == session.line.service_type
    assert not the(K.HOT).asked.exists(), "who answered is forgotten with the survey"
    assert told(SurveyClosed) != []


def test_what_fewer_than_four_of_a_batch_answered_is_in_no_figure(session: Session) -> None:
    version = QuestionnaireVersion.objects.get(questionnaire__kind=K.HOT)
    version.questions = [{**question, "required": False} for question in version.questions]
    version.save(update_fields=["questions"])
    [pace] = [q for q in version.asked if q.key == "q5"]
    people = asked_in(the(K.HOT))
    for asked in people[:2]:
        say(asked)
    for asked in people[2:]:
        say(asked, {key: value for key, value in HOT.items() if key != pace.key})
    actions.close_due()
    assert Response.objects.filter(counted=True).count() == 6
    measures = {q.topic or f"{version.questionnaire_id}:{q.key}" for q in version.asked if q.kind == "scale"}
    told_of = set(Sum.objects.values_list("measure", flat=True))
    assert measures - told_of == {pace.topic or f"{version.questionnaire_id}:{pace.key}"}, (
        "two people's answer"
    )
    assert Sum.objects.get(measure="recommend").n9 == 6


def test_a_closed_survey_takes_no_answer(session: Session, now: MovableClock) -> None:
    (noor,) = asked_in(the(K.FACILITATOR))
    now.move_to("2027-02-10 03:00")
    with refused("survey_closed"):
        say(noor, {"q1": 7, "q2": 4, "q3": 2})


def test_each_answer_keeps_its_version(session: Session) -> None:
    survey = the(K.FACILITATOR)
    (noor,) = asked_in(survey)
    say(noor, {"q1": 7, "q2": 4, "q3": 2})
    catalogue.remove_question(
        questionnaire_id=survey.questionnaire_id, key="q2", expected_version=None, by=COMMAND
    )
    catalogue.publish(questionnaire_id=survey.questionnaire_id, expected_version=None, by=COMMAND)
    say(noor, {"q1": 8, "q2": 5, "q3": 2})
    response = Response.objects.get()
    assert (response.version.number, response.values["q2"]) == (1, 5)


def test_what_people_were_told_of_anonymity_stays_true(cast: Cast, session: Session) -> None:
    hot = the(K.HOT)
    catalogue.change_questionnaire(
        questionnaire_id=hot.questionnaire_id,
        name="Autre",
        introduction=hot.questionnaire.versions.get().introduction,
        anonymous=False,
        expected_version=None,
        by=COMMAND,
    )
    say(asked_in(the(K.HOT))[0])
    assert Response.objects.get().enrolment is None


def test_names_go_in_time_and_figures_stay(session: Session, now: MovableClock) -> None:
    (noor,) = asked_in(the(K.FACILITATOR))
    say(noor, {"q1": 7, "q2": 4, "q3": 2})
    now.move_to("2027-03-01 03:00")
    actions.close_due()
    now.move_to("2028-03-02 03:00")
    actions.forget_names()
    assert Response.objects.get().facilitator is None
    assert Sum.objects.get(measure="recommend").n7 == 1


def test_who_is_erased_stays_counted_and_is_asked_no_more(cast: Cast, session: Session) -> None:
    survey = the(K.HOT)
    first, second, silent, *_others = asked_in(survey)
    for asked in (first, second):
        say(asked, receipt=f"{asked.pk}")
    erased = [one.enrolment for one in (first, silent) if one.enrolment]
    write_names(erased)
    actions.forget_person(enrolment_ids=[one.pk for one in erased])
    say(asked_in(survey)[-1], receipt="last")
    survey.refresh_from_db()
    assert (survey.answered, Response.objects.filter(survey=survey).count()) == (3, 3)
    before = survey.asked.count()
    actions.ask_participants(session_id=session.pk, kind=K.HOT)
    assert survey.asked.count() == before


def write_names(erased: list[Enrolment]) -> None:
    Participant.objects.filter(pk__in=[one.participant_id for one in erased]).update(
        first_name="", last_name=ERASED, email=""
    )


def test_five_thousand_letters_are_kept_and_one_more_is_refused(session: Session) -> None:
    ana = asked_in(the(K.HOT))[0]
    with refused("bad_answer"):
        say(ana, q8="é" * 5001)
    say(ana, q8="é" * 5000)
    assert len(Comment.objects.get().text) == 5000


def test_a_mask_is_for_good_and_leaves_a_trace(cast: Cast, session: Session) -> None:
    (noor,) = asked_in(the(K.FACILITATOR))
    say(noor, {"q1": 7, "q2": 4, "q3": 2}, q4="Paul Dupont dormait. Paul Dupont !")
    comment = Comment.objects.get()
    quality = cast.actor(cast.quitterie)
    with refused("no_such_passage", "no_reason"):
        actions.mask(comment_id=comment.pk, passage="Pierre", reason=" ", by=quality)
    with refused("not_quality"):
        actions.mask(comment_id=comment.pk, passage="Paul", reason="x", by=cast.actor(cast.olga))
    actions.mask(comment_id=comment.pk, passage="Paul Dupont", reason="Personne citée", by=quality)
    comment.refresh_from_db()
    assert (comment.text, comment.masked) == ("[…] dormait. […] !", 2)
    entry = Entry.objects.get(fact="CommentMasked")
    assert entry.user_id == cast.quitterie.pk
    assert "Dupont" not in str(entry.payload)
    with refused("answer_masked"):
        say(noor, {"q1": 7, "q2": 4, "q3": 2}, q4="Paul Dupont dormait.")
    say(noor, {"q1": 8, "q2": 4, "q3": 2}, q4=comment.text)
    assert Comment.objects.get().masked == 2
