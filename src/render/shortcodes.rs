//! Shortcodes, rendered by the theme's templates.

use tera::{Context, Value};

use crate::markdown::{Call, ShortcodeError, Shortcodes};
use crate::theme::Theme;

impl Shortcodes for Theme {
    fn names(&self) -> Vec<&str> {
        self.shortcodes()
    }

    /// A template sees each named argument as a variable, the numbered ones as
    /// the list `arguments`, and what stands between the calls as `inner`.
    fn render(&self, call: &Call, inner: Option<&str>) -> Result<String, ShortcodeError> {
        let mut context = Context::new();
        let mut numbered = Vec::new();
        for (name, value) in &call.arguments {
            if name.starts_with(|c: char| c.is_ascii_digit()) {
                numbered.push(Value::from(value.as_str()));
            } else {
                context.insert_value(name.clone(), Value::from(value.as_str()));
            }
        }
        context.insert_value("arguments", Value::from(numbered));
        context.insert_value("inner", Value::safe_string(inner.unwrap_or_default()));
        Theme::render(self, &format!("shortcodes/{}.html", call.name), &context)
    }
}
