"""The check at the end: who is asked, once and named; what is compared, and the figures of it."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.attendance.states import PresenceState
from cordee.catalogue.models import QuestionnaireVersion
from cordee.catalogue.states import Choice, Question, QuestionKind, QuestionnaireKind, Words
from cordee.enrolment.models import Enrolment
from cordee.planning.models import Session
from cordee.surveys import actions, queries
from cordee.surveys.facts import SurveyAnswered
from cordee.surveys.models import Addressee, Answers, Counts, Survey
from cordee.surveys.queries import Figures, Move, NotCompared, figures_of, of_questions, progress_of
from cordee.surveys.rules import Value
from tests.cast import Cast
from tests.certificates.stories import Settle, record
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import enrol, hold, plan, told
from tests.surveys.asking import KEEN, answer, next_version
from tests.surveys.checking import ask_again, asked, give

CHECK = QuestionnaireKind.CHECK
NAMES = ("Ana", "Ben", "Cleo", "Driss", "Eva", "Fadi")


@pytest.fixture
def version(cast: Cast) -> QuestionnaireVersion:
    return ask_again(cast)


@pytest.fixture
def session(cast: Cast, version: QuestionnaireVersion, now: MovableClock, settle: Settle) -> Session:
    """Six people on a session that is over and recorded; five said before how keen they were: 1, 2, 3, 4, 5."""
    (session,) = plan(cast, cast.noor)
    for step, person in enumerate(enrol(cast, session, *NAMES)[:5], start=1):
        answer(person, version, **{KEEN: step})
    next_version(version, label=Words("Où en êtes-vous ?"))
    hold(cast, now, session)
    settle()
    return session


def person(name: str) -> Enrolment:
    return Enrolment.objects.get(participant__first_name=name)


def test_who_was_there_gives_it_once_to_the_version_they_answered_before(
    session: Session, version: QuestionnaireVersion
) -> None:
    survey = Survey.objects.get(kind=CHECK)
    assert (survey.anonymous, survey.people) == (False, 6)
    assert give("Ana", 4).version == version, "what they answered before, though another is published now"
    assert give("Fadi", 3).version.number == 2, "who answered nothing before is asked what is published now"
    assert told(SurveyAnswered)[-1] == {
        "session_id": session.pk,
        "enrolment_id": person("Fadi").pk,
        "kind": "check",
    }
    with refused("given_already"):
        give("Ana", 5)
    assert Answers.objects.get(kind=CHECK, enrolment=person("Ana")).values[KEEN] == 4
    assert not asked("Ben").answered
    assert asked("Ana").answered


def test_what_cannot_be_given_is_refused(
    cast: Cast, session: Session, settle: Settle, now: MovableClock, version: QuestionnaireVersion
) -> None:
    with refused("other_questions"):
        give("Fadi", 3, version.pk)
    record(cast, session, Ben=PresenceState.ABSENT)
    settle()
    with pytest.raises(Addressee.DoesNotExist):
        asked("Ben")
    with refused("bad_answer"):
        give("Ana", 9)
    now.move_to("2027-03-01 09:00")
    with refused("survey_closed"):
        give("Ana", 3)
    assert not Answers.objects.filter(kind=CHECK).exists()


def test_a_group_is_told_with_who_cannot_be_compared(
    cast: Cast, session: Session, settle: Settle, now: MovableClock
) -> None:
    for name, keen in zip(NAMES, (3, 3, 3, 3, 5, 2), strict=True):
        give(name, keen)
    learned = queries.learned_on([session])[session.pk]
    assert learned.figures == Figures(
        given=6, compared=5, progressed=2, stayed=2, back=1, before=Fraction(5, 2), after=Fraction(3)
    )
    assert (learned.figures.mean_before, learned.figures.mean_after) == (50, 60)
    assert [p.progress.reason for p in learned.people] == [None] * 5 + [NotCompared.NOTHING_BEFORE]
    assert [p.progress.move for p in learned.people][:3] == [Move.PROGRESSED, Move.PROGRESSED, Move.STAYED]
    now.move_to("2027-04-20 08:00")
    actions.forget_old()
    assert not Answers.objects.exists()
    kept = queries.learned_on([session])[session.pk]
    assert (kept.forgotten, kept.people) == (True, ())
    assert kept.figures == replace(learned.figures, given=5), (
        "the one who answered another version is too few"
    )
    assert Counts.objects.count() == 2, "before and after, of one version"


def test_who_turns_out_to_have_been_absent_counts_nowhere(
    cast: Cast, session: Session, settle: Settle
) -> None:
    give("Ana", 5)
    record(cast, session, Ana=PresenceState.ABSENT)
    settle()
    assert queries.learned_on([session])[session.pk].figures == Figures()


# --- figures ----------------------------------------------------------------------------------------------

_SCALE = Question(key="q1", kind=QuestionKind.SCALE, label=Words("A"), low=1, high=5)
_WIDE = Question(key="q2", kind=QuestionKind.SCALE, label=Words("B"), low=0, high=10)
_ONE = Question(
    key="q3",
    kind=QuestionKind.ONE,
    label=Words("C"),
    choices=(Choice("c1", Words("a"), right=True), Choice("c2", Words("b"))),
)
_ALL = Question(
    key="q4",
    kind=QuestionKind.SEVERAL,
    label=Words("D"),
    choices=tuple(Choice(f"c{n}", Words(str(n)), right=n < 3) for n in (1, 2, 3)),
)
_FREE = Question(key="q5", kind=QuestionKind.LONG_TEXT, label=Words("E"))
_ASKED = (_SCALE, _WIDE, _ONE, _ALL, _FREE)
_ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "q1": st.integers(1, 5),
        "q2": st.integers(0, 10),
        "q3": st.sampled_from(["c1", "c2"]),
        "q4": st.lists(st.sampled_from(["c1", "c2", "c3"]), unique=True, min_size=1),
        "q5": st.text(min_size=1, max_size=5),
    },
)


@given(st.lists(st.tuples(_ANSWERS, st.none() | _ANSWERS, st.booleans()), max_size=12), st.integers(0, 12))
def test_figures_agree_however_a_group_is_cut(
    people: list[tuple[dict[str, Value], dict[str, Value] | None, bool]], cut: int
) -> None:
    found = [progress_of(_ASKED, after, before, same_questions=same) for after, before, same in people]
    whole = figures_of(found)
    assert whole == figures_of(found[:cut]) + figures_of(found[cut:])
    assert whole.progressed + whole.stayed + whole.back == whole.compared
    assert whole.compared + sum(one.reason is not None for one in found) == whole.given == len(people)
    assert 0 <= whole.before <= whole.compared
    assert 0 <= whole.after <= whole.compared
    assert whole.after - whole.before == sum(
        (one.after - one.before for one in found if one.after is not None and one.before is not None),
        Fraction(0),
    )
    assert Figures.from_json(whole.as_json()) == whole
    for question, figures in of_questions(found):
        assert question != _FREE, "words give no figure"
        assert figures.progressed + figures.stayed + figures.back == figures.compared <= whole.compared


def test_levels_are_those_of_the_method() -> None:
    before: dict[str, Value] = {"q1": 2, "q2": 5, "q3": "c2", "q4": ["c1"], "q5": "peu"}
    after: dict[str, Value] = {"q1": 4, "q2": 5, "q3": "c1", "q4": ["c1", "c2"], "q5": "mieux"}
    found = progress_of(_ASKED, after, before)
    levels = [(step.level_before, step.level_after) for step in found.steps]
    half = Fraction(1, 2)
    assert levels == [(Fraction(1, 4), Fraction(3, 4)), (half, half), (0, 1), (0, 1), (None, None)]
    assert (found.before, found.after) == (Fraction(3, 16), Fraction(13, 16))
    assert progress_of(_ASKED, after, before, same_questions=False).reason == NotCompared.OTHER_QUESTIONS
    assert progress_of([_FREE], after, before).reason == NotCompared.NO_LEVELS
    scales, right = _ASKED[:2], _ASKED[2:4]
    for some, basis in ((_ASKED, "both"), (scales, "self"), (right, "right"), ([_FREE], None)):
        assert progress_of(some, after, before).basis == basis
    one_compared = progress_of(_ASKED, after, {"q1": 2})
    assert (one_compared.before, one_compared.basis) == (Fraction(1, 4), "self"), "of what is told alone"
