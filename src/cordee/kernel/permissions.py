"""Roles and permissions as code. Rights per mission are decided in each room's `rules.py`."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """What an account may do anywhere in the organisation. Kept in alphabetical order."""

    DECIDE_FEES = "decide_fees"
    DECIDE_SHEETS = "decide_sheets"
    DRAW_AUDITS = "draw_audits"
    EDIT_CATALOGUE = "edit_catalogue"
    EDIT_CLIENTS = "edit_clients"
    EDIT_MAILS = "edit_mails"
    EDIT_SETTINGS = "edit_settings"
    EDIT_SUPPLIERS = "edit_suppliers"
    HANDLE_ACCESS_NEEDS = "handle_access_needs"
    HANDLE_COMMENTS = "handle_comments"
    HANDLE_COMPLAINTS = "handle_complaints"
    HANDLE_CONFIDENTIAL_COMPLAINTS = "handle_confidential_complaints"
    INVITE_AUDITORS = "invite_auditors"
    INVITE_FACILITATORS = "invite_facilitators"
    KEEP_INDICATORS = "keep_indicators"
    MANAGE_ORDERS = "manage_orders"
    MANAGE_PEOPLE = "manage_people"
    PAY = "pay"
    REGULARISE_SESSIONS = "regularise_sessions"
    REOPEN_MISSIONS = "reopen_missions"
    RUN_ANY_MISSION = "run_any_mission"
    VIEW_ACCESS_NEEDS = "view_access_needs"
    VIEW_ANSWERS = "view_answers"
    VIEW_BANK_ACCOUNTS = "view_bank_accounts"
    VIEW_CATALOGUE = "view_catalogue"
    VIEW_CLIENTS = "view_clients"
    VIEW_COMPLAINTS = "view_complaints"
    VIEW_EVIDENCE = "view_evidence"
    VIEW_FEES = "view_fees"
    VIEW_INDICATORS = "view_indicators"
    VIEW_MAIL = "view_mail"
    VIEW_MISSIONS = "view_missions"
    VIEW_PEOPLE = "view_people"
    VIEW_SHEETS = "view_sheets"
    VIEW_SUPPLIERS = "view_suppliers"
    VIEW_SURVEYS = "view_surveys"


class Role(StrEnum):
    """An office role. Coordinator and facilitator are not roles of an account:
    they come from missions and sessions.
    """

    OPERATIONS = "operations"
    FINANCE = "finance"
    QUALITY = "quality"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    DISABILITY_OFFICER = "disability_officer"


@dataclass(frozen=True, slots=True)
class RoleDefinition:
    """What a role is for, in a sentence, and what it may do."""

    purpose: str
    permissions: frozenset[Permission]


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the translators; it is translated where it is shown."""
    return sentence


_READ = frozenset(
    {
        Permission.VIEW_CATALOGUE,
        Permission.VIEW_CLIENTS,
        Permission.VIEW_FEES,
        Permission.VIEW_MISSIONS,
        Permission.VIEW_PEOPLE,
    }
)

_INDICATORS = frozenset(
    {
        Permission.DRAW_AUDITS,
        Permission.INVITE_AUDITORS,
        Permission.KEEP_INDICATORS,
        Permission.VIEW_INDICATORS,
    }
)

_COMPLAINTS = frozenset(
    {
        Permission.HANDLE_COMPLAINTS,
        Permission.HANDLE_CONFIDENTIAL_COMPLAINTS,
        Permission.VIEW_COMPLAINTS,
    }
)

ROLES: dict[Role, RoleDefinition] = {
    Role.OPERATIONS: RoleDefinition(
        gettext_noop("Records clients and orders, opens missions, names coordinators, watches what is late."),
        _READ
        | {
            Permission.EDIT_CATALOGUE,
            Permission.EDIT_CLIENTS,
            Permission.EDIT_MAILS,
            Permission.INVITE_FACILITATORS,
            Permission.MANAGE_ORDERS,
            Permission.REGULARISE_SESSIONS,
            Permission.REOPEN_MISSIONS,
            Permission.RUN_ANY_MISSION,
            Permission.VIEW_MAIL,
            Permission.VIEW_SHEETS,
            Permission.VIEW_SUPPLIERS,
            Permission.VIEW_SURVEYS,
        },
    ),
    Role.FINANCE: RoleDefinition(
        gettext_noop("Approves or returns fee requests, pays suppliers, and follows what is to be billed."),
        _READ
        | {
            Permission.DECIDE_FEES,
            Permission.EDIT_SUPPLIERS,
            Permission.PAY,
            Permission.VIEW_BANK_ACCOUNTS,
            Permission.VIEW_SUPPLIERS,
        },
    ),
    Role.QUALITY: RoleDefinition(
        gettext_noop(
            "Checks attendance sheets, accepts or refuses them; sees to complaints; reads the evidence and the surveys "
            "of every mission."
        ),
        _READ
        | _COMPLAINTS
        | _INDICATORS
        | {
            Permission.DECIDE_SHEETS,
            Permission.HANDLE_COMMENTS,
            Permission.VIEW_ACCESS_NEEDS,
            Permission.VIEW_ANSWERS,
            Permission.VIEW_EVIDENCE,
            Permission.VIEW_MAIL,
            Permission.VIEW_SHEETS,
            Permission.VIEW_SURVEYS,
        },
    ),
    Role.ADMINISTRATOR: RoleDefinition(
        gettext_noop("Invites people, gives rights, keeps the organisation's settings."),
        _READ
        | _COMPLAINTS  # somebody must see to those that are about quality
        | _INDICATORS
        | {
            Permission.EDIT_CATALOGUE,
            Permission.EDIT_MAILS,
            Permission.EDIT_SETTINGS,
            Permission.INVITE_FACILITATORS,
            Permission.MANAGE_PEOPLE,
            Permission.VIEW_MAIL,
            Permission.VIEW_SURVEYS,
        },
    ),
    Role.AUDITOR: RoleDefinition(
        gettext_noop("Draws missions and reads the evidence, until the end date of the account."),
        _READ
        | {
            Permission.DRAW_AUDITS,
            Permission.VIEW_ACCESS_NEEDS,
            Permission.VIEW_COMPLAINTS,
            Permission.VIEW_EVIDENCE,
            Permission.VIEW_INDICATORS,
            Permission.VIEW_SHEETS,
            Permission.VIEW_SURVEYS,
        },
    ),
    Role.DISABILITY_OFFICER: RoleDefinition(
        gettext_noop("Sees to access needs: reads what participants tell, and decides what is adapted."),
        # What they read of people is delicate enough: nothing else than the sessions it is about.
        frozenset({Permission.HANDLE_ACCESS_NEEDS, Permission.VIEW_ACCESS_NEEDS, Permission.VIEW_MISSIONS}),
    ),
}


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Return everything the roles allow together."""
    return frozenset(p for role in roles for p in ROLES[role].permissions)
