"""What a sheet holds, read from the rooms below; and what was printed."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max

from cordee.attendance.rules import is_confirmed_by_the_school
from cordee.documents.models import PrintedSheet
from cordee.documents.rendering import (
    SheetData,
    SheetFacilitator,
    SheetHalfDay,
    SheetOrganisation,
    SheetParticipant,
    SheetSchool,
)
from cordee.enrolment import queries as enrolment
from cordee.files.queries import content
from cordee.kernel import clock
from cordee.organisation.models import Organisation
from cordee.organisation.queries import the_organisation
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.planning.states import COUNTED, DeliveryMode

FREE_LINES = 3
"""Lines left free for people who come without being on the list, at least."""
ROWS_OF_A_PAGE = 15


def sheet_of(session: Session) -> SheetData:
    """Return what is printed on the attendance sheet of a session, as it stands now; printing gives its version."""
    people, staff = _people(session), _staff(session)
    slots = planning.slots(planning.half_days(session.pk))
    return SheetData(
        session_ref=session.ref,
        mission_ref=session.mission.ref,
        version=0,
        title=session.title,
        client_name=session.mission.order.client.name,
        service_name=session.line.service_type.name,
        half_days=tuple(
            SheetHalfDay(date=s.day, starts=s.starts, ends=s.ends, period=s.period.value) for s in slots
        ),
        place=_place(session),
        facilitators=staff,
        participants=people,
        organisation=_organisation(the_organisation()),
        codes_at=_codes_at(),
        printed_on=clock.today(session.time_zone),
        language="en" if session.language == "en" else "fr",
        time_zone=session.time_zone,
        blank_rows=_free_lines(session, len(people)),
        school=SheetSchool() if is_confirmed_by_the_school(session, enrolled=len(people)) else None,
    )


def _people(session: Session) -> tuple[SheetParticipant, ...]:
    return tuple(
        SheetParticipant(
            first_name=e.participant.first_name,
            last_name=e.participant.last_name,
            email=e.participant.email or None,
            enrolment_id=e.pk,
        )
        for e in enrolment.enrolments(session.pk)
    )


def _staff(session: Session) -> tuple[SheetFacilitator, ...]:
    return tuple(
        SheetFacilitator(
            first_name=a.facilitator.user.first_name,
            last_name=a.facilitator.user.last_name,
            assignment_id=a.pk,
            role=a.role,
        )
        for a in planning.assignments(session.pk)
        if a.status in COUNTED
    )


def sheets_of(sessions: Iterable[Session]) -> Sequence[SheetData]:
    """Return the sheets of several sessions, in their order."""
    return [sheet_of(session) for session in sessions]


def printed_before(fingerprints: Iterable[str]) -> dict[tuple[int, str], PrintedSheet]:
    """Return the versions that look like these, by session and fingerprint."""
    found = PrintedSheet.objects.filter(fingerprint__in=list(fingerprints))
    return {(row.session_id, row.fingerprint): row for row in found}


def last_versions(session_ids: Iterable[int]) -> dict[int, int]:
    """Return the number of the last version printed of each session that has one."""
    found = PrintedSheet.objects.filter(session__in=list(session_ids))
    return dict(found.values_list("session_id").annotate(Max("version")))


def printed_sheet(session_ref: str, version: int) -> PrintedSheet | None:
    """Return a version of the sheet of a session, as its code names it."""
    found = PrintedSheet.objects.select_related("session")
    return found.filter(session__ref=session_ref, version=version).first()


def _codes_at() -> str:
    """Return where addresses in codes begin: in capitals where they mean the same, since such codes are coarser."""
    begin = settings.BASE_URL + "/D/"
    return begin if urlsplit(settings.BASE_URL).path.strip("/") else begin.upper()


def _free_lines(session: Session, enrolled: int) -> int:
    """Fill the first page with free lines up to the capacity; a list that is longer gets a few."""
    if not enrolled:
        return min(session.capacity, ROWS_OF_A_PAGE)
    if enrolled >= ROWS_OF_A_PAGE:
        return FREE_LINES
    return min(ROWS_OF_A_PAGE - enrolled, max(FREE_LINES, session.capacity - enrolled))


def _place(session: Session) -> str:
    if session.mode == DeliveryMode.REMOTE:
        return session.video_link
    return "\n".join(part for part in (session.place, session.address) if part)


def _organisation(organisation: Organisation) -> SheetOrganisation:
    return SheetOrganisation(
        name=organisation.name,
        legal_form=organisation.legal_form,
        siret=organisation.siret,
        activity_declaration_number=organisation.activity_declaration_number,
        prefect_region=organisation.prefect_region,
        logo=content(organisation.logo) if organisation.logo else None,
        accent_colour=organisation.accent_colour,
    )
