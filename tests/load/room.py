"""A room full of people who may sign now: `python -m tests.load.room prepare 300`, and `count` what they signed.

In a process of its own, with the environment of the server it prepares.
"""

import datetime as dt
import json
import sys
from collections import Counter
from zoneinfo import ZoneInfo

import django


def main(what: str, people: int = 0) -> None:
    """Do one of both, and print JSON."""
    django.setup()
    print(json.dumps(prepare(people) if what == "prepare" else count()))


def prepare(people: int) -> list[str]:
    """Put people on a session that has begun; return the addresses of the pages on which they sign."""
    from benchmarks import first_session
    from cordee.enrolment import actions as enrolment
    from cordee.enrolment.states import PARTICIPANT_LINK
    from cordee.kernel import clock
    from cordee.links import actions as links
    from cordee.links.actions import Holder
    from cordee.links.queries import token

    now = clock.now()
    with clock.frozen_at(now - dt.timedelta(days=2)):
        session = first_session.session(people, zone=_where_it_is_morning(now), days=2)
        on_list = enrolment.enrol(
            session_id=session.pk, people=first_session.people(people), by=first_session.COMMAND
        ).new
    until = now + dt.timedelta(days=9)
    given = links.give_many(
        purpose=PARTICIPANT_LINK,
        holders={person.pk: Holder(person.participant.email, until) for person in on_list},
    )
    return [f"/p/{token(link)}/sign/1/" for link in given.values()]


def count() -> dict[str, int]:
    """Return how many signatures there are, of how many people, and how many of them came twice."""
    from cordee.attendance.models import Presence, Signature

    of_people = Counter(Signature.objects.values_list("enrolment_id", flat=True))
    return {
        "signatures": of_people.total(),
        "people": len(of_people),
        "twice": sum(n > 1 for n in of_people.values()),
        "present": Presence.objects.filter(replaced_by=None).count(),
    }


def _where_it_is_morning(now: dt.datetime) -> str:
    """Return a zone in which a half-day from nine to noon goes on, whenever this is run."""
    for hours in range(-11, 13):
        name = f"Etc/GMT{-hours:+d}"
        if now.astimezone(ZoneInfo(name)).hour == 10:
            return name
    raise SystemExit("it is morning nowhere")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
