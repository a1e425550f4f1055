//! Who may read an object, and what decides it: the statement of the policy, an access control list, Block Public Access, or
//! that nothing allows it. For the page; the calls that nobody signed are decided in [`public`], which is asked here too, so
//! that the two cannot disagree. Unless a request says otherwise, it comes from the laptop on the Internet, with TLS.
//!
//! What decides is found by trying: the question is put again to a policy in which only one of its statements speaks. A
//! statement about somebody else is tried as if it were about everybody; so a condition on who asks counts as one that is not
//! known (*ours*).
//!
//! Sources: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>

use super::public::{self, Signer, Visit};
use super::request_keys::Question;
use super::{acl, documents, meaning, policy, shelf};
use crate::services::iam::conditions::{Context, tests};
use crate::services::iam::statements::{self, either, items};
use crate::world::World;
use crate::world::objects::{Bucket, Ownership, PublicAccess};
use serde_json::{Value, json};
use stratus_model::{Structure, field};

/// An account that is not this one.
pub const OTHER_ACCOUNT: &str = "444455556666";

/// The program that asks: a browser on the laptop whose address traces start from.
const PROGRAM: &str = "Mozilla/5.0";

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Somebody without keys: a browser, `curl`.
    Anonymous,
    /// A user of another account, whose own policies allow it.
    OtherAccount,
    /// A user of this account, whose own policies allow it.
    Account,
}

/// What one of those that may speak says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// It lets them in.
    Allows,
    /// It keeps them out.
    Denies,
    /// Nothing about them.
    Nothing,
}

/// One of those that may speak, in the order in which they are heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// `Statement 1 (AllowAll)`, `Block Public Access`, …
    pub what: String,
    /// What it says.
    pub says: Says,
    /// Why, in a sentence.
    pub why: String,
    /// The statement's JSON; empty for the others.
    pub text: String,
    /// Whether it decided.
    pub decides: bool,
}

/// An answer with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether they get the object.
    pub allowed: bool,
    /// One sentence.
    pub sentence: String,
    /// Who was heard.
    pub heard: Vec<Heard>,
    /// Which kind of them decided.
    pub by: Decider,
}

/// What may decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decider {
    /// A policy of the role that signs.
    Role,
    /// Its permissions boundary, which denies (`true`) or does not allow.
    Boundary(bool),
    /// The bucket's policy.
    Policy,
    /// An access control list.
    List,
    /// Block Public Access.
    Block,
    /// Requester Pays.
    Payer,
    /// Nobody said anything.
    Silence,
}

/// Whether somebody may do this to an object of a bucket (`GetObject`, `PutObject`, `DeleteObject`, `ListObjectsV2`) and what
/// decides; `None` where there is no such bucket.
pub fn decide(world: &World, bucket: &str, operation: &str, key: &str, who: Who) -> Option<Decision> {
    let mut params = Structure::new().with(field::BUCKET, bucket);
    if !operation.starts_with("List") {
        params.set(field::KEY, key);
    }
    of_request(world, operation, &params, who, &Visit::of_laptop(PROGRAM), Vec::new())
}

/// The same of a request that came otherwise, or has more parameters. `own`: what the policies of the role that signs say.
pub(super) fn of_request(
    world: &World,
    operation: &str,
    params: &Structure,
    who: Who,
    visit: &Visit,
    own: Vec<Heard>,
) -> Option<Decision> {
    let bucket = params.text(field::BUCKET).unwrap_or_default();
    let row = world.s3.buckets.get(&bucket.to_owned())?;
    let asked = Asked {
        world,
        row,
        operation,
        params,
        who,
        visit,
    };
    let mut heard = own;
    let of_role = heard.len();
    heard.append(&mut asked.statements());
    let of_policies = heard.len();
    heard.push(asked.lists());
    heard.push(asked.block(&heard));
    heard.extend(asked.payer());
    let said = |says| heard.iter().position(|one: &Heard| one.says == says);
    let found = said(Says::Denies).or(said(Says::Allows));
    let deciding = found.unwrap_or(heard.len());
    if found.is_none() {
        heard.push(silence(who, visit));
    }
    let by = match deciding {
        at if at < of_role => Decider::Role,
        at if at < of_policies => Decider::Policy,
        at if at == of_policies => Decider::List,
        at if at == of_policies + 1 => Decider::Block,
        at if found.is_some() && at == of_policies + 2 => Decider::Payer,
        _ => Decider::Silence,
    };
    let (mut allowed, mut sentence) = (false, String::new());
    if let Some(one) = heard.get_mut(deciding) {
        one.decides = true;
        allowed = one.says == Says::Allows;
        sentence = format!("{} decides: {}", one.what, one.why);
    }
    Some(Decision {
        allowed,
        sentence,
        heard,
        by,
    })
}

/// What holds where nobody says anything.
fn silence(who: Who, visit: &Visit) -> Heard {
    let (what, says, why) = match who {
        Who::Account if visit.signer.as_ref().is_some_and(Signer::is_role) => (
            "The default",
            Says::Denies,
            "what neither the role's policies nor the bucket's allow is denied.",
        ),
        Who::Account => (
            "The user's own policy",
            Says::Allows,
            "in the bucket's own account it is enough that the user's own policies allow it.",
        ),
        Who::Anonymous | Who::OtherAccount => (
            "The default",
            Says::Denies,
            "what nothing allows is denied. A new bucket is its account's alone.",
        ),
    };
    Heard {
        what: what.to_owned(),
        says,
        why: why.to_owned(),
        text: String::new(),
        decides: false,
    }
}

/// A question.
struct Asked<'w> {
    world: &'w World,
    row: &'w Bucket,
    operation: &'w str,
    params: &'w Structure,
    who: Who,
    visit: &'w Visit,
}

/// A statement as if it were about everybody, alone in a policy of its version.
pub(super) fn alone(statement: &Value, version: Option<&Value>) -> Value {
    let mut about = statement.clone();
    if let Some(fields) = about.as_object_mut() {
        fields.remove("NotPrincipal");
        fields.insert("Principal".into(), json!("*"));
    }
    json!({"Version": version, "Statement": about})
}

/// What a statement said when it was tried alone. `names`: whether it is about who asks.
pub(super) fn heard(place: usize, statement: &Value, names: bool, said: Option<bool>, context: &Context) -> Heard {
    let sid = statement.get("Sid").and_then(Value::as_str).unwrap_or_default();
    let what = match sid {
        "" => format!("Statement {}", place + 1),
        sid => format!("Statement {} ({sid})", place + 1),
    };
    let (says, why) = match (names, said) {
        (false, _) => (Says::Nothing, "it names somebody else."),
        (true, Some(false)) => (Says::Denies, "an explicit Deny is stronger than any Allow."),
        (true, Some(true)) => (Says::Allows, "it allows this, to them."),
        (true, None) => (
            Says::Nothing,
            "its action, its resource or its condition does not fit this request.",
        ),
    };
    let known = condition_words(statement, context);
    Heard {
        what,
        says,
        why: if names { format!("{why}{known}") } else { why.to_owned() },
        text: serde_json::to_string_pretty(statement).unwrap_or_default(),
        decides: false,
    }
}

/// What a request says of the keys that a statement's condition asks for, with a blank before it; empty where it asks none.
fn condition_words(statement: &Value, context: &Context) -> String {
    let Some(condition) = statement.get("Condition") else {
        return String::new();
    };
    let said = tests(condition).map(|(_, key, _)| match context.get(key) {
        [] => format!("has no {key}"),
        values => format!("has {key} {}", values.join(", ")),
    });
    let said: Vec<String> = said.collect();
    format!(" Its condition is asked of the request, which {}.", said.join(", "))
}

impl Asked<'_> {
    /// Each statement of the policy, alone.
    fn statements(&self) -> Vec<Heard> {
        let policy: Option<Value> = self
            .row
            .settings
            .policy
            .as_deref()
            .and_then(|text| serde_json::from_str(text).ok());
        let Some(policy) = policy else {
            return Vec::new();
        };
        let all = items(policy.get("Statement")).iter().enumerate();
        let question = Question::to(self.world, self.row, self.operation, self.params, self.visit);
        all.map(|(place, statement)| self.statement(place, statement, policy.get("Version"), &question))
            .collect()
    }

    fn statement(&self, place: usize, statement: &Value, version: Option<&Value>, question: &Question) -> Heard {
        let names = match &self.visit.signer {
            Some(signer) => signer.is_meant(self.world, statement),
            None => either(statement, "Principal", &|principal| self.is_in(principal)),
        };
        let policy = alone(statement, version);
        let said = statements::decide(&policy, &question.asked(), &public::is_everybody);
        heard(place, statement, names, said, &question.context)
    }

    /// Whether a `Principal` means who asks the page's own question, of whom no more is known than the account.
    fn is_in(&self, principal: &Value) -> bool {
        let own = self.world.account();
        let account = match self.who {
            Who::Anonymous => None,
            Who::OtherAccount => Some(OTHER_ACCOUNT),
            Who::Account => Some(own.as_str()),
        };
        let named = |value: &Value| {
            let text = value.as_str().unwrap_or_default();
            let in_account = account.is_some_and(|account| text == account || text.split(':').nth(4) == Some(account));
            text == "*" || in_account
        };
        match principal {
            Value::String(text) => text == "*",
            Value::Object(kinds) => items(kinds.get("AWS")).iter().any(named),
            _ => false,
        }
    }

    fn key(&self) -> &str {
        self.params.text(field::KEY).unwrap_or_default()
    }

    /// The access control lists.
    fn lists(&self) -> Heard {
        let settings = &self.row.settings;
        let on_object = matches!(self.operation, "GetObject" | "HeadObject");
        let object = shelf::object(self.row, self.key(), self.params.text(field::VERSION_ID), "GET").ok();
        let list = if on_object {
            object.map_or(&[][..], |object| &object.acl)
        } else {
            &settings.acl
        };
        let signed = self.who == Who::OtherAccount;
        let permission = if on_object || self.operation.starts_with("List") {
            "READ"
        } else {
            "WRITE"
        };
        let grants = acl::grants_everybody(list, permission, signed);
        let off = settings.ownership == Some(Ownership::BucketOwnerEnforced);
        let (says, why) = match (off, grants) {
            (true, _) => (
                Says::Nothing,
                "ACLs are off: Object Ownership is BucketOwnerEnforced, as in every new bucket.",
            ),
            (false, true) if self.who != Who::Account => {
                (Says::Allows, "it grants this to the group that they are in.")
            }
            (false, _) => (Says::Nothing, "it grants them nothing."),
        };
        Heard {
            what: if on_object {
                "The object's ACL"
            } else {
                "The bucket's ACL"
            }
            .to_owned(),
            says,
            why: why.to_owned(),
            text: String::new(),
            decides: false,
        }
    }

    /// What a bucket asks of those who pay for what they ask; `None`: its owner pays. The owner need say nothing.
    /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ObjectsinRequesterPaysBuckets.html>
    fn payer(&self) -> Option<Heard> {
        if !documents::requester_pays(self.row) {
            return None;
        }
        let says_so = self.params.text(field::REQUEST_PAYER) == Some("requester");
        let (says, why) = match self.who {
            Who::Account => (
                Says::Nothing,
                "its owner's account pays for its own requests either way.",
            ),
            Who::Anonymous => (Says::Denies, "who asks pays, so nobody may ask without keys."),
            Who::OtherAccount if says_so => (Says::Nothing, "they agree to pay for the request and the download."),
            Who::OtherAccount => (
                Says::Denies,
                "who asks pays, and must say so with x-amz-request-payer: requester.",
            ),
        };
        Some(Heard {
            what: "Requester Pays".to_owned(),
            says,
            why: why.to_owned(),
            text: String::new(),
            decides: false,
        })
    }

    /// What Block Public Access makes of what the others allow.
    fn block(&self, heard: &[Heard]) -> Heard {
        let access = self.row.settings.public_access.unwrap_or_default();
        let by_list = heard.iter().any(|one| one.says == Says::Allows && one.text.is_empty());
        let by_policy = heard.iter().any(|one| one.says == Says::Allows && !one.text.is_empty());
        let is_public = || {
            let text = self.row.settings.policy.as_deref().unwrap_or_default();
            policy::read(text, &self.row.name).is_ok_and(|policy| meaning::is_public(&policy))
        };
        let outside = self.who != Who::Account;
        let (says, why) = match () {
            () if access == PublicAccess::default() => (Says::Nothing, "it is off.".to_owned()),
            () if !outside => (
                Says::Nothing,
                "it keeps the public out, not the bucket's own account.".to_owned(),
            ),
            () if by_policy && access.restrict && is_public() => (
                Says::Denies,
                "RestrictPublicBuckets: the policy is public, so only the bucket's own account and AWS's services count."
                    .to_owned(),
            ),
            () if by_list && !by_policy && access.ignore_acls => (
                Says::Denies,
                "IgnorePublicAcls: what an ACL grants to everybody does not count.".to_owned(),
            ),
            () => (Says::Nothing, "nothing public is in its way here.".to_owned()),
        };
        Heard {
            what: "Block Public Access".to_owned(),
            says,
            why,
            text: String::new(),
            decides: false,
        }
    }
}
