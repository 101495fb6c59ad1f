"""How these doors say no: ``problem`` is the address that the specifications have for it."""

from typing import ClassVar

from corridor.kernel.errors import Refusal

_MODEL = "https://www.w3.org/TR/vc-data-model#"
_STATUS = "https://www.w3.org/ns/credentials/status-list#"


class Refused(Refusal):
    """What was sent cannot be verified or issued."""

    problem: ClassVar[str] = f"{_MODEL}PARSING_ERROR"


class Malformed(Refused):
    """A part is missing, or not written as the specification says."""

    problem = f"{_MODEL}MALFORMED_VALUE_ERROR"


class OutOfRange(Refused):
    """Outside its dates, or a number outside its list."""

    problem = f"{_MODEL}RANGE_ERROR"


class NotProven(Refused):
    """No proof, or one that does not hold."""

    problem = f"{_MODEL}CRYPTOGRAPHIC_SECURITY_ERROR"


class StatusNotFound(Refused):
    """The status list that is named is not known here."""

    problem = f"{_STATUS}STATUS_RETRIEVAL_ERROR"


class StatusRefused(Refused):
    """The status list does not hold, or says that the credential must not be relied on."""

    problem = f"{_STATUS}STATUS_VERIFICATION_ERROR"


class StatusTooShort(Refused):
    """The status list has fewer entries than a list must have, so that nobody can guess of whom it is asked."""

    problem = f"{_STATUS}STATUS_LIST_LENGTH_ERROR"
