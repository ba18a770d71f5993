//! Values that hardly ever say anything.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

/// A value that is blank in nearly all places where it could be, and takes the room
/// of a pointer there. It is read as if it always stood there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rare<T>(Option<Box<T>>);

/// What has a value that says nothing.
pub trait Blank: PartialEq + 'static {
    /// That value.
    const BLANK: &'static Self;
}

impl<T: Blank> Rare<T> {
    /// Whether it says nothing.
    pub fn is_blank(&self) -> bool {
        self.0.is_none()
    }
}

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Blank> From<T> for Rare<T> {
    fn from(value: T) -> Self {
        Self((value != *T::BLANK).then(|| Box::new(value)))
    }
}

impl<T: Blank> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::BLANK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Blank for String {
        const BLANK: &'static Self = &Self::new();
    }

    #[test]
    fn only_what_says_something_is_kept() {
        let (blank, said) = (Rare::from(String::new()), Rare::from(String::from("x")));
        assert_eq!((blank.is_blank(), blank.as_str()), (true, ""));
        assert_eq!((said.is_blank(), said.as_str()), (false, "x"));
        assert_eq!(blank, Rare::default());
    }
}
