//! Pictures in other widths.

use super::{Renderer, changed};
use crate::diag::{Checked, Diagnostic};
use crate::path::SourcePath;
use crate::pictures::{self, Flaw, Picture};

impl Renderer<'_> {
    /// A picture in a width.
    pub(super) fn picture(&self, source: &SourcePath, width: u32) -> Checked<Option<Vec<u8>>> {
        self.pictures(source, &[width]).map(|made| made.into_iter().next())
    }

    /// A picture in these widths, in their order; none where it can't be decoded. It
    /// is decoded once.
    pub fn pictures(&self, source: &SourcePath, widths: &[u32]) -> Checked<Vec<Vec<u8>>> {
        let quality = self.site.config.pictures.quality;
        self.decode(source, |bytes, picture| pictures::make(bytes, picture, widths, quality))
    }

    /// Whether a picture can be decoded.
    pub fn check_picture(&self, source: &SourcePath) -> Vec<Diagnostic> {
        self.decode(source, pictures::check).problems
    }

    fn decode<T: Default>(
        &self,
        source: &SourcePath,
        decode: impl FnOnce(&[u8], &Picture) -> Result<T, Flaw>,
    ) -> Checked<T> {
        let known = self.site.assets.picture(source).and_then(Result::ok);
        let shown = self.site.pictures.get(source);
        let (Some(picture), Some(shown)) = (known, shown) else {
            return Checked::clean(T::default());
        };
        let failed = |problem| Checked { value: T::default(), problems: vec![problem] };
        let bytes = self.files.read(source).unwrap_or_default();
        if xxhash_rust::xxh3::xxh3_128(&bytes) != picture.hash {
            return failed(changed(source));
        }
        match decode(&bytes, picture) {
            Ok(made) => Checked::clean(made),
            Err(flaw) => failed(flaw.of(source).at(shown.place.clone())),
        }
    }
}
