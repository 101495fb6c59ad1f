"""The API's own description (OpenAPI 3.1), completed with what holds for every operation: tokens, versions, and how it says no."""

from typing import Any

from .imsx import PATH, StatusInfo
from .imsx import STATUS_OF as ROSTER_STATUS
from .once import HEADER
from .problems import CONTENT_TYPE, ProblemOut
from .tokens import BearerToken, BearerTokenOrVisitor

STATUS_INFO = {"$ref": "#/components/schemas/StatusInfo"}
PROBLEM = {"$ref": "#/components/schemas/ProblemOut"}
SAID: dict[int, str] = {
    400: "The body cannot be read",
    401: "No token, or one that is not in force",
    403: "Not allowed for this account",
    404: "No such thing, or none that this account may see",
    409: "A rule of the house is not met now",
    412: "It was changed since it was read",
    413: "The body is too large",
    422: "What was sent is not understood",
    428: "A write without the version that was read (If-Match), or a creation without its key (Idempotency-Key)",
}
FOR_READS = (401, 403, 404, 409, 422)
FOR_WRITES = (400, *FOR_READS, 412, 413, 428)
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string"},
    "description": "The ETag of the thing as it was read",
}


def complete(schema: dict[str, Any]) -> None:
    """Add to every operation how it says no; to writes the header that names the version; to public reads that a token is not needed."""
    components = schema["components"]
    components["schemas"]["ProblemOut"] = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
    components["schemas"] |= components["schemas"]["ProblemOut"].pop("$defs", {})
    components["schemas"]["StatusInfo"] = StatusInfo.model_json_schema(ref_template="#/components/schemas/{model}")
    components["schemas"] |= components["schemas"]["StatusInfo"].pop("$defs", {})
    names = {BearerToken.__name__, BearerTokenOrVisitor.__name__}
    schemes = components.setdefault("securitySchemes", {})
    for name in names:
        schemes.pop(name, None)
    schemes["token"] = {"type": "http", "scheme": "bearer", "description": "A token made on the page of your profile"}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            _complete_one(operation, is_read=method == "get")
            if PATH in path:
                _say_no_as_rosters_do(operation)


def _complete_one(operation: dict[str, Any], *, is_read: bool) -> None:
    is_public = any(BearerTokenOrVisitor.__name__ in each for each in operation.get("security", []))
    operation["security"] = [{}, {"token": []}] if is_public else [{"token": []}]
    for status in FOR_READS if is_read else FOR_WRITES:
        operation["responses"][str(status)] = {
            "description": SAID[status],
            "content": {CONTENT_TYPE: {"schema": PROBLEM}},
        }
    operation["responses"] = {str(code): said for code, said in operation["responses"].items()}
    has_key = operation.get("x-repeatable") or any(each["name"] == HEADER for each in operation.get("parameters", []))
    if not is_read and not has_key:
        operation.setdefault("parameters", []).append(IF_MATCH)


def _say_no_as_rosters_do(operation: dict[str, Any]) -> None:
    """OneRoster names other statuses, and another form."""
    for status in FOR_READS:
        operation["responses"].pop(str(status), None)
    for status in sorted({ROSTER_STATUS.get(status, status) for status in FOR_READS}):
        operation["responses"][str(status)] = {
            "description": SAID[422] if status == 400 else SAID[status],
            "content": {"application/json": {"schema": STATUS_INFO}},
        }
