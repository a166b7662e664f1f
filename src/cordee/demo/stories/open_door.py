"""A session on which people register themselves: more want to come than there is room."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from cordee.demo import names
from cordee.demo.stage import Stage, Story
from cordee.demo.stories.order import Deal, deal_of, later, opened
from cordee.demo.stories.progress import answered
from cordee.demo.stories.sessions import plan
from cordee.kernel.actor import Actor, ActorKind
from cordee.planning.rules import SessionDraft
from cordee.registration import actions
from cordee.registration.models import Registration

_ROOM = 8
_WAITING = 3
_BY_LINK = Actor(ActorKind.LINK)


def stories(stage: Stage) -> Iterator[Story[None]]:
    yield open_to_all(stage, deal_of("open-to-all"))


def open_to_all(stage: Stage, deal: Deal) -> Story[None]:
    """The link was shared: the room is full, three wait, and one has not confirmed yet."""
    told = yield from opened(stage, deal)
    yield later(told, 3)

    def small(draft: SessionDraft) -> SessionDraft:
        return replace(draft, capacity=_ROOM)

    (session,) = plan(told, stage.day(13), draft=small)
    yield from answered(told, [session])
    yield later(told, 1)
    invitation = actions.open_registration(session_id=session.pk, by=told.by)
    group = [p for p in names.people(told.rng, 30, told.client.domain) if p.email]
    for number, person in enumerate(group[: _ROOM + _WAITING + 1]):
        last = number == _ROOM + _WAITING
        yield stage.now - (timedelta(minutes=40) if last else timedelta(days=9, hours=-12 * number))
        details = {"Service": told.rng.choice(("Collecte", "Boutique", "Atelier vélo"))}
        actions.ask(invitation_id=invitation.pk, person=replace(person, details=details), by=_BY_LINK)
        if not last:
            yield stage.now - timedelta(days=9, hours=-12 * number, minutes=-8)
            asked = Registration.objects.get(invitation=invitation, email=person.email)
            actions.confirm(registration_id=asked.pk, by=_BY_LINK)
