//! What every EC2 operation shares: finding a resource by its id's text, filters, pages, tags in requests and answers.

use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, ResourceId, well_formed};
use crate::base::limits::{FILTER_VALUES, FILTERS, PAGE_MAXIMUM};
use crate::catalog::Region;
use crate::world::World;
use crate::world::references::Row;
use stratus_model::{Structure, Value, field};

/// The word in `Invalid….NotFound` of a kind.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>
fn codes(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Instance => ("InvalidInstanceID.NotFound", "InvalidInstanceID.Malformed"),
        Kind::Image => ("InvalidAMIID.NotFound", "InvalidAMIID.Malformed"),
        Kind::KeyPair => ("InvalidKeyPair.NotFound", "InvalidParameterValue"),
        Kind::Vpc => ("InvalidVpcID.NotFound", "InvalidVpcID.Malformed"),
        Kind::Subnet => ("InvalidSubnetID.NotFound", "InvalidSubnetID.Malformed"),
        Kind::RouteTable => ("InvalidRouteTableID.NotFound", "InvalidRouteTableId.Malformed"),
        Kind::RouteTableAssociation => ("InvalidAssociationID.NotFound", "InvalidParameterValue"),
        Kind::InternetGateway => (
            "InvalidInternetGatewayID.NotFound",
            "InvalidInternetGatewayId.Malformed",
        ),
        Kind::NetworkAcl => ("InvalidNetworkAclID.NotFound", "InvalidNetworkAclId.Malformed"),
        Kind::NetworkAclAssociation => ("InvalidAssociationID.NotFound", "InvalidParameterValue"),
        Kind::SecurityGroup => ("InvalidGroup.NotFound", "InvalidGroupId.Malformed"),
        Kind::SecurityGroupRule => (
            "InvalidSecurityGroupRuleId.NotFound",
            "InvalidSecurityGroupRuleId.Malformed",
        ),
        Kind::PrefixList => ("InvalidPrefixListID.NotFound", "InvalidPrefixListId.Malformed"),
        Kind::NetworkInterface => (
            "InvalidNetworkInterfaceID.NotFound",
            "InvalidNetworkInterfaceId.Malformed",
        ),
        Kind::Attachment => ("InvalidAttachmentID.NotFound", "InvalidAttachmentID.Malformed"),
        Kind::Address => ("InvalidAllocationID.NotFound", "InvalidParameterValue"),
        Kind::AddressAssociation => ("InvalidAssociationID.NotFound", "InvalidParameterValue"),
        Kind::Volume => ("InvalidVolume.NotFound", "InvalidVolumeID.Malformed"),
        Kind::Snapshot => ("InvalidSnapshot.NotFound", "InvalidSnapshotID.Malformed"),
        Kind::DhcpOptions => ("InvalidDhcpOptionID.NotFound", "InvalidDhcpOptionsId.Malformed"),
        Kind::VpcCidrAssociation => ("InvalidVpcCidrBlockAssociationID.NotFound", "InvalidParameterValue"),
        Kind::Reservation | Kind::Host => ("InvalidID", "InvalidParameterValue"),
    }
}

/// The error for an id that is well-formed but names nothing, or is not an id of this kind at all.
pub fn unknown(kind: Kind, text: &str) -> Error {
    let (missing, malformed) = codes(kind);
    if well_formed(text, kind.prefix()) {
        Error::new(missing, format!("The {} ID '{text}' does not exist", kind.words()))
    } else {
        Error::new(
            malformed,
            format!("Invalid id: \"{text}\" (expecting \"{}-...\")", kind.prefix()),
        )
    }
}

/// Reads an id of one kind and finds its row.
pub fn find<'w, R: Row>(world: &'w World, region: Region, kind: Kind, text: &str) -> Result<&'w R>
where
    R::Id: TryFrom<ResourceId>,
{
    ResourceId::parse(text)
        .and_then(|id| R::Id::try_from(id).ok())
        .and_then(|id| world.row::<R>(region, id))
        .ok_or_else(|| unknown(kind, text))
}

/// The parameter that a call cannot do without (the model already asks for those that are marked so).
pub fn need(params: &Structure, name: stratus_model::Name) -> Result<&str> {
    params.text(name).ok_or_else(|| Error::missing(name.text()))
}

/// The filters of a Describe call: all must match; within one filter any value.
#[derive(Clone, Debug, Default)]
pub struct Filters(Vec<(String, Vec<String>)>);

impl Filters {
    /// Reads `Filters` of a call.
    pub fn read(params: &Structure) -> Result<Filters> {
        let mut filters = Vec::new();
        for filter in params.structures(field::FILTERS) {
            let name = filter.text(field::NAME).ok_or_else(|| Error::missing("Filter.Name"))?;
            let values: Vec<String> = filter.texts(field::VALUES).map(str::to_owned).collect();
            if values.is_empty() {
                return Err(Error::invalid("Filter", format!("the filter '{name}' has no values")));
            }
            if values.len() > FILTER_VALUES {
                return Err(Error::new(
                    "FilterLimitExceeded",
                    format!("The filter '{name}' has more than {FILTER_VALUES} values."),
                ));
            }
            filters.push((name.to_owned(), values));
        }
        if filters.len() > FILTERS {
            return Err(Error::new(
                "FilterLimitExceeded",
                format!("The request has more than {FILTERS} filters."),
            ));
        }
        Ok(Filters(filters))
    }

    /// Whether a resource passes. `values` gives what the resource has for a filter's name (`instance-state-name`),
    /// or `None` when there is no such filter. Tag filters (`tag:KEY`, `tag-key`) are answered here.
    pub fn pass(
        &self,
        world: &World,
        region: Region,
        id: impl Into<ResourceId>,
        values: impl Fn(&str) -> Option<Vec<String>>,
    ) -> Result<bool> {
        if self.0.is_empty() {
            return Ok(true);
        }
        let tags = world.tags(region, id.into());
        for (name, wanted) in &self.0 {
            let has: Vec<String> = if let Some(key) = name.strip_prefix("tag:") {
                tags.and_then(|tags| tags.get(key)).cloned().into_iter().collect()
            } else if name == "tag-key" {
                tags.map(|tags| tags.keys().cloned().collect()).unwrap_or_default()
            } else if name == "tag-value" {
                tags.map(|tags| tags.values().cloned().collect()).unwrap_or_default()
            } else {
                values(name).ok_or_else(|| {
                    Error::new("InvalidParameterValue", format!("The filter '{name}' is invalid")).at("Filters")
                })?
            };
            if !wanted
                .iter()
                .any(|pattern| has.iter().any(|text| wildcard(pattern, text)))
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Checks the names even when there is nothing to filter, so that a misspelt filter never passes silently.
    pub fn check_names(&self, known: impl Fn(&str) -> bool) -> Result<()> {
        match self
            .0
            .iter()
            .find(|(name, _)| !name.starts_with("tag:") && name != "tag-key" && name != "tag-value" && !known(name))
        {
            Some((name, _)) => {
                Err(Error::new("InvalidParameterValue", format!("The filter '{name}' is invalid")).at("Filters"))
            }
            None => Ok(()),
        }
    }
}

/// EC2's wildcards in filter values: `*` any characters, `?` one, `\` takes the next literally. Case-sensitive.
pub fn wildcard(pattern: &str, text: &str) -> bool {
    let pattern: Vec<(char, bool)> = {
        let mut out = Vec::new();
        let mut chars = pattern.chars();
        while let Some(c) = chars.next() {
            if c == '\\' {
                out.push((chars.next().unwrap_or('\\'), true));
            } else {
                out.push((c, false));
            }
        }
        out
    };
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(('*', false)) => {
                star = Some((p, t));
                p += 1;
            }
            Some((c, literal)) if *c == text[t] || (*c == '?' && !literal) => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    p = at + 1;
                    t = from + 1;
                    star = Some((at, from + 1));
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|(c, literal)| *c == '*' && !literal)
}

/// One page of a sorted list: `MaxResults` and `NextToken` of the call, the items and the next token.
/// The token is the place of the next item; it is opaque to callers.
pub fn page<T>(items: Vec<T>, params: &Structure, least: i64) -> Result<(Vec<T>, Option<String>)> {
    let start = match params.text(field::NEXT_TOKEN) {
        None | Some("") => 0,
        Some(token) => token
            .strip_prefix("page-")
            .and_then(|place| usize::from_str_radix(place, 36).ok())
            .ok_or_else(|| Error::invalid("NextToken", "it is not a token that an earlier answer gave"))?,
    };
    let Some(size) = params.integer(field::MAX_RESULTS) else {
        return Ok((items.into_iter().skip(start).collect(), None));
    };
    if size < least || size > PAGE_MAXIMUM {
        return Err(Error::invalid(
            "MaxResults",
            format!("{size}. Expecting a value from {least} to {PAGE_MAXIMUM}"),
        ));
    }
    let end = start.saturating_add(size as usize);
    let token = (items.len() > end).then(|| format!("page-{}", radix36(end)));
    Ok((items.into_iter().skip(start).take(size as usize).collect(), token))
}

fn radix36(mut number: usize) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            break;
        }
    }
    digits.iter().rev().collect()
}

/// Tags of a resource as the API lists them, by key.
pub fn tag_list(world: &World, region: Region, id: impl Into<ResourceId>) -> Vec<Value> {
    let tags = world.tags(region, id.into());
    tags.into_iter()
        .flatten()
        .map(|(key, value)| {
            Structure::new()
                .with(field::KEY, key.as_str())
                .with(field::VALUE, value.as_str())
                .into()
        })
        .collect()
}
