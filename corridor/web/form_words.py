"""What Django's own forms say of a field, marked for our catalogues: Django speaks no Lao, and our words come before its own."""

from django.utils.translation import ngettext_lazy

from corridor.kernel.wording import N_

FIELDS = (
    N_("This field is required."),
    N_("Enter a valid value."),
    N_("Enter a whole number."),
    N_("Enter a number."),
    N_("Enter a valid date."),
    N_("Enter a valid time."),
    N_("Select a valid choice. %(value)s is not one of the available choices."),
    N_("Enter a list of values."),
    N_("No file was submitted. Check the encoding type on the form."),
    N_("No file was submitted."),
    N_("The submitted file is empty."),
    N_("Please either submit a file or check the clear checkbox, not both."),
)
LIMITS = (
    N_("Ensure this value is less than or equal to %(limit_value)s."),
    N_("Ensure this value is greater than or equal to %(limit_value)s."),
    N_("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    N_("Null characters are not allowed."),
    N_("Enter a valid email address."),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
)
