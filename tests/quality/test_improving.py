"""Improvements from their plan to what came of them, measured on sums alone; and the register of risks."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cordee.accounts import actions as accounts
from cordee.catalogue import actions as catalogue
from cordee.catalogue.rules import ServiceChanges
from cordee.catalogue.states import QuestionnaireKind, Topic
from cordee.journal.models import Entry
from cordee.kernel.actor import COMMAND, Actor
from cordee.kernel.permissions import Role
from cordee.kernel.refusals import Refused, Turn
from cordee.planning.models import Session
from cordee.quality import actions, queries
from cordee.quality.facts import ProgrammeImproved, RiskReviewed
from cordee.quality.models import Improvement
from cordee.quality.queries import Improved
from cordee.quality.rules import ComplaintDraft, Raiser
from cordee.quality.rules.improving import Aim, From, ImprovementDraft, RiskDraft
from cordee.quality.states import ComplaintKind, Effect, Origin
from cordee.surveys.models import Sum
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import plan, told

HOW = "Un appel la veille"
CONTENT = Aim(kind=QuestionnaireKind.HOT, measure=Topic.CONTENT, rise=Decimal("0.3"))


@pytest.fixture
def quality(cast: Cast) -> Actor:
    return cast.actor(cast.quitterie)


@pytest.fixture
def draft(cast: Cast) -> ImprovementDraft:
    return ImprovementDraft(
        title="Confirmer la salle la veille",
        why="Deux salles fermées en un mois",
        expected="Plus de retard au début",
        owner_id=cast.ada.pk,
        due_on=date(2027, 2, 1),
    )


@pytest.fixture
def risk(cast: Cast) -> RiskDraft:
    return RiskDraft(
        what="Salle fermée",
        likelihood=2,
        gravity=3,
        against="Appel la veille",
        owner_id=cast.quitterie.pk,
        review_by=date(2027, 6, 1),
    )


def answers(cast: Cast, month: date, step: int, number: int, **other: Any) -> None:
    """Have so many people answer this step about the content, in a month."""
    like = {"kind": "hot", "service_type": cast.workshop, "measure": Topic.CONTENT, **other}
    Sum.objects.create(**like, month=month, **{f"n{step}": number})


def test_a_figure_that_rose_is_effective_and_stays_as_it_was_measured(
    *, cast: Cast, draft: ImprovementDraft, quality: Actor, now: MovableClock
) -> None:
    made = actions.open_improvement(draft=replace(draft, aim=CONTENT), by=quality)
    assert made.ref == "A-2027-0001"
    now.move_to("2027-02-10 09:00")
    for _ in range(2):
        actions.mark_done(improvement_id=made.pk, words=HOW, by=quality)
    # Of November to January counts, and from March on: neither what is older, nor the month in which it was done.
    for month, step in ((date(2026, 10, 1), 5), (date(2027, 2, 1), 1)):
        answers(cast, month, step, 9)
    answers(cast, date(2027, 1, 1), 5, 9, kind="cold")
    answers(cast, date(2027, 1, 1), 5, 9, measure=Topic.PACE)
    answers(cast, date(2026, 11, 1), 3, 2)
    answers(cast, date(2027, 3, 1), 4, 4)
    with pytest.raises(Refused) as caught:
        actions.measure(improvement_id=made.pk, by=quality)
    assert [b.code for b in caught.value.blockers] == ["too_few_before", "too_few_after"]
    assert " 2 " in caught.value.blockers[0].message
    answers(cast, date(2027, 1, 1), 4, 3)
    answers(cast, date(2027, 4, 1), 4, 1)
    for _ in range(2):
        actions.measure(improvement_id=made.pk, by=quality)
        answers(cast, date(2027, 4, 1), 1, 50)
    made.refresh_from_db()
    assert (made.state, made.effect) == ("measured", "effective")
    assert (made.before_mean, made.before_answers) == (Decimal("3.60"), 5)
    assert queries.improved(date(2027, 2, 1), date(2027, 2, 28)) == Improved(done=1, effective=1)
    assert queries.improved(date(2027, 3, 1), date(2027, 3, 31)) == Improved()
    assert (made.after_mean, made.after_answers) == (Decimal("4.00"), 5)
    assert Entry.objects.filter(subject=f"improvement_id:{made.pk}").count() == 3, "nothing is told twice"


@pytest.mark.parametrize(("rise", "effect"), [("0.4", "effective"), ("0.5", "without")])
def test_less_than_was_expected_is_without_effect(
    *, cast: Cast, draft: ImprovementDraft, quality: Actor, now: MovableClock, rise: str, effect: str
) -> None:
    """Also of one service alone: what others answered does not count."""
    aim = replace(CONTENT, rise=Decimal(rise), service_type_id=cast.workshop.pk)
    made = actions.open_improvement(draft=replace(draft, aim=aim), by=quality)
    actions.mark_done(improvement_id=made.pk, words=HOW, by=quality)
    for month, step in ((date(2026, 12, 1), 3), (date(2026, 12, 1), 4), (date(2027, 2, 1), 4)):
        answers(cast, month, step, 6)
    answers(cast, date(2027, 2, 1), 3, 1)
    answers(cast, date(2027, 2, 1), 5, 9, service_type=cast.training)
    answers(cast, date(2027, 2, 1), 4, 3)
    actions.measure(improvement_id=made.pk, by=quality)
    made.refresh_from_db()
    assert (made.effect, made.after_answers) == (effect, 10)


def test_what_no_figure_measures_is_told_in_words(
    *, draft: ImprovementDraft, quality: Actor, cast: Cast
) -> None:
    made = actions.open_improvement(draft=draft, by=quality)
    judged = {"improvement_id": made.pk, "effect": Effect.EFFECTIVE, "by": quality}
    with refused("no_such_move"):
        actions.judge(**judged, words="Aucun retard")
    actions.mark_done(improvement_id=made.pk, words=HOW, by=quality)
    with refused("no_figure"):
        actions.measure(improvement_id=made.pk, by=quality)
    with refused("nothing_said"):
        actions.judge(**judged, words=" ")
    with refused("no_such_move"):
        actions.replan(improvement_id=made.pk, owner_id=cast.ada.pk, due_on=draft.due_on, by=quality)
    actions.judge(**judged, words="Aucun retard en trois mois")
    with refused("no_such_move"):
        actions.mark_done(improvement_id=made.pk, words=HOW, by=quality)
    with refused("no_such_move"):
        actions.give_up(improvement_id=made.pk, reason="x", by=quality)
    figure = actions.open_improvement(draft=replace(draft, aim=CONTENT), by=quality)
    actions.mark_done(improvement_id=figure.pk, words=HOW, by=quality)
    with refused("has_a_figure"):
        actions.judge(**{**judged, "improvement_id": figure.pk}, words="Aucun retard")
    with refused("nothing_said"):
        actions.give_up(improvement_id=figure.pk, reason=" ", by=quality)
    actions.give_up(improvement_id=figure.pk, reason="Trop peu de réponses", by=quality)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "nothing_said"),
        ({"title": "x" * 121}, "title_too_long"),
        ({"expected": ""}, "nothing_said"),
        ({"why": "x" * 5_001}, "too_long"),
        ({"due_on": date(2027, 1, 3)}, "day_gone_by"),
        ({"owner_id": 0}, "no_owner"),
        ({"aim": replace(CONTENT, rise=Decimal(0))}, "no_rise"),
        ({"aim": replace(CONTENT, measure="12:q3")}, "no_scale"),
        ({"aim": replace(CONTENT, measure="surprise")}, "no_scale"),
        ({"aim": replace(CONTENT, kind=QuestionnaireKind.CHECK)}, "no_scale"),
    ],
)
def test_a_plan_that_cannot_be(
    *, draft: ImprovementDraft, quality: Actor, changes: dict[str, Any], code: str
) -> None:
    with refused(code):
        actions.open_improvement(draft=replace(draft, **changes), by=quality)
    assert not Improvement.objects.exists()


def test_what_is_late_is_on_top_until_it_is_planned_anew(
    *, cast: Cast, draft: ImprovementDraft, quality: Actor, now: MovableClock
) -> None:
    later = actions.open_improvement(draft=replace(draft, due_on=date(2027, 3, 1)), by=quality)
    late = actions.open_improvement(draft=draft, by=quality)
    now.move_to("2027-02-01 22:00")
    assert queries.late_improvements() == 0
    now.move_to("2027-02-02 09:00")
    assert list(queries.improvements(late=True)) == [late]
    assert list(queries.improvements(state="planned")) == [late, later]
    with refused("day_gone_by"):
        actions.replan(improvement_id=late.pk, owner_id=cast.ada.pk, due_on=date(2027, 2, 1), by=quality)
    for _ in range(2):
        actions.replan(improvement_id=late.pk, owner_id=cast.ada.pk, due_on=date(2027, 4, 1), by=quality)
    assert list(queries.improvements(state="planned")) == [later, late]
    assert Entry.objects.filter(subject=f"improvement_id:{late.pk}").count() == 2


@pytest.mark.parametrize("who", ["olga", "farid", "camille", "noor"])
def test_quality_alone_improves_and_judges_risks(
    *, cast: Cast, draft: ImprovementDraft, risk: RiskDraft, quality: Actor, who: str
) -> None:
    made = actions.open_improvement(draft=draft, by=quality)
    kept = actions.record_risk(draft=risk, by=quality)
    one = {"improvement_id": made.pk}
    for action, values in (
        (actions.open_improvement, {"draft": draft}),
        (actions.replan, {**one, "owner_id": cast.ada.pk, "due_on": draft.due_on}),
        (actions.mark_done, {**one, "words": HOW}),
        (actions.measure, one),
        (actions.judge, {**one, "effect": Effect.WITHOUT, "words": "x"}),
        (actions.give_up, {**one, "reason": "x"}),
        (actions.record_risk, {"draft": risk}),
        (actions.review_risk, {"risk_id": kept.pk, "draft": risk}),
    ):
        with refused("not_quality", turn=Turn.QUALITY):
            action(**values, by=cast.actor(getattr(cast, who)))  # type: ignore[operator]  # each takes its own
    with refused("no_owner"):
        actions.record_risk(draft=replace(risk, owner_id=cast.olga.pk), by=quality)


@pytest.mark.parametrize("who", ["olga", "noor"])
def test_whoever_is_asked_says_what_was_done_and_nobody_beside(
    *, cast: Cast, draft: ImprovementDraft, quality: Actor, who: str
) -> None:
    asked = cast.actor(getattr(cast, who))
    made = actions.open_improvement(draft=replace(draft, owner_id=asked.user_id or 0), by=quality)
    later = actions.open_improvement(
        draft=replace(draft, owner_id=asked.user_id or 0, due_on=date(2027, 3, 1)), by=quality
    )
    actions.open_improvement(draft=draft, by=quality)
    assert list(queries.own_improvements(asked)) == [made, later]
    done = {"improvement_id": made.pk, "words": HOW}
    for other in (cast.farid, cast.elodie):
        with refused("not_quality"):
            actions.mark_done(**done, by=cast.actor(other))
    with refused("nothing_said"):
        actions.mark_done(improvement_id=made.pk, words=" ", by=asked)
    for _ in range(2):
        actions.mark_done(**done, by=asked)
    made.refresh_from_db()
    assert (made.state, made.done_how) == ("done", HOW)
    assert list(queries.own_improvements(asked)) == [later]
    with refused("not_quality"):
        actions.measure(improvement_id=made.pk, by=asked)
    with refused("not_quality"):
        actions.give_up(improvement_id=made.pk, reason="x", by=asked)


def test_who_only_reads_or_left_is_not_asked(*, cast: Cast, draft: ImprovementDraft, quality: Actor) -> None:
    accounts.set_roles(user_id=cast.farid.pk, roles=[Role.AUDITOR], ends_on=date(2027, 2, 1), by=COMMAND)
    accounts.suspend(user_id=cast.olga.pk, by=COMMAND)
    accounts.suspend(user_id=cast.noor.user_id, by=COMMAND)
    for user_id in (cast.farid.pk, cast.olga.pk, cast.noor.user_id):
        with refused("no_owner"):
            actions.open_improvement(draft=replace(draft, owner_id=user_id), by=quality)


def test_of_a_confidential_complaint_it_says_nothing(
    *, cast: Cast, draft: ImprovementDraft, quality: Actor
) -> None:
    (session,) = plan(cast, cast.noor, language="en")
    raiser = Raiser(staff_id=cast.quitterie.pk)
    words = ComplaintDraft(kind=ComplaintKind.COMPLAINT, words="Remarques", about_facilitator_id=cast.noor.pk)
    secret = actions.receive(draft=words, raiser=raiser, session_id=session.pk, by=quality)
    origin = From(origin=Origin.COMPLAINT, complaint_id=secret.pk)
    made = actions.open_improvement(draft=draft, origin=origin, by=quality)
    assert queries.origin_for(made, quality) == Origin.COMPLAINT
    for who in (cast.olga, cast.farid, cast.noor):
        assert queries.origin_for(made, cast.actor(who)) == Origin.OWN
    (entry,) = Entry.objects.filter(subject=f"improvement_id:{made.pk}")
    assert set(entry.payload) == {"improvement_id", "owner_user_id", "due_on"}
    assert entry.mission_id is None
    about = Actor(
        quality.kind, user_id=cast.noor.user_id, facilitator_id=cast.noor.pk, permissions=quality.permissions
    )
    with refused("from_nowhere"):  # whatever their rights, they do not know of it
        actions.open_improvement(draft=draft, origin=origin, by=about)
    for nowhere in (
        From(origin=Origin.COMPLAINT),
        From(origin=Origin.SESSION, session_id=Session.objects.order_by("-pk")[0].pk + 1),
        From(origin=Origin.COMMENT, comment_id=1),
    ):
        with refused("from_nowhere"):
            actions.open_improvement(draft=draft, origin=nowhere, by=quality)


def test_risks_are_judged_anew_and_late_ones_rise(
    *, risk: RiskDraft, quality: Actor, now: MovableClock
) -> None:
    heavy = actions.record_risk(draft=replace(risk, likelihood=4, gravity=4), by=quality)
    light = actions.record_risk(draft=replace(risk, gravity=1, review_by=date(2027, 2, 1)), by=quality)
    assert list(queries.risks()) == [heavy, light]
    now.move_to("2027-02-02 09:00")
    assert list(queries.risks()) == [light, heavy]
    for changes, code in (
        ({"what": " "}, "nothing_said"),
        ({"against": ""}, "nothing_said"),
        ({"likelihood": 5}, "off_the_scale"),
        ({"gravity": 0}, "off_the_scale"),
        ({"owner_id": 0}, "no_owner"),
        ({"review_by": date(2027, 2, 1)}, "day_gone_by"),
    ):
        with refused(code):
            actions.review_risk(risk_id=light.pk, draft=replace(risk, **changes), by=quality)  # type: ignore[arg-type]
    actions.review_risk(risk_id=light.pk, draft=replace(risk, likelihood=4, gravity=4), by=quality)
    light.refresh_from_db()
    assert (light.weight, light.reviewed_on) == (16, date(2027, 2, 2))
    assert told(RiskReviewed) == [
        {"risk_id": light.pk, "likelihood": 4, "gravity": 4, "before_likelihood": 2, "before_gravity": 1}
    ]


def test_a_programme_came_of_an_improvement_and_says_so(
    cast: Cast, draft: ImprovementDraft, quality: Actor
) -> None:
    catalogue.change_service_type(
        service_type_id=cast.workshop.pk,
        changes=ServiceChanges(programme="Objectif : comprendre."),
        expected_version=None,
        by=cast.actor(cast.olga),
    )
    version = cast.workshop.programmes.latest("number")
    first, second, given_up = (actions.open_improvement(draft=draft, by=quality) for _ in range(3))
    actions.give_up(improvement_id=given_up.pk, reason="Sans objet", by=quality)
    with refused("not_quality"):
        actions.say_what_brought(version_id=version.pk, improvement_id=first.pk, by=cast.actor(cast.olga))
    with refused("no_such_move"):
        actions.say_what_brought(version_id=version.pk, improvement_id=given_up.pk, by=quality)
    for chosen in (first.pk, first.pk, second.pk, None, None):
        actions.say_what_brought(version_id=version.pk, improvement_id=chosen, by=quality)
    said = [(fact["improvement_id"], fact["withdrawn"]) for fact in told(ProgrammeImproved)]
    assert said == [(first.pk, False), (first.pk, True), (second.pk, False), (second.pk, True)]
    assert queries.brought([version.pk]) == {}
    actions.say_what_brought(version_id=version.pk, improvement_id=second.pk, by=quality)
    assert queries.brought([version.pk]) == {version.pk: second}
    assert queries.programmes_brought(second.pk) == [version]
    assert given_up not in queries.improvements_that_bring()
