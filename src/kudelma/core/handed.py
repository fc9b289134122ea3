"""Handed up: what a room above calls without knowing which room below wrote it.

The place stands above all who fill it, and says in its type what is handed up. A room below fills it when it starts,
as a decorator or a plain call: `@region_made`, `KEYRING(Vault())`. Whoever calls asks for `only` one, or goes through
all in the order in which the rooms start.
"""

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

Piece = TypeVar("Piece")


class HandedUp(Generic[Piece]):
    def __init__(self) -> None:
        self._pieces: list[Piece] = []

    def __call__(self, piece: Piece) -> Piece:
        self._pieces.append(piece)
        return piece

    def __iter__(self) -> Iterator[Piece]:
        return iter(self._pieces)

    def tell(self, *news: Any) -> None:
        """Call each with the same; what one raises stops those after it."""
        for piece in self:
            piece(*news)  # type: ignore[operator]

    def __bool__(self) -> bool:
        return bool(self._pieces)

    @property
    def only(self) -> Piece:
        """Raises ValueError when none is there, or more than one."""
        (piece,) = self._pieces
        return piece
