//! The scope of a signature, as a header or a query has it: who signed, for which day, Region and service.

use crate::http::{self, Request};

/// `AKIA…/20250303/us-east-1/ec2/aws4_request`
#[derive(Clone, Debug, PartialEq)]
pub struct Scope {
    pub access_key: String,
    /// `20250303`
    pub date: String,
    pub region: String,
    /// The signing name.
    pub service: String,
    /// `aws4_request` where it is right.
    pub terminator: String,
}

impl Scope {
    /// Reads a credential. An access key may have slashes in it, the rest has none.
    pub fn parse(credential: &str) -> Option<Self> {
        let mut parts = credential.rsplitn(5, '/');
        let mut next = || parts.next().filter(|part| !part.is_empty()).map(str::to_string);
        let (terminator, service, region, date) = (next()?, next()?, next()?, next()?);
        Some(Self {
            access_key: next()?,
            date,
            region,
            service,
            terminator,
        })
    }

    /// Without the access key.
    pub fn text(&self) -> String {
        format!("{}/{}/{}/{}", self.date, self.region, self.service, self.terminator)
    }
}

/// The scope of a request; `None` where there is none that can be read.
pub fn of(request: &Request) -> Option<Scope> {
    if let Some(header) = request.headers.get("authorization") {
        let parts = header.strip_prefix("AWS4-HMAC-SHA256")?.split(',');
        let credential = parts.map(str::trim).find_map(|part| part.strip_prefix("Credential="))?;
        return Scope::parse(credential);
    }
    let pairs = http::pairs(request.query.as_bytes()).ok()?;
    let (_, credential) = pairs.iter().find(|(name, _)| name == "X-Amz-Credential")?;
    Scope::parse(credential)
}
