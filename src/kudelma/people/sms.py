"""Text messages: a command of the installation's own, or the demo's letterbox."""

import shlex
import subprocess

from django.conf import settings

TIMEOUT_SECONDS = 30


class NotSent(Exception):
    """The command failed, or there is no way to send. The message is told as refused."""


def is_possible() -> bool:
    return bool(settings.DEMO or settings.CONFIGURATION.sms_command)


def send(number: str, text: str) -> None:
    """Hand `text` to the command on standard input, the number as its last argument. Raises NotSent."""
    if not number:
        raise NotSent("no number")
    if settings.DEMO:
        from kudelma.core.signals import sms_in_demo

        sms_in_demo.send(sender=None, number=number, text=text)
        return
    command = shlex.split(settings.CONFIGURATION.sms_command)
    if not command:
        raise NotSent("no command")
    try:
        subprocess.run(  # noqa: S603  the command is the installation's own setting
            [*command, number], input=text.encode(), check=True, timeout=TIMEOUT_SECONDS, capture_output=True
        )
    except (OSError, subprocess.SubprocessError):
        raise NotSent("the command failed") from None
