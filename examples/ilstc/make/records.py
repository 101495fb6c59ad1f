"""The parts of persons' records: purposes, consents, contacts and further names. Invented; reads people.csv and writes five sheets and the drawn photos beside it."""

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

from . import portraits
from .tables import OUT

PURPOSES = [
    ("follow_up", "consent", "optional", {
        "en": ("Being asked later", "We may ask you six and twelve months after the course what you do now. You may answer or not, and you may stop this at any time."),
        "zh-Hans": ("毕业后联系", "我们可以在结业六个月和十二个月后询问您的近况。您可以不回答，也可以随时取消。"),
        "lo": ("ຖາມພາຍຫຼັງ", "ພວກເຮົາອາດຈະຖາມທ່ານຫຼັງຈົບຫົກເດືອນ ແລະ ສິບສອງເດືອນວ່າທ່ານເຮັດຫຍັງຢູ່. ທ່ານຈະຕອບຫຼືບໍ່ກໍໄດ້ ແລະ ຢຸດໄດ້ທຸກເວລາ."),
    }),
    ("share_profile", "consent", "optional", {
        "en": ("Sharing your profile with employers", "Employers of the alliance may see your name and what you have proved you can do."),
        "zh-Hans": ("向用人单位展示", "联盟的用人单位可以看到您的姓名和您已证明的能力。"),
        "lo": ("ແບ່ງປັນຂໍ້ມູນກັບຜູ້ຈ້າງ", "ຜູ້ຈ້າງຂອງພັນທະມິດສາມາດເຫັນຊື່ ແລະ ຄວາມສາມາດທີ່ທ່ານໄດ້ພິສູດແລ້ວ."),
    }),
    ("certificate_page", "consent", "optional", {
        "en": ("Naming you on the page of your certificate", "Whoever opens the address or the QR code of your certificate sees your name there and can open the file. If you do not agree, the page says that the certificate is genuine, but not whose it is; you can always hand over the file yourself."),
        "zh-Hans": ("证书页面显示您的姓名", "任何人打开您证书的网址或二维码，都会看到您的姓名并可打开文件。如果您不同意，页面只说明证书真实有效，不显示持有人；您仍可自行出示文件。"),
        "lo": ("ສະແດງຊື່ຂອງທ່ານໃນໜ້າໃບຢັ້ງຢືນ", "ຜູ້ໃດທີ່ເປີດທີ່ຢູ່ ຫຼື ລະຫັດ QR ຂອງໃບຢັ້ງຢືນຂອງທ່ານ ຈະເຫັນຊື່ຂອງທ່ານ ແລະ ເປີດໄຟລ໌ໄດ້. ຖ້າທ່ານບໍ່ຕົກລົງ ໜ້ານັ້ນບອກວ່າໃບຢັ້ງຢືນເປັນຂອງແທ້ ແຕ່ບໍ່ບອກວ່າເປັນຂອງໃຜ; ທ່ານຍັງສາມາດຍື່ນໄຟລ໌ດ້ວຍຕົນເອງໄດ້ສະເໝີ."),
    }),
    ("register_photo", "consent", "optional", {
        "en": ("Showing a photo of you to your trainers", "Your trainers may see a photo of you beside your name on the register, so that they know you. Nobody else sees it. You may say no. If you take this back, the photo is deleted."),
        "zh-Hans": ("向教师显示您的照片", "您的教师可以在考勤表上您的姓名旁看到您的照片，以便认识您。其他人看不到。您可以不同意；撤回同意后，照片即被删除。"),
        "lo": ("ສະແດງຮູບຂອງທ່ານໃຫ້ຄູຝຶກ", "ຄູຝຶກຂອງທ່ານເຫັນຮູບຂອງທ່ານຢູ່ຂ້າງຊື່ໃນບັນຊີຜູ້ເຂົ້າຮຽນ ເພື່ອຈະຮູ້ຈັກທ່ານ. ຄົນອື່ນບໍ່ເຫັນ. ທ່ານຈະບໍ່ຕົກລົງກໍໄດ້. ຖ້າທ່ານຖອນຄຳຕົກລົງ ຮູບຈະຖືກລຶບ."),
    }),
    ("records_of_study", "public_task", "required", {
        "en": ("Keeping your records", "We keep who attended and what was decided, because a certificate must be checkable."),
        "zh-Hans": ("保存学习记录", "我们保存考勤和考核结论，因为证书必须可以核验。"),
        "lo": ("ເກັບບັນທຶກການຮຽນ", "ພວກເຮົາເກັບການເຂົ້າຮຽນ ແລະ ຄຳຕັດສິນ ເພາະໃບຢັ້ງຢືນຕ້ອງກວດສອບໄດ້."),
    }),
    ("equal_access", "public_task", "optional", {
        "en": ("Counting women and men", "We count how many women and men take part, so that training is open to both alike. You need not say."),
        "zh-Hans": ("统计男女人数", "我们统计参加培训的男女人数，使培训对男女同样开放。您可以不回答。"),
        "lo": ("ນັບຜູ້ຍິງ ແລະ ຜູ້ຊາຍ", "ພວກເຮົານັບວ່າມີຜູ້ຍິງ ແລະ ຜູ້ຊາຍເຂົ້າຮ່ວມເທົ່າໃດ ເພື່ອໃຫ້ການຝຶກເປີດໃຫ້ທຸກຄົນເທົ່າທຽມກັນ. ທ່ານຈະບໍ່ບອກກໍໄດ້."),
    }),
]  # fmt: skip
# Codes and first digits of mobile numbers, so that every invented number is one that could be given out.
MOBILE = {"LA": "+85620559", "CN": "+861380010", "TH": "+6681234", "KH": "+8551234", "MM": "+9592501", "LK": "+947712"}
DIGITS = {"LA": 5, "CN": 4, "TH": 4, "KH": 4, "MM": 5, "LK": 5}
SHEETS = {"LA": "lo", "CN": "zh-Hans"}
# The day from which the sentences hold.
FIRST_TEXT = date(2022, 10, 3)


def write(folder: Path) -> None:
    random = Random("records")
    with (folder / "people.csv").open(encoding="utf-8", newline="") as file:
        people = list(csv.DictReader(file))
    _write(folder, "purposes.csv", ["code", "legal_basis", "need", "from_day", "ended_on", *(f"{part}_{language}" for part in ("title", "text") for language in ("en", "zh-Hans", "lo"))], [
        [code, basis, need, "2022-09-01", "", *(texts[language][part] for part in (0, 1) for language in ("en", "zh-Hans", "lo"))]
        for code, basis, need, texts in PURPOSES
    ])  # fmt: skip
    contacts, consents, names, asked, holders = [], [], [], _asked(folder), _holders(folder)
    for number, person in enumerate(people):
        country, reference = person["residence_country"], person["reference"]
        if country in MOBILE and random.random() < 0.4:
            tail = f"{number:0{DIGITS[country]}d}"[-DIGITS[country] :]
            confirmed = "" if random.random() < 0.3 else date(2023, 1, 10) + timedelta(days=random.randrange(380))
            contacts.append([reference, "phone", MOBILE[country] + tail, country, "first", confirmed])
        if random.random() < 0.15:
            contacts.append([reference, "email", f"{reference.lower()}@learner.example", country, "", ""])
        if random.random() < 0.5:
            given = date(2022, 10, 3) + timedelta(days=random.randrange(400))
            taken_back = given + timedelta(days=random.randrange(10, 80)) if random.random() < 0.06 else ""
            consents.append([reference, "follow_up", 1, SHEETS.get(country, "en"), "paper", given, taken_back])
        _agree_before_asked(consents, reference, country, asked.get(reference))
        if person["own_language"] == "zh-Hans" and person["romanised_name"] and len(names) < 40:
            family, _, given_name = person["romanised_name"].partition(" ")
            names.append([reference, "other", "en", f"{given_name} {family}", "", family, given_name, "", ""])
    for number, person in enumerate(people):
        # Most holders agree when they enrol that the page of their certificate names them; a few do not.
        if person["reference"] in holders and number % 31 != 8:
            given = max(holders[person["reference"]], FIRST_TEXT)
            language = SHEETS.get(person["residence_country"], "en")
            consents.append([person["reference"], "certificate_page", 1, language, "paper", given, ""])
    agreed = portraits.learners(folder)
    consents += [
        [each.person, portraits.PURPOSE, 1, "lo", "paper", each.agreed_on, each.withdrawn_on] for each in agreed
    ]
    portraits.write(folder, [each for each in agreed if not each.withdrawn_on])
    _write(folder, "contacts.csv", ["person", "kind", "value", "country", "use", "confirmed_on"], contacts)
    _write(
        folder,
        "consents.csv",
        ["person", "purpose", "version", "language", "taking", "given_on", "withdrawn_on"],
        consents,
    )
    _write(folder, "person_names.csv", ["person", "form", "language", "full_name", "romanisation", "family_part", "given_part", "valid_from", "valid_before"], names)  # fmt: skip


def _agree_before_asked(consents: list[list[object]], reference: str, country: str, first: date | None) -> None:
    """Nobody is asked without having agreed: whoever was asked agreed some weeks before, and had not taken it back by then."""
    if first is None:
        return
    last = consents[-1] if consents and consents[-1][:2] == [reference, "follow_up"] else None
    if last is None:
        given = first - timedelta(days=160)
        consents.append([reference, "follow_up", 1, SHEETS.get(country, "en"), "paper", given, ""])
    elif last[6]:
        last[6] = ""


def _asked(folder: Path) -> dict[str, date]:
    """The persons who were asked in a wave, or of whom somebody else answered, with the first day."""
    with (folder / "enrolments.csv").open(encoding="utf-8", newline="") as file:
        seats = {(row["cohort"], row["number"]): row["person"] for row in csv.DictReader(file)}
    with (folder / "follow_ups.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            (seats[row["cohort"], row["number"]], row["asked_on"] or row["answered_on"]) for row in csv.DictReader(file)
        ]
    return {person: date.fromisoformat(day) for person, day in rows if day}


def _holders(folder: Path) -> dict[str, date]:
    """The persons of the cohorts that were awarded, with the day on which they enrolled."""
    with (folder / "awards.csv").open(encoding="utf-8", newline="") as file:
        awarded = {row["cohort"] for row in csv.DictReader(file)}
    with (folder / "enrolments.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["cohort"] in awarded and row["enrolled_on"]]
    return {row["person"]: date.fromisoformat(row["enrolled_on"]) for row in reversed(rows)}


def _write(folder: Path, name: str, header: list[str], rows: list[list[object]]) -> None:
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    write(OUT)
