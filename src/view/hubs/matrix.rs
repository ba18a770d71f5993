//! The table of all pairs.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::super::shared::{breadcrumbs, list_head};
use super::super::{HeadView, LinkView, json_ld};
use super::{SubjectLinkView, subject_link};
use crate::site::{Matrix, PageId, Rival, Site, SubjectId};

/// A table has at most this many rows, and as many columns: a larger one nobody
/// can read, and it grows with the square of its subjects.
const ROWS: usize = 40;

/// `matrix`: every pair of subjects that is compared.
#[derive(Debug, Clone, Serialize)]
pub struct MatrixView {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// How many subjects are compared.
    pub subjects: usize,
    /// How many pairs of them.
    pub pairs: usize,
    /// One table; or, above 40 subjects, one for each category, and the pairs
    /// of different categories.
    pub groups: Vec<MatrixGroupView>,
    /// From the home page down.
    pub breadcrumbs: Vec<LinkView>,
    /// What belongs into `<head>`.
    pub head: HeadView,
}

/// A part of the matrix.
#[derive(Debug, Clone, Serialize)]
pub struct MatrixGroupView {
    /// The category, if there are several.
    pub title: Option<String>,
    /// Whether every row has a cell for each column. Otherwise a row has the
    /// cells that hold something.
    pub is_table: bool,
    /// The columns of a table.
    pub columns: Vec<SubjectLinkView>,
    /// The rows.
    pub rows: Vec<MatrixRowView>,
}

/// A subject's row.
#[derive(Debug, Clone, Serialize)]
pub struct MatrixRowView {
    /// The subject; `count` is how many it is compared with.
    pub subject: SubjectLinkView,
    /// The cells.
    pub cells: Vec<MatrixCellView>,
}

/// Two subjects.
#[derive(Debug, Clone, Serialize)]
pub struct MatrixCellView {
    /// The subject of the column.
    pub name: String,
    /// Whether that is the subject of the row.
    pub is_self: bool,
    /// The comparisons of the two, the newest first.
    pub pairs: Vec<MatrixPairView>,
}

/// A comparison of two subjects, from the side of the row.
#[derive(Debug, Clone, Serialize)]
pub struct MatrixPairView {
    /// The article.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// How many dimensions the subject of the row has the edge in.
    pub edges: usize,
    /// How many that of the column has.
    pub against: usize,
    /// How many were judged; without any, the edges say nothing.
    pub judged: usize,
}

/// The table of all pairs; `None` where there is none.
pub fn matrix(site: &Site) -> Option<MatrixView> {
    let Matrix { url, section } = site.hubs.matrix.as_ref()?;
    let hubs = &site.hubs.all;
    let mut ids: Vec<SubjectId> =
        (0..hubs.len()).filter(|id| !hubs[*id].rivals.is_empty()).collect();
    // What is alike stands together, so that most pairs are near the diagonal.
    ids.sort_by_cached_key(|id| {
        let category = hubs[*id].category.as_deref();
        (category.is_none(), category, site.subjects.all[*id].name.to_lowercase(), *id)
    });
    let pairs = ids.iter().map(|id| hubs[*id].rivals.len()).sum::<usize>() / 2;
    let groups = match ids.len() > ROWS {
        true => by_category(site, &ids),
        false => vec![group(site, None, &ids, true, |_, _| true)],
    };
    let breadcrumbs = breadcrumbs(site, *section);
    let strings = &site.config.strings;
    let (subjects, total) = (
        strings.counted("subjects_count", ids.len(), &[]),
        strings.counted("pairs_count", pairs, &[]),
    );
    let description =
        strings.fill("matrix_description", &[("subjects", &subjects), ("pairs", &total)]);
    let title = strings.text("matrix");
    let mut head = list_head(site, &strings.text("matrix_title"), &description, url, None);
    head.json_ld = json_ld::breadcrumbs(site, &breadcrumbs, &title);
    let url = site.href(url);
    Some(MatrixView { title, url, subjects: ids.len(), pairs, groups, breadcrumbs, head })
}

/// A group for each category, and one for the pairs that no category holds.
fn by_category(site: &Site, ids: &[SubjectId]) -> Vec<MatrixGroupView> {
    let category = |id: SubjectId| site.hubs.all[id].category.as_deref();
    let mut found: BTreeMap<(bool, Option<&str>), Vec<SubjectId>> = BTreeMap::new();
    for id in ids {
        found.entry((category(*id).is_none(), category(*id))).or_default().push(*id);
    }
    let is_alone = found.len() == 1;
    let mut groups: Vec<MatrixGroupView> = found
        .into_iter()
        .map(|((_, title), ids)| {
            let title = title.map_or_else(|| site.config.strings.text("others"), str::to_owned);
            let title = (!is_alone).then_some(title);
            group(site, title, &ids, true, |one, other| category(one) == category(other))
        })
        .collect();
    groups.push(group(site, Some(site.config.strings.text("across")), ids, false, |one, other| {
        category(one) != category(other)
    }));
    groups.retain(|group| !group.rows.is_empty());
    groups
}

/// The subjects that have a pair among those wanted.
fn group(
    site: &Site,
    title: Option<String>,
    ids: &[SubjectId],
    may_be_table: bool,
    is_wanted: impl Fn(SubjectId, SubjectId) -> bool,
) -> MatrixGroupView {
    let is_wanted = &is_wanted;
    let rivals = |id: SubjectId| {
        site.hubs.all[id].rivals.iter().filter(move |rival| is_wanted(id, rival.subject))
    };
    let ids: Vec<SubjectId> =
        ids.iter().copied().filter(|id| rivals(*id).next().is_some()).collect();
    let is_table = may_be_table && ids.len() <= ROWS;
    let link = |id: SubjectId| subject_link(site, id, site.hubs.all[id].rivals.len());
    let row = |id: &SubjectId| {
        let found: HashMap<SubjectId, &Rival> =
            rivals(*id).map(|rival| (rival.subject, rival)).collect();
        let columns = ids.iter().filter(|other| is_table || found.contains_key(other));
        let cell = |other: &SubjectId| MatrixCellView {
            name: site.subjects.all[*other].name.clone(),
            is_self: other == id,
            pairs: found
                .get(other)
                .into_iter()
                .flat_map(|rival| {
                    rival.comparisons.iter().map(|page| pair(site, *page, *id, *other))
                })
                .collect(),
        };
        MatrixRowView { subject: link(*id), cells: columns.map(cell).collect() }
    };
    MatrixGroupView {
        title,
        is_table,
        columns: ids.iter().filter(|_| is_table).map(|id| link(*id)).collect(),
        rows: ids.iter().map(row).collect(),
    }
}

fn pair(site: &Site, page: PageId, row: SubjectId, column: SubjectId) -> MatrixPairView {
    let page = &site.pages[page];
    let (own, other) = (page.score(row), page.score(column));
    MatrixPairView {
        title: page.document.title.clone(),
        url: site.href(&page.url),
        edges: own.edges,
        against: other.edges,
        judged: own.judged,
    }
}
