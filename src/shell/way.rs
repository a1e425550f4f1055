//! How a command's calls go out: as they are, without a signature (`--no-sign-request`), told step by step (`--debug`).

use crate::debug;
use crate::run::{Call, Seen};
use stratus_engine::catalog::Region;
use stratus_engine::services::s3::public::{Visit, may_call};
use stratus_engine::{Error, Result};
use stratus_model::{Protocol, Structure, model};

/// The way that a command's options say.
#[derive(Clone, Debug, Default)]
pub struct Way {
    /// Without a signature: the world, which says what is open to everybody.
    pub unsigned: Option<Seen>,
    /// What to tell, and of whom.
    pub debug: Option<debug::Teller>,
}

impl Way {
    /// Does something with calls that go this way. Second: what is told of it.
    pub fn go<T>(self, call: Call<'_>, act: impl FnOnce(Call<'_>) -> T) -> (T, String) {
        let Way { unsigned, debug } = self;
        let mut teller = debug;
        let done = act(
            &mut |region: Region, service: &'static str, operation: &'static str, params: Structure| {
                if let Some(teller) = &mut teller {
                    teller.call(region, service, operation, &params, unsigned.is_some());
                }
                let answer = match unsigned
                    .as_ref()
                    .and_then(|seen| refused(service, operation, &params, seen))
                {
                    Some(error) => Err(error),
                    None => call(region, service, operation, params),
                };
                if let Some(teller) = &mut teller {
                    teller.answer(&answer);
                }
                answer
            },
        );
        (done, teller.map(|teller| teller.text).unwrap_or_default())
    }
}

/// What a service answers to a request that nobody signed; `None` where it needs no signature. The same as the endpoint's
/// (`cargo serve`). <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html#CommonErrors>
fn refused(service: &str, operation: &str, params: &Structure, seen: &Seen) -> Option<Error> {
    let service = model().service(service).filter(|service| service.name != "stratus")?;
    if service
        .operation(operation)
        .is_none_or(|operation| operation.is_anonymous)
    {
        return None;
    }
    let open = |world| may_call(world, operation, params, &Visit::of_laptop("aws-cli/2"));
    if service.name == "s3" && seen.0.as_ref().is_some_and(open) {
        return None;
    }
    let (code, message, status) = match service.protocol {
        _ if service.name == "s3" => ("AccessDenied", "Access Denied", 403),
        Protocol::Ec2 | Protocol::Query | Protocol::RestXml => (
            "MissingAuthenticationToken",
            "Request is missing Authentication Token",
            403,
        ),
        Protocol::RestJson | Protocol::Json | Protocol::Cbor => (
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
            400,
        ),
    };
    let error = Error::new(code, message).with_status(status);
    Some(error.remedy("Leave --no-sign-request out: the request is then signed with the session's keys."))
}

/// The door's answer, by its name.
pub type Answer = Result<Structure>;
