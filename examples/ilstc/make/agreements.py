"""Agreements: their texts in two or three languages, who signed and when, and what became of them."""

import re
from datetime import timedelta

from .references import References
from .tables import HERE, Book, day, pool

ROLES = {
    "leads": ("leads", "牵头", "ນຳພາ"), "hosts": ("hosts", "承办", "ຮັບຮອງ"), "teaches": ("teaches", "教学", "ສອນ"),
    "employs": ("employs graduates", "接收就业", "ຮັບເຂົ້າເຮັດວຽກ"), "sends": ("sends learners", "派出学员", "ສົ່ງຜູ້ຮຽນ"),
    "lends": ("lends", "出借", "ໃຫ້ຢືມ"), "uses": ("uses", "使用", "ນຳໃຊ້"), "receives": ("receives", "接待", "ຕ້ອນຮັບ"),
    "awards the degree": ("awards the degree", "授予学历", "ມອບປະລິນຍາ"),
    "selects and sends": ("selects and sends learners", "选拔并派出学员", "ຄັດເລືອກ ແລະ ສົ່ງຜູ້ຮຽນ"),
    "curriculum, trainers, assessors": ("gives curriculum, trainers and assessors", "提供课程标准、教师和考评员", "ໃຫ້ຫຼັກສູດ, ຄູຝຶກ ແລະ ຜູ້ປະເມີນ"),
    "host, learners, workshop": ("hosts, selects learners, runs the workshop", "承办、选拔学员、运行工坊", "ຮັບຮອງ, ຄັດເລືອກຜູ້ຮຽນ, ດຳເນີນໂຮງຝຶກ"),
}  # fmt: skip
# What each sort of agreement is in the alliance's own list of kinds.
KIND_OF = {
    "workshop": "cooperation", "degree": "cooperation", "joint": "cooperation", "vocational": "cooperation", "teachers": "implementation",
    "company": "implementation", "language": "implementation", "sharing": "implementation",
}  # fmt: skip
OF_THEIR_OWN = {"AGR-2022-0007": "framework", "AGR-2024-0005": "learning"}
SCHEDULES = dict.fromkeys(("AGR-2022-0008", "AGR-2022-0010", "AGR-2023-0037"), "AGR-2022-0007")
RENEWALS = {"AGR-2024-0007": "AGR-2023-0043"}
# Signed in all three ways: in the product, by a link, and the rest on paper. The office that signed by link, and its name: invented.
IN_OTHER_WAYS = {("AGR-2022-0008", "cqipc"): "electronic", ("AGR-2022-0008", "dokkhamfa-vocational-college"): "link"}
BY_LINK = ("AGR-2022-0008", "dokkhamfa-vocational-college", "Vice president", "Bounmy Thepvongsa", "lo")
OFFICES = {"school": "Vice president", "company": "General manager"}
COMPANY_SUBTITLES = ("en", "zh-Hans", "lo")


def write(book: Book, refer: References) -> None:
    book.open("agreements", "reference,announcement,starts_on,ends_on,proposed_on,source_mark,kind,parent,renews")
    book.open("agreement_texts", "agreement,language,title,body,standing")
    book.open("agreement_parties", "agreement,organisation,position,role,signed_on,signed_as,scan,signed_way")
    book.open("agreement_signers", "agreement,organisation,position,office,name,language")
    agreement, organisation, office, name, language = BY_LINK
    book.add(
        "agreement_signers",
        agreement=agreement,
        organisation=organisation,
        position=1,
        office=office,
        name=name,
        language=language,
    )
    book.open("agreement_changes", "agreement,to_status,effective_on,reason,successor")
    for row in pool("agreements"):
        reference, kind, announcement, proposed, first, last, starts, ends, lao, en, zh, lo, parties, changes = row
        book.add("agreements", reference=reference, announcement=announcement, starts_on=starts, ends_on=ends, proposed_on=proposed,
                 source_mark="assumed", kind=OF_THEIR_OWN.get(reference, KIND_OF[kind]), parent=SCHEDULES.get(reference, ""),
                 renews=RENEWALS.get(reference, ""))  # fmt: skip
        sides = [(refer(name), role) for name, role in re.findall(r"([@\w-]+) \(([^)]+)\)", parties)]
        for language, title in (("zh-Hans", zh), ("en", en), *([("lo", lo)] if lao else [])):
            book.add("agreement_texts", agreement=reference, language=language, title=title, standing="convenience" if language == "lo" else "equal",
                     body=_body(book, kind, language, sides, starts, ends))  # fmt: skip
        for position, ((organisation, role), signed) in enumerate(
            zip(sides, _days(first, last, len(sides)), strict=True), start=1
        ):
            office = "Deputy director" if organisation == "lgtvc" else OFFICES[refer.members[organisation]["kind"]]
            way = IN_OTHER_WAYS.get((reference, organisation), "")
            book.add(
                "agreement_parties", agreement=reference, organisation=organisation, position=position, role=ROLES[role][0],
                signed_on=signed, signed_as=office if signed else "", signed_way=way,
                scan=f"scan-{reference.lower()}" if signed and not way else "",
            )  # fmt: skip
        for change in filter(None, changes.split(",")):
            status, on, reason, *successor = change.split("=")
            book.add(
                "agreement_changes",
                agreement=reference,
                to_status=status,
                effective_on=on,
                reason=reason,
                successor="".join(successor),
            )


def _days(first: str, last: str, count: int) -> list[str]:
    """When each side signed: from the first to the last, evenly. A day after "+": the second signature, and no more."""
    if not first:
        return [""] * count
    if not last:
        return [first] + [""] * (count - 1)
    if last.startswith("+"):
        return [first, last[1:]] + [""] * (count - 2)
    whole = (day(last) - day(first)).days
    return [(day(first) + timedelta(days=whole * place // max(count - 1, 1))).isoformat() for place in range(count)]


def _body(book: Book, kind: str, language: str, sides: list[tuple[str, str]], starts: str, ends: str) -> str:
    column = COMPANY_SUBTITLES.index(language)
    names = [name_of(book, organisation, language) for organisation, _ in sides]
    comma = "、" if language == "zh-Hans" else ", "
    duties = ("；" if language == "zh-Hans" else "; ").join(
        f"{name}{'：' if language == 'zh-Hans' else ': '}{ROLES[role][column]}"
        for name, (_, role) in zip(names, sides, strict=True)
    )
    places = {"parties": comma.join(names), "duties": duties, "starts": starts, "ends": ends or "—"}
    text = (HERE / "texts" / "articles.txt").read_text(encoding="utf-8")
    lines = [line.split(" | ") for line in text.splitlines() if line and not line.startswith("#")]
    return "\n\n".join(
        cells[column + 1].format(**places)
        for cells in lines
        if cells[0].strip() == "all" or kind in cells[0].strip().split(",")
    )


def name_of(book: Book, organisation: str, language: str) -> str:
    names = {
        row["language"]: row["name"]
        for row in reversed(book.rows("member_names"))
        if row["organisation"] == organisation and (row["kind"] == "official" or row["language"] == language)
    }
    return names.get(language) or names["en"]
