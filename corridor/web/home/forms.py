from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """A user name and a password. One sentence for every failure: it does not tell which accounts exist."""

    error_messages = {
        "invalid_login": _(
            "This user name and password do not fit together. Both tell capital letters from small ones."
        ),
        "inactive": _("This account is closed. The secretariat can open it again."),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["password"].label = _("Password")
