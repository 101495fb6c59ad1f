"""A wallet that nobody here wrote takes a certificate, over TLS on this machine: OpenID4VCI 1.0 from offer to credential."""

import socket
import ssl
import threading
from datetime import date
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from django.core.servers.basehttp import get_internal_wsgi_application
from django.db import connections

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.foundations.documents.models import Visibility
from corridor.foundations.documents.storing import store_document
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.jwt.selective import open_selective
from corridor.rooms.credentials.models import Credential
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.curricula.actions import claim_mapping
from corridor.rooms.curricula.drafts import ForeignUnitDraft, MappingDraft
from corridor.rooms.curricula.models import Relation
from corridor.rooms.members.models import Organisation
from tests.factories.actors import VISITOR
from tests.factories.credentials import SIGNED_AT, award, make_assessed_cohort
from tests.rooms.credentials.wallet.holding import holder_of

from .loopback import NODE, certificate, take

pytestmark = [
    pytest.mark.skipif(NODE is None, reason="there is no node here to run the outside wallet"),
    pytest.mark.django_db(transaction=True),
]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_said: object) -> None:
        """Say nothing."""


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = False
    block_on_close = True

    def process_request_thread(self, request, client_address):
        super().process_request_thread(request, client_address)
        connections.close_all()


@pytest.fixture
def trusted(tmp_path, settings):
    """The product behind TLS on this machine; what a client needs to trust it."""
    pem, key = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    server = Server(("127.0.0.1", 0), Quiet, bind_and_activate=True)
    assert server.address_family == socket.AF_INET
    server.socket = context.wrap_socket(server.socket, server_side=True)
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = f"https://localhost:{server.server_port}", ["localhost"]
    server.set_app(get_internal_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield pem
    server.shutdown()
    server.server_close()
    thread.join()


def taken_with(pem, offer, typed=None):
    return take(pem, offer.address, typed or offer.transaction_code)


def test_the_wallet_takes_it_once_and_it_is_bound_to_its_key(trusted, settings, tmp_path):
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": folder}
    cohort = make_assessed_cohort(learners=1)
    unit = cohort.curriculum_version.units.order_by("position").first()
    foreign = ForeignUnitDraft("EU", "ESCO", "C-EU", "inspect brakes", "v1.2", "http://data.europa.eu/esco/skill/1")
    decree = store_document(
        reference="decree-14", title="Decree 14", file_name="decree.pdf", content=b"%PDF-1.7 decree", attested_by="Registry",
        attested_on=date(2023, 1, 1), visibility=Visibility.PUBLIC, at=SIGNED_AT, by=NIGHTLY,
    )  # fmt: skip
    draft = MappingDraft(
        unit=unit, relation=Relation.OVERLAPPING, claimant=Organisation.objects.first(), claimed_on=date(2023, 1, 1), foreign_unit=foreign,
        evidence=decree, reviewed_by="Registry", reviewed_on=date(2023, 1, 2),
    )  # fmt: skip
    claim_mapping(draft=draft, by=NIGHTLY)
    award(cohort)
    credential = Credential.objects.get()
    offer = actions.offer_to_wallet(credential=credential, at=clock.real_now(), by=holder_of(credential))
    wrong = taken_with(trusted, offer, typed=f"{(int(offer.transaction_code) + 1) % 1_000_000:06}")
    assert wrong["error"] == "invalid_grant", wrong
    taken = taken_with(trusted, offer)
    assert "credential" in taken, taken
    claims = open_selective(taken["credential"]).claims
    assert {name: claims["cnf"]["jwk"][name] for name in ("kty", "crv", "x", "y")} == claims["cnf"]["jwk"]
    assert claims["cnf"]["jwk"].items() <= taken["jwk"].items() and taken["version"] == "V1"
    first = next(each for each in claims["results"] if each["name"].startswith(unit.code))
    assert [(each["code"], each["framework"]) for each in first["alignments"]] == [("C-EU", "ESCO v1.2")] and first[
        "hours"
    ]
    verdict = queries.verify(raw=taken["credential"], at=clock.now(), by=VISITOR)
    assert verdict.word == Word.VALID
    assert ("inspect brakes", "C-EU", foreign.source_url) in {
        one for each in verdict.said.units for one in each.alignments
    }
    again = taken_with(trusted, offer)
    assert again["error"] == "invalid_grant", again
