//! Where pages are: their own `url`, their section's pattern, or their path.

use std::sync::Arc;

use rayon::prelude::*;

use super::Section;
use crate::config::Config;
use crate::content::Document;
use crate::diag::{Diagnostic, Lint, Place};
use crate::path::{SourcePath, UrlPath, slugify};

/// The address of every page. One that can't have the address it asks for gets
/// one of its own below `/`, so that the rest of the site can be checked.
pub(super) fn pages(
    pages: &[Arc<Document>],
    sections: &[Section],
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> Vec<UrlPath> {
    let found: Vec<_> = pages.par_iter().map(|page| address(page, sections, config)).collect();
    let own = |page: &Document| {
        UrlPath::new(&slugify(page.file.as_str())).unwrap_or_else(|_| UrlPath::root())
    };
    let urls = found.into_iter().zip(pages).map(|(found, page)| {
        found.unwrap_or_else(|problem| {
            problems.push(*problem);
            own(page)
        })
    });
    urls.collect()
}

/// Where drafts would be, for the links that lead to them.
pub(super) fn drafts(
    drafts: &[Arc<Document>],
    sections: &[Section],
    config: &Config,
) -> Vec<(SourcePath, Option<UrlPath>)> {
    let place = |draft: &Arc<Document>| (draft.file.clone(), address(draft, sections, config).ok());
    drafts.iter().map(place).collect()
}

fn address(
    page: &Document,
    sections: &[Section],
    config: &Config,
) -> Result<UrlPath, Box<Diagnostic>> {
    let refuse = |key: &str, written: &str, why: String| {
        Box::new(
            Diagnostic::new(
                Lint::PathInvalid,
                format!("`{written}` can't be an address: it has {why}"),
            )
            .at(Place::value(&page.file, page.front.key(key)))
            .help("write parts of letters, digits and `-`, with `/` between them"),
        )
    };
    if let Some(url) = &page.front.particulars.url {
        return UrlPath::from_author(url).map_err(|why| refuse("url", url, why));
    }
    let slug = match &page.front.particulars.slug {
        Some(slug) if slug.contains('/') => {
            return Err(refuse("slug", slug, "`/` in a single part".into()));
        }
        Some(slug) => slug.clone(),
        None => slugify(page.name()),
    };
    if page.below == "index.md" {
        return Ok(UrlPath::root());
    }
    let pattern = config.permalinks.get(page.section().split('/').next().unwrap_or_default());
    let path = match pattern {
        Some(pattern) => expand(pattern, page, &slug, sections)?,
        None => format!("{}{slug}/", section_url(page, sections)),
    };
    UrlPath::new(&path).map_err(|why| match &page.front.particulars.slug {
        Some(slug) => refuse("slug", slug, why),
        None => Box::new(
            Diagnostic::new(
                Lint::PathInvalid,
                format!("`{path}` can't be an address: it has {why}"),
            )
            .at(Place::file(&page.file))
            .help("rename the file, or give the page a `slug`"),
        ),
    })
}

fn section_url<'s>(page: &Document, sections: &'s [Section]) -> &'s str {
    let found = sections.binary_search_by(|section| section.folder.as_str().cmp(page.section()));
    found.map_or("/", |at| sections[at].url.as_str())
}

fn expand(
    pattern: &str,
    page: &Document,
    slug: &str,
    sections: &[Section],
) -> Result<String, Box<Diagnostic>> {
    let date = page.front.date.map(|date| date.day());
    let mut parts = Vec::new();
    for part in pattern.split('/') {
        let dated = |pick: fn((i16, i8, i8)) -> String| {
            date.map(pick).ok_or_else(|| {
                let message = format!("the address pattern `{pattern}` needs a date");
                let problem = Diagnostic::new(Lint::PathInvalid, message)
                    .at(Place::file(&page.file))
                    .help("give the page a `date`");
                Box::new(problem)
            })
        };
        parts.push(match part {
            ":year" => dated(|(year, _, _)| format!("{year:04}"))?,
            ":month" => dated(|(_, month, _)| format!("{month:02}"))?,
            ":day" => dated(|(_, _, day)| format!("{day:02}"))?,
            ":slug" => slug.to_owned(),
            ":title" => slugify(&page.title),
            ":filename" => slugify(page.name()),
            ":section" => slugify(page.section().split('/').next().unwrap_or_default()),
            ":sections" => section_url(page, sections).trim_matches('/').to_owned(),
            text => text.to_owned(),
        });
    }
    Ok(parts.join("/"))
}
