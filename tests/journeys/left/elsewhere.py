"""A plain web server at the old addresses, read as anybody's verifier would."""

import urllib.error
import urllib.request
from datetime import date

from corridor.rooms.credentials.proofs.json_reading import read_object
from corridor.rooms.credentials.proofs.registers import read_register
from corridor.rooms.credentials.proofs.resolving import Registration

HOUSE = "https://alliance.example"


class Elsewhere:
    """A resolver that reads the old addresses at a plain web server, as anybody's verifier would."""

    public_prefix = HOUSE

    def __init__(self, server: str) -> None:
        self._server = server

    def read(self, address: str):
        try:
            with urllib.request.urlopen(self._server + address.removeprefix(HOUSE), timeout=5) as answer:
                return read_object(answer.read())
        except urllib.error.HTTPError:
            return None

    def prefix_for(self, issuer: str) -> str:
        return HOUSE

    def did_document(self, did: str):
        return self.read(HOUSE + "/" + did.removeprefix("did:web:alliance.example:").replace(":", "/") + "/did.json")

    def registration(self, did: str, *, on: date):
        listed = read_register(self.read(f"{HOUSE}/issuers.json")).issuers.get(did)
        return Registration(listed.name, listed.was_member(on), "the register") if listed else None

    def status_list(self, url: str):
        return self.read(url)

    companion = status_list

    def newer_list(self, url: str):
        return None

    def entitled(self, *, issuer: str, site: str, programme: str, on: date):
        listed = read_register(self.read(f"{HOUSE}/issuers.json")).issuers[issuer]
        return listed.might_issue(programme=f"{HOUSE}/programmes/{programme}", site=f"{HOUSE}/sites/{site}", on=on)
