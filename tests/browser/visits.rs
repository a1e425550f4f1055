//! An address opened by its name: what the resolver says, the packet's way, what answers, and why each was so.

use serde_json::json;
use stratus_browser::{Find, Outcome, check, stage};

use crate::story::{call, looks};

#[test]
fn an_address_is_opened_by_name_and_each_step_has_its_why() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&seed=1&tour=0&clock=paused").await?;
        page.ready().await?;
        page.region("Panels").button("DNS").click().await?;
        let dns = page.region("DNS");
        dns.role("tab", "Rolling deployment").click().await?;
        dns.button("Set up blue and green").click().await?;
        dns.button("Set up another pair").wait().await?;
        page.stratus("advance", vec![json!(1800)]).await?;
        dns.role("tab", "Open an address").click().await?;
        let visit = dns.region("Visitor");
        // It begins with a name of the world's own zone.
        visit.button("Open").click().await?;
        visit.wait_text("DNS: www.shop.example is ").await?;
        visit.wait_text("Asked for afresh").await?;
        visit.wait_text("Answer: 200 OK from ").await?;
        looks(&page, "visits/answered", ".visit").await?;
        visit.css("li:nth-child(1) summary").click().await?;
        visit.role("list", "Steps").wait_text("a.root-servers.net").await?;
        visit.css("li:nth-child(2) summary").click().await?;
        visit.css(".visit-hops li:first-child").wait().await?;
        looks(&page, "visits/why", ".visit-steps").await?;
        visit.button("Open").click().await?;
        visit.wait_text("From the resolver's memory").await?;
        // What has been asked follows the world: without the rule nothing answers any more.
        let groups = call(&page, "ec2", "DescribeSecurityGroupRules", json!({})).await?;
        let rules: Vec<&serde_json::Value> = groups
            .pointer("/SecurityGroupRules")
            .and_then(|all| all.as_array())
            .into_iter()
            .flatten()
            .filter(|rule| rule["FromPort"] == 80 && rule["IsEgress"] == false)
            .collect();
        check(!rules.is_empty(), "a rule lets the Web in")?;
        for rule in rules {
            let params = json!({"GroupId": rule["GroupId"], "SecurityGroupRuleIds": [rule["SecurityGroupRuleId"]]});
            call(&page, "ec2", "RevokeSecurityGroupIngress", params).await?;
        }
        visit.wait_text("does not get through").await?;
        looks(&page, "visits/stopped", ".visit").await?;
        // A name that is not there, another scheme, and the path's own panel.
        visit.field("Address").fill("http://nothing.shop.example/").await?;
        visit.button("Open").click().await?;
        visit
            .wait_text("DNS: no address for nothing.shop.example (NXDOMAIN)")
            .await?;
        visit.field("Address").fill("https://www.shop.example/").await?;
        visit.button("Open").click().await?;
        visit.wait_text("https:// is not simulated; use http://").await?;
        visit.field("Address").fill("www.shop.example").await?;
        visit.button("Open").click().await?;
        visit.button("Show the path").click().await?;
        page.region("Path")
            .wait_text("Blocked by a security group")
            .await
            .map(drop)
    })
}
