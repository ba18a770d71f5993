//! The filters and functions that templates may use besides Tera's own.

use std::collections::{BTreeMap, HashMap};

use tera::{Error, Kwargs, State, Tera, Value};

use crate::config::{BaseUrl, Config};
use crate::data::Date;
use crate::diag::Diagnostic;
use crate::drawing::{Face, Fonts, Frame};
use crate::markdown::{self, AsWritten, Call, Dialect, Outline, ShortcodeError, Shortcodes};
use crate::path::{SourcePath, UrlPath, is_external, nearest, safe_scheme, slugify};
use crate::strings::{self, Strings};
use crate::view;

/// Adds them to Tera. `versions` are hashes of static files by path, for
/// addresses that change with the file.
pub fn register(tera: &mut Tera, config: &Config, versions: BTreeMap<String, String>) {
    let (base, dialect) = (config.base_url.clone(), Dialect::Versus(config.markdown.clone()));
    let strings = config.strings.clone();
    tera.register_filter("date", move |text: &str, arguments: Kwargs, _: &State<'_>| {
        date(text, &arguments, &strings)
    });
    let strings = config.strings.clone();
    tera.register_function("t", move |arguments: Kwargs, _: &State<'_>| say(&arguments, &strings));
    tera.global_context().insert_value("texts", texts(&config.strings));
    tera.register_filter("slugify", |text: &str, _: Kwargs, _: &State<'_>| slugify(text));
    tera.register_filter("json_script", |value: &Value, _: Kwargs, _: &State<'_>| {
        let json = serde_json::to_value(value).map_err(Error::message)?;
        Ok::<_, Error>(Value::safe_string(&view::json_script(&json)))
    });
    tera.register_filter("markdown", move |text: &str, arguments: Kwargs, _: &State<'_>| {
        let inline = arguments.get::<bool>("inline")?.unwrap_or(false);
        Ok::<_, Error>(Value::safe_string(&render_markdown(text, &dialect, inline)))
    });
    tera.register_filter("safe_url", |url: &str, _: Kwargs, _: &State<'_>| {
        if safe_scheme(url) { url.to_owned() } else { "#".to_owned() }
    });
    let (absolute, relative) = (base.clone(), base.clone());
    tera.register_filter("absolute_url", move |path: &str, _: Kwargs, _: &State<'_>| {
        absolute_url(path, &absolute)
    });
    tera.register_function("url", move |arguments: Kwargs, _: &State<'_>| {
        let path: &str = arguments.must_get("path")?;
        Ok::<_, Error>(with_base(path, &relative))
    });
    let fonts = config.social_cards.kit.as_ref().map(|kit| kit.fonts.clone());
    tera.register_function("fit", move |arguments: Kwargs, _: &State<'_>| {
        let fonts = fonts.as_deref().ok_or_else(|| Error::message("there are no social cards"))?;
        fit(&arguments, fonts)
    });
    let address = |(path, version): (String, String)| {
        let address = format!("{}?v={version}", with_base(&path, &base));
        (path, Value::from(address))
    };
    let assets: HashMap<String, Value> = versions.into_iter().map(address).collect();
    tera.register_function("asset", move |arguments: Kwargs, _: &State<'_>| {
        let path: &str = arguments.must_get("path")?;
        match assets.get(path.trim_start_matches('/')) {
            Some(address) => Ok(address.clone()),
            None => Err(Error::message(format!("no file `{path}` in `static/`"))),
        }
    });
}

/// `{{ page.date | date }}`; the name of the month is one of the site's texts.
fn date(text: &str, arguments: &Kwargs, strings: &Strings) -> Result<String, Error> {
    let own = strings.text("date_format");
    let format: &str = arguments.get("format")?.unwrap_or(&own);
    let date =
        Date::parse(text).ok_or_else(|| Error::message(format!("`{text}` is not a date")))?;
    let (_, month, _) = date.day();
    let name = strings.months().get(usize::from(month.unsigned_abs()).saturating_sub(1));
    let named = match name {
        Some(name) => format.replace("%B", &name.replace('%', "%%")),
        None => format.to_owned(),
    };
    date.format(&named).map_err(|why| Error::message(format!("the format `{format}`: {why}")))
}

/// `{{ texts.related }}`: the texts in which nothing is filled in. Templates name
/// dozens on each page, and a call takes ten times as long as a name.
fn texts(strings: &Strings) -> Value {
    let text = |key| {
        let text = strings.plain(key)?;
        Some((key, Value::safe_string(&escaped(text))))
    };
    Value::from(Strings::keys().filter_map(text).collect::<BTreeMap<_, _>>())
}

/// `{{ t(key="see", name=entry.see) }}`: a text of the site with its braces
/// filled in, each value escaped unless it is HTML already.
fn say(arguments: &Kwargs, strings: &Strings) -> Result<Value, Error> {
    let key: &str = arguments.must_get("key")?;
    let count = arguments.get::<usize>("count")?;
    let pattern = strings.pattern(key, count).ok_or_else(|| {
        let near = nearest(key, Strings::keys());
        let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        Error::message(format!("no text is called `{key}`{near}"))
    })?;
    let value = |name: &str| {
        let (_, value) = arguments.iter().find(|(key, _)| key.as_str() == Some(name))?;
        let text = value.to_string();
        Some(if value.is_safe() { text } else { escaped(&text) })
    };
    Ok(Value::safe_string(&strings::filled(&escaped(pattern), value)))
}

/// `{% set title = fit(text=card.title, width=1040, lines=3, size=90, least=50) %}`:
/// a text set in lines as large as it fits, for drawings, which break none.
fn fit(arguments: &Kwargs, fonts: &Fonts) -> Result<Value, Error> {
    let text: &str = arguments.must_get("text")?;
    let width = arguments.must_get::<f64>("width")? as f32;
    let size: u32 = arguments.must_get("size")?;
    let least = arguments.get("least")?.unwrap_or(size);
    let lines = arguments.get("lines")?.unwrap_or(1);
    let face = Face {
        family: arguments.get("family")?.unwrap_or("serif"),
        weight: arguments.get("weight")?.unwrap_or(600),
        is_italic: arguments.get("italic")?.unwrap_or(false),
    };
    let set = fonts.fit(text, face, Frame { width, lines, size, least });
    let values = [
        ("size", Value::from(set.size)),
        ("lines", Value::from(set.lines)),
        ("width", Value::from(f64::from(set.width))),
        ("is_cut", Value::from(set.is_cut)),
    ];
    Ok(Value::from(values.into_iter().collect::<BTreeMap<_, _>>()))
}

/// For text and for attributes in double quotes.
fn escaped(text: &str) -> String {
    markdown::escaped(text).replace('"', "&quot;")
}

fn render_markdown(text: &str, dialect: &Dialect, inline: bool) -> String {
    let file = SourcePath::new("text");
    let outline = Outline::default();
    let source = markdown::Source {
        file: &file,
        body: text,
        offset: 0,
        outline: &outline,
        setting: markdown::Setting::default(),
    };
    let html = markdown::html(source, dialect, &AsWritten, &NoShortcodes).value;
    if inline { markdown::inline(&html).to_owned() } else { html.trim_end().to_owned() }
}

/// Text in front matter has no shortcodes.
struct NoShortcodes;

impl Shortcodes for NoShortcodes {
    fn names(&self) -> Vec<&str> {
        Vec::new()
    }

    fn render(&self, call: &Call, _: Option<&str>) -> Result<String, ShortcodeError> {
        let message = format!("no shortcode is called `{}`", call.name);
        Err(Box::new(Diagnostic::new(crate::diag::Lint::ShortcodeUnknown, message)))
    }
}

/// A path of the site, with the base URL's path.
fn with_base(path: &str, base: &BaseUrl) -> String {
    let (path, rest) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
    let is_folder = path.ends_with('/') || path.is_empty();
    let url = UrlPath::new(path).map(|url| if is_folder { url } else { url.as_file() });
    let encoded = url.as_ref().map_or(path.into(), UrlPath::encoded);
    [&base.path, encoded.trim_start_matches('/'), rest].concat()
}

/// A path as templates see it (base path included) or of the site, as a whole URL.
fn absolute_url(path: &str, base: &BaseUrl) -> String {
    if is_external(path) {
        path.to_owned()
    } else if path.starts_with(&base.path) {
        format!("{}{path}", base.origin)
    } else {
        format!("{}{}", base.whole(), path.trim_start_matches('/'))
    }
}
