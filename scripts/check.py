"""What must hold before a commit: style, imports, types, Django's checks, migrations, docs, catalogue."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
ENVIRONMENT = {**os.environ, "DJANGO_SETTINGS_MODULE": "luoshi.config.settings", "PYTHONPATH": "src",
               "LUOSHI_DATA": str(ROOT / "build" / "check"), "LUOSHI_SECRET": "checks only"}
STEPS = [
    ("ruff", [BIN / "ruff", "check", "."]),
    ("imports", [BIN / "lint-imports", "--no-logo"]),
    ("types", [BIN / "mypy"]),
    ("django", [sys.executable, "-m", "django", "check", "--fail-level", "WARNING"]),
    ("migrations", [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"]),
    ("map", [sys.executable, "-m", "django", "map", "--check"]),
    ("catalogue", [sys.executable, "scripts/messages.py", "check"]),
]


def main() -> int:
    failed = []
    for name, command in STEPS:
        done = subprocess.run([str(word) for word in command], cwd=ROOT, env=ENVIRONMENT, check=False,
                              capture_output=True, text=True)
        print(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'}", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout[-6000:], done.stderr[-3000:])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
