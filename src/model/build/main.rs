//! Packs `data/` for the page: one small binary a service, the table of names, and a constant for every member name.
//! Whatever is inconsistent in `data/` stops the build here, so that nothing at run time has to expect it.

#[path = "../kebab.rs"]
mod kebab;
mod pack;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use text::ServiceText;

fn main() -> Result<(), String> {
    let data = PathBuf::from("data");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    println!("cargo:rerun-if-changed=data");
    println!("cargo:rerun-if-changed=build");
    println!("cargo:rerun-if-changed=kebab.rs");

    let names = text::parse_numbered(&read(&data.join("names.txt"))?)?;
    let numbers = text::parse_numbered(&read(&data.join("numbers.txt"))?)?;
    let services = services(&data)?;

    write(&out, "field.rs", constants(&names).as_bytes())?;
    let mut table = format!("static SERVICES: [Packed; {}] = [\n", services.len());
    let mut rests = Vec::new();
    let mut first_names = BTreeSet::new();
    for (place, (service, text)) in services.iter().enumerate() {
        let packed = pack::service(text, &names, &numbers).map_err(|why| format!("{service}.model: {why}"))?;
        write(&out, &format!("{service}.bin"), &packed.first)?;
        let _ = writeln!(
            table,
            "    Packed::new({place}, {service:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{service}.bin\"))),"
        );
        rests.push(packed.rest);
        first_names.extend(packed.first_names);
    }
    // A name of the rest is an empty line in the first part's list, and the other way round: a name's line is its number.
    let only = |early: bool| {
        let lines = names.iter().map(|name| {
            if first_names.contains(name) == early {
                name.as_str()
            } else {
                ""
            }
        });
        lines.collect::<Vec<&str>>().join("\n")
    };
    write(&out, "names.txt", only(true).as_bytes())?;
    rests.push(only(false).into_bytes());
    write(&out, "rest.bin", &rest(&rests))?;
    let _ = writeln!(
        table,
        "];\nstatic OPERATIONS: &[u8] = &{:?};",
        operations(&numbers, &services)?
    );
    write(&out, "services.rs", table.as_bytes())
}

fn services(data: &Path) -> Result<BTreeMap<String, ServiceText>, String> {
    let mut services = BTreeMap::new();
    for entry in std::fs::read_dir(data).map_err(|error| error.to_string())? {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.extension().is_some_and(|extension| extension == "model") {
            let text = ServiceText::parse(&read(&path)?).map_err(|why| format!("{}: {why}", path.display()))?;
            let name = text
                .fact("service")
                .ok_or_else(|| format!("{}: no service", path.display()))?;
            services.insert(name.to_string(), text);
        }
    }
    Ok(services)
}

/// By operation number − 1: the place of its service in the sorted table.
fn operations(numbers: &[String], services: &BTreeMap<String, ServiceText>) -> Result<Vec<u8>, String> {
    let place = |entry: &String| {
        let service = entry.split(' ').next().unwrap_or_default();
        let at = services
            .keys()
            .position(|name| name == service)
            .ok_or_else(|| format!("numbers.txt: {entry}"))?;
        u8::try_from(at).map_err(|_| "more than 256 services".to_string())
    };
    numbers.iter().map(place).collect()
}

/// All that comes later as one block: how many sections there are, and each with its length before it.
fn rest(sections: &[Vec<u8>]) -> Vec<u8> {
    let size = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    let mut block = size(sections.len()).to_vec();
    for section in sections {
        block.extend(size(section.len()));
        block.extend(section);
    }
    block
}

/// `pub const INSTANCE_ID: Name = Name(17);` for every name, in SCREAMING_SNAKE_CASE. Where two names meet (`Id`, `ID`), the
/// later number has an underscore at its end.
fn constants(names: &[String]) -> String {
    let mut text = String::new();
    let mut taken = BTreeSet::new();
    for (at, name) in names.iter().enumerate() {
        let word = |c: char| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_uppercase()
            } else {
                '_'
            }
        };
        let mut constant: String = kebab::cli_name(name).chars().map(word).collect();
        if constant.starts_with(|c: char| c.is_ascii_digit()) {
            constant.insert(0, '_');
        }
        while !taken.insert(constant.clone()) {
            constant.push('_');
        }
        let _ = writeln!(text, "/// `{name}`\npub const {constant}: Name = Name({});", at + 1);
    }
    text
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn write(out: &Path, name: &str, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(out.join(name), bytes).map_err(|error| format!("{name}: {error}"))
}
