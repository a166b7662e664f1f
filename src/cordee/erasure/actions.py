"""Erasing a person: name, address and words go from every room; figures, and what proves training, stay."""

from collections import Counter

from django.db import transaction

from cordee.accommodation import actions as accommodation
from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Enrolment, Participant
from cordee.enrolment.states import PARTICIPANT_LINK
from cordee.erasure import rules
from cordee.erasure.facts import ParticipantErased
from cordee.journal import actions as journal
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import refuse_if
from cordee.links import actions as links
from cordee.mail import actions as mail
from cordee.missions import queries as missions
from cordee.quality import actions as quality
from cordee.quality import queries as complaints
from cordee.registration import actions as registration
from cordee.surveys import actions as surveys


@transaction.atomic
def erase_participant(*, participant_id: int, by: Actor) -> None:
    """Erase who a participant is, in every room at once (GDPR, article 17). Erased already: nothing changes.

    What they answered stays in its figures, without them. What the law asks to keep as proof of a training stays as it
    was sealed, signed, printed or certified (article 17(3)(b)). Raises Refused.
    """
    on_lists = Enrolment.objects.filter(participant_id=participant_id)
    missions.lock(set(on_lists.values_list("session__mission_id", flat=True)))
    person = Participant.objects.select_for_update(of=("self",)).get(pk=participant_id)
    places = list(on_lists.select_related("session__mission").order_by("pk"))
    ids = [place.pk for place in places]
    refuse_if(
        [
            *rules.may_erase(by),
            *rules.proof_is_complete(places),
            *rules.nothing_of_theirs_is_open(complaints.open_of(ids, by)),
        ]
    )
    if person.is_erased:
        return
    others = Participant.objects.filter(email=person.email).exclude(pk=person.pk)
    mail.erase_person(
        email=person.email,
        name=person.full_name,
        mission_ids={place.session.mission_id for place in places},
        shared=others.exists(),
    )
    registration.erase_person(enrolment_ids=ids, email=person.email, name_key=person.name_key)
    surveys.forget_person(enrolment_ids=ids)
    accommodation.erase_person(enrolment_ids=ids)
    quality.erase_person(enrolment_ids=ids, by=by)
    for enrolment_id in ids:
        links.revoke(purpose=PARTICIPANT_LINK, subject_id=enrolment_id)
    enrolment.erase_person(person=person, places=places)
    on_missions = Counter(place.session.mission_id for place in places)
    for mission_id, n in sorted(on_missions.items()):
        journal.record(
            ParticipantErased(participant_id=participant_id, places=n), by=by, mission_id=mission_id
        )
