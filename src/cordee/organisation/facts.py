"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Fact, FieldName


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationChanged(Fact):
    """Identity, brand or policies were changed; names which fields."""

    subject: ClassVar[str] = "organisation_id"
    moves_mission: ClassVar[bool] = False
    organisation_id: int
    fields: list[FieldName]
