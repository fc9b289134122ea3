"""What was seen already in this run of the tests, by any of its processes."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path


class Claims:
    """One empty file for each thing, in a folder that the processes of one run share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known = set[str]()
        folder.mkdir(exist_ok=True)

    def hold_new(self, purpose: str, things: Iterable[str]) -> bool:
        """Whether at least one of `things` is asked about for that purpose for the first time: all of them are now."""
        names = {sha256(f"{purpose} {thing}".encode()).hexdigest() for thing in things} - self._known
        self._known |= names
        return sum(map(self._is_first, names)) > 0

    def _is_first(self, name: str) -> bool:
        """True once, whoever asks at the same moment."""
        try:
            (self._folder / name).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True
