"""What can be certified of people, as presence says it now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.urls import reverse

from cordee.attendance import queries as attendance
from cordee.certificates.models import Certificate
from cordee.clients.states import Sector
from cordee.documents.rendering import CertificateIssuer, Certified, CertifiedHalfDay, CertifiedLevel
from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.kernel import clock
from cordee.missions.models import Mission
from cordee.organisation.models import Organisation
from cordee.planning import queries as planning
from cordee.planning.models import HalfDay, Session
from cordee.planning.states import DeliveryMode, SessionStatus
from cordee.surveys import queries as surveys
from cordee.surveys.queries import Progress, per_cent


@dataclass(frozen=True, slots=True)
class ToCertify:
    """What a certificate of somebody says now; `enrolment_id` where it is of one session."""

    participant_id: int
    enrolment_id: int | None
    certified: Certified


def of_session(session: Session, heads: Mapping[int, Certificate]) -> dict[int, ToCertify] | None:
    """Return what to certify of who was on a session, by enrolment; nothing as long as it is not over and recorded.

    `heads` are the latest certificates, by enrolment. Of a session that was cancelled nothing is certified to anybody.
    """
    if session.status == SessionStatus.CANCELLED:
        return {}
    if not _are_over([session]):
        return None
    half_days = planning.half_days(session.pk)
    stays, levels = attendance.stays(session.pk), _levels(session, heads)
    found = {}
    for person in enrolment.enrolments(session.pk):
        there = _there(person, half_days, stays)
        if there:
            told = _certified(session.mission, person, there)
            told |= {
                "kind": "participation",
                "language": "en" if session.language == "en" else "fr",
                "title": session.title,
                "ref": session.ref,
                "remote": session.mode == DeliveryMode.REMOTE,
                "learned": levels.get(person.pk),
            }
            found[person.pk] = ToCertify(person.participant_id, person.pk, told)
    return found


def _levels(session: Session, heads: Mapping[int, Certificate]) -> dict[int, CertifiedLevel | None]:
    """Return what the check found, by enrolment, where the service has it certified.

    What was certified once stays so: answers are forgotten after some months, certificates are not.
    """
    known = {pk: head.content.get("learned") for pk, head in heads.items()}
    if not session.line.service_type.check_on_certificate:
        return known
    now = {
        pk: _level(progress)
        for pk, progress in surveys.progress_by_person(session.pk).items()
        if progress.level is not None
    }
    return known | {pk: known[pk] if _says(known.get(pk), level) else level for pk, level in now.items()}


def _says(kept: CertifiedLevel | None, level: CertifiedLevel) -> bool:
    """Tell whether a certificate says this level already; older ones lack the basis, and are not made anew for it."""
    return kept is not None and {**kept, "basis": level.get("basis")} == level


def _level(progress: Progress) -> CertifiedLevel:
    """Return both levels by the same questions where they are compared, else the one at the end; who says so."""
    before, after = progress.before, progress.after
    if before is None or after is None:
        before, after = None, progress.level or Fraction(0)
    level = CertifiedLevel(before=None if before is None else per_cent(before), after=per_cent(after))
    return level | {"basis": progress.basis.value} if progress.basis else level


def of_mission(mission: Mission) -> dict[int, ToCertify]:
    """Return what to certify of who was on the sessions of a mission that are over and recorded, by participant."""
    planned = [s for s in planning.sessions_of(mission.pk) if s.status == SessionStatus.PLANNED]
    sessions = _are_over(planned)
    ids = [s.pk for s in sessions]
    half_days, stays = planning.half_days_of(ids), attendance.stays_on(ids)
    remote = {s.pk for s in sessions if s.mode == DeliveryMode.REMOTE}
    people: dict[int, list[Enrolment]] = {}
    for person in enrolment.on_sessions(ids):
        people.setdefault(person.participant_id, []).append(person)
    found = {}
    for places in sorted(people.values(), key=lambda found: _by_name(found[0])):
        there = [h for place in places for h in _there(place, half_days[place.session_id], stays)]
        if there:
            told = _certified(mission, places[0], sorted(there, key=lambda h: (h["day"], h["starts"])))
            told |= {
                "kind": "realisation",
                "language": "fr",
                "title": mission.order.title,
                "ref": mission.ref,
                "remote": all(place.session_id in remote for place in places),
                "half_days": [],
            }
            found[places[0].participant_id] = ToCertify(places[0].participant_id, None, told)
    return found


def _are_over(sessions: Sequence[Session]) -> list[Session]:
    """Return the sessions that have ended, with presence recorded on every half-day."""
    ended = [s for s in sessions if s.ends_at <= clock.now()]
    proven = attendance.proven_sessions(s.pk for s in ended) if ended else set()
    return [s for s in ended if s.pk in proven]


def _by_name(place: Enrolment) -> tuple[str, str, int]:
    return (place.participant.last_name, place.participant.first_name, place.pk)


def _there(
    person: Enrolment, half_days: Sequence[HalfDay], stays: dict[tuple[int, int], attendance.Stay]
) -> list[CertifiedHalfDay]:
    """Return the half-days on which somebody was there, and for how long."""
    found = []
    for half_day in half_days:
        stay = stays.get((person.pk, half_day.pk))
        if stay and stay.minutes:
            found.append(
                CertifiedHalfDay(
                    day=half_day.day.isoformat(),
                    starts=half_day.starts.isoformat("minutes"),
                    ends=half_day.ends.isoformat("minutes"),
                    minutes=stay.minutes,
                )
            )
    return found


def _certified(mission: Mission, person: Enrolment, there: list[CertifiedHalfDay]) -> Certified:
    order = mission.order
    return Certified(
        kind="participation",
        language="fr",
        person=person.participant.full_name,
        client=order.client.name,
        employer=order.sector == Sector.COMPANY,
        title="",
        ref="",
        first_day=there[0]["day"],
        last_day=there[-1]["day"],
        minutes=sum(half_day["minutes"] for half_day in there),
        half_days=there,
        remote=False,
    )


def content_of(
    wanted: ToCertify, organisation: Organisation, *, number: str, code: str, before: Certificate | None
) -> dict[str, Any]:
    """Return all that is printed on a new certificate; `before` is the one that it replaces."""
    content: dict[str, Any] = {
        **wanted.certified,
        "number": number,
        "issued_on": clock.today().isoformat(),
        "confirmed_at": settings.BASE_URL + reverse("certificate_confirmed", args=[code]),
        "organisation": _issuer(organisation, before),
    }
    return content | {"replaces": before.number} if before else content


def _issuer(organisation: Organisation, before: Certificate | None) -> CertificateIssuer:
    town = f"{organisation.postal_code} {organisation.city}".strip()
    # Who signed stays named where nobody is any more: a correction must not wait for a successor.
    known = before.content["organisation"] if before else {}
    signs = "representative", "representative_role"
    representative, role = (getattr(organisation, name) or known.get(name, "") for name in signs)
    return CertificateIssuer(
        name=organisation.name,
        legal_form=organisation.legal_form,
        siret=organisation.siret,
        activity_declaration_number=organisation.activity_declaration_number,
        prefect_region=organisation.prefect_region,
        address=", ".join(part for part in (organisation.address, town) if part),
        city=organisation.city,
        representative=representative,
        representative_role=role,
        accent_colour=organisation.accent_colour,
        logo=organisation.logo.sha256 if organisation.logo else "",
    )
