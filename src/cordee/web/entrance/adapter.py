"""How allauth behaves in this house: no sign-up, no mail inside a request, the reader's own language."""

from typing import Any, override

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from cordee.accounts.models import User
from cordee.accounts.queries import is_usable
from cordee.web.entrance import known_browser, languages


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by invitation; suspended and ended ones stay outside."""

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
        known_browser.remember(response, user.email)
        return response

    @override
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Refuse to send inside the request: what this house sends from the door, `letters` writes."""
        raise NotImplementedError(template_prefix)
