"""The command line's front door: reading a plan needs no database, so it starts without Django."""

import os
import sys


def main() -> int:
    """Exit status of the command named in sys.argv; 2 for a file that cannot be read."""
    if sys.argv[1:3] == ["plan", "read"]:
        from luoshi.plan.reading.cli import main as read

        return read(sys.argv[3:])
    if sys.argv[1:2] == ["demo"]:
        from luoshi.config.demo.run import main as demo

        return demo()
    if sys.argv[1:2] in (["serve"], ["admin"]):
        from luoshi.config import starting

        return starting.serve() if sys.argv[1] == "serve" else starting.admin(sys.argv[2:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
