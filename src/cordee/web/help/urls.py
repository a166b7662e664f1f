"""Addresses of the help: for everybody who is logged in."""

from django.urls import path

from cordee.web.help import views

urlpatterns = [
    path("help/", views.help_list, name="help"),
    path("help/roles/", views.help_roles, name="help_roles"),
    path("help/<slug:article>/", views.help_article, name="help_article"),
]
