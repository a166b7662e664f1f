"""Answering a survey: with one's name, or so that nobody finds out."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from cordee.catalogue.states import WRITTEN, Question
from cordee.journal import actions as journal
from cordee.kernel.actor import Actor
from cordee.kernel.names import search_key
from cordee.kernel.refusals import refuse_if
from cordee.missions import queries as missions
from cordee.surveys import queries, rules
from cordee.surveys.actions.noting import note_answered
from cordee.surveys.actions.summing import by_chance, sum_up
from cordee.surveys.facts import ResponseGiven
from cordee.surveys.models import Addressee, Comment, Response
from cordee.surveys.rules import Value

_PLACES = "service_type_id", "month", "client_id", "mission_id", "session_id"


@transaction.atomic
def respond(
    *,
    asked_id: int,
    version_id: int,
    given: Mapping[str, Value | None],
    receipt: str = "",
    by_receipt: bool = False,
    by: Actor,
) -> None:
    """Keep what somebody answers to a survey; what they answered before is replaced, but for what quality masked.

    An anonymous answer is found again by its receipt alone, which only the browser keeps that sent it: whoever shows it
    again corrects the answer, until it is told with others. Whether `by` is who was asked is for their link to say;
    `by_receipt`: it does not say it, and what was answered in that name is found by its receipt alone.
    Raises Refused: then nothing is kept.
    """
    asked = queries.asked_in(asked_id)
    missions.locked(asked.survey.mission_id or 0)
    asked = queries.asked_in(asked_id)
    survey = asked.survey
    refuse_if(rules.survey_is_open(survey))
    before = queries.response_of(asked, receipt, by_receipt=by_receipt)
    refuse_if(rules.can_be_corrected(asked, before))
    now_asked = queries.version_for(survey, before)
    questions = now_asked.asked if now_asked else ()
    values = rules.tidied(questions, given)
    refuse_if(rules.is_asked(version_id, now_asked.pk if now_asked else None))
    refuse_if([*rules.answers_fit(questions, values), *rules.stays_masked(before, values)])
    response = before or _blank(asked, version_id, receipt)
    _write(response, questions, values, new=before is None)
    if before is None:
        _note(asked, by)
    if response.counted:
        sum_up(response)


def _blank(asked: Addressee, version_id: int, receipt: str) -> Response:
    survey = asked.survey
    who = {} if survey.anonymous else {name: getattr(asked, name) for name in queries.WHO}
    return Response(
        id=by_chance(),
        kind=survey.kind,
        survey=survey,
        version_id=version_id,
        counted=not survey.anonymous,
        receipt=queries.digest_of_receipt(receipt),
        **{name: getattr(survey, name) for name in _PLACES},
        **who,
    )


def _write(
    response: Response, questions: Sequence[Question], values: Mapping[str, Value], *, new: bool
) -> None:
    written = {question.key for question in questions if question.kind in WRITTEN}
    response.values = {key: value for key, value in values.items() if key not in written}
    response.save(force_insert=new)
    known = {comment.key: comment for comment in response.comments.all()} if not new else {}
    for key in written:
        text = str(values.get(key, ""))
        comment = known.get(key)
        if comment and not text:
            comment.delete()
        elif comment and comment.text != text:
            comment.text, comment.search_key, comment.masked = text, search_key(text), 0
            comment.save(update_fields=["text", "search_key", "masked"])
        elif text and comment is None:
            said = Comment(id=by_chance(), response=response, key=key, text=text, search_key=search_key(text))
            said.save(force_insert=True)


def _note(asked: Addressee, by: Actor) -> None:
    note_answered(asked)
    survey = asked.survey
    if not survey.anonymous:
        fact = ResponseGiven(survey_id=survey.pk, kind=survey.kind)
        journal.record(fact, by=by, mission_id=survey.mission_id)
