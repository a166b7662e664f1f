"""When somebody may answer, what an answer may be, and who reads answers."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from cordee.catalogue.states import CHOSEN, LARGEST_NUMBER, Question, QuestionKind
from cordee.enrolment.models import Enrolment
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.names import tidy
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn
from cordee.missions.models import Mission
from cordee.missions.rules import coordinates
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus
from cordee.surveys.models import Addressee, Comment, Response, Survey
from cordee.surveys.states import LONGEST, LONGEST_TAG, MOST_TAGS

type Value = str | int | list[str]
"""An answer: the key of a choice or a text, a number, or the keys of several choices."""


def is_open(enrolment: Enrolment) -> Iterator[Blocker]:
    """Answers are given and changed until the session starts: then it has been adapted to them."""
    session = enrolment.session
    if session.status == SessionStatus.CANCELLED:
        yield _closed("session_cancelled", _("This session is cancelled."))
    elif enrolment.cancelled_at is not None:
        yield _closed("not_on_list", _("You are no longer on the list of this session."))
    elif session.starts_at <= clock.now():
        yield _closed(
            "already_started", _("The session has started: answers can no longer be given or changed.")
        )


def _closed(code: str, message: str) -> Blocker:
    return Blocker(code, message, _("Tell the facilitator directly what they should know."), Turn.FACILITATOR)


def survey_is_open(survey: Survey) -> Iterator[Blocker]:
    """A survey is answered, and answers are corrected, until it closes; about what took place alone."""
    if survey.session and survey.session.status == SessionStatus.CANCELLED:
        yield Blocker(
            "session_cancelled",
            _("This session is cancelled."),
            _("There is nothing to say of it."),
            Turn.QUALITY,
        )
    if survey.closed_at or survey.closes_at <= clock.now():
        yield Blocker(
            "survey_closed",
            _("This survey is closed: thank you all the same."),
            _("Answer the mail that asked you: it is read."),
            Turn.QUALITY,
        )


def can_give_check(enrolment: Enrolment, *, given: bool) -> Iterator[Blocker]:
    """A check is given once: what people knew at the end does not change afterwards."""
    if given:
        yield Blocker(
            "given_already",
            _("You have answered already: this check is given once."),
            _("What you answered stands on this page."),
            Turn.FACILITATOR,
        )
    if enrolment.cancelled_at is not None:
        yield _closed("not_on_list", _("You are no longer on the list of this session."))


def can_be_corrected(asked: Addressee, before: Response | None) -> Iterator[Blocker]:
    """An anonymous answer is corrected by who keeps its receipt, until it is told with others: nobody else can know
    which one it is. One with a name, by who can show that they gave it: `before` is then known.
    """
    if asked.answered and before is None and not asked.survey.anonymous:
        yield Blocker(
            "answered_already",
            _("Answers have been given already in this name."),
            _("Who gave them changes them by their own link, or on the device they were sent from."),
            Turn.PARTICIPANT,
        )
    elif asked.answered and before is None:
        yield Blocker(
            "answered_already",
            _("Answers have been given already, and they are anonymous: nobody can find them again."),
            _("They could be changed on the device they were sent from, until the night after."),
            Turn.QUALITY,
        )


def stays_masked(before: Response | None, values: Mapping[str, Value]) -> Iterator[Blocker]:
    """What quality masked in an answer is kept nowhere, and is not written again; the answer may be taken back."""
    masked = before.comments.filter(masked__gt=0) if before else ()
    if any(values.get(comment.key, "") not in {"", comment.text} for comment in masked):
        yield Blocker(
            "answer_masked",
            _("Quality has masked words about somebody in this answer."),
            _("Leave it as it is, or empty; what else you want to say goes into another answer."),
            Turn.PARTICIPANT,
        )


def may_handle_comments(actor: Actor) -> Iterator[Blocker]:
    if not actor.may(Permission.HANDLE_COMMENTS):
        yield Blocker(
            "not_quality", _("Only quality masks and tags answers."), _("Ask quality."), Turn.QUALITY
        )


def can_be_masked(comment: Comment, passage: str, reason: str) -> Iterator[Blocker]:
    """What is masked stands there, is said why, and is told to who reads it already."""
    if not comment.response.counted:
        yield Blocker("not_told", _("This answer is not shown yet."), "", Turn.QUALITY)
    if not passage or passage not in comment.text:
        yield Blocker(
            "no_such_passage",
            _("These words are not in the answer."),
            _("Copy them from it, exactly as they stand."),
            Turn.QUALITY,
            "passage",
        )
    if not reason:
        yield Blocker("no_reason", _("Say why: it stays on record."), "", Turn.QUALITY, "reason")


def tags_make_sense(tags: Sequence[str]) -> Iterator[Blocker]:
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
        yield Blocker(
            "bad_tags",
            _("At most %(most)d tags, of %(letters)d letters each.")
            % {"most": MOST_TAGS, "letters": LONGEST_TAG},
            _("Keep the words by which you would look for it."),
            Turn.QUALITY,
            "tags",
        )


def is_asked(version_id: int, asked_id: int | None) -> Iterator[Blocker]:
    """Answers are to what is asked of this person: others would be to other questions."""
    if version_id != asked_id:
        yield Blocker(
            "other_questions",
            _("The questions have changed since this page was loaded."),
            _("Answer the ones below; what still fits is filled in."),
            Turn.FACILITATOR,
        )


def tidied(questions: Sequence[Question], given: Mapping[str, Value | None]) -> dict[str, Value]:
    """Return the answers as they are kept: to these questions, in order, nothing empty, no choice twice."""
    found: dict[str, Value] = {}
    for question in questions:
        value = _tidy(question, given.get(question.key))
        if value not in ("", None, []):
            found[question.key] = value
    return found


def _tidy(question: Question, value: Value | None) -> Value | None:
    if isinstance(value, list):
        order = [choice.key for choice in question.choices]
        unknown = [key for key in dict.fromkeys(value) if key not in order]
        return [key for key in order if key in value] + unknown
    if isinstance(value, str) and question.kind == QuestionKind.LONG_TEXT:
        return "\n".join(tidy(line) for line in value.splitlines()).strip()
    return tidy(value) if isinstance(value, str) else value


def answers_fit(questions: Sequence[Question], answers: Mapping[str, Value]) -> Iterator[Blocker]:
    """What must be answered is, and each answer is one that was offered or could be written."""
    for question in questions:
        if question.key in answers:
            if problem := _problem(question, answers[question.key]):
                yield Blocker("bad_answer", problem, "", Turn.FACILITATOR, question.key)
        elif question.required:
            yield Blocker(
                "no_answer", _("This question needs an answer."), "", Turn.FACILITATOR, question.key
            )


def _problem(question: Question, value: Value) -> str:
    """Return what is wrong with an answer, if something is."""
    keys = {choice.key for choice in question.choices}
    match question.kind, value:
        case QuestionKind.ONE, str() if value in keys:
            return ""
        case QuestionKind.SEVERAL, list() if set(value) <= keys:
            return ""
        case QuestionKind.SCALE, int() if not isinstance(value, bool) and value in question.steps:
            return ""
        case QuestionKind.NUMBER, int() if not isinstance(value, bool):
            return _out_of_limits(question, value)
        case (QuestionKind.SHORT_TEXT | QuestionKind.LONG_TEXT) as kind, str():
            too_long = len(value) > LONGEST[kind]
            return _("Write %(most)d characters at most.") % {"most": LONGEST[kind]} if too_long else ""
    return (
        _("Choose among the answers offered.") if question.kind in CHOSEN else _("This is no answer to it.")
    )


def _out_of_limits(question: Question, value: int) -> str:
    low = -LARGEST_NUMBER if question.low is None else question.low
    high = LARGEST_NUMBER if question.high is None else question.high
    if low <= value <= high:
        return ""
    return _("Give a number from %(low)d to %(high)d.") % {"low": low, "high": high}


def may_read_answers(session: Session, actor: Actor, *, runs_session: bool) -> bool:
    """Tell whether the actor reads who answered what, and what was written in words.

    Who adapts the session does: those confirmed on it (`runs_session`) and the coordinator; and quality, who
    shows that it was adapted. Everybody else who sees the session sees the group as a whole.
    """
    return runs_session or coordinates(session.mission, actor) or actor.may(Permission.VIEW_ANSWERS)


def may_read_results(mission: Mission, actor: Actor) -> bool:
    """Tell whether the actor reads what people thought of a mission and its sessions."""
    return coordinates(mission, actor) or actor.may(Permission.VIEW_SURVEYS)


def reads_names(actor: Actor) -> bool:
    """Tell whether the actor reads who answered what to surveys that are not anonymous."""
    return actor.may(Permission.VIEW_SURVEYS) and actor.may(Permission.VIEW_ANSWERS)
