//! The figure of growth: time and memory by rows, both scales logarithmic, so that linear growth is a line of one slope.

use std::fmt::Write;
use std::path::PathBuf;

use super::measure::Measured;
use super::table::Stages;

/// Where the figure is kept.
fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/growth.svg")
}

/// Sizes in pixels: a panel, and the room around it.
const PANEL: (f64, f64) = (300.0, 220.0);
const MARGIN: f64 = 70.0;
/// Decades of rows.
const ROWS: (i32, i32) = (3, 7);

/// One curve: its name, its colour, its points (rows, value).
type Curve<'a> = (&'a str, &'a str, Vec<(f64, f64)>);

/// Writes `docs/growth.svg`.
pub fn growth(lines: &[(usize, Vec<Stages>)]) {
    let curve = |work: usize, value: fn(&Measured) -> f64| -> Vec<(f64, f64)> {
        let point = |(rows, works): &(usize, Vec<Stages>)| Some((*rows as f64, value(works.get(work)?.1.last()?)));
        lines.iter().filter_map(point).collect()
    };
    let curves = |value| [("merge, no hand-backs", "#b3261e", curve(1, value)), ("floor", "#3b6ea5", curve(0, value))];
    let (width, height) = (2.0 * PANEL.0 + 3.0 * MARGIN, PANEL.1 + 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n"
    );
    panel(&mut svg, MARGIN, "CPU seconds", (-2, 2), &curves(|one| one.cpu));
    panel(&mut svg, PANEL.0 + 2.0 * MARGIN, "peak megabytes", (0, 4), &curves(|one| one.peak as f64 / 1024.0));
    svg.push_str("</svg>\n");
    std::fs::write(path(), svg).unwrap();
    println!("\nwrote {}", path().display());
}

fn panel(svg: &mut String, left: f64, title: &str, decades: (i32, i32), curves: &[Curve<'_>]) {
    let part = |value: f64, (first, last): (i32, i32)| (value.log10() - f64::from(first)) / f64::from(last - first);
    let x = |rows: f64| left + PANEL.0 * part(rows, ROWS);
    let y = |value: f64| MARGIN + PANEL.1 * (1.0 - part(value, decades));
    let (right, bottom) = (left + PANEL.0, MARGIN + PANEL.1);
    let _ = writeln!(svg, "<text x=\"{left}\" y=\"{}\" font-weight=\"bold\">{title}, by rows</text>", MARGIN - 30.0);
    for decade in decades.0..=decades.1 {
        let (at, value) = (y(10f64.powi(decade)), 10f64.powi(decade));
        let label = if value < 1.0 { value.to_string() } else { grouped(value as u64) };
        let _ = writeln!(svg, "<path d=\"M{left} {at:.1}H{right}\" stroke=\"#ddd\"/>");
        let _ = writeln!(svg, "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{label}</text>", left - 6.0, at + 4.0);
    }
    for decade in ROWS.0..=ROWS.1 {
        let (at, label) = (x(10f64.powi(decade)), grouped(10_u64.pow(decade.unsigned_abs())));
        let _ = writeln!(svg, "<path d=\"M{at:.1} {MARGIN}V{bottom}\" stroke=\"#ddd\"/>");
        let _ = writeln!(svg, "<text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{label}</text>", bottom + 18.0);
    }
    for (_, colour, points) in curves {
        let drawn: Vec<String> =
            points.iter().map(|(rows, value)| format!("{:.1},{:.1}", x(*rows), y(*value))).collect();
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            drawn.join(" ")
        );
        for (rows, value) in points {
            let _ = writeln!(svg, "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\" fill=\"{colour}\"/>", x(*rows), y(*value));
        }
    }
    // The curves lie close: their names stand side by side above them.
    for (place, (name, colour, _)) in curves.iter().enumerate() {
        let (x, y) = (left + place as f64 * PANEL.0 / 2.0, MARGIN - 12.0);
        let _ = writeln!(svg, "<text x=\"{x}\" y=\"{y}\" fill=\"{colour}\">● {name}</text>");
    }
}

/// 1000000 as `1,000,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&[u8]> = digits.as_bytes().rchunks(3).rev().collect();
    groups.iter().map(|group| String::from_utf8_lossy(group)).collect::<Vec<_>>().join(",")
}
