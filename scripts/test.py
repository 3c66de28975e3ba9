"""Every test: on SQLite, then on PostgreSQL where its server is installed, then the browser flows where Chromium is.

What is missing is said in one line; LUOSHI_REQUIRE=postgresql,chromium makes it an error instead.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from postgres import binaries, server

ROOT = Path(__file__).resolve().parent.parent
REQUIRED = set(filter(None, os.environ.get("LUOSHI_REQUIRE", "").split(",")))
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest(title: str, *words: str, **environment: str) -> int:
    print(f"── {title}", flush=True)
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", *words], cwd=ROOT, check=False,
                          env={**os.environ, **environment})
    return done.returncode


def absent(name: str, what: str) -> int:
    """One line for what could not be tested here; a failure where it is required."""
    print(f"── {what} is not installed here: its tests were skipped", flush=True)
    return 1 if name in REQUIRED else 0


def main() -> int:
    subprocess.run([sys.executable, str(ROOT / "scripts" / "messages.py"), "compile"], check=True)
    workers = ["-n", str(min(os.cpu_count() or 1, 4))]
    failed = pytest("SQLite", *workers, "-m", "not browser")
    if folder := binaries():
        with server(folder) as address:
            failed |= pytest("PostgreSQL", *workers, "-m", "not browser and not pure", LUOSHI_DATABASE=address)
    else:
        failed |= absent("postgresql", "PostgreSQL")
    if any(shutil.which(name) for name in BROWSERS):
        failed |= pytest("Chromium", "-m", "browser")
    else:
        failed |= absent("chromium", "Chromium")
    return failed


if __name__ == "__main__":
    sys.exit(main())
