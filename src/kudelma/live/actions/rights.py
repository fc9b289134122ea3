"""Saying that a right was taken away, so that whoever follows by it is asked anew."""

from uuid import UUID

from kudelma.live.models import Generation

GENERATIONS_KEPT = 10_000
"""Many more than are written while a server process does not look."""


def taken_away(*whose: UUID) -> None:
    """These may have lost a right, or its end has been set anew: all streams that hang on them are asked again.

    Call it inside the transaction that takes the right away.
    whose: seats, accounts, sessions or spaces. One too many costs a few queries; one too few leaves a stream open for
    up to ten minutes.
    """
    Generation.objects.bulk_create(Generation(whose=one) for one in whose)


def drop_old_generations() -> None:
    """Those that every process has met long ago."""
    newest = Generation.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    Generation.objects.filter(pk__lte=newest - GENERATIONS_KEPT).delete()
