//! Which operation of a REST service a method and a path are: Route 53's.

use crate::error::Error;
use crate::http::{self, Request};
use crate::message::{Codec, Refusal, Routed};
use crate::route::{Hint, refused, routed, speech};
use stratus_model::{Operation, Service};

/// # Errors
/// `UnknownOperationException`, 404, where no operation has the path; `MethodNotAllowed`, 405, where some have, with other methods.
pub fn route(request: &Request, hint: &Hint, service: &'static Service) -> Result<Routed, Refusal> {
    let speech = speech(request, Some(service), Codec::RestXml);
    let pairs = http::pairs(request.query.as_bytes()).map_err(|error| refused(speech.clone(), error))?;
    let with_path = |operation: &'static Operation| Some((operation, labels(operation.http_uri, &request.path)?));
    let mut found: Vec<_> = service.operations().iter().filter_map(with_path).collect();
    let path_is_known = !found.is_empty();
    found.retain(|(operation, _)| operation.http_method == request.method);
    // A path in letters comes before one with a label in its place.
    let Some((operation, labels)) = found.into_iter().min_by_key(|(_, labels)| labels.len()) else {
        let error = if path_is_known {
            Error::new(
                "MethodNotAllowed",
                405,
                "The specified method is not allowed against this resource.",
            )
        } else {
            Error::new(
                "UnknownOperationException",
                404,
                "There is no operation with this path.",
            )
        };
        return Err(refused(speech, error));
    };
    let decoded = labels
        .into_iter()
        .map(|(name, text)| Ok((name, http::decode_path(text)?)));
    let labels = decoded.collect::<Result<Vec<_>, Error>>();
    let labels = labels.map_err(|error| refused(speech.clone(), error))?;
    Ok(routed(speech, hint, (service, operation), labels, pairs))
}

/// What stands in a path where a template has labels; `None` if the path is none of the template's. A slash at the end does
/// not matter.
fn labels<'p>(template: &'static str, path: &'p str) -> Option<Vec<(&'static str, &'p str)>> {
    let template = template.split('?').next().unwrap_or_default();
    let mut steps = path.trim_end_matches('/').split('/');
    let mut labels = Vec::new();
    for wanted in template.trim_end_matches('/').split('/') {
        let step = steps.next()?;
        match wanted.strip_prefix('{').and_then(|label| label.strip_suffix('}')) {
            Some(label) if !step.is_empty() => labels.push((label, step)),
            Some(_) => return None,
            None if wanted == step => {}
            None => return None,
        }
    }
    steps.next().is_none().then_some(labels)
}
