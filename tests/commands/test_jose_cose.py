"""Credentials and presentations in binary (COSE), as the W3C's suite for JOSE and COSE asks: its inputs, and ours read by other software."""

import base64
import json

import cbor2
import pytest

from corridor.rooms.credentials.vc_api.given_keys import read_given

from .test_jose import CREDENTIAL as MADE
from .test_jose import PRESENTATION as SHOWN
from .test_jose import ask, key_of

__all__ = ["ask"]
pytestmark = pytest.mark.django_db
NUMBERS = {"Ed25519": -8, "P-256": -7, "P-384": -35, "P-521": -36}
# w3c/vc-jose-cose-test-suite, tests/input: the public halves of its keys, and what it signed with them.
P256 = {
    "kty": "EC", "crv": "P-256", "x": "WfTi93YuhsQxKbD0ftnjOXJndqhnJ5kgDV-ZDGyrhBQ", "y": "qUd_55EjX0mjKZ6W6mF4UXVYTQ41K6jfdnYFwN5uPyk",
}  # fmt: skip
P384 = {
    "kty": "EC", "crv": "P-384", "x": "PBM13G1rU-NPczSpFO7QGc-uSUHqoDPZSbshgR820ligqFB2yGFbE90VnpTiSswG",
    "y": "x7mdD6reunUlSQ5LoC2GDpLOrjbIMLnt1TEGgxoyXSaKScPPRYY7hTr3geCvEZpf",
}  # fmt: skip
ED25519 = {"kty": "OKP", "crv": "Ed25519", "x": "NvUhsjZe7Mdv8Esoc60o3ma1U5j2tFUTDsOQd39xMnI"}
CREDENTIAL = (
    "0oRYVqQBJgNuYXBwbGljYXRpb24vdmMEWCs3M3ZvTVhGTm1ObE9FcHVZQ1NKbGg4ZU4wZHNjeWtvTzZnQnVrZ1JTMXVVEHNhcHBsaWNhdGlvbi92Yytjb3NloFkB8nsiQG"
    "NvbnRleHQiOlsiaHR0cHM6Ly93d3cudzMub3JnL25zL2NyZWRlbnRpYWxzL3YyIiwiaHR0cHM6Ly93d3cudzMub3JnL25zL2NyZWRlbnRpYWxzL2V4YW1wbGVzL3YyIl0s"
    "InR5cGUiOlsiVmVyaWZpYWJsZUNyZWRlbnRpYWwiLCJFeGFtcGxlQWx1bW5pQ3JlZGVudGlhbCJdLCJpZCI6Imh0dHA6Ly91bml2ZXJzaXR5LmV4YW1wbGUvY3JlZGVudG"
    "lhbHMvMTg3MiIsImlzc3VlciI6Imh0dHBzOi8vZXhhbXBsZS5pc3N1ZXIvdmMtam9zZS1jb3NlIiwidmFsaWRGcm9tIjoiMjAxMC0wMS0wMVQxOToyMzoyNFoiLCJjcmVk"
    "ZW50aWFsU3ViamVjdCI6eyJkZWdyZWUiOnsibmFtZSI6IkJhY2hlbG9yIG9mIFNjaWVuY2UgYW5kIEFydHMiLCJ0eXBlIjoiQmFjaGVsb3JEZWdyZWUifSwiaWQiOiJkaW"
    "Q6ZXhhbXBsZToxMjMifSwiY3JlZGVudGlhbFNjaGVtYSI6eyJpZCI6Imh0dHBzOi8vZXhhbXBsZS5vcmcvZXhhbXBsZXMvZGVncmVlLmpzb24iLCJ0eXBlIjoiSnNvblNj"
    "aGVtYSJ9fVhAs3W1WN83yVu/HoEyYMy7Tcmub9zL55PDnfcx5yG42BTe0gdQ+E0V9B3B1gMZyt9dDEGZVJynd8vztWVr7d4Kkw"
)
PRESENTATION = (
    "0oRYV6QBOCIDbmFwcGxpY2F0aW9uL3ZwBFgrOTZxQm5EcHZTNng4WVNDSF94bW5MbFhaTWtEaEhCcjhsajk5dTVhb2c3cxBzYXBwbGljYXRpb24vdnArY29zZaBZAbx7Ik"
    "Bjb250ZXh0IjpbImh0dHBzOi8vd3d3LnczLm9yZy9ucy9jcmVkZW50aWFscy92MiIsImh0dHBzOi8vd3d3LnczLm9yZy9ucy9jcmVkZW50aWFscy9leGFtcGxlcy92MiJd"
    "LCJ0eXBlIjoiVmVyaWZpYWJsZVByZXNlbnRhdGlvbiIsImlkIjoidXJuOnV1aWQ6Mzk3ODM0NGYtODU5Ni00YzNhLWE5NzgtOGZjYWJhMzkwM2M1IiwiaG9sZGVyIjoiZG"
    "lkOmV4YW1wbGU6ZWJmZWIxZjcxMmViYzZmMWMyNzZlMTJlYzIxIiwidmVyaWZpYWJsZUNyZWRlbnRpYWwiOlt7IkBjb250ZXh0IjoiaHR0cHM6Ly93d3cudzMub3JnL25z"
    "L2NyZWRlbnRpYWxzL3YyIiwidHlwZSI6IkVudmVsb3BlZFZlcmlmaWFibGVDcmVkZW50aWFsIiwiaWQiOiJkYXRhOmFwcGxpY2F0aW9uL3ZjK2p3dCxleUpoYkdjaU9pSk"
    "ZVekkxTmlKOS5leUpwYzNNaU9pSmthV1E2WlhoaGJYQnNaVG94TWpNaWZRLi4uLiJ9XX1YYOPYT1TOFk/HUOD4uVInr7h/fPS1HVj/2OSddBOnsz9eJdHXWRyR2CqI2Six"
    "wLRp7WlPOT6wfYo6pf07XK/Yc7ODva+5KzRx3hluriTOWhUdCUG5cn8oIOYG1KHJ347/eQ"
)
BAD_MEDIA = (
    "0oRYSKQBOCIDaHZlcnkvYmFkBFgrOTZxQm5EcHZTNng4WVNDSF94bW5MbFhaTWtEaEhCcjhsajk5dTVhb2c3cxBqcmVhbGx5L2JhZKBZAfJ7IkBjb250ZXh0IjpbImh0dH"
    "BzOi8vd3d3LnczLm9yZy9ucy9jcmVkZW50aWFscy92MiIsImh0dHBzOi8vd3d3LnczLm9yZy9ucy9jcmVkZW50aWFscy9leGFtcGxlcy92MiJdLCJ0eXBlIjpbIlZlcmlm"
    "aWFibGVDcmVkZW50aWFsIiwiRXhhbXBsZUFsdW1uaUNyZWRlbnRpYWwiXSwiaWQiOiJodHRwOi8vdW5pdmVyc2l0eS5leGFtcGxlL2NyZWRlbnRpYWxzLzE4NzIiLCJpc3"
    "N1ZXIiOiJodHRwczovL2V4YW1wbGUuaXNzdWVyL3ZjLWpvc2UtY29zZSIsInZhbGlkRnJvbSI6IjIwMTAtMDEtMDFUMTk6MjM6MjRaIiwiY3JlZGVudGlhbFN1YmplY3Qi"
    "OnsiZGVncmVlIjp7Im5hbWUiOiJCYWNoZWxvciBvZiBTY2llbmNlIGFuZCBBcnRzIiwidHlwZSI6IkJhY2hlbG9yRGVncmVlIn0sImlkIjoiZGlkOmV4YW1wbGU6MTIzIn"
    "0sImNyZWRlbnRpYWxTY2hlbWEiOnsiaWQiOiJodHRwczovL2V4YW1wbGUub3JnL2V4YW1wbGVzL2RlZ3JlZS5qc29uIiwidHlwZSI6Ikpzb25TY2hlbWEifX1YYPTKiZkx"
    "A1XUBgMqJ/eX5cpijouAd2ButW2pHrXxSAn7RwysI8wVcEBm29St1db5pWqHPMBE+Fxmeh6Qmw/V5tY25w9g36J4bkd3MmbmFHo3dXUiADBCI/Ae+b8WxKltQg"
)
BAD_SIGNATURE = (
    "0oRYVqQBJwNuYXBwbGljYXRpb24vdmMEWCsyYU9IYVF4c1dWVDRtTHNVa2R0bENuVVYtYXUwQkJSLTV5UFlhUGFDYzVrEHNhcHBsaWNhdGlvbi92Yytjb3NloFkB8nsiQG"
    "NvbnRleHQiOlsiaHR0cHM6Ly93d3cudzMub3JnL25zL2NyZWRlbnRpYWxzL3YyIiwiaHR0cHM6Ly93d3cudzMub3JnL25zL2NyZWRlbnRpYWxzL2V4YW1wbGVzL3YyIl0s"
    "InR5cGUiOlsiVmVyaWZpYWJsZUNyZWRlbnRpYWwiLCJFeGFtcGxlQWx1bW5pQ3JlZGVudGlhbCJdLCJpZCI6Imh0dHA6Ly91bml2ZXJzaXR5LmV4YW1wbGUvY3JlZGVudG"
    "lhbHMvMTg3MiIsImlzc3VlciI6Imh0dHBzOi8vZXhhbXBsZS5pc3N1ZXIvdmMtam9zZS1jb3NlIiwidmFsaWRGcm9tIjoiMjAxMC0wMS0wMVQxOToyMzoyNFoiLCJjcmVk"
    "ZW50aWFsU3ViamVjdCI6eyJkZWdyZWUiOnsibmFtZSI6IkJhY2hlbG9yIG9mIFNjaWVuY2UgYW5kIEFydHMiLCJ0eXBlIjoiQmFjaGVsb3JEZWdyZWUifSwiaWQiOiJkaW"
    "Q6ZXhhbXBsZToxMjMifSwiY3JlZGVudGlhbFNjaGVtYSI6eyJpZCI6Imh0dHBzOi8vZXhhbXBsZS5vcmcvZXhhbXBsZXMvZGVncmVlLmpzb24iLCJ0eXBlIjoiSnNvblNj"
    "aGVtYSJ9fVhAtLDz68qCDkCrNpejCv8h3QI4ArJlsbea2TqHGAGAjHAvCvG+mntYFHN4ONiqhn/U8NHUQ+h8e5SY1gI7o7R1BA"
)
BAD_INSIDE = (
    "0oRYVqQBJgNuYXBwbGljYXRpb24vdnAEWCs3M3ZvTVhGTm1ObE9FcHVZQ1NKbGg4ZU4wZHNjeWtvTzZnQnVrZ1JTMXVVEHNhcHBsaWNhdGlvbi92cCtjb3NloFkBc3siQG"
    "NvbnRleHQiOlsiaHR0cHM6Ly93d3cudzMub3JnL25zL2NyZWRlbnRpYWxzL3YyIiwiaHR0cHM6Ly93d3cudzMub3JnL25zL2NyZWRlbnRpYWxzL2V4YW1wbGVzL3YyIl0s"
    "InR5cGUiOiJWZXJpZmlhYmxlUHJlc2VudGF0aW9uIiwiaWQiOiJ1cm46dXVpZDozOTc4MzQ0Zi04NTk2LTRjM2EtYTk3OC04ZmNhYmEzOTAzYzUiLCJob2xkZXIiOiJodH"
    "RwczovL2V4YW1wbGUuaXNzdWVyL3ZjLWpvc2UtY29zZSIsInZlcmlmaWFibGVDcmVkZW50aWFsIjpbeyJAY29udGV4dCI6Imh0dHBzOi8vd3d3LnczLm9yZy9ucy9jcmVk"
    "ZW50aWFscy92MiIsInR5cGUiOiJFbnZlbG9wZWRWZXJpZmlhYmxlQ3JlZGVudGlhbCIsImlkIjoiYmFkLWNyZWRlbnRpYWwifV19WEBPe+OWgo8s0BJYsjtaoBOMw4xaqS"
    "YD1RYO80Tu0Ni9rOzl5GX0UWT52lEATg0PKXtg8kXcv+IHTjQtG3pC6Zje"
)


def method(jwk):
    return {"id": "https://example.issuer/1#1", "type": "JsonWebKey", "publicKeyJwk": jwk}


def test_what_the_suite_signed_holds(ask):
    assert ask("verify", CREDENTIAL, method(P256), "credential_cose") == {"result": "success"}
    assert ask("verify", PRESENTATION, method(P384), "presentation_cose") == {"result": "success"}


@pytest.mark.parametrize(
    ("given", "jwk", "feature"),
    [
        (BAD_MEDIA, P384, "credential_cose"), (BAD_SIGNATURE, ED25519, "credential_cose"), (BAD_INSIDE, P256, "presentation_cose"),
        (CREDENTIAL, P384, "credential_cose"), (CREDENTIAL, P256, "presentation_cose"), (CREDENTIAL, P256, "credential_jose"),
        (CREDENTIAL[:-2], P256, "credential_cose"), ("not base64 !", P256, "credential_cose"), ("", P256, "credential_cose"),
    ],
    ids=["media", "signature", "inside", "key", "feature", "token", "cut off", "not base64", "empty"],
)  # fmt: skip
def test_what_the_suite_broke_does_not(ask, given, jwk, feature):
    assert ask("verify", given, method(jwk), feature)["result"] == "failure"


@pytest.mark.parametrize("curve", NUMBERS)
@pytest.mark.parametrize(("feature", "said"), [("credential_cose", MADE), ("presentation_cose", SHOWN)])
def test_what_is_signed_holds_here_and_is_read_by_other_software(ask, curve, feature, said):
    key = key_of(curve)
    text = ask("issue", said, key, feature)["data"]
    message = cbor2.loads(base64.b64decode(text + "=" * (-len(text) % 4)))
    guarded, loose, payload, signature = message.value
    short = "vc" if feature.startswith("credential") else "vp"
    assert message.tag == 18 and json.loads(payload) == said and loose == {}
    assert cbor2.loads(guarded) == {
        1: NUMBERS[curve], 3: f"application/{short}", 4: key["id"].encode(), 16: f"application/{short}+cose",
    }  # fmt: skip
    signed = cbor2.dumps(["Signature1", guarded, b"", payload])
    assert read_given(key, is_secret=False).holds(signature, signed)
    assert ask("verify", text, key, feature) == {"result": "success"}
    assert ask("verify", text, key_of(curve), feature)["result"] == "failure"


def test_nothing_is_hidden_in_it(ask):
    assert (
        ask("issue", MADE, key_of("P-256"), "credential_cose", "--disclosures", "credentialSubject.name")["result"]
        == "failure"
    )
