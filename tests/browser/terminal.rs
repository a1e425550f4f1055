//! The terminal in the page, beyond what the shell's own sessions (tests/shell) show of it.

use serde_json::json;
use stratus_browser::{Find, Outcome, Page, check, stage};

/// Runs a line in the terminal by the keyboard, and waits until something stands there.
async fn typed(page: &Page, line: &str, then: &str) -> Outcome<String> {
    let terminal = page.region("Terminal");
    terminal.field("Command").fill(line).await?;
    terminal.field("Command").press("Enter").await?;
    terminal.wait_text(then).await
}

#[test]
fn an_error_says_what_to_do_and_a_long_one_is_folded() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=empty&clock=paused").await?;
        page.ready().await?;
        page.region("Panels").button("Terminal").click().await?;
        // What there is instead stands below the error, and is no part of it.
        typed(&page, "jq . nothing", "What to do: There is no jq here").await?;
        let errors = page.css(".transcript .fault").text().await?;
        check(!errors.contains("What to do"), errors)?;
        // Hundreds of choices: their ends, and the rest where one asks.
        typed(&page, "aws ec2 describ-instances", "maybe you meant").await?;
        let folded = "document.querySelectorAll('.transcript pre').length";
        let before = page.script(&format!("return {folded}"), Vec::new()).await?;
        let long = page.css(".transcript [aria-expanded='false']");
        check(long.text().await?.starts_with("Show all"), "no button that unfolds")?;
        long.focus().await?;
        page.press("Enter").await?;
        let open = page.css(".transcript [aria-expanded='true']");
        open.wait().await?;
        check(open.focused().await?, "the focus is lost when a text unfolds")?;
        page.region("Terminal").wait_text("withdraw-byoip-cidr").await?;
        page.check_accessibility().await?;
        page.press("Enter").await?;
        page.css(".transcript [aria-expanded='false']").wait().await?;
        let after = page.script(&format!("return {folded}"), Vec::new()).await?;
        check(before == after, format!("{before} texts, then {after}"))
    })
}

#[test]
fn a_long_wait_goes_on_where_it_was() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=empty&clock=paused").await?;
        page.ready().await?;
        page.region("Panels").button("Terminal").click().await?;
        let make = "for n in $(seq 1 40); do v=$(aws ec2 create-volume --availability-zone us-east-1a --size 1 --query VolumeId --output text); \
                    aws ec2 wait volume-available --volume-ids $v; aws ec2 create-snapshot --volume-id $v --query State --output text; done | sort | uniq -c";
        typed(&page, make, "40 pending").await?;
        typed(&page, "n=1; sleep 2d; n=$((n+1)); echo \"slept $n\"", "slept 2").await?;
        typed(
            &page,
            "echo completed: $(aws ec2 describe-snapshots --owner-ids self --query 'length(Snapshots[?State==`completed`])')",
            "completed: 40",
        )
        .await?;
        // It ran once, and stands there once.
        let lines = page
            .script(
                "return [...document.querySelectorAll('.typed .line')].filter(line => line.textContent.includes('sleep 2d')).length",
                Vec::new(),
            )
            .await?;
        check(lines == json!(1), format!("{lines} lines"))
    })
}

#[test]
fn tab_and_the_past_are_at_hand() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=empty&clock=paused").await?;
        page.ready().await?;
        page.region("Panels").button("Terminal").click().await?;
        let command = page.region("Terminal").field("Command");
        command.fill("aws ec2 describe-volumes --filters Name=sta").await?;
        command.press("Tab").await?;
        let text = command.value().await?;
        check(text.ends_with("Name=status,Values="), text)?;
        command.press("Tab").await?;
        page.role("listbox", "Completions").wait().await?;
        command.press("Escape").await?;
        typed(&page, "echo $((1+1)) first", "2 first").await?;
        // What is recalled is shown as what was run.
        typed(&page, "!!", "2 first").await?;
        page.until(
            "the line to stand there twice",
            "[...document.querySelectorAll('.typed .line')].filter(line => line.textContent === 'echo $((1+1)) first').length === 2",
        )
        .await?;
        command.press("Ctrl+r").await?;
        page.field("Search what was typed").fill("fir").await?;
        page.field("Search what was typed").press("Enter").await?;
        let text = command.value().await?;
        check(text == "echo $((1+1)) first", text)
    })
}

#[test]
fn the_tray_takes_hands_out_and_gives_files_to_commands() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=empty&clock=paused").await?;
        page.ready().await?;
        page.region("Panels").button("Terminal").click().await?;
        let terminal = page.region("Terminal");
        terminal.wait_text("File tray: empty").await?;
        typed(&page, "echo kept > notes.txt", "File tray: 1 file").await?;
        page.css(".tray summary").click().await?;
        terminal.button("Download notes.txt").wait().await?;
        terminal.button("Delete notes.txt").click().await?;
        terminal.wait_text("File tray: empty").await?;
        page.script(
            "const input = document.querySelector('.tray input[type=file]');
             const given = new DataTransfer();
             given.items.add(new File(['CidrBlock: 10.7.0.0/16'], 'vpc.yaml'));
             input.files = given.files;
             input.dispatchEvent(new Event('change', {bubbles: true}))",
            Vec::new(),
        )
        .await?;
        terminal.wait_text("vpc.yaml").await?;
        typed(
            &page,
            "aws ec2 create-vpc --cli-input-yaml file://vpc.yaml --query Vpc.CidrBlock",
            "\"10.7.0.0/16\"",
        )
        .await
        .map(drop)
    })
}

#[test]
fn several_lines_are_one_text_and_results_are_heard() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=empty&clock=paused").await?;
        page.ready().await?;
        page.region("Panels").button("Terminal").click().await?;
        let log = page.role("log", "Output");
        let live = log.attribute("aria-relevant").await?;
        check(live.as_deref() == Some("additions"), format!("{live:?}"))?;
        // As pasted: the line ends are kept, and Enter runs all of it.
        typed(
            &page,
            "for n in 1 2; do\n  echo \"line $n of $((1+1))\"\ndone",
            "line 2 of 2",
        )
        .await?;
        // What is open waits for more.
        let command = page.region("Terminal").field("Command");
        command.fill("echo 'open").await?;
        command.press("Enter").await?;
        let text = command.value().await?;
        check(text == "echo 'open\n", text)?;
        command.press("Ctrl+c").await?;
        log.wait_text("^C").await?;
        page.check_accessibility().await
    })
}

/// An hour, then decades in which an hourly policy takes and drops snapshots: hundreds of slices, which no machine is through
/// with before somebody stops it.
const LONG: &str = "sleep 1h; sleep 20000d; echo end-$((6*7))";

/// The world's time, once it no longer changes.
async fn now(page: &Page) -> Outcome<String> {
    let now = page.stratus("now", Vec::new()).await?;
    Ok(now.as_str().unwrap_or_default().to_owned())
}

/// Starts [`LONG`] by the keyboard, and waits until it is under way.
async fn begun(page: &Page) -> Outcome {
    let terminal = page.region("Terminal");
    terminal.field("Command").fill(LONG).await?;
    terminal.field("Command").press("Enter").await?;
    terminal.role("group", "Running command").wait().await
}

/// What a stopped command leaves: its mark, no word of what came behind it, and a prompt that goes on.
async fn stopped(page: &Page, marks: usize) -> Outcome {
    let terminal = page.region("Terminal");
    terminal.role("group", "Running command").wait_gone().await?;
    let log = page.role("log", "Output");
    let text = log.wait_text("^C").await?;
    let found = text.matches("^C").count();
    check(found == marks, format!("{found} commands were stopped: {text}"))?;
    check(!text.contains("end-42"), text)?;
    check(
        terminal.field("Command").focused().await?,
        "the prompt is not where one types",
    )?;
    typed(page, &format!("echo status-$?-{marks}"), &format!("status-130-{marks}"))
        .await
        .map(drop)
}

#[test]
fn a_long_sleep_is_stopped_by_the_button_and_by_the_keyboard() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=empty&clock=paused").await?;
        page.ready().await?;
        for command in [
            "ec2 create-volume --availability-zone us-east-1a --size 1 --tag-specifications 'ResourceType=volume,Tags=[{Key=backup,Value=yes}]'",
            "dlm create-lifecycle-policy --description hourly --state ENABLED --execution-role-arn arn:aws:iam::123456789012:role/dlm \
             --policy-details '{\"ResourceTypes\":[\"VOLUME\"],\"TargetTags\":[{\"Key\":\"backup\",\"Value\":\"yes\"}],\"Schedules\":[{\"Name\":\"s\",\
             \"CreateRule\":{\"Interval\":1,\"IntervalUnit\":\"HOURS\"},\"RetainRule\":{\"Count\":1}}]}'",
        ] {
            page.aws(command).await?;
        }
        check(now(&page).await? == "2025-03-03T09:00:00Z", now(&page).await?)?;
        page.region("Panels").button("Terminal").click().await?;
        begun(&page).await?;
        page.check_accessibility().await?;
        page.region("Terminal").button("Stop").click().await?;
        stopped(&page, 1).await?;
        // The hour that was over stays; of the decades nothing does.
        check(now(&page).await? == "2025-03-03T10:00:00Z", now(&page).await?)?;
        begun(&page).await?;
        page.region("Terminal").field("Command").press("Ctrl+c").await?;
        stopped(&page, 2).await?;
        check(now(&page).await? == "2025-03-03T11:00:00Z", now(&page).await?)?;
        // The clock is not stuck: it goes on from there.
        typed(&page, "sleep 30m; echo slept-$((6*7))", "slept-42").await?;
        check(now(&page).await? == "2025-03-03T11:30:00Z", now(&page).await?)
    })
}
