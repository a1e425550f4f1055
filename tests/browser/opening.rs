//! The page opens: from a sub-path, under its Content-Security-Policy, and with words where it cannot.

use serde_json::{Value, json};
use stratus_browser::{Find, Outcome, check, stage};

#[test]
fn it_opens_from_a_sub_path_without_a_word_in_the_console() -> Outcome {
    stage(async |stage| {
        let page = stage.open("").await?;
        page.region("Clock").wait().await?;
        let marks = page
            .script(
                "return performance.getEntriesByName('stratus-ready').length",
                Vec::new(),
            )
            .await?;
        check(marks == json!(1), format!("{marks} marks named stratus-ready"))
    })
}

#[test]
fn it_loads_nothing_from_other_hosts() -> Outcome {
    stage(async |stage| {
        let page = stage.open("").await?;
        let list = "return performance.getEntriesByType('resource').map(entry => entry.name)";
        let names: Vec<String> = serde_json::from_value(page.script(list, Vec::new()).await?)?;
        check(
            names.iter().any(|name| name.ends_with(".wasm")),
            format!("no program among {names:?}"),
        )?;
        let strangers: Vec<&String> = names
            .iter()
            .filter(|name| !name.starts_with(&stage.address("")))
            .collect();
        check(strangers.is_empty(), format!("{strangers:?}"))
    })
}

#[test]
fn the_policy_refuses_inline_script_inline_style_eval_and_markup_from_text() -> Outcome {
    stage(async |stage| {
        let page = stage.open("").await?;
        let tries = "
            const seen = [];
            addEventListener('securitypolicyviolation', event => seen.push(event.effectiveDirective));
            const add = (tag, text) => { const e = document.createElement(tag); e.textContent = text; document.head.append(e) };
            add('style', 'body { color: red }');
            const element = document.createElement('p');
            element.setAttribute('style', 'color: red');
            for (const attempt of [() => add('script', 'void 0'), () => eval('1'), () => { element.innerHTML = '<b>x' },
                                   () => fetch('https://example.com/')]) {
                try { await attempt() } catch { seen.push('thrown') }
            }
            await new Promise(done => setTimeout(done, 100));
            return [...new Set(seen)].sort()";
        let seen = page.script(tries, Vec::new()).await?;
        for part in [
            "securitypolicyviolation",
            "Content Security Policy",
            "example.com",
            "TrustedHTML",
            "TrustedScript",
        ] {
            page.browser().forgive(part);
        }
        let expected = [
            "connect-src",
            "require-trusted-types-for",
            "style-src-attr",
            "style-src-elem",
            "thrown",
        ];
        check(seen == json!(expected), format!("{seen}"))
    })
}

#[test]
fn where_the_program_does_not_arrive_it_says_so() -> Outcome {
    stage(async |stage| {
        let browser = stage.browser().await?;
        browser.forgive("");
        let page = browser.first_page().await?;
        page.devtools("Network.enable", json!({})).await?;
        page.devtools("Network.setBlockedURLs", json!({ "urls": ["*.wasm"] }))
            .await?;
        page.goto(&stage.address("")).await?;
        let said = page.css("[role=alert]").wait_text("could not be started").await?;
        check(said.contains("Reload"), said)?;
        page.button("Reload").wait().await?;
        let progress = page
            .script("return document.getElementById('boot-progress')", Vec::new())
            .await?;
        check(progress == Value::Null, "it still says that it is loading")
    })
}

#[test]
fn until_the_world_of_a_link_has_come_there_is_no_other_to_work_in() -> Outcome {
    stage(async |stage| {
        let page = stage.browser().await?.first_page().await?;
        page.devtools("Network.enable", json!({})).await?;
        let slow =
            json!({ "offline": false, "latency": 20, "downloadThroughput": 2_000_000, "uploadThroughput": 2_000_000 });
        page.devtools("Network.emulateNetworkConditions", slow).await?;
        let look = "
            const seen = new Set();
            const soon = () => new Promise(resolve => setTimeout(() => resolve(false), 30));
            const ready = () => globalThis.stratus ? stratus.ready.then(() => true) : soon();
            while (!(await Promise.race([ready(), soon()]))) {
                const app = document.querySelector('.app');
                const boot = document.querySelector('.boot:not([hidden])');
                seen.add(app ? (app.textContent.includes('web-1') ? 'its world' : 'another world') : boot.textContent.trim());
            }
            return [...seen].join('; ');";
        let look = format!("return (async () => {{ {look} }})()");
        // A link; the bare address of somebody who has been here; a workspace's own address.
        for (place, address) in ["?scenario=web-server&tour=0", "?tour=0", "reload"]
            .into_iter()
            .enumerate()
        {
            match address {
                "reload" => page.reload().await?,
                address => page.goto(&stage.address(address)).await?,
            }
            let seen = page.script(&look, Vec::new()).await?;
            let seen = seen.as_str().unwrap_or_default();
            check(
                !seen.contains("another world") && (place > 0 || seen.contains("Opening the cloud…")),
                format!("{address}: until the world came the page showed {seen}"),
            )?;
            page.css(".app").wait_text("web-1").await?;
        }
        Ok(())
    })
}

#[test]
fn where_the_later_part_does_not_arrive_the_page_says_so_and_goes_on_once_it_does() -> Outcome {
    stage(async |stage| {
        let browser = stage.browser().await?;
        browser.forgive("");
        let page = browser.first_page().await?;
        page.devtools("Network.enable", json!({})).await?;
        let block = |urls: Value| page.devtools("Network.setBlockedURLs", json!({ "urls": urls }));
        block(json!(["*-later.wasm"])).await?;
        // What a first visit shows needs none of it …
        stage.visit(&page, "?tour=0").await?;
        page.region("Panels").button("Path").click().await?;
        page.css(".verdict").wait_text("Blocked by a security group").await?;
        let digest = page
            .script("return stratus.digest().catch(error => error.code)", Vec::new())
            .await?;
        check(digest == json!("ServiceUnavailable"), format!("{digest}"))?;
        // … and what does says so, in its place.
        page.region("Panels").button("DNS").click().await?;
        page.region("DNS").wait_text("did not arrive").await?;
        page.region("Panels").button("Map").click().await?;
        page.region("Map").button("Launch instance").click().await?;
        page.css("dialog").wait_text("did not arrive").await?;
        page.css("dialog").button("Close").click().await?;
        page.region("Panels").button("DNS").click().await?;
        page.region("DNS").wait_text("did not arrive").await?;
        block(json!([])).await?;
        page.region("DNS").button("Try again").click().await?;
        page.region("DNS").button("Resolve").wait().await?;
        page.digest().await.map(drop)
    })
}
