//! Rules of a repeal, and what it leaves of an order.

use chrono::NaiveDateTime;

use super::{
    period::{required, to_the_minute, within_years},
    report::Report,
};
use crate::{
    Measure, OrderCategory, OrderContent, Period, Repeal, Violation, ViolationCode, input::RepealInput,
    time::end_of_day,
};

/// Longest reason of a repeal, in characters.
pub const REPEAL_REASON_MAX: usize = 255;

pub(super) fn check(input: &RepealInput, content: &OrderContent, report: &mut Report) -> Option<OrderContent> {
    if content.repeal.is_some() {
        report.add("", ViolationCode::AlreadyRepealed);
        return None;
    }
    let date = required(report, "endDate", input.end_date);
    let date = within_years(report, "endDate", date);
    let time = required(report, "endTime", input.end_time).map(to_the_minute);
    let end = date.zip(time).map(|(date, time)| date.and_time(time));
    if let Some(end) = end {
        check_end(end, content, report);
    }
    let reason = report.required("reason", input.reason.as_deref(), REPEAL_REASON_MAX);
    Some(repealed(content, Repeal { end: end?, reason: reason? }))
}

/// Something of the order applies before the end, and something would apply after it.
fn check_end(end: NaiveDateTime, content: &OrderContent, report: &mut Report) {
    let periods = || content.measures.iter().flat_map(|measure| &measure.periods);
    let Some(start) = periods().map(|period| period.start).min() else {
        report.add("", ViolationCode::NoPeriod);
        return;
    };
    if end_of_day(end) <= start {
        let field = if end.date() < start.date() { "endDate" } else { "endTime" };
        report.push(Violation::new(field, ViolationCode::RepealBeforeStart).with("start", start.format("%FT%R")));
    } else if content.category == OrderCategory::TemporaryRegulation && !periods().any(|one| goes_beyond(one, end)) {
        // A permanent order lasts until it is repealed, whatever its periods say.
        let last = periods().filter_map(|period| period.end).max().unwrap_or(end);
        report.push(Violation::new("endDate", ViolationCode::RepealAfterEnd).with("end", last.format("%FT%R")));
    }
}

fn repealed(content: &OrderContent, repeal: Repeal) -> OrderContent {
    let measures = content
        .measures
        .iter()
        .map(|measure| Measure {
            periods: measure.periods.iter().filter_map(|period| cut(period, repeal.end)).collect(),
            ..measure.clone()
        })
        .filter(|measure| !measure.periods.is_empty())
        .collect();
    OrderContent { measures, repeal: Some(repeal), ..content.clone() }
}

/// What is left of a period; nothing when it begins too late.
fn cut(period: &Period, end: NaiveDateTime) -> Option<Period> {
    if !goes_beyond(period, end) {
        return Some(period.clone());
    }
    (period.start < end_of_day(end)).then(|| Period { end: Some(end), ..period.clone() })
}

/// Whether a period would go on after a repeal.
pub(super) fn goes_beyond(period: &Period, end: NaiveDateTime) -> bool {
    period.end.is_none_or(|own| end_of_day(own) > end_of_day(end))
}
