"""Erasing who somebody is: for `erasure`, which asks whether it may be and holds their missions."""

from collections.abc import Sequence

from django.db.models import Q

from cordee.enrolment.actions.people import WRITTEN, write
from cordee.enrolment.models import Enrolment, ListRow, Participant, RowOutcome
from cordee.enrolment.rules import Person
from cordee.journal.states import ERASED


def erase_person(*, person: Participant, places: Sequence[Enrolment]) -> None:
    """Leave their places on lists, with nobody's name on them; and nothing of the lines that they came with."""
    sessions = {place.session_id for place in places}
    said = [words for words in (person.full_name, person.email) if words]
    lines, outcomes = Q(), Q()
    for words in said:
        lines |= Q(text__icontains=words)
        outcomes |= Q(name__icontains=words)
    named = Q(first_name=person.first_name, last_name=person.last_name)
    ListRow.objects.filter(lines | named, session_id__in=sessions).delete()
    RowOutcome.objects.filter(outcomes, session_id__in=sessions).delete()
    Enrolment.objects.filter(pk__in=[place.pk for place in places]).update(group="", details={})
    refused = Enrolment.objects.filter(pk__in=[place.pk for place in places]).exclude(refused_because="")
    refused.update(refused_because=ERASED)
    write(person, Person(email="", first_name="", last_name=ERASED))
    person.save(update_fields=WRITTEN)
