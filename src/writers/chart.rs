//! Native charts in the typeface of the sheets, with their values written at the bars.

use rust_xlsxwriter::{Chart, ChartAxis, ChartDataLabel, ChartFont, ChartFormat, ChartSolidFill, ChartType};

use crate::model::CellAt;
use crate::summaries::{self, ChartKind};

/// Fill of bars and columns.
const FILL: u32 = 0x2F_75_B5;

/// A chart over ranges of the sheet that it stands on.
pub fn chart(sheet: &str, from: &summaries::Chart) -> Chart {
    let mut chart = Chart::new(match from.kind {
        ChartKind::Column => ChartType::Column,
        ChartKind::Bar => ChartType::Bar,
        ChartKind::Pie => ChartType::Pie,
    });
    let range = |(first, last): (CellAt, CellAt)| (sheet, first.row, first.column, last.row, last.column);
    let format = if from.shares { "[$-42A]0.0%" } else { "[$-42A]#,##0" };
    for one in &from.series {
        let mut label = ChartDataLabel::new();
        label.show_value().set_num_format(format).set_font(&font(9));
        let series = chart.add_series();
        series.set_name(&one.name).set_categories(range(one.categories)).set_values(range(one.values));
        series.set_data_label(&label).set_gap(60);
        if from.kind != ChartKind::Pie {
            series.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(FILL)));
        }
    }
    let mut title = font(13);
    title.set_bold();
    chart.title().set_name(&from.title).set_font(&title);
    chart.legend().set_font(&font(10));
    if from.series.len() < 2 && from.kind != ChartKind::Pie {
        chart.legend().set_hidden();
    }
    match from.kind {
        ChartKind::Column => {
            categories(chart.x_axis());
            values(chart.y_axis(), from.shares);
        }
        ChartKind::Bar => {
            // A bar chart draws its first category at the bottom; tables are read from the top.
            categories(chart.y_axis()).set_reverse();
            values(chart.x_axis(), from.shares);
        }
        ChartKind::Pie => {}
    }
    chart.set_width(from.size.0).set_height(from.size.1);
    chart
}

fn categories(axis: &mut ChartAxis) -> &mut ChartAxis {
    axis.set_font(&font(10)).set_major_gridlines(false)
}

/// An axis from 0; the values stand at the bars, so it needs no numbers of its own.
fn values(axis: &mut ChartAxis, shares: bool) {
    axis.set_min(0).set_font(&font(9)).set_major_gridlines(false).set_hidden(true);
    if shares {
        axis.set_max(1);
    }
}

fn font(size: u8) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name("Times New Roman").set_size(size).unset_bold();
    font
}
