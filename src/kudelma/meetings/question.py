"""What one person is asked about times, and what they have answered. Two queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kudelma.meetings.models import OF_A_TIME, OF_COMING, Answer, Meeting, TimeOption, Value
from kudelma.meetings.timing import is_family
from kudelma.members.models import Member


@dataclass(frozen=True)
class Question:
    """options: the open times that are asked of this one. given: {option, or None about coming: value}."""

    options: list[TimeOption]
    given: dict[UUID | None, str]

    @property
    def coming(self) -> str:
        return self.given.get(None, "")

    @property
    def waits_for_call(self) -> bool:
        return self.coming in OF_COMING

    @property
    def unanswered(self) -> list[TimeOption]:
        return [] if self.coming else [option for option in self.options if option.pk not in self.given]

    @property
    def answered(self) -> list[dict[str, Any]]:
        """What has been answered about the open times, in words."""
        return [
            {"option": option, "value": Value(self.given[option.pk]).label}
            for option in self.options
            if option.pk in self.given
        ]

    @property
    def is_asked(self) -> bool:
        return bool(self.unanswered)

    @property
    def is_answered(self) -> bool:
        return bool(self.coming or self.answered) and not self.unanswered

    @property
    def times(self) -> list[dict[str, Any]]:
        """Each time with its buttons."""
        return [self._with_buttons(option) for option in self.options]

    @property
    def next_time(self) -> list[dict[str, Any]]:
        """The first time that is not answered, as a list of one."""
        return [self._with_buttons(option) for option in self.unanswered[:1]]

    @property
    def buttons_of_coming(self) -> list[tuple[str, Any]]:
        return [(value.value, value.label) for value in OF_COMING]

    @property
    def now(self) -> dict[UUID, str]:
        return {pk: value for pk, value in self.given.items() if pk is not None}

    def _with_buttons(self, option: TimeOption) -> dict[str, Any]:
        return {
            "option": option,
            "now": self.given.get(option.pk),
            "buttons": [(f"{option.pk}:{value}", Value(value).label, value) for value in OF_A_TIME],
        }


def question(meeting: Meeting, member: Member, at: datetime, *, all_open: bool = False) -> Question:
    """What `member` is asked now. all_open: also what is not asked of them yet, for a call."""
    options = list(TimeOption.objects.filter(meeting=meeting).open(at))
    if not all_open:
        options = [option for option in options if member.answers_times and (option.for_everybody or is_family(member))]
    given = {answer.option_id: answer.value for answer in Answer.objects.filter(meeting=meeting, member=member)}
    return Question(options, given)
