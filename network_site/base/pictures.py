"""How pictures are shown: one list of the sizes the house makes, and the `<picture>` of each of its uses."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from django.forms.utils import flatatt
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.shortcuts import get_renditions_or_not_found

# Best first; a browser takes the first it knows. The last one is what every browser knows.
FORMATS = ("avif", "webp", "jpeg")
COLUMN = "(min-width: 46rem) 42rem, calc(100vw - 2.5rem)"
HALF = "(min-width: 46rem) 20.5rem, calc(100vw - 2.5rem)"
NARROW = "(max-width: 35.99rem)"
CC_KINDS = frozenset({"BY", "BY-SA", "BY-ND", "BY-NC", "BY-NC-SA", "BY-NC-ND"})
CC_VERSIONS = frozenset({"2.0", "2.5", "3.0", "4.0"})


@dataclass(frozen=True)
class Use:
    """A place for pictures: in which widths they are made, in CSS pixels, and how wide CSS shows them there.

    `height` to a width of 1 crops round the focal point; 0 keeps the picture's own shape. `box` fits a picture into
    so many pixels without cropping, for logos.
    """

    widths: tuple[int, ...]
    sizes: str
    height: float = 0
    box: str = ""
    formats: tuple[str, ...] = FORMATS

    def operations(self, width: int, height: int) -> list[str]:
        """What is made of a picture of this size: no size is made twice, and none larger than the picture is."""
        if self.box:
            return [self.box]
        most = min(width, round(height / self.height)) if self.height else width
        return [self._operation(wanted) for wanted in self._up_to(most)]

    def _up_to(self, most: int) -> list[int]:
        """The widths below the picture's own, and the first that is not."""
        return [wide for wide in self.widths if wide < most] + [wide for wide in self.widths if wide >= most][:1]

    def _operation(self, wide: int) -> str:
        return f"fill-{wide}x{round(wide * self.height)}" if self.height else f"width-{wide}"

    def specs(self, width: int, height: int) -> list[str]:
        """The filter specifications for a picture of this size, format by format."""
        made = self.operations(width, height)
        return [f"format-{kind}|{operation}" for kind in self.formats for operation in made]


# Every size of every picture on the site; a chore makes them before anybody asks.
USES = {
    "column": Use((400, 800, 1200), COLUMN),
    "half": Use((400, 800), HALF),
    "narrow": Use((400, 800), COLUMN),
    "film": Use((640, 1280), COLUMN, height=9 / 16),
    "gallery": Use((400, 800), HALF, height=3 / 4),
    "portrait": Use((160, 320), "7rem", height=1),
    "face": Use((240, 480), "15rem", height=1),
    "logo": Use((), "", box="max-280x112", formats=("webp", "png")),
}


def all_specs(image: AbstractImage) -> list[str]:
    """Every size the house may ever show of this picture; none of a drawing, which has no size."""
    if image.is_svg():
        return []
    specs = (spec for use in USES.values() for spec in use.specs(image.width, image.height))
    return list(dict.fromkeys(specs))


@dataclass(frozen=True)
class SamplePicture:
    """A picture out of our own static files, to show editors a block before there is one in the library."""

    name: str
    width: int
    height: int
    description: str
    credit: str = ""
    licence: str = ""
    decorative: bool = False

    @cached_property
    def url(self) -> str:
        """Where it is."""
        return static(self.name)


Picture: TypeAlias = AbstractImage | SamplePicture


@dataclass(frozen=True)
class Shown:
    """How a picture is shown: `alt` of None means its own alternative, `is_first` that a reader sees it at once."""

    use: str
    alt: str | None = None
    is_first: bool = False
    css: str = ""
    narrow: AbstractImage | None = None

    def attributes(self, image: Picture) -> dict[str, str | int | bool]:
        """What the `<img>` says besides what it loads."""
        early = {"loading": "eager", "fetchpriority": "high"} if self.is_first else {"loading": "lazy"}
        named = {"class": self.css} if self.css else {}
        return {"alt": alternative(image) if self.alt is None else self.alt, **named, **early, "decoding": "async"}


def alternative(image: Picture) -> str:
    """What a listener hears instead: nothing for decoration, else what was written here or in the library."""
    if isinstance(image, SamplePicture):
        return image.description
    if image.decorative:
        return ""
    return str(image.contextual_alt_text or image.default_alt_text)


def decided_alternative(image: AbstractImage | None, own: str, *, is_decorative: bool) -> str:
    """What a listener hears of a picture in this place: an editor's `own` words for it, else the library's.

    Empty for decoration, where there is no picture, and where nobody has said yet what it shows.
    """
    return "" if image is None or is_decorative else str(own or image.description)


def is_undecided(image: AbstractImage | None, own: str, *, is_decorative: bool) -> bool:
    """Whether there is a picture of which nobody has said what it shows or that it is decoration."""
    return image is not None and not (is_decorative or decided_alternative(image, own, is_decorative=False))


def picture(image: Picture, shown: Shown) -> SafeString:
    """The picture as HTML, in three formats and several sizes, its own size written down so that nothing jumps.

    A drawing (SVG) is passed through in an `<img>`, where a browser runs nothing that may be inside it.
    """
    plain = isinstance(image, SamplePicture) or image.is_svg()
    if plain:
        return _plain(image, shown)
    use = USES[shown.use]
    sets = _sets(image, use)
    narrow = _sources(_sets(shown.narrow, USES["narrow"]), USES["narrow"], NARROW) if shown.narrow else ""
    *better, fallback = use.formats
    sources = _sources({kind: sets[kind] for kind in better}, use)
    return format_html("<picture>{}{}{}</picture>", narrow, sources, _img(image, sets[fallback], shown, use))


def _plain(image: Picture, shown: Shown) -> SafeString:
    """An `<img>` of the one file there is."""
    if isinstance(image, SamplePicture):
        size: dict[str, str | int | bool] = {"src": image.url, "width": image.width, "height": image.height}
    else:
        size = {"src": image.file.url}
    return format_html("<img{}>", flatatt({**size, **shown.attributes(image)}))


def _sets(image: AbstractImage, use: Use) -> dict[str, list[AbstractRendition]]:
    """The renditions by format, the narrowest first."""
    found = get_renditions_or_not_found(image, use.specs(image.width, image.height))
    return {
        kind: [rendition for spec, rendition in found.items() if spec.startswith(f"format-{kind}|")]
        for kind in use.formats
    }


def _srcset(renditions: Sequence[AbstractRendition]) -> str:
    if len(renditions) == 1:
        return str(renditions[0].url)
    return ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions)


def _sources(sets: dict[str, list[AbstractRendition]], use: Use, media: str = "") -> SafeString:
    """One `<source>` a format; with its own size where it takes another picture's place."""

    def attributes(kind: str, made: Sequence[AbstractRendition]) -> dict[str, str | int]:
        own: dict[str, str | int] = {"media": media, "width": made[-1].width, "height": made[-1].height}
        sizes = {"sizes": use.sizes} if use.sizes and len(made) > 1 else {}
        return {**(own if media else {}), "type": f"image/{kind}", "srcset": _srcset(made), **sizes}

    return format_html_join("", "<source{}>", ((flatatt(attributes(kind, made)),) for kind, made in sets.items()))


def _img(image: AbstractImage, made: Sequence[AbstractRendition], shown: Shown, use: Use) -> SafeString:
    """The `<img>`: the middle size for browsers that cannot choose, all of them for those that can."""
    middle = made[(len(made) - 1) // 2]
    several = {"srcset": _srcset(made), "sizes": use.sizes} if len(made) > 1 else {}
    size = {"src": middle.url, "width": middle.width, "height": middle.height}
    return format_html("<img{}>", flatatt({**size, **several, **shown.attributes(image)}))


def licence_address(licence: str) -> str:
    """Where a Creative Commons licence such as "CC BY-SA 4.0" can be read; empty for anything else."""
    words = licence.upper().split()
    if words[:1] == ["CC0"]:
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    match words:
        case ["CC", kind, version] if kind in CC_KINDS and version in CC_VERSIONS:
            return f"https://creativecommons.org/licenses/{kind.lower()}/{version}/"
    return ""
