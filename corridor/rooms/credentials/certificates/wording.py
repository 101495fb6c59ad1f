"""
What stands on every certificate, in the three languages that stand side by side on it, whoever prints it and in whatever language they read.

So these are not messages of the interface and do not go through its catalogues: the paper is one document in three languages. Places in
braces are filled. A language tag is as the records write it (BCP 47).
"""

from ..kind_words import LANGUAGES as LANGUAGES
from ..kind_words import TITLE as TITLE
from ..kind_words import Said as Said
from ..models import CredentialKind, RecognitionKind

SPECIMEN = "样本 · ຕົວຢ່າງ · SPECIMEN"
_UNITS_BELOW = Said(
    "于{site}参加“{title}”学习，经考核，下列单元成绩合格，共{hours}学时。",
    "ໄດ້ຮຽນ “{title}” ທີ່ {site} ແລະ ຜ່ານການປະເມີນໜ່ວຍຂ້າງລຸ່ມນີ້ ຈຳນວນ {hours} ຊົ່ວໂມງ.",
    "has taken part in {title} at {site} and was found competent in the units below, {hours} hours.",
)
BODY = {
    CredentialKind.AWARD: Said(
        "于{site}完成“{title}”学习，共{hours}学时，经考核，全部必修单元成绩合格。",
        "ໄດ້ຮຽນຈົບ “{title}” ຈຳນວນ {hours} ຊົ່ວໂມງ ທີ່ {site} ແລະ ຜ່ານການປະເມີນທຸກໜ່ວຍທີ່ກຳນົດ.",
        "has completed {title}, {hours} hours, at {site}, and was found competent in every required unit.",
    ),
    CredentialKind.STATEMENT: _UNITS_BELOW,
    CredentialKind.UNIT: _UNITS_BELOW,
    CredentialKind.MODULE: Said(
        "于{site}参加“{title}”学习，经考核，构成一个模块的下列单元成绩合格，共{hours}学时。",
        "ໄດ້ຮຽນ “{title}” ທີ່ {site} ແລະ ຜ່ານການປະເມີນໜ່ວຍຂ້າງລຸ່ມນີ້ ຊຶ່ງປະກອບເປັນໜຶ່ງໂມດູນ ຈຳນວນ {hours} ຊົ່ວໂມງ.",
        "has taken part in {title} at {site} and was found competent in the units below, which make up one module, {hours} hours.",
    ),
    CredentialKind.ATTENDANCE: Said(
        "于{site}参加“{title}”学习，按签到记录出勤{hours}学时。未经考核，不是职业资格。",
        "ໄດ້ເຂົ້າຮຽນ “{title}” ທີ່ {site} ຈຳນວນ {hours} ຊົ່ວໂມງ ຕາມບັນຊີລາຍຊື່. ບໍ່ມີການປະເມີນ; ບໍ່ແມ່ນຄຸນວຸດທິ.",
        "has attended {title} at {site} for {hours} hours, by the registers. Nothing was assessed; this is no qualification.",
    ),
    CredentialKind.TEACHER: Said(
        "以受训教师身份于{site}完成“{title}”学习，共{hours}学时，经考核，全部必修单元成绩合格。",
        "ໃນຖານະຄູທີ່ຝຶກອົບຮົມ ໄດ້ຮຽນຈົບ “{title}” ຈຳນວນ {hours} ຊົ່ວໂມງ ທີ່ {site} ແລະ ຜ່ານການປະເມີນທຸກໜ່ວຍທີ່ກຳນົດ.",
        "as a teacher in training has completed {title}, {hours} hours, at {site}, and was found competent in every required unit.",
    ),
}
UNIT = Said("单元", "ໜ່ວຍ", "Unit")
DATE = Said("日期", "ວັນທີ", "Date")
RESULT = Said("结果", "ຜົນ", "Result")
COMPETENT = Said("合格", "ຜ່ານ", "competent")
COUNTS_AS = Said("效力说明", "ມູນຄ່າ", "What it counts as")
NOWHERE_STATED = Said(
    "发证院校的证书；尚无任何国家的认可声明。",
    "ແມ່ນໃບຢັ້ງຢືນຂອງສະຖາບັນ; ຍັງບໍ່ມີຄຳຖະແຫຼງການຮັບຮູ້ຂອງປະເທດໃດ.",
    "A certificate of the issuing institution; no country has stated what it counts as.",
)
RECOGNISED = {
    RecognitionKind.ATTENDANCE: Said(
        "在{countries}为学习证明，不是职业资格。",
        "ຢູ່ {countries} ແມ່ນໃບຢັ້ງຢືນການເຂົ້າຮຽນ, ບໍ່ແມ່ນຄຸນວຸດທິ.",
        "In {countries}: proof of attendance, not a qualification.",
    ),
    RecognitionKind.INSTITUTION: Said(
        "在{countries}为院校证书，不是国家职业资格。",
        "ຢູ່ {countries} ແມ່ນໃບຢັ້ງຢືນຂອງສະຖາບັນ, ບໍ່ແມ່ນຄຸນວຸດທິລະດັບຊາດ.",
        "In {countries}: a certificate of an institution, not a national qualification.",
    ),
    RecognitionKind.NATIONAL: Said(
        "在{countries}为国家职业资格。", "ຢູ່ {countries} ແມ່ນຄຸນວຸດທິລະດັບຊາດ.", "In {countries}: a national qualification."
    ),
    RecognitionKind.REFERENCED: Said(
        "在{countries}已对照国家资格框架；对照不等于认可。",
        "ຢູ່ {countries} ໄດ້ທຽບກັບກອບຄຸນວຸດທິແຫ່ງຊາດ; ການທຽບບໍ່ແມ່ນການຮັບຮູ້.",
        "In {countries}: referenced to the national framework, which is not recognition.",
    ),
    RecognitionKind.BILATERAL: Said(
        "在{countries}按国家间协议获得认可。",
        "ຢູ່ {countries} ໄດ້ຮັບການຮັບຮູ້ຕາມສັນຍາລະຫວ່າງປະເທດ.",
        "In {countries}: recognised by an agreement between countries.",
    ),
}
AND = Said("、", " ແລະ ", ", ")
SIGNED = Said("电子签名", "ລົງລາຍເຊັນອີເລັກໂທຣນິກ", "Signed electronically")
HELD_AT = Said("培训地点", "ສະຖານທີ່ຮຽນ", "Held at")
ENDS = Said("有效期至{day}", "ໃຊ້ໄດ້ເຖິງ {day}", "Valid until {day}")
NO_END = Said("长期有效", "ບໍ່ມີກຳນົດໝົດອາຍຸ", "No end date")
SCAN = Said(
    "扫码核验真伪与有效状态。上方条纹为本证书指纹，核验页面应显示相同条纹。",
    "ສະແກນເພື່ອກວດສອບວ່າແທ້ ແລະ ຍັງໃຊ້ໄດ້. ແຖບຢູ່ເທິງແມ່ນລາຍນິ້ວມືຂອງໃບນີ້.",
    "Scan to see whether it is genuine and in force. The bars at the top are this certificate’s fingerprint: the page must show the same.",
)
HOLDS_ALL = Said(
    "此码含本证书全部经签名的文字：无网络亦可核验。",
    "ລະຫັດນີ້ມີທຸກຂໍ້ຄວາມຂອງໃບນີ້ທີ່ລົງລາຍເຊັນແລ້ວ: ກວດສອບໄດ້ໂດຍບໍ່ມີເຄືອຂ່າຍ.",
    "The code holds every signed word of this certificate: it can be checked without a network.",
)
IN_CODES = Said(
    "本证书经签名的文字，共{count}个码",
    "ຂໍ້ຄວາມຂອງໃບນີ້ທີ່ລົງລາຍເຊັນແລ້ວ ໃນ {count} ລະຫັດ",
    "The signed words of this certificate, in {count} codes",
)
SCAN_ALL = Said(
    "请扫描全部码，顺序不限：无网络亦可核验。",
    "ສະແກນທຸກລະຫັດ ຕາມລຳດັບໃດກໍໄດ້: ກວດສອບໄດ້ໂດຍບໍ່ມີເຄືອຂ່າຍ.",
    "Scan all of them, in any order: they can be checked without a network.",
)
HOLDER = Said("持证人姓名", "ຊື່ຜູ້ຖືໃບຢັ້ງຢືນ", "Name of the holder")
BESIDE = Said("共同签发", "ລົງລາຍເຊັນຮ່ວມ", "Signed together with")
PAGE = Said("第{page}页，共{pages}页", "ໜ້າ {page} / {pages}", "Page {page} of {pages}")
