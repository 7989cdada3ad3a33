use super::clock::{hours, parse as clock};
use super::date::{Civil, day_number, fast, parse as date};
use super::number::parse as number;
use super::zone::{Meeting, ZoneCache};
use crate::mapping::DateOrder::{Dmy, Mdy, Ymd};
use model::time::{day, day_of, parse_day, zone};

fn at(text: &str) -> (i32, Option<u32>) {
    let (date, time) = text.split_once(' ').map_or((text, None), |(d, t)| (d, Some(t)));
    (parse_day(date).unwrap(), time.map(|t| clock(t).unwrap()))
}

#[test]
fn dates_are_read_in_every_style_met_in_exports() {
    let cases = [
        ("2026-03-04", Dmy, "2026-03-04"),
        ("2026/03/04 7:05", Dmy, "2026-03-04 07:05"),
        ("20260304", Dmy, "2026-03-04"),
        ("04/03/2026", Dmy, "2026-03-04"),
        ("3/4/26 7:05 PM", Mdy, "2026-03-04 19:05"),
        ("26.03.04", Ymd, "2026-03-04"),
        ("04-Mar-26", Dmy, "2026-03-04"),
        ("4 March 2026 07:05:09", Dmy, "2026-03-04 07:05:09"),
        ("Mar 4, 2026", Mdy, "2026-03-04"),
        ("04Mar2026", Dmy, "2026-03-04"),
        ("2026-Mar-04", Dmy, "2026-03-04"),
        ("46085", Dmy, "2026-03-04"),
        ("46085.25", Dmy, "2026-03-04 06:00"),
        ("04-03-1999", Dmy, "1999-03-04"),
        ("2026-03-04 07:05:09.250", Dmy, "2026-03-04 07:05:09"),
        ("2026-03-03 24:00", Dmy, "2026-03-04 00:00"),
    ];
    for (text, order, wanted) in cases {
        let got = date(text, order).map(|c| (c.day, c.second));
        assert_eq!(got, Some(at(wanted)), "{text}");
    }
}

#[test]
fn what_is_no_date_is_none() {
    for text in [
        "",
        "31/02/2026",
        "2026-13-01",
        "13/13/2026",
        "99999",
        "12",
        "12:30",
        "2026",
        "yesterday",
        "1/2/3/4",
        "2026-03-04 25:00",
        "0001-01-01",
    ] {
        assert_eq!(date(text, Dmy), None, "{text}");
    }
}

#[test]
fn offsets_are_kept_as_written() {
    for (text, offset) in [
        ("2026-03-04T07:05:09Z", 0),
        ("2026-03-04T07:05:09+01:00", 3600),
        ("2026-03-04 07:05 -0530", -19_800),
    ] {
        let got = date(text, Dmy).unwrap();
        assert_eq!(got.offset, Some(offset), "{text}");
    }
}

#[test]
fn the_fast_path_agrees_with_the_calendar_for_two_centuries() {
    for number in (parse_day("1900-01-01").unwrap()..=parse_day("2100-12-31").unwrap()).step_by(13) {
        let civil = model::time::date(number);
        let got = day_number(i32::from(civil.year()), civil.month() as u32, civil.day() as u32);
        assert_eq!(got, Some(day(civil)));
        let text = format!("{civil} 07:05:09");
        assert_eq!(fast(text.as_bytes()), Some(Civil { day: number, second: Some(25_509), offset: None }));
    }
}

#[test]
fn times_of_day_come_with_and_without_colon() {
    for (text, wanted) in [
        ("0730", 27_000),
        ("730", 27_000),
        ("7:30", 27_000),
        ("07:30:15", 27_015),
        ("7.30 pm", 70_200),
        ("12:05 am", 300),
        ("2400", 86_400),
        ("0", 0),
        ("0000", 0),
        ("235959", 86_399),
        ("12 PM", 43_200),
    ] {
        assert_eq!(clock(text), Some(wanted), "{text}");
    }
    for text in ["", "2460", "2401", "7:60", "13 pm", "abc", "12345", "1.5.2.x"] {
        assert_eq!(clock(text), None, "{text}");
    }
}

#[test]
fn hours_written_as_a_clock_are_not_decimals() {
    assert_eq!(hours("0830"), Some(8_500));
    assert_eq!(hours("0820"), Some(8_333));
    assert_eq!(hours("12:15"), Some(12_250));
}

#[test]
fn numbers_keep_three_decimals_exactly() {
    for (text, wanted) in [
        ("1,234.50", 1_234_500),
        ("$ 145,787.56 ", 145_787_560),
        ("8", 8_000),
        ("(12.5)", -12_500),
        ("-0.0005", -1),
        ("0.1", 100),
        ("2.9999", 3_000),
        ("\u{a3}95", 95_000),
        ("  772,034.24 ", 772_034_240),
    ] {
        assert_eq!(number(text, false), Some(wanted), "{text}");
    }
    assert_eq!(number("1.234,50", true), Some(1_234_500));
    for text in ["", "-", "abc", "1.2.3", "12h", "99999999999999999999", "$"] {
        assert_eq!(number(text, false), None, "{text}");
    }
}

#[test]
fn the_cached_zone_agrees_with_the_zone_at_every_half_hour_of_a_year() {
    for name in ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"] {
        let tz = zone(name).unwrap();
        let mut cache = ZoneCache::new(tz.clone());
        let first = parse_day("2026-01-01").unwrap();
        for half in 0..365 * 48 {
            let (day, second) = (first + half / 48, (half % 48) as u32 * 1800);
            let (utc, meeting) = cache.utc(day, second);
            let civil = model::time::date(day).at((second / 3600) as i8, (second / 60 % 60) as i8, 0, 0);
            assert_eq!(utc, civil.to_zoned(tz.clone()).unwrap().timestamp().as_second(), "{name} {civil}");
            if meeting == Meeting::Plain {
                assert_eq!(cache.day(utc), day);
            }
            assert_eq!(cache.day(utc), day_of(utc, &tz));
        }
    }
}
