"""What each kind of long work is called."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "credentials.award": _("Awarding a cohort"),
    "sheets.import": _("Importing a sheet"),
    "members.doubles": _("Looking for organisations written down twice"),
    "people.doubles": _("Looking for persons written down twice"),
}


def kind_name(kind: str) -> str:
    return str(KINDS.get(kind, kind.replace("_", " ").replace(".", ": ")))
