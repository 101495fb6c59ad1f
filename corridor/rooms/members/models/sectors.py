"""What an organisation does, by the codes of a classification that the secretariat reads in."""

from django.db import models
from django.db.models import Q

from corridor.foundations.vocabularies.languages import choose
from corridor.kernel.identifiers import new_id

from .organisations import Organisation


class SectorCode(models.Model):
    """One code of a classification of economic activities ("isic-4", "8522"). The product holds none of its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    scheme = models.CharField(max_length=20)
    code = models.CharField(max_length=12)

    class Meta:
        ordering = ["scheme", "code"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="members_sectorcode_once")]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.code}"

    def titled(self, language: str) -> tuple[str, str]:
        """Its title for a reader of that language, and the language it is in; ("", "") where it has none. Prefetch ``titles``."""
        return choose({each.language: each.text for each in self.titles.all()}, language)


class SectorTitle(models.Model):
    sector = models.ForeignKey(SectorCode, on_delete=models.PROTECT, related_name="titles")
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sector", "language"], name="members_sectortitle_once")]


class OrganisationSector(models.Model):
    """One of the things that an organisation does; one of them is its main one."""

    class Weight(models.TextChoices):
        MAIN = "main", "main"
        ALSO = "also", "also"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sectors")
    sector = models.ForeignKey(SectorCode, on_delete=models.PROTECT, related_name="+")
    weight = models.CharField(max_length=4, choices=Weight, default=Weight.ALSO)

    class Meta:
        ordering = ["-weight", "sector__code"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sector"], name="members_organisationsector_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(weight="main"), name="members_organisationsector_one_main"
            ),
        ]
