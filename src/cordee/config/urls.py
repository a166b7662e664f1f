"""Every address of the house."""

from django.urls import include, path

handler400 = "cordee.web.errors.bad_request"
handler403 = "cordee.web.errors.forbidden"
handler404 = "cordee.web.errors.not_found"
handler429 = "cordee.web.errors.too_many"  # asked for by allauth
handler500 = "cordee.web.errors.broken"

urlpatterns = [
    path("", include("cordee.web.entrance.urls")),
    path("", include("cordee.web.office.urls")),
    path("", include("cordee.web.coordination.urls")),
    path("", include("cordee.web.facilitation.urls")),
    path("", include("cordee.web.guest.urls")),
    path("", include("cordee.web.help.urls")),
    path("account/", include("allauth.account.urls")),
    path("language/", include("django.conf.urls.i18n")),
]
