//! Reports for machines, and which problems are errors.

use serde_json::Value;
use snapbox::{IntoData as _, assert_data_eq, str};
use versus::diag::{Denied, Format, Lint};

use crate::project::{Built, Project};

/// A note, warnings and an error, one of them in a file with an odd name.
fn odd() -> Built {
    Project::new()
        .page("a b/ü#1.md", "title: A", "é [x](/nowhere/) [y](<b [c](d).md>)")
        .page("c.md", "title: \"x", "")
        .page("d.md", "title: D", "Text.\n\n#### E\n")
        .build()
}

#[test]
fn a_sarif_log_has_the_shape_of_version_2_1_0() {
    let built = odd();
    let log: Value = serde_json::from_str(&Format::Sarif.write(&built.build.report)).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().ends_with("/sarif-schema-2.1.0.json"));
    let [run] = log["runs"].as_array().unwrap().as_slice() else { panic!("one run") };
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "versus");
    let rules = driver["rules"].as_array().unwrap();
    assert_eq!(rules.len(), Lint::ALL.len());
    for (rule, lint) in rules.iter().zip(Lint::ALL) {
        assert_eq!(rule["id"], lint.id());
        assert_eq!(rule["shortDescription"]["text"], lint.meaning());
        is_level(&rule["defaultConfiguration"]["level"]);
    }
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), built.build.report.problems.len());
    for (result, problem) in results.iter().zip(&built.build.report.problems) {
        let index = result["ruleIndex"].as_u64().unwrap();
        assert_eq!(rules[index as usize]["id"], result["ruleId"]);
        assert_eq!(result["ruleId"], problem.diagnostic.lint.id());
        is_level(&result["level"]);
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let [location] = result["locations"].as_array().unwrap().as_slice() else {
            panic!("one location: {result}")
        };
        let place = &location["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        let is_uri = |b: u8| b.is_ascii_alphanumeric() || b"/-._~%".contains(&b);
        assert!(uri.bytes().all(is_uri) && !uri.starts_with('/'), "{uri}");
        if let Some(spot) = &problem.spot {
            let region = &place["region"];
            assert_eq!(region["startLine"], spot.line);
            assert_eq!(region["startColumn"], spot.column);
            assert_eq!(region["endColumn"], spot.column + spot.width);
        }
    }
}

fn is_level(level: &Value) {
    assert!(["error", "warning", "note"].map(Value::from).contains(level), "{level}");
}

#[test]
fn a_sarif_result_says_what_where_and_what_to_do() {
    let built = odd();
    let mut log: Value = serde_json::from_str(&Format::Sarif.write(&built.build.report)).unwrap();
    let results = &mut log["runs"][0]["results"];
    for result in results.as_array_mut().unwrap() {
        // It changes with every lint that is added.
        result.as_object_mut().unwrap().remove("ruleIndex");
    }
    let results = serde_json::to_string_pretty(results).unwrap();
    assert_data_eq!(results, str![[r#"
[
  {
    "level": "warning",
    "locations": [
      {
        "physicalLocation": {
          "artifactLocation": {
            "uri": "content/a%20b/%C3%BC%231.md"
          },
          "region": {
            "endColumn": 17,
            "startColumn": 3,
            "startLine": 4
          }
        }
      }
    ],
    "message": {
      "text": "no page or file at `/nowhere/`"
    },
    "ruleId": "dead-link"
  },
  {
    "level": "warning",
    "locations": [
      {
        "physicalLocation": {
          "artifactLocation": {
            "uri": "content/a%20b/%C3%BC%231.md"
          },
          "region": {
            "endColumn": 36,
            "startColumn": 18,
            "startLine": 4
          }
        }
      }
    ],
    "message": {
      "text": "no page `b \\[c\\](d).md`"
    },
    "ruleId": "dead-link"
  },
  {
    "level": "error",
    "locations": [
      {
        "physicalLocation": {
          "artifactLocation": {
            "uri": "content/c.md"
          },
          "region": {
            "endColumn": 9,
            "startColumn": 8,
            "startLine": 2
          }
        }
      }
    ],
    "message": {
      "text": "the quoted text never ends\nhelp: add a closing \" at the end of line 2"
    },
    "ruleId": "front-matter-invalid"
  },
  {
    "level": "note",
    "locations": [
      {
        "physicalLocation": {
          "artifactLocation": {
            "uri": "content/d.md"
          },
          "region": {
            "endColumn": 7,
            "startColumn": 1,
            "startLine": 6
          }
        }
      }
    ],
    "message": {
      "text": "a heading of level 4 below one of level 1\nhelp: make it level 2, or add the heading between"
    },
    "ruleId": "heading-skip"
  }
]
"#]].raw());
}

#[test]
fn what_is_denied_is_an_error_whatever_it_was() {
    let project = || {
        Project::new()
            .config("lints: { image-alt: off }")
            .page("a.md", "title: A", "Text.\n\n#### B\n\n![](x.svg)\n\n[x](/nowhere/)\n")
            .file("content/x.svg", "<svg/>")
    };
    let errors = |denied: &[Denied]| {
        let built = denied.iter().fold(project(), |project, one| project.deny(*one)).build();
        let lines: Vec<String> = built
            .short()
            .lines()
            .filter_map(|line| Some(line.split_once(": error[")?.1.split_once(']')?.0.to_owned()))
            .collect();
        lines
    };
    assert_eq!(errors(&[]), [""; 0]);
    assert_eq!(errors(&[Denied::Warnings]), ["dead-link"]);
    assert_eq!(errors(&[Denied::Lint(Lint::HeadingSkip)]), ["heading-skip"]);
    assert_eq!(
        errors(&[Denied::Lint(Lint::ImageAlt), Denied::Warnings]),
        ["image-alt", "dead-link"]
    );
}

#[test]
fn a_page_that_allows_a_lint_is_left_alone_where_it_is_denied() {
    let built = Project::new()
        .page("a.md", "title: A\nlint: { allow: [heading-skip] }", "Text.\n\n#### B\n")
        .deny(Denied::Lint(Lint::HeadingSkip))
        .build();
    assert_eq!(built.ids(), [""; 0]);
}
