"""Every form of a certificate in which its holder takes it along, one by one and all in one file."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from corridor.foundations.access import Actor
from corridor.foundations.audit.keys import NoAllianceKey
from corridor.foundations.vocabularies.sentences import sentence
from corridor.kernel.errors import Refusal

from ..models import Credential
from ..refusals import CannotPrint, NoSigningKey, NotInForce, NotYetInATree
from .printing import certificate_pdf
from .tokens import credential_parts, credential_token, is_in_force
from .transcripts import transcript_clr, transcript_elmo, transcript_pdf
from .trees import proof_of

# The same content gives the same file.
_STAMP = (1980, 1, 1, 0, 0, 0)


class FormName(StrEnum):
    """The name of the file is the name of the form."""

    PDF = "certificate.pdf"
    JSON = "credential.json"
    JWT = "credential.jwt"
    SD_JWT = "credential.sd-jwt"
    SUPPLEMENT = "supplement.pdf"
    CLR = "transcript.clr.jwt"
    ELMO = "transcript.elmo.xml"
    PROOF = "proof.json"


FORM_TYPES = {
    FormName.JSON: "application/vc", FormName.PDF: "application/pdf", FormName.JWT: "application/jwt",
    FormName.SD_JWT: "application/dc+sd-jwt", FormName.SUPPLEMENT: "application/pdf", FormName.CLR: "application/jwt",
    FormName.ELMO: "application/xml", FormName.PROOF: "application/json",
}  # fmt: skip
# What is there of one that was suspended, revoked or replaced too.
LASTING = frozenset({FormName.JSON, FormName.PDF, FormName.PROOF})


@dataclass(frozen=True)
class AllForms:
    """``left_out``: the sentence by which a form was refused, by its name."""

    content: bytes
    left_out: dict[FormName, str]


def forms_of(*, credential: Credential, by: Actor) -> list[FormName]:
    """Those that there are in its state."""
    in_force = is_in_force(credential=credential, by=by)
    return [each for each in FormName if in_force or each in LASTING]


def form_of(*, credential: Credential, form: FormName, at: datetime, by: Actor) -> bytes:
    """
    One form, for whoever was given the credential.

    :raises NotInForce: for one that is only written of a certificate in force. :raises NoSigningKey, NoAllianceKey: where nobody signs any more.
    :raises CannotPrint: for a name that no font has. :raises NotYetInATree: of the proof, until the day of issue is over.
    """
    return _WRITERS[form](credential, at, by)


def all_forms(*, credential: Credential, at: datetime, by: Actor) -> AllForms:
    """Everything in one ZIP. What cannot be written is named in ``left-out.txt``, with the reason in the reader's language."""
    files: dict[str, bytes] = {}
    left_out: dict[FormName, str] = {}
    for form in forms_of(credential=credential, by=by):
        try:
            files[form] = form_of(credential=credential, form=form, at=at, by=by)
        except (CannotPrint, NoAllianceKey, NoSigningKey, NotInForce, NotYetInATree) as refusal:
            left_out[form] = _said(refusal)
    if left_out:
        files["left-out.txt"] = "".join(f"{form}: {why}\n" for form, why in left_out.items()).encode()
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(f"{credential.reference}/{name}", _STAMP), content, ZIP_DEFLATED)
    return AllForms(packed.getvalue(), left_out)


def _said(refusal: Refusal) -> str:
    return sentence(refusal)


def _person(credential: Credential) -> str:
    return credential.enrolment.person.reference


_WRITERS: dict[FormName, Callable[[Credential, datetime, Actor], bytes]] = {
    FormName.JSON: lambda each, _at, _by: each.document.encode(),
    FormName.PDF: lambda each, _at, by: certificate_pdf(credential=each, by=by),
    FormName.JWT: lambda each, at, by: credential_token(credential=each, at=at, by=by).encode(),
    FormName.SD_JWT: lambda each, at, by: credential_parts(credential=each, at=at, by=by).encode(),
    FormName.SUPPLEMENT: lambda each, at, by: transcript_pdf(person=_person(each), at=at, by=by),
    FormName.CLR: lambda each, at, by: transcript_clr(person=_person(each), at=at, by=by).encode(),
    FormName.ELMO: lambda each, at, by: transcript_elmo(person=_person(each), at=at, by=by),
    FormName.PROOF: lambda each, _at, by: json.dumps(proof_of(credential=each, by=by), ensure_ascii=False, indent=1).encode(),
}  # fmt: skip
