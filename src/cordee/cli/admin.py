"""`cordee admin add`: the first administrator is made on the machine itself."""

from django.utils.translation import gettext as _

from cordee.accounts.actions import invite_colleague
from cordee.cli import prepare
from cordee.kernel.actor import COMMAND
from cordee.kernel.permissions import Role


def add(email: str, *, first_name: str, last_name: str) -> int:
    """Open an account that may do what administrators do. The database is prepared if need be."""
    prepare.database()
    user = invite_colleague(
        email=email, first_name=first_name, last_name=last_name, roles=[Role.ADMINISTRATOR], by=COMMAND
    )
    print(
        _("%(name)s is an administrator and logs in with %(email)s.")
        % {"name": user.full_name, "email": user.email}
    )
    return 0
