//! `--output text`: a line a record, fields between tabs, what is nested on lines of its own that begin with its name.

use crate::data::{Data, Dict};

/// The answer's lines.
pub fn text(data: &Data) -> String {
    let mut out = String::new();
    item(&mut out, data, None, None);
    out
}

fn item(out: &mut String, data: &Data, name: Option<&str>, keys: Option<&[&str]>) {
    match data {
        Data::Dict(members) => dict(out, members, name, keys),
        Data::List(items) => list(out, items, name),
        scalar => {
            out.push_str(&scalar.text());
            out.push('\n');
        }
    }
}

fn list(out: &mut String, items: &[Data], name: Option<&str>) {
    if items.is_empty() {
        return;
    }
    if items.iter().any(|item| matches!(item, Data::Dict(_))) {
        let mut keys: Vec<&str> = items
            .iter()
            .filter_map(Data::as_dict)
            .flat_map(Dict::iter)
            .filter(|(_, value)| value.is_scalar())
            .map(|(key, _)| key)
            .collect();
        keys.sort_unstable();
        keys.dedup();
        for element in items {
            item(out, element, name, Some(&keys));
        }
        return;
    }
    let scalars: Vec<String> = items.iter().filter(|item| item.is_scalar()).map(Data::text).collect();
    match name {
        _ if scalars.is_empty() => {}
        Some(name) => {
            for scalar in &scalars {
                out.push_str(&format!("{}\t{scalar}\n", name.to_uppercase()));
            }
        }
        None => {
            out.push_str(&scalars.join("\t"));
            out.push('\n');
        }
    }
    for element in items.iter().filter(|item| !item.is_scalar()) {
        item(out, element, name, None);
    }
}

fn dict(out: &mut String, members: &Dict, name: Option<&str>, keys: Option<&[&str]>) {
    let mut sorted: Vec<(&str, &Data)> = members.iter().collect();
    sorted.sort_by_key(|(key, _)| *key);
    let mut scalars: Vec<String> = match keys {
        Some(keys) => keys
            .iter()
            .map(|key| members.get(key).map(Data::text).unwrap_or_default())
            .collect(),
        None => sorted
            .iter()
            .filter(|(_, value)| value.is_scalar())
            .map(|(_, value)| value.text())
            .collect(),
    };
    if !scalars.is_empty() {
        if let Some(name) = name {
            scalars.insert(0, name.to_uppercase());
        }
        out.push_str(&scalars.join("\t"));
        out.push('\n');
    }
    for (key, value) in sorted {
        let nested = match keys {
            Some(keys) => !keys.contains(&key),
            None => !value.is_scalar(),
        };
        if nested {
            item(out, value, Some(key), None);
        }
    }
}
