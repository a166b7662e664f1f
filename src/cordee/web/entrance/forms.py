"""The forms of the door, in our words."""

from typing import Any, override

from allauth.account import forms as allauth
from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from cordee.accounts import queries as accounts
from cordee.accounts.models import User
from cordee.web.pages import HouseForm


class _InOurWords:
    """Names fields as the house does, without repeating the label inside the field."""

    labels: dict[str, Any] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)


class CodeRequestForm(_InOurWords, allauth.RequestLoginCodeForm):  # type: ignore[misc]  # allauth ships no types
    """The first step: an address, to which a code goes."""

    labels = {"email": _("Your e-mail address")}
    _user: User | None

    @override
    def clean_email(self) -> str:
        """Somebody suspended gets a code too: the address proven theirs, they read why they stay out."""
        email = str(super().clean_email())
        if self._user is None:
            self._user = accounts.by_email(email)
        return email


class CodeForm(_InOurWords, allauth.ConfirmLoginCodeForm):  # type: ignore[misc]  # allauth ships no types
    """The second step: the code."""

    labels = {"code": _("Code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {
            "autofocus": True,
            "autocapitalize": "characters",
            "spellcheck": "false",
        }


class PasswordForm(_InOurWords, allauth.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """The other way: address and password."""

    labels = {"login": _("Your e-mail address"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""  # the page says it in its own words


class ChangePasswordForm(_InOurWords, allauth.ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    labels = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("The new password again"),
    }


class SetPasswordForm(_InOurWords, allauth.SetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    labels = {"password1": _("Password"), "password2": _("The password again")}


class ResetPasswordForm(_InOurWords, allauth.ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    labels = {"email": _("Your e-mail address")}


class NewPasswordForm(_InOurWords, allauth.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth ships no types
    labels = {"password1": _("New password"), "password2": _("The new password again")}


class LanguageForm(HouseForm):
    """The language of pages and mails."""

    language = forms.ChoiceField(
        label=_("Pages and e-mails"),
        choices=[
            (code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES
        ],
        widget=forms.RadioSelect,
    )
