//! The whole journey of a learner: launch, trace, fix, snapshot, restore, record, resolve, undo; and with keys alone.

use serde_json::{Value, json};
use stratus_browser::page::Emulation;
use stratus_browser::{Find, Outcome, Page, check};

use crate::story::{launch, text_at};
use stratus_browser::stage;

#[test]
fn a_first_visit_shows_the_running_example_and_a_tour_that_can_be_skipped() -> Outcome {
    stage(async |stage| {
        let page = stage.open("").await?;
        page.ready().await?;
        // Who looks elsewhere meanwhile has the note out of the way, and finds it again.
        page.region("Panels").button("Bill").click().await?;
        page.region("Tour").button("Back to the tour").click().await?;
        page.region("Tour").wait_text("Why can't I connect?").await?;
        page.region("Tour").button("Skip the tour").click().await?;
        page.region("Tour").wait_gone().await?;
        page.region("Panels").button("Path").click().await?;
        page.css(".verdict").wait_text("Blocked by a security group").await?;
        page.region("Inspector").wait_text("Smallest change that works").await?;
        page.region("Inspector").button("Apply").click().await?;
        page.css(".verdict")
            .wait_text("It gets through, both ways")
            .await
            .map(drop)
    })
}

#[test]
fn launch_trace_fix_and_undo_with_the_mouse() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0").await?;
        page.ready().await?;
        let id = launch(&page).await?;
        page.stratus("advance", vec![json!(300)]).await?;
        page.region("Panels").button("Path").click().await?;
        let path = page.region("Path");
        path.field("Port").fill("80").await?;
        path.button("Trace path").click().await?;
        page.css(".verdict").wait_text("Blocked by a security group").await?;
        page.region("Inspector").button("Apply").click().await?;
        page.css(".verdict").wait_text("It gets through, both ways").await?;
        let question = json!({"source": "internet", "destination": id, "protocol": "tcp", "port": 80});
        let trace = page.stratus("trace", vec![question]).await?;
        check(trace["reachable"] == json!(true), format!("{trace}"))?;
        check(trace["disposition"] == json!("delivered"), format!("{trace}"))?;
        page.button("Undo").click().await?;
        page.css(".verdict")
            .wait_text("Nothing")
            .await
            .or(page.css(".verdict").wait_text("Blocked").await)
            .map(drop)
    })
}

#[test]
fn snapshot_and_restore() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0").await?;
        page.ready().await?;
        launch(&page).await?;
        page.stratus("advance", vec![json!(300)]).await?;
        page.region("Panels").button("Storage").click().await?;
        page.region("Storage").button("Create snapshot").click().await?;
        page.region("Storage").wait_text("pending").await?;
        page.stratus("advance", vec![json!(3600)]).await?;
        page.region("Storage").wait_text("completed").await?;
        page.region("Storage").button("Restore to a volume").click().await?;
        page.stratus("advance", vec![json!(60)]).await?;
        let volumes = page
            .stratus("call", vec![json!("ec2"), json!("DescribeVolumes"), json!({})])
            .await?;
        let restored = volumes["Volumes"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|volume| volume["State"] == json!("available"));
        check(restored.count() == 1, format!("{volumes}"))
    })
}

#[test]
fn create_a_record_and_resolve_it() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0").await?;
        page.ready().await?;
        let zone = json!({"Name": "example.com", "CallerReference": "1"});
        let zone = page
            .stratus("call", vec![json!("route53"), json!("CreateHostedZone"), zone])
            .await?;
        let id = text_at(&zone, "/HostedZone/Id")?;
        let record =
            json!({"Name": "www.example.com", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "198.51.100.7"}]});
        let batch = json!({"HostedZoneId": id, "ChangeBatch": {"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}});
        page.stratus("call", vec![json!("route53"), json!("ChangeResourceRecordSets"), batch])
            .await?;
        page.stratus("advance", vec![json!(120)]).await?;
        let answer = page
            .stratus(
                "resolve",
                vec![json!("www.example.com"), json!("A"), json!({"from": "eu-west-1"})],
            )
            .await?;
        check(answer["rcode"] == json!("NOERROR"), format!("{answer}"))?;
        check(
            text_at(&answer, "/answers/0/value")? == "198.51.100.7",
            format!("{answer}"),
        )?;
        page.region("Panels").button("DNS").click().await?;
        page.region("DNS").wait_text("www.example.com").await.map(drop)
    })
}

#[test]
fn with_the_keyboard_alone() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0").await?;
        page.ready().await?;
        page.press("n").await?;
        page.dialog("Launch instance").wait().await?;
        page.press("Escape").await?;
        page.dialog("Launch instance").wait_gone().await?;
        page.press("7").await?;
        page.region("Terminal").field("Command").focus().await?;
        page.type_text("aws ec2 create-key-pair --key-name k").await?;
        page.press("Enter").await?;
        page.region("Terminal").wait_text("KeyFingerprint").await?;
        page.script("document.activeElement.blur()", Vec::new()).await?;
        let before = page.digest().await?;
        page.press("Ctrl+z").await?;
        page.until("the undo to be done", &format!("await stratus.digest() !== '{before}'"))
            .await?;
        page.press("Ctrl+Shift+z").await?;
        page.until("the redo to be done", &format!("await stratus.digest() === '{before}'"))
            .await?;
        page.press("Ctrl+k").await?;
        page.dialog("Search").wait().await?;
        page.type_text("timeline").await?;
        page.press("Enter").await?;
        page.region("Timeline").wait_text("CreateKeyPair").await.map(drop)
    })
}

#[test]
fn an_error_names_the_thing_and_nothing_is_lost() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0").await?;
        page.ready().await?;
        let before = page.digest().await?;
        let answer = page
            .stratus(
                "aws",
                vec![json!("ec2 start-instances --instance-ids i-0123456789abcdef0")],
            )
            .await?;
        check(answer["status"] == json!(254), format!("{answer}"))?;
        check(
            text_at(&answer, "/stderr")?.contains("InvalidInstanceID.NotFound"),
            format!("{answer}"),
        )?;
        check(page.digest().await? == before, "a refused call changed the world")
    })
}

#[test]
fn every_command_that_the_page_shows_runs_in_its_terminal() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0").await?;
        page.ready().await?;
        page.region("Panels").button("Timeline").click().await?;
        let fold = "for (const b of document.querySelectorAll('.timeline [aria-expanded=false]')) b.click();
            await new Promise(done => setTimeout(done, 300));
            return [...document.querySelectorAll('.timeline .command pre')].map(pre => pre.textContent)";
        let shown: Vec<String> = serde_json::from_value(page.script(fold, Vec::new()).await?)?;
        check(!shown.is_empty(), "the timeline shows no command")?;
        for command in shown {
            let ran = page.stratus("aws", vec![json!(command)]).await?;
            // The service may refuse what exists already; what may not happen is that the command is not understood (252).
            check(ran["status"] != json!(252), format!("{command}: {ran}"))?;
        }
        Ok(())
    })
}

async fn look(page: &Page, emulation: Emulation) -> Outcome {
    page.emulate(emulation).await?;
    for panel in ["Map", "Path", "Storage", "DNS", "Timeline", "Bill", "Terminal", "Learn"] {
        page.region("Panels").button(panel).click().await?;
        page.region(panel).wait().await?;
        page.check_accessibility()
            .await
            .map_err(|trouble| trouble.during(panel))?;
        let wide = page
            .script("return document.documentElement.scrollWidth > innerWidth", Vec::new())
            .await?;
        check(wide == Value::Bool(false), format!("{panel} scrolls sideways"))?;
    }
    Ok(())
}

#[test]
fn axe_finds_nothing_on_any_panel_in_any_light_on_any_screen() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0").await?;
        page.ready().await?;
        for emulation in [
            Emulation::DESKTOP.still(),
            Emulation::DESKTOP.dark().still(),
            Emulation::PHONE.still(),
            Emulation::PHONE.dark().still(),
        ] {
            look(&page, emulation).await?;
        }
        Ok(())
    })
}

#[test]
fn axe_finds_nothing_in_the_dialogs() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0").await?;
        page.ready().await?;
        page.emulate(Emulation::DESKTOP.still()).await?;
        for (key, name) in [
            ("n", "Launch instance"),
            ("s", "Share"),
            ("?", "Shortcuts"),
            ("Ctrl+k", "Search"),
        ] {
            page.script("document.activeElement.blur()", Vec::new()).await?;
            page.press(key).await?;
            page.dialog(name).wait().await?;
            page.check_accessibility()
                .await
                .map_err(|trouble| trouble.during(name))?;
            page.press("Escape").await?;
            page.dialog(name).wait_gone().await?;
        }
        Ok(())
    })
}
