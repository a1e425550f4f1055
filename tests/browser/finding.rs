//! The harness itself, tried on a page of its own: a finder that finds too much would make every other test hollow.

use std::path::Path;

use stratus_browser::page::Emulation;
use stratus_browser::stage::stage_for;
use stratus_browser::{Find, Outcome, Page, check};

fn fixture(test: impl AsyncFnOnce(Page) -> Outcome) -> Outcome {
    stage_for(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixture"), async |stage| {
        let page = stage.browser().await?.first_page().await?;
        page.goto(&stage.address("")).await?;
        test(page).await
    })
}

#[test]
fn names_are_looked_for_within_their_region_and_hidden_things_are_not_there() -> Outcome {
    fixture(async |page| {
        check(page.button("Run").count().await? == 2, "two buttons have the name")?;
        check(
            page.region("Clock").button("Run").count().await? == 1,
            "one in each region",
        )?;
        check(!page.button("Hidden").exists().await?, "hidden")?;
        check(!page.region("Clock").field("Port").exists().await?, "elsewhere")?;
        page.region("Path").button("Run").click().await?;
        page.css("#said").wait_text("click:Run").await.map(drop)
    })
}

#[test]
fn fields_are_filled_and_chosen_from_as_by_a_person() -> Outcome {
    fixture(async |page| {
        let path = page.region("Path");
        path.field("Port").fill("443").await?;
        check(path.field("Port").value().await? == "443", "the old number is gone")?;
        path.field("Protocol").choose("UDP").await?;
        check(path.field("Protocol").value().await? == "17", "chosen")?;
        path.field("Protocol").press("Ctrl+Shift+z").await?;
        path.css("output").wait_text("keydown:3 change:443 change:17").await?;
        path.css("output").wait_text("keydown:Ctrl+Z").await.map(drop)
    })
}

#[test]
fn what_comes_late_is_waited_for_and_so_is_its_going() -> Outcome {
    fixture(async |page| {
        let dialog = page.dialog("Late");
        dialog.button("Close").click().await?;
        dialog.wait_gone().await
    })
}

#[test]
fn a_name_that_is_not_there_is_named_with_those_that_are() -> Outcome {
    fixture(async |page| {
        let clock = page.region("Clock");
        let Err(error) = clock.button("Walk").click().await else {
            return check(false, "clicked");
        };
        let text = error.text();
        check(
            text.contains("button \"Walk\"") && text.contains("[\"Run\"] in region \"Clock\""),
            text,
        )
    })
}

#[test]
fn devices_are_emulated() -> Outcome {
    fixture(async |page| {
        page.emulate(Emulation::PHONE.dark().still()).await?;
        let state = page
            .script(
                "return [innerWidth, innerHeight, matchMedia('(prefers-color-scheme: dark)').matches, \
                 matchMedia('(prefers-reduced-motion: reduce)').matches, navigator.maxTouchPoints > 0].join()",
                Vec::new(),
            )
            .await?;
        // The fixture has no viewport tag, so a phone lays it out 980 pixels wide.
        check(state == "980,2121,true,true,true", format!("{state}"))
    })
}

#[test]
fn errors_in_the_console_fail_a_test() -> Outcome {
    let result = fixture(async |page| {
        page.script(
            "console.error('a fault'); setTimeout(() => { throw new Error('uncaught') })",
            Vec::new(),
        )
        .await?;
        page.until("a moment", "true").await
    });
    let text = result
        .err()
        .map(|trouble| trouble.text().to_owned())
        .unwrap_or_default();
    check(text.contains("a fault") && text.contains("uncaught"), text)
}

#[test]
fn what_axe_finds_fails_a_test_with_the_rule_and_the_element() -> Outcome {
    fixture(async |page| {
        page.check_accessibility()
            .await
            .err()
            .map_or(Ok(()), |error| check(!error.text().contains("label"), error.text()))?;
        page.script("document.querySelector('select').removeAttribute('id')", Vec::new())
            .await?;
        let text = page
            .check_accessibility()
            .await
            .err()
            .map(|error| error.text().to_owned())
            .unwrap_or_default();
        check(text.contains("select-name: ") && text.contains("select: "), text)
    })
}
