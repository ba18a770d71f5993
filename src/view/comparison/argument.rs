//! What an article says for one of its subjects, to be shown elsewhere.

use serde::Serialize;

use super::said::{VerdictView, verdict};
use super::{People, Printer, Writer};
use crate::diag::KeyPath;
use crate::site::{PageId, Site, SubjectId};

/// What an article says for one of its subjects. Texts are HTML.
#[derive(Debug, Clone, Serialize)]
pub struct ArgumentView {
    /// The article's title.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// Its short answer; nothing where the page has said it before.
    pub verdict: Option<VerdictView>,
    /// When to use the subject.
    pub use_when: Vec<String>,
}

/// What an article says for one of its subjects. What is wrong with its texts is
/// told where they stand.
pub fn argument(site: &Site, id: PageId, subject: SubjectId, printer: Printer<'_>) -> ArgumentView {
    let page = &site.pages[id];
    let comparison = &page.document.front.comparison;
    let people = People::new(site, id);
    let mut writer = Writer::elsewhere(&page.document, printer);
    let place = page.subjects.iter().position(|own| *own == subject);
    let declared = place.and_then(|place| comparison.subjects.get(place));
    ArgumentView {
        title: page.document.title.clone(),
        url: site.href(&page.url),
        verdict: verdict(comparison, &people, &mut writer),
        use_when: declared.map_or_else(Vec::new, |subject| {
            let path = KeyPath::top("subjects").item(subject.index);
            writer.list(&path, "use_when", &subject.use_when)
        }),
    }
}
