"""Reading certificates that were issued."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet

from cordee.attendance.queries import proven_sessions, somebody_there
from cordee.certificates.models import Certificate
from cordee.certificates.states import Kind, Standing
from cordee.documents.rendering import render_certificates
from cordee.files.models import StoredFile
from cordee.files.queries import DamagedFile, content
from cordee.kernel import clock
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus

LOOKED_BACK = timedelta(days=92)
"""So long after its end a session is looked for whose presence was recorded before it was over: longer than any worker
was ever away.
"""
_WHOLE = ("revocation", "replaced_by", "participant")
_STANDING = {"replaced_by": None, "revocation": None}


@dataclass(frozen=True, slots=True)
class Shown:
    """A certificate, and where it stands."""

    certificate: Certificate
    standing: Standing


def heads_of_session(session_id: int) -> dict[int, Certificate]:
    """Return the latest certificate of each who ever had one for a session, by enrolment; revoked ones too."""
    found = _heads().filter(enrolment__session_id=session_id)
    return {row.enrolment_id: row for row in found if row.enrolment_id}


def ids_of_session(session_id: int) -> list[int]:
    """Return every certificate of participation ever issued for a session."""
    return list(Certificate.objects.filter(enrolment__session_id=session_id).values_list("pk", flat=True))


def kinds_on(mission_id: int) -> set[str]:
    """Return of which kinds certificates stand on a mission."""
    found = Certificate.objects.filter(**_STANDING, mission_id=mission_id)
    return set(found.values_list("kind", flat=True).distinct())


def heads_of_mission(mission_id: int) -> dict[int, Certificate]:
    """Return the latest certificate of realisation of each who ever had one, by participant; revoked ones too."""
    found = _heads().filter(mission_id=mission_id, kind=Kind.REALISATION)
    return {row.participant_id: row for row in found}


def _heads() -> QuerySet[Certificate]:
    return Certificate.objects.filter(replaced_by=None).select_related("revocation", "replaced_by")


def standing_of(certificate: Certificate) -> Standing:
    """Tell where a certificate stands."""
    if hasattr(certificate, "replaced_by"):
        return Standing.REPLACED
    return Standing.REVOKED if hasattr(certificate, "revocation") else Standing.VALID


def on_session(session_id: int) -> QuerySet[Certificate]:
    """Return the certificates of participation in a session that stand, by name."""
    return _by_name(Certificate.objects.filter(**_STANDING, enrolment__session_id=session_id))


def on_mission(mission_id: int, kind: Kind) -> QuerySet[Certificate]:
    """Return the certificates of a kind that stand on a mission, by session and name."""
    found = Certificate.objects.filter(**_STANDING, mission_id=mission_id, kind=kind)
    return _by_name(found, "enrolment__session__position")


def standing_on(mission_ids: Iterable[int]) -> list[Certificate]:
    """Return the certificates of participation that stand on missions, by number: one query."""
    found = Certificate.objects.filter(**_STANDING, mission_id__in=set(mission_ids), kind=Kind.PARTICIPATION)
    return list(found.order_by("number"))


def counts(mission_id: int) -> dict[int, int]:
    """Return how many certificates of participation stand on each session of a mission, in one query."""
    found = Certificate.objects.filter(**_STANDING, mission_id=mission_id, kind=Kind.PARTICIPATION)
    return dict(found.values_list("enrolment__session_id").annotate(Count("pk")))


def _by_name(found: QuerySet[Certificate], *before: str) -> QuerySet[Certificate]:
    order = (*before, "participant__last_name", "participant__first_name", "number")
    return found.select_related("participant").order_by(*order)


def own(enrolment_id: int) -> Certificate | None:
    """Return the certificate of participation of somebody that stands."""
    return Certificate.objects.filter(**_STANDING, enrolment_id=enrolment_id).first()


def certificate_of_number(mission_id: int, number: str) -> Certificate | None:
    """Return a certificate of a mission by its number, whether it stands or not."""
    return Certificate.objects.filter(mission_id=mission_id, number=number).first()


def confirmed(code: str) -> Shown | None:
    """Return the certificate with this code; nothing for a code that is on none."""
    found = Certificate.objects.select_related(*_WHOLE).filter(code=code).first()
    return Shown(found, standing_of(found)) if found else None


def drawn(certificates: Sequence[Certificate]) -> bytes:
    """Return certificates as one PDF, each exactly as it was issued: drawn from what was kept."""
    contents = [certificate.content for certificate in certificates]
    return render_certificates(contents, _logos(c["organisation"]["logo"] for c in contents))


def _logos(digests: Iterable[str]) -> dict[str, bytes]:
    found = {}
    for stored in StoredFile.objects.filter(sha256__in={digest for digest in digests if digest}):
        try:
            found[stored.sha256] = content(stored)
        except (DamagedFile, OSError):
            continue  # what is certified matters, the picture does not
    return found


def to_issue(now: datetime | None = None) -> list[int]:
    """Return sessions that ended lately, with presence recorded and somebody there, and without a certificate."""
    until = now or clock.now()
    ended = Session.objects.filter(
        ~Exists(Certificate.objects.filter(enrolment__session_id=OuterRef("pk"))),
        Exists(somebody_there(OuterRef("pk"))),
        status=SessionStatus.PLANNED,
        ends_at__gt=until - LOOKED_BACK,
        ends_at__lte=until,
    )
    ids = list(ended.values_list("pk", flat=True))
    return sorted(proven_sessions(ids)) if ids else []
