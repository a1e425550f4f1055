//! What a button calls, as text: the command and the program of the same call, wherever one is shown, by one choice.

use stratus_browser::{Find, Outcome, check, stage};

#[test]
fn every_call_is_told_as_a_command_or_as_a_python_program() -> Outcome {
    stage(async |stage| {
        let page = stage.open("?tour=0&scenario=web-server&clock=paused").await?;
        page.ready().await?;
        // A launch that is still to be made.
        page.press("n").await?;
        let launch = page.dialog("Launch instance");
        launch.wait_text("aws ec2 run-instances").await?;
        // 720 hours of a t3.micro and of its address, and 8 GiB of gp3 at $0.08 a month.
        let price = "$0.0104 an hour; $11.73 in 30 days, with $0.64 of gp3 disk and $3.60 of public address";
        launch.wait_text(price).await?;
        let review = page.region("Review");
        review.field("Show as").choose("Python (boto3)").await?;
        let program = review.wait_text("ec2.run_instances(").await?;
        check(
            program.contains("import boto3") && !program.contains("aws ec2 run-instances"),
            program,
        )?;
        page.press("Escape").await?;
        launch.wait_gone().await?;
        // The choice holds everywhere: in another form, and for what was called long ago.
        page.region("Panels").button("DNS").click().await?;
        page.region("DNS").button("Create hosted zone").click().await?;
        let zone = page.dialog("Create hosted zone");
        zone.field("Domain").fill("example.com").await?;
        zone.wait_text("route53.create_hosted_zone(").await?;
        zone.wait_text("Name=\"example.com\"").await?;
        page.press("Escape").await?;
        zone.wait_gone().await?;
        page.region("Panels").button("Timeline").click().await?;
        let timeline = page.region("Timeline");
        timeline.wait_text("RunInstances").await?;
        let unfold = "const line = [...document.querySelectorAll('ol.timeline li')].find(one => one.textContent.includes('RunInstances')); \
                      [...line.querySelectorAll('button')].find(one => one.getAttribute('aria-expanded') === 'false').click(); return true";
        page.script(unfold, Vec::new()).await?;
        timeline.wait_text("ec2.run_instances(").await?;
        timeline.field("Show as").choose("AWS CLI").await?;
        timeline.wait_text("aws ec2 run-instances").await?;
        page.check_accessibility().await
    })
}
