//! A load balancer as a learner meets it: its card and its lines on the map, the path through it, who reaches whom by it.

use serde_json::json;
use stratus_browser::{Find, Outcome, Page, check, stage};

use crate::story::{call, everyone, looks, text_at};

/// An Application Load Balancer before two web servers, of which one serves nothing; the first one's id.
async fn balanced(page: &Page) -> Outcome<String> {
    let zone = async |name: &str| {
        let wanted = json!({ "Filters": [{ "Name": "availability-zone", "Values": [name] }] });
        let found = call(page, "ec2", "DescribeSubnets", wanted).await?;
        let subnet = text_at(&found, "/Subnets/0/SubnetId")?;
        text_at(&found, "/Subnets/0/VpcId").map(|vpc| (subnet, vpc))
    };
    let ((a, vpc), (b, _)) = (zone("us-east-1a").await?, zone("us-east-1b").await?);
    let group = json!({ "VpcId": vpc, "GroupName": "front", "Description": "load balancer" });
    let group = text_at(&call(page, "ec2", "CreateSecurityGroup", group).await?, "/GroupId")?;
    let open = |group: &str, port: u16, from: &str| json!({ "GroupId": group, "IpProtocol": "tcp", "FromPort": port, "ToPort": port, "CidrIp": from });
    call(
        page,
        "ec2",
        "AuthorizeSecurityGroupIngress",
        open(&group, 80, "0.0.0.0/0"),
    )
    .await?;
    let web = json!({ "VpcId": vpc, "GroupName": "web", "Description": "web servers" });
    let web = text_at(&call(page, "ec2", "CreateSecurityGroup", web).await?, "/GroupId")?;
    call(
        page,
        "ec2",
        "AuthorizeSecurityGroupIngress",
        open(&web, 80, "172.31.0.0/16"),
    )
    .await?;
    let images = json!({ "Filters": [{ "Name": "name", "Values": ["ubuntu/images/*amd64*"] }] });
    let image = text_at(&call(page, "ec2", "DescribeImages", images).await?, "/Images/0/ImageId")?;
    let script = "IyEvYmluL2Jhc2gKYXB0LWdldCBpbnN0YWxsIC15IG5naW54Cg==";
    let launch = async |name: &str, subnet: &str, data: Option<&str>| {
        let tags = json!([{ "ResourceType": "instance", "Tags": [{ "Key": "Name", "Value": name }] }]);
        let mut run = json!({
            "ImageId": image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1, "SubnetId": subnet,
            "SecurityGroupIds": [web], "TagSpecifications": tags,
        });
        if let Some(data) = data {
            run["UserData"] = json!(data);
        }
        text_at(
            &call(page, "ec2", "RunInstances", run).await?,
            "/Instances/0/InstanceId",
        )
    };
    let first = launch("web-a", &a, Some(script)).await?;
    let second = launch("web-b", &b, None).await?;
    let made = json!({ "Name": "front", "Subnets": [a, b], "SecurityGroups": [group] });
    let made = call(page, "elbv2", "CreateLoadBalancer", made).await?;
    let balancer = text_at(&made, "/LoadBalancers/0/LoadBalancerArn")?;
    let targets = json!({ "Name": "webs", "Protocol": "HTTP", "Port": 80, "VpcId": vpc });
    let targets = text_at(
        &call(page, "elbv2", "CreateTargetGroup", targets).await?,
        "/TargetGroups/0/TargetGroupArn",
    )?;
    let both = json!({ "TargetGroupArn": targets, "Targets": [{ "Id": first }, { "Id": second }] });
    call(page, "elbv2", "RegisterTargets", both).await?;
    let action = json!([{ "Type": "forward", "TargetGroupArn": targets }]);
    let listener = json!({ "LoadBalancerArn": balancer, "Protocol": "HTTP", "Port": 80, "DefaultActions": action });
    call(page, "elbv2", "CreateListener", listener).await?;
    page.stratus("advance", vec![json!(600)]).await?;
    Ok(first)
}

#[test]
fn the_map_shows_a_load_balancer_with_its_nodes_and_the_health_of_its_targets() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=empty&clock=paused").await?;
        page.ready().await?;
        let first = balanced(&page).await?;
        page.region("Panels").button("Map").click().await?;
        let card = page.css(".balancer");
        card.wait_text("Application Load Balancer").await?;
        card.wait_text("unhealthy").await?;
        check(
            page.css(".mini.node").count().await? == 2,
            "A node in each of two subnets",
        )?;
        check(
            !page.region("Map").text().await?.contains("not attached"),
            "A node is nobody's free interface",
        )?;
        page.until(
            "its lines",
            "document.querySelectorAll('.balancer-edges path').length === 4",
        )
        .await?;
        looks(&page, "balancers/map", ".balancer").await?;
        page.css(".balancer .title").click().await?;
        let inspector = page.region("Inspector");
        inspector.wait_text("One address for many machines").await?;
        inspector.wait_text("HTTP 80").await?;
        inspector.button("webs").click().await?;
        inspector.wait_text("While none is healthy, all get traffic.").await?;
        page.check_accessibility().await?;
        page.css(".balancer .target.healthy").click().await?;
        inspector.wait_text(&first).await.map(drop)
    })
}

#[test]
fn a_path_leads_through_a_load_balancer_to_its_target() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=empty&clock=paused").await?;
        page.ready().await?;
        balanced(&page).await?;
        page.region("Panels").button("Map").click().await?;
        page.css(".balancer .title").click().await?;
        page.region("Inspector")
            .button("Trace from the Internet")
            .click()
            .await?;
        page.css(".verdict").wait_text("It gets through, both ways").await?;
        let path = page.region("Path");
        path.wait_text("web-a on a host in us-east-1a").await?;
        let chosen = path
            .field("Destination")
            .call("return this.selectedOptions[0].textContent", Vec::new())
            .await?;
        let chosen = chosen.as_str().unwrap_or_default().to_owned();
        check(chosen.contains("front · load balancer in us-east-1a"), chosen)?;
        path.button("Show the request's way").click().await?;
        for station in ["Listener", "Target group"] {
            path.wait_text(station).await?;
        }
        looks(&page, "balancers/path", ".stage").await?;
        everyone(&page).await?;
        let path = page.region("Path");
        path.field("Port").fill("80").await?;
        path.wait_text("1 through a load balancer").await?;
        path.wait_text("agree").await?;
        page.css("[data-cell='0-1']").click().await?;
        path.wait_text("→ web-a:80").await?;
        path.wait_text("unhealthy: gets nothing while others are well").await?;
        path.wait_text("front in us-east-1b").await?;
        looks(&page, "balancers/matrix", ".matrix").await
    })
}
