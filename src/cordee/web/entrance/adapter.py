"""How allauth behaves in this house: no sign-up, mails through our own rows."""

from typing import Any, override

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from cordee.accounts.models import User
from cordee.accounts.queries import is_usable
from cordee.kernel import clock
from cordee.mail import actions as mail
from cordee.mail.actions import Wanted
from cordee.organisation.queries import the_organisation


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation; codes and resets leave like every other message, and can be seen."""

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @override
    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    @override
    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        if isinstance(user, User) and not is_usable(user):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    @override
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the message instead of sending it inside the request."""
        organisation = the_organisation()
        message = self.render_mail(template_prefix, email, {**context, "organisation": organisation})
        purpose = template_prefix.rsplit("/", 1)[-1]
        mail.reconcile(
            [
                Wanted(
                    key=f"{purpose}:{email}:{clock.now().timestamp():.6f}"[:120],
                    purpose=purpose[:40],
                    subject_ref=f"account:{email}"[:80],
                    to_email=email,
                    reply_to=organisation.reply_to,
                    subject=message.subject,
                    text=str(message.body),
                )
            ]
        )
