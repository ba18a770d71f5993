//! What time has done to a page.

use super::{Findings, documents};
use crate::content::Document;
use crate::data::Date;
use crate::diag::{Diagnostic, Lint};
use crate::site::Site;

pub(super) fn check(site: &Site, today: &Date, findings: &mut Findings) {
    for document in documents(site) {
        stale(site, document, today, findings);
        expired(document, today, findings);
        future(document, today, findings);
    }
}

/// A page that nobody says was ever reviewed is not called stale.
fn stale(site: &Site, document: &Document, today: &Date, findings: &mut Findings) {
    let front = &document.front;
    let period = front.particulars.review_every.unwrap_or(site.config.review_every);
    let Some(reviewed) = front.reviewed else { return };
    let Some(due) = reviewed.after(period) else { return };
    if due.days_until(today) <= 0 {
        return;
    }
    let message = format!("last reviewed on {}, and due every `{period}`", reviewed.day_only());
    let help = format!(
        "that was {}: check what has changed since, then say `reviewed: {today}`, \
         or give it longer with `review_every`",
        ago(reviewed.days_until(today))
    );
    let problem = Diagnostic::new(Lint::ReviewStale, message).help(help);
    findings.at(document, front.key("reviewed"), problem);
}

fn expired(document: &Document, today: &Date, findings: &mut Findings) {
    let front = &document.front;
    let Some(expires) = front.particulars.expires else { return };
    let days = expires.days_until(today);
    if days <= 0 {
        return;
    }
    let message = format!("expired on {}, and is published all the same", expires.day_only());
    let help = format!(
        "that was {}: take the page out with `draft: true`, or move `expiryDate`",
        ago(days)
    );
    findings.at(
        document,
        front.key("expiryDate"),
        Diagnostic::new(Lint::Expired, message).help(help),
    );
}

fn future(document: &Document, today: &Date, findings: &mut Findings) {
    let front = &document.front;
    let dates = [("date", front.date), ("updated", front.updated), ("reviewed", front.reviewed)];
    for (name, date) in dates {
        let Some(date) = date else { continue };
        let days = today.days_until(&date);
        if days <= 0 {
            continue;
        }
        let message = format!("{} is in the future", date.day_only());
        let remedy = match name {
            "date" => "the page is published all the same; `draft: true` keeps it back until then",
            _ => "write the day on which it was done",
        };
        let help = format!("it is {} away: {remedy}", count(days));
        let problem = Diagnostic::new(Lint::FutureDate, message).help(help);
        findings.at(document, front.key(name), problem);
    }
}

fn ago(days: i32) -> String {
    format!("{} ago", count(days))
}

fn count(days: i32) -> String {
    if days == 1 { "1 day".into() } else { format!("{days} days") }
}
