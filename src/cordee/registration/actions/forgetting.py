"""Forgetting what people wrote once it serves nobody."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from cordee.kernel import clock
from cordee.registration.models import Registration
from cordee.registration.states import CONFIRM_WITHIN, FORGOTTEN_AFTER, RegistrationState


@transaction.atomic
def forget_old() -> None:
    """Forget registrations that were not confirmed in time, and all those of sessions long over. Who is on a
    list stays on it.
    """
    now = clock.now()
    Registration.objects.filter(
        state=RegistrationState.UNCONFIRMED, asked_at__lte=now - CONFIRM_WITHIN
    ).delete()
    Registration.objects.filter(invitation__session__ends_at__lte=now - FORGOTTEN_AFTER).delete()


def erase_person(*, enrolment_ids: Collection[int], email: str, name_key: str) -> None:
    """Erase what somebody said when they registered themselves, wherever they did."""
    theirs = Q(enrolment_id__in=enrolment_ids)
    if email:
        theirs |= Q(email=email, name_key=name_key)
    Registration.objects.filter(theirs).delete()
