"""Reading the number of a video out of what people copy."""

import pytest

from network_site.base import video

NUMBER = "O9azfXNcqD8"


@pytest.mark.parametrize(
    "address",
    [
        f"https://www.youtube.com/watch?v={NUMBER}",
        f"https://www.youtube.com/watch?v={NUMBER}&t=42s",
        f"https://www.youtube.com/watch?list=PL1&v={NUMBER}",
        f"https://m.youtube.com/watch?v={NUMBER}",
        f"https://youtube.com/watch/?v={NUMBER}",
        f"https://youtu.be/{NUMBER}",
        f"https://youtu.be/{NUMBER}?si=abc",
        f"https://www.youtube.com/embed/{NUMBER}",
        f"https://www.youtube-nocookie.com/embed/{NUMBER}?rel=0",
        f"https://www.youtube.com/shorts/{NUMBER}",
        f"https://www.youtube.com/live/{NUMBER}?feature=share",
        f"  https://youtu.be/{NUMBER}  ",
    ],
)
def test_every_shape_of_address_gives_the_number(address: str) -> None:
    assert video.number(address) == NUMBER
    assert video.watch_address(address) == f"https://www.youtube.com/watch?v={NUMBER}"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://www.youtube.com/",
        "https://www.youtube.com/watch",
        "https://www.youtube.com/embed/",
        "https://www.youtube.com/embed",
        "https://www.youtube.com/@somebody",
        "https://www.youtube.com/playlist?list=PL1",
        "https://www.youtube.com/watch?v=short",
        f"https://www.youtube.com/watch?v={NUMBER}x",
        'https://www.youtube.com/watch?v="><script>',
        f"http://www.youtube.com/watch?v={NUMBER}",
        f"https://youtube.com.example.org/watch?v={NUMBER}",
        f"https://example.org/watch?v={NUMBER}",
        f"javascript://youtu.be/{NUMBER}",
    ],
)
def test_anything_else_gives_nothing(address: str) -> None:
    assert video.number(address) == ""
