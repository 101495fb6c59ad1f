"""By what numbers public registers know an organisation."""

from django.db import models

from corridor.kernel.identifiers import new_id

from .organisations import Organisation


class OrganisationIdentifier(models.Model):
    """One number of an organisation in a public register. ``scheme`` is a code of identifiers.py; the value is in that scheme's one spelling."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=20)
    # Whose register it is, where the scheme alone does not tell (a ministry's own numbers).
    register = models.CharField(max_length=120, blank=True)
    value = models.CharField(max_length=80)

    class Meta:
        ordering = ["scheme", "register", "value"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "register", "value"], name="members_identifier_of_one_alone"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class RorRecord(models.Model):
    """One record of the Research Organization Registry, as its file was read in. Only there to be found and attached."""

    ror = models.CharField(primary_key=True, max_length=9)
    country = models.CharField(max_length=2)
    city = models.CharField(max_length=120, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.ror

    @property
    def address(self) -> str:
        """Its page in the registry."""
        return f"https://ror.org/{self.ror}"


class RorName(models.Model):
    record = models.ForeignKey(RorRecord, on_delete=models.PROTECT, related_name="names")
    language = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=400)


class RorKey(models.Model):
    """What a record is found by: a key of foundations/likeness/blocks.py, which names in other scripts and spellings share."""

    record = models.ForeignKey(RorRecord, on_delete=models.PROTECT, related_name="keys")
    key = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["key"])]
