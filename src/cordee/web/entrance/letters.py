"""What opens the door, sent to who may open it: a code, or a link to choose a new password.

It is done after the answer, and the same is done for everybody until then: neither what is answered nor the time
it takes tells whether an address has an account.
"""

from datetime import timedelta

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cordee.accounts import actions, queries
from cordee.accounts.models import Knock, User
from cordee.jobs import registry
from cordee.kernel import clock
from cordee.mail import actions as mail
from cordee.mail.actions import Wanted
from cordee.mail.states import About
from cordee.notifications import compose
from cordee.organisation.queries import the_organisation

ANSWER = "entrance.answer_knocks"
CODE_WORKS = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


@transaction.atomic
def ask(email: str, *, code: str = "") -> None:
    """Have the code sent to the address, or without one a link to choose a new password, if it has an account."""
    actions.note_knock(email=email, code=code)
    registry.start(ANSWER)


def answer_all() -> None:
    """Write to those who knocked and have an account, and forget them all. Safe to run twice."""
    for knock in queries.knocks():
        with transaction.atomic():
            user = queries.by_email(knock.email)
            if user and _is_of_use(knock, user):
                mail.reconcile([_letter(knock, user)])
            actions.forget_knock(knock.pk)


def _is_of_use(knock: Knock, user: User) -> bool:
    """Tell whether it still opens something. Somebody suspended gets a code: they read at the door why not."""
    if not knock.code:
        return queries.is_usable(user)
    return clock.now() < knock.at + CODE_WORKS


def _letter(knock: Knock, user: User) -> Wanted:
    organisation = the_organisation()
    purpose = "login_code" if knock.code else "password_reset_key"
    with translation.override(user.language):
        values = {"organisation": organisation, "first_name": user.first_name}
        letter = compose.letter(
            render_to_string(f"account/email/{purpose}_subject.txt", values).strip(),
            render_to_string(f"account/email/{purpose}_message.txt", values).strip(),
            organisation=organisation,
            language=user.language,
            details=[(_("Your code"), knock.code)],
            button=_("Choose a new password"),
            url="" if knock.code else _new_password_url(user),
        )
    return Wanted(
        key=f"{purpose}:{knock.pk}",
        purpose=purpose,
        about=About("user", user.pk),
        to_email=user.email,
        to_name=user.full_name,
        reply_to=organisation.reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        language=user.language,
        until=knock.at + CODE_WORKS if knock.code else None,
    )


def _new_password_url(user: User) -> str:
    key = PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    arguments = {"uidb36": user_pk_to_url_str(user), "key": key}
    return f"{settings.BASE_URL}{reverse('account_reset_password_from_key', kwargs=arguments)}"
