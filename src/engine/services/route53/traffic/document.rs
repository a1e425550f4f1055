//! The document of a traffic policy: read, held to its rules, and unfolded into record sets.
//! <https://docs.aws.amazon.com/Route53/latest/APIReference/api-policies-traffic-policy-document-format.html>

use super::super::{aliases, geo};
use crate::base::ids::HostedZoneId;
use crate::base::time::Time;
use crate::catalog::Region;
use crate::dns::name;
use crate::world::names::{Alias, Nearness, Place, Policy, RecordSet};
use serde_json::{Map, Value};

/// Most rules inside each other, and most record sets of one instance (ours).
const DEPTH: usize = 20;
/// See [`DEPTH`].
const SETS: usize = 1_000;

/// A document that was read. What is wrong is said in words of ours.
#[derive(Debug)]
pub(super) struct Document {
    /// `A`, …
    pub record_type: String,
    root: Map<String, Value>,
}

type Said<T> = Result<T, String>;

fn text<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v str> {
    object.get(name).and_then(Value::as_str)
}

/// Numbers and flags may stand in quotation marks.
fn number(object: &Map<String, Value>, name: &str) -> Option<i64> {
    let value = object.get(name)?;
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

fn flag(object: &Map<String, Value>, name: &str) -> bool {
    match object.get(name) {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

impl Document {
    /// Reads a document and follows every reference of it.
    pub fn read(given: &str) -> Said<Document> {
        let value: Value = serde_json::from_str(given).map_err(|error| format!("The document is not JSON: {error}"))?;
        let Value::Object(root) = value else {
            return Err("The document is not a JSON object.".into());
        };
        if !matches!(text(&root, "AWSPolicyFormatVersion"), Some("2015-10-01" | "2023-05-09")) {
            return Err("AWSPolicyFormatVersion is neither 2015-10-01 nor 2023-05-09.".into());
        }
        let record_type = text(&root, "RecordType").unwrap_or_default().to_owned();
        if !matches!(
            record_type.as_str(),
            "A" | "AAAA" | "CNAME" | "CAA" | "MX" | "NAPTR" | "PTR" | "SPF" | "SRV" | "TXT"
        ) {
            return Err("RecordType is missing, or is none that a traffic policy can have.".into());
        }
        let document = Document { record_type, root };
        let dry = Dry {
            zone: "Z0",
            name: "name.",
            ttl: 60,
            instance: "check",
            in_sync: Time(0),
        };
        document.sets(&dry).map(|_| document)
    }

    fn of<'d>(&'d self, part: &str, id: &str) -> Said<&'d Map<String, Value>> {
        let found = self.root.get(part).and_then(Value::as_object);
        found
            .and_then(|all| all.get(id)?.as_object())
            .ok_or_else(|| format!("{part} has no '{id}'."))
    }

    /// The record sets of an instance.
    pub fn sets(&self, dry: &Dry<'_>) -> Said<Vec<RecordSet>> {
        let mut sets = Vec::new();
        match (text(&self.root, "StartEndpoint"), text(&self.root, "StartRule")) {
            (Some(endpoint), None) => {
                let set = self.endpoint(dry, dry.name, endpoint, Branch::default())?;
                sets.push(set);
            }
            (None, Some(rule)) => self.rule(dry, dry.name, rule, 0, &mut sets)?,
            _ => return Err("Give exactly one of StartEndpoint and StartRule.".into()),
        }
        Ok(sets)
    }

    fn rule(&self, dry: &Dry<'_>, at: &str, id: &str, depth: usize, sets: &mut Vec<RecordSet>) -> Said<()> {
        if depth >= DEPTH {
            return Err(format!("Rules refer to each other more than {DEPTH} deep: '{id}'."));
        }
        let rule = self.of("Rules", id)?;
        let kind = text(rule, "RuleType").unwrap_or_default();
        let list = |name: &str| -> Vec<&Map<String, Value>> {
            let items = rule.get(name).and_then(Value::as_array);
            items.into_iter().flatten().filter_map(Value::as_object).collect()
        };
        let mut branches: Vec<(Policy, &Map<String, Value>)> = Vec::new();
        match kind {
            "failover" => {
                for (name, primary) in [("Primary", true), ("Secondary", false)] {
                    if let Some(branch) = rule.get(name).and_then(Value::as_object) {
                        branches.push((Policy::Failover(primary), branch));
                    }
                }
            }
            "geo" => {
                for branch in list("Locations") {
                    branches.push((Policy::Geolocation(place(branch)?), branch));
                }
            }
            "latency" => {
                for branch in list("Regions") {
                    let region = text(branch, "Region").filter(|name| Region::find(name).is_some());
                    let region = region.ok_or("A branch of a latency rule has no Region.")?;
                    branches.push((Policy::Latency(region.to_owned()), branch));
                }
            }
            "geoproximity" => {
                for branch in list("GeoproximityLocations") {
                    branches.push((Policy::Geoproximity(nearness(branch)), branch));
                }
            }
            "weighted" => {
                for branch in list("Items") {
                    let weight = number(branch, "Weight").filter(|weight| (0..=255).contains(weight));
                    let weight = weight.ok_or("A Weight is a number from 0 to 255.")?;
                    branches.push((Policy::Weighted(weight), branch));
                }
            }
            "multivalue" => branches.extend(list("Items").into_iter().map(|branch| (Policy::Multivalue, branch))),
            other => return Err(format!("There is no RuleType '{other}'.")),
        }
        if branches.is_empty() {
            return Err(format!("The rule '{id}' leads nowhere."));
        }
        for (place, (policy, branch)) in branches.into_iter().enumerate() {
            self.branch(dry, at, (id, place), policy, branch, (depth, sets))?;
        }
        Ok(())
    }

    fn branch(
        &self,
        dry: &Dry<'_>,
        at: &str,
        (rule, place): (&str, usize),
        policy: Policy,
        given: &Map<String, Value>,
        (depth, sets): (usize, &mut Vec<RecordSet>),
    ) -> Said<()> {
        if sets.len() >= SETS {
            return Err(format!("The document unfolds into more than {SETS} records."));
        }
        let branch = Branch {
            policy: Some((format!("{rule}-{place}"), policy)),
            health_check: text(given, "HealthCheck").map(str::to_owned),
            evaluate: flag(given, "EvaluateTargetHealth"),
        };
        match (text(given, "EndpointReference"), text(given, "RuleReference")) {
            (Some(endpoint), None) => {
                let set = self.endpoint(dry, at, endpoint, branch)?;
                sets.push(set);
                Ok(())
            }
            (None, Some(next)) => {
                // Each rule has a name of its own below the instance's, and an alias leads there.
                let below = format!("_{}-{}.{}", safe(next), sets.len(), dry.name);
                let below = name::normal(&below).map_err(|fault| fault.words.to_owned())?;
                sets.push(dry.set(at, &self.record_type, branch, |evaluate| {
                    let alias = Alias {
                        zone: dry.zone.to_owned(),
                        target: below.clone(),
                        evaluate_health: evaluate,
                    };
                    (None, Vec::new(), Some(alias))
                }));
                self.rule(dry, &below, next, depth + 1, sets)
            }
            _ => Err(format!(
                "A branch of the rule '{rule}' has not exactly one of EndpointReference and RuleReference."
            )),
        }
    }

    fn endpoint(&self, dry: &Dry<'_>, at: &str, id: &str, branch: Branch) -> Said<RecordSet> {
        let endpoint = self.of("Endpoints", id)?;
        let value = text(endpoint, "Value").unwrap_or_default();
        let region = text(endpoint, "Region").and_then(Region::find);
        let target = match text(endpoint, "Type").unwrap_or_default() {
            "value" => None,
            "s3-website" => {
                let region = region.ok_or_else(|| format!("The endpoint '{id}' has no Region."))?;
                let target = aliases::website_name(region);
                let zone = aliases::website_zone(region).ok_or("That Region's S3 website zone is not listed.")?;
                Some((zone.to_owned(), target))
            }
            "elastic-load-balancer" | "application-load-balancer" | "network-load-balancer" | "cloudfront" => {
                let target = name::normal(value).map_err(|fault| fault.words.to_owned())?;
                let zone = aliases::zone_of(&target).ok_or_else(|| format!("'{value}' is in no zone of AWS's."))?;
                Some((zone.to_owned(), target))
            }
            other => return Err(format!("There is no endpoint type '{other}'.")),
        };
        if target.is_none() && value.is_empty() {
            return Err(format!("The endpoint '{id}' has no Value."));
        }
        Ok(dry.set(at, &self.record_type, branch, |evaluate_health| match target {
            None => (Some(dry.ttl), vec![value.to_owned()], None),
            Some((zone, target)) => {
                let alias = Alias {
                    zone,
                    target,
                    evaluate_health,
                };
                (None, Vec::new(), Some(alias))
            }
        }))
    }
}

/// What all record sets of an instance have alike.
pub(super) struct Dry<'a> {
    /// The hosted zone's id.
    pub zone: &'a str,
    /// The instance's name, in normal form.
    pub name: &'a str,
    /// Seconds.
    pub ttl: i64,
    /// The instance's id.
    pub instance: &'a str,
    /// When the change is in sync.
    pub in_sync: Time,
}

/// What a record set is in the rule that it belongs to.
#[derive(Default)]
struct Branch {
    policy: Option<(String, Policy)>,
    health_check: Option<String>,
    evaluate: bool,
}

/// TTL, values, alias.
type Content = (Option<i64>, Vec<String>, Option<Alias>);

impl Dry<'_> {
    fn set(&self, at: &str, record_type: &str, branch: Branch, content: impl FnOnce(bool) -> Content) -> RecordSet {
        let (ttl, values, alias) = content(branch.evaluate);
        let (identifier, policy) = branch.policy.unzip();
        RecordSet {
            name: at.to_owned(),
            record_type: record_type.to_owned(),
            ttl,
            values,
            in_sync: self.in_sync,
            identifier,
            policy,
            alias,
            health_check: branch.health_check,
            traffic: Some(self.instance.to_owned()),
        }
    }
}

/// A rule's name as a label.
fn safe(id: &str) -> String {
    let keep = |c: char| c.is_ascii_alphanumeric() || c == '-';
    id.chars()
        .filter(|c| keep(*c))
        .take(40)
        .collect::<String>()
        .to_ascii_lowercase()
}

fn place(branch: &Map<String, Value>) -> Said<Place> {
    let code = |name| text(branch, name).unwrap_or_default().to_owned();
    let mut place = Place {
        continent: code("Continent"),
        country: code("Country"),
        subdivision: code("Subdivision"),
    };
    if flag(branch, "IsDefault") {
        place = Place {
            country: "*".into(),
            ..Place::default()
        };
    }
    match geo::find(&place) {
        Some(_) => Ok(place),
        None => Err("A branch of a geo rule has no place that Route 53 knows.".into()),
    }
}

fn nearness(branch: &Map<String, Value>) -> Nearness {
    let coordinate = |name| {
        let value = branch.get(name)?;
        Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    let region = text(branch, "Region").unwrap_or_default();
    Nearness {
        region: region.strip_prefix("aws:route53:").unwrap_or(region).to_owned(),
        local_zone_group: text(branch, "LocalZoneGroup").unwrap_or_default().to_owned(),
        coordinates: coordinate("Latitude").zip(coordinate("Longitude")),
        bias: number(branch, "Bias"),
    }
}

/// The id of a zone, without its prefix.
pub(super) fn bare(id: HostedZoneId) -> String {
    id.to_string()
}
