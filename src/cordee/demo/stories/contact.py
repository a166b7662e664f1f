"""A client gives the names themselves: through a link, some at once, one to be corrected, one refused."""

from collections.abc import Iterator
from datetime import timedelta

from cordee.demo import names
from cordee.demo.stage import Stage, Story, working_day
from cordee.demo.stories.order import Deal, deal_of, later, opened
from cordee.demo.stories.progress import answered
from cordee.demo.stories.sessions import plan
from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.enrolment.states import LIST_LINK
from cordee.kernel import clock
from cordee.kernel.actor import Actor, ActorKind
from cordee.links.queries import live_links
from cordee.lists.reader import read_text


def stories(stage: Stage) -> Iterator[Story[None]]:
    """Tell it."""
    yield given_by_client(stage, deal_of("given-by-client"), 13)


def given_by_client(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """The contact pastes a list, then types; the coordinator refuses somebody of another department."""
    told = yield from opened(stage, deal)
    yield later(told, 1)
    sessions = plan(told, stage.day(day), count=2)
    yield from answered(told, sessions)
    yield later(told, 1)
    invitation = enrolment.ask_contact(
        mission_id=told.mission.pk, contact_id=told.client.contact_id, by=told.by
    )
    (link,) = live_links(purpose=LIST_LINK, addresses={invitation.pk: invitation.contact.email}).values()
    contact = Actor(ActorKind.LINK, link_id=link.pk)
    yield stage.moment(working_day(clock.today() + timedelta(days=1)), "10:40")
    enrolment.note_visit(by=contact)
    people = names.people(told.rng, 8, told.client.domain)
    lines = [f"{p.first_name} {p.last_name}\t{p.email}" for p in people]
    rows = read_text("\n".join(lines)).rows
    enrolment.give_list(session_id=sessions[0].pk, rows=rows, by=contact)
    for typed in (
        Person(email="nadege.lambert@gmial.com", first_name="Nadège", last_name="Lambert"),
        Person(first_name="Youssef", last_name="Amari"),
    ):
        yield clock.now() + timedelta(minutes=2)
        enrolment.give_person(session_id=sessions[0].pk, person=typed, by=contact)
    yield stage.moment(working_day(clock.today() + timedelta(days=1)), "14:15")
    refused = Enrolment.objects.filter(session=sessions[0], cancelled_at=None).order_by("pk")[2]
    enrolment.refuse(
        enrolment_id=refused.pk,
        reason="Déjà inscrit·e à la session d’octobre : gardons la place pour quelqu’un d’autre.",
        by=told.by,
    )
