"""Django's settings. What an operator may change comes from `environment.py`; the rest is decided here."""

from datetime import timedelta
from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from cordee.config import environment, home, logs
from cordee.kernel import zones

ENV = environment.read()
home.keep_private(ENV.home)
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENV.secret_key
DEBUG = ENV.debug
ALLOWED_HOSTS = list(ENV.allowed_hosts)
CSRF_TRUSTED_ORIGINS = [ENV.base_url]

ROOMS = [
    "cordee.jobs",
    "cordee.journal",
    "cordee.files",
    "cordee.mail",
    "cordee.links",
    "cordee.submissions",
    "cordee.accounts",
    "cordee.organisation",
    "cordee.clients",
    "cordee.catalogue",
    "cordee.network",
    "cordee.missions",
    "cordee.planning",
    "cordee.enrolment",
    "cordee.attendance",
    "cordee.registration",
    "cordee.accommodation",
    "cordee.quality",
    "cordee.documents",
    "cordee.fees",
    "cordee.surveys",
    "cordee.certificates",
    "cordee.conformity",
    "cordee.deposits",
    "cordee.evidence",
    "cordee.audits",
    "cordee.invoices",
    "cordee.suppliers",
    "cordee.payments",
    "cordee.accounting",
    "cordee.closure",
    "cordee.erasure",
    "cordee.notifications",
    "cordee.automations",
    "cordee.web",
    "cordee.web.components",
    "cordee.web.entrance",
    "cordee.web.office",
    "cordee.web.coordination",
    "cordee.web.facilitation",
    "cordee.web.guest",
    "cordee.web.help",
]
INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its templates of widgets, found like all others
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_ox",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cordee.web.middleware.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cordee.web.middleware.CompressionMiddleware",
    "cordee.web.limits.LimitMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cordee.web.middleware.ActorMiddleware",
]

ROOT_URLCONF = "cordee.config.urls"
WSGI_APPLICATION = "cordee.config.wsgi.application"
DATABASES = {"default": environment.database(ENV)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Rate limits must be counted once for all web processes.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", ["cordee.web.whitespace.Loader"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "cordee.web.context.house",
            ],
            "builtins": [
                "cordee.web.components.templatetags.cordee",
                "cordee.web.components.templatetags.addresses",
            ],
            "libraries": {"i18n": "cordee.web.components.templatetags.words"},
        },
    }
]
FORM_RENDERER = "cordee.web.components.renderer.FormRenderer"

# --- accounts -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["cordee.web.entrance.backend.HouseBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "cordee.web.entrance.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "cordee.web.entrance.forms.PasswordForm",
    "request_login_code": "cordee.web.entrance.forms.CodeRequestForm",
    "confirm_login_code": "cordee.web.entrance.forms.CodeForm",
    "change_password": "cordee.web.entrance.forms.ChangePasswordForm",
    "set_password": "cordee.web.entrance.forms.SetPasswordForm",
    "reset_password": "cordee.web.entrance.forms.ResetPasswordForm",
    "reset_password_from_key": "cordee.web.entrance.forms.NewPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# Limits count visitors by their address: behind a proxy it is the one that the proxy tells.
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.proxies
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    # What makes a mail leave to an address that anybody may type: nobody's mailbox is filled by strangers.
    "knock": "20/m/ip,120/h/ip,400/d/ip,3/m/key,8/h/key,20/d/key",  # codes and new passwords together
    "lost_link": "30/h/ip,120/d/ip",
    "lost_link_address": "3/h/key,8/d/key",
    "register": "40/10m/ip",
    "register_address": "30/h/key,60/d/key",  # a class may share the mailbox of its school
    "walk_in": "300/10m/ip",  # a whole hall behind one network
    "register_session": "600/h/key",
    "wrong_room_code": "60/m/ip,600/h/ip",  # a whole hall behind one network; of 729 million codes
    "wrong_certificate_code": "30/m/ip,300/h/ip",
    "deposit": "30/m/key,300/h/key",  # of up to forty files each
    "names": "240/m/key",  # more than several people type through one link
}

# --- security -----------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_ENGINE = "cordee.web.entrance.sessions"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = ENV.behind_https
CSRF_COOKIE_SECURE = ENV.behind_https
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "cordee.web.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if ENV.behind_https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.behind_https else None
SEAL_KEY = ENV.seal_key
TIME_STAMPS = ENV.time_stamps
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
SILENCED_SYSTEM_CHECKS = [
    "mail.W001",  # without a mail server messages wait, and the office is told
    "templates.W003",  # `i18n` is ours on purpose; tests/architecture looks that nothing else has two meanings
]

# --- languages and time -------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = ENV.time_zone
zones.live_in(ENV.time_zone)
USE_TZ = True

# --- files --------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = ENV.home / "static"
STORAGES = {
    "default": environment.files(ENV),
    "staticfiles": {"BACKEND": "cordee.web.stylesheets.Storage"},
}
FILE_UPLOAD_PERMISSIONS = home.FILE  # Django lets everybody read them, whatever the umask
FILE_UPLOAD_DIRECTORY_PERMISSIONS = home.FOLDER
WHITENOISE_MAX_AGE = 31_536_000
CORDEE_FONTS = ENV.fonts

# --- jobs and mail ------------------------------------------------------------------------------
TASKS = {
    "default": {
        "BACKEND": "django_ox.backend.OxBackend",
        "OPTIONS": {
            "SCHEDULES": {
                "deliver-facts": {"task": "cordee.journal.tasks.deliver_due", "cron": "* * * * *"},
                "send-mail": {"task": "cordee.mail.tasks.send_due", "cron": "* * * * *"},
                "follow-time": {"task": "cordee.closure.tasks.follow_time", "cron": "*/5 * * * *"},
                "write-reminders": {
                    "task": "cordee.notifications.tasks.write_reminders",
                    "cron": "*/5 * * * *",
                },
                "ask-for-papers": {"task": "cordee.notifications.tasks.ask_for_papers", "cron": "31 8 * * *"},
                "remind-of-quality": {
                    "task": "cordee.notifications.tasks.remind_of_quality",
                    "cron": "37 8 * * *",
                },
                "issue-certificates": {"task": "cordee.certificates.tasks.issue_due", "cron": "*/5 * * * *"},
                "build-audits": {"task": "cordee.audits.tasks.build_left", "cron": "*/5 * * * *"},
                "read-sheets": {"task": "cordee.deposits.tasks.read_left", "cron": "* * * * *"},
                "erase-needs": {"task": "cordee.accommodation.tasks.erase_old_needs", "cron": "29 3 * * *"},
                "remind-complaints": {"task": "cordee.quality.tasks.remind_late", "cron": "17 7 * * *"},
                "erase-complaints": {"task": "cordee.quality.tasks.erase_old_words", "cron": "53 3 * * *"},
                "submit-sheets": {"task": "cordee.conformity.tasks.submit_due", "cron": "*/5 * * * *"},
                "accept-invoices": {"task": "cordee.invoices.tasks.accept_silent", "cron": "7 * * * *"},
                "transmit-invoices": {"task": "cordee.invoices.tasks.transmit", "cron": "*/10 * * * *"},
                "draw-invoices": {"task": "cordee.invoices.tasks.draw_left", "cron": "*/5 * * * *"},
                "bill-months": {"task": "cordee.fees.tasks.bill_all", "cron": "13 * * * *"},
                "prune-jobs": {"task": "cordee.jobs.tasks.prune", "cron": "41 3 * * *"},
                "forget-answers": {"task": "cordee.surveys.tasks.forget_old", "cron": "29 3 * * *"},
                "ask-cold": {"task": "cordee.surveys.tasks.ask_cold", "cron": "13 8 * * *"},
                "close-surveys": {"task": "cordee.surveys.tasks.close_due", "cron": "47 2 * * *"},
                "forget-registrations": {
                    "task": "cordee.registration.tasks.forget_old",
                    "cron": "23 3 * * *",
                },
                "forget-lists": {"task": "cordee.enrolment.tasks.forget_old_lists", "cron": "35 3 * * *"},
                "forget-delivered": {"task": "cordee.journal.tasks.forget_delivered", "cron": "11 3 * * *"},
                "forget-submissions": {"task": "cordee.submissions.tasks.forget_old", "cron": "17 3 * * *"},
            }
        },
    }
}
MAILERS = environment.mailers(ENV)
MAIL_FROM = ENV.mail_from
DEMO = ENV.demo
DEMO_CLOCK_FILE = ENV.home / "demo-clock"
BASE_URL = ENV.base_url

LOGGING = logs.of_the_house()
