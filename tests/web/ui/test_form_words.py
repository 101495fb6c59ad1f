"""What Django's forms say of a field stands in our catalogues, word for word."""

import pytest
from django import forms
from django.core import validators
from django.utils.translation import override

from corridor.web.form_words import FIELDS, LIMITS

USED = [
    forms.CharField,
    forms.IntegerField,
    forms.DecimalField,
    forms.DateField,
    forms.TimeField,
    forms.ChoiceField,
    forms.MultipleChoiceField,
    forms.BooleanField,
    forms.FileField,
]


@pytest.mark.parametrize("field", USED, ids=lambda field: field.__name__)
def test_every_sentence_of_the_fields_that_we_use_is_marked(field):
    with override("en"):
        said = {
            str(sentence)
            for kind in field.__mro__
            for name, sentence in getattr(kind, "default_error_messages", {}).items()
            if name != "max_length"
        }
        assert said - set(FIELDS) == set()


def test_every_sentence_of_the_limits_that_we_use_is_marked():
    with override("en"):
        said = {
            str(validators.MaxValueValidator.message),
            str(validators.MinValueValidator.message),
            str(validators.validate_slug.message),
            str(validators.ProhibitNullCharactersValidator.message),
            str(validators.validate_email.message),
        }
        assert said <= {sentence for sentence in LIMITS if isinstance(sentence, str)}
        for limit, sentence in zip(
            (validators.MaxLengthValidator, validators.MinLengthValidator), LIMITS[-2:], strict=True
        ):
            places = {"limit_value": 3, "show_value": 5}
            assert limit(3).message % places == sentence % places
