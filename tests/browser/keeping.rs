//! What is kept: across a reload, a crash, a second tab, damage; and what a link carries to somebody else.

use serde_json::{Value, json};
use stratus_browser::{Find, Outcome, Page, Profile, check, stage};

use crate::story::{launch, text_at};

#[test]
fn a_reload_and_a_killed_browser_lose_no_acknowledged_call() -> Outcome {
    stage(async |stage| {
        let profile = Profile::fresh()?;
        let browser = stage.browser_with(&profile).await?;
        let page = browser.first_page().await?;
        stage.visit(&page, "?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        page.aws("ec2 create-key-pair --key-name one").await?;
        let after = page.digest().await?;
        page.reload().await?;
        page.ready().await?;
        check(page.digest().await? == after, "the reload lost a call")?;
        page.aws("ec2 create-key-pair --key-name two").await?;
        let (after, address) = (page.digest().await?, page.address().await?);
        browser.crash().await?;
        let browser = stage.browser_with(&profile).await?;
        let page = browser.first_page().await?;
        page.goto(&address).await?;
        page.ready().await?;
        check(page.digest().await? == after, "the crash lost an acknowledged call")
    })
}

#[test]
fn undo_and_redo_survive_a_reload() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        let before = page.digest().await?;
        page.aws("ec2 create-key-pair --key-name one").await?;
        let after = page.digest().await?;
        page.stratus("undo", Vec::new()).await?;
        page.reload().await?;
        page.ready().await?;
        check(page.digest().await? == before, "the undo was not kept")?;
        page.stratus("redo", Vec::new()).await?;
        check(page.digest().await? == after, "the redo was lost")
    })
}

#[test]
fn a_second_tab_reads_and_may_take_over() -> Outcome {
    stage(async |stage| {
        let browser = stage.browser().await?;
        let first = browser.first_page().await?;
        stage.visit(&first, "?scenario=empty&tour=0&clock=paused").await?;
        first.ready().await?;
        let second = browser.new_tab().await?;
        second.goto(&first.address().await?).await?;
        second.ready().await?;
        second.button("Read only · take over").wait().await?;
        first.aws("ec2 create-key-pair --key-name one").await?;
        let digest = first.digest().await?;
        second
            .until(
                "the other tab's call",
                &format!("await stratus.digest() === '{digest}'"),
            )
            .await?;
        second.button("Read only · take over").click().await?;
        second.button("Read only · take over").wait_gone().await?;
        second.aws("ec2 create-key-pair --key-name two").await?;
        first.button("Read only · take over").wait().await
    })
}

#[test]
fn a_link_opened_in_a_fresh_profile_gives_the_same_digest() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        launch(&page).await?;
        page.stratus("advance", vec![json!(120)]).await?;
        let (digest, link) = (page.digest().await?, page.stratus("link", Vec::new()).await?);
        let link = link.as_str().unwrap_or_default().to_owned();
        check(link.contains("#v1."), link.clone())?;
        let other = stage.browser().await?.first_page().await?;
        // Whatever is pending would go on by itself there too.
        other.goto(&link.replace('#', "?clock=paused&tour=0#")).await?;
        other.ready().await?;
        other
            .css("dialog")
            .wait_text("Nothing of yours")
            .await
            .or(other.css("dialog").wait_text("nothing of yours").await)?;
        other.button("Open a copy").click().await?;
        other
            .until("the copy to be open", &format!("await stratus.digest() === '{digest}'"))
            .await?;
        other
            .until("the workspace's own address", "location.hash.startsWith('#w=')")
            .await?;
        // The same link again: nothing is made a second time.
        let copy = other.address().await?;
        other.goto(&link).await?;
        other.ready().await?;
        other.button("Open the copy you have").click().await?;
        let hash = copy.split_once('#').map_or("", |(_, hash)| hash);
        other
            .until("the copy that exists", &format!("location.hash === '#{hash}'"))
            .await
    })
}

#[test]
fn a_link_that_is_not_wanted_leaves_a_page_that_saves() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        let link = page.stratus("link", Vec::new()).await?;
        let other = stage.browser().await?.first_page().await?;
        other.goto(link.as_str().unwrap_or_default()).await?;
        other.ready().await?;
        other.button("Open a copy").wait().await?;
        other.press("Escape").await?;
        other
            .until("a workspace of one's own", "location.hash.startsWith('#w=')")
            .await?;
        other.aws("ec2 create-key-pair --key-name one").await?;
        let digest = other.digest().await?;
        other.reload().await?;
        other.ready().await?;
        check(other.digest().await? == digest, "what was done after the no is lost")
    })
}

#[test]
fn where_nothing_may_be_kept_it_says_so_and_works_in_memory() -> Outcome {
    stage(async |stage| {
        let page = stage.browser().await?.first_page().await?;
        let deny = "Object.defineProperty(globalThis, 'indexedDB', { get() { throw new DOMException('told to', 'SecurityError') } })";
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": deny }))
            .await?;
        stage.visit(&page, "?scenario=empty&tour=0&clock=paused").await?;
        page.region("Messages")
            .wait_text("Nothing can be saved in this browser")
            .await?;
        page.button("Not saved · export").wait().await?;
        page.aws("ec2 create-key-pair --key-name one").await.map(drop)
    })
}

#[test]
fn a_full_disk_is_said_and_what_waited_is_saved_once_there_is_room() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        let full = "
            globalThis.put = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = () => { throw new DOMException('told to', 'QuotaExceededError') }";
        page.script(full, Vec::new()).await?;
        page.aws("ec2 create-key-pair --key-name one").await?;
        page.button("Not saved · export").wait().await?;
        page.script("IDBObjectStore.prototype.put = globalThis.put", Vec::new())
            .await?;
        page.aws("ec2 create-key-pair --key-name two").await?;
        page.button("Not saved · export").wait_gone().await?;
        let digest = page.digest().await?;
        page.reload().await?;
        page.ready().await?;
        check(page.digest().await? == digest, "what waited was not saved")
    })
}

#[test]
fn a_link_that_was_tampered_with_is_refused_in_words() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        let link = page
            .stratus("link", Vec::new())
            .await?
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let other = stage.browser().await?.first_page().await?;
        other.goto(&link[..link.len() - 6]).await?;
        other.ready().await?;
        other
            .region("Messages")
            .wait_text("This link cannot be opened")
            .await
            .map(drop)
    })
}

/// Flips a bit of the newest record.
const DAMAGE: &str = "
    const db = await new Promise((ok, no) => { const r = indexedDB.open('stratus'); r.onsuccess = () => ok(r.result); r.onerror = no });
    const tx = db.transaction('records', 'readwrite'), store = tx.objectStore('records');
    const last = await new Promise(ok => { const r = store.openCursor(null, 'prev'); r.onsuccess = () => ok(r.result) });
    const bytes = new Uint8Array(last.value); bytes[bytes.length >> 1] ^= 1; last.update(bytes.buffer ?? bytes);
    await new Promise(ok => tx.oncomplete = ok); db.close(); return [...db.objectStoreNames]";

#[test]
fn damaged_storage_is_said_and_the_last_good_state_opens() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        page.aws("ec2 create-key-pair --key-name one").await?;
        let good = page.digest().await?;
        page.aws("ec2 create-key-pair --key-name two").await?;
        page.script(DAMAGE, Vec::new()).await?;
        page.reload().await?;
        page.ready().await?;
        page.region("Messages").wait_text("damaged").await?;
        page.button("Download the damaged bytes").wait().await?;
        check(page.digest().await? == good, "the last good state is not what opened")
    })
}

#[test]
fn damaged_bytes_stay_for_download_until_they_are_deleted() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        page.aws("ec2 create-key-pair --key-name one").await?;
        page.aws("ec2 create-key-pair --key-name two").await?;
        page.script(DAMAGE, Vec::new()).await?;
        page.reload().await?;
        page.ready().await?;
        page.region("Messages").wait_text("damaged").await?;
        // The message goes with the page; the bytes do not.
        page.reload().await?;
        page.ready().await?;
        check(
            lengths(&page, "quarantine").await?.len() == 1,
            "the bytes were not kept",
        )?;
        page.script(CATCH_FILES, Vec::new()).await?;
        page.button("Empty account").click().await?;
        let dialog = page.dialog("Workspaces");
        dialog.wait_text("Set aside as damaged").await?;
        let row = dialog.css(".aside");
        page.check_accessibility().await?;
        row.button("Download the damaged bytes of Empty account")
            .click()
            .await?;
        let offered = page.script("return (await files.at(-1).arrayBuffer()).byteLength", Vec::new());
        let (offered, kept) = (offered.await?, lengths(&page, "quarantine").await?);
        check(json!([offered]) == json!(kept), format!("{offered} of {kept:?} bytes"))?;
        row.button("Delete the damaged bytes of Empty account").click().await?;
        row.wait_gone().await?;
        check(
            lengths(&page, "quarantine").await?.is_empty(),
            "the bytes are still there",
        )
    })
}

#[test]
fn an_embedded_page_never_writes() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?embed=1&scenario=web-server").await?;
        page.ready().await?;
        page.aws("ec2 create-key-pair --key-name one").await?;
        let names = page
            .script("return (await indexedDB.databases()).map(db => db.name)", Vec::new())
            .await?;
        check(names == json!([]), format!("{names}"))?;
        check(
            page.script("return localStorage.length", Vec::new()).await? == json!(0),
            "it wrote a preference",
        )
    })
}

#[test]
fn export_and_import_give_the_same_world() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        launch(&page).await?;
        let (digest, file): (String, Value) = (page.digest().await?, page.stratus("export", Vec::new()).await?);
        let other = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        other.ready().await?;
        let opened = other.stratus("import", vec![file]).await?;
        check(text_at(&opened, "/digest")? == digest, format!("{opened}"))
    })
}

/// Puts an object of this many bytes, no two neighbours alike, and waits until it is saved.
const PUT: &str = "
    const body = Uint8Array.from({ length: given[1] }, (_, at) => (at * 7919 >> 3) & 255);
    await stratus.call('s3', 'PutObject', { Bucket: 'kept-here', Key: given[0], Body: body })";

/// The bytes of every row of a table of the page's database, longest first, as lengths.
const LENGTHS: &str = "
    const db = await new Promise((ok, no) => { const r = indexedDB.open('stratus'); r.onsuccess = () => ok(r.result); r.onerror = no });
    const rows = await new Promise(ok => { const r = db.transaction(given[0]).objectStore(given[0]).getAll(); r.onsuccess = () => ok(r.result) });
    db.close();
    return rows.map(row => row.byteLength).sort((a, b) => b - a)";

async fn put(page: &Page, key: &str, bytes: usize) -> Outcome {
    page.ready().await?;
    page.script(PUT, vec![json!(key), json!(bytes)]).await.map(drop)
}

async fn lengths(page: &Page, table: &str) -> Outcome<Vec<u64>> {
    Ok(serde_json::from_value(page.script(LENGTHS, vec![json!(table)]).await?)?)
}

#[test]
fn a_large_object_lies_apart_and_survives_a_reload() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        page.aws("s3api create-bucket --bucket kept-here").await?;
        // One that a record could hold, and one that none could.
        put(&page, "report.csv", 40_000).await?;
        put(&page, "film", 5_000_000).await?;
        let digest = page.digest().await?;
        let (records, blobs) = (lengths(&page, "records").await?, lengths(&page, "blobs").await?);
        check(blobs == [5_000_000, 40_000], format!("{blobs:?}"))?;
        check(records.iter().all(|bytes| *bytes < 1_000), format!("{records:?}"))?;
        page.reload().await?;
        page.ready().await?;
        check(page.digest().await? == digest, "the reload lost an object")?;
        let read = "
            const { Body } = await stratus.call('s3', 'GetObject', { Bucket: 'kept-here', Key: 'film' });
            return [Body.length, Body.every((byte, at) => byte === ((at * 7919 >> 3) & 255))]";
        let read = page.script(read, Vec::new()).await?;
        check(read == json!([5_000_000, true]), format!("{read}"))
    })
}

/// Two objects of one content, and one block of 512 KiB put twice through the EBS direct APIs; the snapshot.
const PUT_TWICE: &str = "
    const body = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 7919 >> 3) & 255);
    for (const Key of ['one', 'two']) await stratus.call('s3', 'PutObject', { Bucket: 'kept-here', Key, Body: body });
    const block = Uint8Array.from({ length: 512 * 1024 }, (_, at) => (at * 104729 >> 5) & 255);
    const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', block));
    const { SnapshotId } = await stratus.call('ebs', 'StartSnapshot', { VolumeSize: 1 });
    for (const BlockIndex of [0, 7])
        await stratus.call('ebs', 'PutSnapshotBlock', { SnapshotId, BlockIndex, BlockData: block, DataLength: block.length,
            Checksum: btoa(String.fromCharCode(...sum)), ChecksumAlgorithm: 'SHA256' });
    await stratus.call('ebs', 'CompleteSnapshot', { SnapshotId, ChangedBlocksCount: 2 });
    await stratus.advance(3600);
    return SnapshotId";

/// The keys of the table of contents, and whether each is the SHA-256 of what lies there; and whether any row of another table
/// has a part of either content in it, as bytes or in base64.
const BY_CONTENT: &str = "
    const db = await new Promise((ok, no) => { const r = indexedDB.open('stratus'); r.onsuccess = () => ok(r.result); r.onerror = no });
    const all = (name, how) => new Promise(ok => { const r = db.transaction(name).objectStore(name)[how](); r.onsuccess = () => ok(r.result) });
    const keys = await all('blobs', 'getAllKeys'), rows = await all('blobs', 'getAll');
    const hex = async bytes => [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map(byte => byte.toString(16).padStart(2, '0')).join('');
    const true_ = await Promise.all(rows.map(async (row, at) => String(keys[at]).endsWith(await hex(row))));
    const text = row => typeof row === 'string' ? row : row instanceof Object && !(row instanceof ArrayBuffer) && !ArrayBuffer.isView(row)
        ? JSON.stringify(row) : new TextDecoder('latin1').decode(row);
    const parts = rows.flatMap(row => { const part = new Uint8Array(row).slice(999, 1059); const raw = String.fromCharCode(...part); return [raw, btoa(raw)] });
    let twice = 0;
    for (const name of ['records', 'checkpoints', 'heads', 'workspaces'])
        for (const row of await all(name, 'getAll')) twice += parts.filter(part => text(row).includes(part)).length;
    db.close();
    return [rows.map(row => row.byteLength).sort((a, b) => b - a), true_.every(Boolean), twice]";

#[test]
fn contents_lie_once_by_what_they_are_and_are_read_back_after_a_reload() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        page.aws("s3api create-bucket --bucket kept-here").await?;
        let snapshot = page.script(PUT_TWICE, Vec::new()).await?;
        let digest = page.digest().await?;
        // Four contents were put, two of them are different; the log holds neither.
        let kept = page.script(BY_CONTENT, Vec::new()).await?;
        check(kept == json!([[524_288, 300_000], true, 0]), format!("{kept}"))?;
        page.reload().await?;
        page.ready().await?;
        check(page.digest().await? == digest, "the reload lost a content")?;
        let read = "
            const [SnapshotId] = given, sound = [];
            for (const Key of ['one', 'two']) {
                const { Body } = await stratus.call('s3', 'GetObject', { Bucket: 'kept-here', Key });
                sound.push(Body.length === 300_000 && Body.every((byte, at) => byte === ((at * 7919 >> 3) & 255)));
            }
            const { Blocks } = await stratus.call('ebs', 'ListSnapshotBlocks', { SnapshotId });
            for (const { BlockIndex, BlockToken } of Blocks) {
                const { BlockData } = await stratus.call('ebs', 'GetSnapshotBlock', { SnapshotId, BlockIndex, BlockToken });
                sound.push(BlockData.length === 512 * 1024 && BlockData.every((byte, at) => byte === ((at * 104729 >> 5) & 255)));
            }
            return sound";
        let read = page.script(read, vec![snapshot]).await?;
        check(read == json!([true, true, true, true]), format!("{read}"))
    })
}

#[test]
fn a_link_names_the_contents_that_it_leaves_out() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        page.aws("s3api create-bucket --bucket kept-here").await?;
        put(&page, "note", 3_000).await?;
        put(&page, "film", 5_000_000).await?;
        page.press("s").await?;
        let share = page.dialog("Share");
        let left = share.region("Not in the link");
        left.wait_text("Contents above 16 KiB do not travel in a link.").await?;
        left.wait_text("film in kept-here, 4 MiB: The object is there, but empty.")
            .await?;
        crate::story::looks(&page, "keeping/left-out", "dialog .private").await?;
        let link = share.field("Link").value().await?;
        // A script gets the same one.
        let scripted = page.script("return await stratus.link()", Vec::new()).await?;
        check(scripted == json!(link), format!("{scripted} is not {link}"))?;
        let other = stage.browser().await?.first_page().await?;
        other.goto(&link.replace('#', "?clock=paused&tour=0#")).await?;
        other.ready().await?;
        other.button("Open a copy").click().await?;
        other
            .until("the copy to be open", "location.hash.startsWith('#w=')")
            .await?;
        let sizes = "
            const { Contents } = await stratus.call('s3', 'ListObjectsV2', { Bucket: 'kept-here' });
            return Contents.map(({ Key, Size }) => [Key, Number(Size)])";
        let sizes = other.script(sizes, Vec::new()).await?;
        check(sizes == json!([["film", 0], ["note", 3_000]]), format!("{sizes}"))
    })
}

#[test]
fn a_damaged_object_is_named_and_nothing_else_is_lost() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        page.aws("s3api create-bucket --bucket kept-here").await?;
        put(&page, "report.csv", 40_000).await?;
        page.aws("ec2 create-key-pair --key-name after").await?;
        let damage = "
            const db = await new Promise((ok, no) => { const r = indexedDB.open('stratus'); r.onsuccess = () => ok(r.result); r.onerror = no });
            const tx = db.transaction('blobs', 'readwrite'), store = tx.objectStore('blobs');
            const row = await new Promise(ok => { const r = store.openCursor(); r.onsuccess = () => ok(r.result) });
            const bytes = new Uint8Array(row.value); bytes[100] ^= 1; row.update(bytes);
            await new Promise(ok => tx.oncomplete = ok); db.close()";
        page.script(damage, Vec::new()).await?;
        page.reload().await?;
        page.ready().await?;
        page.region("Messages")
            .wait_text("PutObject of report.csv in kept-here")
            .await?;
        page.button("Download the damaged bytes").wait().await?;
        page.aws("ec2 describe-key-pairs --key-names after").await?;
        let head = page
            .aws("s3api head-object --bucket kept-here --key report.csv")
            .await?;
        check(head["ContentLength"] == json!(0), format!("{head}"))
    })
}

#[test]
fn a_workspace_is_renamed_duplicated_deleted_and_taken_back() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        page.aws("ec2 create-key-pair --key-name one").await?;
        let digest = page.digest().await?;
        page.button("Empty account").click().await?;
        let dialog = page.dialog("Workspaces");
        dialog.field("Name of Empty account").fill("Lab").await?;
        page.press("Enter").await?;
        dialog.field("Name of Lab").wait().await?;
        page.reload().await?;
        page.ready().await?;
        page.button("Lab").click().await?;
        dialog.button("Duplicate Lab").click().await?;
        dialog.wait_gone().await?;
        page.button("Lab (copy)").wait().await?;
        check(page.digest().await? == digest, "the copy is another world")?;
        page.aws("ec2 create-key-pair --key-name only-in-the-copy").await?;
        page.button("Lab (copy)").click().await?;
        dialog.button("Delete Lab").click().await?;
        dialog.button("Open Lab").wait_gone().await?;
        page.check_accessibility().await?;
        dialog.button("Take back Lab").click().await?;
        dialog.button("Take back Lab").wait_gone().await?;
        dialog.button("Open Lab").click().await?;
        dialog.wait_gone().await?;
        page.button("Lab").wait().await?;
        check(page.digest().await? == digest, "what came back is another world")
    })
}

/// Keeps what the page hands over as files, in the order in which it does, and lets none of it reach the disk.
const CATCH_FILES: &str = "
    globalThis.files = [];
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = file => { files.push(file); return make(file) };
    HTMLAnchorElement.prototype.click = () => {}";

/// Launches an instance for each text, with the text as its user data.
const LAUNCH_WITH: &str = "
    const wanted = { Owners: ['amazon'], Filters: [{ Name: 'architecture', Values: ['x86_64'] }] };
    const image = (await stratus.call('ec2', 'DescribeImages', wanted)).Images[0].ImageId;
    for (const text of given)
        await stratus.call('ec2', 'RunInstances', { ImageId: image, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1, UserData: btoa(text) })";

/// The user data of all instances, sorted; an instance without any has an empty text.
const USER_DATA: &str = "
    const texts = [];
    for (const { Instances: [{ InstanceId }] } of (await stratus.call('ec2', 'DescribeInstances', {})).Reservations) {
        const { UserData } = await stratus.call('ec2', 'DescribeInstanceAttribute', { InstanceId, Attribute: 'userData' });
        texts.push(atob(UserData?.Value ?? ''));
    }
    return texts.sort()";

#[test]
fn what_is_left_out_of_a_link_or_a_file_is_not_in_it() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=paused").await?;
        page.ready().await?;
        let (private, public) = ("echo my-own-word", "echo hello");
        page.script(LAUNCH_WITH, vec![json!(private), json!(public)]).await?;
        let all = page.script(USER_DATA, Vec::new()).await?;
        check(all == json!([public, private]), format!("{all}"))?;
        let line = "call 1, RunInstances: user data (UserData), 16 bytes";

        page.press("s").await?;
        let share = page.dialog("Share");
        share
            .field("call 2, RunInstances: user data (UserData), 10 bytes")
            .wait()
            .await?;
        let whole = share.field("Link").value().await?;
        // By keyboard, as with any list of checkboxes.
        share.field(line).press("Space").await?;
        let shorter = format!(
            "document.querySelector('dialog input.mono').value.length < {}",
            whole.len()
        );
        page.until("a shorter link", &shorter).await?;
        let link = share.field("Link").value().await?;
        share.wait_text(&format!("{} characters", link.len())).await?;
        page.check_accessibility().await?;
        let other = stage.browser().await?.first_page().await?;
        other.goto(&link.replace('#', "?clock=paused&tour=0#")).await?;
        other.ready().await?;
        other.button("Open a copy").click().await?;
        other
            .until("the copy to be open", "location.hash.startsWith('#w=')")
            .await?;
        let left = other.script(USER_DATA, Vec::new()).await?;
        check(left == json!(["", public]), format!("{left}"))?;

        page.script(CATCH_FILES, Vec::new()).await?;
        share.button("Export as a file").click().await?;
        let export = page.dialog("Export");
        export.field(line).click().await?;
        page.check_accessibility().await?;
        export.button("Export").click().await?;
        export.wait_gone().await?;
        let held = "const file = await files.at(-1).text(); return given.map(text => file.includes(btoa(text)))";
        let held = page.script(held, vec![json!(private), json!(public)]).await?;
        check(held == json!([false, true]), format!("{held}"))
    })
}

#[test]
fn a_name_can_be_typed_while_the_clock_runs() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&tour=0&clock=1").await?;
        page.ready().await?;
        page.button("Empty account").click().await?;
        let name = page.dialog("Workspaces").field("Name of Empty account");
        name.fill("Lab").await?;
        let now = "(await stratus.now())";
        let begun = page.script(&format!("return {now}"), Vec::new()).await?;
        page.until("a tick of the clock", &format!("{now} !== {begun}")).await?;
        check(name.value().await? == "Lab", "the clock drew over what was typed")
    })
}
