import pytest

from pipeline.vietnam.signatures import is_notice

NOTICES = (
    "Người ký: Văn phòng Ủy ban nhân dân tỉnh Email: vp@example.vn Thời gian ký: 04.03.2024 16:12:47 +07:00",
    "Ký bởi: Sở Công Thương",
    "Signature Not Verified",
    "Thời gian ký: 04.03.2024 16:12:47 +07:00",
    "SAO Y; VĂN PHÒNG; 04/03/2024; 10:47:25 +07:00",
    "Ngày ký: 04-03-2024 15:04:05 +07:00",
)
OTHERS = (
    "184",
    "512/SCT-QLTM",
    "Người ký công văn chịu trách nhiệm về nội dung.",
    "Cơ quan ký hợp đồng thông báo kết quả.",
    "Kế hoạch có hiệu lực kể từ ngày ký.",
    "An Bình, ngày 04 tháng 3 năm 2024",
    "Thời gian: 08 giờ 00, ngày 04 tháng 3 năm 2024",
)


@pytest.mark.parametrize("text", NOTICES)
def test_notices_of_digital_signatures_are_known(text: str) -> None:
    """What signing programs print is told by its words or its time with seconds and zone."""
    assert is_notice(text)


@pytest.mark.parametrize("text", OTHERS)
def test_text_about_signing_is_none(text: str) -> None:
    """Numbers, dates and sentences of a dispatch are no notices."""
    assert not is_notice(text)
