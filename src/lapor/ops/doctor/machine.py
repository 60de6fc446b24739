"""What the machine and the installed files need."""

import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from lapor.kernel import state
from lapor.ops.doctor import Finding, ill, well
from lapor.ops.front_end import missing_bundles

_LEAST_SPACE = 1024**3  # bytes; PostgreSQL stops when the disk is full
_LEAST_SHARE = 0.05


def examine() -> Iterator[Finding]:
    """Look at Python, the disk, the built front end and the translations."""
    yield well("python", _("Python %(version)s") % {"version": platform.python_version()})
    yield _space(state.folder())
    yield _front_end()
    yield _translations()


def _space(folder: Path) -> Finding:
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    usage = shutil.disk_usage(existing)
    seen = _("%(free).1f GB free where %(folder)s is") % {"free": usage.free / 1024**3, "folder": folder}
    if usage.free < max(_LEAST_SPACE, usage.total * _LEAST_SHARE):
        return ill("disk", seen, _("Make room before the disk is full: then nothing can be received any more."))
    return well("disk", seen)


def _front_end() -> Finding:
    if missing := missing_bundles():
        seen = _("The pages' styles are not built: %(files)s") % {"files": ", ".join(missing)}
        return ill("front_end", seen, _("Run: make setup"))
    return well("front_end", _("The pages' styles and scripts are built"))


def _translations() -> Finding:
    folder = Path(settings.LOCALE_PATHS[0]) / "id" / "LC_MESSAGES"
    if not (folder / "django.mo").exists():
        return ill("translations", _("The Indonesian texts are not compiled"), _("Run: make setup"))
    return well("translations", _("The Indonesian texts are compiled"))
