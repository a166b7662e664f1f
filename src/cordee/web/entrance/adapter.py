"""How allauth behaves in this house: no sign-up, mails through our own rows, in the reader's own language."""

from typing import Any, override
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.accounts import queries as accounts
from cordee.accounts.models import User
from cordee.accounts.queries import is_usable
from cordee.mail import actions as mail
from cordee.mail.actions import Wanted
from cordee.notifications import compose
from cordee.organisation.queries import the_organisation
from cordee.web.entrance import languages


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by invitation; codes and resets leave like every other message, and can be seen."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy(
            "This address and this password do not go together. Try again, or get a code by e-mail instead."
        ),
        "incorrect_code": gettext_lazy(
            "This is not the code we sent last. Copy it from the newest e-mail, or ask for another one."
        ),
        "too_many_login_attempts": gettext_lazy(
            "That was tried too often. Wait a few minutes, then try again."
        ),
        "rate_limited": gettext_lazy("That was tried too often. Wait a few minutes, then try again."),
        "enter_current_password": gettext_lazy("This is not your present password."),
    }

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @override
    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    @override
    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    @override
    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("my_account")

    @override
    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        """Keep out suspended accounts, and those past their last day: allauth only knows the first."""
        if isinstance(user, User) and not is_usable(user):
            user.is_active = False  # on this object alone: it is not saved
        return super().pre_login(request, user, **kwargs)

    @override
    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        languages.remember(response, user.language)
        return response

    @override
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the message instead of sending it inside the request, in the language of whom it is for."""
        user, organisation = accounts.by_email(email), the_organisation()
        language = user.language if user else translation.get_language() or "fr"
        purpose = template_prefix.rsplit("/", 1)[-1][:40]
        with translation.override(language):
            values = {"organisation": organisation, "first_name": user.first_name if user else ""}
            letter = compose.letter(
                render_to_string(f"{template_prefix}_subject.txt", values).strip(),
                render_to_string(f"{template_prefix}_message.txt", values),
                organisation=organisation,
                language=language,
                details=[(_("Your code"), context.get("code", ""))],
                button=_("Choose a new password"),
                url=context.get("password_reset_url", ""),
            )
        mail.reconcile(
            [
                Wanted(
                    key=f"{purpose}:{uuid4().hex}",
                    purpose=purpose,
                    subject_ref=f"user:{user.pk}" if user else "",
                    to_email=email,
                    to_name=user.full_name if user else "",
                    reply_to=organisation.reply_to,
                    subject=letter.subject,
                    text=letter.text,
                    html=letter.html,
                    language=language,
                )
            ]
        )
