"""The coordinator's table of times and answers, and what stands against a time, as pages show them."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils import timezone

from kudelma.meetings.models import TimeOption, Value
from kudelma.meetings.timing import Reach, TimePoll, is_family
from kudelma.members.models import Member


def by_day(options: list[TimeOption]) -> list[dict[str, Any]]:
    """[{"day": …, "options": […]}]: the times of each day together, as days are in Finland."""

    def day(option: TimeOption) -> date:
        return timezone.localdate(option.starts_at)

    return [{"day": on, "options": list(of_day)} for on, of_day in groupby(options, key=day)]


def rows(timing: TimePoll) -> list[dict[str, Any]]:
    """A row for each person: what they said about each open time, and how far the question has come."""
    return [_row(timing, member) for member in timing.members]


def _row(timing: TimePoll, member: Member) -> dict[str, Any]:
    reach, wish, call = timing.reach(member), timing.answer(member, None), timing.calls.get(member.pk)
    reminder = timing.reminders.get(member.pk)
    return {
        "member": member,
        "is_family": is_family(member),
        "answers": reach not in {Reach.NOT_TO_ANSWER, Reach.NOT_AGREED},
        "reach": "" if reach == Reach.ASKED else reach.label,
        "cells": [{"option": option, "answer": timing.answer(member, option)} for option in timing.open],
        "coming": wish,
        "wishes_call": timing.wishes_call(member),
        "call": call,
        "reminded_at": reminder.at if reminder else None,
    }


@dataclass(frozen=True)
class Hindrances:
    """Whom a time does not suit, in groups, each with (who, why in words or empty). mark: changes with any of it."""

    cannot: list[tuple[Member, Any]]
    silent: list[tuple[Member, Any]]
    not_asked: list[tuple[Member, Any]]
    mark: UUID


def hindered(timing: TimePoll, option: TimeOption) -> Hindrances:
    hindrances = timing.hindrances(option)
    reasons = "".join(sorted(f"{member.pk}:{why.value if why else ''}" for member, why in hindrances))
    return Hindrances(
        cannot=[(member, "") for member, why in hindrances if why == Value.CANNOT],
        silent=[
            (member, why.label if why else "") for member, why in hindrances if why in {None, Value.CALL, Value.UNSURE}
        ],
        not_asked=[(member, why.label) for member, why in hindrances if isinstance(why, Reach)],
        mark=UUID(bytes=sha256(f"{option.pk}{reasons}".encode()).digest()[:16]),
    )
