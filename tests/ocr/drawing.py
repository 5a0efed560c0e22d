"""Pages drawn for the tests: print in a serif font, pen strokes, stamps, and what scanners do to them."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from fixtures.fonts import BOLD, UPRIGHT, font_file
from pipeline.tools.images import PageImage, Pixels

DPI = 200
SCALE = DPI / 72
BLUE = (40, 60, 190)
RED = (215, 25, 35)
BLACK = (20, 20, 20)

LETTER = (
    (80, 60, "UBND TỈNH AN BÌNH"),
    (280, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (95, 78, "SỞ CÔNG THƯƠNG"),
    (330, 78, "Độc lập - Tự do - Hạnh phúc"),
    (121, 200, "Sở Công Thương đề nghị các địa phương rà soát nguồn hàng,"),
    (85, 220, "tổng hợp nhu cầu và báo cáo kết quả về Văn phòng trước ngày đã hẹn."),
    (85, 240, "Các đơn vị chủ động phối hợp với phòng chuyên môn để thực hiện tốt."),
)


class Paper:
    """A white A4 page to draw on; places in points from the top left."""

    def __init__(self, width: float = 595, height: float = 842) -> None:
        self.image = Image.new("RGB", (round(width * SCALE), round(height * SCALE)), "white")
        self.draw = ImageDraw.Draw(self.image)

    def write(
        self, x: float, y: float, text: str, size: float = 13, font: str = UPRIGHT, colour: object = BLACK
    ) -> float:
        """Print a text; give the x where it ends."""
        face = ImageFont.truetype(str(font_file(font)), round(size * SCALE))
        self.draw.text((x * SCALE, y * SCALE), text, font=face, fill=colour)  # type: ignore[arg-type]
        return x + face.getlength(text) / SCALE

    def pen(self, points: list[tuple[float, float]], colour: object = BLUE, width: float = 1.2) -> None:
        """Draw a pen's stroke through points."""
        line = [(x * SCALE, y * SCALE) for x, y in points]
        self.draw.line(line, fill=colour, width=round(width * SCALE), joint="curve")  # type: ignore[arg-type]

    def stamp(self, x: float, y: float, text: str, tilt: float = 0, colour: object = RED) -> None:
        """Press a framed stamp."""
        face = ImageFont.truetype(str(font_file(BOLD)), round(15 * SCALE))
        width, height = round(face.getlength(text) + 14 * SCALE), round(24 * SCALE)
        layer = Image.new("RGBA", (width, height), (255, 255, 255, 0))
        draw = ImageDraw.Draw(layer)
        draw.rectangle((2, 2, width - 3, height - 3), outline=colour, width=4)  # type: ignore[arg-type]
        draw.text((7 * SCALE, 2.5 * SCALE), text, font=face, fill=colour)  # type: ignore[arg-type]
        layer = layer.rotate(tilt, expand=True, resample=Image.Resampling.BICUBIC)
        self.image.paste(layer, (round(x * SCALE), round(y * SCALE)), layer)

    def pixels(self) -> Pixels:
        """Give the page as it is."""
        return np.asarray(self.image)

    def scan(self, *, bilevel: bool = False) -> PageImage:
        """Give the page as a scanner does, in colour or in black and white."""
        if not bilevel:
            return PageImage(self.pixels(), DPI)
        return PageImage(np.asarray(self.image.convert("L").point(lambda v: 255 * (v > 150))), DPI, bilevel=True)


def letter() -> Paper:
    """Draw a letter without number and date."""
    paper = Paper()
    for x, y, text in LETTER:
        paper.write(x, y, text)
    return paper


def pen_digits(paper: Paper, x: float, y: float, digits: str, colour: object = BLUE) -> None:
    """Write digits as a pen does: uneven, slanted, off the line."""
    shapes = {
        "1": [(0, 5), (4, -6), (2, 14)],
        "2": [(0, -2), (4, -7), (7, -2), (0, 13), (9, 12)],
        "4": [(5, -8), (-1, 7), (9, 5), (6, -1), (5, 17)],
        "7": [(0, -6), (8, -8), (3, 15)],
    }
    for place, digit in enumerate(digits):
        lift = (-2, 1.5, 3, -1)[place % 4]
        paper.pen([(x + place * 10 + dx, y + dy + lift) for dx, dy in shapes[digit]], colour)
