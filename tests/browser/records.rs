//! Records of every kind, health checks and zone files, made with the forms of the page.

use serde_json::{Value, json};
use stratus_browser::page::Emulation;
use stratus_browser::{Find, Locator, Outcome, Page, check, stage};

use crate::story::{KEEP_FILES, call, looks, text_at};

/// A world with the zone example.com, shown; the zone's id.
async fn zone(page: &Page) -> Outcome<String> {
    page.ready().await?;
    page.emulate(Emulation::DESKTOP.still()).await?;
    page.aws("route53 create-hosted-zone --name example.com --caller-reference 1")
        .await?;
    page.stratus("advance", vec![json!(120)]).await?;
    page.region("Panels").button("DNS").click().await?;
    page.region("Zone example.com").wait().await?;
    let zones = page.aws("route53 list-hosted-zones").await?;
    text_at(&zones, "/HostedZones/0/Id")
}

/// The records of a type in the zone, as the API lists them.
async fn records(page: &Page, zone: &str, record_type: &str) -> Outcome<Vec<Value>> {
    let listed = call(page, "route53", "ListResourceRecordSets", json!({"HostedZoneId": zone})).await?;
    let all = listed["ResourceRecordSets"].as_array().cloned().unwrap_or_default();
    Ok(all
        .into_iter()
        .filter(|set| set["Type"] == json!(record_type))
        .collect())
}

/// Fills in the name, the value and the routing policy of a new record.
async fn begin(form: &Locator, name: &str, value: &str, policy: &str) -> Outcome {
    form.field("Record name").fill(name).await?;
    form.field("Value").fill(value).await?;
    form.field("Routing policy").choose(policy).await
}

#[test]
fn records_are_made_for_every_routing_policy_and_go_by_a_health_check() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&seed=1&tour=0&clock=paused").await?;
        let id = zone(&page).await?;
        let settings = json!({"Type": "TCP", "IPAddress": "192.0.2.1", "Port": 80});
        let asked = json!({"CallerReference": "1", "HealthCheckConfig": settings});
        let health = call(&page, "route53", "CreateHealthCheck", asked).await?;
        let health = text_at(&health, "/HealthCheck/Id")?;
        let form = page.region("Zone example.com");

        begin(&form, "www", "192.0.2.1", "weighted").await?;
        // Fields come and go beneath a choice that keeps the focus.
        form.field("Routing policy").choose("simple").await?;
        check(
            form.field("Routing policy").focused().await?,
            "the choice keeps the focus",
        )?;
        form.field("Routing policy").choose("weighted").await?;
        form.wait_text("each gets its weight out of the sum of all weights")
            .await?;
        form.field("Weight").fill("3").await?;
        form.field("Set identifier").fill("blue").await?;
        form.field("Health check").choose("TCP 192.0.2.1:80").await?;
        form.wait_text("change-resource-record-sets").await?;
        looks(&page, "records/weighted", ".one-call").await?;
        form.button("Create record").click().await?;
        form.wait_text("blue: weight 3").await?;
        form.field("Record name").fill("www").await?;
        form.wait_text("This name has weighted records of this type already")
            .await?;
        begin(&form, "www", "192.0.2.2", "weighted").await?;
        form.field("Set identifier").fill("green").await?;
        form.button("Create record").click().await?;
        form.wait_text("green: weight 1").await?;
        let made = records(&page, &id, "A").await?;
        let blue = json!({"Name": "www.example.com.", "Type": "A", "SetIdentifier": "blue", "Weight": 3, "TTL": 300,
            "ResourceRecords": [{"Value": "192.0.2.1"}], "HealthCheckId": health});
        check(made.contains(&blue) && made.len() == 2, format!("{made:?}"))?;

        begin(&form, "near", "192.0.2.1", "latency").await?;
        form.field("Region").choose("eu-central-1").await?;
        form.button("Create record").click().await?;
        form.wait_text("eu-central-1: latency from eu-central-1").await?;
        begin(&form, "spare", "192.0.2.1", "failover").await?;
        form.field("Role").choose("secondary").await?;
        form.button("Create record").click().await?;
        form.wait_text("secondary: failover: secondary").await?;
        begin(&form, "land", "192.0.2.1", "geolocation").await?;
        form.field("Askers in").choose("Europe · continent").await?;
        looks(&page, "records/place", ".one-call").await?;
        form.button("Create record").click().await?;
        form.wait_text("Europe: askers in EU").await?;
        begin(&form, "many", "192.0.2.1", "multivalue answer").await?;
        form.button("Create record").click().await?;
        form.wait_text("A 1: one of several").await?;
        check(records(&page, &id, "A").await?.len() == 6, "six records")?;

        form.button("Edit the A record green of www.example.com")
            .click()
            .await?;
        let dialog = page.dialog("A record green of www.example.com");
        dialog.field("Weight").fill("9").await?;
        dialog.button("Save").click().await?;
        form.wait_text("green: weight 9").await?;
        page.stratus("undo", Vec::new()).await?;
        form.wait_text("green: weight 1").await.map(drop)
    })
}

#[test]
fn an_alias_names_what_the_world_has() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&seed=1&tour=0&clock=paused").await?;
        let id = zone(&page).await?;
        let form = page.region("Zone example.com");
        form.field("Holds").choose("alias").await?;
        form.wait_text("Nothing is there yet that it could be an alias of")
            .await?;
        let subnets = page.aws("ec2 describe-subnets").await?;
        let subnets = [
            text_at(&subnets, "/Subnets/0/SubnetId")?,
            text_at(&subnets, "/Subnets/1/SubnetId")?,
        ];
        let front = call(
            &page,
            "elbv2",
            "CreateLoadBalancer",
            json!({"Name": "front", "Subnets": subnets}),
        )
        .await?;
        call(&page, "s3", "CreateBucket", json!({"Bucket": "www.example.com"})).await?;
        let site = json!({"IndexDocument": {"Suffix": "index.html"}});
        let asked = json!({"Bucket": "www.example.com", "WebsiteConfiguration": site});
        call(&page, "s3", "PutBucketWebsite", asked).await?;

        form.field("Target").choose("Application Load Balancer front").await?;
        form.field("Answer only while the target is healthy").click().await?;
        looks(&page, "records/alias", ".one-call").await?;
        form.button("Create record").click().await?;
        form.wait_text("alias of front-").await?;
        let made = records(&page, &id, "A").await?;
        let target = &made[0]["AliasTarget"];
        let zone = &front["LoadBalancers"][0]["CanonicalHostedZoneId"];
        check(
            target["HostedZoneId"] == *zone && target["EvaluateTargetHealth"] == json!(true),
            format!("{made:?}"),
        )?;
        // What is there already is refused in AWS's words, beside the field.
        form.field("Holds").choose("alias").await?;
        form.field("Target")
            .choose("website of the bucket www.example.com")
            .await?;
        form.button("Create record").click().await?;
        form.wait_text("it already exists").await?;
        form.field("Record name").fill("").await?;
        form.field("Target").choose("www.example.com").await?;
        form.button("Create record").click().await?;
        form.wait_text("alias of www.example.com").await.map(drop)
    })
}

#[test]
fn health_checks_are_made_of_endpoints_and_of_others() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&seed=1&tour=0&clock=paused").await?;
        zone(&page).await?;
        let dns = page.region("DNS");
        dns.role("tab", "Health checks").click().await?;
        dns.button("Create health check").click().await?;
        let dialog = page.dialog("Create health check");
        dialog.field("IP address").fill("192.0.2.1").await?;
        dialog.field("Path").fill("/ready").await?;
        dialog.field("Text that must come (optional)").fill("fine").await?;
        dialog.field("Each checker asks every").choose("10 seconds").await?;
        dialog.wait_text("create-health-check").await?;
        looks(&page, "records/check", ".one-call").await?;
        dialog.button("Create health check").click().await?;
        dialog.wait_gone().await?;
        dns.wait_text("HTTP_STR_MATCH 192.0.2.1:80").await?;
        dns.button("Create health check").click().await?;
        dialog.field("What is checked").choose("TCP").await?;
        dialog.field("Endpoint by").choose("its name").await?;
        dialog.field("Name").fill("www.example.com").await?;
        dialog.button("Create health check").click().await?;
        dialog.wait_text("Say which port is checked").await?;
        dialog.field("Port").fill("22").await?;
        dialog.button("Create health check").click().await?;
        dialog.wait_gone().await?;
        dns.button("Create health check").click().await?;
        dialog.field("What is checked").choose("calculated").await?;
        dialog.field("So many must be healthy").fill("1").await?;
        dialog.button("Create health check").click().await?;
        dialog.wait_gone().await?;
        let listed = call(&page, "route53", "ListHealthChecks", json!({})).await?;
        let all = listed["HealthChecks"].as_array().cloned().unwrap_or_default();
        let of = |kind: &str| {
            all.iter()
                .map(|one| &one["HealthCheckConfig"])
                .find(|one| one["Type"] == json!(kind))
        };
        let web = of("HTTP_STR_MATCH").cloned().unwrap_or_default();
        check(
            web["ResourcePath"] == json!("/ready")
                && web["SearchString"] == json!("fine")
                && web["RequestInterval"] == json!(10),
            format!("{web}"),
        )?;
        let port = of("TCP").cloned().unwrap_or_default();
        check(
            port["Port"] == json!(22) && port["FullyQualifiedDomainName"] == json!("www.example.com"),
            format!("{port}"),
        )?;
        let counted = of("CALCULATED").cloned().unwrap_or_default();
        let children = counted["ChildHealthChecks"].as_array().map(Vec::len);
        check(
            children == Some(2) && counted["HealthThreshold"] == json!(1),
            format!("{counted}"),
        )
    })
}

#[test]
fn a_zone_leaves_as_a_file_and_comes_back_told_beforehand() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&seed=1&tour=0&clock=paused").await?;
        let id = zone(&page).await?;
        let form = page.region("Zone example.com");
        form.button("Import… into the zone example.com").click().await?;
        let dialog = page.dialog("Import into example.com");
        // As a picked file.
        let pick = "const given = new DataTransfer();\
            given.items.add(new File(['$TTL 60\\nwww IN A 192.0.2.1\\nwww IN A 192.0.2.2\\n@ IN MX 10 mail\\n@ IN NS ns.example.net.\\n'], 'example.zone'));\
            const input = document.querySelector('.one-call input[type=file]');\
            input.files = given.files; input.dispatchEvent(new Event('change', {bubbles: true}));";
        page.script(pick, Vec::new()).await?;
        dialog
            .wait_text("www.example.com A 192.0.2.1, 192.0.2.2 (TTL 60 s) is made")
            .await?;
        dialog.wait_text("is left out: the zone keeps its own").await?;
        looks(&page, "records/import", ".one-call").await?;
        dialog.button("Import").click().await?;
        dialog.wait_gone().await?;
        form.wait_text("10 mail.example.com").await?;
        check(records(&page, &id, "NS").await?.len() == 1, "its own NS alone")?;

        form.button("Import… into the zone example.com").click().await?;
        dialog.field("Zone file").fill("www 90 IN A").await?;
        dialog.wait_text("Line 1:").await?;
        dialog.field("Zone file").fill("www 90 IN A 192.0.2.9").await?;
        dialog.wait_text("is there already: the import will be refused").await?;
        dialog.button("Import").click().await?;
        dialog.wait_text("InvalidChangeBatch").await?;
        dialog
            .field("Put the file's record in place of one that is there already")
            .click()
            .await?;
        dialog.wait_text("takes the place of the one that is there").await?;
        dialog.button("Import").click().await?;
        dialog.wait_gone().await?;

        page.script(KEEP_FILES, Vec::new()).await?;
        form.button("Export the zone example.com").click().await?;
        page.until("the file", "saved.length === 1").await?;
        let read = "const [name, blob] = saved[0]; return [name, await blob.text()]";
        let file = page.script(read, Vec::new()).await?;
        let text = file[1].as_str().unwrap_or_default();
        check(
            file[0] == json!("example.com.zone") && text.contains("192.0.2.9") && text.contains("$ORIGIN example.com."),
            format!("{file}"),
        )?;
        looks(&page, "records/zone", ".records").await
    })
}
