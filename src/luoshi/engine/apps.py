"""Finds the declarations when the server starts."""

import gc
from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

# A room that declares something is loaded for each folder that has it.
ROOMS = ("register", "reactions")


class EngineConfig(AppConfig):
    name = "luoshi.engine"
    verbose_name = _("引擎")

    def ready(self) -> None:
        from luoshi.ui import render

        from . import checks, chrome, indexing  # noqa: F401  checks registers itself

        for folder in folders():
            package = import_module(folder)
            for room in ROOMS:
                if module_has_submodule(package, room):
                    import_module(f"{folder}.{room}")
        # A pile of an import is many short-lived objects and hardly a circle: looking for circles after every 700 new
        # ones took a sixth of its time.
        gc.set_threshold(50_000, 20, 20)
        gc.freeze()  # what the start has loaded stays: it need not be looked through
        post_migrate.connect(indexing.ensure, sender=self)
        render.chrome[:] = [render.Chrome(chrome.key, chrome.values)]


def folders() -> list[str]:
    """The packages that declare registers: the plan, and each register switched on in the settings."""
    return ["luoshi.plan", *settings.REGISTERS]
