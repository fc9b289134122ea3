"""Collect, join, hash and compress the static files once after each change of the package."""

import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from kudelma.core.styles import PARTS


def prepare_static() -> None:
    """Bring STATIC_ROOT up to date; costs milliseconds when nothing has changed."""
    stamp = settings.STATIC_ROOT.parent / "static.stamp"
    now = _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    # Written last: what was cut off is collected again at the next start.
    stamp.write_text(now)


def _fingerprint() -> str:
    folders = [Path(app.path) / "static" for app in apps.get_app_configs()] + [PARTS]
    files = sorted(file for folder in folders if folder.is_dir() for file in folder.rglob("*") if file.is_file())
    listing = "\n".join(f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in files)
    return hashlib.sha256(listing.encode()).hexdigest()
