"""Who may complain, who reads a complaint and sees to it, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from cordee.kernel.actor import Actor, ActorKind
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn
from cordee.missions.models import Mission
from cordee.missions.rules import can_run
from cordee.network.models import Facilitator
from cordee.organisation.models import Organisation
from cordee.quality.models import STATE_LABELS, Complaint
from cordee.quality.states import COMPLAINT, LONGEST_WORDS, MOST_A_DAY, ComplaintKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Raiser:
    """Who raises a complaint: exactly one of the four."""

    enrolment_id: int | None = None
    facilitator_id: int | None = None
    contact_id: int | None = None
    staff_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintDraft:
    """A complaint as it is told. What is about a person of the network is confidential, whatever is said beside."""

    kind: ComplaintKind
    words: str
    confidential: bool = False
    about_facilitator_id: int | None = None


def handles(actor: Actor) -> bool:
    """Tell whether the actor sees to complaints."""
    return actor.may(Permission.HANDLE_COMPLAINTS)


def may_handle(actor: Actor) -> Iterator[Blocker]:
    """Quality sees to complaints; an administrator may stand in."""
    if not handles(actor):
        yield Blocker("not_quality", _("Complaints are seen to by quality."), _("Ask quality."), Turn.QUALITY)


def may_read(complaint: Complaint, actor: Actor) -> bool:
    """Tell whether the actor may see that this complaint exists. A confidential one is read by those alone who are
    in charge of such; by whom it is about never, whatever their rights.
    """
    if not complaint.confidential:
        return actor.may(Permission.VIEW_COMPLAINTS)
    about = complaint.about_facilitator
    # By their account: whoever is no facilitator any more is still the one it is about.
    return actor.may(Permission.HANDLE_CONFIDENTIAL_COMPLAINTS) and (
        about is None or about.user_id != actor.user_id
    )


def may_decide(complaint: Complaint, actor: Actor) -> Iterator[Blocker]:
    """Who sees to complaints sees to those that they may read."""
    yield from may_handle(actor)
    if handles(actor) and not may_read(complaint, actor):
        yield Blocker("not_yours", _("This complaint is confidential."), _("Ask quality."), Turn.QUALITY)


def is_somebody(actor: Actor) -> Iterator[Blocker]:
    """A complaint is owned by a person, not by a command."""
    if actor.user_id is None:
        yield Blocker(
            "nobody",
            _("A complaint is seen to by somebody who has an account."),
            _("Log in, and take it on its page."),
            Turn.QUALITY,
        )


def raised_by(complaint: Complaint, actor: Actor) -> bool:
    """Tell whether the actor, who has an account, raised it themselves."""
    if complaint.staff_id is not None:
        return complaint.staff_id == actor.user_id
    return complaint.facilitator_id is not None and complaint.facilitator_id == actor.facilitator_id


def may_raise(raiser: Raiser, mission: Mission | None, actor: Actor) -> Iterator[Blocker]:
    """Everybody complains in their own name. Who runs the mission, and who sees to complaints, write down what
    somebody else told them. That a personal link is this person's is for its page to know.
    """
    own = actor.kind == ActorKind.LINK or (
        actor.user_id is not None
        and (
            raiser.staff_id == actor.user_id
            or (raiser.facilitator_id is not None and raiser.facilitator_id == actor.facilitator_id)
        )
    )
    runs = mission is not None and can_run(mission, actor)
    if not (own or runs or handles(actor)):
        yield Blocker(
            "not_in_their_name",
            _("You can complain in your own name only."),
            _("Ask the coordinator or quality to write down what somebody else told you."),
            Turn.QUALITY,
        )


def is_not_one_of_many(raised: int, actor: Actor) -> Iterator[Blocker]:
    """Somebody without an account, or a program that has their link, does not fill the register."""
    if actor.kind == ActorKind.LINK and raised >= MOST_A_DAY:
        yield Blocker(
            "too_many_today",
            _("You have raised %(n)d today: nothing more is taken before tomorrow.") % {"n": raised},
            _("Say more about one that you have raised."),
            Turn.PARTICIPANT,
        )


def says_something(words: str, *, field: str = "words") -> Iterator[Blocker]:
    """Some words, not a book."""
    if not words:
        yield Blocker("nothing_said", _("Nothing is written here."), _("Write a few words."), field=field)
    if len(words) > LONGEST_WORDS:
        yield Blocker(
            "too_long",
            _("This is longer than %(most)d letters.") % {"most": LONGEST_WORDS},
            _("Keep what matters; you can add the rest afterwards."),
            field=field,
        )


def move_is_possible(complaint: Complaint, move: str) -> Iterator[Blocker]:
    if not COMPLAINT.allows(move, complaint):
        yield Blocker(
            "no_such_move",
            _("This complaint is “%(state)s” now.") % {"state": STATE_LABELS[COMPLAINT.state_of(complaint)]},
            _("Load the page again: somebody may have changed it meanwhile."),
            Turn.QUALITY,
        )


def is_about_somebody_else(about: Facilitator | None, actor: Actor) -> Iterator[Blocker]:
    """Whom a complaint is about does not see to it, and hands it over first."""
    if about is not None and about.user_id == actor.user_id:
        yield Blocker(
            "about_you",
            _("A complaint that is about you is made confidential by somebody else."),
            _("Ask a colleague of quality, or an administrator, to take it."),
            Turn.QUALITY,
            "about",
        )


def is_not_restricted(complaint: Complaint) -> Iterator[Blocker]:
    if complaint.confidential:
        yield Blocker(
            "already_confidential",
            _("This complaint is confidential already."),
            _("Load the page again: somebody may have changed it meanwhile."),
            Turn.QUALITY,
        )


def due_on(received: date, organisation: Organisation, *, confidential: bool) -> date:
    """Return the day by which a complaint is to be decided."""
    days = organisation.confidential_within_days if confidential else organisation.complaint_within_days
    return received + timedelta(days=days)
