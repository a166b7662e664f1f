"""Inviting people, giving rights, and never locking the house."""

from datetime import date

import pytest

from cordee.accounts import actions, queries
from cordee.accounts.facts import AccountRestored, AccountSuspended, ColleagueInvited, RolesChanged
from cordee.accounts.models import User
from cordee.kernel.actor import COMMAND, SYSTEM, Actor, ActorKind
from cordee.kernel.permissions import ROLES, Permission, Role, permissions_of
from cordee.kernel.refusals import Turn
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import told


def invite(cast: Cast, **values: object) -> User:
    given: dict[str, object] = {
        "email": "zoe@cordee.example",
        "first_name": "Zoé",
        "last_name": "Petit",
        "roles": [Role.QUALITY],
        "by": cast.actor(cast.ada),
    }
    return actions.invite_colleague(**(given | values))  # type: ignore[arg-type]


def test_an_administrator_invites_a_colleague(cast: Cast) -> None:
    user = invite(cast, email=" Zoe@Cordee.EXAMPLE ", first_name=" Zoé  Anne ")
    assert (user.email, user.first_name, user.roles) == ("zoe@cordee.example", "Zoé Anne", ["quality"])
    assert not user.has_usable_password()
    assert told(ColleagueInvited)[-1] == {"account_id": user.pk, "roles": ["quality"]}


def test_nobody_else_manages_people(cast: Cast) -> None:
    for person in (cast.olga, cast.farid, cast.quitterie, cast.camille):
        by = cast.actor(person)
        with refused("not_administrator", turn=Turn.ADMINISTRATOR):
            invite(cast, by=by)
        with refused("not_administrator"):
            actions.set_roles(user_id=cast.farid.pk, roles=[Role.OPERATIONS], by=by)
        with refused("not_administrator"):
            actions.suspend(user_id=cast.farid.pk, by=by)
        with refused("not_administrator"):
            actions.restore(user_id=cast.farid.pk, by=by)


@pytest.mark.parametrize("email", ["", "zoe", "zoe@cordee", "Zoé <zoe@cordee.example>"])
def test_what_is_not_an_address_is_refused_beside_its_field(cast: Cast, email: str) -> None:
    with refused("bad_email") as blockers:
        invite(cast, email=email)
    assert blockers[0].field == "email"


def test_an_address_is_one_account_whatever_its_case(cast: Cast) -> None:
    with refused("email_known"):
        invite(cast, email="OLGA@cordee-formation.example")


def test_roles_are_given_and_taken(cast: Cast) -> None:
    actions.set_roles(user_id=cast.farid.pk, roles=[Role.QUALITY, Role.FINANCE], by=cast.actor(cast.ada))
    cast.farid.refresh_from_db()
    assert cast.farid.roles == ["finance", "quality"]
    actions.set_roles(user_id=cast.farid.pk, roles=[Role.FINANCE, Role.QUALITY], by=cast.actor(cast.ada))
    assert len(told(RolesChanged)) == 1, "nothing changed the second time"


def test_the_last_administrator_stays_one(cast: Cast) -> None:
    by = cast.actor(cast.ada)
    with refused("last_administrator") as blockers:
        actions.set_roles(user_id=cast.ada.pk, roles=[Role.FINANCE], by=by)
    assert blockers[0].field == "roles"
    with refused("last_administrator"):
        actions.suspend(user_id=cast.ada.pk, by=by)


def test_an_administrator_whose_account_ended_does_not_count(cast: Cast, now: MovableClock) -> None:
    other = invite(cast, roles=[Role.ADMINISTRATOR], ends_on=date(2027, 1, 10))
    now.move_to("2027-01-11 09:00")
    with refused("last_administrator"):
        actions.suspend(user_id=cast.ada.pk, by=COMMAND)
    now.move_to("2027-01-10 09:00")
    actions.suspend(user_id=cast.ada.pk, by=COMMAND)
    assert other.pk


def test_a_suspended_account_may_nothing_until_it_is_restored(cast: Cast) -> None:
    by = cast.actor(cast.ada)
    for _ in range(2):
        actions.suspend(user_id=cast.farid.pk, by=by)
    farid = User.objects.get(pk=cast.farid.pk)
    assert not queries.is_usable(farid)
    assert queries.permissions_of_user(farid) == frozenset()
    for _ in range(2):
        actions.restore(user_id=cast.farid.pk, by=by)
    farid.refresh_from_db()
    assert queries.permissions_of_user(farid) == permissions_of(frozenset({Role.FINANCE}))
    assert (len(told(AccountSuspended)), len(told(AccountRestored))) == (1, 1)


def test_an_auditor_reads_until_the_last_day_of_the_account(cast: Cast, now: MovableClock) -> None:
    with refused("auditor_without_end") as blockers:
        invite(cast, roles=[Role.AUDITOR])
    assert blockers[0].field == "ends_on"
    with refused("auditor_without_end"):
        invite(cast, roles=[Role.AUDITOR], ends_on=date(2027, 1, 3))
    auditor = invite(cast, roles=[Role.AUDITOR], ends_on=date(2027, 1, 10))
    now.move_to("2027-01-10 23:00")
    assert Permission.VIEW_MISSIONS in queries.permissions_of_user(auditor)
    now.move_to("2027-01-11 00:30")
    assert queries.permissions_of_user(auditor) == frozenset()


def test_whoever_becomes_auditor_gets_an_end(cast: Cast) -> None:
    by = cast.actor(cast.ada)
    with refused("auditor_without_end"):
        actions.set_roles(user_id=cast.farid.pk, roles=[Role.AUDITOR], by=by)
    farid = actions.set_roles(user_id=cast.farid.pk, roles=[Role.AUDITOR], ends_on=date(2027, 2, 1), by=by)
    assert (farid.roles, farid.ends_on) == (["auditor"], date(2027, 2, 1))


def test_an_auditor_changes_nothing_but_which_missions_are_looked_at() -> None:
    changing = {p for p in ROLES[Role.AUDITOR].permissions if not p.startswith("view_")}
    assert changing == {Permission.DRAW_AUDITS}


def test_quality_invites_auditors_and_nobody_else(cast: Cast) -> None:
    quality = {"by": cast.actor(cast.quitterie), "ends_on": date(2027, 2, 1)}
    assert invite(cast, roles=[Role.AUDITOR], **quality).held_roles == {Role.AUDITOR}
    for roles in ([], [Role.FINANCE], [Role.AUDITOR, Role.ADMINISTRATOR]):
        with refused("not_administrator"):
            invite(cast, roles=roles, **quality)
    with refused("not_administrator"):
        invite(cast, roles=[Role.AUDITOR], **{**quality, "by": cast.actor(cast.olga)})
    with refused("auditor_without_end"):
        invite(cast, roles=[Role.AUDITOR], **{**quality, "ends_on": None})


def test_mail_goes_to_those_who_hold_the_role_today(cast: Cast, now: MovableClock) -> None:
    guest = invite(cast, roles=[Role.FINANCE], ends_on=date(2027, 1, 10))
    assert {u.pk for u in queries.with_role(Role.FINANCE)} == {cast.farid.pk, guest.pk}
    now.move_to("2027-01-11 09:00")
    assert [u.pk for u in queries.with_role(Role.FINANCE)] == [cast.farid.pk]


def test_people_are_found_by_the_words_of_their_name(cast: Cast) -> None:
    assert [u.first_name for u in queries.people("ogl pet")] == []
    assert [u.first_name for u in queries.people("olg pet")] == ["Olga"]


def test_the_system_and_the_operators_command_may_do_all() -> None:
    assert all(SYSTEM.may(p) and COMMAND.may(p) for p in Permission)
    assert not any(Actor(kind).may(p) for p in Permission for kind in (ActorKind.USER, ActorKind.LINK))


def test_a_persons_language_is_remembered(cast: Cast) -> None:
    actions.set_language(user_id=cast.olga.pk, language="en")
    assert User.objects.get(pk=cast.olga.pk).language == "en"
