r"""The grammar of deadlines: named parts of patterns over flat text (folded, single blanks).

Each pattern is one class of `docs/design.md`'s deadline grammar. What a match means is computed elsewhere:
`deadlines_dates` (a day, a period), `deadlines_recurring`, `deadlines_relative`.
"""

import re

# "17 giờ 00", "16h30'", "10 giờ sáng"
TIME = (
    r"(?P<hour>\d{1,2}) ?(?:gio|h|g)(?: ?(?P<minute>[0-5]\d))?(?: ?(?:phut|p\b|'))?(?: (?P<half>sang|trua|chieu|toi))?"
)
# "thứ Sáu,", "(thứ 6)"
WEEKDAY_NAME = r"(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)"
_WEEKDAY = rf"(?:\(?{WEEKDAY_NAME}\)?,? ?(?:tuan nay|tuan toi)?,? ?)"
_WORD = r"(?:ngay ?(?:mung |mong )?)"
# "ngày 30/9/2024", "30-9", "05 tháng 10 năm 2024"; groups day, month, year
DATE = (
    rf"{_WORD}?(?P<day>\d{{1,2}})(?!\d)"
    r"(?: ?(?P<mark>[/.-]) ?(?P<month>\d{1,2})(?!\d)(?: ?(?P=mark) ?(?P<year>(?:20)?\d{2})(?!\d))?"
    r"| thang (?P<month_word>\d{1,2})(?!\d))"
    r"(?:,? nam (?P<year_word>20\d{2})(?!\d))?"
)
# The end of a date: no further figure, no document number.
_DATE_END = r"(?![\d%])(?![/.-]\d)(?! ?/ ?[a-z])"

# "trước ngày": the day itself is too late.
BEFORE = r"(?P<before>(?:(?:cham|muon) nhat (?:la )?|xong |han (?:chot |cuoi )?(?:la )?)?truoc)"
# The day itself is still good.
LATEST = (
    r"(?:cham nhat|muon nhat|som nhat va cham nhat)(?: (?:la|den|vao|trong))?(?: het)?"
    r"|(?:khong|chua) (?:muon|cham|qua|tre) (?:hon )?(?=ngay|\d{1,2} ?(?:gio|h))"
    r"|den het|truoc het|cho den het"
    r"|(?:han|thoi han|thoi gian|thoi diem|thoi han cuoi|han cuoi|han chot)"
    r"(?: (?:cuoi cung|cuoi|chot|nop|gui|nhan|bao cao|hoan thanh|hoan tat|dang ky|tra loi|gop y|thuc hien|ket thuc))"
    r"{1,3}"
    r"(?:(?! (?:ke |tinh )?tu )[a-z, ]){0,60}?(?: ?:| la| den| truoc| vao| trong| cham nhat)*(?: het)?"
)
DAY = re.compile(rf"(?:{BEFORE}|(?P<latest>{LATEST}))[ :]*(?:{TIME},? ?(?:cua )?)?{_WEEKDAY}?(?:{DATE}){_DATE_END}")
# "trong ngày 30/9/2024", "vào ngày …": only with a word of handing in close before it.
WITHIN_DAY = re.compile(
    r"(?<![a-z])(?:gui|nop|bao cao|hoan thanh|gop y|tra loi|dang ky)\b(?P<object>[^.;:]{0,100}?)"
    rf"(?P<cue>trong|vao) (?=ngay)(?:{DATE}){_DATE_END}"
)
# "sau ngày 08/11/2024 sẽ không được nhận": the deadline said by what happens after it.
SANCTION = re.compile(
    rf"\bsau (?:{TIME},? ?)?(?=ngay)(?:{DATE}){_DATE_END}"
    r"(?=[^.;]{0,80}?(?:khong (?:duoc|giai quyet|xem xet|nhan|tiep nhan|trinh|tong hop)|coi nhu|xem nhu|coi la|se bi))"
)
# "từ ngày … đến hết ngày …", "kể từ …": a stretch of time, not a deadline.
# Behind a verb of its own a date is a deadline again: "từ ngày 15/9 và hoàn thành đến hết ngày …".
STRETCH = re.compile(
    r"\b(?:tu|ke tu|tinh tu)(?: \d{1,2} ?(?:gio|h)\S*,?)?"
    r"(?: ?(?:ngay|thang|quy|nam) ?(?=\d|[ivx]+\b)"
    r"| ?(?=\d{1,2} ?[/.-] ?\d|\d{1,2} thang \d|20\d\d\b|\d{1,2} ?(?:gio|h)\b))"
    r"(?![^;]* va (?:hoan thanh|hoan tat|gui|nop|bao cao)\b)[^;]{1,60}$"
)

# "số liệu tính đến hết ngày …", "có giá trị đến ngày …": up to where data count or a thing is valid.
CUT_OFF = re.compile(
    r"(?<![a-z])(?:tinh|so lieu|luy ke|chot|hieu luc|gia tri|su dung|ap dung|duy tri|luu hanh"
    r"|thoi diem|ky bao cao)\b[^.;,]{0,25}?"
    r" den(?: het)?(?: thoi diem)? (?:ngay )?$"
)
# An appendix that shares out work says who and by when; any other sets rules or holds data.
SHARES_OUT = re.compile(
    r"\bchu tri\b|\bphan cong\b|\b(?:don vi|co quan|nguoi) thuc hien\b|\b(?:thoi gian|thoi han|tien do) hoan thanh\b"
)
BEFORE_DAY = re.compile(r"\btruoc (?:ngay |\d{1,2} ?(?:gio|h)[^,]*)?$")

# OCR reads II as H, III as II1 or HI.
QUARTER = r"quy (?P<quarter>iv|iii|ii1|1ii|hi|ih|h|ii|i|[1-4])\b(?:(?: ?/ ?|-| nam )(?P<quarter_year>20\d{2}))?"
MONTH = r"thang (?P<month>\d{1,2})(?!\d)(?:(?: ?[/-] ?| nam )(?P<month_year>20\d{2}))?"
HALF = r"(?:6|06|sau) thang (?P<half>dau|cuoi) nam(?: (?P<half_year>20\d{2}))?"
YEAR = r"nam (?P<year>20\d{2})"
PART = r"(?:(?P<part>dau|giua|cuoi) )?"
# "hoàn thành trong tháng 10/2024", "thời gian hoàn thành: Quý III", "xong trong năm 2024"
PERIOD = re.compile(
    r"(?<![a-z])(?P<done>hoan thanh|hoan tat|xong|thoi han|thoi gian hoan thanh)\b(?P<object>[^.;:]{0,90}?)"
    r"(?P<cue> ?: ?(?:trong|vao)?| (?:trong|vao|den het|het|cham nhat(?: la)?)) ?"
    rf"{PART}(?:{QUARTER}|{MONTH}|{HALF}|{YEAR})"
    r"(?![/\d-])"
)

# "trước lễ khai mạc (ngày 12/10/2024)": the day of an event printed beside its name
BEFORE_NAMED = re.compile(
    r"(?<![a-z])truoc (?P<name>(?:dip )?(?:le|tet) [a-z][a-z -]{1,60}?"
    r"|(?:ngay|khi|thoi diem) (?:le|tet|khai |bau cu|thi |to chuc|dien ra|bat dau|ra quan|quoc khanh|tong ket"
    r"|dai hoi|ky niem)"
    r"[a-z -]{0,60}?) ?\("
    r"(?:tuc )?(?:ngay )?(?P<day>\d{1,2})(?: ?(?P<mark>[/.-]) ?(?P<month>\d{1,2}) ?(?P=mark) ?(?P<year>20\d{2})"
    r"| thang (?P<month_word>\d{1,2}) nam (?P<year_word>20\d{2}))\)(?! (?:it nhat|toi thieu|cham nhat|\d))"
)

# "trước tháng 11/2024", "trước quý IV/2024": up to the day before it begins
BEFORE_PERIOD = re.compile(
    rf"(?<![a-z])truoc (?:{QUARTER}|{MONTH})(?P<half>(?!))?(?P<year>(?!))?(?P<half_year>(?!))?(?![/\d-])"
)

EVERY = r"(?:hang|moi)"
_CUE = r"(?P<cue>truoc|cham nhat(?: la| vao)?|vao|den het|muon nhat(?: la)?)"
# "trước ngày 25 hằng tháng", "ngày 05 của tháng sau", "ngày 15 và ngày 30 hằng tháng"
MONTHLY = re.compile(
    rf"{_CUE}?[ ,]*(?:{TIME},? ?)?ngay (?P<days>\d{{1,2}}(?:(?:,| va|, va) (?:ngay )?\d{{1,2}}){{0,4}})(?![\d/.-]\d?)"
    rf"(?: (?:cua )?{EVERY} thang| (?:cua )?thang (?:sau|ke tiep|tiep theo|lien ke|ke|bao cao)(?: lien ke)?"
    r"| cua thang(?! \d))"
)
# "hằng tháng … trước ngày 25" (the rhythm first)
MONTHLY_FIRST = re.compile(
    rf"{EVERY} thang\b[^.;]{{0,140}}?{_CUE} (?:{TIME},? ?)?ngay (?P<days>\d{{1,2}})"
    r"(?! ?[/.-] ?\d|\d| thang)"
)
# "trước ngày 15 của tháng cuối quý", "ngày 05 tháng đầu quý sau"
QUARTERLY = re.compile(
    rf"(?:{_CUE} )?(?:{TIME},? ?)?ngay (?P<day>\d{{1,2}}) (?:cua )?thang (?P<which>cuoi|dau)"
    r"(?: cung)?(?: cua)?(?: (?:hang|moi))? quy(?: (?:sau|tiep theo|ke tiep))?"
)
# "trước ngày 15/6 và 15/12 hằng năm", "vào 20 tháng 11 hằng năm"
_SHORT = r"(?:ngay )?\d{1,2}(?: ?[/-] ?| thang )\d{1,2}(?! ?[/-] ?\d|\d)"
YEARLY = re.compile(
    rf"{_CUE} (?:{TIME},? ?)?(?P<days>{_SHORT}(?:(?:,| va|, va) {_SHORT})*)"
    rf" {EVERY} nam"
)
# A date without a year, and several: "15/6", "05/6 và trước ngày 05/12"
_DAYS = rf"(?P<days>{_SHORT}(?:(?:,| va|, va) (?:truoc )?{_SHORT})*)"
_TERM = rf"(?:(?:0?6|sau|0?9|chin) thang(?: dau nam)?|(?:{EVERY} |ca )?nam|(?:{EVERY} )?quy(?: (?:iv|iii|ii|i|[1-4]))?)"
# "định kỳ 06 tháng (trước ngày 15/6)", "6 tháng, năm (trước ngày 05/6 và trước ngày 05/12)"
TERMLY = re.compile(
    rf"(?<![a-z\d/])(?:(?:bao cao )?dinh ky (?:{EVERY} )?|bao cao )?{_TERM}(?:(?:,| va|, va) {_TERM}){{0,4}}"
    rf",? ?\(?{_CUE} {_DAYS}"
    r"(?! nam)(?P<close>\))?"
)
# What says that such terms come round every year.
ROUND = re.compile(rf"(?<![a-z])(?:dinh ky|{EVERY} (?:nam|quy|thang))(?![a-z])")
# "…, hằng năm báo cáo kết quả trước ngày 30 tháng 11" (the rhythm first, at the head of a clause)
YEARLY_FIRST = re.compile(
    rf"(?:^|[,.;:(+-] ?)(?:dinh ky )?{EVERY} nam\b[^.;]{{0,120}}?{_CUE} (?:{TIME},? ?)?{_DAYS}(?! nam)"
)
# "vào ngày cuối cùng của mỗi quý", "ngày cuối tháng hằng tháng"
LAST_DAY = re.compile(
    rf"{_CUE} ngay cuoi(?: cung)? (?:cua )?(?:{EVERY} (?P<every>thang|quy)|(?P<of>thang|quy) {EVERY} (?:thang|quy))"
)
# "02 tuần một lần", "03 tháng/lần", "01 lần/tuần"
EVERY_SO_MANY = re.compile(
    r"(?<![\d/.,a-z])(?:(?P<count>\d{1,2}|mot|hai|ba|moi) (?P<unit>ngay|tuan|thang|quy|nam)"
    r"(?: ?/ ?(?:0?1 |mot )?| (?:mot|0?1) )lan"
    r"|(?:0?1|mot) lan ?/ ?(?P<once>ngay|tuan|thang|quy|nam))(?![a-z\d])"
)
# "Hằng quý, tổng hợp kết quả gửi Sở": a rhythm at the head of a clause that hands something in.
ROUNDLY = re.compile(
    rf"(?:^|[.;:(+-] ?|\d\) ?)(?P<whole>{EVERY} (?P<rhythm>tuan|thang|quy|nam))(?=[ ,][^.;:]{{0,90}}?"
    r"(?<![a-z])(?:bao cao (?:(?:tinh hinh|ket qua|tien do|bang van ban|so lieu)"
    r"|(?:ve|ubnd|uy ban|so|ban|bo|chu tich|tinh uy|huyen uy) )"
    r"|(?:gui|nop|cung cap) ))"
)
# "trước 15 giờ thứ Năm hằng tuần"
WEEKLY = re.compile(
    rf"(?:{_CUE} )?(?:{TIME},? ?(?:ngay )?)?"
    r"(?P<weekday>thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat) (?:cua )?(?:hang|moi) tuan"
)
# "hằng tuần, trước thứ Sáu" (the rhythm first)
WEEKLY_FIRST = re.compile(
    rf"{EVERY} tuan\b[^.;]{{0,100}}?{_CUE} (?:{TIME},? ?(?:ngay )?)?(?:ngay )?"
    r"(?P<weekday>thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\b"
)
# "trước 16 giờ hằng ngày"
DAILY = re.compile(rf"{_CUE} {TIME}(?: va \d{{1,2}} ?(?:gio|h)(?: ?\d\d)?(?: phut)?)? (?:cua )?(?:hang|moi) ngay")
# "định kỳ hằng tháng", "định kỳ 6 tháng": a rhythm without a day.
RHYTHM = re.compile(
    r"(?:bao cao )?dinh ky(?: (?:hang|moi|theo))? (?P<rhythm>ngay|tuan|thang|quy|(?:6|06|sau) thang|nam)(?!\s*[\d/])"
    r"(?! ?\((?:truoc|cham nhat|xong) [^)]*20\d\d)"
)
# What is done by a time counted from an event; other things merely last so long ("đào tạo trong 24 tháng").
DELIVERS = re.compile(
    r"(?<![a-z])(?:bao cao|gui|nop|hoan thanh|tra loi|phan hoi|khac phuc|quyet toan|trinh|cung cap"
    r"|cong khai|cap nhat|xu ly|thong bao)\b"
)
REPEATS = re.compile(r"(?<![a-z])(?:bao cao|gui|cung cap|giao ban)\b")
# What is got ready before an event: "tổ chức tập huấn … trước khi khai mạc ít nhất 05 ngày".
PREPARES = re.compile(r"(?<![a-z])(?:to chuc|tap huan|chuan bi|bo tri)\b")
RIGHT = re.compile(r"(?<![a-z])(?:co quyen|khieu nai|to cao|khoi kien)\b")
HANDS_IN = re.compile(r"(?<![a-z])(?:bao cao|gui|cung cap|tong hop|cap nhat|nop|thong tin)\b")

_COUNT = r"(?P<amount>\d{1,3})(?: ?\([a-z ]{2,20}\))?"
_UNIT = r"(?P<unit>ngay lam viec|gio lam viec|ngay|gio|tuan|thang|h\b)"
# "trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản này"
COUNTED = re.compile(
    r"(?P<cue>(?:cham nhat|muon nhat)(?: la)?(?: (?:sau|trong(?: vong)?))?|khong qua|toi da|sau|"
    r"(?:chi )?trong(?: (?:vong|thoi han|thoi gian|khoang))?(?: (?:khong qua|toi da))?|thoi han(?: la)?[: ]*)"
    rf" ?(?:la )?{_COUNT} {_UNIT}(?: lam viec)?,? "
    r"(?:ke tu|tinh tu|tu|sau)\b(?: sau\b)?(?: (?:ngay|khi|thoi diem|luc|gio))?(?: (?:ngay|khi))? ?"
    r"(?P<anchor>[^.;)]{3,120})"
)
# "chậm nhất 03 ngày trước ngày họp", "trước khi khai mạc 02 ngày"
COUNTED_BACK = re.compile(
    r"(?P<cue>cham nhat(?: la)?(?: trong(?: vong)?)?|muon nhat(?: la)?|it nhat(?: la)?|toi thieu|truoc)"
    rf" ?{_COUNT} {_UNIT}(?: lam viec)?,? "
    r"(?:truoc|so voi|tinh den)(?: (?:ngay|khi|thoi diem))? (?P<anchor>[^.;)]{3,80})"
)
# "trước khi khai mạc ít nhất 10 ngày", "trước ngày họp 02 ngày làm việc"
COUNTED_BEFORE = re.compile(
    r"(?<![a-z])(?P<cue>truoc) (?:(?:khi|ngay|thoi diem) )(?P<anchor>[a-z][^.;,:]{1,110}?)"
    rf" (?P<least>it nhat|toi thieu|cham nhat|khong qua)(?: la| truoc)? {_COUNT} {_UNIT}(?: lam viec)?(?![a-z])"
)
COUNTED_BEFORE_DAY = re.compile(
    r"(?<![a-z])(?P<cue>truoc) (?:ngay|khi) (?P<anchor>(?:to chuc )?(?:[a-z]+ ){0,2}"
    r"(?:hop|hoi nghi|hoi thao|khai mac|dien ra|khai giang|dai hoi|le|thi|kiem tra))"
    rf" (?P<least>)?{_COUNT} {_UNIT}(?: lam viec)?(?![a-z])(?= ?(?:$|[.;,)(]| de | va ))"
)
