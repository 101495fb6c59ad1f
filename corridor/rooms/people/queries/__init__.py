"""Every way persons can be read: by themselves, and by who may see persons."""

from .doubles import SideBySide, count_doubles, get_double, list_doubles, list_undone_merges
from .parts import (
    ConsentState,
    get_purpose,
    has_consent,
    list_certificate_names,
    list_consents,
    list_contacts,
    list_papers,
    list_purposes,
    open_consent_paper,
    persons_who_agree,
    purposes_to_choose,
    sentences_of,
)
from .persons import (
    PersonPage,
    get_person,
    get_self,
    list_merged,
    list_persons,
)
from .photos import bytes_of_photo, get_own_photo, has_photo, is_photo_asked, may_have_photo, photos_of
from .purposes import may_be_used, persons_to_use, purposes_missing

__all__ = [
    "ConsentState",
    "PersonPage",
    "SideBySide",
    "bytes_of_photo",
    "count_doubles",
    "get_double",
    "get_own_photo",
    "get_person",
    "get_purpose",
    "get_self",
    "has_consent",
    "has_photo",
    "is_photo_asked",
    "list_certificate_names",
    "list_consents",
    "list_contacts",
    "list_doubles",
    "list_merged",
    "list_papers",
    "list_persons",
    "list_purposes",
    "list_undone_merges",
    "may_be_used",
    "may_have_photo",
    "open_consent_paper",
    "persons_to_use",
    "persons_who_agree",
    "photos_of",
    "purposes_missing",
    "purposes_to_choose",
    "sentences_of",
]
