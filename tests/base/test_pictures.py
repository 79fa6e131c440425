"""Pictures: made in a few sizes before anybody asks, shown without a jump, and silent about where they were taken."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.template import Context, Template
from django.test import Client
from django_tasks_db.models import DBTaskResult
from PIL import Image
from pytest_django import Settings
from wagtail.images.forms import get_image_form

from network_site.base import uploads
from network_site.base.models import NetworkImage
from network_site.base.pictures import USES, Use, all_specs, licence_address
from network_site.people.models import User

GPS_LATITUDE = {1: "N", 2: (51.0, 30.0, 26.0)}
KINDS = ["JPEG", "PNG", "WEBP", "AVIF"]
pytestmark = pytest.mark.django_db


def photograph(
    kind: str = "JPEG", size: tuple[int, int] = (1400, 900), *, turned: int = 1, notes: bool = True
) -> bytes:
    """A picture whose left half is red, as a camera would write it: with place, maker and which way is up."""
    pixels = Image.new("RGB", size, "#0b5a5b")
    pixels.paste("#c00000", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "A camera of Anna's"
    exif.get_ifd(0x8825).update(GPS_LATITUDE)
    out = BytesIO()
    pixels.save(out, kind, **({"exif": exif} if notes else {}))
    return out.getvalue()


def stored(content: bytes, name: str = "hands.jpg", **fields: Any) -> NetworkImage:
    return NetworkImage.objects.create(title="Hands", file=ImageFile(BytesIO(content), name=name), **fields)


def html(image: Any, tag: str = '"column"') -> str:
    source = "{% load pictures %}{% house_picture image " + tag + " %}"
    return Template(source).render(Context({"image": image}))


# --- what a file gives away -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_stored_picture_does_not_say_where_it_was_taken(kind: str) -> None:
    content = photograph(kind)
    assert b"A camera of Anna" in content
    image = stored(content, f"hands.{kind.lower()}")
    with image.open_file() as file:
        kept = file.read()
    assert b"Anna" not in kept
    opened = Image.open(BytesIO(kept))
    assert opened.format == kind
    assert dict(opened.getexif()) == {}
    assert image.file_size == len(kept)


@pytest.mark.parametrize("use", USES)
def test_nor_does_any_size_of_it(use: str) -> None:
    image = stored(photograph())
    made = image.get_renditions(*USES[use].specs(image.width, image.height)).values()
    for rendition in made:
        with rendition.open_file() as file:
            content = file.read()
        assert b"Anna" not in content
        assert dict(Image.open(BytesIO(content)).getexif()) == {}


def test_a_photograph_taken_sideways_stands_upright() -> None:
    image = stored(photograph(turned=6, size=(1400, 900)))
    image.refresh_from_db()
    assert (image.width, image.height) == (900, 1400)
    with image.open_file() as file:
        red = Image.open(file).convert("RGB").getpixel((450, 100))
    assert isinstance(red, tuple)
    assert red[0] > 150


def test_a_picture_that_says_nothing_is_left_as_it_is() -> None:
    content = photograph(notes=False)
    with stored(content).open_file() as file:
        assert file.read() == content


def test_what_is_no_raster_picture_is_left_as_it_is() -> None:
    drawing = ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'/>", name="a.svg")
    assert uploads.without_traces(drawing) is drawing


@pytest.mark.parametrize(("kind", "notes"), [("GIF", {"comment": b"by Anna"}), ("WEBP", {"xmp": b"by Anna"})])
def test_a_picture_that_moves_goes_on_moving_and_is_silent_too(kind: str, notes: dict[str, bytes]) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    out = BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], **notes)
    assert b"Anna" in out.getvalue()
    kept = uploads.without_traces(ContentFile(out.getvalue(), name="a")).read()
    assert b"Anna" not in kept
    assert Image.open(BytesIO(kept)).n_frames == 3  # type: ignore[attr-defined]


def test_changing_the_words_does_not_read_the_file_again(monkeypatch: pytest.MonkeyPatch) -> None:
    image = stored(photograph())
    monkeypatch.setattr(uploads, "without_traces", lambda file: pytest.fail("read again"))
    image.title = "Older hands"
    image.save()


# --- sizes, before anybody asks -----------------------------------------------------------------------


def chores() -> int:
    return DBTaskResult.objects.filter(task_path="network_site.base.uploads.make_sizes").count()


@pytest.mark.parametrize(
    ("fields", "asked"),
    [(None, 1), (["focal_point_x"], 1), (["file"], 1), (["file_size"], 0), (["file_hash"], 0), (["title"], 0)],
)
def test_sizes_are_asked_for_when_they_may_change(
    django_capture_on_commit_callbacks: Callable[..., Any], fields: list[str] | None, asked: int
) -> None:
    image = stored(photograph(notes=False))
    with django_capture_on_commit_callbacks(execute=True):
        image.save(update_fields=fields)
    assert chores() == asked


def test_the_chore_makes_every_size_once(django_assert_max_num_queries: Callable[..., Any]) -> None:
    image = stored(photograph(notes=False, size=(900, 700)))
    assert uploads.make_sizes.call(image.pk) == len(all_specs(image)) == image.renditions.count()
    with django_assert_max_num_queries(3):
        uploads.make_sizes.call(image.pk)


def test_after_the_chore_a_page_makes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    image = stored(photograph(notes=False))
    uploads.make_sizes.call(image.pk)
    monkeypatch.setattr(NetworkImage, "generate_rendition_file", lambda *args, **facts: pytest.fail("made again"))
    for use in USES:
        html(NetworkImage.objects.get(pk=image.pk), f'"{use}"')


def test_a_picture_that_is_gone_has_no_sizes() -> None:
    assert uploads.make_sizes.call(4711) == 0


@pytest.mark.parametrize(
    ("use", "size", "made"),
    [
        (Use((400, 800, 1200), ""), (2000, 10), ["width-400", "width-800", "width-1200"]),
        (Use((400, 800, 1200), ""), (900, 10), ["width-400", "width-800", "width-1200"]),
        (Use((400, 800, 1200), ""), (800, 10), ["width-400", "width-800"]),
        (Use((400, 800, 1200), ""), (1, 1), ["width-400"]),
        (Use((640, 1280), "", height=9 / 16), (5000, 300), ["fill-640x360"]),
        (Use((160, 320), "", height=1), (5000, 5000), ["fill-160x160", "fill-320x320"]),
        (Use((), "", box="max-280x112"), (5000, 5000), ["max-280x112"]),
    ],
)
def test_no_size_is_made_twice_or_blown_up(use: Use, size: tuple[int, int], made: list[str]) -> None:
    assert use.operations(*size) == made


def red_of(file: Any) -> int:
    pixel = Image.open(file).convert("RGB").getpixel((100, 80))
    assert isinstance(pixel, tuple)
    return int(pixel[0])


def test_a_crop_keeps_what_the_editor_said_matters() -> None:
    image = stored(photograph(notes=False))
    spec = "format-png|fill-160x160"
    with image.get_rendition(spec).open_file() as file:
        assert red_of(file) < 50
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 200, 450, 300, 300
    image.save()
    with image.get_rendition(spec).open_file() as file:
        assert red_of(file) > 150


# --- how they are shown -------------------------------------------------------------------------------


def test_a_picture_comes_in_three_formats_and_sizes_with_its_size_written_down() -> None:
    page = html(stored(photograph(notes=False), description="Older hands"))
    assert re.findall(r'type="(image/\w+)"', page) == ["image/avif", "image/webp"]
    assert page.count("400w") == page.count("800w") == page.count("1200w") == 3
    for said in ('alt="Older hands"', 'width="800"', 'height="514"', 'loading="lazy"', 'decoding="async"'):
        assert said in page


def test_the_first_picture_is_fetched_at_once() -> None:
    page = html(stored(photograph(notes=False)), '"column" first=True')
    assert 'loading="eager"' in page
    assert 'fetchpriority="high"' in page


def test_another_picture_may_take_its_place_where_it_is_narrow() -> None:
    tall = stored(photograph(notes=False, size=(900, 1200)), "tall.jpg")
    source = '{% load pictures %}{% house_picture image "column" narrow=tall %}'
    page = Template(source).render(Context({"image": stored(photograph(notes=False)), "tall": tall}))
    sources = re.findall(r"<source[^>]*>", page)
    assert ["media=" in source for source in sources] == [True] * 3 + [False] * 2
    assert 'height="1066"' in sources[0]
    assert 'width="800"' in sources[0]


def test_a_tiny_picture_has_one_size_and_no_list_of_sizes() -> None:
    page = html(stored(photograph(notes=False, size=(40, 30))))
    assert "sizes=" not in page
    assert 'width="40"' in page
    assert 'height="30"' in page


@pytest.mark.parametrize(
    ("fields", "heard"),
    [
        ({"description": "Hands & <wool>"}, "Hands &amp; &lt;wool&gt;"),
        ({"description": ""}, "Hands"),
        ({"is_decoration": True, "description": "A pattern"}, ""),
    ],
)
def test_what_a_listener_hears(fields: dict[str, Any], heard: str) -> None:
    assert f'alt="{heard}"' in html(stored(photograph(notes=False), **fields))


def test_words_of_the_place_come_before_words_of_the_library() -> None:
    image = stored(photograph(notes=False), description="Hands")
    image.contextual_alt_text = "The chair’s hands"
    assert 'alt="The chair’s hands"' in html(image)
    image.decorative = True
    assert 'alt=""' in html(image)
    assert 'alt="Said here"' in html(image, '"column" alt="Said here"')


def test_no_picture_is_nothing() -> None:
    assert html(None) == ""


def test_a_drawing_is_passed_through_where_nothing_in_it_can_run() -> None:
    drawing = NetworkImage(title="Mark", description="Our mark", file="original_images/mark.svg", width=10, height=10)
    page = html(drawing)
    assert page == '<img alt="Our mark" decoding="async" loading="lazy" src="/media/original_images/mark.svg">'
    assert all_specs(drawing) == []


def test_a_file_that_is_lost_does_not_break_the_page() -> None:
    image = stored(photograph(notes=False), description="Hands")
    image.file.storage.delete(image.file.name)
    assert 'alt="Hands"' in html(image)


def test_thirty_pictures_cost_the_queries_of_one(django_assert_num_queries: Callable[..., Any]) -> None:
    for n in range(30):
        uploads.make_sizes.call(stored(photograph(notes=False, size=(60, 40)), f"p{n}.jpg").pk)
    for many in (1, 3, 30):
        with django_assert_num_queries(2):
            images = NetworkImage.objects.prefetch_related("renditions")[:many]
            assert "".join(html(image) for image in images).count("<picture>") == many


@pytest.mark.parametrize(
    ("licence", "address"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc by-nc-sa 3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC BY", ""),
        ("CC", ""),
        ("CC ../.. 4.0", ""),
        ("All rights reserved", ""),
        ("", ""),
    ],
)
def test_a_licence_leads_to_its_text(licence: str, address: str) -> None:
    assert licence_address(licence) == address


# --- adding one -----------------------------------------------------------------------------------------


@pytest.fixture
def editor() -> User:
    return User.objects.create_superuser("editor@example.org")


def added(editor: User, content: bytes, name: str = "hands.jpg", **facts: Any) -> Any:
    form = get_image_form(NetworkImage)
    file = ContentFile(content, name=name)
    return form({"title": "Hands", "collection": "1", **facts}, {"file": file}, user=editor)


def test_whoever_adds_a_picture_decides_what_a_listener_hears(editor: User) -> None:
    content = photograph(notes=False)
    undecided = added(editor, content)
    assert list(undecided.errors) == ["description"]
    assert "only decoration" in str(undecided.errors)
    assert added(editor, content, description="Older hands knitting").is_valid()
    assert added(editor, content, is_decoration="on").is_valid()


def test_the_question_stands_beside_the_description() -> None:
    fields = list(NetworkImage.admin_form_fields)
    assert fields[fields.index("description") + 1] == "is_decoration"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a.svg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png"),
        (b"MZ\x90", "a.jpg"),
        (b"", "a.jpg"),
    ],
)
def test_what_is_no_picture_is_refused(editor: User, content: bytes, name: str) -> None:
    assert "file" in added(editor, content, name, is_decoration="on").errors


def test_a_picture_too_large_is_refused(editor: User, settings: Settings) -> None:
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1000
    assert "too big" in str(added(editor, photograph(), is_decoration="on").errors["file"])
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10_000_000
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1000
    assert "too many pixels" in str(added(editor, photograph(), is_decoration="on").errors["file"])


def test_several_pictures_dropped_at_once_wait_for_their_words(editor: User, client: Client) -> None:
    client.force_login(editor)
    answer = client.post(
        "/admin/images/multiple/add/",
        {"title": "Hands", "collection": "1", "files[]": ContentFile(photograph(), name="hands.jpg")},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert answer.json()["success"]
    assert "only decoration" in answer.json()["form"].lower()
    assert NetworkImage.objects.count() == 0
