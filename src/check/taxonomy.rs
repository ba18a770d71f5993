//! Terms that part nothing from anything, and terms that are one under two names.

use std::collections::{BTreeMap, BTreeSet};

use super::Findings;
use crate::diag::{Diagnostic, KeyPath, Lint};
use crate::site::{Page, Site, Taxonomy, Term};

/// With fewer pages every term is new.
const BEGUN: usize = 3;
/// So few pages may well have a term in common.
const FEW: usize = 8;
/// In shorter words one letter makes another word: `css`, `scss`.
const LONG: usize = 5;
/// Of terms with one page, so many are told; a site that has more knows.
const TOLD: usize = 20;

pub(super) fn check(site: &Site, findings: &mut Findings) {
    for taxonomy in &site.taxonomies {
        Terms { site, taxonomy, findings }.check();
    }
}

struct Terms<'a> {
    site: &'a Site,
    taxonomy: &'a Taxonomy,
    findings: &'a mut Findings,
}

impl<'a> Terms<'a> {
    fn check(&mut self) {
        let terms = &self.taxonomy.terms;
        let name =
            |page: &&Page| !page.document.front.terms_of(&self.taxonomy.config.name).is_empty();
        let pages = self.site.pages.iter().filter(name).count();
        // People and categories are what they are, however much is theirs.
        let parts = !["authors", "categories"].contains(&self.taxonomy.config.name.as_str());
        let is_alone = |term: &&Term| {
            parts && pages >= BEGUN && term.pages.len() == 1 && term.subject.is_none()
        };
        for term in terms.iter().filter(is_alone).take(TOLD) {
            let message = format!("no other page has `{}`", term.title);
            let help = "its list has one entry: use the term again, or one that others use";
            self.tell(term, Diagnostic::new(Lint::TagOnce, message).help(help));
        }
        let is_everywhere =
            |term: &&Term| parts && term.pages.len() > FEW && term.pages.len() * 10 >= pages * 9;
        for term in terms.iter().filter(is_everywhere) {
            let message =
                format!("`{}` stands on {} of {pages} pages", term.title, term.pages.len());
            let help = "a term that nearly all pages have helps nobody to choose";
            self.tell(term, Diagnostic::new(Lint::TagEverywhere, message).help(help));
        }
        self.spellings();
        self.near_duplicates();
    }

    /// A problem where the newest page names the term.
    fn tell(&mut self, term: &Term, problem: Diagnostic) {
        let (site, taxonomy) = (self.site, self.taxonomy);
        let is_it = |name: &String| site.term_slug(taxonomy, name) == term.slug;
        self.tell_at(&term.pages, is_it, problem);
    }

    fn tell_at(&mut self, pages: &[usize], is_it: impl Fn(&String) -> bool, problem: Diagnostic) {
        let name = &self.taxonomy.config.name;
        let spot = pages.iter().find_map(|page| {
            let document = &self.site.pages[*page].document;
            Some((document, document.front.terms_of(name).iter().position(&is_it)?))
        });
        if let Some((document, index)) = spot {
            self.findings.at(document, KeyPath::top(name.clone()).item(index), problem);
        }
    }

    /// One term that is written in two ways.
    fn spellings(&mut self) {
        let mut of_terms = self.counted();
        for term in &self.taxonomy.terms {
            let counts = of_terms.remove(&term.slug).unwrap_or_default();
            // Of equals the first in code point order.
            let usual = counts.iter().rev().max_by_key(|(_, count)| **count);
            let Some(usual) = usual.map(|(name, _)| *name) else { continue };
            for other in counts.into_keys().filter(|name| *name != usual) {
                let message = format!("`{other}` is written `{usual}` elsewhere");
                let problem = Diagnostic::new(Lint::TagNearDuplicate, message)
                    .help(format!("both are one term already: write `{usual}` here too"));
                self.tell_at(&term.pages, |name| name == other, problem);
            }
        }
    }

    /// How often each term is written how.
    fn counted(&self) -> BTreeMap<String, BTreeMap<&'a String, usize>> {
        let (site, taxonomy) = (self.site, self.taxonomy);
        let mut counted: BTreeMap<String, BTreeMap<&String, usize>> = BTreeMap::new();
        for page in &site.newest {
            for name in site.pages[*page].document.front.terms_of(&taxonomy.config.name) {
                let slug = site.term_slug(taxonomy, name);
                *counted.entry(slug).or_default().entry(name).or_default() += 1;
            }
        }
        counted
    }

    /// Two terms that are one word, told where the rarer one stands.
    fn near_duplicates(&mut self) {
        let terms = &self.taxonomy.terms;
        for (a, b) in pairs(terms) {
            let by_use = |term: &&Term| (term.pages.len(), std::cmp::Reverse(term.slug.clone()));
            let (rare, common) = match by_use(&&terms[a]) <= by_use(&&terms[b]) {
                true => (&terms[a], &terms[b]),
                false => (&terms[b], &terms[a]),
            };
            let message = format!(
                "`{}` and `{}` look like one term, with {} and {} pages",
                rare.title,
                common.title,
                rare.pages.len(),
                common.pages.len()
            );
            let help = format!(
                "write `{}` in both, or `lint: {{ allow: [tag-near-duplicate] }}` if they differ",
                common.title
            );
            self.tell(rare, Diagnostic::new(Lint::TagNearDuplicate, message).help(help));
        }
    }
}

/// The terms that differ in separators, a plural *s* or one letter, by slug.
///
/// Words at a distance of one have a form in common among those that lack one
/// letter, so each term is compared with few others (W. Garbe, SymSpell, 2012).
fn pairs(terms: &[Term]) -> BTreeSet<(usize, usize)> {
    let words: Vec<String> = terms.iter().map(|term| term.slug.replace('-', "")).collect();
    let mut by_form: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, word) in words.iter().enumerate() {
        let shorter = word
            .char_indices()
            .skip(1)
            .map(|(cut, c)| format!("{}{}", &word[..cut], &word[cut + c.len_utf8()..]));
        let forms: BTreeSet<String> = shorter.chain([word.clone()]).collect();
        for form in forms {
            by_form.entry(form).or_default().push(at);
        }
    }
    let mut found = BTreeSet::new();
    for group in by_form.values() {
        for (index, a) in group.iter().enumerate() {
            let near = group[index + 1..].iter().filter(|b| is_near(&words[*a], &words[**b]));
            found.extend(near.map(|b| (*a, *b)));
        }
    }
    found
}

/// Whether two words are one, or one slip apart. Digits are never slips: `http2`.
fn is_near(a: &str, b: &str) -> bool {
    let is_plural = |a: &str, b: &str| a.strip_suffix('s') == Some(b) && b.len() > 2;
    if a == b || is_plural(a, b) || is_plural(b, a) {
        return true;
    }
    let letters = |word: &str| word.chars().filter(|c| !c.is_numeric()).count();
    let digits = |word: &str| word.chars().filter(|c| c.is_numeric()).collect::<String>();
    letters(a).min(letters(b)) >= LONG
        && digits(a) == digits(b)
        && strsim::damerau_levenshtein(a, b) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        for (a, b) in [("kubernets", "kubernetes"), ("devops", "devop"), ("nodejs", "nodejs")] {
            assert!(is_near(a, b), "{a} {b}");
        }
        for (a, b) in [("css", "scss"), ("http2", "http3"), ("python2", "python3"), ("go", "gos")] {
            assert!(!is_near(a, b), "{a} {b}");
        }
    }
}
