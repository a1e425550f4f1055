//! `--output table`: sections inside each other, each a title, a line of headers and rows.

use super::width::columns;
use crate::data::{Data, Dict};

/// Where the output is no terminal.
const TERMINAL: usize = 80;
/// Spaces round a cell, both sides together.
const PADDING: usize = 4;

/// The answer as a table; empty where there is nothing in it.
pub fn table(title: &str, data: &Data) -> Result<String, String> {
    let mut table = Table::default();
    if !table.build(Some(title), data, 0)? {
        return Ok(String::new());
    }
    Ok(table.render())
}

#[derive(Default)]
struct Section {
    title: String,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
    level: usize,
    /// How many columns a row has, once the first header or row said so.
    width: Option<usize>,
    widest: Vec<usize>,
}

impl Section {
    /// More cells than the first line had are refused, in the words of Python.
    fn widen(&mut self, row: &[String]) -> Result<(), String> {
        if self.widest.is_empty() {
            self.widest = row.iter().map(|cell| columns(cell)).collect();
        } else if row.len() > self.widest.len() {
            return Err("list index out of range".to_owned());
        } else {
            for (widest, cell) in self.widest.iter_mut().zip(row) {
                *widest = columns(cell).max(*widest);
            }
        }
        Ok(())
    }

    fn header(&mut self, headers: Vec<String>) -> Result<(), String> {
        self.widen(&headers)?;
        self.width.get_or_insert(headers.len());
        self.headers = headers;
        Ok(())
    }

    fn row(&mut self, row: Vec<String>) -> Result<(), String> {
        let width = *self.width.get_or_insert(row.len());
        if row.len() != width {
            return Err(format!(
                "Row should have {width} elements, instead it has {}",
                row.len()
            ));
        }
        self.widen(&row)?;
        self.rows.push(row);
        Ok(())
    }

    fn total(&self) -> usize {
        let cells: usize = self.widest.iter().map(|widest| widest + PADDING).sum();
        (cells + 2).max(columns(&self.title) + 2) + 2 * self.level
    }

    /// The columns' widths, stretched to fill the whole.
    fn widths(&self, whole: usize) -> Vec<usize> {
        let plain: Vec<usize> = self.widest.iter().map(|widest| widest + PADDING).collect();
        let sum: usize = plain.iter().sum();
        if sum == 0 {
            return plain;
        }
        let factor = whole as f64 / sum as f64;
        let mut scaled: Vec<i64> = plain
            .iter()
            .map(|width| (factor * *width as f64).round_ties_even() as i64)
            .collect();
        let mut surplus = scaled.iter().sum::<i64>() - i64::try_from(whole).unwrap_or(i64::MAX);
        let count = scaled.len();
        while surplus != 0 {
            for at in 0..count {
                let at = if surplus < 0 { count - 1 - at } else { at };
                if let Some(width) = scaled.get_mut(at) {
                    *width -= surplus.signum();
                }
                surplus -= surplus.signum();
                if surplus == 0 {
                    break;
                }
            }
        }
        scaled
            .into_iter()
            .map(|width| usize::try_from(width).unwrap_or(0))
            .collect()
    }
}

#[derive(Default)]
struct Table {
    sections: Vec<Section>,
}

/// The names of a dict's scalars and of the rest, each sorted.
fn grouped<'a>(dicts: impl Iterator<Item = &'a Dict>) -> (Vec<&'a str>, Vec<&'a str>) {
    let (mut scalars, mut nested) = (Vec::new(), Vec::new());
    for (key, value) in dicts.flat_map(Dict::iter) {
        if value.is_scalar() {
            scalars.push(key);
        } else {
            nested.push(key);
        }
    }
    for keys in [&mut scalars, &mut nested] {
        keys.sort_unstable();
        keys.dedup();
    }
    (scalars, nested)
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

impl Table {
    fn open(&mut self, title: &str, level: usize) {
        self.sections.push(Section {
            title: title.to_owned(),
            level,
            ..Section::default()
        });
    }

    fn row(&mut self, row: Vec<String>) -> Result<(), String> {
        self.sections.last_mut().map_or(Ok(()), |section| section.row(row))
    }

    fn header(&mut self, headers: Vec<String>) -> Result<(), String> {
        self.sections
            .last_mut()
            .map_or(Ok(()), |section| section.header(headers))
    }

    fn build(&mut self, title: Option<&str>, data: &Data, level: usize) -> Result<bool, String> {
        if !data.is_true() {
            return Ok(false);
        }
        if let Some(title) = title {
            self.open(title, level);
        }
        match data {
            Data::List(items) if matches!(items.first(), Some(Data::Dict(_))) => {
                self.dicts(items, level, title.unwrap_or_default())?;
            }
            Data::List(items) => {
                for item in items {
                    match item {
                        Data::List(cells) if cells.iter().all(Data::is_scalar) => {
                            self.row(cells.iter().map(Data::text).collect())?;
                        }
                        Data::Dict(dict) => self.row(dict.keys().map(str::to_owned).collect())?,
                        Data::List(_) => {
                            self.build(None, item, 0)?;
                        }
                        scalar => self.row(vec![scalar.text()])?,
                    }
                }
            }
            Data::Dict(dict) => self.dict(dict, level)?,
            _ => {}
        }
        Ok(true)
    }

    fn dict(&mut self, dict: &Dict, level: usize) -> Result<(), String> {
        let (scalars, nested) = grouped(std::iter::once(dict));
        let cell = |key: &&str| dict.get(key).map(Data::text).unwrap_or_default();
        match scalars.as_slice() {
            [] => {}
            [only] => self.row(vec![(*only).to_owned(), cell(only)])?,
            several => {
                self.header(owned(several))?;
                self.row(several.iter().map(cell).collect())?;
            }
        }
        for key in nested {
            self.build(Some(key), dict.get(key).unwrap_or(&Data::Null), level + 1)?;
        }
        Ok(())
    }

    fn dicts(&mut self, items: &[Data], level: usize, title: &str) -> Result<(), String> {
        let dicts: Vec<&Dict> = items.iter().filter_map(Data::as_dict).collect();
        let (scalars, nested) = grouped(dicts.iter().copied());
        self.header(owned(&scalars))?;
        for (at, dict) in dicts.into_iter().enumerate() {
            if at > 0 && !nested.is_empty() {
                self.open(title, level);
                self.header(owned(&scalars))?;
            }
            self.row(
                scalars
                    .iter()
                    .map(|key| dict.get(key).map(Data::text).unwrap_or_default())
                    .collect(),
            )?;
            for key in &nested {
                if let Some(value) = dict.get(key) {
                    self.build(Some(key), value, level + 1)?;
                }
            }
        }
        Ok(())
    }

    fn widest(&self) -> usize {
        self.sections.iter().map(Section::total).max().unwrap_or(0)
    }

    /// Sections with one row stand upright where the table is wider than the terminal.
    fn turn(&mut self) {
        for section in &mut self.sections {
            let ([row], false) = (section.rows.as_slice(), section.headers.is_empty()) else {
                continue;
            };
            let mut turned = Section {
                title: section.title.clone(),
                level: section.level,
                ..Section::default()
            };
            for (header, cell) in section.headers.iter().zip(row) {
                // Two cells each: never refused.
                let _ = turned.row(vec![header.clone(), cell.clone()]);
            }
            *section = turned;
        }
    }

    fn render(mut self) -> String {
        let mut width = self.widest();
        if width > TERMINAL {
            self.turn();
            width = self.widest();
        }
        let mut out = format!("{}\n", "-".repeat(width));
        for section in &self.sections {
            let bars = "|".repeat(section.level);
            for line in lines(section, width.saturating_sub(2 * section.level)) {
                out.push_str(&format!("{bars}{line}{bars}\n"));
            }
        }
        out
    }
}

fn lines(section: &Section, width: usize) -> Vec<String> {
    let mut out = Vec::new();
    if !section.title.is_empty() {
        out.push(centred(&section.title, width, "|"));
        if section.headers.is_empty() && section.rows.is_empty() {
            out.push(format!("+{}+", "-".repeat(width.saturating_sub(2))));
        }
    }
    let widths = section.widths(width);
    let cells = |row: &[String], cell: fn(&str, usize, &str) -> String| -> String {
        let edges = std::iter::once("|").chain(std::iter::repeat(""));
        widths
            .iter()
            .zip(row)
            .zip(edges)
            .map(|((width, text), edge)| cell(text, *width, edge))
            .collect()
    };
    if !section.headers.is_empty() {
        out.push(rule(&widths));
        out.push(cells(&section.headers, centred));
    }
    if !section.rows.is_empty() && !widths.is_empty() {
        out.push(rule(&widths));
        out.extend(section.rows.iter().map(|row| cells(row, aligned)));
        out.push(rule(&widths));
    }
    out
}

fn rule(widths: &[usize]) -> String {
    let parts: Vec<String> = widths
        .iter()
        .enumerate()
        .map(|(at, width)| {
            let start = if at == 0 { "+" } else { "" };
            format!("{start}{}+", "-".repeat(width.saturating_sub(1 + start.len())))
        })
        .collect();
    parts.concat()
}

fn centred(text: &str, length: usize, edge: &str) -> String {
    let width = columns(text);
    let before = (length / 2).saturating_sub(width / 2 + 1);
    // Python counts on with a negative start, though it writes no space for it.
    let start = i64::try_from(length / 2).unwrap_or(0) - i64::try_from(width / 2).unwrap_or(0) - 1;
    let so_far = i64::try_from(edge.len() + width).unwrap_or(0) + start;
    let after = usize::try_from(i64::try_from(length).unwrap_or(0) - 1 - so_far).unwrap_or(0);
    format!("{edge}{}{text}{}|", " ".repeat(before), " ".repeat(after))
}

fn aligned(text: &str, length: usize, edge: &str) -> String {
    let width = columns(text);
    let padding = if length > width + 2 + edge.len() { 2 } else { 0 };
    let after = length.saturating_sub(edge.len() + padding + width + 1);
    format!("{edge}{}{text}{}|", " ".repeat(padding), " ".repeat(after))
}
