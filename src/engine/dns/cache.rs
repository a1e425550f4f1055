//! What recursive resolvers remember. It belongs to the session, not to the world: asking changes nothing that is saved,
//! and undo empties it.

use super::resolver::Authority;
use crate::base::ids::VpcId;
use crate::base::limits::DNS_CACHE_ENTRIES;
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use std::collections::BTreeMap;

/// Which resolver, and so which view of the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum View {
    /// A resolver somewhere in a Region, outside all VPCs: what its users see is the public view.
    Region(Region),
    /// Amazon's resolver of a VPC.
    Vpc(Region, VpcId),
    /// A resolver elsewhere on the Internet.
    Internet,
    /// Amazon's resolver of EC2-Classic, as an instance sees it that is linked to this VPC with DNS support, or to none.
    Classic(Region, Option<VpcId>),
}

/// The caches of all resolvers.
#[derive(Clone, Debug, Default)]
pub struct Caches(BTreeMap<View, Cache>);

/// What a resolver keeps of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Values.
    Records(Vec<String>),
    /// Another name to ask for.
    Alias(String),
    /// The name has no record of that type.
    NoData,
    /// There is no such name.
    NoName,
}

/// One answer that is remembered.
#[derive(Clone, Debug)]
struct Entry {
    until: Time,
    /// Seconds that it was kept for when it came.
    ttl: i64,
    kept: Kept,
}

/// What one resolver remembers.
#[derive(Clone, Debug, Default)]
pub(super) struct Cache {
    /// By name and type; the type is empty for names that do not exist.
    answers: BTreeMap<(String, String), Entry>,
    /// Who is responsible from a name on.
    referrals: BTreeMap<String, (Time, Authority)>,
}

/// A line of a cache, for the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whose cache.
    pub view: View,
    /// The name.
    pub name: String,
    /// The type; empty for a name that does not exist.
    pub record_type: String,
    /// What is kept.
    pub kept: Kept,
    /// When it is forgotten.
    pub until: Time,
    /// Seconds that it was kept for when it came.
    pub ttl: i64,
}

impl Caches {
    /// Forgets everything.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// All that is remembered at a moment, by resolver, name and type.
    pub fn lines(&self, now: Time) -> Vec<Line> {
        let of = |(view, cache): (&View, &Cache)| {
            let view = *view;
            let lines: Vec<Line> = cache
                .answers
                .iter()
                .filter(|(_, entry)| entry.until > now)
                .map(|((name, record_type), entry)| Line {
                    view,
                    name: name.clone(),
                    record_type: record_type.clone(),
                    kept: entry.kept.clone(),
                    until: entry.until,
                    ttl: entry.ttl,
                })
                .collect();
            lines
        };
        self.0.iter().flat_map(of).collect()
    }

    pub(super) fn of(&mut self, view: View) -> &mut Cache {
        self.0.entry(view).or_default()
    }
}

impl Cache {
    /// What is known of a question, and for how many seconds more.
    pub(super) fn answer(&self, name: &str, record_type: &str, now: Time) -> Option<(Kept, i64)> {
        let of = |record_type: &str| self.answers.get(&(name.to_owned(), record_type.to_owned()));
        // An alias answers for every type of its name, and a name that does not exist has none at all.
        let kept = of(record_type)
            .or_else(|| of(""))
            .or_else(|| of("CNAME").filter(|entry| matches!(entry.kept, Kept::Alias(_))));
        let entry = kept.filter(|entry| entry.until > now)?;
        let left = ((entry.until - now).0 + 999) / 1000;
        match &entry.kept {
            // Who asks for the alias itself gets it as a record.
            Kept::Alias(target) if record_type == "CNAME" => Some((Kept::Records(vec![target.clone()]), left)),
            kept => Some((kept.clone(), left)),
        }
    }

    /// Remembers an answer for so many seconds; nothing if that is none.
    pub(super) fn keep(&mut self, name: &str, record_type: &str, kept: &Kept, ttl: i64, now: Time) {
        if ttl <= 0 {
            return;
        }
        let (record_type, kept) = match kept {
            Kept::Alias(_) => ("CNAME", kept.clone()),
            Kept::Records(values) if record_type == "CNAME" => {
                ("CNAME", Kept::Alias(values.first().cloned().unwrap_or_default()))
            }
            Kept::NoName => ("", kept.clone()),
            _ => (record_type, kept.clone()),
        };
        if self.answers.len() >= DNS_CACHE_ENTRIES {
            self.answers.retain(|_, entry| entry.until > now);
        }
        if self.answers.len() >= DNS_CACHE_ENTRIES
            && let Some(first) = self.answers.iter().min_by_key(|(_, entry)| entry.until)
        {
            let first = first.0.clone();
            self.answers.remove(&first);
        }
        let until = now + Span::seconds(ttl);
        self.answers
            .insert((name.to_owned(), record_type.to_owned()), Entry { until, ttl, kept });
    }

    /// The nearest authority that is known for a name.
    pub(super) fn referral(&self, name: &str, now: Time) -> Option<(String, Authority)> {
        super::name::ancestry(name).find_map(|cut| {
            let (until, authority) = self.referrals.get(cut)?;
            (*until > now).then(|| (cut.to_owned(), authority.clone()))
        })
    }

    /// Remembers who is responsible from a name on.
    pub(super) fn keep_referral(&mut self, cut: &str, authority: &Authority, ttl: i64, now: Time) {
        if self.referrals.len() >= DNS_CACHE_ENTRIES {
            self.referrals.clear();
        }
        self.referrals
            .insert(cut.to_owned(), (now + Span::seconds(ttl), authority.clone()));
    }

    /// Forgets all authorities: one of them has turned out to be none.
    pub(super) fn forget_referrals(&mut self) {
        self.referrals.clear();
    }
}
