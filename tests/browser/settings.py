"""The product's settings as its server reads them, with a hash of passwords that is quick: twenty accounts are made for each run."""

from corridor.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
