"""Logging in, and one's own account."""

from typing import Any, override

from allauth.account import views as allauth
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.utils.translation import override as speaking
from django.views import i18n

from cordee.accounts import actions
from cordee.accounts import queries as accounts
from cordee.web import limits
from cordee.web.entrance import languages, letters, personas
from cordee.web.entrance.forms import CodeRequestForm, LanguageForm, PasswordForm
from cordee.web.pages import carry_out, page, status_of
from cordee.web.request import Request


class _OneDoor:
    """Both ways in on one page: a code by e-mail first, the password second."""

    template_name = "account/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # the view's
        form = context["form"]
        by_password = isinstance(form, PasswordForm)
        return {
            **context,
            "by_password": by_password,
            "password_form": form if by_password else PasswordForm(),
            "code_form": CodeRequestForm() if by_password else form,
            "personas": personas.present() if settings.DEMO else [],
        }

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]  # the view's
        response.status_code = 422
        return response


class _LogIn(_OneDoor, allauth.LoginView):  # type: ignore[misc]  # allauth ships no types
    @override
    def get_form_class(self) -> type[PasswordForm]:
        return PasswordForm

    @override
    def form_invalid(self, form: Any) -> HttpResponse:
        if form.has_error(NON_FIELD_ERRORS, "too_many_login_attempts"):
            limits.answer_429(self.request, after=_WRONG_PASSWORDS)
        return super().form_invalid(form)


class _RequestCode(_OneDoor, allauth.RequestLoginCodeView):  # type: ignore[misc]  # allauth ships no types
    @override
    def get_form_class(self) -> type[CodeRequestForm]:
        return CodeRequestForm

    @override
    def form_valid(self, form: CodeRequestForm) -> HttpResponse:
        """Keep a code to compare with, and have it sent if there is anybody to send it to."""
        email = form.cleaned_data["email"]
        asked = LoginCodeVerificationProcess.initiate(request=self.request, user=None, email=email)
        letters.ask(email, code=asked.generate_code())
        asked.persist()
        return HttpResponseRedirect(self.get_success_url())


class _ConfirmCode(allauth.ConfirmLoginCodeView):  # type: ignore[misc]  # allauth ships no types
    @override
    def _verify_form_valid(self, form: Any) -> HttpResponse:
        """Only now look for whose address it is. Nobody: then nobody was sent the code, and it was guessed."""
        user = accounts.by_email(self._process.state["email"])
        if user is None:
            form.add_error("code", get_adapter().validation_error("incorrect_code"))
            refused: HttpResponse = self.form_invalid(form)
            return refused
        self.stage.login.user = self._process._user = user  # noqa: SLF001 - it takes nobody else later
        entered: HttpResponse = super()._verify_form_valid(form)
        return entered


class _ResetPassword(allauth.PasswordResetView):  # type: ignore[misc]  # allauth ships no types
    @override
    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response


_WRONG_PASSWORDS = 300
"""Seconds in which somebody may try so many wrong passwords (`login_failed` in the settings)."""

log_in = _LogIn.as_view()
request_code = _RequestCode.as_view()
confirm_code = _ConfirmCode.as_view()
reset_password = _ResetPassword.as_view()


@page()
def my_account(request: Request) -> HttpResponse:
    """Show who one is here, and keep the language one reads in."""
    user = request.viewer.user
    assert user is not None  # noqa: S101 - page() lets nobody else in
    form = LanguageForm(request.POST or None, initial={"language": user.language})
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["language"]

        def save() -> str:
            actions.set_language(user_id=user.pk, language=language)
            return reverse("my_account")

        with speaking(language):
            done = _("Your language is saved.")
        response = carry_out(request, form, save, done=done)
        if response is not None:
            languages.remember(response, language)
            return response
    context = {
        "form": form,
        "has_password": user.has_usable_password(),
        "facts": [
            {"label": _("Name"), "value": user.full_name, "url": ""},
            {"label": _("E-mail"), "value": user.email, "url": ""},
        ],
        "roles": _roles(request),
        "ends_on": user.ends_on,
    }
    return render(request, "entrance/my_account.html", context, status=status_of(form))


def _roles(request: Request) -> list[str]:
    user = request.viewer.user
    names = list(user.role_names) if user else []
    if request.viewer.actor.facilitator_id is not None:
        names.append(_("Facilitator (coordinator of the missions put in your charge)"))
    return names


def set_language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages; who is logged in finds it again everywhere, and in their mails."""
    user = request.viewer.user  # type: ignore[attr-defined]  # set by ActorMiddleware
    language = request.POST.get("language", "")
    if (
        request.method == "POST"
        and user
        and language in dict(settings.LANGUAGES)
        and check_for_language(language)
    ):
        actions.set_language(user_id=user.pk, language=language)
    return i18n.set_language(request)


def to_my_account(request: HttpRequest, **kwargs: str) -> HttpResponseBase:
    """Answer for the pages of allauth that the house does not offer: administrators change addresses."""
    return HttpResponseRedirect(reverse("my_account"))
