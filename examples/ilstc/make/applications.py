"""Forms of application and five applications, beside the memberships that stand: ``python -m make.applications``. All invented."""

import sys

from .tables import OUT, Book

PUBLISHED = "2021-03-01"
LANGUAGES = ("en", "zh-Hans", "lo")
KINDS = ("school", "company", "association", "authority")
TITLES = "title_en,title_zh-Hans,title_lo,explanation_en,explanation_zh-Hans,explanation_lo"
DOCUMENTS = {
    "registration": ("Certificate of registration", "登记证书", "ໃບທະບຽນ"),
    "safety": ("Safety rules of the workshops", "车间安全规程", "ລະບຽບຄວາມປອດໄພຂອງໂຮງຝຶກ"),
    "accounts": ("Accounts of the last year", "上年度财务报表", "ບັນຊີຂອງປີທີ່ຜ່ານມາ"),
    "resolution": ("Resolution of the governing body to join", "加入联盟的决议", "ມະຕິຂອງຄະນະບໍລິຫານໃນການເຂົ້າຮ່ວມ"),
}
SECTIONS = {
    "who": ("The organisation", "申请单位", "ອົງການ"),
    "work": ("What it does", "业务情况", "ວຽກງານ"),
    "alliance": ("What it looks for in the alliance", "加入意愿", "ສິ່ງທີ່ຕ້ອງການຈາກພັນທະມິດ"),
}
# code: section, answer, need, fact, document, titles
QUESTIONS = {
    "name": (
        "who",
        "short_text",
        "required",
        "name",
        "",
        ("Official name in English", "英文全称", "ຊື່ທາງການເປັນພາສາອັງກິດ"),
    ),
    "own-name": (
        "who",
        "short_text",
        "optional",
        "own_name",
        "",
        ("Official name in its own language", "本国语言全称", "ຊື່ທາງການໃນພາສາຂອງຕົນ"),
    ),
    "country": ("who", "country", "required", "country", "", ("Country or region", "国家或地区", "ປະເທດ ຫຼື ເຂດແຄວ້ນ")),
    "city": ("who", "short_text", "required", "city", "", ("City", "城市", "ເມືອງ")),
    "founded": ("who", "day", "optional", "", "", ("Day of founding", "成立日期", "ວັນສ້າງຕັ້ງ")),
    "registered": (
        "who",
        "file",
        "required",
        "",
        "registration",
        ("Certificate of registration", "登记证书", "ໃບທະບຽນ"),
    ),
    "why": (
        "alliance",
        "long_text",
        "required",
        "",
        "",
        ("Why does it want to join?", "为何希望加入联盟？", "ເປັນຫຍັງຈຶ່ງຢາກເຂົ້າຮ່ວມ?"),
    ),
    "offers": ("alliance", "several_of", "required", "", "", ("What can it offer?", "能提供什么？", "ສາມາດໃຫ້ຫຍັງໄດ້?")),
    "budget": (
        "alliance",
        "yes_no",
        "optional",
        "",
        "",
        ("Is there a budget for it this year?", "本年度是否有预算？", "ປີນີ້ມີງົບປະມານບໍ?"),
    ),
}
OFFERS = {
    "trainers": ("Trainers", "教师", "ຄູຝຶກ"), "workshops": ("Workshops", "实训车间", "ໂຮງຝຶກ"),
    "posts": ("Posts for graduates", "毕业生岗位", "ບ່ອນເຮັດວຽກໃຫ້ຜູ້ຮຽນຈົບ"), "research": ("Research", "研究", "ການຄົ້ນຄວ້າ"),
}  # fmt: skip
OF_KIND = {
    "school": {
        "learners": (
            "work",
            "number",
            "required",
            "",
            "",
            ("Learners last year", "上年度学员人数", "ຈຳນວນຜູ້ຮຽນປີທີ່ຜ່ານມາ"),
        ),
        "safety-rules": (
            "work",
            "file",
            "required",
            "",
            "safety",
            ("Safety rules of the workshops", "车间安全规程", "ລະບຽບຄວາມປອດໄພ"),
        ),
    },
    "company": {
        "staff": ("work", "number", "required", "", "", ("Employees", "员工人数", "ຈຳນວນພະນັກງານ")),
        "hires": (
            "work",
            "number",
            "optional",
            "",
            "",
            ("People hired last year", "上年度录用人数", "ຈຳນວນຄົນທີ່ຮັບເຂົ້າປີທີ່ຜ່ານມາ"),
        ),
    },
    "association": {
        "belong": (
            "work",
            "number",
            "required",
            "",
            "",
            ("Organisations that belong to it", "会员单位数", "ຈຳນວນອົງການທີ່ຂຶ້ນກັບ"),
        )
    },
    "authority": {
        "mandate": (
            "work",
            "long_text",
            "required",
            "",
            "",
            ("What is it in charge of?", "主管哪些事务？", "ຮັບຜິດຊອບເລື່ອງໃດ?"),
        )
    },
}
# code: due from, days, document, titles
CONDITIONS = {
    "registered-here": (
        "submission",
        30,
        "registration",
        ("The registration is in force", "登记有效", "ໃບທະບຽນຍັງໃຊ້ໄດ້"),
    ),
    "resolution": (
        "decision",
        45,
        "resolution",
        ("The governing body has decided to join", "决策机构已决定加入", "ຄະນະບໍລິຫານຕົກລົງເຂົ້າຮ່ວມ"),
    ),
    "coordinator": ("decision", 60, "", ("A coordinator is named", "已指定联络员", "ໄດ້ແຕ່ງຕັ້ງຜູ້ປະສານງານ")),
}
CRITERIA = {
    "quality": (3, ("Quality of what it does", "业务质量", "ຄຸນນະພາບຂອງວຽກ")),
    "fit": (2, ("Fit with the programmes of the alliance", "与联盟项目的契合度", "ຄວາມເໝາະສົມກັບໂຄງການ")),
    "means": (1, ("Means to take part", "参与能力", "ຄວາມສາມາດເຂົ້າຮ່ວມ")),
}


def _said(titles: tuple[str, str, str]) -> dict[str, str]:
    return {f"title_{language}": title for language, title in zip(LANGUAGES, titles, strict=True)}


def write(book: Book) -> None:
    book.open("application_documents", f"code,{TITLES}")
    for code, titles in DOCUMENTS.items():
        book.add("application_documents", code=code, **_said(titles))
    _forms(book)
    _applications(book)
    _judging(book)


def _forms(book: Book) -> None:
    book.open(
        "application_forms",
        f"kind,published_on,sort,code,under,answer,need,fact,document,due_from,due_days,weight,{TITLES}",
    )
    for kind in KINDS:
        every = {"kind": kind, "published_on": PUBLISHED}
        for code, titles in SECTIONS.items():
            book.add("application_forms", **every, sort="section", code=code, **_said(titles))
        for code, (under, answer, need, fact, document, titles) in {**QUESTIONS, **OF_KIND[kind]}.items():
            asked = {"under": under, "answer": answer, "need": need, "fact": fact, "document": document}
            book.add("application_forms", **every, sort="question", code=code, **asked, **_said(titles))
        for code, titles in OFFERS.items():
            book.add("application_forms", **every, sort="option", code=code, under="offers", **_said(titles))
        for code, (due_from, days, document, titles) in CONDITIONS.items():
            due = {"due_from": due_from, "due_days": days, "document": document}
            book.add("application_forms", **every, sort="condition", code=code, **due, **_said(titles))
        for code, (weight, titles) in CRITERIA.items():
            book.add("application_forms", **every, sort="criterion", code=code, weight=weight, **_said(titles))


def _applications(book: Book) -> None:
    book.open(
        "applications",
        "reference,organisation,contact_name,contact_email,language,submitted_on,in_review_on,decided_on,outcome",
    )
    book.open("application_answers", "application,question,answer")

    def add(
        reference: str, organisation: str, contact: tuple[str, str, str], days: tuple[str, str, str, str], **said: str
    ) -> None:
        name, email, language = contact
        steps = dict(zip(("submitted_on", "in_review_on", "decided_on", "outcome"), days, strict=True))
        head = {"contact_name": name, "contact_email": email, "language": language}
        book.add("applications", reference=reference, organisation=organisation, **head, **steps)
        for code, text in said.items():
            question = code.replace("_", "-")
            book.add("application_answers", application=reference, question=question, answer=text)

    add(
        "APL-2022-0001", "sitthra-basin-skills-office", ("Anong Phraison", "office@sitthra-basin.example", "en"),
        ("2022-06-14", "2022-07-04", "2022-09-01", "rejected"),
        name="Sitthra Basin Skills Office", country="TH", city="Bangkok", mandate="Skills policy of five provinces.",
        why="To share standards across the border.", offers="research", budget="no",
    )  # fmt: skip
    add(
        "APL-2023-0001", "saimokthong-automation", ("Wirat Saimok", "join@saimokthong.example", "en"),
        ("2023-09-11", "2023-10-09", "2024-01-10", "with_conditions"),
        name="Saimokthong Automation", country="TH", city="Rayong", staff="310",
        why="We hire forty technicians a year and train half of them ourselves.", offers="posts;workshops", budget="yes",
    )  # fmt: skip
    add(
        "APL-2023-0002", "suqiao-vocational-college", ("苏敏", "waishi@suqiao-college.example", "zh-Hans"),
        ("2023-10-16", "2023-11-06", "", ""),
        name="Suqiao Vocational College", own_name="苏桥职业学院", country="CN", city="Chongqing", learners="4200",
        why="学院希望参与海外师资培训。", offers="trainers;research", budget="yes",
    )  # fmt: skip
    add(
        "APL-2023-0003", "xiaoyue-association-for-vocational-education", ("林晓", "mishu@xiaoyue.example", "zh-Hans"),
        ("2023-12-05", "", "", ""),
        name="Xiaoyue Association for Vocational Education", country="CN", city="Chongqing", belong="58",
        why="会员单位需要统一的能力标准。", offers="research",
    )  # fmt: skip
    add(
        "APL-2023-0004", "nildiya-vocational-training-centre", ("Sunethra Wickramage", "principal@nildiya.example", "en"),
        ("2023-12-20", "", "", ""),
        name="Nildiya Vocational Training Centre", country="LK", city="Colombo", learners="640",
        why="Our workshops stand idle in the evening; the port asks for crane fitters.", offers="workshops;trainers", budget="no",
    )  # fmt: skip


def _judging(book: Book) -> None:
    book.open("application_scores", "application,reviewer,criterion,points,comment,handed_in_on")
    sheets = [
        ("APL-2022-0001", "council", (4, 2, 3), "Serious people, but article 4 is clear.", "2022-08-10"),
        ("APL-2022-0001", "council-2", (3, 2, 2), "Better as a guest at the conference.", "2022-08-15"),
        ("APL-2023-0001", "council", (4, 5, 4), "Knows what it needs.", "2023-12-01"),
        ("APL-2023-0001", "council-2", (3, 4, 5), "Ask for the resolution of its board first.", "2023-12-06"),
        ("APL-2023-0002", "council", (5, 3, 4), "Strong workshops.", "2024-01-22"),
        ("APL-2023-0002", "council-2", (4, 3, ""), "", ""),
    ]
    for application, reviewer, points, comment, day in sheets:
        for place, (criterion, number) in enumerate(zip(CRITERIA, points, strict=True)):
            book.add(
                "application_scores", application=application, reviewer=reviewer, criterion=criterion, points=number,
                comment=comment if place == 0 else "", handed_in_on=day,
            )  # fmt: skip
    book.open(
        "application_votes", "application,held_on,present,in_favour,against,abstained,interests,minutes,outcome,reason"
    )
    book.add(
        "application_votes", application="APL-2022-0001", held_on="2022-09-01", present=9, in_favour=1, against=7, abstained=1,
        minutes="The council found that an authority cannot be a member under article 4 and invites it as a guest.", outcome="rejected",
        reason="Authorities cannot be members under article 4",
    )  # fmt: skip
    book.add(
        "application_votes", application="APL-2023-0001", held_on="2024-01-10", present=9, in_favour=7, against=0, abstained=1,
        interests="Fourth seat: buys its controllers", outcome="with_conditions",
        minutes="The council approves, on the conditions of the form. The fourth seat declared an interest and did not vote.",
    )  # fmt: skip
    book.open("application_conditions", "application,condition,state,day,reason")
    for application, day in (
        ("APL-2022-0001", "2022-07-01"),
        ("APL-2023-0001", "2023-10-10"),
        ("APL-2023-0002", "2023-11-03"),
        ("APL-2023-0003", "2024-01-03"),
    ):
        done = {"condition": "registered-here", "state": "accepted", "day": day}
        book.add("application_conditions", application=application, **done)
    book.add(
        "application_conditions",
        application="APL-2023-0001",
        condition="coordinator",
        state="handed_in",
        day="2024-01-25",
    )


def main() -> int:
    book = Book()
    write(book)
    book.write(OUT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
