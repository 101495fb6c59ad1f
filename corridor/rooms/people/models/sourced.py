"""What other systems call a person."""

from django.db import models

from corridor.kernel.identifiers import new_id

from .persons import Person


class SourcedId(models.Model):
    """
    The identifier that another system gives to a person (the ``sourcedId`` of OneRoster), so that what it sends next finds the same record.

    ``source`` is that system, as it calls itself. The same value may mean other people elsewhere.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sourced_ids")
    source = models.CharField(max_length=150)
    value = models.CharField(max_length=255)

    class Meta:
        ordering = ["source", "value"]
        constraints = [models.UniqueConstraint(fields=["source", "value"], name="people_sourcedid_of_one_alone")]

    def __str__(self) -> str:
        return f"{self.source}: {self.value}"
