//! `--cli-input-json`, `--cli-input-yaml`: a document of parameters in place of options. It says what the command line does
//! not say itself; what it says wrong is complained of in the words of the AWS CLI.

use crate::argparse::Values;
use crate::data::{Data, Dict};
use crate::fault::Fault;
use crate::reading_yaml;
use crate::run::Tray;
use crate::{reading, unpack};

/// Adds what the document says and the command line does not.
pub fn add(values: &Values, tray: &Tray, params: &mut Dict) -> Result<(), Fault> {
    let (name, given) = match (values.get("cli_input_json"), values.get("cli_input_yaml")) {
        (Some(_), Some(_)) => {
            return Err(Fault::parameter("Only one --cli-input- parameter may be specified."));
        }
        (Some(given), None) => ("cli-input-json", given),
        (None, Some(given)) => ("cli-input-yaml", given),
        (None, None) => return Ok(()),
    };
    let flag = format!("--{name}");
    let content = unpack::file(given, tray).map_err(|message| Fault::parsing(&flag, message))?;
    let text = match content.unwrap_or_else(|| given.clone()) {
        Data::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        other => other.text(),
    };
    let document = if name == "cli-input-json" {
        reading::json(&text).map_err(|_| Fault::parsing(name, "Invalid JSON received."))?
    } else {
        reading_yaml::yaml(&text).map_err(|fault| match fault {
            reading_yaml::Fault::Invalid => Fault::parsing(name, "Invalid YAML received."),
            reading_yaml::Fault::Scalar(why) => Fault::other(why),
        })?
    };
    let Data::Dict(document) = document else {
        return Err(Fault::parsing(
            &flag,
            format_args!(
                "Invalid type: expecting map, received <class '{}'>",
                document.type_name()
            ),
        ));
    };
    for (name, value) in document.iter() {
        if !params.contains(name) {
            params.set(name, value.clone());
        }
    }
    Ok(())
}
