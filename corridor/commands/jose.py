"""
``./run jose issue|verify``: a token signed or checked with a key from a file, for suites that try this software against others.

The interface is that of the W3C's suite for JOSE and COSE: one input, one key, one feature, and one file with the result.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from corridor.foundations import clock
from corridor.foundations.access import VISITOR
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.proofs.json_reading import read_object
from corridor.rooms.credentials.proofs.refusals import CannotRead
from corridor.rooms.credentials.vc_api.keyed import Feature
from corridor.rooms.credentials.vc_api.refusals import Refused

from .files import bytes_of
from .saying import sentence

ISSUE, VERIFY = "issue", "verify"
_MOST_BYTES = 1_000_000


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "jose",
        help="sign or check a token with a key from a file, for test suites",
        description="Wrap a credential or a presentation in a token (JWT, SD-JWT, COSE) with a key from a file, or check such a token: its "
        "signature and its form, no dates and no register. For test suites of other software. Ends with 0 only on success.",
    )
    parser.add_argument("what", choices=[ISSUE, VERIFY])
    parser.add_argument("--input", type=Path, required=True, metavar="FILE", help="a document (JSON), or a token")
    parser.add_argument(
        "--key",
        type=Path,
        required=True,
        metavar="FILE",
        help="a verification method with publicKeyJwk and secretKeyJwk",
    )
    parser.add_argument("--feature", required=True, metavar="NAME", help=", ".join(Feature))
    parser.add_argument(
        "--disclosures",
        default="[]",
        metavar="LIST",
        help="what may be left out of an SD-JWT: paths, as a list in JSON or with commas between them",
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="where the result is written; else it is printed")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    said = _result(arguments)
    text = json.dumps(said, ensure_ascii=False)
    if arguments.output:
        arguments.output.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)
    return 0 if said["result"] == "success" else 1


def _result(arguments: argparse.Namespace) -> dict[str, str]:
    """``success``, ``failure``, or ``indeterminate`` for a feature that is not known here."""
    raw, key = (bytes_of(each, most=_MOST_BYTES) for each in (arguments.input, arguments.key))
    if arguments.feature not in list(Feature):
        return {"result": "indeterminate"}
    feature, at = Feature(arguments.feature), clock.real_now()
    try:
        method = read_object(key)
        if arguments.what == VERIFY:
            queries.check_token_with(
                text=raw.decode("utf-8", "replace"), method=method, feature=feature, at=at, by=VISITOR
            )
            return {"result": "success"}
        token = queries.sign_token_with(
            document=read_object(raw),
            method=method,
            feature=feature,
            hidden=_paths(arguments.disclosures),
            at=at,
            by=VISITOR,
        )
        return {"result": "success", "data": token}
    except (Refused, CannotRead) as refusal:
        return {"result": "failure", "data": sentence(refusal)}


def _paths(given: str) -> list[str]:
    try:
        found = json.loads(given)
    except (ValueError, RecursionError):
        found = [each.strip() for each in given.split(",") if each.strip()]
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise BadInput([Problem(N_("Write --disclosures as a list of paths."))])
    return found
