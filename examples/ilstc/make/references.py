"""Names of members by what they are ("@cq-school-1"), so that lists need not know the drawn names."""

from .tables import Book

REGIONS = {"cq": {"CN-CQ"}, "sc": {"CN-SC"}}
TRADES = {"testing": "vehicle-testing", "machinery": "machinery", "logistics": "logistics", "rail": "rail-equipment",
          "energy": "new-energy", "teaching": "education-technology", "cold": "cold-chain"}  # fmt: skip


class References:
    """``refer("@cq-school-2")`` is the second school of Chongqing by the day of joining; another word stands for itself."""

    def __init__(self, book: Book) -> None:
        self.active = {
            row["organisation"]: row["effective_on"] for row in book.rows("memberships") if row["to_status"] == "active"
        }
        self.members = {row["reference"]: row for row in book.rows("members")}
        ended = {
            row["organisation"]
            for row in book.rows("memberships")
            if row["to_status"] in {"withdrawn", "suspended", "dormant"}
        }
        drawn = [
            key
            for key, row in self.members.items()
            if row["country"] == "CN" and key in self.active and key not in ended
        ]
        self.drawn = sorted((key for key in drawn if key != "cqipc"), key=lambda key: (self.active[key], key))

    def __call__(self, word: str) -> str:
        if not word.startswith("@"):
            if word not in self.members:
                raise KeyError(word)
            return word
        what, trade, place = word[1:].split("-")
        found = [key for key in self.drawn if self._is(key, what, trade)]
        return found[int(place) - 1]

    def _is(self, key: str, what: str, trade: str) -> bool:
        row = self.members[key]
        in_region = what == "cn" or row["region"] in REGIONS[what]
        if trade in {"school", "company"}:
            return in_region and row["kind"] == trade
        return in_region and row["kind"] == "company" and key.endswith(TRADES[trade])

    def of(self, country: str, kind: str) -> list[str]:
        """Every member of a country and kind that has been active, by the day of joining."""
        rows = [
            key
            for key, row in self.members.items()
            if row["country"] == country and row["kind"] == kind and key in self.active
        ]
        return sorted(rows, key=lambda key: (self.active[key], key))
