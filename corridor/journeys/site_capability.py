"""What may be assessed at a site on a day, of all that is taught there: by its programmes, and in the cohorts that the reader may see."""

from datetime import date

from corridor.foundations.access import Actor
from corridor.rooms.assessment import queries as assessment
from corridor.rooms.assessment.capability import Capability
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.sites.models import Site
from corridor.rooms.training import queries as training


def capability_of_site(*, site: Site, on: date, by: Actor) -> list[Capability]:
    held = programmes.list_programmes(by=by, on=on, site=site.reference)
    versions = {each.curriculum_version_id for each in held if each.curriculum_version_id}
    versions |= {each.curriculum_version_id for each in training.list_cohorts(by=by, site=site.pk)}
    return assessment.capability_at(site=site, versions=versions, on=on, by=by)
