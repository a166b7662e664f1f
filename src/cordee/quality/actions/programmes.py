"""Saying which improvement a version of a programme came of."""

from django.db import transaction

from cordee.catalogue.models import ProgrammeVersion
from cordee.journal import actions as journal
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import refuse_if
from cordee.quality.facts import ProgrammeImproved
from cordee.quality.models import ImprovedProgramme, Improvement
from cordee.quality.rules import improving


@transaction.atomic
def say_what_brought(*, version_id: int, improvement_id: int | None, by: Actor) -> None:
    """Say which improvement brought a version of a programme, or that none did. Said already, nothing changes. Raises
    Refused.
    """
    refuse_if(improving.may_improve(by))
    version = ProgrammeVersion.objects.select_for_update(of=("self",)).get(pk=version_id)
    said = ImprovedProgramme.objects.filter(version=version).first()
    if (said.improvement_id if said else None) == improvement_id:
        return
    if improvement_id is not None:
        improvement = Improvement.objects.select_for_update(of=("self",)).get(pk=improvement_id)
        refuse_if(improving.was_not_given_up(improvement))
    if said:
        _tell(version, said.improvement_id, withdrawn=True, by=by)
        said.delete()
    if improvement_id is not None:
        ImprovedProgramme.objects.create(version=version, improvement_id=improvement_id)
        _tell(version, improvement_id, withdrawn=False, by=by)


def _tell(version: ProgrammeVersion, improvement_id: int, *, withdrawn: bool, by: Actor) -> None:
    fact = ProgrammeImproved(
        improvement_id=improvement_id,
        service_type_id=version.service_type_id,
        number=version.number,
        withdrawn=withdrawn,
    )
    journal.record(fact, by=by)
