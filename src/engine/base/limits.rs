//! Every limit of the engine, named, in one place. None of them is AWS's quota: those are in `catalog::quotas`.

/// Calls that one history holds.
pub const HISTORY_CALLS: usize = 100_000;
/// Events kept for "what happened and why"; the oldest go first.
pub const JOURNAL_EVENTS: usize = 10_000;
/// The furthest moment that the clock can reach: the year 2125.
pub const LATEST_TIME: i64 = 4_891_363_200_000;
/// Work that may be pending in the event queue.
pub const PENDING_EVENTS: usize = 1_000_000;
/// Bytes of one S3 object in this world, however it was put together (AWS: 50 TB).
pub const OBJECT_BYTES: usize = stratus_model::limits::ANSWER_BLOB_BYTES;
/// Bytes that one S3 call carries, a whole object or a part of one (AWS: 5 GiB).
pub const PUT_BYTES: usize = stratus_model::limits::BLOB_BYTES;
/// Bytes from which on an object moves between classes and access tiers by itself (AWS: the same, 128 KB, for lifecycle rules that say no
/// size and for Intelligent-Tiering).
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html>
pub const SMALL_OBJECT: i64 = 128 * 1_024;
/// Days that a storage class analysis remembers, and its export has; the oldest go first (AWS: no such limit).
pub const ANALYSED_DAYS: usize = 400;
/// Seconds that a presigned link holds at most. AWS: 7 days.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html>
pub const LINK_SECONDS: i64 = 604_800;
/// Uploads in parts that a bucket may have open (AWS: no such limit).
pub const OPEN_UPLOADS: usize = 1_000;
/// Bytes of their own that all blocks of a world hold, each content once (AWS: no such limit).
pub const HELD_BYTES: usize = 64 * 1024 * 1024;
/// Snapshots, and images, of other accounts that a Region knows of (AWS: no such limit).
pub const OTHERS: usize = 100;
/// Characters that a command in a guest answers with.
pub const GUEST_OUTPUT: usize = 64 * 1024;
/// How deep commands of a guest may stand within commands.
pub const GUEST_NESTING: usize = 4;
/// Bytes of one variable's value in a guest's shell.
pub const GUEST_VALUE: usize = 64 * 1024;
/// Bytes of all variables' names and values there.
pub const GUEST_VARIABLES: usize = 256 * 1024;
/// Bytes of the words of one command there; each word counts [`GUEST_WORD`] besides its own (Linux: 2 MiB).
pub const GUEST_WORDS: usize = 1024 * 1024;
/// See [`GUEST_WORDS`].
pub const GUEST_WORD: usize = 32;
/// Bytes that the words of all commands of one call have there.
pub const GUEST_EXPANDED: usize = 16 * 1024 * 1024;
/// How deep parentheses may stand in an arithmetic expression there.
pub const GUEST_PARENTHESES: usize = 32;
/// Bytes of user data before base64 (AWS: 16 KB).
pub const USER_DATA_BYTES: usize = 16 * 1024;
/// Most results of one page of a Describe call (AWS: 1,000).
pub const PAGE_MAXIMUM: i64 = 1_000;
/// Filters of one call, and values of one filter (AWS: 50 filters, 200 values).
pub const FILTERS: usize = 50;
/// See [`FILTERS`].
pub const FILTER_VALUES: usize = 200;
/// Flows of one interface in one capture window of a flow log; what is more is skipped, as AWS skips what exceeds its own.
pub const WINDOW_FLOWS: usize = 100;
/// Records that a log group holds; the oldest go first.
pub const GROUP_RECORDS: usize = 10_000;
/// Copies that a traffic mirror target remembers; the oldest go first.
pub const TARGET_COPIES: usize = 1_000;
/// Hops of one traced packet before it is called a loop.
pub const TRACE_HOPS: usize = 64;
/// Temporary credentials that a world remembers; the first to expire go first.
pub const SESSIONS: usize = 10_000;
/// Changes that one offered fix may consist of.
pub const FIX_CHANGES: usize = 6;
/// Bytes of one label of a domain name (AWS, and the DNS).
pub const DNS_LABEL_BYTES: usize = 63;
/// Bytes of a domain name, dots included (AWS, and the DNS).
pub const DNS_NAME_BYTES: usize = 255;
/// CNAME records that a resolver follows for one question.
pub const DNS_ALIASES: usize = 16;
/// Referrals that a resolver follows for one name.
pub const DNS_REFERRALS: usize = 16;
/// Times that `dig` and `nslookup` ask a server which says nothing (BIND: as often as it is told to).
pub const DNS_TRIES: usize = 16;
/// Lines of a file of questions that `dig -f` reads (BIND: all of them).
pub const DNS_BATCH_LINES: usize = 1_000;
/// Words of one of these lines that it reads (BIND: the same, from trying it).
pub const DNS_BATCH_WORDS: usize = 13;
/// Entries that one resolver's cache holds; the first to expire go first.
pub const DNS_CACHE_ENTRIES: usize = 10_000;
/// Hosted zones of an account (AWS's default quota).
pub const HOSTED_ZONES: usize = 500;
/// Record sets of a hosted zone (AWS's default quota).
pub const ZONE_RECORDS: usize = 10_000;
/// Values of one change batch; those of an UPSERT count twice (AWS).
pub const CHANGE_BATCH_RECORDS: usize = 1_000;
/// Characters in the values of one change batch (AWS).
pub const CHANGE_BATCH_CHARACTERS: usize = 32_000;
/// Findings of one Network Access Scope analysis, which are kept in the world (AWS: 10,000).
pub const ACCESS_FINDINGS: usize = 1_000;
/// Paths of one Network Access Scope, and entries of one list in it.
pub const SCOPE_PATHS: usize = 100;
/// Parts of the Internet, told apart by the blocks that rules name, that one analysis asks from or for.
pub const INTERNET_PARTS: usize = 64;
/// Packets that one Network Access Scope analysis follows, to see whether they arrive or by which way.
pub const SCOPE_PACKETS: usize = 10_000;
/// Bytes of the findings of all Network Access Scope analyses that a Region keeps.
pub const FINDING_BYTES: usize = 16 * 1024 * 1024;
/// Packets that one analysis of a path tries.
pub const PATH_PACKETS: usize = 2_000;
/// Records that all log groups of a Region hold; those of the group with the oldest go first.
pub const REGION_RECORDS: usize = 100_000;
/// Connections that a Region remembers; those that have ended make room for new ones, the oldest first.
pub const CONNECTIONS: usize = 1_000;
