from django.db import models

from corridor.kernel.identifiers import new_id


class Visibility(models.TextChoices):
    PUBLIC = "public", "Public"
    RESTRICTED = "restricted", "Restricted"
    # It came with a record (an application, a request about one's own data): who may open that record's page opens it there, nobody elsewhere.
    WITH_RECORD = "with_record", "With its record"


class Document(models.Model):
    """A file kept as it came, with its fingerprint and who stands for it. The bytes never change; a new file is a new document."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=300)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    # Where the bytes stand in the store; the store is a setting.
    stored_as = models.CharField(max_length=200)
    # Who says that this is a true copy, by office (never a name), and on which day.
    attested_by = models.CharField(max_length=200, blank=True)
    attested_on = models.DateField(null=True)
    visibility = models.CharField(max_length=20, choices=Visibility, default=Visibility.RESTRICTED)
    # What it is (a word of whoever asked for it: "statutes", "photo") and the language it is written in (BCP 47), where that is known.
    kind = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=12, blank=True)
    # A later version points at the one before; that one stays as it was.
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="documents_document_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}"
