//! Everything that can be asked of the session, and what is on screen.

use super::cheat::Cheat;
use super::{ApiCall, Speed};
use crate::scripting::parse_flow;
use std::rc::Rc;
use stratus_classroom::sensitive::Item;
use stratus_engine::Error;
use stratus_engine::base::ids::ResourceId;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::history::NodeId;
use stratus_engine::network::Flow;
use stratus_model::Structure;
use stratus_shell::Language;
use yew::Callback;

/// What a call gave.
pub type Outcome = Result<Structure, Error>;

/// A wish.
#[derive(Clone)]
pub enum Action {
    /// Make a call. `done` hears the outcome at once; a failure is also shown as a toast unless `quiet`.
    Call {
        /// The call.
        call: ApiCall,
        /// Who wants to hear of it.
        done: Option<Callback<Outcome>>,
        /// Whether the asker shows the error itself.
        quiet: bool,
    },
    /// Make the calls of a fix, one after the other, stopping at the first failure.
    Fix(Region, stratus_engine::network::Fix, Callback<Outcome>),
    /// Back before the last call.
    Undo,
    /// Forward again.
    Redo,
    /// To any state of the history.
    Jump(NodeId),
    /// How the clock runs.
    SetSpeed(Speed),
    /// To the next pending event.
    StepClock,
    /// The clock to a moment, in slices, as a call.
    AdvanceTo(Time),
    /// Stop a long advance: nothing of it stays.
    CancelAdvance,
    /// Select something, or nothing.
    Select(Option<Selection>),
    /// Show a panel in the main place.
    Open(Panel),
    /// Show a Region.
    ShowRegion(Region),
    /// Open a dialog, or close the one that is open.
    Dialog(Option<Dialog>),
    /// Change the question of the path panel, which comes into sight and shows one path then.
    AskPath(PathQuestion),
    /// What the path panel shows, which comes into sight.
    ViewPath(PathView),
    /// What the storage panel shows, which comes into sight.
    ViewStorage(StorageView),
    /// What the DNS panel shows, which comes into sight.
    ViewDns(DnsView),
    /// "Predict first": on or off, or what came of a prediction.
    Predict(Prediction),
    /// Show a message.
    Toast(Toast),
    /// Take a message away.
    Dismiss(u64),
    /// Light, dark, or as the system has it.
    SetTheme(Theme),
    /// What calls are shown as.
    ShowAs(Language),
    /// Open a built-in scenario in a workspace of its own.
    OpenScenario(String),
    /// Things of workspaces.
    Workspace(WorkspaceAction),
    /// Run a line of the terminal.
    Run(String),
    /// Things of the terminal that are no commands.
    Terminal(TerminalAction),
    /// The answer to what arrived: open it, or not.
    Arrived(bool),
    /// Something that this session does to itself: a timer, the store.
    Internal(Internal),
}

impl Action {
    /// Whether it may lead into the part of the program that comes after the first paint.
    pub fn needs_later(&self) -> bool {
        matches!(
            self,
            Action::Call { .. }
                | Action::Fix(..)
                | Action::Undo
                | Action::Redo
                | Action::Jump(_)
                | Action::ShowRegion(_)
                | Action::StepClock
                | Action::AdvanceTo(_)
                | Action::OpenScenario(_)
                | Action::Workspace(_)
                | Action::Run(_)
                | Action::Terminal(_)
                | Action::Arrived(_)
                | Action::Internal(Internal::HashChanged)
        )
    }
}

/// What can be done in the terminal besides running commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TerminalAction {
    /// Empty the screen.
    Clear,
    /// Leave a line unrun.
    Drop(String),
    /// Put a file into the tray.
    AddFile(String, Rc<Vec<u8>>),
    /// Delete a file of the tray.
    DeleteFile(String),
}

/// What can be done with workspaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkspaceAction {
    /// Open another.
    Open(String),
    /// Rename one.
    Rename(String, String),
    /// Copy one and open the copy.
    Duplicate(String),
    /// Delete one (it can be restored).
    Delete(String),
    /// Take a deletion back.
    Restore(String),
    /// Write where another tab wrote.
    TakeOver,
    /// Open what a file held (text of a `*.stratus.json`), with a name.
    Import(String),
    /// Offer the world as a file; ask first what of it to leave out, where something may be private.
    Export,
    /// Offer as a file what the export dialog shows, without these inputs.
    ExportWithout(Vec<Item>),
    /// Offer bytes that were set aside as damaged, by their key.
    DownloadAside(String),
    /// Remove them for ever.
    DiscardAside(String),
}

/// What happens by itself.
#[derive(Clone)]
pub enum Internal {
    /// A tick of the page's timer; real milliseconds since the last.
    Tick(f64),
    /// To a step of the tour, or out of it.
    Tour(Option<usize>),
    /// The page is being hidden or closed.
    PageHidden,
    /// One more slice of a long advance.
    Slice,
    /// The state of saving may have changed.
    SavingChanged,
    /// The address in the address bar changed.
    HashChanged,
    /// The later part of the program did not arrive, and why: what was wished for did not happen.
    Incomplete(String),
    /// A start-up task of the session is done: apply it.
    Apply(Rc<dyn Fn(&mut super::State)>),
}

/// The panels of the main place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The map.
    Map,
    /// The network path.
    Path,
    /// Volumes, snapshots, buckets.
    Storage,
    /// Route 53.
    Dns,
    /// Every call.
    Timeline,
    /// The bill.
    Bill,
    /// The `aws` command.
    Terminal,
    /// Scenarios and the tour.
    Learn,
}

impl Panel {
    /// All, in the order of the navigation.
    pub const ALL: [Panel; 8] = [
        Panel::Map,
        Panel::Path,
        Panel::Storage,
        Panel::Dns,
        Panel::Timeline,
        Panel::Bill,
        Panel::Terminal,
        Panel::Learn,
    ];
    /// Its name: of the button in the navigation, and of its region.
    pub fn name(self) -> &'static str {
        match self {
            Panel::Map => "Map",
            Panel::Path => "Path",
            Panel::Storage => "Storage",
            Panel::Dns => "DNS",
            Panel::Timeline => "Timeline",
            Panel::Bill => "Bill",
            Panel::Terminal => "Terminal",
            Panel::Learn => "Learn",
        }
    }
    /// From its name, in any case.
    pub fn find(name: &str) -> Option<Panel> {
        Panel::ALL
            .into_iter()
            .find(|panel| panel.name().eq_ignore_ascii_case(name))
    }
}

/// The dialogs.
#[derive(Clone, Debug, PartialEq)]
pub enum Dialog {
    /// The launch wizard.
    Launch,
    /// The link, its length, its QR code.
    Share,
    /// What to leave out of a file.
    Export,
    /// Search over everything (Ctrl+K).
    Search,
    /// The sheet of shortcuts (?).
    Shortcuts,
    /// Saved workspaces.
    Workspaces,
    /// What a link holds, before it is opened.
    Arrival,
    /// Version, digest and log, to copy.
    Report,
    /// "Are you sure" of a call that cannot be guessed to be wanted; undo takes it back all the same.
    Confirm(Box<Confirm>),
    /// A dialog for one call, with its fields (attach a volume, add a rule…).
    Form(super::super::dialogs::FormKind),
}

/// A question before a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Confirm {
    /// What will happen.
    pub title: String,
    /// What goes with it.
    pub text: String,
    /// The word on the button.
    pub verb: String,
    /// The call.
    pub call: ApiCall,
}

/// What is selected: what the inspector shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// A resource with an id.
    Resource(Region, ResourceId),
    /// A zone, by its name.
    Zone(String),
    /// A Region.
    Region(Region),
    /// A bucket.
    Bucket(String),
    /// An object of a bucket.
    Object(String, String),
    /// A hosted zone.
    HostedZone(String),
    /// A step of the shown path: 0 = the first of the request; the answer's steps go on counting.
    Hop(usize),
    /// A call, by its node.
    Call(NodeId),
    /// All things of some kinds in a Region.
    Shelf(Region, Shelf),
}

/// What the inspector lists on one page: things that have no place on the map or in a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Dedicated Hosts, their reservations, and the hosts that instances are on.
    Hosts,
    /// Placement groups.
    Placement,
    /// Flow logs.
    FlowLogs,
    /// Traffic mirroring.
    Mirroring,
    /// The Reachability Analyzer.
    Paths,
    /// The Network Access Analyzer.
    Scopes,
    /// VPC Block Public Access.
    PublicAccess,
    /// Transfers of Elastic IP addresses.
    Transfers,
    /// VPC endpoints and endpoint services.
    Endpoints,
    /// Transit gateways and peering connections.
    Transit,
    /// Load balancers and target groups.
    Balancers,
}

/// The question of the path panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathQuestion {
    /// `internet`, an instance's or interface's id, or an address.
    pub source: String,
    /// The same.
    pub destination: String,
    /// `tcp`, `udp`, `icmp`.
    pub protocol: String,
    /// The port, as typed.
    pub port: String,
    /// Goes up each time "Trace path" is pressed; 0 = not asked yet.
    pub asked: u32,
    /// How somebody cheats with this packet; `None` = nobody does.
    pub cheat: Option<Rc<Cheat>>,
}

impl PathQuestion {
    /// What it means; the error names the field that cannot be understood.
    pub fn flow(&self) -> Result<Flow, String> {
        parse_flow(&self.source, &self.destination, &self.protocol, &self.port)
    }
}

impl Default for PathQuestion {
    fn default() -> PathQuestion {
        PathQuestion {
            source: "internet".into(),
            destination: String::new(),
            protocol: "tcp".into(),
            port: "443".into(),
            asked: 0,
            cheat: None,
        }
    }
}

/// What the path panel shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PathView {
    /// One path.
    #[default]
    One,
    /// Who reaches whom.
    Everyone,
    /// What is open to the world, and who reaches whom, on all ports.
    AllPorts,
    /// The connections that are open.
    Live,
    /// EC2-Classic beside a VPC.
    Beside,
}

/// What the storage panel shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StorageView {
    /// Volumes, snapshots and their blocks.
    #[default]
    Volumes,
    /// Sets, schedules, the archive and the sharing of snapshots.
    Backups,
    /// What survives a stop, a failure, an end.
    Survival,
    /// Images.
    Images,
    /// Buckets of S3.
    Buckets,
}

/// What the DNS panel shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DnsView {
    /// Zones, records and the resolver.
    #[default]
    Names,
    /// A visit: name, way and answer.
    Visit,
    /// A rolling deployment.
    Rollout,
    /// Health checks and their votes.
    Votes,
}

/// "Predict first": the learner says what will stop the packet before the path panel shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prediction {
    /// Whether it is on.
    pub on: bool,
    /// The question whose answer may be seen.
    pub revealed: Option<PathQuestion>,
    /// How the last prediction compares with what happened, in a sentence or two; empty before the first.
    pub said: String,
    /// Predictions of this session that were right.
    pub right: u32,
    /// Predictions of this session.
    pub made: u32,
}

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Warm paper.
    Light,
    /// Deep blue ink.
    Dark,
}

impl Theme {
    /// From its name.
    pub fn parse(name: &str) -> Theme {
        match name {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        }
    }
    /// The value of `data-theme`.
    pub fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

/// A short message.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// Its number; given by the session.
    pub id: u64,
    /// What kind of news.
    pub kind: ToastKind,
    /// One sentence.
    pub title: String,
    /// More, or empty.
    pub text: String,
    /// An action that it offers, with its word.
    pub offer: Option<(String, ToastOffer)>,
}

/// What a message can offer to do.
#[derive(Clone, Debug, PartialEq)]
pub enum ToastOffer {
    /// Undo.
    Undo,
    /// Take the deletion of a workspace back.
    RestoreWorkspace(String),
    /// Open a panel.
    Open(Panel),
    /// Offer the file.
    Export,
    /// Download bytes that could not be read.
    Download(String, Rc<[u8]>),
}

/// What kind of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastKind {
    /// It worked.
    Good,
    /// It was refused.
    Bad,
    /// To know.
    Note,
}

impl Toast {
    /// A message without an offer.
    pub fn new(kind: ToastKind, title: impl Into<String>, text: impl Into<String>) -> Toast {
        Toast {
            id: 0,
            kind,
            title: title.into(),
            text: text.into(),
            offer: None,
        }
    }
    /// What a failed call says.
    pub fn error(error: &Error) -> Toast {
        let text = if error.remedy.is_empty() {
            error.message.clone()
        } else {
            format!("{} {}", error.message, error.remedy)
        };
        Toast::new(ToastKind::Bad, error.code, text)
    }
    /// The same with an offer.
    pub fn offering(mut self, word: &str, offer: ToastOffer) -> Toast {
        self.offer = Some((word.to_owned(), offer));
        self
    }
}

/// What is on screen.
#[derive(Clone, PartialEq)]
pub struct Screen {
    /// The main place.
    pub panel: Panel,
    /// What the inspector shows.
    pub selection: Option<Selection>,
    /// The open dialog.
    pub dialog: Option<Dialog>,
    /// The path's question.
    pub path: PathQuestion,
    /// The name that the DNS panel begins with, where one led there.
    pub dns_name: Option<String>,
    /// What the path panel shows.
    pub path_view: PathView,
    /// What the storage panel shows.
    pub storage_view: StorageView,
    /// What the DNS panel shows.
    pub dns_view: DnsView,
    /// What the learner says of its answer first.
    pub prediction: Prediction,
    /// Messages, oldest first.
    pub toasts: Vec<Toast>,
    /// Theme.
    pub theme: Theme,
    /// What calls are shown as.
    pub language: Language,
    /// `?embed=1`: no chrome, never writes.
    pub embed: bool,
    /// What the address names is on its way. Nothing else is shown meanwhile: what somebody did in an empty world of a
    /// second's life would be gone with it.
    pub opening: bool,
    /// Whether the tour is under way, and at which step.
    pub tour: Option<usize>,
}

impl Screen {
    /// Whether the answer of the path is kept from the learner until a prediction is made.
    pub fn is_veiled(&self) -> bool {
        self.prediction.on && self.prediction.revealed.as_ref() != Some(&self.path)
    }

    /// Whether the picture of a path is what the main place shows.
    pub fn shows_path(&self) -> bool {
        self.panel == Panel::Path && self.path_view == PathView::One && !self.is_veiled()
    }
}

impl Default for Screen {
    fn default() -> Screen {
        Screen {
            panel: Panel::Map,
            selection: None,
            dialog: None,
            path: PathQuestion::default(),
            dns_name: None,
            path_view: PathView::One,
            storage_view: StorageView::Volumes,
            dns_view: DnsView::Names,
            prediction: Prediction::default(),
            toasts: Vec::new(),
            theme: Theme::System,
            language: Language::AwsCli,
            embed: false,
            opening: false,
            tour: None,
        }
    }
}
