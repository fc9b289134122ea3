"""What became of a message when its turn came: by which way it goes, that it has left, or why it has not."""

from datetime import datetime

from kudelma.people.models import Message


def goes_by(message: Message, way: str) -> None:
    """Kept before it leaves, so that whoever takes the message back sees that it is too late."""
    Message.objects.filter(pk=message.pk).update(way=way)


def has_left(message: Message, *, at: datetime) -> None:
    """It is with the next server; an earlier refusal counts no more."""
    Message.objects.filter(pk=message.pk).update(sent_at=at, refused_at=None, trouble="")


def was_refused(message: Message, *, trouble: str, at: datetime) -> None:
    """The desk shows it to the coordinator until somebody has seen to it."""
    Message.objects.filter(pk=message.pk).update(refused_at=at, trouble=trouble)


def drop(message: Message) -> None:
    """There is nothing to say any more. One that has left stays told."""
    Message.objects.filter(pk=message.pk, sent_at=None).delete()
