"""A no in the words of 1EdTech (``imsx_StatusInfo``), as OneRoster 1.2 wants it of whoever serves rosters (docs/rules/oneroster.md)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Schema

PATH = "/ims/oneroster/"
# The field that names the side that refuses, by the standard.
WHO_REFUSES = "TargetEndSystem"
# What the standard has no status for, and the nearest that it has: a bad question is 400, what is not allowed now is 403.
STATUS_OF: Mapping[int, int] = {422: 400, 409: 403}
MINOR_OF: Mapping[int, str] = {
    400: "invaliddata", 401: "unauthorisedrequest", 403: "forbidden", 404: "unknownobject", 413: "invaliddata", 429: "server_busy",
}  # fmt: skip
MINOR_OF_FIELD: Mapping[str, str] = {"filter": "invalid_filter_field", "fields": "invalid_selection_field"}


class CodeMinorField(Schema):
    imsx_codeMinorFieldName: str  # noqa: N815 (the words of the standard)
    imsx_codeMinorFieldValue: str  # noqa: N815


class CodeMinor(Schema):
    imsx_codeMinorField: list[CodeMinorField]  # noqa: N815


class StatusInfo(Schema):
    """How rosters say no: which rule was not met, in the words of the standard, and why in the reader's language."""

    imsx_codeMajor: str = "failure"  # noqa: N815
    imsx_severity: str = "error"
    imsx_CodeMinor: CodeMinor  # noqa: N815
    imsx_description: str


def is_asked(request: HttpRequest) -> bool:
    """Whether a roster was asked for."""
    return PATH in request.path


def status_info(status: int, *, detail: str, problems: Iterable[dict[str, Any]] = ()) -> HttpResponse:
    """Each field that is wrong has its own minor code; without one the status has it."""
    said = STATUS_OF.get(status, status)
    every = list(problems)
    fields = [str(each["where"]).rpartition(".")[2] for each in every]
    minors = [MINOR_OF_FIELD.get(name, MINOR_OF[400]) for name in fields] or [MINOR_OF.get(said, MINOR_OF[400])]
    words = [
        f"{name}: {each['detail']}" if name else str(each["detail"]) for name, each in zip(fields, every, strict=True)
    ]
    info = StatusInfo(
        imsx_CodeMinor=CodeMinor(
            imsx_codeMinorField=[
                CodeMinorField(imsx_codeMinorFieldName=WHO_REFUSES, imsx_codeMinorFieldValue=minor)
                for minor in dict.fromkeys(minors)
            ]
        ),
        imsx_description=" ".join(words) or detail,
    )
    return JsonResponse(info.model_dump(), status=said, json_dumps_params={"ensure_ascii": False})
