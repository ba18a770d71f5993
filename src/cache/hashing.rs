//! Values as bytes to hash: all that JSON tells apart, and no escapes to look for.
//!
//! Every value begins with a tag that says what it is and so where it ends: a
//! number has as many bytes as its kind, a text tells its length first, and lists
//! and maps go on to a tag that nothing begins with. Bytes can therefore be read
//! back in one way only, values one behind the other as well, and two that differ
//! never have the same. With the values of a struct stand the names of its fields,
//! so that one left out is missed, and with those of an enum that of the variant.
//!
//! Alike is some of what JSON writes alike: a struct and the map of its fields in
//! their order, a tuple and a list, whole numbers of up to 64 bits where both have a
//! sign or neither has, a newtype and what is in it, and nothing of whatever type.

use std::fmt::{self, Display};

use serde::ser::{
    self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// What a value is, or that there is no further one.
#[derive(Clone, Copy)]
enum Tag {
    Nothing,
    False,
    True,
    Signed,
    Unsigned,
    SignedLong,
    UnsignedLong,
    Single,
    Double,
    Character,
    Text,
    Bytes,
    Some,
    Variant,
    List,
    Map,
    End,
}

/// A value that does not let itself be written.
#[derive(Debug)]
pub(super) struct Unwritten;

impl Display for Unwritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value can't be written")
    }
}

impl std::error::Error for Unwritten {}

impl ser::Error for Unwritten {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

type Done = Result<(), Unwritten>;

/// Writes a value behind what is there.
pub(super) fn write(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) -> Done {
    value.serialize(Writer(out))
}

/// Writes bytes as a value.
pub(super) fn write_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    Writer(out).long(Tag::Bytes, bytes);
}

struct Writer<'a>(&'a mut Vec<u8>);

impl Writer<'_> {
    fn tag(&mut self, tag: Tag) {
        self.0.push(tag as u8);
    }

    /// A tag and the number that always follows it, at one go.
    fn number(&mut self, tag: Tag, number: u64) {
        let mut bytes = [tag as u8; 9];
        bytes[1..].copy_from_slice(&number.to_le_bytes());
        self.0.extend_from_slice(&bytes);
    }

    fn long(&mut self, tag: Tag, bytes: &[u8]) {
        self.number(tag, bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    fn inner(&mut self, value: &(impl Serialize + ?Sized)) -> Done {
        write(value, self.0)
    }

    fn variant(&mut self, name: &str) {
        self.tag(Tag::Variant);
        self.long(Tag::Text, name.as_bytes());
    }

    /// Begins with a tag what an end closes.
    fn open(mut self, tag: Tag) -> Result<Self, Unwritten> {
        self.tag(tag);
        Ok(self)
    }

    fn close(mut self) -> Done {
        self.tag(Tag::End);
        Ok(())
    }
}

/// Numbers that are written as wider ones.
macro_rules! widened {
    ($($($method:ident($narrow:ty))+ => $wide:ident;)*) => {$($(
        fn $method(self, value: $narrow) -> Done {
            self.$wide(value.into())
        }
    )+)*};
}

impl Serializer for Writer<'_> {
    type Ok = ();
    type Error = Unwritten;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    fn serialize_bool(mut self, value: bool) -> Done {
        self.tag(if value { Tag::True } else { Tag::False });
        Ok(())
    }

    widened! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) => serialize_i64;
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) => serialize_u64;
    }

    fn serialize_i64(mut self, value: i64) -> Done {
        self.number(Tag::Signed, value.cast_unsigned());
        Ok(())
    }

    fn serialize_i128(mut self, value: i128) -> Done {
        self.long(Tag::SignedLong, &value.to_le_bytes());
        Ok(())
    }

    fn serialize_u64(mut self, value: u64) -> Done {
        self.number(Tag::Unsigned, value);
        Ok(())
    }

    fn serialize_u128(mut self, value: u128) -> Done {
        self.long(Tag::UnsignedLong, &value.to_le_bytes());
        Ok(())
    }

    fn serialize_f32(mut self, value: f32) -> Done {
        self.number(Tag::Single, value.to_bits().into());
        Ok(())
    }

    fn serialize_f64(mut self, value: f64) -> Done {
        self.number(Tag::Double, value.to_bits());
        Ok(())
    }

    fn serialize_char(mut self, value: char) -> Done {
        self.number(Tag::Character, u32::from(value).into());
        Ok(())
    }

    fn serialize_str(mut self, value: &str) -> Done {
        self.long(Tag::Text, value.as_bytes());
        Ok(())
    }

    fn serialize_bytes(mut self, value: &[u8]) -> Done {
        self.long(Tag::Bytes, value);
        Ok(())
    }

    fn serialize_none(self) -> Done {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(mut self, value: &T) -> Done {
        self.tag(Tag::Some);
        self.inner(value)
    }

    fn serialize_unit(mut self) -> Done {
        self.tag(Tag::Nothing);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.serialize_unit()
    }

    fn serialize_unit_variant(mut self, _: &'static str, _: u32, name: &'static str) -> Done {
        self.variant(name);
        self.serialize_unit()
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        value: &T,
    ) -> Done {
        self.inner(value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Done {
        self.variant(name);
        self.inner(value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Unwritten> {
        self.open(Tag::List)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Unwritten> {
        self.open(Tag::List)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Unwritten> {
        self.open(Tag::List)
    }

    fn serialize_tuple_variant(
        mut self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Self, Unwritten> {
        self.variant(name);
        self.open(Tag::List)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Unwritten> {
        self.open(Tag::Map)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Unwritten> {
        self.open(Tag::Map)
    }

    fn serialize_struct_variant(
        mut self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Self, Unwritten> {
        self.variant(name);
        self.open(Tag::Map)
    }
}

impl SerializeMap for Writer<'_> {
    type Ok = ();
    type Error = Unwritten;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        self.inner(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.inner(value)
    }

    fn end(self) -> Done {
        self.close()
    }
}

/// What holds values one by one, and what holds them by name.
macro_rules! holders {
    ($($holder:ident::$method:ident($($name:ident)?);)*) => {$(
        impl $holder for Writer<'_> {
            type Ok = ();
            type Error = Unwritten;

            fn $method<T: Serialize + ?Sized>(
                &mut self,
                $($name: &'static str,)?
                value: &T,
            ) -> Done {
                $(self.long(Tag::Text, $name.as_bytes());)?
                self.inner(value)
            }

            fn end(self) -> Done {
                self.close()
            }
        }
    )*};
}

holders! {
    SerializeSeq::serialize_element();
    SerializeTuple::serialize_element();
    SerializeTupleStruct::serialize_field();
    SerializeTupleVariant::serialize_field();
    SerializeStruct::serialize_field(name);
    SerializeStructVariant::serialize_field(name);
}
