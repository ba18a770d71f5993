//! What is built on what was built before is what is built from nothing.

use std::time::Duration;

use proptest::prelude::*;

use crate::edits::{Edit, script};
use crate::project::Project;

fn scripts() -> u32 {
    std::env::var("VERSUS_SCRIPTS").ok().and_then(|count| count.parse().ok()).unwrap_or(40)
}

/// Builds, and compares with a build from nothing.
fn check(project: &Project, last: &mut Option<Vec<String>>) -> Result<(), TestCaseError> {
    let (published, site) = project.build();
    let clean = project.clean();
    prop_assert_eq!(&site.report, &clean.report);
    if published.is_none() {
        // The old site stays.
        return Ok(());
    }
    let names: Vec<String> = site.files.keys().cloned().collect();
    prop_assert_eq!(&names, &clean.files.keys().cloned().collect::<Vec<_>>());
    for (path, bytes) in &site.files {
        prop_assert!(bytes == &clean.files[path], "`{}` is stale", path);
    }
    *last = Some(names);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: scripts(), max_shrink_iters: 80, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_is_edited_a_build_makes_what_a_clean_one_makes(
        beginning in prop::collection::vec(any::<u8>(), 8),
        script in script(),
        is_fast in any::<bool>(),
        is_drawn in prop::bool::weighted(0.2),
    ) {
        let mut project = Project::new();
        // Most scripts go without what takes longest.
        let config = "title: Site\nbase_url: https://example.org/\nsocial_cards: false\n";
        if !is_drawn {
            project.write("site/versus.yaml", config);
        }
        project.ahead = Duration::from_secs(if is_fast { 5 } else { 0 });
        for (at, choice) in beginning.into_iter().enumerate() {
            Edit::page(at as u8, choice).apply(&project);
        }
        let mut last = None;
        check(&project, &mut last)?;
        for edit in script {
            edit.apply(&project);
            check(&project, &mut last)?;
        }
        check(&project, &mut last)?;
    }
}
