"""Lines of a dispatch land in the zone a clerk would put them in."""

from typing import Any

import pytest

from models.page import Line, Region, TextPage
from pipeline.extraction.parts import split_parts
from pipeline.extraction.running import Zone
from pipeline.extraction.zones import sort_lines
from tests.cases import load_cases


def page_of(text: str, number: int = 1) -> TextPage:
    return TextPage(number=number, width=595, height=842, origin="text layer", confidence=1, text=text)


def lines_of(*zones: str) -> str:
    return "\n".join(line.partition("|")[2] for line in zones)


@pytest.mark.parametrize("case", load_cases("zones"))
def test_each_line_lands_in_its_zone(case: dict[str, Any]) -> None:
    """Every line of the case is found in the zone written before it."""
    running = sort_lines(split_parts([page_of(lines_of(*case["lines"]))]))

    wanted = [tuple(line.split("|", 1)) for line in case["lines"] if line]
    found = {
        line: zone.value for zone, start, end in running.zones for line in running.text[start:end].splitlines() if line
    }
    assert found == {line: zone for zone, line in wanted}


def test_an_item_cut_by_a_page_break_is_whole_and_leads_back_to_both_pages() -> None:
    """The two halves are neighbours in the running text; their mentions name both pages."""
    first = "Kính gửi: UBND các huyện.\nThực hiện kế hoạch, đề nghị:\n1. Rà soát các sản phẩm"
    second = "2\nđã hết hạn và báo cáo.\nTrân trọng./.\nNơi nhận:\n- Như trên."
    running = sort_lines(split_parts([page_of(first), page_of(second, 2)]))

    start = running.text.index("Rà soát")
    end = running.text.index("báo cáo.") + len("báo cáo.")
    mentions = running.mentions(start, end)

    assert running.text[start:end] == "Rà soát các sản phẩm\nđã hết hạn và báo cáo."
    assert [(mention.page, mention.text) for mention in mentions] == [
        (1, "Rà soát các sản phẩm"),
        (2, "đã hết hạn và báo cáo."),
    ]


def test_the_place_on_the_page_decides_before_the_words() -> None:
    """A line that layout found in the footnotes or margin stays there whatever it says."""
    text = "Kính gửi: UBND các huyện.\nThực hiện kế hoạch năm.\nĐẾN Số: 15\nCăn cứ chú thích."
    ends = [i for i, c in enumerate(text) if c == "\n"] + [len(text)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    regions = [Region.BODY, Region.BODY, Region.STAMP, Region.FOOTNOTE]
    lines = tuple(Line(start=s, end=e, region=r) for s, e, r in zip(starts, ends, regions, strict=True))
    running = sort_lines(split_parts([page_of(text).model_copy(update={"lines": lines})]))

    assert running.zone(running.text.index("ĐẾN")) is Zone.MARGIN
    assert running.zone(running.text.index("Căn cứ chú")) is Zone.FOOTNOTES


HEADER = "UBND TỈNH AN BÌNH\nSỞ CÔNG THƯƠNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
LETTER = HEADER + "Số: 5/SCT-VP\nKính gửi: UBND các huyện.\nThực hiện kế hoạch.\nTrân trọng./.\nNơi nhận:\nKT. GIÁM ĐỐC"


@pytest.mark.parametrize(
    ("second", "role"),
    [
        pytest.param(
            HEADER + "Số: 77/SCT-KT\nKính gửi: Các đơn vị.", "attached document", id="a letter of its own number"
        ),
        pytest.param(
            HEADER + "QUY CHẾ\n(Ban hành kèm theo Quyết định số 5/QĐ-SCT)", "appendix", id="issued with the letter"
        ),
        pytest.param(HEADER + "Số: ..../BC-\nBÁO CÁO", "form", id="a blank report to fill in"),
        pytest.param(
            "UBND TỈNH AN BÌNH\nSỞ CÔNG THƯƠNG\nSố: 77/SCT-KT\nV/v rà soát chợ\nnông thôn\nvùng cao\nnăm nay\n"
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nKính gửi: Các đơn vị.",
            "attached document",
            id="a letter whose left column comes first",
        ),
        pytest.param(
            HEADER + "ĐĂNG KÝ\nCăn cứ Kế hoạch số 14/KH-SCT ngày 5/6/2024", "form", id="a slip that cites, unnumbered"
        ),
        pytest.param("PHỤ LỤC I\nPhân công nhiệm vụ", "appendix", id="an appendix by its heading"),
        pytest.param("Mẫu số 02\nĐơn đề nghị", "form", id="a form by its heading"),
        pytest.param("Danh sách các đơn vị\n1. Đơn vị A", "appendix", id="a list after the signature"),
    ],
)
def test_pages_after_the_signature_are_parts_of_their_own(second: str, role: str) -> None:
    """What follows the signature block is an appendix, a form or an attached document, never the letter."""
    parts = split_parts([page_of(LETTER), page_of(second, 2)])

    assert [part.role for part in parts] == ["letter", role]


def test_a_second_page_before_the_signature_belongs_to_the_letter() -> None:
    """A page without a header of its own goes on where the one before stopped."""
    first = HEADER + "Số: 5/SCT-VP\nKính gửi: UBND các huyện.\nThực hiện kế hoạch,"
    parts = split_parts([page_of(first), page_of("Sở đề nghị báo cáo./.\nNơi nhận:", 2)])

    assert [(part.role, len(part.pages)) for part in parts] == [("letter", 2)]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param("", id="an empty page"),
        pytest.param("(Kèm theo Văn bản này gồm: 1. Danh mục chợ).\nTrân trọng./.\nNơi nhận:", id="what is enclosed"),
    ],
)
def test_a_page_on_which_nothing_begins_belongs_to_the_letter(second: str) -> None:
    """Neither an empty page nor the letter's own list of enclosures is an appendix."""
    first = LETTER if not second else HEADER + "Số: 5/SCT-VP\nKính gửi: UBND các huyện.\nThực hiện kế hoạch,"
    parts = split_parts([page_of(first), page_of(second, 2)])

    assert [(part.role, len(part.pages)) for part in parts] == [("letter", 2)]


def test_an_appendix_goes_on_over_pages_without_a_heading() -> None:
    """A table that fills several pages is one appendix; the next heading begins another."""
    later = ["PHỤ LỤC I\nPhân công nhiệm vụ", "Chợ xã Đông\n12 quầy", "PHỤ LỤC II\nKinh phí"]
    parts = split_parts([page_of(LETTER), *(page_of(text, place) for place, text in enumerate(later, 2))])

    assert [len(part.pages) for part in parts] == [1, 2, 1]
