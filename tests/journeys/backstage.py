"""A process beside a server, with its databases, keys and clock: runs scripts, one after the other.

Django takes a second or two to begin. Here it has begun once for all scripts of a journey's server, and a script gives
its answer by the name `answer`. Nothing of one script is left for the next: neither a name nor an opened matter.
"""

import json
import os
import subprocess
import sys
import traceback
from typing import Any, TextIO


class Backstage:
    """The other side: sends a script over, and waits for what comes of it."""

    def __init__(self, environment: dict[str, str]) -> None:
        path = os.pathsep.join([*filter(None, [environment.get("PYTHONPATH")]), *sys.path])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "journeys.backstage"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=environment | {"DJANGO_SETTINGS_MODULE": "kudelma.settings", "PYTHONPATH": path},
        )  # fmt: skip

    def run(self, script: str, /, **names: Any) -> Any:
        """What `script` calls `answer`, given these names. Raises AssertionError with the traceback when it breaks."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"script": script, "names": names}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the process behind the stage has ended"
        came = json.loads(line)
        assert "broke" not in came, came["broke"]
        return came["answer"]

    def end(self) -> None:
        self.process.communicate()  # it ends when nothing can be asked any more
        assert self.process.returncode == 0


def serve(asked: TextIO, answers: TextIO) -> None:
    """Run each script that is asked for, a line each, and answer by a line."""
    for line in asked:
        print(json.dumps(_run(**json.loads(line))), file=answers, flush=True)


def _run(script: str, names: dict[str, Any]) -> dict[str, Any]:
    from kudelma.trust import vault

    vault.close_all()
    space: dict[str, Any] = {"answer": None, **names}
    try:
        exec(compile(script, "<script>", "exec"), space)  # noqa: S102  the journey's own script
    except Exception:
        return {"broke": traceback.format_exc()}
    return {"answer": space["answer"]}


if __name__ == "__main__":
    import django

    django.setup()
    answers, sys.stdout = sys.stdout, sys.stderr  # what a script prints is no answer
    serve(sys.stdin, answers)
