"""What happens to a picture when it arrives: what it gives away is taken out, and its sizes are made."""

from functools import partial
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.signals import post_save, pre_save
from django.utils.module_loading import import_string

from network_site.base.models import NetworkImage
from network_site.base.pictures import all_specs

# Django 6 has tasks of its own; Django 5.2 has them from the package Wagtail brings.
task: Any = import_string("django.tasks.task" if find_spec("django.tasks") else "django_tasks.task")
# A photograph says where it was taken, when, with what and by whom.
TELLTALE = ("exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment")
ORIENTATION = 0x0112
QUALITY = 92
SHAPE = frozenset({"file", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"})


def watch() -> None:
    """Connect the receivers; once, when the apps are ready."""
    pre_save.connect(clean_upload, sender=NetworkImage, dispatch_uid="base.uploads")
    post_save.connect(ask_for_sizes, sender=NetworkImage, dispatch_uid="base.uploads")


def without_traces(file: Any) -> Any:
    """The same picture, upright, without the place, time and maker a camera wrote into it.

    A file without such notes and one that is no raster picture come back as they are.
    """
    from PIL import Image, UnidentifiedImageError  # slow to import

    try:
        with Image.open(file) as photograph:
            if not any(name in photograph.info for name in TELLTALE):
                return file
            return ContentFile(_written_again(photograph), name=file.name)
    except UnidentifiedImageError:
        return file
    finally:
        file.seek(0)


def _written_again(photograph: Any) -> bytes:
    """Pixels and colour profile alone; a JPEG that already stands upright keeps the quality it has."""
    from PIL import ImageOps

    kind = "JPEG" if photograph.format == "MPO" else photograph.format
    turned = photograph.getexif().get(ORIENTATION, 1) != 1
    pixels = ImageOps.exif_transpose(photograph) if turned else photograph
    profile = photograph.info.get("icc_profile")
    for name in TELLTALE:
        pixels.info.pop(name, None)
    silent: dict[str, Any] = {"icc_profile": profile, "exif": b"", "xmp": b"", "comment": b""}
    if getattr(photograph, "is_animated", False):
        silent["save_all"] = True
    out = BytesIO()
    kept = photograph.format == "JPEG" and not turned
    pixels.save(out, kind, quality="keep" if kept else QUALITY, **silent)
    return out.getvalue()


def clean_upload(sender: type[NetworkImage], instance: NetworkImage, **kwargs: Any) -> None:
    """Before a picture is stored for the first time."""
    if instance.file and not instance.file._committed:
        instance.file.open()
        clean = without_traces(instance.file.file)
        if clean is not instance.file.file:
            instance.file = clean
            instance.file_size = clean.size


def ask_for_sizes(
    sender: type[NetworkImage],
    instance: NetworkImage,
    *,
    update_fields: frozenset[str] | None = None,
    raw: bool = False,
    **kwargs: Any,
) -> None:
    """After a picture was stored or its focal point moved; sizes that exist are not made again."""
    if not raw and (update_fields is None or SHAPE & update_fields):
        transaction.on_commit(partial(_queue, instance.pk))


def _queue(pk: int) -> None:
    make_sizes.enqueue(pk)


@task(backend="db")
def make_sizes(pk: int) -> int:
    """Make what is missing of a picture's sizes, so that no visitor waits for it; returns how many there are.

    Where the worker is down, the first visitor's page makes what it shows.
    """
    image = NetworkImage.objects.filter(pk=pk).first()
    specs = all_specs(image) if image else []
    return len(image.get_renditions(*specs)) if image and specs else 0
