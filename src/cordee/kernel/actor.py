"""Who acts: handed to every action as `by=`."""

from dataclasses import dataclass, field
from enum import StrEnum

from cordee.kernel.permissions import Permission


class ActorKind(StrEnum):
    USER = "user"
    LINK = "link"
    """Somebody without an account, through a personal link."""
    COMMAND = "command"
    """The operator of the machine, on the command line."""
    SYSTEM = "system"
    """Cordée itself: closure, schedules, subscribers."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts and what that person may do anywhere;
    rights on one mission are asked of the room concerned.
    """

    kind: ActorKind
    user_id: int | None = None
    facilitator_id: int | None = None
    link_id: int | None = None
    permissions: frozenset[Permission] = field(default_factory=frozenset)

    def may(self, permission: Permission) -> bool:
        """Tell whether the actor holds `permission`. The system and the operator's command hold all."""
        return self.kind in {ActorKind.SYSTEM, ActorKind.COMMAND} or permission in self.permissions


SYSTEM = Actor(ActorKind.SYSTEM)
COMMAND = Actor(ActorKind.COMMAND)
