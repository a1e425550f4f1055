//! Every action of the page that needs no more than a choice: panels, dialogs, forms, the clock, the look, scenarios.

use super::Finder;
use crate::dialogs::FormKind;
use crate::panels::experiments::EXPERIMENTS;
use crate::session::action::{Internal, Shelf, Theme, WorkspaceAction};
use crate::session::{Action, ApiCall, Ctx, Dialog, Panel, Selection, Speed};
use stratus_classroom::scenarios;
use stratus_engine::base::time::Span;
use stratus_model::{Structure, field};
use stratus_shell::Language;

/// Spans that the clock is advanced by: words and seconds. The clock bar lists this very table.
pub const SPANS: [(&str, i64); 6] = [
    ("1 minute", 60),
    ("5 minutes", 300),
    ("1 hour", 3_600),
    ("1 day", 86_400),
    ("7 days", 604_800),
    ("30 days", 2_592_000),
];

/// Offers all of them.
pub fn offer(ctx: &Ctx, finder: &mut Finder) {
    let region = ctx.region();
    let form = |kind: FormKind| Action::Dialog(Some(Dialog::Form(kind)));
    let call = |operation, params| Action::Call {
        call: ApiCall::ec2(region, operation, params),
        done: None,
        quiet: false,
    };
    let dialog = |dialog| Action::Dialog(Some(dialog));
    let all: Vec<(&str, Action)> = vec![
        ("Launch instance", dialog(Dialog::Launch)),
        ("Share this world", dialog(Dialog::Share)),
        ("Undo", Action::Undo),
        ("Redo", Action::Redo),
        ("Go back to the beginning", Action::Jump(0)),
        ("Create VPC", form(FormKind::CreateVpc(region))),
        ("Create volume", form(FormKind::CreateVolume(region, None))),
        ("Create snapshot", form(FormKind::CreateSnapshot(region, None))),
        ("Create bucket", form(FormKind::CreateBucket(region))),
        ("Create hosted zone", form(FormKind::CreateZone(region))),
        ("Import key pair", form(FormKind::ImportKeyPair(region))),
        (
            "Allocate Elastic IP",
            call("AllocateAddress", Structure::new().with(field::DOMAIN, "vpc")),
        ),
        (
            "Create internet gateway",
            call("CreateInternetGateway", Structure::new()),
        ),
        ("Pause the clock", Action::SetSpeed(Speed::Paused)),
        (
            "Run the clock while something is pending",
            Action::SetSpeed(Speed::Auto),
        ),
        ("Run the clock at 1×", Action::SetSpeed(Speed::Times(1))),
        ("Run the clock at 60×", Action::SetSpeed(Speed::Times(60))),
        (
            "Run the clock at 3600×, an hour a second",
            Action::SetSpeed(Speed::Times(3_600)),
        ),
        ("Step the clock to the next event", Action::StepClock),
        ("Workspaces", dialog(Dialog::Workspaces)),
        ("Import a file", dialog(Dialog::Workspaces)),
        ("Export as a file", Action::Workspace(WorkspaceAction::Export)),
        ("Theme: light", Action::SetTheme(Theme::Light)),
        ("Theme: dark", Action::SetTheme(Theme::Dark)),
        ("Theme: as the system has it", Action::SetTheme(Theme::System)),
        ("Show calls as AWS CLI", Action::ShowAs(Language::AwsCli)),
        ("Show calls as Python (boto3)", Action::ShowAs(Language::Boto3)),
        ("Take the tour", Action::Internal(Internal::Tour(Some(0)))),
        ("Shortcuts", dialog(Dialog::Shortcuts)),
        ("Report a problem", dialog(Dialog::Report)),
    ];
    for (title, action) in all {
        finder.offer(title, "action", &|| vec![action.clone()]);
    }
    let now = ctx.world().now;
    for (words, seconds) in SPANS {
        finder.offer(&format!("Advance the clock by {words}"), "action", &|| {
            vec![Action::AdvanceTo(now + Span::seconds(seconds))]
        });
    }
    for experiment in EXPERIMENTS {
        finder.offer(experiment.title, "experiment", &|| vec![(experiment.opens)()]);
    }
    for shelf in Shelf::ALL {
        finder.offer(shelf.title(), "list", &|| {
            vec![Action::Select(Some(Selection::Shelf(region, shelf)))]
        });
    }
    for panel in Panel::ALL {
        finder.offer(panel.name(), "panel", &|| vec![Action::Open(panel)]);
    }
    for scenario in scenarios::ALL {
        finder.offer(scenario.title, "scenario", &|| {
            vec![Action::OpenScenario(scenario.name.into())]
        });
    }
}
