//! What time does to a page: told by `check`, which knows the day.

use snapbox::str;
use versus::diag::{Denied, Lint};

use crate::project::Project;

/// A page that was reviewed on a Monday in March.
const REVIEWED: &str = "title: A\ndescription: d\nreviewed: 2026-03-02";

fn ids(front: &str, day: &str) -> Vec<&'static str> {
    Project::new().page("a.md", front, "Text.").on(day).build().ids()
}

#[test]
fn a_review_that_is_too_long_ago_is_told_with_what_to_do() {
    Project::new()
        .page("a.md", &format!("{REVIEWED}\nreview_every: 180d"), "Text.")
        .on("2026-10-11")
        .problems(str![[r#"
warning[review-stale]: last reviewed on 2026-03-02, and due every `180d`
 --> content/a.md:4:11
  |
4 | reviewed: 2026-03-02
  |           ^^^^^^^^^^
  = help: that was 223 days ago: check what has changed since, then say `reviewed: 2026-10-11`, or give it longer with `review_every`


"#]]);
}

#[test]
fn a_review_holds_to_the_last_day_of_its_period() {
    for (period, last, next) in [
        ("180d", "2026-08-29", "2026-08-30"),
        ("2w", "2026-03-16", "2026-03-17"),
        ("6m", "2026-09-02", "2026-09-03"),
        ("1y", "2027-03-02", "2027-03-03"),
    ] {
        let front = format!("{REVIEWED}\nreview_every: {period}");
        assert_eq!(ids(&front, last), [""; 0], "{period}");
        assert_eq!(ids(&front, next), ["review-stale"], "{period}");
    }
    let never = format!("{REVIEWED}\nreview_every: off");
    assert_eq!(ids(&never, "2126-01-01"), [""; 0]);
    assert_eq!(ids("title: A\ndate: 2001-01-01", "2026-01-01"), [""; 0], "never reviewed");
}

#[test]
fn a_page_that_names_no_period_has_the_sites_which_is_a_year() {
    let on = |config: &str, day: &str| {
        Project::new().config(config).page("a.md", REVIEWED, "Text.").on(day).build().ids()
    };
    assert_eq!(on("", "2027-03-02"), [""; 0]);
    assert_eq!(on("", "2027-03-03"), ["review-stale"]);
    assert_eq!(on("review_every: 1w", "2026-03-10"), ["review-stale"]);
    assert_eq!(on("review_every: off", "2126-01-01"), [""; 0]);
}

#[test]
fn sections_and_subjects_are_reviewed_too() {
    let built = Project::new()
        .page("compare/_index.md", "title: C\nreviewed: 2020-01-01", "")
        .page("subjects/go.md", "name: Go\nreviewed: 2020-01-01", "")
        .on("2026-03-02")
        .build();
    let report = built.short();
    assert!(report.contains("content/compare/_index.md:3:11: warning[review-stale]"), "{report}");
    assert!(report.contains("content/subjects/go.md:3:11: warning[review-stale]"), "{report}");
}

#[test]
fn a_page_past_its_last_day_is_told() {
    let front = "title: A\nexpiryDate: 2026-03-02";
    assert_eq!(ids(front, "2026-03-02"), [""; 0]);
    Project::new().page("a.md", front, "Text.").on("2026-03-03").problems(str![[r#"
warning[expired]: expired on 2026-03-02, and is published all the same
 --> content/a.md:3:13
  |
3 | expiryDate: 2026-03-02
  |             ^^^^^^^^^^
  = help: that was 1 day ago: take the page out with `draft: true`, or move `expiryDate`


"#]]);
}

#[test]
fn dates_in_the_future_are_noted_each_at_its_key() {
    let front =
        "title: A\ndate: 2026-03-03T00:30:00+01:00\nlastmod: 2026-03-04\nreviewed: 2026-03-05";
    assert_eq!(ids(front, "2026-03-05"), [""; 0]);
    let built = Project::new().page("a.md", front, "Text.").on("2026-03-02").problems(str![[r#"
info[future-date]: 2026-03-03 is in the future
 --> content/a.md:3:7
  |
3 | date: 2026-03-03T00:30:00+01:00
  |       ^^^^^^^^^^^^^^^^^^^^^^^^^
  = help: it is 1 day away: the page is published all the same; `draft: true` keeps it back until then

info[future-date]: 2026-03-04 is in the future
 --> content/a.md:4:10
  |
4 | lastmod: 2026-03-04
  |          ^^^^^^^^^^
  = help: it is 2 days away: write the day on which it was done

info[future-date]: 2026-03-05 is in the future
 --> content/a.md:5:11
  |
5 | reviewed: 2026-03-05
  |           ^^^^^^^^^^
  = help: it is 3 days away: write the day on which it was done


"#]]);
    assert!(built.has("a/index.html"), "it is published all the same");
}

#[test]
fn a_build_does_not_know_the_day() {
    let front = "title: A\ndate: 9999-12-30\nreviewed: 1970-01-01\nexpiryDate: 1970-01-01";
    let built = Project::new()
        .page("a.md", front, "Text.")
        .deny(Denied::Lint(Lint::ReviewStale))
        .deny(Denied::Warnings)
        .build();
    assert_eq!(built.ids(), [""; 0]);
}

#[test]
fn a_page_can_silence_what_the_day_brings() {
    let front = format!("{REVIEWED}\nlint: {{ allow: [review-stale] }}");
    assert_eq!(ids(&front, "2126-01-01"), [""; 0]);
}
