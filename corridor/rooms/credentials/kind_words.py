"""What each kind of certificate is called on it, in the three languages of the paper; they go through no catalogue (certificates/wording.py)."""

from typing import NamedTuple

from .models import CredentialKind


class Said(NamedTuple):
    """The same in Chinese, Lao and English."""

    zh: str
    lo: str
    en: str


LANGUAGES = {"zh": "zh-Hans", "lo": "lo", "en": "en"}
TITLE = {
    CredentialKind.AWARD: Said("证书", "ໃບຢັ້ງຢືນ", "Certificate"),
    CredentialKind.STATEMENT: Said("单元证明", "ໃບຢັ້ງຢືນໜ່ວຍ", "Statement of units"),
    CredentialKind.UNIT: Said("单元证书", "ໃບຢັ້ງຢືນໜຶ່ງໜ່ວຍ", "Certificate of one unit"),
    CredentialKind.MODULE: Said("模块证书", "ໃບຢັ້ງຢືນໂມດູນ", "Certificate of a module"),
    CredentialKind.ATTENDANCE: Said("学习证明", "ໃບຢັ້ງຢືນການເຂົ້າຮຽນ", "Proof of attendance"),
    CredentialKind.TEACHER: Said("师资培训证书", "ໃບຢັ້ງຢືນການຝຶກອົບຮົມຄູ", "Certificate of a teacher in training"),
}
