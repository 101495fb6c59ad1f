"""The refusal of a file that somebody sent, with its name."""

from corridor.kernel.errors import BadInput, Problem


def bad_file(file_name: str, message: str, **places: object) -> BadInput:
    return BadInput([Problem(message, places, file=file_name)])
