"""Every way persons can be read: by themselves, and by who may see persons."""

from .persons import (
    PersonPage,
    get_person,
    get_self,
    list_merged,
    list_persons,
)

__all__ = [
    "PersonPage",
    "get_person",
    "get_self",
    "list_merged",
    "list_persons",
]
