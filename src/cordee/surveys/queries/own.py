"""What facilitators are shown of their own sessions, beside an average in which nobody can be found."""

from datetime import date

from django.db.models import Count, QuerySet

from cordee.catalogue.states import QuestionnaireKind
from cordee.planning import queries as planning
from cordee.planning.states import AssignmentStatus, StaffRole
from cordee.surveys.models import Comment, Response, Sum
from cordee.surveys.queries.behind import comments
from cordee.surveys.queries.results import Scope
from cordee.surveys.queries.steps import Steps, added_up
from cordee.surveys.states import FEWEST_OTHERS, FEWEST_TOLD


def others(facilitator_id: int, kind: QuestionnaireKind, since: date, until: date) -> dict[str, Steps]:
    """Return what was answered about the sessions of others, by measure: where they are three at least.

    What somebody ran together with others is theirs, and left out; so is what is told of no session.
    """
    theirs = Sum.objects.filter(Scope(kind=kind, since=since, until=until).told(), session__isnull=False)
    theirs = theirs.exclude(session_id__in=planning.run_by(facilitator_id))
    ran = theirs.filter(
        session__assignments__role=StaffRole.FACILITATOR,
        session__assignments__status=AssignmentStatus.CONFIRMED,
    )
    people = (
        ran.order_by().values("measure").annotate(n=Count("session__assignments__facilitator", distinct=True))
    )
    enough = {row["measure"] for row in people if row["n"] >= FEWEST_OTHERS}
    return {measure: steps for (measure,), steps in added_up(theirs, "measure").items() if measure in enough}


def comments_about(scope: Scope) -> QuerySet[Comment]:
    """Return what was said in words of the sessions of a scope of which four at least answered, with names or not."""
    asked = Response.objects.filter(scope.told(), counted=True, session__isnull=False).order_by()
    enough = asked.values("session_id").annotate(n=Count("pk")).filter(n__gte=FEWEST_TOLD)
    return comments(scope).filter(response__session_id__in=enough.values("session_id"))
