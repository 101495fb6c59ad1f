import pytest
from django.test import Client

from .outsiders import Doors, Outsider


@pytest.fixture
def doors(db, settings):
    """Open, and asked by software without a cookie."""
    settings.VC_API = True
    return Doors(Client(enforce_csrf_checks=True))


@pytest.fixture
def guild():
    return Outsider()
