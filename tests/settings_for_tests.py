"""The product's own settings, in a folder that the test run makes and takes away, with the demo off."""

import atexit
import os
import shutil
import tempfile

HOME = tempfile.mkdtemp(prefix="kudelma-tests-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ.setdefault("KUDELMA_SMTP_HOST", "127.0.0.1")
os.environ.update(
    KUDELMA_DATA=HOME,
    KUDELMA_BASE_URL="https://testserver",
    KUDELMA_MAIL_FROM="kudelma@example.org",
    KUDELMA_SMTP_TLS="none",
    KUDELMA_IDENTITY_ISSUER="http://127.0.0.1:9",
    KUDELMA_IDENTITY_CLIENT="tests",
    KUDELMA_IDENTITY_SECRET="tests",
)

from kudelma.configuration import make_master_key, read  # noqa: E402

make_master_key(read(os.environ))

from kudelma.core.catalogues import compile_catalogues  # noqa: E402

compile_catalogues()

from kudelma.settings import *  # noqa: E402, F403
from strict.names import Unprintable  # noqa: E402

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Unprintable("undefined")  # type: ignore[index]  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
for _database in DATABASES.values():  # noqa: F405
    _database["TEST"] = {"MIGRATE": False}  # tables straight from the models: core/test_shape.py looks at migrations
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
