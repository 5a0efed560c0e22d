import pytest

from models.page import ReadPage, ReadWord
from pipeline.pages.layer import better, decoded, is_trusted
from pipeline.tools.pdf import PageFacts

PRINT = PageFacts(characters=900, hidden=0.0, cover=0.0, dpi=0.0, bilevel=False, pixels=0, drawn=True)
SCAN = PageFacts(characters=900, hidden=1.0, cover=1.0, dpi=200.0, bilevel=True, pixels=4_000_000, drawn=True)

RIGHT = (
    "Sở Công Thương đề nghị các địa phương rà soát nguồn hàng tổng hợp nhu cầu và báo cáo kết quả về Văn phòng "
    "trước ngày đã hẹn để theo dõi chung"
)
STRIPPED = (
    "So Cong Thuong de nghi cac dia phuong ra soat nguon hang tong hop nhu cau va bao cao ket qua ve Van phong "
    "truoc ngay da hen de theo doi chung"
)
GARBLED = (
    "Sé Cong Thuong dé nghi cac dja phwong ra soat ngu6n hang t6ng hgp nhu c4u va bao c4o k€t qua vé Van phéng "
    "tru¢c ngay d4 hen dé theo d6i chung"
)
TCVN3 = (
    "Së C«ng Th­¬ng ®Ò nghÞ c¸c ®Þa ph­¬ng rµ so¸t nguån hµng tæng hîp nhu cÇu vµ b¸o c¸o kÕt qu¶ vÒ V¨n phßng "
    "tr­íc ngµy ®· hÑn ®Ó theo dâi chung"
)
VNI = (
    "Sôû Coâng Thöông ñeà nghò caùc ñòa phöông raø soaùt nguoàn haøng toång hôïp nhu caàu vaø baùo caùo keát quaû veà "
    "Vaên phoøng tröôùc ngaøy ñaõ heïn ñeå theo doõi chung"
)


def words(text: str, font: str | None = None) -> tuple[ReadWord, ...]:
    return tuple(
        ReadWord(word, (20.0 * place, 10.0, 20.0 * place + 18, 22.0), font=font)
        for place, word in enumerate(text.split())
    )


def page(text: str, *pen: int) -> ReadPage:
    read = [ReadWord(word.text, word.box, 0.9, handwritten=place in pen) for place, word in enumerate(words(text))]
    return ReadPage(1, 595, 842, "ocr", tuple(read))


@pytest.mark.parametrize(
    ("text", "facts", "trusted"),
    [
        pytest.param(RIGHT, PRINT, True, id="right text of a born-digital page"),
        pytest.param(STRIPPED, PRINT, True, id="stripped print is no better in its picture"),
        pytest.param(GARBLED, PRINT, False, id="garbled print may look right"),
        pytest.param(RIGHT, SCAN, True, id="a really good layer over a scan"),
        pytest.param(GARBLED, SCAN, False, id="a garbled layer over a scan"),
        pytest.param(STRIPPED, SCAN, False, id="a stripped layer over a scan"),
        pytest.param(
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM " + RIGHT, SCAN, False, id="a scanned letterhead is looked at"
        ),
        pytest.param("PHỤ LỤC", PRINT, True, id="a heading alone on a page"),
        pytest.param("Céng hoµ x· héi", PRINT, False, id="a few words in an old encoding"),
        pytest.param("Chữ ký số", SCAN, False, id="a few words over a scan"),
    ],
)
def test_which_layer_is_trusted(text: str, facts: PageFacts, trusted: bool) -> None:
    """A good layer is used as it stands; over a scan it must be really good."""
    assert is_trusted(words(text), facts) is trusted


@pytest.mark.parametrize(
    ("text", "font"),
    [
        pytest.param(TCVN3, ".VnTime", id="TCVN3 by its font"),
        pytest.param(TCVN3, None, id="TCVN3 by its letters"),
        pytest.param(VNI, "VNI-Times", id="VNI by its font"),
        pytest.param(VNI, None, id="VNI by its letters"),
    ],
)
def test_old_encodings_become_unicode(text: str, font: str | None) -> None:
    """Text in TCVN3 or VNI reads as Vietnamese, whether the font says so or not."""
    assert " ".join(word.text for word in decoded(words(text, font))) == RIGHT


def test_capitals_of_an_old_font() -> None:
    """A TCVN3 font whose name ends in H shows capitals for small letters."""
    assert [word.text for word in decoded(words("céng hoµ", ".VnTimeH"))] == ["CỘNG", "HOÀ"]


@pytest.mark.parametrize("text", [RIGHT, STRIPPED, GARBLED])
def test_unicode_stays_as_it_is(text: str) -> None:
    """What no table makes right comes back unchanged."""
    assert decoded(words(text)) == words(text)


def test_the_better_reading_wins() -> None:
    """OCR is kept over a bad layer of a scan; print isn't read again to be made worse."""
    layer, read = page(GARBLED), page(RIGHT)
    assert better(layer, read, scanned=True) is read
    assert better(read, layer, scanned=True).words == read.words
    assert better(layer, page(GARBLED), scanned=False) is layer
    assert better(None, read, scanned=True) is read


def test_pen_marks_carry_over_to_the_layer() -> None:
    """Where a scan's layer wins, what a pen wrote stays marked."""
    chosen = better(page(RIGHT), page(GARBLED, 3), scanned=True)
    assert [place for place, word in enumerate(chosen.words) if word.handwritten] == [3]
