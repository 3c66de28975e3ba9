"""The benchmark's settings with a stock Django admin beside the product, on a database of the benchmark's own."""

from bench.settings import *  # noqa: F403
from bench.settings import INSTALLED_APPS, TEMPLATES

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
TEMPLATES = [TEMPLATES[0], {**TEMPLATES[1], "OPTIONS": {"context_processors": [
    "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages"]}}]
ROOT_URLCONF = "bench.finding_urls"
