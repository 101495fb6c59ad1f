"""The alliance's own record."""

from .tables import Book

ARTICLE = "News article of January 2024 on the alliance (the only public source; see README)"
NAMED = "CN ID NZ KR TH LK LA MM KH PH PK AU SG".split()


def write(book: Book) -> None:
    book.open("alliance", "code,founded_on,founded_precision,home_zone,home_place,source")
    book.add("alliance", code="ilstc", founded_on="2021-01-01", founded_precision="year", home_zone="Asia/Shanghai",
             home_place="Chongqing", source=ARTICLE)  # fmt: skip
    book.open("alliance_names", "language,name,short_name")
    names = [
        (
            "en",
            "International Land-Sea Trade Corridor Vocational Education International Cooperation Alliance",
            "ILSTC Alliance",
        ),
        ("zh-Hans", "陆海新通道职业教育国际合作联盟", "陆海新通道职教联盟"),
        ("lo", "ພັນທະມິດຮ່ວມມືສາກົນດ້ານອາຊີວະສຶກສາ ແລວທາງການຄ້າບົກ-ທະເລສາກົນ", "ພັນທະມິດ ILSTC"),
    ]
    for language, name, short in names:
        book.add("alliance_names", language=language, name=name, short_name=short)
    book.open("founding_places", "code,name,country,source_mark,source")
    book.add("founding_places", code="CN-CQ", name="Chongqing", country="CN", source_mark="named", source=ARTICLE)
    book.add("founding_places", code="CN-SC", name="Sichuan", country="CN", source_mark="named", source=ARTICLE)
    book.open("listed_places", "country,source_mark,source")
    for country in NAMED:
        book.add("listed_places", country=country, source_mark="named", source=ARTICLE)
    book.add("listed_places", country="HK", source_mark="assumed",
             source="The article says 14 countries and regions and names 13; the 14th is our assumption")  # fmt: skip
