import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corridor.settings")
application = get_wsgi_application()

from corridor.foundations.guard.starting import refuse_if_unsafe  # noqa: E402 (it reads accounts, so Django is set up first)

refuse_if_unsafe()
