"""Burmese in the old Zawgyi encoding: how likely it is, and the same text in Unicode."""

import re
from functools import lru_cache

from myanmartools import ZawgyiDetector

# Below this likelihood the marks of a text are in an order that only Unicode has.
_UNICODE = 0.1
_BURMESE = re.compile("[\u1000-\u109f]")
_CONSONANT = "[\u1000-\u1021\u1025\u1027\u1029\u103f\u104e]"

# Zawgyi keeps one code for each shape of a letter; these are the letters themselves.
_STACKED = {
    0x1060: "\u1039\u1000", 0x1061: "\u1039\u1001", 0x1062: "\u1039\u1002", 0x1063: "\u1039\u1003", 0x1065: "\u1039\u1005",
    0x1066: "\u1039\u1006", 0x1067: "\u1039\u1006", 0x1068: "\u1039\u1007", 0x1069: "\u1039\u1008", 0x106c: "\u1039\u100b",
    0x106d: "\u1039\u100c", 0x1070: "\u1039\u100f", 0x1071: "\u1039\u1010", 0x1072: "\u1039\u1010", 0x1073: "\u1039\u1011",
    0x1074: "\u1039\u1011", 0x1075: "\u1039\u1012", 0x1076: "\u1039\u1013", 0x1077: "\u1039\u1014", 0x1078: "\u1039\u1015",
    0x1079: "\u1039\u1016", 0x107a: "\u1039\u1017", 0x107b: "\u1039\u1018", 0x107c: "\u1039\u1019", 0x1085: "\u1039\u101c",
    0x1093: "\u1039\u1018", 0x1096: "\u1039\u1010\u103d", 0x1091: "\u100f\u1039\u100d", 0x1092: "\u100b\u1039\u100c",
    0x1097: "\u100b\u1039\u100b", 0x106e: "\u100d\u1039\u100d", 0x106f: "\u100d\u1039\u100e",
}  # fmt: skip
_SHAPES = {
    0x106a: "\u1009", 0x106b: "\u100a", 0x108f: "\u1014", 0x1090: "\u101b", 0x1086: "\u103f",
    0x103a: "\u103b", 0x107d: "\u103b",                                      # ya
    0x103b: "\u103c", 0x107e: "\u103c", 0x107f: "\u103c", 0x1080: "\u103c", 0x1081: "\u103c", 0x1082: "\u103c", 0x1083: "\u103c",
    0x1084: "\u103c",                                                        # ra, written before its letter
    0x103c: "\u103d", 0x103d: "\u103e", 0x1087: "\u103e", 0x108a: "\u103d\u103e", 0x1088: "\u103e\u102f", 0x1089: "\u103e\u1030",
    0x1039: "\u103a", 0x1033: "\u102f", 0x1034: "\u1030", 0x105a: "\u102b\u103a", 0x1094: "\u1037", 0x1095: "\u1037",
    0x108e: "\u102d\u1036",
}  # fmt: skip
# Marks of a nga with a killer over the next letter, written behind that letter.
_KINZI = {0x1064: "", 0x108B: "\u102d", 0x108C: "\u102e", 0x108D: "\u1036"}
_ORDER = "\u1039\u103b\u103c\u103d\u103e\u1031\u102d\u102e\u1032\u102f\u1030\u102b\u102c\u1036\u1037\u103a\u1038"
_MARKS = re.compile(f"({_CONSONANT}(?:\u1039{_CONSONANT})*)([\u102b-\u1038\u103a-\u103e]+)")


def has_burmese(text: str) -> bool:
    return _BURMESE.search(text) is not None


def zawgyi_likelihood(text: str) -> float:
    """Between 0 (Unicode) and 1 (Zawgyi); 0 for text without Burmese."""
    return float(_detector().get_zawgyi_probability(text)) if has_burmese(text) else 0.0


def is_zawgyi(text: str) -> bool:
    """Whether a text of a column that holds Zawgyi is to be turned: one that is Unicode beyond doubt is not, files are often of both."""
    return has_burmese(text) and zawgyi_likelihood(text) > _UNICODE


def to_unicode(text: str) -> str:
    """The same text in Unicode, if it was Zawgyi. Never called before somebody said that it is."""
    turned = re.sub(
        f"({_CONSONANT})([\u103a-\u103d\u107d\u1087\u108a]*)([\u1064\u108b\u108c\u108d])",
        lambda found: f"\u1004\u103a\u1039{found[1]}{found[2]}{_KINZI[ord(found[3])]}",
        text,
    )
    ra = "[\u103b\u107e-\u1084]"
    # What is written before its letter is spelled behind it: the vowel e, and ra.
    turned = re.sub(
        f"(\u1031?)({ra})(\u1004\u103a\u1039)?([\u1000-\u1021\u106a\u106b\u108f\u1090])", r"\3\4\2\1", turned
    )
    turned = re.sub(
        "(\u1031)(\u1004\u103a\u1039)?([\u1000-\u1021\u106a\u106b\u108f\u1090\u1086])([\u1060-\u1079\u107a-\u107c\u1085\u1093\u1096]?)"
        "([\u103a-\u103d\u107d-\u1084\u1087\u108a\u103b]*)", r"\2\3\4\5\1", turned,
    )  # fmt: skip
    kinzi = turned.replace("\u1004\u103a\u1039", "\ue000")
    turned = "".join(_STACKED.get(ord(sign)) or _SHAPES.get(ord(sign)) or sign for sign in kinzi).replace(
        "\ue000", "\u1004\u103a\u1039"
    )
    return _MARKS.sub(lambda found: found[1] + _in_order(found[2]), turned)


def _in_order(marks: str) -> str:
    # A killer belongs right behind its letter where nothing but vowels of its own follows; elsewhere it stays where the order puts it.
    return "".join(sorted(dict.fromkeys(marks), key=_ORDER.index))


@lru_cache
def _detector() -> ZawgyiDetector:
    return ZawgyiDetector()
