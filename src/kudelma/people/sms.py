"""Text messages: a command of the installation's own, or the demo's letterbox."""

import shlex
import subprocess

from django.conf import settings

from kudelma.core.news import sms_in_demo

TIMEOUT_SECONDS = 30


class NotSent(Exception):
    """The command failed, or there is no way to send. The message is told as refused."""


# Any other character leaves room for 70 in a message instead of 160.
GSM = frozenset(
    "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""Characters of which 160 fit into one text message (3GPP TS 23.038, the basic table)."""
MOST = 160


def in_gsm(text: str) -> str:
    """`text` with its dashes and spaces as a telephone writes them."""
    return text.replace("–", "-").replace("\u00a0", " ").replace("’", "'")


def is_possible() -> bool:
    return bool(settings.DEMO or settings.CONFIGURATION.sms_command)


def send(number: str, text: str) -> None:
    """Hand `text` to the command on standard input, the number as its last argument. Raises NotSent."""
    if not number:
        raise NotSent("no number")
    if settings.DEMO:
        sms_in_demo.tell(number, text)
        return
    # No shell: whatever stands in a number stays one argument.
    command = shlex.split(settings.CONFIGURATION.sms_command)
    if not command:
        raise NotSent("no command")
    try:
        subprocess.run(  # noqa: S603  the command is the installation's own setting
            [*command, number], input=text.encode(), check=True, timeout=TIMEOUT_SECONDS, capture_output=True
        )
    except (OSError, subprocess.SubprocessError):
        # Without its cause, in which the number stands: logs hold ids and no numbers.
        raise NotSent("the command failed") from None
