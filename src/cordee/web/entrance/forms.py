"""The forms of the door, in our words."""

from typing import Any, override

from allauth.account import forms as allauth
from allauth.core import context
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from cordee.kernel.names import normal_email
from cordee.organisation.queries import the_organisation
from cordee.web import limits
from cordee.web.entrance import known_browser, letters
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


class _Knocking:
    """An address to which something goes that opens the door. Nobody is looked for yet: see `letters`."""

    cleaned_data: dict[str, Any]

    def clean_email(self) -> str:
        """Return the address as it is compared; known or not, it is asked for a limited number of times."""
        email = normal_email(self.cleaned_data["email"])
        request = context.request
        if limits.is_met(request, "knock", key=known_browser.limit_key(request, email)):
            raise forms.ValidationError(
                _TOO_OFTEN
                % {
                    "time": limits.in_words(limits.seconds_to_wait(request)),
                    "address": the_organisation().reply_to or settings.MAIL_FROM,
                },
            )
        return email


_TOO_OFTEN = _(
    "This was asked for several times already, by you or by somebody else. The newest code still works in the "
    "window where it was asked for, for a quarter of an hour. You can log in with your password, ask again in "
    "%(time)s, or have an administrator help you: %(address)s."
)


class CodeRequestForm(_InOurWords, _Knocking, allauth.RequestLoginCodeForm):  # type: ignore[misc]  # no types
    """The first step: an address, to which a code goes."""

    labels = {"email": _("Your e-mail address")}
    _user = None  # read by the view


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


class ResetPasswordForm(_InOurWords, _Knocking, allauth.ResetPasswordForm):  # type: ignore[misc]  # no types
    labels = {"email": _("Your e-mail address")}

    @override
    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        letters.ask(email)
        return email


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
