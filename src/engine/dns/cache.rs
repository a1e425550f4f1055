//! What recursive resolvers remember. It belongs to the session, not to the world: asking changes nothing that is saved,
//! and undo empties it.

use super::referrals::Authority;
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
    /// The resolver of the providers of a city (its number in `places::CITIES`).
    City(u8),
    /// A public resolver (its number in `view::PUBLIC`).
    Public(u8),
}

impl View {
    /// Whose resolver it is, in words.
    pub fn words(self) -> String {
        match self {
            View::Region(region) => format!("recursive resolver in {}", region.name()),
            View::Vpc(_, vpc) => format!("Amazon's resolver in {vpc}"),
            View::Internet => "resolver of an Internet provider".into(),
            View::Classic(region, _) => format!("EC2-Classic in {}", region.name()),
            View::City(number) => {
                let city = super::places::CITIES.get(usize::from(number));
                format!("resolver of a provider in {}", city.map_or("nowhere", |spot| spot.name))
            }
            View::Public(number) => super::view::PUBLIC
                .get(usize::from(number))
                .map_or_else(String::new, |public| public.words.to_owned()),
        }
    }
}

/// What a resolver remembers of the name servers that said no, to pass it on: the zone and its SOA record's value.
pub type Soa = Option<(String, String)>;

/// The caches of all resolvers.
#[derive(Clone, Debug, Default)]
pub struct Caches {
    of: BTreeMap<View, Cache>,
    /// How many questions have been asked: each draws its own lot.
    asked: u64,
}

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
    soa: Soa,
}

/// What is remembered of a question.
#[derive(Clone, Debug)]
pub(super) struct Remembered {
    /// The answer.
    pub kept: Kept,
    /// For how many seconds more, rounded up.
    pub left: i64,
    /// Seconds that it was kept for when it came.
    pub ttl: i64,
    /// Who said no, where that is the answer.
    pub soa: Soa,
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
    /// Empty ones whose questions draw their lots from this number on.
    pub fn drawing_from(lot: u64) -> Caches {
        Caches {
            of: BTreeMap::new(),
            asked: lot,
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.of.clear();
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
        self.of.iter().flat_map(of).collect()
    }

    /// What a resolver remembers of a question, as a message has it: code, answer, who said no.
    pub(super) fn known(
        &self,
        view: View,
        name: &str,
        record_type: &str,
        now: Time,
    ) -> Option<(&'static str, Vec<super::Answer>, Vec<super::Answer>)> {
        let known = self.of.get(&view)?.answer(name, record_type, now)?;
        let answer = |name: &str, record_type: &str, value: &str| super::Answer {
            name: name.to_owned(),
            record_type: record_type.to_owned(),
            ttl: known.left,
            value: value.to_owned(),
        };
        let soa = known
            .soa
            .iter()
            .map(|(zone, value)| answer(zone, "SOA", value))
            .collect();
        Some(match &known.kept {
            Kept::Records(values) => {
                let values = values.iter().map(|value| answer(name, record_type, value));
                ("NOERROR", values.collect(), Vec::new())
            }
            Kept::Alias(target) => ("NOERROR", vec![answer(name, "CNAME", target)], Vec::new()),
            Kept::NoData => ("NOERROR", Vec::new(), soa),
            Kept::NoName => ("NXDOMAIN", Vec::new(), soa),
        })
    }

    pub(super) fn of(&mut self, view: View) -> &mut Cache {
        self.of.entry(view).or_default()
    }

    /// The lot of one more question.
    pub(crate) fn lot(&mut self) -> u64 {
        self.asked = self.asked.wrapping_add(1);
        self.asked
    }
}

impl Cache {
    /// What is known of a question.
    pub(super) fn answer(&self, name: &str, record_type: &str, now: Time) -> Option<Remembered> {
        let of = |record_type: &str| self.answers.get(&(name.to_owned(), record_type.to_owned()));
        // An alias answers for every type of its name, and a name that does not exist has none at all.
        let kept = of(record_type)
            .or_else(|| of(""))
            .or_else(|| of("CNAME").filter(|entry| matches!(entry.kept, Kept::Alias(_))));
        let entry = kept.filter(|entry| entry.until > now)?;
        let kept = match &entry.kept {
            // Who asks for the alias itself gets it as a record.
            Kept::Alias(target) if record_type == "CNAME" => Kept::Records(vec![target.clone()]),
            kept => kept.clone(),
        };
        Some(Remembered {
            kept,
            left: ((entry.until - now).0 + 999) / 1000,
            ttl: entry.ttl,
            soa: entry.soa.clone(),
        })
    }

    /// Remembers an answer for so many seconds; nothing if that is none.
    pub(super) fn keep(&mut self, name: &str, record_type: &str, (kept, soa): (&Kept, &Soa), ttl: i64, now: Time) {
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
        let soa = soa.clone();
        let entry = Entry { until, ttl, kept, soa };
        self.answers.insert((name.to_owned(), record_type.to_owned()), entry);
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
