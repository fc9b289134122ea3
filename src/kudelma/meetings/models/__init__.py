"""A meeting: its time and answers, invitations, who was there, and the board of voices and questions."""

from kudelma.meetings.models.invitation import ByHand, Change, Coming, Invitation, Postponement, WishToStop
from kudelma.meetings.models.meeting import Attendance, Meeting, Sitting
from kudelma.meetings.models.time import CAN, OF_A_TIME, OF_COMING, Answer, Call, Reminder, TimeOption, Value

__all__ = [
    "CAN",
    "OF_A_TIME",
    "OF_COMING",
    "Answer",
    "Attendance",
    "ByHand",
    "Call",
    "Change",
    "Coming",
    "Invitation",
    "Meeting",
    "Postponement",
    "Reminder",
    "Sitting",
    "TimeOption",
    "Value",
    "WishToStop",
]  # fmt: skip
