//! The digest of a world: SHA-256 over its canonical bytes. The same calls give the same digest natively and in the browser.
//!
//! The bytes are those of postcard's format: integers and lengths are written alike on every machine, and tables iterate
//! in the order of their keys. They are ours to write because postcard is made to be inlined into every
//! row: writing a world took 69 KB of the page's code with it, and takes 28 with this. A test compares the two.

use super::World;
use serde::ser::{self, Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::fmt;

/// 64 lower-case hexadecimal digits. The journal is part of it, as everything is; the resolvers' caches are the session's.
pub fn digest(world: &World) -> String {
    let mut canon = Canon(Sha256::new());
    match world.serialize(&mut canon) {
        Ok(()) => canon.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect(),
        // Every row can be written: all lists know their length. Still, no panic.
        Err(error) => format!("undigested: {error}"),
    }
}

/// Feeds the bytes of what is written to the hash.
struct Canon(Sha256);

type Written = Result<(), fmt::Error>;

impl Canon {
    #[inline(never)]
    fn bytes(&mut self, bytes: &[u8]) -> Written {
        self.0.update(bytes);
        Ok(())
    }

    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    #[inline(never)]
    fn number(&mut self, mut number: u64) -> Written {
        let (mut bytes, mut count) = ([0; 10], 0);
        for byte in &mut bytes {
            count += 1;
            *byte = (number & 0x7f) as u8;
            number >>= 7;
            if number == 0 {
                break;
            }
            *byte |= 0x80;
        }
        self.bytes(bytes.get(..count).unwrap_or(&bytes))
    }

    #[inline(never)]
    fn wide(&mut self, mut number: u128) -> Written {
        while number > u128::from(u64::MAX) {
            self.bytes(&[number as u8 | 0x80])?;
            number >>= 7;
        }
        self.number(number as u64)
    }

    /// Small numbers of either sign are short: 0, −1, 1, −2, …
    #[inline(never)]
    fn signed(&mut self, number: i64) -> Written {
        self.number(((number << 1) ^ (number >> 63)) as u64)
    }

    #[inline(never)]
    fn text(&mut self, bytes: &[u8]) -> Written {
        self.number(bytes.len() as u64)?;
        self.bytes(bytes)
    }

    /// How many items follow.
    fn length(&mut self, length: Option<usize>) -> Result<&mut Canon, fmt::Error> {
        self.number(length.ok_or(fmt::Error)? as u64)?;
        Ok(self)
    }

    /// Which variant follows.
    fn variant(&mut self, index: u32) -> Result<&mut Canon, fmt::Error> {
        self.number(index.into())?;
        Ok(self)
    }
}

/// Methods of [`Serializer`] for scalars: name, type, how the value is written.
macro_rules! scalars {
    ($($method:ident $type:ident |$canon:ident, $value:ident| $write:expr;)*) => { $(
        fn $method(self, $value: $type) -> Written {
            let $canon = self;
            $write
        }
    )* };
}

impl<'a> Serializer for &'a mut Canon {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = &'a mut Canon;
    type SerializeTuple = &'a mut Canon;
    type SerializeTupleStruct = &'a mut Canon;
    type SerializeTupleVariant = &'a mut Canon;
    type SerializeMap = &'a mut Canon;
    type SerializeStruct = &'a mut Canon;
    type SerializeStructVariant = &'a mut Canon;

    fn is_human_readable(&self) -> bool {
        false
    }
    scalars! {
        serialize_bool bool |canon, value| canon.bytes(&[u8::from(value)]);
        serialize_u8 u8 |canon, value| canon.bytes(&[value]);
        serialize_u16 u16 |canon, value| canon.number(value.into());
        serialize_u32 u32 |canon, value| canon.number(value.into());
        serialize_u64 u64 |canon, value| canon.number(value);
        serialize_u128 u128 |canon, value| canon.wide(value);
        serialize_i8 i8 |canon, value| canon.bytes(&value.to_le_bytes());
        serialize_i16 i16 |canon, value| canon.signed(value.into());
        serialize_i32 i32 |canon, value| canon.signed(value.into());
        serialize_i64 i64 |canon, value| canon.signed(value);
        serialize_i128 i128 |canon, value| canon.wide(((value << 1) ^ (value >> 127)) as u128);
        serialize_f32 f32 |canon, value| canon.bytes(&value.to_le_bytes());
        serialize_f64 f64 |canon, value| canon.bytes(&value.to_le_bytes());
        serialize_char char |canon, value| canon.text(value.encode_utf8(&mut [0; 4]).as_bytes());
    }
    fn serialize_str(self, text: &str) -> Written {
        self.text(text.as_bytes())
    }
    fn serialize_bytes(self, bytes: &[u8]) -> Written {
        self.text(bytes)
    }
    fn serialize_none(self) -> Written {
        self.bytes(&[0])
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        self.bytes(&[1])?;
        value.serialize(self)
    }
    fn serialize_unit(self) -> Written {
        Ok(())
    }
    fn serialize_unit_struct(self, _: &'static str) -> Written {
        Ok(())
    }
    fn serialize_unit_variant(self, _: &'static str, index: u32, _: &'static str) -> Written {
        self.variant(index).map(|_| ())
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        value: &T,
    ) -> Written {
        value.serialize(self.variant(index)?)
    }
    fn serialize_seq(self, length: Option<usize>) -> Result<&'a mut Canon, fmt::Error> {
        self.length(length)
    }
    fn serialize_tuple(self, _: usize) -> Result<&'a mut Canon, fmt::Error> {
        Ok(self)
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<&'a mut Canon, fmt::Error> {
        Ok(self)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        _: usize,
    ) -> Result<&'a mut Canon, fmt::Error> {
        self.variant(index)
    }
    fn serialize_map(self, length: Option<usize>) -> Result<&'a mut Canon, fmt::Error> {
        self.length(length)
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<&'a mut Canon, fmt::Error> {
        Ok(self)
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        _: usize,
    ) -> Result<&'a mut Canon, fmt::Error> {
        self.variant(index)
    }
}

/// Items follow one another without anything between: a trait of serde, its method, the names that come before the item.
macro_rules! in_a_row {
    ($($trait:ident $method:ident($($name:ty)?);)*) => { $(
        impl ser::$trait for &mut Canon {
            type Ok = ();
            type Error = fmt::Error;
            fn $method<T: Serialize + ?Sized>(&mut self, $(_: $name,)? item: &T) -> Written {
                item.serialize(&mut **self)
            }
            fn end(self) -> Written {
                Ok(())
            }
        }
    )* };
}

in_a_row! {
    SerializeSeq serialize_element();
    SerializeTuple serialize_element();
    SerializeTupleStruct serialize_field();
    SerializeTupleVariant serialize_field();
    SerializeStruct serialize_field(&'static str);
    SerializeStructVariant serialize_field(&'static str);
}

impl ser::SerializeMap for &mut Canon {
    type Ok = ();
    type Error = fmt::Error;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        key.serialize(&mut **self)
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        value.serialize(&mut **self)
    }
    fn end(self) -> Written {
        Ok(())
    }
}
