//! Deflate with a dictionary: what links repeat from each other need not stand in each of them. The dictionary is frozen:
//! links that exist were packed with these very bytes (`data/README.md` says how they came about; a test holds their hash).
//!
//! miniz_oxide has no call for a dictionary. Packing therefore begins with the dictionary, flushed to a byte's edge, and
//! drops what that gave; unpacking begins with a buffer that has the dictionary in front.

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

/// The dictionary of the links `v1.`
pub const DICTIONARY: &[u8] = include_bytes!("data/dictionary.v1");

/// Why bytes cannot be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsqueezable {
    /// They end too early.
    CutShort,
    /// They are not what was packed.
    Damaged,
}

/// Packs. Two ways are tried, as the better one for short data is not the better one for long data.
pub fn squeeze(data: &[u8]) -> Option<Vec<u8>> {
    let own_codes = squeeze_with(data, DEFAULT);
    let fixed_codes = squeeze_with(data, FIXED);
    [own_codes, fixed_codes].into_iter().flatten().min_by_key(Vec::len)
}

/// zlib's strategy numbers: choose codes by the data, or use the fixed ones.
const DEFAULT: i32 = 0;
/// See [`DEFAULT`].
const FIXED: i32 = 4;

fn squeeze_with(data: &[u8], strategy: i32) -> Option<Vec<u8>> {
    // The best that miniz has, without zlib's header.
    let mut compressor = CompressorOxide::new(create_comp_flags_from_zip_params(10, -15, strategy));
    run(&mut compressor, DICTIONARY, TDEFLFlush::Sync)?;
    run(&mut compressor, data, TDEFLFlush::Finish)
}

fn run(compressor: &mut CompressorOxide, mut input: &[u8], flush: TDEFLFlush) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let (status, read, written) = compress(compressor, input, &mut buffer, flush);
        out.extend_from_slice(buffer.get(..written)?);
        input = input.get(read..)?;
        match status {
            TDEFLStatus::Done => return Some(out),
            TDEFLStatus::Okay if flush == TDEFLFlush::Sync && input.is_empty() && written < buffer.len() => {
                return Some(out);
            }
            TDEFLStatus::Okay if read > 0 || written > 0 => {}
            _ => return None,
        }
    }
}

/// Unpacks to exactly `length` bytes; the caller has judged that many to be allowed.
pub fn unsqueeze(packed: &[u8], length: usize) -> Result<Vec<u8>, Unsqueezable> {
    let start = DICTIONARY.len();
    let mut out = vec![0; start + length];
    if let Some(front) = out.get_mut(..start) {
        front.copy_from_slice(DICTIONARY);
    }
    let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let (status, read, written) = decompress(&mut DecompressorOxide::new(), packed, &mut out, start, flags);
    match status {
        TINFLStatus::Done if read == packed.len() && written == length => Ok(out.split_off(start)),
        TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => Err(Unsqueezable::CutShort),
        _ => Err(Unsqueezable::Damaged),
    }
}
