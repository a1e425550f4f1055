//! An address opened by its name: what the resolver says, the packet's way, what answers, and why each was so.

use serde_json::json;
use stratus_browser::{Find, Outcome, check, stage};

use crate::story::{call, looks, text_at};

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
        visit.field("Address").fill("ftp://www.shop.example/").await?;
        visit.button("Open").click().await?;
        visit.wait_text("ftp:// is not simulated; use http://").await?;
        visit.field("Address").fill("www.shop.example").await?;
        visit.button("Open").click().await?;
        visit.button("Show the path").click().await?;
        page.region("Path")
            .wait_text("Blocked by a security group")
            .await
            .map(drop)
    })
}

#[test]
fn a_request_to_s3_shows_its_endpoint_and_the_policy_that_decides() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?scenario=empty&seed=1&tour=0&clock=paused").await?;
        page.ready().await?;
        let bucket = json!({"Bucket": "diary"});
        call(&page, "s3", "CreateBucket", bucket.clone()).await?;
        call(&page, "s3", "DeletePublicAccessBlock", bucket).await?;
        let object = json!({"Bucket": "diary", "Key": "hello.txt", "Body": "dear diary", "ContentType": "text/plain"});
        call(&page, "s3", "PutObject", object).await?;
        let tables = call(&page, "ec2", "DescribeRouteTables", json!({})).await?;
        let table = text_at(&tables, "/RouteTables/0/RouteTableId")?;
        let vpc = text_at(&tables, "/RouteTables/0/VpcId")?;
        let images =
            json!({"Owners": ["amazon"], "Filters": [{"Name": "name", "Values": ["al2023-ami-2023*-x86_64"]}]});
        let images = call(&page, "ec2", "DescribeImages", images).await?;
        let launch = json!({"ImageId": text_at(&images, "/Images/0/ImageId")?, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1});
        call(&page, "ec2", "RunInstances", launch).await?;
        let door = json!({"VpcId": vpc, "ServiceName": "com.amazonaws.us-east-1.s3", "RouteTableIds": [table]});
        let made = call(&page, "ec2", "CreateVpcEndpoint", door).await?;
        let endpoint = text_at(&made, "/VpcEndpoint/VpcEndpointId")?;
        let policy = json!({"Version": "2012-10-17", "Statement": [
            {"Sid": "All", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::diary/*"},
            {"Sid": "OnlyMine", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::diary/*",
             "Condition": {"StringNotEquals": {"aws:SourceVpce": endpoint}}}]});
        call(
            &page,
            "s3",
            "PutBucketPolicy",
            json!({"Bucket": "diary", "Policy": policy.to_string()}),
        )
        .await?;
        page.stratus("advance", vec![json!(180)]).await?;
        page.region("Panels").button("DNS").click().await?;
        let dns = page.region("DNS");
        dns.role("tab", "Open an address").click().await?;
        let visit = dns.region("Visitor");
        visit
            .field("Address")
            .fill("https://diary.s3.us-east-1.amazonaws.com/hello.txt")
            .await?;
        // From outside there is no endpoint.
        visit.button("Open").click().await?;
        visit
            .wait_text("Policies: Statement 2 (OnlyMine) of the bucket's policy keeps the request out")
            .await?;
        visit.wait_text("which has no aws:SourceVpce").await?;
        visit
            .wait_text("S3 sees the public address 203.0.113.25, and no VPC.")
            .await?;
        visit.wait_text("Answer: 403 Forbidden from S3").await?;
        looks(&page, "visits/s3-outside", ".visit").await?;
        // From the guest the packet goes through it, and the request says so.
        visit.field("Opened by").choose("by its VPC's resolver").await?;
        visit.button("Open").click().await?;
        visit.wait_text(&format!("through {endpoint} and back")).await?;
        visit
            .wait_text("Policies: Statement 1 (All) of the bucket's policy lets the request in")
            .await?;
        visit.wait_text("Answer: 200 OK from the bucket diary").await?;
        visit.wait_text("dear diary").await?;
        looks(&page, "visits/s3-endpoint", ".visit").await?;
        // What is asked follows the world: the endpoint's own policy now lets another bucket pass alone.
        let books = json!({"Version": "2012-10-17", "Statement": [
            {"Sid": "Books", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::books/*"}]});
        let change = json!({"VpcEndpointId": endpoint, "PolicyDocument": books.to_string()});
        call(&page, "ec2", "ModifyVpcEndpoint", change).await?;
        visit
            .wait_text(&format!("Policies: The policy of {endpoint} keeps the request out"))
            .await?;
        visit
            .wait_text("because no VPC endpoint policy allows the s3:GetObject action")
            .await?;
        looks(&page, "visits/s3-endpoint-policy", ".visit").await
    })
}
