"""mypy over the product, with settings of its own: a demo in a folder that is taken away afterwards."""

import os
import subprocess
import sys
import tempfile

from kudelma.configuration import make_master_key, read


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="kudelma-types-") as home:
        settings = {"KUDELMA_DEMO": "1", "KUDELMA_DATA": home}
        make_master_key(read(settings))
        clean = {name: value for name, value in os.environ.items() if not name.startswith("KUDELMA_")}
        told = subprocess.run([sys.executable, "-m", "mypy", "src/kudelma"], env=clean | settings, check=False)
        return told.returncode


if __name__ == "__main__":
    sys.exit(main())
