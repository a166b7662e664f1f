"""Codes on paper for those without an e-mail address: each opens their own page, to sign on any phone."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from cordee.enrolment import queries as enrolment
from cordee.notifications import own_pages
from cordee.web.coordination.signing import may_record, square
from cordee.web.pages import page, session_or_404
from cordee.web.request import Request


@dataclass(frozen=True, slots=True)
class Card:
    """What is cut out and handed to one person."""

    name: str
    picture: str


@page()
def cards(request: Request, ref: str) -> HttpResponse:
    """Show a card for each person on the list whom no mail can reach. An address given later ends the code."""
    session = session_or_404(request, ref)
    if not may_record(request, session):
        raise PermissionDenied
    people = [p for p in enrolment.enrolments(session.pk) if not p.participant.email]
    addresses = own_pages.addresses(dict.fromkeys(people, session.ends_at))
    context = {
        "session": session,
        "mission": session.mission,
        "starts": session.starts,
        "ends": session.ends,
        "cards": [
            Card(p.participant.full_name, square(addresses[p.pk])) for p in people if p.pk in addresses
        ],
    }
    return render(request, "coordination/cards.html", context)
