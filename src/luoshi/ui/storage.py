"""Static files under names that carry their hash, compressed once: a second visit asks for none of them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

# What third-party packages bring and no page of ours uses.
UNUSED = ["rest_framework", "admin", "django_filters", "htmx-4*", "htmax-4*", "htmx-2.js", "ext", "django-htmx.js"]


class Kept(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Where nothing was collected (tests, a development server), the plain name serves."""

    def stored_name(self, name: str) -> str:
        kept: str | None = self.hashed_files.get(self.hash_key(self.clean_name(name)))
        return kept or name
