"""Lines that tell where one is in a dispatch: national title, Kính gửi, Nơi nhận, signature block, page number.

Each test takes one printed line, without the blanks around it. They work on folded text, so that a line without its
marks is known as well; where capitals decide ("GIÁM ĐỐC" alone on a line signs, "giám đốc" in a sentence doesn't),
the line itself is asked.
"""

import re

from pipeline.vietnam.fold import fold

# National title and motto; OCR and poor text layers bend single letters, so a few words in order are enough.
NATIONAL_TITLE = re.compile(
    r"""
      c\w?ng \s+ h[o0]\w? \s+ x\w \s+ h\w{1,2} \s+ ch\w \s+ ngh\w{1,3}   # cong hoa xa hoi chu nghia
    | doc[ ]lap \W{1,4} t\w{1,2}[ ]d\w\W                                  # doc lap - tu do -
    | xa[ ]h\w{1,2}[ ]chu[ ]nghia
    """,
    re.VERBOSE,
)
PARTY_TITLE = re.compile(r"dang cong san viet nam")
ADDRESSEES = re.compile(r"^\W{0,3}kinh\s*g[uio]{1,2}i?\b")
# "Nơi nhận:"; under a seal or pen stroke its first letters are lost ("Ai nhận!", "Aơi nhận:"), then the colon decides.
RECIPIENTS = re.compile(r"^\W{0,3}(?:n[o0]i\s?nh[ad]n\b|\w{1,4}\s?nhan\s?[:;!/_])")
END_MARK = re.compile(r"\.\s?/\s?\.\W{0,3}\w{0,3}\W{0,3}$")
PAGE_NUMBER = re.compile(r"^\W{0,3}(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?\W{0,3}$")
# "Phụ lục I", "PHỤ LỤC 01", "Danh sách …", "Biểu số 2"; a sentence that begins so in lower case isn't one.
APPENDIX_HEAD = re.compile(r"^\W{0,3}(?:phu luc|danh sach|danh muc|bieu(?: mau| so)?|bang (?:tong hop|phan cong))\b")
FORM_HEAD = re.compile(r"^\W{0,3}(?:mau(?: so)?|bieu mau)\s*(?:[:.]?\s*[0-9ivx]{1,4}|so)\b")
ATTACHED_TO = re.compile(
    r"""
    \(?\s* (?:ban[ ]hanh[ ]|gui[ ]|duoc[ ]ban[ ]hanh[ ])? kem[ ]theo \s+
    (?:cong[ ]van|quyet[ ]dinh|ke[ ]hoach|thong[ ]bao|to[ ]trinh|van[ ]ban|nghi[ ]quyet|huong[ ]dan|bao[ ]cao
      |nghi[ ]dinh|thong[ ]tu|giay[ ]moi)
    (?![ ]nay\b)                                   # the letter itself speaks: "(Kèm theo Văn bản này gồm …)"
    """,
    re.VERBOSE,
)
DOTTED_BLANK = re.compile(r"(?:\.\s?){6,}|…{2,}|_{5,}")
# "TM. ỦY BAN NHÂN DÂN", "KT. GIÁM ĐỐC", "T/M BAN THƯỜNG VỤ"; TN is what OCR makes of TM. Capitals must follow.
AUTHORITY = re.compile(r"^\W{0,3}(?:(?:TM|TN|KT|TL|TUQ|T/M|K/T|T/L)(?:\s?[.,:;/]\s?|\s)|Q\.\s?)(?=[^\W\d_]{2})")
POSITION = re.compile(
    r"""
    ^\W{0,3} (?:pho[ ]|quyen[ ])? (?:tong[ ])?
    (?:giam[ ]doc|chu[ ]tich|bo[ ]truong|thu[ ]truong|thu[ ]tuong|truong[ ]ban|truong[ ]phong|chanh[ ]van[ ]phong
      |chanh[ ]thanh[ ]tra|bi[ ]thu|cuc[ ]truong|vu[ ]truong|chi[ ]cuc[ ]truong|hieu[ ]truong|vien[ ]truong
      |tong[ ]thu[ ]ky|chu[ ]nhiem|truong[ ]doan)
    (?:[ ](?:thuong[ ]truc|tinh[ ]uy|thanh[ ]uy|huyen[ ]uy))? \W{0,3}$
    """,
    re.VERBOSE,
)
# Headings and items of an outline: "I.", "1.", "a)", "Điều 1", "Phần I".
OUTLINE = re.compile(
    r"""
    ^\W{0,3}
    (?: dieu[ ]\d | (?:phan|chuong|muc)[ ](?:thu[ ])?[\divx]
      | [ivx]{1,4}\s?[.\-]\s | \d{1,2}\s?[.)]\s?\D | [a-z]\)\s )
    """,
    re.VERBOSE,
)
OPENERS = re.compile(
    r"""
    ^[\W_]{0,3}
    (?: can[ ]cu | thuc[ ]hien | trien[ ]khai | thi[ ]hanh | theo | de[ ] | ngay[ ]\d | qua[ ] | sau[ ]khi
      | tren[ ]co[ ]so | nham | xet[ ] | phuc[ ]dap | tra[ ]loi | trong[ ](?:cac[ ])?(?:thoi[ ]gian|ngay)
      | trong[ ]nhung | trong[ ]tinh[ ]hinh | tiep[ ]theo
      | hien[ ]nay | vua[ ]qua | thoi[ ]gian[ ]qua | nhan[ ] | lien[ ]quan )
    """,
    re.VERBOSE,
)
# A sentence may begin with an agency's name; so may the second line of a title.
SAYS = re.compile(
    r"""
    \b(?:tran[ ]trong|kinh[ ]moi|de[ ]nghi|yeu[ ]cau|thong[ ]bao|nhan[ ]duoc|to[ ]chuc|ban[ ]hanh|co[ ]y[ ]kien
      |bao[ ]cao|huong[ ]dan)\b | :\s*$
    """,
    re.VERBOSE,
)
AGENCY_OPENERS = re.compile(
    r"^\W{0,3}(?:uy ban nhan dan|ubnd|so|bo|cuc|chi cuc|hoi dong|thuong truc|ban|chu tich|thu tuong|bi thu|giam doc) "
)
VOCATIVE_KINDS = re.compile(
    r"""
    ^\W{0,3}
    (?: nghi[ ]quyet | quyet[ ]dinh | chi[ ]thi | quy[ ]che | quy[ ]dinh | thong[ ]cao | thong[ ]bao | huong[ ]dan
      | chuong[ ]trinh | ke[ ]hoach | phuong[ ]an | de[ ]an | du[ ]an | bao[ ]cao | bien[ ]ban | to[ ]trinh | hop[ ]dong
      | cong[ ]dien | giay[ ]moi | giay[ ]gioi[ ]thieu | phieu[ ]chuyen | ket[ ]luan | thong[ ]tu | nghi[ ]dinh | luat
      | phap[ ]lenh )
    """,
    re.VERBOSE,
)


def is_capitals(line: str) -> bool:
    """Tell whether the letters of a line are capitals ("TM. ỦY BAN NHÂN DÂN").

    >>> is_capitals("KẾ HOẠCH 2024"), is_capitals("Kế hoạch")
    (True, False)
    """
    letters = [c for c in line if c.isupper() or c.islower()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


def is_national_title(line: str) -> bool:
    """Know the national title or motto, the Party's title too, also fused with the issuer's column."""
    folded = fold(line)
    return bool(NATIONAL_TITLE.search(folded) or PARTY_TITLE.search(folded))


def opens_addressees(line: str) -> bool:
    """Know "Kính gửi:", also badly read ("Kinh gui")."""
    return bool(ADDRESSEES.search(fold(line)))


def opens_recipients(line: str) -> bool:
    """Know "Nơi nhận:", also badly read."""
    return bool(RECIPIENTS.search(fold(line)))


def ends_letter(line: str) -> bool:
    """Know the mark that ends the prose of a dispatch, "./.", with what a pen stroke after it may read as."""
    return bool(END_MARK.search(line))


def signs(line: str) -> bool:
    """Know the first line of a signature block: an authority ("TM.", "KT.") or a position in capitals."""
    authority = AUTHORITY.search(line)
    if authority and line[authority.end() : authority.end() + 2].isupper():
        return True
    return is_capitals(line) and bool(POSITION.search(fold(line)))


def is_page_number(line: str) -> bool:
    """Know a line that holds a page number and nothing else ("2", "Trang 2/5", "- 3 -")."""
    return bool(PAGE_NUMBER.search(fold(line)))


def is_title(line: str) -> bool:
    """Know a line that names the kind of document in capitals ("KẾ HOẠCH", "THÔNG BÁO")."""
    return is_capitals(line) and bool(VOCATIVE_KINDS.search(fold(line)))


def opens_body(line: str) -> bool:
    """Know a line that a body begins with: "Căn cứ …", "Thực hiện …", "1. …"; "I. MỤC ĐÍCH" too."""
    folded = fold(line)
    return bool(OUTLINE.search(folded)) or begins_sentence(line)


def begins_sentence(line: str) -> bool:
    """Know a line that opens a body in words: "Thực hiện …", "Nhằm …"; no item of an outline."""
    return not is_capitals(line) and bool(OPENERS.search(fold(line)))


def says(line: str) -> bool:
    """Know a line in which an agency speaks ("… trân trọng kính mời:"), unlike a title that names it."""
    return bool(SAYS.search(fold(line)))


def opens_with_agency(line: str) -> bool:
    """Know a line that begins with an agency: the body's first sentence, or a title going on.

    Leaves "CHỦ TỊCH … điện:" alone: it opens the addressees of a telegram.
    """
    folded = fold(line)
    telegram = folded.rstrip(" -").endswith(" dien:")
    return not is_capitals(line) and not telegram and bool(AGENCY_OPENERS.search(folded))
