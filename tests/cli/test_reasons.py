"""`cordee reasons`: the words of a reason are found on a mission, and erased."""

from collections.abc import Callable
from typing import Any

from cordee.journal.models import Entry, Reason
from cordee.kernel.actor import COMMAND
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.quality import actions as quality
from cordee.quality.rules import ComplaintDraft, Raiser
from cordee.quality.rules.improving import RiskDraft
from cordee.quality.states import ComplaintKind, Direction, Outcome
from tests.cast import THURSDAY, Cast
from tests.steps import plan

WORDS = "Madame Lefèvre est malade"


def test_a_reason_is_found_and_erased(cast: Cast, cordee: Callable[..., Any]) -> None:
    session, silent = plan(cast, count=2)
    assert "No reason." in cordee("--language", "en", "reasons", "list", cast.mission.ref).out
    planning.cancel_session(session_id=session.pk, reason=WORDS, by=COMMAND)
    planning.cancel_session(session_id=silent.pk, reason="Grève", by=COMMAND)
    entries = Entry.objects.count()
    listed = cordee("--language", "en", "reasons", "list", cast.mission.ref.lower()).out
    number = Reason.objects.get(text=WORDS).pk
    (line,) = [line for line in listed.splitlines() if WORDS in line]
    assert line.startswith(f"{number} ")
    assert "Grève" in listed
    assert "No reason." in cordee("--language", "en", "reasons", "list", cast.other_mission.ref).out
    answer = cordee("--language", "en", "reasons", "erase", str(number))
    assert (answer.code, f"reason {number} are erased" in answer.err) == (0, True)
    listed = cordee("--language", "en", "reasons", "list", cast.mission.ref).out
    assert WORDS not in listed
    assert "(erased)" in listed
    assert "Grève" in listed
    assert Entry.objects.count() == entries
    assert not Session.objects.filter(cancelled_because=WORDS).exists()


def test_a_reason_that_no_fact_names_is_found_and_erased(cast: Cast, cordee: Callable[..., Any]) -> None:
    (session,) = plan(cast, cast.noor)
    session.assignments.update(reason=WORDS)
    listed = cordee("--language", "en", "reasons", "list", cast.mission.ref).out
    (key,) = [line.split()[0] for line in listed.splitlines() if WORDS in line]
    answer = cordee("--language", "en", "reasons", "erase", key)
    assert (answer.code, f"reason {key} are erased" in answer.err) == (0, True)
    assert WORDS not in cordee("--language", "en", "reasons", "list", cast.mission.ref).out


def test_words_of_no_mission_are_found_and_those_of_confidential_complaints_are_not(
    cast: Cast, cordee: Callable[..., Any]
) -> None:
    by = cast.actor(cast.quitterie)
    risk = RiskDraft(
        what=WORDS, likelihood=1, gravity=2, against="…", owner_id=cast.quitterie.pk, review_by=THURSDAY
    )
    quality.record_risk(draft=risk, by=by)
    for confidential, words in ((False, "La salle"), (True, "Il m’a insultée")):
        draft = ComplaintDraft(kind=ComplaintKind.COMPLAINT, words=words, confidential=confidential)
        raiser = Raiser(staff_id=cast.quitterie.pk)
        made = quality.receive(draft=draft, raiser=raiser, mission_id=cast.mission.pk, by=by)
        quality.take(complaint_id=made.pk, by=by)
        quality.add(complaint_id=made.pk, direction=Direction.NOTE, words=f"{words} !", by=by)
        quality.decide(complaint_id=made.pk, outcome=Outcome.FOUNDED, words=f"{words} ?", by=by)
    listed = cordee("--language", "en", "reasons", "list", cast.mission.ref).out
    assert [words in listed for words in ("La salle", "La salle !", "La salle ?", "insultée")] == [
        *(True, True, True),
        False,
    ]
    assert "insultée" not in cordee("--language", "en", "reasons", "list").out
    assert WORDS in cordee("--language", "en", "reasons", "list").out, "of a risk"


def test_what_is_not_there_is_one_line(cast: Cast, cordee: Callable[..., Any]) -> None:
    assert "There is no reason 999" in cordee("--language", "en", "reasons", "erase", "999").err
    assert "There is no mission X" in cordee("--language", "en", "reasons", "list", "X").err
