"""What Cordée knows of a period, as numbers, and no more of it than is asked for."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cordee.accommodation.models import AccommodationRequest
from cordee.accommodation.states import RequestState
from cordee.accounts import queries as accounts
from cordee.attendance.queries import UNRECORDED
from cordee.audits.rules import Ground, Part
from cordee.catalogue.models import ServiceType
from cordee.catalogue.states import QuestionnaireKind
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
from cordee.planning.states import AssignmentStatus, DeliveryMode, SessionStatus
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
        **{part: partial(_count, part, sessions) for part in NARROWED},
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


EVERY: Final = Q(pk__isnull=False)
"""Of rows: all of them."""
_OFFERED: Final = {
    "services": EVERY,
    "with_programme": ~Q(programme="") | Q(programme_file__isnull=False),
    "with_placement": Q(placement_questionnaire__isnull=False),
    "with_check": Q(check_questionnaire__isnull=False),
    "with_survey": Q(hot_questionnaire__isnull=False),
}
_HELD: Final = {
    "sessions": EVERY,
    "recorded": Q(is_recorded=True),
    "staffed": Q(is_staffed=True),
    "accepted": Q(is_accepted=True),
    "coordinated": Q(mission__coordinator__isnull=False),
    "remote": Q(mode=DeliveryMode.REMOTE),
}
_ENROLLED: Final = {
    "people": EVERY,
    "told": Q(is_told=True),
    "certified": Q(is_certified=True),
    "placement_asked": Q(session__line__service_type__placement_questionnaire__isnull=False),
    "check_asked": Q(session__line__service_type__check_questionnaire__isnull=False),
    "needs": Q(has_need=True),
    "needs_late": Q(is_late=True),
}
_RAN: Final = {
    "facilitators": EVERY,
    "billed": Q(is_billed=True),
    "without_papers": Q(lacks=True),
}
NARROWED: Final = {
    Part.SERVICES: _OFFERED,
    Part.SESSIONS: _HELD,
    Part.PEOPLE: _ENROLLED,
    Part.FACILITATORS: _RAN,
}
"""Of what is counted, what each number takes: so that the list of a number is its number long."""


def _rows(part: Part, sessions: QuerySet[Session]) -> QuerySet[Any]:
    readers: dict[Part, Callable[[QuerySet[Session]], QuerySet[Any]]] = {
        Part.SERVICES: lambda _held: ServiceType.objects.filter(is_active=True),
        Part.SESSIONS: _sessions,
        Part.PEOPLE: _people,
        Part.FACILITATORS: _facilitators,
    }
    return readers[part](sessions)


def _count(part: Part, sessions: QuerySet[Session]) -> dict[str, int]:
    numbers = {name: Count("pk", filter=taken) for name, taken in NARROWED[part].items()}
    return _rows(part, sessions).aggregate(**numbers)


def counted(part: Part, name: str, since: date, until: date, *, others: bool = False) -> QuerySet[Any]:
    """Return the rows that a number of a part counts, between two days; with `others`, those of it that it leaves out.
    Services, sessions, enrolments, facilitators, complaints or improvements, whole; of answers, their sessions.
    """
    match part:
        case Part.ANSWERS:
            given = surveys.with_answers(held(since, until), QuestionnaireKind(name))
            return given.select_related("mission__order__client").order_by("-ends_at", "pk")
        case Part.COMPLAINTS:
            return quality.behind_counted(name, since, until)
        case Part.IMPROVEMENTS:
            return quality.behind_improved(name, since, until)
        case _:
            return _narrowed(part, name, since, until, others=others)


def _narrowed(part: Part, name: str, since: date, until: date, *, others: bool) -> QuerySet[Any]:
    taken = NARROWED[part][name]
    found = _rows(part, held(since, until)).filter(~taken if others else taken)
    match part:
        case Part.SERVICES:
            return found.order_by("name", "pk")
        case Part.SESSIONS:
            return found.select_related("mission__order__client").order_by("-ends_at", "pk")
        case Part.PEOPLE:
            return found.select_related("participant", "session").order_by(
                "-session__ends_at", "session_id", "pk"
            )
        case _:
            return found.select_related("user").order_by("user__last_name", "user__first_name", "pk")


def _sessions(sessions: QuerySet[Session]) -> QuerySet[Session]:
    confirmed = Assignment.objects.filter(session_id=OuterRef("pk"), status=AssignmentStatus.CONFIRMED)
    accepted = SheetReview.objects.filter(session_id=OuterRef("pk"), state=SheetState.ACCEPTED)
    return sessions.annotate(
        is_recorded=~Exists(UNRECORDED), is_staffed=Exists(confirmed), is_accepted=Exists(accepted)
    )


def _people(sessions: QuerySet[Session]) -> QuerySet[Enrolment]:
    certificates = Certificate.objects.filter(enrolment_id=OuterRef("pk"))
    needs = AccommodationRequest.objects.filter(enrolment_id=OuterRef("pk"))
    late = needs.filter(state=RequestState.OPEN, due_on__lt=clock.today())
    return Enrolment.objects.filter(session__in=sessions, cancelled_at=None).annotate(
        is_told=mail.left_about(ENROLMENT, JOINING),
        is_certified=Exists(certificates),
        has_need=Exists(needs),
        is_late=Exists(late),
    )


def _facilitators(sessions: QuerySet[Session]) -> QuerySet[Facilitator]:
    ran = Assignment.objects.filter(
        facilitator_id=OuterRef("pk"), session__in=sessions, status=AssignmentStatus.CONFIRMED
    )
    through = BillsThrough.objects.filter(facilitator_id=OuterRef("pk"))
    lacking = Supplier.objects.filter(suppliers.lacks_papers(clock.today())).values("pk")
    return Facilitator.objects.filter(Exists(ran)).annotate(
        is_billed=Exists(through), lacks=Exists(through.filter(supplier_id__in=lacking))
    )
