"""The benchmark's own installation: a temporary folder with the demo in it, loaded when first asked for."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


class Data:
    """home: what the helpers of the tests call so; the installation itself stands in `home/data`."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="kudelma-bench-"))
        self.is_loaded = False
        for name in [name for name in os.environ if name.startswith(("KUDELMA_", "DJANGO_"))]:
            del os.environ[name]
        os.environ["KUDELMA_DATA"] = str(self.home / "data")
        os.environ["KUDELMA_DEMO"] = "1"

    def settings(self) -> None:
        """Make Django ready in this process, with the product's own settings."""
        from kudelma.configuration import make_master_key, read
        from kudelma.core.catalogues import compile_catalogues

        make_master_key(read(os.environ))
        compile_catalogues()
        os.environ["DJANGO_SETTINGS_MODULE"] = "kudelma.settings"
        import django

        django.setup()

    def demo(self) -> None:
        """The databases with the demo in them, and Django ready to look into them."""
        if self.is_loaded:
            return
        subprocess.run([sys.executable, "-m", "kudelma", "demo"], check=True, stdout=subprocess.DEVNULL)
        self.settings()
        from kudelma.core.prepare import prepare_static

        prepare_static()
        self.is_loaded = True

    def remove(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)
