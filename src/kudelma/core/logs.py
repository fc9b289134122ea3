"""Log lines that hold ids and never a person: no exception messages, no addresses with tokens in them."""

import logging
import traceback


class NoPersons(logging.Formatter):
    """One line a record. Of an exception: its class and where it rose, not what it said."""

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if request is not None:
            message = f"{getattr(record, 'status_code', '')} {request.method} {route(request)}"
            message += f" reference {request.reference}" if hasattr(request, "reference") else ""
        else:
            message = record.getMessage()
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {message}"
        if record.exc_info and record.exc_info[0]:
            line += f" | {_chain(record.exc_info[1])}"
        return line


def route(request: object) -> str:
    """The pattern that answered, such as `matters/<uuid:pk>/`: never what stood in its place."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "(no route)"


def _chain(error: BaseException | None) -> str:
    parts = []
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)[-6:]
        where = " < ".join(f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno}" for frame in reversed(frames))
        # Never what it said: a database quotes in its errors the words that it refused.
        parts.append(f"{type(error).__name__} at {where}")
        error = error.__cause__ or error.__context__
    return " from ".join(parts)
