import datetime as dt

import pytest

from pipeline.vietnam.units import (
    Ambiguous,
    Unit,
    communes_of,
    find_province,
    find_unit,
    province_of_unit,
    successors,
    units_of,
)
from pipeline.vietnam.units_data import provinces

SEPTEMBER_2024 = dt.date(2024, 9, 26)
AUGUST_2025 = dt.date(2025, 8, 1)


def _names(units: tuple[Unit, ...]) -> set[str]:
    return {unit.name for unit in units}


@pytest.mark.parametrize(
    ("day", "number_of_provinces", "number_of_districts"),
    [
        (dt.date(2016, 1, 1), 63, 713),
        (dt.date(2020, 12, 1), 63, 707),
        (dt.date(2021, 6, 1), 63, 705),
        (dt.date(2025, 6, 30), 63, 696),
        (dt.date(2025, 7, 1), 34, 0),
    ],
)
def test_the_country_has_as_many_units_as_the_statistics_office_counts(
    day: dt.date, number_of_provinces: int, number_of_districts: int
) -> None:
    """The dated tables add up to the official numbers of provinces and districts on five days."""
    standing = [province for province in provinces() if province.stands(day)]
    assert len(standing) == number_of_provinces
    assert sum(len(units_of(province.name, "district", day)) for province in standing) == number_of_districts


def test_there_are_3321_communes_after_the_reform_and_10035_before() -> None:
    """No commune is lost between the tables."""
    for day, number in ((dt.date(2025, 6, 30), 10_035), (dt.date(2025, 7, 1), 3_321)):
        standing = [province for province in provinces() if province.stands(day)]
        assert sum(len(units_of(province.name, "commune", day)) for province in standing) == number


def test_quang_ngai_has_thirteen_districts_with_their_codes() -> None:
    """The districts of the seed dispatch come with code and type in lower case."""
    units = units_of("Quảng Ngãi", "district", SEPTEMBER_2024)
    assert len(units) == 13
    assert {unit.code: unit.name for unit in units}["525"] == "huyện Trà Bồng"
    assert {"thành phố Quảng Ngãi", "thị xã Đức Phổ", "huyện Lý Sơn"} <= _names(units)


def test_tay_tra_and_the_district_duc_pho_existed_until_january_2020() -> None:
    """A unit is listed on the days it stood and on no other."""
    before = _names(units_of("Quảng Ngãi", "district", dt.date(2020, 1, 31)))
    after = _names(units_of("Quảng Ngãi", "district", dt.date(2020, 2, 1)))
    assert before - after == {"huyện Tây Trà", "huyện Đức Phổ"}
    assert after - before == {"thị xã Đức Phổ"}


@pytest.mark.parametrize(
    ("text", "day", "name"),
    [
        ("Quảng Ngãi", SEPTEMBER_2024, "tỉnh Quảng Ngãi"),
        ("TỈNH KIÊN GIANG", SEPTEMBER_2024, "tỉnh Kiên Giang"),
        ("TP. Hồ Chí Minh", SEPTEMBER_2024, "thành phố Hồ Chí Minh"),
        ("TP.HCM", AUGUST_2025, "thành phố Hồ Chí Minh"),
        ("tỉnh Hoà Bình", SEPTEMBER_2024, "tỉnh Hòa Bình"),
        ("Quang Ngai", SEPTEMBER_2024, "tỉnh Quảng Ngãi"),
        ("Thừa Thiên Huế", SEPTEMBER_2024, "tỉnh Thừa Thiên Huế"),
        ("thành phố Huế", AUGUST_2025, "thành phố Huế"),
        ("thành phố Huế", SEPTEMBER_2024, None),
        ("Kiên Giang", AUGUST_2025, None),
        ("thành phố Quảng Ngãi", SEPTEMBER_2024, None),
        ("tỉnh", SEPTEMBER_2024, None),
        ("Quảng Ngài", SEPTEMBER_2024, None),
    ],
)
def test_a_province_is_known_by_any_of_its_names_on_its_days(text: str, day: dt.date, name: str | None) -> None:
    """Full, short, upper-case and unaccented names are found, cities inside a province and wrong accents are not."""
    found = find_province(text, day)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("name", "province", "day", "expected"),
    [
        ("huyện Ba Tơ", "Quảng Ngãi", SEPTEMBER_2024, "huyện Ba Tơ"),
        ("xã Ba Tô", "Quảng Ngãi", SEPTEMBER_2024, "xã Ba Tô"),
        ("xã Sơn Hà", "Quảng Ngãi", AUGUST_2025, "xã Sơn Hà"),
        ("xã Sơn Hạ", "Quảng Ngãi", AUGUST_2025, "xã Sơn Hạ"),
        ("TX. Đức Phổ", "Quảng Ngãi", SEPTEMBER_2024, "thị xã Đức Phổ"),
        ("Tp Quảng Ngãi", "Quảng Ngãi", SEPTEMBER_2024, "thành phố Quảng Ngãi"),
        ("huyện Tây Hoà", "Phú Yên", SEPTEMBER_2024, "huyện Tây Hòa"),
        ("huyen Ba To", "Quảng Ngãi", SEPTEMBER_2024, "huyện Ba Tơ"),
        ("Ba To", "Quảng Ngãi", SEPTEMBER_2024, "huyện Ba Tơ"),
        ("huyện Ia H’Drai", "Kon Tum", SEPTEMBER_2024, "huyện Ia H'Drai"),
        ("thị xã Kỳ Anh", "Hà Tĩnh", SEPTEMBER_2024, "thị xã Kỳ Anh"),
        ("quận 01", "Thành phố Hồ Chí Minh", SEPTEMBER_2024, "quận 1"),
        ("Kỳ Anh", "Hà Tĩnh", SEPTEMBER_2024, None),
        ("xã Son Ha", "Quảng Ngãi", AUGUST_2025, None),
        ("huyện Sơn Hạ", "Quảng Ngãi", SEPTEMBER_2024, None),
        ("huyện Đức Phổ", "Quảng Ngãi", SEPTEMBER_2024, None),
        ("huyện Châu Thành", "Quảng Ngãi", SEPTEMBER_2024, None),
        ("huyện Ba Tơ", "Quảng Ngãi", AUGUST_2025, None),
        ("huyện Tây Trà", "Quảng Ngãi", SEPTEMBER_2024, None),
    ],
)
def test_a_name_means_one_unit_or_none(name: str, province: str, day: dt.date, expected: str | None) -> None:
    """Accents, type words and the day decide; what they leave open is never guessed."""
    found = find_unit(name, province, day)
    assert (found.name if isinstance(found, Unit) else None) == expected


def test_an_open_name_offers_what_it_might_mean() -> None:
    """Clashing names, a wrong type and a dissolved district come with candidates and a reason."""
    clash = find_unit("Kỳ Anh", "Hà Tĩnh", SEPTEMBER_2024)
    gone = find_unit("huyện Tây Trà", "Quảng Ngãi", SEPTEMBER_2024)
    assert isinstance(clash, Ambiguous)
    assert isinstance(gone, Ambiguous)
    assert _names(clash.candidates) == {"huyện Kỳ Anh", "thị xã Kỳ Anh"}
    assert _names(gone.candidates) == {"huyện Trà Bồng"}
    assert "Tây Trà" in gone.reason


def test_a_district_has_its_communes_and_successors() -> None:
    """Ba Tơ's communes of 2024 became eight, among them both Ba Tơ and Ba Tô."""
    district = find_unit("huyện Ba Tơ", "Quảng Ngãi", SEPTEMBER_2024)
    assert isinstance(district, Unit)
    assert "xã Ba Tô" in _names(communes_of(district, SEPTEMBER_2024))
    assert communes_of(district, AUGUST_2025) == ()
    heirs = successors(district)
    assert {"xã Ba Tơ", "xã Ba Tô"} <= _names(heirs)
    assert len(heirs) == 8
    assert successors(district, SEPTEMBER_2024) == ()


def test_a_dissolved_district_leads_on_to_the_next_and_to_the_communes() -> None:
    """Tây Trà went into Trà Bồng in 2020 and with it into the communes of 2025."""
    district = find_unit("huyện Tây Trà", "Quảng Ngãi", dt.date(2019, 1, 1))
    assert isinstance(district, Unit)
    assert _names(successors(district, SEPTEMBER_2024)) == {"huyện Trà Bồng"}
    assert "xã Trà Bồng" in _names(successors(district))


def test_every_last_unit_has_a_successor() -> None:
    """Each of the 696 districts and of the 10,035 communes leads to communes that exist."""
    day = dt.date(2025, 6, 30)
    for province in provinces():
        if province.stands(day):
            for level in ("district", "commune"):
                assert all(successors(unit) for unit in units_of(province.name, level, day))


def test_dong_nai_is_a_city_since_30_april_2026() -> None:
    """A province's type and its communes' follow the changes after the reform."""
    before, after = dt.date(2026, 4, 29), dt.date(2026, 4, 30)
    names = [find_province("Đồng Nai", day) for day in (before, after)]
    assert [found.name for found in names if found] == ["tỉnh Đồng Nai", "thành phố Đồng Nai"]
    old, new = (_names(units_of("Đồng Nai", "commune", day)) for day in (before, after))
    assert len(old) == len(new) == 95
    assert "phường Trảng Bom" in new - old
    commune = find_unit("xã Trảng Bom", "Đồng Nai", before)
    assert isinstance(commune, Unit)
    assert _names(successors(commune, after)) == {"phường Trảng Bom"}


def test_a_province_table_has_each_province_once_on_a_day() -> None:
    """No two states of one province overlap."""
    for day in (dt.date(2024, 12, 31), dt.date(2025, 1, 1), dt.date(2026, 4, 29), dt.date(2026, 5, 1)):
        codes = [province.code for province in provinces() if province.stands(day)]
        assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("text", "day", "province"),
    [
        pytest.param("UBND HUYỆN BA TƠ", dt.date(2024, 5, 6), "tỉnh Quảng Ngãi", id="a district's letterhead"),
        pytest.param("Phòng Y tế huyện Minh Long", dt.date(2023, 5, 6), "tỉnh Quảng Ngãi", id="its room"),
        pytest.param("UBND HUYỆN CHÂU THÀNH", dt.date(2024, 5, 6), None, id="in ten provinces"),
        pytest.param("UBND HUYỆN BA TƠ", dt.date(2025, 8, 1), None, id="abolished"),
        pytest.param("Sở Y tế", dt.date(2024, 5, 6), None, id="no place"),
    ],
)
def test_a_unit_known_by_its_name_alone_gives_its_province(text: str, day: dt.date, province: str | None) -> None:
    """The one province with a unit of that name and type on the day; several, or none, say nothing."""
    found = province_of_unit(text, day)

    assert (found.name if found else None) == province
