"""Inviting and changing facilitators."""

from django.db import transaction

from cordee.accounts import actions as accounts
from cordee.journal import actions as journal
from cordee.kernel.actor import Actor
from cordee.kernel.changes import tidied
from cordee.kernel.names import search_key, tidy
from cordee.kernel.refusals import refuse_if
from cordee.network import rules
from cordee.network.facts import FacilitatorChanged, FacilitatorInvited
from cordee.network.models import Facilitator
from cordee.network.rules import FacilitatorChanges


@transaction.atomic
def invite_facilitator(
    *,
    email: str,
    first_name: str,
    last_name: str,
    phone: str = "",
    city: str = "",
    can_coordinate: bool = True,
    language: str = "fr",
    by: Actor,
) -> Facilitator:
    """Add somebody to the network, with an account; the invitation mail follows. Raises Refused."""
    refuse_if(rules.may_invite_facilitators(by))
    user = accounts.create_account(email=email, first_name=first_name, last_name=last_name, language=language)
    facilitator = Facilitator(user=user, phone=tidy(phone), city=tidy(city), can_coordinate=can_coordinate)
    facilitator.search_key = _search_key(facilitator)
    facilitator.save()
    journal.record(FacilitatorInvited(facilitator_id=facilitator.pk, account_id=user.pk), by=by)
    return facilitator


@transaction.atomic
def change_facilitator(*, facilitator_id: int, changes: FacilitatorChanges, by: Actor) -> Facilitator:
    """Change what the office knows of a facilitator. Raises Refused."""
    refuse_if(rules.may_invite_facilitators(by))
    facilitator = (
        Facilitator.objects.select_for_update(of=("self",)).select_related("user").get(pk=facilitator_id)
    )
    changed = tidied(changes).made_to(facilitator)
    if changed:
        facilitator.search_key = _search_key(facilitator)
        facilitator.save()
        journal.record(FacilitatorChanged(facilitator_id=facilitator.pk, fields=changed), by=by)
    return facilitator


def _search_key(facilitator: Facilitator) -> str:
    user = facilitator.user
    return search_key(f"{user.first_name} {user.last_name} {user.email} {facilitator.city}")[:400]
