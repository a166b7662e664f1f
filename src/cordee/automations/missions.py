"""A coordinator who is named gets the link; closure is told to those concerned; search follows names."""

from django.utils.translation import gettext_lazy as _

from cordee.clients.facts import ClientChanged
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.missions import actions as missions
from cordee.missions.facts import CoordinatorNamed, MissionClosed, MissionReopened
from cordee.notifications import office


def subscribe() -> None:
    journal.subscribe(
        "coordinator-mail", (CoordinatorNamed,), _tell_coordinator, follows=_("The e-mail to the coordinator")
    )
    journal.subscribe(
        "closure-mail",
        (MissionClosed, MissionReopened),
        _tell_closure,
        follows=_("The e-mail that the client can be invoiced"),
    )
    journal.subscribe(
        "client-renamed",
        (ClientChanged,),
        _index_again,
        follows=_("Finding the missions by the client's new name"),
    )


def _tell_coordinator(entry: Recorded[CoordinatorNamed]) -> None:
    office.coordinator_named(entry.fact.mission_id, entry.fact.facilitator_id, entry.entry_id)


def _index_again(entry: Recorded[ClientChanged]) -> None:
    if {"name", "city"} & set(entry.fact.fields):
        missions.index_missions_of(client_id=entry.fact.client_id)


def _tell_closure(entry: Recorded[MissionClosed | MissionReopened]) -> None:
    office.mission_closed(entry.fact.mission_id)
