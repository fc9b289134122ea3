"""Figures that the product is held to, each printed in one line. What the tests help themselves with helps here too."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "tests"))
