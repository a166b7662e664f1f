"""Reading improvements and risks, and what surveys said before and since."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, Q, QuerySet, When

from cordee.accounts import queries as accounts
from cordee.accounts.models import User
from cordee.catalogue.states import QuestionnaireKind
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission, Role
from cordee.network.queries import facilitators
from cordee.quality.models import Improvement, Risk
from cordee.quality.queries.complaints import visible
from cordee.quality.states import MONTHS_BEFORE, Effect, ImprovementState, Origin
from cordee.surveys import queries as surveys
from cordee.surveys.queries import Scope, Steps

_BESIDE = ("owner", "complaint", "session__mission", "service_type")


def improvements(*, state: str = "", late: bool = False) -> QuerySet[Improvement]:
    """Return improvements of a state, or all. Those to be done: what is due first; others: the last first."""
    found = Improvement.objects.select_related("owner")
    if late:
        found = found.filter(state=ImprovementState.PLANNED, due_on__lt=clock.today())
    if late or state == ImprovementState.PLANNED:
        return found.filter(state=ImprovementState.PLANNED).order_by("due_on", "pk")
    return (found.filter(state=state) if state else found).order_by("-pk")


def late_improvements() -> int:
    """Return how many were to be done by a day that has gone by."""
    return improvements(late=True).count()


def improvement_of(ref: str, actor: Actor) -> Improvement | None:
    """Return an improvement with all that stands on its page, for who reads them all and who is asked to do it; what it
    comes from is shown by `origin_for` alone.
    """
    found = Improvement.objects.select_related(*_BESIDE).filter(ref=ref)
    if not actor.may(Permission.VIEW_COMPLAINTS):
        found = found.filter(owner_id=actor.user_id)
    return found.first()


def held_improvement(improvement_id: int) -> Improvement | None:
    """Return an improvement, held to the end of the transaction, for who writes the mails about it: nobody does it
    before they are written.
    """
    found = Improvement.objects.select_related("owner").select_for_update(of=("self",))
    return found.filter(pk=improvement_id).first()


def improvements_from(complaint_id: int) -> list[Improvement]:
    """Return what came of a complaint, for who may know of it: the first first."""
    return list(Improvement.objects.filter(complaint_id=complaint_id).order_by("pk"))


def origin_for(improvement: Improvement, actor: Actor) -> Origin:
    """Return what the improvement comes from as the actor may know it: of a complaint that they may not know of,
    it is quality's own.
    """
    origin = Origin(improvement.origin)
    hidden = origin == Origin.COMPLAINT and not may_know(improvement.complaint_id, actor)
    return Origin.OWN if hidden else origin


def may_know(complaint_id: int | None, actor: Actor) -> bool:
    """Tell whether there is such a complaint for the actor."""
    return complaint_id is not None and visible(actor).filter(pk=complaint_id).exists()


def owners() -> list[User]:
    """Return who can be asked to improve something: the office, but who only reads, and the network; by name. Two
    queries.
    """
    network = (one.user for one in facilitators())
    people = {u.pk: u for u in [*accounts.at_work(), *network] if accounts.is_usable(u)}
    return _by_name(people)


def own_improvements(actor: Actor) -> QuerySet[Improvement]:
    """Return what the actor is asked to improve and has not done yet, what is due first."""
    return improvements(state=ImprovementState.PLANNED).filter(owner_id=actor.user_id)


def reviewers() -> list[User]:
    """Return who can look at a risk again: those who see to quality, by name."""
    people = {
        user.pk: user
        for role in (Role.QUALITY, Role.ADMINISTRATOR)
        for user in accounts.with_role(role)
        if Permission.HANDLE_COMPLAINTS in accounts.permissions_of_user(user)
    }
    return _by_name(people)


def _by_name(people: dict[int, User]) -> list[User]:
    return sorted(people.values(), key=lambda user: (user.last_name, user.first_name, user.pk))


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered to a question about the sessions before something was done, and since."""

    before: Steps
    after: Steps


def answered(improvement: Improvement) -> Answered | None:
    """Return the sums on which the effect of an improvement is measured; nothing where there is nothing to count yet.

    Whole months before the one in which it was done, and since: two queries, of sums alone.
    """
    if not improvement.measure or improvement.done_on is None:
        return None
    scope = Scope(kind=QuestionnaireKind(improvement.kind), service_type_id=improvement.service_type_id)
    done = improvement.done_on
    return Answered(
        before=surveys.steps_of(
            _between(scope, _month(done, -MONTHS_BEFORE), _month(done, -1)), improvement.measure
        ),
        after=surveys.steps_of(_between(scope, _month(done, 1), None), improvement.measure),
    )


def _between(scope: Scope, since: date, until: date | None) -> Scope:
    return Scope(kind=scope.kind, service_type_id=scope.service_type_id, since=since, until=until)


@dataclass(frozen=True, slots=True)
class Improved:
    """The register of improvements as figures."""

    done: int = 0
    effective: int = 0
    """Of them, those that had the effect that was expected."""
    late: int = 0


def improved(since: date, until: date) -> Improved:
    """Return how many were done between two days, both included, and how many are late today: one query."""
    numbers = {name: Count("pk", filter=taken) for name, taken in _became(since, until).items()}
    return Improved(**Improvement.objects.aggregate(**numbers))


def _became(since: date, until: date) -> dict[str, Q]:
    """Return what became of improvements, by the names that `Improved` has for it."""
    done = Q(done_on__range=(since, until)) & ~Q(state=ImprovementState.GIVEN_UP)
    return {
        "done": done,
        "effective": done & Q(effect=Effect.EFFECTIVE),
        "late": Q(state=ImprovementState.PLANNED, due_on__lt=clock.today()),
    }


def behind_improved(name: str, since: date, until: date) -> QuerySet[Improvement]:
    """Return those that a number of `improved` counts, the latest first."""
    return Improvement.objects.filter(_became(since, until)[name]).order_by("-pk")


def _month(day: date, later: int) -> date:
    """Return the first day of the month so many months later."""
    months = day.year * 12 + day.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


def risks() -> QuerySet[Risk]:
    """Return the risks: those whose review is late on top, each by its weight, the heaviest first."""
    return (
        Risk.objects.select_related("owner")
        .alias(
            late=Case(When(review_by__lt=clock.today(), then=1), default=0),
            heavy=F("likelihood") * F("gravity"),
        )
        .order_by("-late", "-heavy", "review_by", "pk")
    )


def late_risks() -> QuerySet[Risk]:
    """Return the risks whose day of review has gone by, the heaviest first."""
    return risks().filter(review_by__lt=clock.today())


def risk(risk_id: int) -> Risk | None:
    return Risk.objects.select_related("owner").filter(pk=risk_id).first()
