"""The `kudelma` command: one sentence for a wrong setting, Django's commands for the rest."""

import os
import sys

from kudelma.configuration import Misconfigured, make_master_key, read


def main() -> None:
    # Before any file is made: databases, keys and letters are for the owner alone.
    os.umask(0o077)
    arguments = sys.argv[1:]
    try:
        # `serve` makes no key: one that has vanished must be missed, not replaced by one that opens nothing.
        if arguments and arguments[0] in {"migrate", "demo"}:
            make_master_key(read(os.environ))
        run(arguments)
    except Misconfigured as wrong:
        sys.exit(f"kudelma: {wrong}")


def run(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kudelma.settings")
    from django.core.management import ManagementUtility

    from kudelma.core.catalogues import compile_catalogues

    # Before Django starts, which reads the catalogues once and keeps what it read.
    compile_catalogues()
    command, *rest = arguments or ["help"]
    ManagementUtility(["kudelma", command.replace("-", "_") if command[0] != "-" else command, *rest]).execute()


if __name__ == "__main__":
    main()
