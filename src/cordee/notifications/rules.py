"""Who may change the mails of the house, what their words may be, and what may be done to one message."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn
from cordee.mail import queries as mail_queries
from cordee.missions.models import Mission
from cordee.missions.rules import may_run
from cordee.notifications.mails import PLACEHOLDER, TELLS_CANCELLATION, Mail, placeholders
from cordee.notifications.states import MOST, MailRule, Timing
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus

LONGEST_SUBJECT, LONGEST_BUTTON, LONGEST_BODY = 150, 60, 5000
"""Characters; filled in, a subject grows."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one mail in one language, with placeholders."""

    subject: str
    body: str
    button: str = ""


def may_edit_mails(actor: Actor) -> Iterator[Blocker]:
    """Operations and administrators change what the house writes, and when it leaves."""
    if not actor.may(Permission.EDIT_MAILS):
        yield Blocker(
            "not_mail_editor",
            _("Only operations and administrators can change the mails."),
            _("Ask one of them."),
            Turn.OPERATIONS,
        )


def words_make_sense(purpose: Mail, words: Words) -> Iterator[Blocker]:
    """Words are complete, not too long, and every placeholder in them is one that this mail fills. A button without
    a label has the house's.
    """
    for field, most in (("subject", LONGEST_SUBJECT), ("body", LONGEST_BODY), ("button", LONGEST_BUTTON)):
        text = getattr(words, field)
        if not text and field != "button":
            fix = _("Write it, or go back to the default.")
            yield _blocker("empty", field, _("A mail cannot do without this."), fix)
        if len(text) > most:
            yield _blocker(
                "too_long",
                field,
                _("This is longer than %(most)d characters.") % {"most": most},
                _("Say it shorter."),
            )
        yield from _placeholders_make_sense(purpose, field, text)


def _placeholders_make_sense(purpose: Mail, field: str, text: str) -> Iterator[Blocker]:
    known = purpose.variables
    unknown = dict.fromkeys(name for name in placeholders(text) if name not in known)
    for name in unknown:
        yield _blocker(
            "unknown_variable",
            field,
            _("“{%(name)s}” is not a variable of this mail.") % {"name": name},
            _("It knows: %(names)s.") % {"names": ", ".join(f"{{{k}}}" for k in known)},
        )
    rest = PLACEHOLDER.sub("", text)
    if "{" in rest or "}" in rest:
        yield _blocker(
            "unbalanced_braces",
            field,
            _("A brace stands where no variable is."),
            _("Write a variable as {first_name}, with one brace on each side, and no other brace."),
        )


def _blocker(code: str, field: str, message: str, fix: str) -> Blocker:
    return Blocker(code, message, fix, Turn.OPERATIONS, field)


def rules_make_sense(rules: Mapping[Mail, MailRule]) -> Iterator[Blocker]:
    """Only mails that have a switch are switched, and a delay lies within its bounds."""
    for purpose, wanted in rules.items():
        usual = purpose.rule
        if usual is None or (usual.timing == Timing.AFTER_CHANGE and not wanted.enabled):
            yield Blocker(
                "always_leaves",
                _("“%(name)s” always leaves: somebody counts on it.") % {"name": purpose.name},
                "",
                Turn.OPERATIONS,
            )
        elif not least(usual.timing) <= wanted.amount <= MOST[usual.timing]:
            yield Blocker(
                "bad_delay",
                _("This delay lies between %(least)d and %(most)d.")
                % {"least": least(usual.timing), "most": MOST[usual.timing]},
                "",
                Turn.OPERATIONS,
                f"amount-{purpose}",
            )


def least(timing: Timing) -> int:
    """Return the shortest delay: reminders leave at least a day before, or after."""
    return int(timing in {Timing.DAYS_BEFORE, Timing.DAYS_AFTER})


def may_handle(mission: Mission | None, actor: Actor) -> Iterator[Blocker]:
    """Those who run a mission send its messages again or stop them; those who keep the mails, every message."""
    if actor.may(Permission.EDIT_MAILS):
        return
    if mission is not None:
        yield from may_run(mission, actor)
    else:
        yield from may_edit_mails(actor)


def still_tells_something(purpose: str, session: Session | None) -> Iterator[Blocker]:
    """Nobody is told again to come to a session that was cancelled."""
    if session and session.status == SessionStatus.CANCELLED and purpose not in TELLS_CANCELLATION:
        yield Blocker(
            "session_cancelled",
            _("%(session)s was cancelled: this message would be wrong now.") % {"session": session.title},
            _("Those who were told to come got a message of the cancellation; send that one again instead."),
        )


def nobody_was_told(session: Session) -> Iterator[Blocker]:
    """What people have read cannot be taken back: they are told of a new session."""
    since = session.cancelled_at
    told = mail_queries.leaving([session.pk], TELLS_CANCELLATION)
    if since and any(word.left and word.at >= since for word in told):
        yield Blocker(
            "already_told",
            _("Mails about the cancellation have left: people know that it will not take place."),
            _("Plan a new session: those who come to it are told."),
            Turn.COORDINATOR,
        )


def is_for_others_to_read(purpose: str, secret: tuple[str, ...]) -> Iterator[Blocker]:
    """What opens an account is asked for by its owner, never sent by somebody else."""
    if purpose in secret:
        yield Blocker(
            "secret",
            _("This message is about logging in: only its reader can ask for another."),
            _("A new code is sent from the log-in page."),
        )
