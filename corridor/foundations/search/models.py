"""What the one search box looks in: names in plain letters, and the pairs of letters that lead to them."""

from django.db import models


class Found(models.Model):
    """One form of a name of one thing. ``kind`` and ``key`` say which thing; the row holds nothing that its record does not."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    key = models.UUIDField()
    plain = models.CharField(max_length=300)

    class Meta:
        indexes = [
            models.Index(fields=["key"], name="search_found_of_a_thing"),
            models.Index(fields=["plain"], name="search_found_of_a_form"),
        ]
        constraints = [models.UniqueConstraint(fields=["kind", "key", "plain"], name="search_found_once")]


class Gram(models.Model):
    """Two letters that stand side by side in a form, or one letter of a script that writes words in one or two (Chinese, Hangul, kana)."""

    id = models.BigAutoField(primary_key=True)
    gram = models.CharField(max_length=2)
    found = models.ForeignKey(Found, on_delete=models.PROTECT, related_name="grams", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gram", "found"], name="search_gram_once")]
        indexes = [models.Index(fields=["found"], name="search_grams_of_a_form")]


class Followed(models.Model):
    """How far the index has followed the audit log; one row."""

    place = models.PositiveBigIntegerField(default=0)
