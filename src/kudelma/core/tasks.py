"""Background jobs that leave nothing about a person behind when they fail."""

import functools
import logging
from collections.abc import Callable
from typing import Any

logger = logging.getLogger("kudelma")


class JobFailed(Exception):
    """What the queue keeps of a failure: its class. The words of the error stay out of the database."""


def quiet(job: Callable[..., None]) -> Callable[..., None]:
    """Log where a job broke, and give the queue nothing but the kind of error."""

    @functools.wraps(job)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            job(*args, **kwargs)
        except Exception as error:
            logger.exception("job %s failed", job.__name__)
            # From None: the queue keeps the traceback as well, and with it the words of what lay behind.
            raise JobFailed(type(error).__name__) from None

    return run
