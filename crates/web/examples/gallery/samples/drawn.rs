//! Charts, in every state: full, with holes, of one value, of nothing.

use maud::{Markup, html};
use web::{
    Words,
    chart::{
        Band, Bar, Bars, Class, Day, DayValue, Heat, LineChart, MapChart, Mark, Multiple,
        Multiples, Place, Series, Shape, Stroke, Target, bars, heat, line, map, multiples,
        sparkline,
    },
};

pub(super) fn charts(words: &Words) -> Vec<(&'static str, Markup)> {
    vec![
        ("chart-line", lines(words)),
        ("chart-line-edges", edges(words)),
        ("chart-bars", ranking(words)),
        ("chart-multiples", small(words)),
        ("chart-heat", load(words)),
        ("chart-map", places(words)),
        ("chart-map-areas", areas(words)),
        ("chart-nothing", nothing(words)),
    ]
}

fn lines(words: &Words) -> Markup {
    let past = [372.0, 347.0, 351.0, 302.0, 309.0, 285.0, 268.0, 312.0];
    let mut known: Vec<Option<f64>> = past.map(Some).to_vec();
    known.extend([None; 3]);
    let from_now = |values: [f64; 4]| {
        let mut all = vec![None; 7];
        all.extend(values.map(Some));
        all
    };
    let between = [(312.0, 312.0), (318.0, 350.0), (322.0, 400.0), (325.0, 449.0)];
    let mut band = vec![None; 7];
    band.extend(between.map(Some));
    let chart = LineChart {
        title: "Hồ sơ quá hạn".into(),
        finding: "Hồ sơ quá hạn: hiện 312; nếu giữ nguyên, 30/11 khoảng 380, dải 325 đến 449"
            .into(),
        along: (16..27).map(|day| format!("{day}/11")).collect(),
        series: vec![
            Series { name: "Nay".into(), values: known, stroke: Stroke::Measured },
            Series {
                name: "Giữ nguyên".into(),
                values: from_now([312.0, 335.0, 358.0, 380.0]),
                stroke: Stroke::Foreseen,
            },
            Series {
                name: "Theo phương án".into(),
                values: from_now([312.0, 295.0, 276.0, 258.0]),
                stroke: Stroke::Supposed,
            },
        ],
        band: Some(Band { name: "Dải 80%".into(), between: band }),
        marks: vec![Mark { place: 8, name: "nghỉ 24/11".into() }],
        target: Some(Target { name: "Kế hoạch 275".into(), value: 275.0 }),
        ..LineChart::default()
    };
    line(words, &chart)
}

/// A gap, a value that is no number, one value alone, values that are all the same.
fn edges(words: &Words) -> Markup {
    let chart = |values: Vec<Option<f64>>| LineChart {
        title: "Đúng hạn".into(),
        finding: "Đúng hạn theo tháng".into(),
        unit: "%".into(),
        decimals: 1,
        along: (1..=values.len()).map(|month| format!("T{month}")).collect(),
        series: vec![Series { values, ..Series::default() }],
        ..LineChart::default()
    };
    html! {
        (line(words, &chart(vec![Some(96.8), Some(97.1), None, Some(f64::NAN), Some(95.0), None, Some(98.2)])))
        (line(words, &chart(vec![Some(96.8)])))
        (line(words, &chart(vec![Some(100.0), Some(100.0)])))
    }
}

fn ranking(words: &Words) -> Markup {
    let bar = |name: &str, value: Option<f64>, bad| Bar {
        name: name.into(),
        value,
        href: Some("#".into()),
        bad,
    };
    let chart = Bars {
        title: "Quá hạn nhiều nhất".into(),
        reference: Some(25.0),
        bars: vec![
            bar("Văn phòng đăng ký đất đai", Some(96.0), true),
            bar("Phường Phổ Yên", Some(31.0), false),
            bar("Sở Xây dựng", Some(0.0), false),
            bar("Xã Chợ Đồn", None, false),
        ],
        ..Bars::default()
    };
    bars(words, &chart)
}

fn small(words: &Words) -> Markup {
    let of = |name: &str, values: &[f64], bad| Multiple {
        name: name.into(),
        values: values.iter().map(|value| Some(*value)).collect(),
        href: Some("#".into()),
        bad,
    };
    let chart = Multiples {
        title: "Đúng hạn theo lĩnh vực".into(),
        unit: "%".into(),
        decimals: 1,
        reference: Some(95.0),
        lines: vec![
            of("Hộ tịch", &[98.0, 98.4, 97.9, 98.9], false),
            of("Đất đai", &[84.1, 86.0, 85.2, 88.2], true),
            Multiple { name: "Y tế".into(), ..Multiple::default() },
        ],
    };
    html! {
        (multiples(words, &chart))
        (sparkline(words, &of("Chứng thực", &[99.0, 99.6], false), "%", 1, None))
    }
}

fn load(words: &Words) -> Markup {
    let first = jiff::civil::date(2026, 11, 2);
    let loads = [4209.0, 3281.0, 3769.0, 3205.0, 3462.0, 777.0, 0.0, 3753.0, 3298.0];
    let mut days: Vec<Day> = first
        .series(jiff::ToSpan::days(1))
        .zip(loads)
        .map(|(date, load)| Day { date, value: DayValue::Load(load) })
        .collect();
    days.push(Day {
        date: jiff::civil::date(2026, 11, 11),
        value: DayValue::Off("nghỉ lễ".into()),
    });
    days.push(Day { date: jiff::civil::date(2026, 11, 12), value: DayValue::Unknown });
    let chart = Heat {
        title: "Hồ sơ nhận".into(),
        finding: "Thứ Hai đông nhất, khoảng 4 nghìn".into(),
        unit: "hồ sơ".into(),
        per: 1000.0,
        decimals: 1,
        days,
    };
    heat(words, &chart)
}

fn places(words: &Words) -> Markup {
    let place = |name: &str, east, north, class, value: &str| Place {
        name: name.into(),
        shape: Shape::Point(east, north),
        class,
        value: value.into(),
        href: Some("#".into()),
    };
    let chart = MapChart {
        title: "Hồ sơ quá hạn theo xã, phường".into(),
        finding: "4 nơi: Phổ Yên quá hạn nhiều, Phú Bình có nguy cơ".into(),
        value: "Quá hạn".into(),
        places: vec![
            place("Phổ Yên", 105.87, 21.41, Class::Late, "31"),
            place("Phú Bình", 105.98, 21.47, Class::Soon, "4"),
            place("Đức Xuân", 105.83, 22.15, Class::Fine, "0"),
            place("Chợ Đồn", 105.58, 22.16, Class::Unknown, "chưa có"),
            place("Không đâu cả", f64::NAN, 22.16, Class::Late, "9"),
        ],
        keys: vec![
            (Class::Fine, "Trên 95%: 1 nơi".into()),
            (Class::Soon, "Nguy cơ: 1".into()),
            (Class::Late, "Quá hạn nhiều: 1".into()),
        ],
    };
    map(words, &chart)
}

fn areas(words: &Words) -> Markup {
    let square = |east: f64, class, name: &str| Place {
        name: name.into(),
        shape: Shape::Area(vec![vec![
            (east, 21.0),
            (east + 0.1, 21.0),
            (east + 0.1, 21.1),
            (east, 21.1),
        ]]),
        class,
        value: "7".into(),
        href: None,
    };
    let chart = MapChart {
        title: "Quá hạn".into(),
        finding: "Hai phường, một quá hạn".into(),
        value: "Quá hạn".into(),
        places: vec![
            square(105.0, Class::Fine, "Bách Quang"),
            square(105.1, Class::Late, "Sông Công"),
        ],
        keys: vec![],
    };
    map(words, &chart)
}

/// Every chart of nothing is a sentence.
fn nothing(words: &Words) -> Markup {
    let gaps = Series { values: vec![None, Some(f64::INFINITY)], ..Series::default() };
    html! {
        (line(words, &LineChart { series: vec![gaps], ..LineChart::default() }))
        (bars(words, &Bars::default()))
        (multiples(words, &Multiples::default()))
        (sparkline(words, &Multiple::default(), "", 0, None))
        (heat(words, &Heat::default()))
        (map(words, &MapChart::default()))
    }
}
