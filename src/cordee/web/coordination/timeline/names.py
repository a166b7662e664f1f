"""The names of everybody and everything that sentences speak of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cordee.planning.models import Session


@dataclass(frozen=True, slots=True)
class Names:
    """The names of everybody and everything that sentences speak of, by id."""

    facilitators: Mapping[int, str] = field(default_factory=dict)
    users: Mapping[int, str] = field(default_factory=dict)
    sessions: Mapping[int, Session] = field(default_factory=dict)
    contacts: Mapping[int, str] = field(default_factory=dict)
    givers: Mapping[int, str] = field(default_factory=dict)
    """Contacts of the client, by the link through which they act."""

    reasons: Mapping[int, str] = field(default_factory=dict)

    def reason(self, reason_id: int) -> str:
        return self.reasons.get(reason_id) or _("the reason was erased")

    def contact(self, contact_id: int) -> str:
        return self.contacts.get(contact_id) or _("somebody")

    def facilitator(self, facilitator_id: int) -> str:
        return self.facilitators.get(facilitator_id) or _("somebody")

    def session(self, session_id: int) -> str:
        session = self.sessions.get(session_id)
        return session.title if session else _("a session")
