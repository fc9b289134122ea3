"""How an operation is sent: by which outbox, as its how manieth, and in which way of speaking."""

from dataclasses import dataclass
from uuid import UUID

PROTOCOL = 1
"""How pages speak of operations now. It grows when the meaning of what they send changes."""
SPOKEN = frozenset({PROTOCOL})
"""What the server still takes: a page may have been open since before an update."""


@dataclass(frozen=True)
class Device:
    """An outbox, and how many operations it has sent with this one: the first is number 1."""

    id: UUID
    number: int
    protocol: int = PROTOCOL


@dataclass(frozen=True)
class Sent:
    """How a press reached us. device: None for a form without a script."""

    idempotency_key: UUID
    device: Device | None = None
