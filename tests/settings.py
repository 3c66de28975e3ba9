"""Settings of the tests: one fixed day, fast hashing, work done at once; PostgreSQL where the environment names one."""

import os
import tempfile
from datetime import date
from pathlib import Path

SCRATCH = Path(tempfile.mkdtemp(prefix="luoshi-tests-"))
os.environ.setdefault("LUOSHI_DATA", str(SCRATCH))
os.environ.setdefault("LUOSHI_SECRET", "tests only")

from luoshi.config.settings import *  # noqa: E402, F403
from luoshi.config.settings import DATABASES, MIDDLEWARE  # noqa: E402

LUOSHI_TODAY = date(2026, 11, 23)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STATIC_ROOT = SCRATCH / "static"
MEDIA_ROOT = SCRATCH / "files"
MIDDLEWARE = [m for m in MIDDLEWARE if "whitenoise" not in m]
DEMO = True
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"] = {}
else:
    # A file, as in real life: in memory all threads of a live server would share one connection and one transaction.
    DATABASES["default"]["TEST"] = {"NAME": SCRATCH / "test.sqlite3"}
