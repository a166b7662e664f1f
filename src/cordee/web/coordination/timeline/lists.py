"""Sentences about the lists of sessions, and about the client's contacts who are asked for them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.enrolment.facts import (
    AddressesGiven,
    ClientRowsWait,
    EnrolmentCancelled,
    ListAsked,
    ListLinkRevoked,
    ListLinkUsed,
    ParticipantCorrected,
    ParticipantsEnrolled,
)
from cordee.web.coordination.timeline.names import Names


def enrolled(fact: ParticipantsEnrolled, names: Names) -> str:
    n = len(fact.enrolment_ids)
    words = (
        ngettext(
            "%(n)d person added on the spot to %(session)s",
            "%(n)d people added on the spot to %(session)s",
            n,
        )
        if fact.walk_in
        else ngettext("%(n)d person enrolled on %(session)s", "%(n)d people enrolled on %(session)s", n)
    )
    return words % {"n": n, "session": names.session(fact.session_id)}


def several_enrolled(facts: Sequence[Any], names: Names) -> str:
    everybody = [i for fact in facts for i in fact.enrolment_ids]
    return enrolled(replace(facts[0], enrolment_ids=everybody), names)


def taken_off(fact: EnrolmentCancelled, names: Names) -> str:
    if fact.own:
        words = _("Somebody gave up their place on %(session)s")
    elif fact.refused:
        words = _("Somebody the client gave refused on %(session)s")
    else:
        words = _("Somebody taken off the list of %(session)s")
    return words % {"session": names.session(fact.session_id)}


def asked(fact: ListAsked, names: Names) -> str:
    return _("%(name)s was asked for the names") % {"name": names.contact(fact.contact_id)}


def link_used(fact: ListLinkUsed, names: Names) -> str:
    return _("%(name)s opened the page for the names") % {"name": names.contact(fact.contact_id)}


def link_revoked(fact: ListLinkRevoked, names: Names) -> str:
    return _("The link of %(name)s was ended") % {"name": names.contact(fact.contact_id)}


def rows_wait(fact: ClientRowsWait, names: Names) -> str:
    session = names.session(fact.session_id)
    if not fact.rows:
        return _("No line of the client waits any more for %(session)s") % {"session": session}
    words = ngettext(
        "%(n)d line given by the client for %(session)s waits to be checked",
        "%(n)d lines given by the client for %(session)s wait to be checked",
        fact.rows,
    )
    return words % {"n": fact.rows, "session": session}


def several_rows_wait(facts: Sequence[Any], names: Names) -> str:
    return rows_wait(facts[-1], names)  # what counts is how many wait now


def corrected(fact: ParticipantCorrected, names: Names) -> str:
    words = (
        _("Somebody corrected the spelling of their own name on the list of %(session)s")
        if fact.own
        else _("A name or an address corrected on the list of %(session)s")
    )
    return words % {"session": names.session(fact.session_id)}


def addresses_given(fact: AddressesGiven, names: Names) -> str:
    n = len(fact.enrolment_ids)
    words = ngettext(
        "The address of %(n)d person of %(session)s given",
        "The addresses of %(n)d people of %(session)s given",
        n,
    )
    return words % {"n": n, "session": names.session(fact.session_id)}


def several_corrected(facts: Sequence[Any], names: Names) -> str:
    n = len(facts)
    words = (
        ngettext(
            "The spelling of a name corrected %(n)d time by whose it is, on the list of %(session)s",
            "The spelling of names corrected %(n)d times by those whose they are, on the list of %(session)s",
            n,
        )
        if facts[0].own
        else ngettext(
            "%(n)d correction of a name or an address on the list of %(session)s",
            "%(n)d corrections of names or addresses on the list of %(session)s",
            n,
        )
    )
    return words % {"n": n, "session": names.session(facts[0].session_id)}


def several_addresses(facts: Sequence[Any], names: Names) -> str:
    everybody = [i for fact in facts for i in fact.enrolment_ids]
    return addresses_given(replace(facts[0], enrolment_ids=everybody), names)


def several_taken_off(facts: Sequence[Any], names: Names) -> str:
    n = len(facts)
    if facts[0].own:
        words = ngettext(
            "%(n)d person gave up their place on %(session)s",
            "%(n)d people gave up their place on %(session)s",
            n,
        )
    elif facts[0].refused:
        words = ngettext(
            "%(n)d person the client gave refused on %(session)s",
            "%(n)d people the client gave refused on %(session)s",
            n,
        )
    else:
        words = ngettext(
            "%(n)d person taken off the list of %(session)s",
            "%(n)d people taken off the list of %(session)s",
            n,
        )
    return words % {"n": n, "session": names.session(facts[0].session_id)}


def link_used_often(facts: Sequence[Any], names: Names) -> str:
    n = len(facts)
    words = ngettext(
        "%(name)s opened the page for the names %(n)d time",
        "%(name)s opened the page for the names %(n)d times",
        n,
    )
    return words % {"n": n, "name": names.contact(facts[0].contact_id)}
