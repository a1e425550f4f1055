//! The other driver of `links.rs`: the seeds, bombs, and a bounded number of mutations, the same in every run. It knows
//! what a link is made of, so that most of what it tries gets past the first check.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod dice;
mod links;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use dice::Dice;
use links::{Input, Taken, crafted, read};
use miniz_oxide::deflate::compress_to_vec;
use peak_alloc::PeakAlloc;
use std::collections::BTreeMap;
use std::path::PathBuf;
use stratus_classroom::{File, link, pack};
use stratus_model::binary::write_varint;

/// The test runs by itself in this process, so that the peak is its own.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Mutations of each seed.
const MUTATIONS: usize = 60;
/// The most memory that reading a link may take: 4 MiB unpacked, as values and as JSON.
const PEAK_MEGABYTES: f32 = 128.0;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests")).join(name)
}

/// The golden links, by name.
fn golden() -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder("classroom/golden")).unwrap();
    let links = entries.map(|entry| {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let link = text.lines().find(|line| link::is_one(line)).unwrap().to_owned();
        (path.file_stem().unwrap().to_str().unwrap().to_owned(), link)
    });
    links.collect()
}

/// Counts how inputs are taken, and names the one that takes too much memory.
#[derive(Default)]
struct Tally {
    taken: BTreeMap<Taken, usize>,
    peak: f32,
}

impl Tally {
    fn read(&mut self, what: &str, data: &[u8]) -> Taken {
        let input = links::input(data);
        MEMORY.reset_peak_usage();
        let before = MEMORY.current_usage_as_mb();
        match &input {
            Input::Link(text) => drop(link::decode(text)),
            Input::File(text) => drop(File::from_text(text)),
        }
        let peak = MEMORY.peak_usage_as_mb() - before;
        assert!(peak < PEAK_MEGABYTES, "{what}: {peak} MB for {} bytes", data.len());
        self.peak = self.peak.max(peak);
        let taken = read(data);
        *self.taken.entry(taken).or_default() += 1;
        taken
    }
}

/// A link of these parts.
fn link_of(flags: u8, length: &[u8], sum: &[u8], squeezed: &[u8]) -> Vec<u8> {
    let bytes = [&[flags], length, sum, squeezed].concat();
    format!("v1.{}", BASE64.encode(bytes)).into_bytes()
}

fn varint(number: u64) -> Vec<u8> {
    let mut out = Vec::new();
    write_varint(number, &mut out);
    out
}

/// Links whose outer parts lie: flags, lengths, checksums.
fn lies(tally: &mut Tally) {
    let good = golden()["web-server"].clone();
    let bytes = BASE64.decode(&good[3..]).unwrap();
    // flags, a length of two bytes, eight of the checksum
    let (length, sum, squeezed) = (&bytes[1..3], &bytes[3..11], &bytes[11..]);
    assert_eq!(tally.read("as it is", &link_of(0, length, sum, squeezed)), Taken::Read);
    for flags in [1, 2, 0x80, 0xff] {
        assert_eq!(
            tally.read("flags", &link_of(flags, length, sum, squeezed)),
            Taken::Newer
        );
    }
    let true_length = u64::from(length[0] & 0x7f) | u64::from(length[1]) << 7;
    for wrong in [0, 1, true_length - 1, true_length + 1, 4 << 20] {
        let taken = tally.read("a wrong length", &link_of(0, &varint(wrong), sum, squeezed));
        assert!(matches!(taken, Taken::Tampered | Taken::CutShort), "{wrong}: {taken:?}");
    }
    for huge in [(4 << 20) + 1, u64::from(u32::MAX), u64::MAX] {
        assert_eq!(
            tally.read("a huge length", &link_of(0, &varint(huge), sum, squeezed)),
            Taken::TooLarge
        );
    }
    let overlong = tally.read("an overlong length", &link_of(0, &[0xff; 11], sum, squeezed));
    assert_eq!(overlong, Taken::Tampered);
    let mut other = sum.to_vec();
    other[7] ^= 1;
    assert_eq!(
        tally.read("another checksum", &link_of(0, length, &other, squeezed)),
        Taken::Tampered
    );
    assert_eq!(
        tally.read("no checksum", &link_of(0, length, &sum[..4], &[])),
        Taken::CutShort
    );
    assert_eq!(
        tally.read("nothing squeezed", &link_of(0, length, sum, &[])),
        Taken::CutShort
    );
}

/// Little that would become much.
fn bombs(tally: &mut Tally) {
    // Zeros become a thousandth: with these the link has as many characters as one may have.
    let zeros = vec![0; 40 << 20];
    let squeezed = compress_to_vec(&zeros, 9);
    let fits = 4 << 20;
    assert_eq!(
        tally.read("40 MiB of zeros", &link_of(0, &varint(40 << 20), &[0; 8], &squeezed)),
        Taken::TooLarge
    );
    assert_eq!(
        tally.read("40 MiB that say 4", &link_of(0, &varint(fits), &[0; 8], &squeezed)),
        Taken::Tampered
    );
    let as_content = |packed: &[u8]| [&[1], packed].concat();
    // No parts, then as many empty calls as a history holds, all at the beginning; then more; then more than there are bytes.
    for (count, taken) in [
        (100_000, Taken::Read),
        (100_001, Taken::Broken),
        (1 << 40, Taken::Broken),
        (u64::MAX, Taken::Broken),
    ] {
        let packed = [vec![0], varint(count), [4, 0].repeat(100_000), vec![0; 100_000]].concat();
        assert_eq!(tally.read("many calls", &as_content(&packed)), taken, "{count}");
    }
    // CreateTags with lists of empty texts, of empty structures, and of lists inside each other.
    let tags = stratus_model::field::TAGS.number();
    for (kind, item) in [(6, &[0][..]), (12, &[0]), (0, &[6, 0]), (10, &[0])] {
        for count in [1_000, 240_000, 260_000, 4_000_000] {
            let mut packed = vec![0, 1, 1 << 2];
            packed.extend(varint(u64::from(tags) << 4 | 10));
            packed.extend(varint(count << 4 | kind));
            packed.extend(item.repeat((count as usize).min((fits as usize) / item.len())));
            packed.extend([0, 0]);
            tally.read("many values", &as_content(&packed));
        }
    }
    let deep = [
        vec![0, 1, 1 << 2],
        varint(u64::from(tags) << 4 | 10),
        vec![0x1a; 100_000],
    ]
    .concat();
    assert_eq!(tally.read("deep lists", &as_content(&deep)), Taken::Broken);
    for text in ["[", "{\"a\":", "%5B"] {
        let deep = format!("json={}", text.repeat(100_000));
        assert_eq!(tally.read("deep JSON", deep.as_bytes()), Taken::Broken);
    }
    let file = format!(
        "{{\"format\":\"stratus\",\"version\":1,\"options\":{}",
        "[".repeat(100_000)
    );
    assert_eq!(tally.read("a deep file", file.as_bytes()), Taken::NotOurs);
    let long = format!("v1.{}", "A".repeat(link::MAXIMUM_CHARACTERS));
    assert_eq!(tally.read("a long link", long.as_bytes()), Taken::TooLarge);
}

/// Each golden link in four forms: as it is, its bytes, what it holds, and as a file; each mutated a few times over.
fn mutations(tally: &mut Tally) {
    let links = golden();
    let files: Vec<File> = links.values().map(|text| link::decode(text).unwrap()).collect();
    let packed: Vec<Vec<u8>> = files.iter().map(|file| pack::pack(file).unwrap()).collect();
    let mut dice = Dice(0x5742_6564_2021);
    for (index, (name, text)) in links.iter().enumerate() {
        let other = &packed[(index + 1) % packed.len()];
        let json = files[index].to_text().into_bytes();
        assert_eq!(tally.read(name, text.as_bytes()), Taken::Read);
        assert_eq!(tally.read(name, &json), Taken::Read);
        assert_eq!(tally.read(name, &[&[0][..], &packed[index]].concat()), Taken::Read);
        for _ in 0..MUTATIONS {
            let mut link = text.clone().into_bytes();
            dice.mutate(&mut link, b"-_AZaz09.=%{}\"\xff\xc3\xa9");
            tally.read(name, &link);
            if let Ok(mut bytes) = BASE64.decode(text.strip_prefix("v1.").unwrap_or(&crafted(&packed[index])[3..])) {
                dice.mutate(&mut bytes, other);
                tally.read(name, format!("v1.{}", BASE64.encode(bytes)).as_bytes());
            }
            let mut content = packed[index].clone();
            for _ in 0..=dice.below(3) {
                dice.mutate(&mut content, other);
            }
            tally.read(name, &[&[0][..], &content].concat());
            let mut file = json.clone();
            dice.mutate(
                &mut file,
                b"\"n\":1,\"n\":99999999999999999999,{}[]null${1.X}\"9999-12-31T23:59:59Z\"",
            );
            tally.read(name, &file);
        }
    }
}

#[test]
fn whatever_is_opened_is_read_or_refused_with_a_reason() {
    let mut tally = Tally::default();
    lies(&mut tally);
    bombs(&mut tally);
    mutations(&mut tally);
    println!("{:?}, at most {} MB", tally.taken, tally.peak);
    // It gets everywhere: past the checksum, into the world, and to each of the refusals.
    for (taken, least) in [
        (Taken::Read, 100),
        (Taken::Broken, 50),
        (Taken::Tampered, 50),
        (Taken::CutShort, 20),
        (Taken::Newer, 5),
        (Taken::TooLarge, 5),
        (Taken::NotOurs, 5),
    ] {
        let count = tally.taken.get(&taken).copied().unwrap_or(0);
        assert!(count >= least, "{taken:?}: {count}");
    }
}

/// What libFuzzer begins with beside the golden links: what they hold. `UPDATE_EXPECT=1` writes them anew.
#[test]
fn the_seeds_are_what_the_golden_links_hold() {
    for (name, text) in golden() {
        let seed = [&[0][..], &pack::pack(&link::decode(&text).unwrap()).unwrap()].concat();
        let path = folder("fuzz/seeds").join(&name);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &seed).unwrap();
        }
        assert!(
            std::fs::read(&path).ok() == Some(seed),
            "{} is not current",
            path.display()
        );
    }
}
