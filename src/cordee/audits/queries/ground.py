"""What Cordée knows of a period, as numbers, and no more of it than is asked for."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cordee.accommodation.models import AccommodationRequest
from cordee.accommodation.states import RequestState
from cordee.accounts import queries as accounts
from cordee.attendance.queries import UNRECORDED
from cordee.audits.rules import Ground, Part
from cordee.catalogue.models import ServiceType
from cordee.certificates.models import Certificate
from cordee.conformity.models import SheetReview
from cordee.conformity.states import SheetState
from cordee.enrolment.models import Enrolment
from cordee.enrolment.states import ENROLMENT
from cordee.kernel import clock
from cordee.kernel.periods import start_of_day
from cordee.kernel.permissions import Role
from cordee.kernel.zones import home
from cordee.mail import queries as mail
from cordee.network.models import Facilitator
from cordee.organisation.models import Organisation
from cordee.organisation.queries import the_organisation
from cordee.planning.models import Assignment, Session
from cordee.planning.states import AssignmentStatus, SessionStatus
from cordee.quality import queries as quality
from cordee.suppliers import queries as suppliers
from cordee.suppliers.models import BillsThrough, Supplier
from cordee.surveys import queries as surveys

JOINING = "joining"
"""The purpose of the mail with the joining instructions, as `notifications` names it."""


def held(since: date, until: date) -> QuerySet[Session]:
    """Return the sessions that ended between two days, both included."""
    before = min(start_of_day(until + timedelta(days=1), home()), clock.now())
    starts = start_of_day(since, home())
    return Session.objects.filter(status=SessionStatus.PLANNED, ends_at__gte=starts, ends_at__lt=before)


def ground(
    since: date,
    until: date,
    organisation: Organisation | None = None,
    parts: Collection[Part] = frozenset(Part),
) -> Ground:
    """Return the numbers between two days, both included; of some `parts` those alone. Each part is a query, the
    facilitators and the improvements at most three.
    """
    sessions = held(since, until)
    readers: dict[Part, Callable[[], dict[str, Any]]] = {
        Part.SERVICES: _services,
        Part.SESSIONS: lambda: _sessions(sessions),
        Part.PEOPLE: lambda: _people(sessions),
        Part.FACILITATORS: lambda: _facilitators(sessions),
        Part.ORGANISATION: lambda: _organisation(organisation or the_organisation()),
        Part.OFFICER: lambda: {"disability_officer": bool(accounts.with_role(Role.DISABILITY_OFFICER))},
        Part.ANSWERS: lambda: {"answers": surveys.rates(since, until, sessions)},
        Part.COMPLAINTS: lambda: {"complaints": quality.counted(since, until)},
        Part.IMPROVEMENTS: lambda: {"improvements": quality.improved(since, until)},
    }
    read: dict[str, Any] = {}
    for part in sorted(parts):
        read |= readers[part]()
    return Ground(**read)


def _organisation(organisation: Organisation) -> dict[str, bool]:
    return {
        "internal_rules": organisation.internal_rules_id is not None,
        "welcome_booklet": organisation.welcome_booklet_id is not None,
    }


def _services() -> dict[str, int]:
    return ServiceType.objects.filter(is_active=True).aggregate(
        services=Count("pk"),
        with_programme=Count("pk", filter=~Q(programme="") | Q(programme_file__isnull=False)),
        with_placement=Count("pk", filter=Q(placement_questionnaire__isnull=False)),
        with_check=Count("pk", filter=Q(check_questionnaire__isnull=False)),
        with_survey=Count("pk", filter=Q(hot_questionnaire__isnull=False)),
    )


def _sessions(sessions: QuerySet[Session]) -> dict[str, int]:
    confirmed = Assignment.objects.filter(session_id=OuterRef("pk"), status=AssignmentStatus.CONFIRMED)
    accepted = SheetReview.objects.filter(session_id=OuterRef("pk"), state=SheetState.ACCEPTED)
    found = sessions.annotate(
        is_recorded=~Exists(UNRECORDED), is_staffed=Exists(confirmed), is_accepted=Exists(accepted)
    )
    return found.aggregate(
        sessions=Count("pk"),
        recorded=Count("pk", filter=Q(is_recorded=True)),
        staffed=Count("pk", filter=Q(is_staffed=True)),
        accepted=Count("pk", filter=Q(is_accepted=True)),
        coordinated=Count("pk", filter=Q(mission__coordinator__isnull=False)),
        remote=Count("pk", filter=Q(mode="remote")),
    )


def _people(sessions: QuerySet[Session]) -> dict[str, int]:
    certificates = Certificate.objects.filter(enrolment_id=OuterRef("pk"))
    needs = AccommodationRequest.objects.filter(enrolment_id=OuterRef("pk"))
    late = needs.filter(state=RequestState.OPEN, due_on__lt=clock.today())
    found = Enrolment.objects.filter(session__in=sessions, cancelled_at=None).annotate(
        is_told=mail.left_about(ENROLMENT, JOINING),
        is_certified=Exists(certificates),
        has_need=Exists(needs),
        is_late=Exists(late),
    )
    service = "session__line__service_type"
    return found.aggregate(
        people=Count("pk"),
        told=Count("pk", filter=Q(is_told=True)),
        certified=Count("pk", filter=Q(is_certified=True)),
        placement_asked=Count("pk", filter=Q(**{f"{service}__placement_questionnaire__isnull": False})),
        check_asked=Count("pk", filter=Q(**{f"{service}__check_questionnaire__isnull": False})),
        needs=Count("pk", filter=Q(has_need=True)),
        needs_late=Count("pk", filter=Q(is_late=True)),
    )


def _facilitators(sessions: QuerySet[Session]) -> dict[str, int]:
    ran = Assignment.objects.filter(
        facilitator_id=OuterRef("pk"), session__in=sessions, status=AssignmentStatus.CONFIRMED
    )
    through = BillsThrough.objects.filter(facilitator_id=OuterRef("pk"))
    lacking = Supplier.objects.filter(suppliers.lacks_papers(clock.today())).values("pk")
    found = Facilitator.objects.filter(Exists(ran)).annotate(
        is_billed=Exists(through), lacks=Exists(through.filter(supplier_id__in=lacking))
    )
    return found.aggregate(
        facilitators=Count("pk"),
        billed=Count("pk", filter=Q(is_billed=True)),
        without_papers=Count("pk", filter=Q(lacks=True)),
    )
