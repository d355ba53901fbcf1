"""Pictures as eyes compare them, and the golden ones: `python -m tests.publications.figures.golden` draws these anew.

Look at each of them before you commit it.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageChops

GOLDEN = Path(__file__).parent / "golden"
WIDTH = 320  # of a golden picture, in pixels
BLOCKS = 80  # in which two pictures are compared, across
# How far the greyest and the whitest block may differ, of 255: letters that another version sets by a hair are within it.
TOLERANCE = 40


def small(png: bytes) -> Image.Image:
    """A picture as it is kept: small and grey."""
    with Image.open(io.BytesIO(png)) as image:
        return image.convert("L").resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.BOX)


def distance(one: Image.Image, other: Image.Image) -> int:
    """How far two pictures differ where they differ most, of 255. Pictures of other proportions are as far apart as can be."""
    if abs(one.height - other.height) > 2:
        return 255
    blocks = [each.resize((BLOCKS, round(one.height * BLOCKS / WIDTH)), Image.Resampling.BOX) for each in (one, other)]
    _, most = ImageChops.difference(*blocks).getextrema()
    return int(most)  # type: ignore[arg-type]


def golden(name: str) -> Image.Image:
    """A golden picture."""
    with Image.open(GOLDEN / f"{name}.png") as image:
        return image.convert("L")


def write() -> None:
    """Draw all of them."""
    from tests.publications.figures.test_drawing import pictures

    for name, png in pictures():
        small(png).quantize(16).save(GOLDEN / f"{name}.png", optimize=True)


if __name__ == "__main__":
    write()
