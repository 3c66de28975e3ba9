"""The product's settings with the peers' pages beside it, on a database of the benchmark's own."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("LUOSHI_DATA", tempfile.mkdtemp(prefix="luoshi-bench-"))
os.environ.setdefault("LUOSHI_SECRET", "benchmark only")

from luoshi.config.settings import *  # noqa: E402, F403
from luoshi.config.settings import INSTALLED_APPS, TEMPLATES  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "django_tables2", "import_export"]
TEMPLATES = [TEMPLATES[0], {
    "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
    "DIRS": [Path(__file__).parent / "templates"],
    "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
}]
ROOT_URLCONF = "bench.urls"
