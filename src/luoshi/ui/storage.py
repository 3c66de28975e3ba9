"""Static files under names that carry their hash, compressed once: a second visit asks for none of them."""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What third-party packages bring and no page of ours uses.
UNUSED = ["rest_framework", "admin", "django_filters", "htmx-4*", "htmax-4*", "htmx-2.js", "ext", "django-htmx.js"]


SCRIPTS = ("django_htmx/htmx-2.min.js", "luoshi.js")  # in the order in which they run
JOINED = "page.js"  # both as one file, so that a first visit waits for one answer less


class Kept(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Where nothing was collected (tests, a development server), the plain name serves."""

    def stored_name(self, name: str) -> str:
        kept: str | None = self.hashed_files.get(self.hash_key(self.clean_name(name)))
        return kept or name

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Joins the scripts before names get their hashes."""
        if not dry_run and all(name in paths for name in SCRIPTS):
            texts = []
            for name in SCRIPTS:
                home, path = paths[name]
                with home.open(path) as file:
                    texts.append(file.read())
            self.delete(JOINED)
            self.save(JOINED, ContentFile(b";\n".join(texts)))
            paths[JOINED] = (self, JOINED)
        yield from super().post_process(paths, dry_run, **options)

    def joined(self) -> bool:
        """Whether the one file stands: only where static files were collected."""
        return self.hash_key(JOINED) in self.hashed_files
