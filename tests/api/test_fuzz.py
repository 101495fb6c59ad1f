"""
The API against its own description: whatever is sent, it answers as it promises, and nothing makes it fail.

Schemathesis makes the requests, well-formed and not, always the same ones and few of each; half of them meet records that exist.
"""

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import TestCase
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.contracts.roles_by_route import World, set_the_scene

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BOUNDED = settings(
    max_examples=8,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]
# Which records of the scene stand for a place in an address.
STANDING = {
    "agreements": {"reference": "api_agreement", "key": "api_signer"},
    "announcements": {"reference": "announcement"},
    "cohorts": {"reference": "api_cohort"},
    "conferences": {"reference": "conference", "key": "item", "delegate": "delegate"},
    "contributions": {"reference": "contribution"},
    "credentials": {"reference": "credential"},
    "curricula": {"reference": "api_curriculum", "version": "api_version"},
    "decisions": {"key": "api_decision"},
    "demand": {"reference": "api_demand"},
    "editions": {"reference": "api_edition"},
    "kept-figures": {"reference": "api_figure"},
    "members": {"reference": "member"},
    "people": {"reference": "person"},
    "programmes": {"reference": "api_programme"},
    "sites": {"reference": "api_site"},
    "waves": {"reference": "api_wave"},
}
OTHERS = {"number": 1, "unit": "VI-1", "code": "members.active"}
TAGS = {"agreements": "agreement_etag", "kept-figures": "figure_etag"}
# Who is let furthest in, room by room: writes are tried by who may write.
WRITERS = {"sign_agreement": "coordinator", "take_register": "trainer", "record_decision": "assessor"}


class WhateverIsSent(TestCase):
    """One method per operation and reader, made below, so that the scene is set once."""

    world: World

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        # As Django's own client does: a request's end must not close the connection in which the test's records stand.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
            cls.addClassCleanup(signal.connect, close_old_connections)

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = set_the_scene()


def _of(operation: Any, *, with_token: bool) -> Callable[[WhateverIsSent], None]:
    name = operation.definition.raw["operationId"]
    room = operation.path.split("/")[3]

    def test(self: WhateverIsSent) -> None:
        places = self.world.places
        known = {each: str(places[place]) for each, place in STANDING.get(room, {}).items()} | OTHERS
        real = {each: known[each] for each in known if f"{{{each}}}" in operation.path}
        headers = {"Accept-Encoding": "identity"}
        if with_token:
            headers["Authorization"] = f"Bearer {self.world.tokens[WRITERS.get(name, 'secretariat')]}"
        if operation.method != "get":
            registers = {"take_register": "register_etag", "record_decision": "candidate_etag"}
            if tag := registers.get(name) or TAGS.get(room, ""):
                headers["If-Match"] = str(places[tag])

        @BOUNDED
        @given(
            st.one_of(
                operation.as_strategy(GenerationMode.POSITIVE),
                operation.as_strategy(GenerationMode.NEGATIVE),
                operation.as_strategy(GenerationMode.POSITIVE, path_parameters=real or None),
            )
        )
        def whatever(case: Any) -> None:
            response = case.call(headers=headers)
            case.validate_response(response, checks=CHECKS)

        whatever()

    # What a visitor is refused, no store is asked for.
    return test if with_token else pytest.mark.one_store(test)


for _operation in OPERATIONS:
    for _with_token in (False, True):
        _who = "with a token" if _with_token else "as a visitor"
        setattr(WhateverIsSent, f"test_{_operation.label} {_who}", _of(_operation, with_token=_with_token))
