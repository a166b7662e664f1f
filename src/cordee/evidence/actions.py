"""Sealing, once and in a row."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from cordee.evidence import queries
from cordee.evidence.facts import SessionSealed
from cordee.evidence.models import SealedFile
from cordee.files import actions as files
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.missions import queries as missions
from cordee.organisation.actions import next_number
from cordee.organisation.queries import the_organisation
from cordee.planning.models import Session

if TYPE_CHECKING:
    from cordee.seals.packing import Sealed

SERIES = "seal"
"""Its numbers are given in no year: the chain never begins anew."""


@transaction.atomic
def seal_session(*, session_id: int, round: int, by: Actor) -> SealedFile:  # noqa: A002 - as the sheet calls it
    """Seal all that proves a session, once for each round in which its sheet was accepted. Safe to run twice.

    Seals come one after the other: the number is held to the end of the transaction. Raises `NotStamped` where an
    authority is configured and gives no time stamp, and BadKey.
    """
    session = Session.objects.select_related("mission__order__client", "line__service_type").get(
        pk=session_id
    )
    missions.locked(session.mission_id)
    known = SealedFile.objects.filter(session=session_id, round=round).first()
    if known:
        return known
    number = next_number(SERIES, 0)
    before = SealedFile.objects.filter(number=number - 1).first()
    sealed, public_key = _seal(session, number, before.digest if before else "")
    made = SealedFile.objects.create(
        session=session,
        round=round,
        number=number,
        digest=sealed.digest,
        previous=before.digest if before else "",
        public_key=public_key,
        file=files.keep(sealed.content, content_type="application/zip"),
        sealed_at=clock.now(),
    )
    fact = SessionSealed(session_id=session.pk, sealed_file_id=made.pk, number=number)
    journal.record(fact, by=by, mission_id=session.mission_id)
    return made


def _seal(session: Session, number: int, previous: str) -> tuple["Sealed", str]:
    """Return the sealed file, and the public part of the key."""
    from cordee.seals.keys import key_at, public_part
    from cordee.seals.packing import Seal, seal
    from cordee.seals.stamping import authority

    key = key_at(settings.SEAL_KEY)
    told = Seal(number=number, previous=previous, sealed_at=clock.now().isoformat(), about=_about(session))
    stamp = authority(settings.TIME_STAMPS) if settings.TIME_STAMPS else None
    return seal(queries.contents(session), told, key=key, stamp=stamp), public_part(key)


def _about(session: Session) -> dict[str, str]:
    organisation = the_organisation()
    return {
        "organisation": organisation.name,
        "siret": organisation.siret,
        "session": session.ref,
        "title": session.title,
        "mission": session.mission.ref,
        "client": session.mission.order.client.name,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "time_zone": session.time_zone,
    }
