"""Giving a turn, as the one who leads presses it."""

from uuid import uuid4

from kudelma.board import actions as boards


def turn(cast, member, question=0, idempotency_key=None):
    boards.give_turn(
        cast.board,
        cast.voices[member.pk],
        cast.questions[question],
        idempotency_key=idempotency_key or uuid4(),
        by=cast.lead,
        at=cast.at(),
    )
