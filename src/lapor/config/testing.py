"""Settings for the tests: a cluster of their own, cheap hashing, plain static files."""

import os

from lapor.kernel import state

# Before the settings are read, so that tests never touch the demo's data, secrets or files.
os.environ.setdefault("LAPOR_STATE", str(state.folder() / "test"))

from lapor.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECOND_FACTOR = False  # the tests of signing in switch it on; all others begin behind it
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # tests collect no static files
