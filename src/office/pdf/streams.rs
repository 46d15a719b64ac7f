//! How much the streams of a file come to when they are unpacked, counted before the library unpacks any of them.

use crate::block::Limit;
use crate::office::limits;
use crate::prelude::*;
use hayro_interpret::hayro_syntax::object::{Array, MaybeRef, Name, Object, Stream};
use hayro_interpret::hayro_syntax::{Filter, Pdf};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_PARSE_ZLIB_HEADER;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
use std::time::Instant;

/// How far back of a stream its dictionary is looked for.
const DICTIONARY: usize = 4_096;

/// That all streams of a file, but for its pictures, stay within the limit, or which limit is passed. Whatever stands behind the word
/// `stream` is taken for packed, since nothing was read yet that could say what it is; a file may say that word millions of times.
pub fn bounded(bytes: &[u8], until: Instant) -> Result<(), Limit> {
    let mut rest = limits::PDF_UNPACKED;
    let mut from = 0;
    while let Some(at) = find(bytes, b"stream", from) {
        from = at + 6;
        if bytes.get(..at).is_some_and(|before| before.ends_with(b"end")) {
            continue;
        }
        let body = bytes.get(from..).unwrap_or_default();
        let skip = body.iter().take_while(|byte| matches!(byte, b'\r' | b'\n' | b' ')).count().min(2);
        let Some(packed) = body.get(skip..).filter(|packed| packed.first().is_some_and(|first| first & 0x0f == 8)) else {
            continue;
        };
        if Instant::now() >= until {
            return Err(Limit::Count);
        }
        let head = bytes.get(at.saturating_sub(DICTIONARY)..at).unwrap_or_default();
        let head = head.windows(4).rposition(|word| word == b" obj").and_then(|begin| head.get(begin..)).unwrap_or(head);
        // Pictures are never unpacked.
        if is_picture(head) {
            continue;
        }
        match unpacked(packed, rest, TINFL_FLAG_PARSE_ZLIB_HEADER) {
            Some(size) => rest -= size,
            None => return Err(Limit::Unpacked),
        }
    }
    Ok(())
}

/// The same of what the first look could not see: streams that are packed otherwise, several times or behind a password, and the whole of
/// what each page draws, which may name one stream many times.
pub fn pages_are_bounded(pdf: &Pdf) -> bool {
    if pdf.len() > limits::OBJECTS {
        return false;
    }
    let mut sizes: SortedMap<(u32, i32), usize> = SortedMap::new();
    let mut rest = limits::PDF_UNPACKED;
    for object in pdf.objects() {
        let Object::Stream(stream) = object else { continue };
        let id = (stream.obj_id().obj_number, stream.obj_id().gen_number);
        let subtype = stream.dict().get::<Name<'_>>("Subtype");
        if subtype.as_deref() == Some(b"Image") {
            // No page may take it for what it draws.
            sizes.insert(id, usize::MAX);
            continue;
        }
        let Some(size) = size(&stream, rest) else { return false };
        if subtype.as_deref() == Some(b"Form") && size > limits::DRAWING {
            return false;
        }
        rest = rest.saturating_sub(size);
        sizes.insert(id, size);
    }
    let size_of = |part: MaybeRef<Object<'_>>| match part {
        MaybeRef::Ref(one) => sizes.get(&(one.obj_number, one.gen_number)).copied().unwrap_or_default(),
        MaybeRef::NotRef(_) => 0,
    };
    pdf.pages().iter().all(|page| {
        let parts = page.raw().get::<Array<'_>>("Contents");
        let sum = match parts {
            Some(parts) => parts.raw_iter().map(size_of).fold(0, usize::saturating_add),
            None => page.raw().get_ref("Contents").map_or(0, |one| size_of(MaybeRef::Ref(one))),
        };
        sum <= limits::DRAWING
    })
}

/// What a stream comes to, or may come to where that can't be known without unpacking it; none where that is more than `most`.
fn size(stream: &Stream<'_>, most: usize) -> Option<usize> {
    let data = stream.raw_data();
    let (mut size, mut known) = (data.len(), true);
    for filter in stream.filters() {
        size = match filter {
            Filter::Crypt | Filter::AsciiHexDecode => size,
            Filter::FlateDecode if known => unpacked(&data, most, TINFL_FLAG_PARSE_ZLIB_HEADER)?.max(unpacked(&data, most, 0)?),
            Filter::Ascii85Decode => {
                let zeros = if known { data.iter().filter(|byte| **byte == b'z').count() } else { size };
                (size / 5 + 1).saturating_add(zeros).saturating_mul(4)
            }
            // The most that each can come to of one byte.
            Filter::FlateDecode => size.saturating_mul(1_032),
            Filter::LzwDecode => size.saturating_mul(2_731),
            Filter::RunLengthDecode => size.saturating_mul(64),
            // Pictures are not unpacked.
            Filter::CcittFaxDecode | Filter::Jbig2Decode | Filter::DctDecode | Filter::JpxDecode => return Some(0),
        };
        known &= filter == Filter::Crypt;
    }
    (size <= most).then_some(size)
}

fn is_picture(head: &[u8]) -> bool {
    let has = |word: &[u8]| head.windows(word.len()).any(|part| part == word);
    (has(b"/Subtype/Image") || has(b"/Subtype /Image")) && has(b"/Width") && has(b"/Height")
}

fn find(bytes: &[u8], word: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.windows(word.len()).position(|part| part == word).map(|at| from + at)
}

/// The size of a packed stream when it is unpacked; none where it is more than `most`.
fn unpacked(packed: &[u8], most: usize, flags: u32) -> Option<usize> {
    let mut state = DecompressorOxide::new();
    let mut window = vec![0_u8; 1 << 15];
    let (mut read, mut at, mut size) = (0, 0, 0_usize);
    loop {
        let input = packed.get(read..).unwrap_or_default();
        let (status, used, made) = decompress(&mut state, input, &mut window, at, flags);
        read += used;
        at = (at + made) % window.len();
        size += made;
        if size > most {
            return None;
        }
        match status {
            TINFLStatus::HasMoreOutput if used > 0 || made > 0 => {}
            _ => return Some(size),
        }
    }
}
