//! Whatever one asks of the network, in whatever order: nothing panics, the world stays sound after each call, undo and
//! redo lead where they say, and the log alone leads to the same world again.

#[path = "../runner/mod.rs"]
#[allow(dead_code, reason = "stories are run by main.rs")]
mod runner;

use proptest::prelude::*;
use stratus_engine::catalog::Region;
use stratus_engine::world::integrity;
use stratus_engine::{Engine, Options, World};

/// Calls with places to fill in: `{vpc}` is one of the VPCs there are (or none that exists), `{cidr}` a block, and so on.
#[rustfmt::skip]
const CALLS: &[(&str, &str)] = &[
    ("CreateVpc", r#"{"CidrBlock":"{cidr}","AmazonProvidedIpv6CidrBlock":{yes}}"#),
    ("DeleteVpc", r#"{"VpcId":"{vpc}"}"#),
    ("CreateDefaultVpc", "{}"),
    ("ModifyVpcAttribute", r#"{"VpcId":"{vpc}","EnableDnsHostnames":{"Value":{yes}}}"#),
    ("AssociateVpcCidrBlock", r#"{"VpcId":"{vpc}","CidrBlock":"{cidr}"}"#),
    ("AssociateVpcCidrBlock", r#"{"VpcId":"{vpc}","AmazonProvidedIpv6CidrBlock":true}"#),
    ("DisassociateVpcCidrBlock", r#"{"AssociationId":"{block}"}"#),
    ("CreateSubnet", r#"{"VpcId":"{vpc}","CidrBlock":"{cidr}"}"#),
    ("CreateDefaultSubnet", r#"{"AvailabilityZone":"us-east-1a"}"#),
    ("DeleteSubnet", r#"{"SubnetId":"{subnet}"}"#),
    ("CreateRouteTable", r#"{"VpcId":"{vpc}"}"#),
    ("DeleteRouteTable", r#"{"RouteTableId":"{rtb}"}"#),
    ("AssociateRouteTable", r#"{"RouteTableId":"{rtb}","SubnetId":"{subnet}"}"#),
    ("AssociateRouteTable", r#"{"RouteTableId":"{rtb}","GatewayId":"{igw}"}"#),
    ("DisassociateRouteTable", r#"{"AssociationId":"{rtbassoc}"}"#),
    ("ReplaceRouteTableAssociation", r#"{"AssociationId":"{rtbassoc}","RouteTableId":"{rtb}"}"#),
    ("CreateRoute", r#"{"RouteTableId":"{rtb}","DestinationCidrBlock":"{cidr}","GatewayId":"{igw}"}"#),
    ("CreateRoute", r#"{"RouteTableId":"{rtb}","DestinationPrefixListId":"{pl}","NetworkInterfaceId":"{eni}"}"#),
    ("ReplaceRoute", r#"{"RouteTableId":"{rtb}","DestinationCidrBlock":"{cidr}","NetworkInterfaceId":"{eni}"}"#),
    ("ReplaceRoute", r#"{"RouteTableId":"{rtb}","DestinationCidrBlock":"{cidr}","LocalTarget":true}"#),
    ("DeleteRoute", r#"{"RouteTableId":"{rtb}","DestinationCidrBlock":"{cidr}"}"#),
    ("CreateInternetGateway", "{}"),
    ("AttachInternetGateway", r#"{"InternetGatewayId":"{igw}","VpcId":"{vpc}"}"#),
    ("DetachInternetGateway", r#"{"InternetGatewayId":"{igw}","VpcId":"{vpc}"}"#),
    ("DeleteInternetGateway", r#"{"InternetGatewayId":"{igw}"}"#),
    ("CreateNetworkAcl", r#"{"VpcId":"{vpc}"}"#),
    ("DeleteNetworkAcl", r#"{"NetworkAclId":"{acl}"}"#),
    ("CreateNetworkAclEntry", r#"{"NetworkAclId":"{acl}","RuleNumber":{number},"Protocol":"-1","RuleAction":"deny","Egress":{yes},"CidrBlock":"{cidr}"}"#),
    ("DeleteNetworkAclEntry", r#"{"NetworkAclId":"{acl}","RuleNumber":{number},"Egress":{yes}}"#),
    ("ReplaceNetworkAclAssociation", r#"{"AssociationId":"{aclassoc}","NetworkAclId":"{acl}"}"#),
    ("CreateSecurityGroup", r#"{"GroupName":"g{number}","Description":"a group","VpcId":"{vpc}"}"#),
    ("DeleteSecurityGroup", r#"{"GroupId":"{sg}"}"#),
    ("AuthorizeSecurityGroupIngress", r#"{"GroupId":"{sg}","IpPermissions":[{"IpProtocol":"tcp","FromPort":{number},"ToPort":{number},"UserIdGroupPairs":[{"GroupId":"{sg}"}]}]}"#),
    ("AuthorizeSecurityGroupEgress", r#"{"GroupId":"{sg}","IpPermissions":[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"{cidr}"}],"PrefixListIds":[{"PrefixListId":"{pl}"}]}]}"#),
    ("RevokeSecurityGroupIngress", r#"{"GroupId":"{sg}","SecurityGroupRuleIds":["{sgr}"]}"#),
    ("RevokeSecurityGroupEgress", r#"{"GroupId":"{sg}","SecurityGroupRuleIds":["{sgr}"]}"#),
    ("ModifySecurityGroupRules", r#"{"GroupId":"{sg}","SecurityGroupRules":[{"SecurityGroupRuleId":"{sgr}","SecurityGroupRule":{"IpProtocol":"-1","CidrIpv4":"{cidr}"}}]}"#),
    ("CreateManagedPrefixList", r#"{"PrefixListName":"list","MaxEntries":{number},"AddressFamily":"IPv4","Entries":[{"Cidr":"{cidr}"}]}"#),
    ("ModifyManagedPrefixList", r#"{"PrefixListId":"{pl}","CurrentVersion":1,"AddEntries":[{"Cidr":"{cidr}"}]}"#),
    ("DeleteManagedPrefixList", r#"{"PrefixListId":"{pl}"}"#),
    ("CreateNetworkInterface", r#"{"SubnetId":"{subnet}","SecondaryPrivateIpAddressCount":{number}}"#),
    ("CreateNetworkInterface", r#"{"SubnetId":"{subnet}","Groups":["{sg}","{sg}"]}"#),
    ("DeleteNetworkInterface", r#"{"NetworkInterfaceId":"{eni}"}"#),
    ("ModifyNetworkInterfaceAttribute", r#"{"NetworkInterfaceId":"{eni}","Groups":["{sg}"]}"#),
    ("AssignPrivateIpAddresses", r#"{"NetworkInterfaceId":"{eni}","SecondaryPrivateIpAddressCount":{number}}"#),
    ("AssignPrivateIpAddresses", r#"{"NetworkInterfaceId":"{eni}","PrivateIpAddresses":["{ip}"],"AllowReassignment":{yes}}"#),
    ("UnassignPrivateIpAddresses", r#"{"NetworkInterfaceId":"{eni}","PrivateIpAddresses":["{ip}"]}"#),
    ("AllocateAddress", "{}"),
    ("ReleaseAddress", r#"{"AllocationId":"{eip}"}"#),
    ("AssociateAddress", r#"{"AllocationId":"{eip}","NetworkInterfaceId":"{eni}","AllowReassociation":{yes}}"#),
    ("AssociateAddress", r#"{"AllocationId":"{eip}","NetworkInterfaceId":"{eni}","PrivateIpAddress":"{ip}"}"#),
    ("DisassociateAddress", r#"{"AssociationId":"{eipassoc}"}"#),
    ("CreateTags", r#"{"Resources":["{vpc}","{sgr}"],"Tags":[{"Key":"k{number}","Value":"v"}]}"#),
    ("DeleteTags", r#"{"Resources":["{sg}"]}"#),
    ("DescribeRouteTables", "{}"),
    ("DescribeNetworkAcls", "{}"),
    ("DescribeSecurityGroups", "{}"),
    ("DescribeNetworkInterfaces", "{}"),
    ("DescribeSubnets", "{}"),
    ("DescribeAddresses", "{}"),
];

const CIDRS: &[&str] = &[
    "10.0.0.0/16",
    "10.0.0.0/24",
    "10.0.1.0/28",
    "10.1.0.0/16",
    "172.31.0.0/16",
    "172.31.0.0/20",
    "0.0.0.0/0",
    "100.64.0.0/20",
    "10.0.0.0/8",
    "nonsense",
];

/// What there is to fill a place with.
fn candidates(world: &World, place: &str) -> Vec<String> {
    let Some(ec2) = world.ec2(Region::US_EAST_1) else {
        return Vec::new();
    };
    match place {
        "vpc" => ec2.vpcs.rows().map(|row| row.id.to_string()).collect(),
        "block" => ec2
            .vpcs
            .rows()
            .flat_map(|row| row.cidrs.iter().map(|(id, _)| id.to_string()))
            .collect(),
        "subnet" => ec2.subnets.rows().map(|row| row.id.to_string()).collect(),
        "aclassoc" => ec2.subnets.rows().map(|row| row.acl.0.to_string()).collect(),
        "rtb" => ec2.route_tables.rows().map(|row| row.id.to_string()).collect(),
        "rtbassoc" => {
            let all = ec2
                .route_tables
                .rows()
                .flat_map(|row| row.main.into_iter().chain(row.subnets.iter().map(|(id, _)| *id)));
            all.map(|id| id.to_string()).collect()
        }
        "igw" => ec2.internet_gateways.rows().map(|row| row.id.to_string()).collect(),
        "acl" => ec2.network_acls.rows().map(|row| row.id.to_string()).collect(),
        "sg" => ec2.security_groups.rows().map(|row| row.id.to_string()).collect(),
        "sgr" => ec2
            .security_groups
            .rows()
            .flat_map(|row| row.rules.iter().map(|rule| rule.id.to_string()))
            .collect(),
        "pl" => ec2.prefix_lists.rows().map(|row| row.id.to_string()).collect(),
        "eni" => ec2.interfaces.rows().map(|row| row.id.to_string()).collect(),
        "ip" => ec2
            .interfaces
            .rows()
            .flat_map(|row| row.addresses.iter().map(|has| has.private.to_string()))
            .collect(),
        "eip" => ec2.addresses.rows().map(|row| row.id.to_string()).collect(),
        "eipassoc" => ec2
            .addresses
            .rows()
            .filter_map(|row| Some(row.association?.0.to_string()))
            .collect(),
        "cidr" => CIDRS.iter().map(|text| (*text).to_owned()).collect(),
        "number" => ["0", "1", "3", "22", "100"].map(str::to_owned).into(),
        _ => ["true", "false"].map(str::to_owned).into(),
    }
}

/// Fills the places of a call by the choices, one after the other.
fn fill(world: &World, template: &str, choices: &[u8]) -> String {
    let mut choices = choices.iter().cycle();
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let inside = &rest[at + 1..];
        let end = inside.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(inside.len());
        if end == 0 || !inside[end..].starts_with('}') {
            out.push_str(&rest[..=at]);
            rest = inside;
            continue;
        }
        let all = candidates(world, &inside[..end]);
        let choice = usize::from(*choices.next().unwrap_or(&0));
        // One time in eight, what does not exist.
        let absent = format!("{}-00000000000000000", &inside[..end]);
        let chosen = if choice % 8 == 7 && !matches!(&inside[..end], "yes" | "number") {
            None
        } else {
            all.get(choice % all.len().max(1))
        };
        out.push_str(&rest[..at]);
        out.push_str(chosen.unwrap_or(&absent));
        rest = &inside[end + 1..];
    }
    out.push_str(rest);
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_network_stays_sound(steps in prop::collection::vec((any::<u16>(), prop::collection::vec(any::<u8>(), 4)), 1..120)) {
        let mut engine = Engine::new(Options::default());
        let mut made = 0_usize;
        for (step, choices) in &steps {
            match step % 24 {
                0 => { engine.undo(); }
                1 => { engine.redo(); }
                _ => {
                    let (operation, template) = CALLS[usize::from(step / 24) % CALLS.len()];
                    let world = engine.world_in(Region::US_EAST_1);
                    let params = runner::read("ec2", operation, &fill(&world, template, choices)).map_err(TestCaseError::fail)?;
                    made += usize::from(engine.call(Region::US_EAST_1, "ec2", operation, params).is_ok());
                }
            }
            let faults = integrity::check(engine.world());
            prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
        }
        prop_assert!(made > 0 || steps.len() < 40, "no call of {} did anything", steps.len());
        let digest = runner::replay(&engine).map_err(TestCaseError::fail)?;
        prop_assert_eq!(digest, engine.digest());
    }
}
