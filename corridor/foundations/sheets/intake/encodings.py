"""Which encoding a text file is in: told where it is certain, asked where two are plausible, and always shown."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from charset_normalizer import from_bytes

# Enough to judge by, and quick: the first and the last part of a long file.
_SAMPLE = 60_000
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
NAMES = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE", "utf-32": "UTF-32",
    "gb18030": "GB18030 (中文)", "big5hkscs": "Big5 (繁體中文)", "cp874": "TIS-620 / Windows-874 (ไทย)", "cp949": "Windows-949 (한국어)",
    "cp1252": "Windows-1252 (Latin)", "cp1258": "Windows-1258 (Tiếng Việt)", "cp1256": "Windows-1256 (العربية، اردو)",
    "cp1250": "Windows-1250 (Latin 2)", "cp1251": "Windows-1251 (Кириллица)",
}  # fmt: skip
CLEAR, AHEAD = 0.75, 0.25


@dataclass(frozen=True)
class Guess:
    """One encoding that the bytes allow: how plausible (0 to 1), and a line read in it that shows why."""

    encoding: str
    confidence: float
    sample: str

    @property
    def name(self) -> str:
        return NAMES[self.encoding]


@dataclass(frozen=True)
class Encodings:
    """``chosen`` is empty where two are plausible: then somebody who knows the names must say."""

    chosen: str
    guesses: tuple[Guess, ...]


def find_encoding(content: bytes) -> Encodings:
    """The encodings that these bytes can be in, the most plausible first."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _certain(encoding, content)
    if wide := _wide(content):
        return _certain(wide, content)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _weighed(content)
    return _certain("utf-8", content)


def _certain(encoding: str, content: bytes) -> Encodings:
    return Encodings(encoding, (Guess(encoding, 1.0, _telling_line(content.decode(encoding, "replace"))),))


def _wide(content: bytes) -> str:
    """UTF-16 without a word about it: line ends, commas and digits leave a zero at every other byte."""
    part = content[: _SAMPLE - _SAMPLE % 2]
    even, odd = part[0::2].count(0), part[1::2].count(0)
    if even + odd < max(2, len(part) // 200):
        return ""
    return "utf-16-be" if even > 4 * odd else "utf-16-le" if odd > 4 * even else ""


def _weighed(content: bytes) -> Encodings:
    part = _whole_lines(content)
    voice = from_bytes(part).best()
    heard = voice.encoding if voice else ""
    guesses = []
    for encoding, weigh in _WEIGHTS.items():
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        letters = [sign for sign in text[:_SAMPLE] if ord(sign) > 127]
        score = weigh(text[:_SAMPLE], letters)
        if heard and _same(heard, encoding):
            score = min(0.99, score + 0.05)
        guesses.append(Guess(encoding, round(score, 2), _telling_line(text)))
    guesses.sort(key=lambda guess: -guess.confidence)
    likely = [guess for guess in guesses if guess.confidence >= 0.2] or guesses[:2]
    is_clear = (
        bool(likely)
        and likely[0].confidence >= CLEAR
        and (len(likely) == 1 or likely[0].confidence - likely[1].confidence >= AHEAD)
    )
    return Encodings(likely[0].encoding if is_clear else "", tuple(likely[:4]))


def _same(heard: str, encoding: str) -> bool:
    families = (
        {"gb18030", "gbk", "gb2312", "hz"},
        {"cp874", "tis_620"},
        {"cp949", "euc_kr", "johab"},
        {"big5", "big5hkscs", "cp950"},
    )
    return heard == encoding or any(heard in family and encoding in family for family in families)


def _whole_lines(content: bytes) -> bytes:
    lines = [line for line in content[: 20 * _SAMPLE].split(b"\n") if not line.isascii()]
    return b"\n".join(lines)[:_SAMPLE]


def _telling_line(text: str) -> str:
    """The first line with letters that differ between encodings."""
    lines = text[: 4 * _SAMPLE].splitlines()
    return next((line for line in lines if not line.isascii()), lines[0] if lines else "")[:120]


def _share(letters: list[str], is_at_home: Callable[[str], bool]) -> float:
    return sum(map(is_at_home, letters)) / len(letters) if letters else 0.0


def _chinese(_text: str, letters: list[str]) -> float:
    def is_common(sign: str) -> bool:
        if sign in "，。、；：（）“”《》·　－":
            return True
        try:
            return b"\xb0\xa1" <= sign.encode("gb2312") <= b"\xd7\xf9"
        except UnicodeEncodeError:
            return False

    rare = 0.5 * _share(letters, lambda sign: not is_common(sign))
    return max(0.0, 0.97 * _share(letters, is_common) - rare) * _is_varied(letters)


def _traditional(_text: str, letters: list[str]) -> float:
    def is_common(sign: str) -> bool:
        try:
            return b"\xa4\x40" <= sign.encode("big5") <= b"\xc6\x7e"
        except UnicodeEncodeError:
            return False

    return max(0.0, 0.95 * _share(letters, is_common) - 0.6 * _share(letters, lambda sign: not is_common(sign)))


def _korean(_text: str, letters: list[str]) -> float:
    return 0.96 * _share(letters, lambda sign: "가" <= sign <= "힣") * _is_varied(letters)


def _thai(text: str, letters: list[str]) -> float:
    thai = _share(letters, lambda sign: "\u0e01" <= sign <= "\u0e5b")
    # A vowel or tone above or below stands only over a consonant: chance does not arrange them so.
    marks = re.findall(r"(.)[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]", text)
    right = (
        sum("\u0e01" <= sign <= "\u0e2e" or "\u0e31" <= sign <= "\u0e4e" for sign in marks) / len(marks)
        if marks
        else 0.5
    )
    letters_of_words = sum("\u0e01" <= sign <= "\u0e4e" for sign in letters) / max(len(letters), 1)
    return thai * right * letters_of_words


def _latin(alphabet: str) -> Callable[[str, list[str]], float]:
    def weigh(text: str, letters: list[str]) -> float:
        at_home = _share(letters, lambda sign: sign in alphabet)
        words = re.findall(r"\w+", text)
        strange = [word for word in words if not word.isascii()]
        # An accent stands among plain letters; a word of nothing but accents is another script read wrongly.
        whole = sum(sum(sign.isascii() for sign in word) >= len(word) / 2 for word in strange) / max(len(strange), 1)
        return 0.95 * at_home * whole

    return weigh


def _arabic(_text: str, letters: list[str]) -> float:
    return 0.9 * _share(letters, lambda sign: "\u0621" <= sign <= "\u0652" or sign in "پچژگکہیےںٹڈڑ،؛؟")


def _cyrillic(text: str, letters: list[str]) -> float:
    wrong = len(re.findall(r"[а-яё][А-ЯЁ]", text)) / max(len(letters), 1)
    return max(0.0, 0.8 * _share(letters, lambda sign: "А" <= sign <= "я" or sign in "ёЁ") - 3 * wrong)


def _is_varied(letters: list[str]) -> float:
    """Names repeat their letters; bytes of another encoding read as this one give letters that hardly come twice."""
    if len(letters) < 40:
        return 1.0
    often = sum(count for sign, count in Counter(letters).items() if count > 1) / len(letters)
    return 0.6 + 0.4 * min(1.0, often / 0.5)


_WEIGHTS: dict[str, Callable[[str, list[str]], float]] = {
    "gb18030": _chinese,
    "big5hkscs": _traditional,
    "cp874": _thai,
    "cp949": _korean,
    "cp1252": _latin("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝ–—‘’“”€£°«»\xa0"),
    "cp1258": _latin("àáâãăèéêìíòóôõơùúưýđÀÁÂÃĂÈÉÊÌÍÒÓÔÕƠÙÚƯÝĐ\u0300\u0301\u0303\u0309\u0323₫–‘’“”"),
    "cp1256": _arabic,
    "cp1250": _latin("áäčďéěíľĺňóôöőřŕšťúůüűýžąćęłńśźżşţăâîÁÄČĎÉĚÍĽŇÓÔÖŐŘŠŤÚŮÜÝŽĄĆĘŁŃŚŹŻ–‘’“”"),
    "cp1251": _cyrillic,
}
