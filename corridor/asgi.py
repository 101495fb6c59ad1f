import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corridor.settings")
application = get_asgi_application()

from corridor.foundations.guard.starting import refuse_if_unsafe  # noqa: E402 (it reads accounts, so Django is set up first)

refuse_if_unsafe()
