"""What a machine was answered when it made something, kept for a while: sent again under the same key, it is answered the same."""

from django.conf import settings
from django.db import models

from corridor.kernel.identifiers import new_id


class KeptAnswer(models.Model):
    """One answer to one account under a key of its own choice. Only a fingerprint of what was sent is kept, and the answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    sent = models.CharField(max_length=64)
    answer = models.TextField()
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="repeats_key_once_of_an_account")]
