"""Who can be tried out in one click, in the demonstration only."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cordee.accounts import queries as accounts
from cordee.accounts.models import User

PERSONAS = [
    (
        "coordinator",
        "camille.rousset@cordee.example",
        gettext_noop("Camille, coordinator"),
        gettext_noop("Plans the sessions of a mission, staffs them, records presence, asks for the fees."),
    ),
    (
        "facilitator",
        "idris.benkirane@cordee.example",
        gettext_noop("Idris, facilitator"),
        gettext_noop("Answers requests, runs sessions, follows the fees."),
    ),
    (
        "operations",
        "olga.petrov@cordee.example",
        gettext_noop("Olga, operations"),
        gettext_noop("Records clients and orders, opens missions, watches what is late."),
    ),
    (
        "finance",
        "farid.amrani@cordee.example",
        gettext_noop("Farid, finance"),
        gettext_noop("Approves fee requests and follows what is to be paid and billed."),
    ),
    (
        "second_person",
        "fanny.roche@cordee.example",
        gettext_noop("Fanny, finance"),
        gettext_noop("The second person: approves the batches of payments that Farid prepares."),
    ),
    (
        "quality",
        "quitterie.dubois@cordee.example",
        gettext_noop("Quitterie, quality"),
        gettext_noop("Reads the evidence of every mission."),
    ),
    (
        "administrator",
        "ada.nguyen@cordee.example",
        gettext_noop("Ada, administrator"),
        gettext_noop("Invites people, gives rights, keeps the settings."),
    ),
    (
        "disability_officer",
        "hanae.lefort@cordee.example",
        gettext_noop("Hanae, disability officer"),
        gettext_noop("Sees to the access needs of participants."),
    ),
]
"""Key, address of the account, name and role, what this person does. Only those that exist are offered."""

_ICONS = {
    "coordinator": "tie",
    "facilitator": "user",
    "operations": "mission",
    "finance": "bank",
    "second_person": "done",
    "quality": "quality",
    "administrator": "settings",
    "disability_officer": "access",
}


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to enter the demonstration as."""

    key: str
    email: str
    label: str
    purpose: str
    icon: str


def everybody() -> list[Persona]:
    """Return all personas, whether their accounts exist or not."""
    return [Persona(key, email, _(label), _(purpose), _ICONS[key]) for key, email, label, purpose in PERSONAS]


def present() -> list[Persona]:
    """Return the personas whose accounts exist, in one query."""
    known = accounts.by_emails(email for _key, email, _label, _purpose in PERSONAS)
    return [persona for persona in everybody() if persona.email in known]


def account_of(key: str) -> User | None:
    """Return the account of a persona, if both exist."""
    return next((accounts.by_email(email) for k, email, _label, _purpose in PERSONAS if k == key), None)
