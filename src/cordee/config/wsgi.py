"""The web application."""

import os

from django.core.wsgi import get_wsgi_application

from cordee.config.translations import compile_if_needed

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cordee.config.settings")
compile_if_needed()

application = get_wsgi_application()
