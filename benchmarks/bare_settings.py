"""The product's settings without the product: what is left is the framework, the engine and the database."""

from pathlib import Path

import kudelma
from kudelma.settings import *  # noqa: F403

INSTALLED_APPS = [
    "kudelma.core",  # templates' tags, styles, the server's command
    "kudelma.live",  # the streams that stand beside the pages of every server
    "django_tasks",
    "django_tasks_db",  # the job worker that the command starts beside every server
    "template_partials",
    "django.contrib.staticfiles",
]
ROOMS: list[str] = []  # none hands anything up
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "benchmarks.bare"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(kudelma.__file__).parent / "desk" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["kudelma.core.templatetags.ui", "django.templatetags.i18n"],
            "context_processors": ["django.template.context_processors.request"],
        },
    }
]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder", *STATICFILES_FINDERS]  # noqa: F405
STATICFILES_DIRS = [Path(kudelma.__file__).parent / "circle" / "static"]  # every page names the drawing's modules
STATIC_ROOT = CONFIGURATION.data / "bare" / "static"  # noqa: F405
