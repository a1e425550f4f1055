//! Answers as text: `--output json`, `text`, `table`, `yaml`, `yaml-stream`, byte for byte as the AWS CLI version 2 prints
//! them where its output is no terminal (no colours, 80 columns). Nothing here knows a shape.

mod table;
mod text;
mod width;
mod yaml;

pub use text::text;
pub use yaml::{is_float, is_int, is_timestamp, yaml, yaml_scalar};

use crate::data::Data;

/// The way of printing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    Text,
    Table,
    Yaml,
    YamlStream,
}

impl Format {
    /// The CLI's names, in its order.
    pub const NAMES: [&'static str; 5] = ["json", "text", "table", "yaml", "yaml-stream"];

    /// By the CLI's name.
    pub fn find(name: &str) -> Option<Format> {
        Some(match name {
            "json" => Format::Json,
            "text" => Format::Text,
            "table" => Format::Table,
            "yaml" => Format::Yaml,
            "yaml-stream" => Format::YamlStream,
            _ => return None,
        })
    }
}

/// One whole answer. `operation`: the table's title. The error is Python's complaint.
pub fn print(format: Format, operation: &str, data: &Data) -> Result<String, String> {
    let nothing = matches!(data, Data::Dict(dict) if dict.is_empty());
    Ok(match format {
        Format::Text => text(data),
        Format::Table => table::table(operation, data)?,
        Format::Json | Format::Yaml | Format::YamlStream if nothing => String::new(),
        Format::Json => format!("{}\n", data.indented(false)),
        Format::Yaml => yaml(data),
        Format::YamlStream => yaml(&Data::List(vec![data.clone()])),
    })
}
