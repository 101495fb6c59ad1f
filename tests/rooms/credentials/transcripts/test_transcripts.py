"""All certificates of one person: as CLR 2.0, as ELMO 1.7, and on paper in the reader's language."""

import json
from datetime import UTC, date, datetime
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import xmlschema
from django.utils import translation
from jsonschema import Draft4Validator

from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import NotFound
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.alliance import alliance_document
from corridor.rooms.credentials.compact.claims import Signatory
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.jwt.tokens import read_token
from corridor.rooms.credentials.layouts import LayoutDraft
from corridor.rooms.credentials.models import Credential
from corridor.rooms.credentials.proofs.did_documents import published_key
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.transcripts.elmo import NAMESPACE
from corridor.rooms.members.models import Organisation
from tests.factories.actors import VISITOR, make_actor
from tests.factories.credentials import SIGNED_AT, award, make_alliance_key, make_assessed_cohort, make_credential
from tests.rooms.credentials.proofs.vectors import vectors

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 2, 8, tzinfo=UTC)
ELMO = {"e": NAMESPACE}


@pytest.fixture
def graduate():
    """Khamla holds one certificate of each of two cohorts."""
    first, second = make_credential("COH-2023-041"), make_credential("COH-2023-042")
    second.enrolment.person = first.enrolment.person
    second.enrolment.save()
    person = first.enrolment.person
    person.born_on = date(2001, 2, 3)
    person.save()
    return person


def elmo_schema():
    folder = vectors("elmo")
    files = {
        "europass": "EUROPASS_ISOCountries_V1.1.xsd", "ewp-specs-types-address": "ewp-types-address-schema.xsd",
        "ewp-specs-architecture": "ewp-common-types.xsd", "xmldsig": "xmldsig-core-schema.xsd", "2001/xml": "xml.xsd",
        "2001/03/xml": "xml.xsd",
    }  # fmt: skip

    def local(address):
        known = [name for part, name in files.items() if part.lower() in address.lower()]
        return (folder / "references" / known[0]).as_uri() if known else address

    return xmlschema.XMLSchema(str(folder / "v1.7.0" / "schema.xsd"), uri_mapper=local, allow="all")


def test_the_record_holds_each_certificate_as_it_was_signed_and_the_alliance_signs_it(graduate):
    make_alliance_key()
    token = read_token(queries.transcript_clr(person=graduate.reference, at=AT, by=NIGHTLY))
    assert token.header["kid"].startswith("did:web:alliance.example#key-")
    public, _ = published_key(alliance_document(), did="did:web:alliance.example", method=token.header["kid"])
    assert token.is_signed_by(public)
    inside = token.claims["credentialSubject"]["verifiableCredential"]
    assert len(inside) == 2 and len(token.claims["credentialSubject"]["achievement"]) == 1
    for each in inside:
        assert queries.verify(raw=json.dumps(each), at=AT, by=VISITOR).word == Word.VALID


def test_the_record_fits_the_official_schema(graduate):
    make_alliance_key()
    claims = read_token(queries.transcript_clr(person=graduate.reference, at=AT, by=NIGHTLY)).claims
    schema = json.loads((vectors("ob3-schema") / "clr_v2p0_clrcredential_schema_draft4.json").read_text())
    # The schema at hand is of data model 1.1: validFrom was called issuanceDate, and an entry of a status list was unknown.
    subject = claims["credentialSubject"]
    older = [
        each
        | {"issuanceDate": each["validFrom"]}
        | {"credentialStatus": {name: each["credentialStatus"][name] for name in ("id", "type")}}
        for each in subject["verifiableCredential"]
    ]
    claims |= {"issuanceDate": claims["validFrom"], "credentialSubject": subject | {"verifiableCredential": older}}
    errors = [(list(error.absolute_path), error.message[:90]) for error in Draft4Validator(schema).iter_errors(claims)]
    assert errors == []
    assert list(Draft4Validator(schema).iter_errors(claims | {"credentialSubject": {"type": ["ClrSubject"]}}))


def test_a_transcript_is_no_certificate_and_the_page_that_verifies_says_so(graduate):
    make_alliance_key()
    token = queries.transcript_clr(person=graduate.reference, at=AT, by=NIGHTLY)
    verdict = queries.verify(raw=token, at=AT, by=VISITOR)
    assert verdict.word == Word.MALFORMED and "transcript" in str(verdict.checks[-1])


def test_universities_read_it_as_the_schema_says(graduate):
    schema, xml = elmo_schema(), queries.transcript_elmo(person=graduate.reference, at=AT, by=NIGHTLY)
    schema.validate(xml.decode())
    root = xmlschema.XMLResource(xml.decode()).root
    assert root.findtext("e:learner/e:bday", namespaces=ELMO) == "2001-02-03"
    units = root.findall(".//e:hasPart/e:learningOpportunitySpecification", ELMO)
    assert [each.findtext("e:identifier", namespaces=ELMO) for each in units] == ["VI-1", "VI-2"] * 2
    assert root.findtext("e:report/e:issuer/e:identifier", namespaces=ELMO) == "chongqing"
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        schema.validate(xml.decode().replace("<status>passed", "<status>perhaps"))


def test_a_name_is_cut_only_where_its_bearer_marked_it_and_nothing_breaks_the_file(graduate):
    name, printed = graduate.names.get(form="own"), queries.transcript_of(person=graduate.reference, at=AT, by=NIGHTLY)
    whole = xmlschema.XMLResource(queries.transcript_elmo(person=graduate.reference, at=AT, by=NIGHTLY).decode()).root
    assert whole.findtext("e:learner/e:familyName", namespaces=ELMO) == printed.holder.names[0]
    assert whole.findtext("e:learner/e:givenNames", namespaces=ELMO) == ""
    name.family_part, name.given_part = "Phomma<chan>&\x01", "Khamla"
    name.save()
    xml = queries.transcript_elmo(person=graduate.reference, at=AT, by=NIGHTLY).decode()
    elmo_schema().validate(xml)
    marked = xmlschema.XMLResource(xml).root
    assert marked.findtext("e:learner/e:familyName", namespaces=ELMO) == "Phomma<chan>&\ufffd"


@pytest.mark.parametrize("language", ["en", "zh-hans", "lo", "ur"])
def test_the_supplement_is_printed_in_the_readers_language(graduate, language):
    with translation.override(language):
        pdf = queries.transcript_pdf(person=graduate.reference, at=AT, by=NIGHTLY)
        again = queries.transcript_pdf(person=graduate.reference, at=AT, by=NIGHTLY)
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    assert pdf == again
    # Out of a page from right to left the characters are read back in the order in which they stand.
    assert language == "ur" or (text.count("CRD-2023-") == 2 and "VI-2" in text)
    assert language != "en" or "Certificate supplement" in text


def test_what_is_not_in_force_or_not_for_the_reader_is_left_out(graduate):
    mine = make_actor("learner", ("person", graduate.pk))
    assert len(queries.list_in_force(person=graduate.reference, by=mine)) == 2
    for by in (VISITOR, make_actor("trainer")):
        with pytest.raises(NotFound):
            queries.transcript_of(person=graduate.reference, at=AT, by=by)
    for each in Credential.objects.all():
        actions.revoke_credential(credential=each, on=AT.date(), at=AT, by=NIGHTLY, why=Why.MISCONDUCT, dry_run=False)
    with pytest.raises(NotFound, match="no certificate in force"):
        queries.transcript_of(person=graduate.reference, at=AT, by=NIGHTLY)


def test_a_merged_records_certificates_stand_in_the_transcript_of_the_record_that_stays(graduate):
    other = make_credential("COH-2023-043")
    merged = other.enrolment.person
    if merged.pk != graduate.pk:
        merged.merged_into, merged.merged_at = graduate, AT
        merged.save()
    references = {each.reference for each in queries.list_in_force(person=graduate.reference, by=NIGHTLY)}
    assert other.reference in references and len(references) == 3


def test_the_supplement_carries_every_signed_credential_and_who_signed_for_the_issuer():
    cohort = make_assessed_cohort(learners=1)
    chongqing = Organisation.objects.get(reference="chongqing")
    draft = LayoutDraft(organisation=chongqing, signatories=(Signatory("陈美", {"en": "President"}),))
    actions.set_layout(draft=draft, at=SIGNED_AT, by=NIGHTLY)
    award(cohort)
    credential = Credential.objects.get()
    pdf = queries.transcript_pdf(person=credential.enrolment.person.reference, at=SIGNED_AT, by=NIGHTLY)
    with pikepdf.open(BytesIO(pdf)) as opened:
        attached = {name: each.get_file().read_bytes() for name, each in opened.attachments.items()}
        assert attached == {f"{credential.reference}.json": credential.document.encode()}
        metadata = opened.Root.Metadata.read_bytes().decode()
        assert "<pdfaid:part>3" in metadata and "<pdfuaid:part>1" in metadata
    assert "陈美 · President" in pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()


def test_what_it_stands_for_is_told_in_each_language_in_which_it_was_signed():
    cohort = make_assessed_cohort(learners=1)
    cohort.curriculum_version.titles.create(language="zh-Hans", text="车辆检测", text_state="reviewed")
    award(cohort)
    person = Credential.objects.get().enrolment.person.reference
    xml = queries.transcript_elmo(person=person, at=AT, by=NIGHTLY).decode()
    elmo_schema().validate(xml)
    found = xmlschema.XMLResource(xml).root.findall(".//e:description", ELMO)
    told = {each.get("{http://www.w3.org/XML/1998/namespace}lang"): each.text for each in found}
    assert set(told) == {"en", "zh-Hans"} and "全部必修单元合格" in told["zh-Hans"]
    with translation.override("zh-hans"):
        pdf = queries.transcript_pdf(person=person, at=AT, by=NIGHTLY)
    assert "全部必修单元合格" in pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().replace("\r\n", "")
