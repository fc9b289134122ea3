"""One style sheet from many files: `core/styles/*.css` in the order of their names, joined as kudelma.css."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

PARTS = Path(__file__).parent / "styles"
JOINED = "kudelma.css"
# Which layer wins is said once, before the first file: files are joined by name, not by weight.
LAYERS = "@layer reset, tokens, base, layout, components, utilities, print;\n"


def joined() -> str:
    return LAYERS + "".join(part.read_text() for part in sorted(PARTS.glob("*.css")))


class JoinedStyles(BaseFinder):
    """Offers the joined style sheet to `collectstatic`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(settings.STATIC_ROOT.parent / "styles")

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != JOINED:
            return []
        written = str(self._written())
        return [written] if find_all else written

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        self._written()
        yield JOINED, self.storage

    def _written(self) -> Path:
        file = Path(self.storage.path(JOINED))
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_text() != joined():
            file.write_text(joined())
        return file
