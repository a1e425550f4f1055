//! Which operation of a REST service a method and a path are: Route 53's, and those that speak JSON.

use crate::error::Error;
use crate::http::{self, Request};
use crate::message::{Codec, Refusal, Routed};
use crate::route::{Hint, refused, routed, speech};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use stratus_model::{Operation, Service};

/// A path as the model has it.
struct Template {
    operation: &'static Operation,
    steps: Vec<Step>,
}

/// What stands between two slashes.
enum Step {
    Letters(&'static str),
    Label(&'static str),
}

/// The templates of a service by how many steps they have.
type Templates = &'static BTreeMap<usize, Vec<Template>>;

/// # Errors
/// `UnknownOperationException`, 404, where no operation has the path; `MethodNotAllowed`, 405, where some have, with other methods.
pub fn route(request: &Request, hint: &Hint, service: &'static Service) -> Result<Routed, Refusal> {
    let speech = speech(request, Some(service), Codec::of(service));
    let pairs = http::pairs(request.query.as_bytes()).map_err(|error| refused(speech.clone(), error))?;
    // A slash at the end does not matter.
    let path: Vec<&str> = request.path.trim_end_matches('/').split('/').collect();
    let known = templates(service)
        .get(&path.len())
        .map(Vec::as_slice)
        .unwrap_or_default();
    let found = || known.iter().filter(|template| template.fits(&path));
    let asked = found().filter(|template| template.operation.http_method == request.method);
    // A path in letters comes before one with a label in its place.
    let Some(template) = asked.min_by_key(|template| template.labels(&path).count()) else {
        let error = if found().next().is_some() {
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
    let decoded = template
        .labels(&path)
        .map(|(name, text)| Ok((name, http::decode_path(text)?)));
    let labels = decoded.collect::<Result<Vec<_>, Error>>();
    let labels = labels.map_err(|error| refused(speech.clone(), error))?;
    Ok(routed(speech, hint, (service, template.operation), labels, pairs))
}

/// The templates of a service. Read once: a request would otherwise cut some seventy of them into steps.
fn templates(service: &'static Service) -> Templates {
    static KNOWN: Mutex<BTreeMap<&'static str, Templates>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known
        .entry(service.name)
        .or_insert_with(|| Box::leak(Box::new(read(service))))
}

fn read(service: &'static Service) -> BTreeMap<usize, Vec<Template>> {
    let mut all: BTreeMap<usize, Vec<Template>> = BTreeMap::new();
    for operation in service.operations() {
        let path = operation.http_uri.split('?').next().unwrap_or_default();
        let step = |text: &'static str| match text.strip_prefix('{').and_then(|label| label.strip_suffix('}')) {
            Some(label) => Step::Label(label),
            None => Step::Letters(text),
        };
        let steps: Vec<Step> = path.trim_end_matches('/').split('/').map(step).collect();
        all.entry(steps.len()).or_default().push(Template { operation, steps });
    }
    all
}

impl Template {
    /// Whether a path of as many steps is one of the template's.
    fn fits(&self, path: &[&str]) -> bool {
        self.steps.iter().zip(path).all(|(step, text)| match step {
            Step::Letters(letters) => letters == text,
            Step::Label(_) => !text.is_empty(),
        })
    }

    /// What stands in a path where the template has labels.
    fn labels<'p>(&self, path: &[&'p str]) -> impl Iterator<Item = (&'static str, &'p str)> {
        self.steps.iter().zip(path).filter_map(|(step, text)| match step {
            Step::Label(name) => Some((*name, *text)),
            Step::Letters(_) => None,
        })
    }
}
