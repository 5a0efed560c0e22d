"""Records of made dispatches for the tests of store and flows, as the pipeline would give them."""

import datetime as dt
import hashlib

from models.record import (
    Deadline,
    Directive,
    Letterhead,
    Mention,
    PageText,
    Record,
    Reference,
    Review,
    Source,
    Text,
    UnitTask,
)

TRA_BONG = UnitTask(code="525", name="huyện Trà Bồng", level="district", role="lead")
SON_HA = UnitTask(code="529", name="huyện Sơn Hà", level="district", role="lead")
DUC_PHO = UnitTask(code="534", name="thị xã Đức Phổ", level="district", role="co")

PAGE_ONE = """Số: 412/SGTVT-QLKC
Thực hiện Kế hoạch số 69/KH-UBND ngày 22/3/2024, Sở đề nghị các địa phương:
1. Rà soát các tuyến đường xuống cấp, báo cáo trước ngày 30/9/2024.
2. Bố trí kinh phí nuôi dưỡng cây xanh."""
PAGE_TWO = "Việc sửa đường làng do xã tự lo. Con duong cũ giữ nguyên. Xem thêm 148 QĐ-TTg."


def mention(text: str, page: int = 1, source: str = PAGE_ONE) -> Mention:
    """Point at words of a page; the box is made up."""
    start = source.index(text)
    return Mention(page=page, start=start, end=start + len(text), text=text, boxes=((72, 100, 300, 114),))


def roads(**changes: object) -> Record:
    """Give a letter of a transport department: two directives, one deadline, two documents cited."""
    first, second = (
        "Rà soát các tuyến đường xuống cấp, báo cáo trước ngày 30/9/2024.",
        "Bố trí kinh phí nuôi dưỡng cây xanh.",
    )
    record = Record(
        source=Source(name="duong.txt", sha256=hashlib.sha256(b"roads").hexdigest(), media_type="text/plain", pages=2),
        letterhead=Letterhead(
            number="412/SGTVT-QLKC",
            symbol="SGTVT-QLKC",
            kind="công văn",
            issuer="Sở Giao thông vận tải tỉnh Quảng Ngãi",
            issued_on=dt.date(2024, 8, 20),
            subject="rà soát đường giao thông nông thôn",
        ),
        references=(
            Reference(
                kind="kế hoạch",
                number="69/KH-UBND",
                issued_on=dt.date(2024, 3, 22),
                issuer="UBND tỉnh Quảng Ngãi",
                relation="thực hiện",
                cue="Thực hiện",
                confidence=0.97,
                mentions=(mention("Kế hoạch số 69/KH-UBND ngày 22/3/2024"),),
            ),
            Reference(
                kind="quyết định",
                number="148/QĐ-TTg",
                confidence=0.8,
                mentions=(mention("148 QĐ-TTg", 2, PAGE_TWO),),
            ),
        ),
        deadlines=(
            Deadline(
                text="trước ngày 30/9/2024",
                due=dt.date(2024, 9, 30),
                inclusive=False,
                confidence=0.97,
                mentions=(mention("trước ngày 30/9/2024"),),
            ),
        ),
        directives=(
            Directive(
                label="1",
                text=first,
                lead=("UBND các huyện",),
                deadlines=(0,),
                units=(TRA_BONG, SON_HA),
                reason="Kính gửi: UBND các huyện",
                confidence=0.9,
                mentions=(mention(first),),
            ),
            Directive(label="2", text=second, units=(DUC_PHO,), confidence=0.9, mentions=(mention(second),)),
        ),
        text=Text(
            pages=(
                PageText(number=1, origin="ocr", confidence=0.9, text=PAGE_ONE, changes=3),
                PageText(number=2, origin="ocr", confidence=0.9, text=PAGE_TWO),
            )
        ),
    )
    return record.model_copy(update=changes)


def letter(words: str, number: str | None = None, **changes: object) -> Record:
    """Give a dispatch of one page and nothing but these words."""
    return Record(
        source=Source(
            name="thu.txt", sha256=hashlib.sha256(words.encode()).hexdigest(), media_type="text/plain", pages=1
        ),
        letterhead=Letterhead(number=number, issuer="Sở Y tế tỉnh Quảng Ngãi", kind="công văn"),
        text=Text(pages=(PageText(number=1, origin="text layer", confidence=1, text=words),)),
    ).model_copy(update=changes)


def citing(words: str, reference: Reference) -> Record:
    """Give a dispatch that cites one document."""
    return letter(words, references=(reference,))


def doubtful(record: Record) -> Record:
    """Give the record with a field that a person has to look at."""
    return record.model_copy(update={"needs_review": (Review(field="letterhead.number", reason="chữ số viết tay"),)})
