//! Forms of the network: VPCs, subnets, tables, gateways, addresses, interfaces.

use super::FormKind;
use super::builder::{Builder, Options, Place, Spec, Values, eldest_first, named, some};
use ipnet::Ipv4Net;
use stratus_engine::World;
use stratus_engine::base::ids::*;
use stratus_engine::world::vpc::{NetworkAcl, RouteTable, Subnet, Vpc};
use stratus_model::{Structure, field};

/// The form of a kind of this file.
pub fn spec(kind: &FormKind, world: &World, values: &Values) -> Option<Spec> {
    let form = Place::of(kind, world)?;
    let b = Builder::new(values);
    match kind {
        FormKind::CreateVpc(_) => Some(form.create_vpc(b)),
        FormKind::CreateSubnet(_, vpc) => form.create_subnet(b, *vpc),
        FormKind::CreateGroup(_, vpc) => Some(form.create_group(b, *vpc)),
        FormKind::CreateRouteTable(_, vpc) => Some(form.create_table(b, *vpc)),
        FormKind::CreateAcl(_, vpc) => Some(form.create_acl(b, *vpc)),
        FormKind::ChooseSubnet(_, table) => form.choose_subnet(b, *table),
        FormKind::ChooseTable(_, subnet) => form.choose_table(b, *subnet),
        FormKind::ChooseAcl(_, subnet) => form.choose_acl(b, *subnet),
        FormKind::AttachGateway(_, gateway) => Some(form.attach_gateway(b, *gateway)),
        FormKind::AssociateAddress(_, address) => Some(form.associate_address(b, *address)),
        FormKind::CreateInterface(_, subnet) => form.create_interface(b, *subnet),
        FormKind::AttachInterface(_, interface) => form.attach_interface(b, *interface),
        FormKind::ChooseGroups(_, interface) => form.choose_groups(b, *interface),
        _ => None,
    }
}

impl Place<'_> {
    fn create_vpc(&self, mut b: Builder<'_>) -> Spec {
        let name = b.text("Name", "Name", "");
        let taken: Vec<Ipv4Net> = self
            .ec2
            .vpcs
            .rows()
            .flat_map(|vpc| vpc.cidrs.iter().map(|(_, c)| *c))
            .collect();
        let free = (0..=255_u8)
            .filter_map(|n| format!("10.{n}.0.0/16").parse::<Ipv4Net>().ok())
            .find(|block| !taken.iter().any(|other| other.contains(block) || block.contains(other)));
        let block = b.text(
            "CidrBlock",
            "IPv4 block",
            free.map(|block| block.to_string()).unwrap_or_default(),
        );
        b.hint("From /16 (65,536 addresses) to /28 (16). Blocks of VPCs that are to be joined later must not overlap.");
        b.need("A VPC needs a block of addresses.");
        let params = Structure::new().with(field::CIDR_BLOCK, block);
        let call = self.call("CreateVpc", named(params, "vpc", &name));
        b.finish(
            "Create VPC",
            "A network of your own, cut off from all others. It comes with a main route table, a network ACL and a security group, but with no subnet and no way to the Internet.",
            "Create VPC",
            call,
        )
        .making(Kind::Vpc, "The VPC is there")
    }

    /// The first /24 (or a quarter of a smaller VPC) that no subnet uses yet.
    fn free_block(&self, vpc: &Vpc) -> Option<Ipv4Net> {
        let (_, whole) = vpc.cidrs.first()?;
        let length = 24.max(whole.prefix_len() + 2).min(28);
        let taken: Vec<Ipv4Net> = self
            .ec2
            .subnets
            .rows()
            .filter(|s| s.vpc == vpc.id)
            .map(|s| s.cidr)
            .collect();
        let free = |block: &Ipv4Net| !taken.iter().any(|other| other.contains(block) || block.contains(other));
        whole
            .subnets(length)
            .ok()?
            .take(4096)
            .skip(usize::from(whole.prefix_len() <= 16))
            .find(free)
    }

    fn create_subnet(&self, mut b: Builder<'_>, vpc: VpcId) -> Option<Spec> {
        let row = self.ec2.vpcs.get(&vpc)?;
        let name = b.text("Name", "Name", "");
        let zones = self
            .region
            .zones()
            .map(|zone| (zone.name(), format!("{} ({})", zone.name(), zone.id())));
        let zone = b.choose("AvailabilityZone", "Availability Zone", "", zones.collect());
        b.hint("A subnet lies in one zone. Put copies of what must not fail into two.");
        let block = self.free_block(row).map(|block| block.to_string()).unwrap_or_default();
        let block = b.text("CidrBlock", "IPv4 block", block);
        let all: Vec<String> = row.cidrs.iter().map(|(_, block)| block.to_string()).collect();
        b.hint(format!(
            "A part of {}. AWS keeps five addresses of each subnet for itself.",
            all.join(", ")
        ));
        b.need("A subnet needs a block of addresses.");
        let params = Structure::new()
            .with(field::VPC_ID, vpc.to_string())
            .with(field::CIDR_BLOCK, block)
            .with_some(field::AVAILABILITY_ZONE, some(&zone));
        let call = self.call("CreateSubnet", named(params, "subnet", &name));
        let about = "A part of the VPC's addresses in one zone. It is routed by the main table until you choose another: public if that has a route to an internet gateway.";
        Some(
            b.finish("Create subnet", about, "Create subnet", call)
                .making(Kind::Subnet, "The subnet is there"),
        )
    }

    fn create_group(&self, mut b: Builder<'_>, vpc: VpcId) -> Spec {
        let name = b.text("GroupName", "Name", "");
        b.need("A security group needs a name.");
        let description = b.text("Description", "Description", "");
        b.also(&["GroupDescription"]);
        b.need("AWS wants a description, too.");
        let params = Structure::new()
            .with(field::GROUP_NAME, name)
            .with(field::DESCRIPTION, description)
            .with(field::VPC_ID, vpc.to_string());
        let call = self.call("CreateSecurityGroup", params);
        b.finish(
            "Create security group",
            "A set of allow rules for interfaces. A new one lets nothing in and everything out.",
            "Create group",
            call,
        )
        .making(Kind::SecurityGroup, "The group is there")
    }

    fn create_table(&self, mut b: Builder<'_>, vpc: VpcId) -> Spec {
        let name = b.text("Name", "Name", "");
        let params = Structure::new().with(field::VPC_ID, vpc.to_string());
        let call = self.call("CreateRouteTable", named(params, "route-table", &name));
        b.finish(
            "Create route table",
            "Routes for the subnets that you associate with it. A new one knows the way within the VPC only.",
            "Create table",
            call,
        )
        .making(Kind::RouteTable, "The route table is there")
    }

    fn create_acl(&self, mut b: Builder<'_>, vpc: VpcId) -> Spec {
        let name = b.text("Name", "Name", "");
        let params = Structure::new().with(field::VPC_ID, vpc.to_string());
        let call = self.call("CreateNetworkAcl", named(params, "network-acl", &name));
        b.finish(
            "Create network ACL",
            "Numbered rules at the edge of subnets, in and out by themselves. A new one denies everything.",
            "Create ACL",
            call,
        )
        .making(Kind::NetworkAcl, "The network ACL is there")
    }

    fn choose_subnet(&self, mut b: Builder<'_>, table: RouteTableId) -> Option<Spec> {
        let row = self.ec2.route_tables.get(&table)?;
        let others = self.ec2.subnets.rows().filter(|subnet| subnet.vpc == row.vpc);
        let others = others.filter(|subnet| !row.subnets.iter().any(|(_, id)| *id == subnet.id));
        let option = |s: &Subnet| {
            let label = format!("{} · {} · {}", self.name(s.id), s.cidr, s.zone.name());
            (s.born, s.id.to_string(), label)
        };
        let options = eldest_first(others.map(option).collect());
        let subnet = b.choose("SubnetId", "Subnet", "", options);
        b.need("All subnets of the VPC use this table by name already.");
        let params = Structure::new()
            .with(field::ROUTE_TABLE_ID, table.to_string())
            .with(field::SUBNET_ID, subnet);
        let call = self.call("AssociateRouteTable", params);
        let about = "The subnet is routed by this table from now on, no longer by the main one.";
        Some(
            b.finish("Associate a subnet", about, "Associate", call)
                .telling("The subnet is routed by this table now"),
        )
    }

    fn choose_table(&self, mut b: Builder<'_>, subnet: SubnetId) -> Option<Spec> {
        let row = self.ec2.subnets.get(&subnet)?;
        let own = self.ec2.table_of_subnet.get(&subnet).copied();
        let tables = self.ec2.route_tables.rows();
        let others = tables.filter(|table| table.vpc == row.vpc && Some(table.id) != own);
        let option = |table: &RouteTable| {
            let main = if table.main.is_some() { " (main)" } else { "" };
            let routes = crate::map::count(table.routes.len() + 1, "route", "routes");
            let label = format!("{}{main} · {routes}", self.name(table.id));
            (table.born, table.id.to_string(), label)
        };
        let options = eldest_first(others.map(option).collect());
        let table = b.choose("RouteTableId", "Route table", "", options);
        b.need("The VPC has no other route table: create one first.");
        let association = own
            .and_then(|own| self.ec2.route_tables.get(&own))
            .and_then(|table| table.subnets.iter().find(|(_, id)| *id == subnet))
            .map(|(association, _)| association.to_string());
        let call = match association {
            Some(association) => self.call(
                "ReplaceRouteTableAssociation",
                Structure::new()
                    .with(field::ASSOCIATION_ID, association)
                    .with(field::ROUTE_TABLE_ID, table),
            ),
            None => self.call(
                "AssociateRouteTable",
                Structure::new()
                    .with(field::ROUTE_TABLE_ID, table)
                    .with(field::SUBNET_ID, subnet.to_string()),
            ),
        };
        let about =
            "The table decides where packets go that leave this subnet, and so whether it is public or private.";
        Some(
            b.finish("Choose a route table", about, "Use this table", call)
                .telling("The subnet is routed by that table now"),
        )
    }

    fn choose_acl(&self, mut b: Builder<'_>, subnet: SubnetId) -> Option<Spec> {
        let row = self.ec2.subnets.get(&subnet)?;
        let (association, own) = row.acl;
        let acls = self.ec2.network_acls.rows();
        let others = acls.filter(|acl| acl.vpc == row.vpc && acl.id != own);
        let option = |acl: &NetworkAcl| {
            let default = if acl.is_default { " (default)" } else { "" };
            (acl.born, acl.id.to_string(), format!("{}{default}", self.name(acl.id)))
        };
        let options = eldest_first(others.map(option).collect());
        let acl = b.choose("NetworkAclId", "Network ACL", "", options);
        b.need("The VPC has no other network ACL: create one first.");
        let params = Structure::new()
            .with(field::ASSOCIATION_ID, association.to_string())
            .with(field::NETWORK_ACL_ID, acl);
        let call = self.call("ReplaceNetworkAclAssociation", params);
        let about = "Every subnet stands behind exactly one network ACL. It judges each packet that enters or leaves the subnet.";
        Some(
            b.finish("Choose a network ACL", about, "Use this ACL", call)
                .telling("The subnet stands behind that ACL now"),
        )
    }

    fn attach_gateway(&self, mut b: Builder<'_>, gateway: InternetGatewayId) -> Spec {
        let has = |vpc: VpcId| self.ec2.internet_gateways.rows().any(|igw| igw.vpc == Some(vpc));
        let option = |vpc: &Vpc| {
            let block = vpc.cidrs.first().map(|(_, block)| block.to_string());
            let label = format!("{} · {}", self.name(vpc.id), block.unwrap_or_default());
            (vpc.born, vpc.id.to_string(), label)
        };
        let without = self.ec2.vpcs.rows().filter(|vpc| !has(vpc.id));
        let options = eldest_first(without.map(option).collect());
        let vpc = b.choose("VpcId", "VPC", "", options);
        b.need("Every VPC of this Region has an internet gateway already.");
        let params = Structure::new()
            .with(field::INTERNET_GATEWAY_ID, gateway.to_string())
            .with(field::VPC_ID, vpc);
        let call = self.call("AttachInternetGateway", params);
        b.finish(
            "Attach to a VPC",
            "A gateway serves one VPC, and a VPC has at most one. Subnets use it once their route table has a route to it.",
            "Attach",
            call,
        )
        .telling("The gateway stands on the VPC's edge now")
    }

    fn associate_address(&self, mut b: Builder<'_>, address: AllocationId) -> Spec {
        let mut targets = self.instances(&|_| true);
        let free = self
            .ec2
            .interfaces
            .rows()
            .filter(|interface| interface.attachment.is_none());
        targets.extend(free.map(|i| (i.id.to_string(), format!("{} · interface", self.name(i.id)))));
        let target = b.choose("InstanceId", "To", "", targets);
        b.also(&["NetworkInterfaceId", "AllocationId"]);
        b.need("There is no instance to give it to. Launch one first.");
        let moves = b.check("AllowReassociation", "Take it away from where it is now", true);
        let params = Structure::new().with(field::ALLOCATION_ID, address.to_string());
        let params = if target.starts_with("eni-") {
            params.with(field::NETWORK_INTERFACE_ID, target)
        } else {
            params.with(field::INSTANCE_ID, target)
        };
        let params = if moves {
            params.with(field::ALLOW_REASSOCIATION, true)
        } else {
            params
        };
        let call = self.call("AssociateAddress", params);
        b.finish(
            "Associate the Elastic IP",
            "The address then stands in front of the instance, through stops and starts. A public address that Amazon had lent it is given back.",
            "Associate",
            call,
        )
        .telling("The address stands in front of it now")
    }

    fn create_interface(&self, mut b: Builder<'_>, subnet: SubnetId) -> Option<Spec> {
        let row = self.ec2.subnets.get(&subnet)?;
        let name = b.text("Name", "Name", "");
        let address = b.text("PrivateIpAddress", "Private IPv4 address", "");
        b.hint(format!("One of {}, or nothing: EC2 chooses a free one.", row.cidr));
        let group = b.choose("Groups", "Security group", "", self.groups(row.vpc));
        b.also(&["GroupId", "SecurityGroupId"]);
        let params = Structure::new()
            .with(field::SUBNET_ID, subnet.to_string())
            .with_some(field::PRIVATE_IP_ADDRESS, some(&address))
            .with_some(field::GROUPS, some(&group).map(|group| vec![group]));
        let call = self.call("CreateNetworkInterface", named(params, "network-interface", &name));
        let about =
            "A virtual network card. It keeps its addresses and groups when it moves from one instance to another.";
        Some(
            b.finish("Create network interface", about, "Create interface", call)
                .making(Kind::NetworkInterface, "The interface is there"),
        )
    }

    /// Groups of a VPC, for choices.
    fn groups(&self, vpc: VpcId) -> Options {
        let groups = self.ec2.security_groups.rows().filter(|group| group.vpc == vpc);
        eldest_first(groups.map(|g| (g.born, g.id.to_string(), g.name.clone())).collect())
    }

    fn attach_interface(&self, mut b: Builder<'_>, interface: NetworkInterfaceId) -> Option<Spec> {
        let row = self.ec2.interfaces.get(&interface)?;
        let instance = b.choose(
            "InstanceId",
            "Instance",
            "",
            self.instances(&|instance| instance.zone == row.zone),
        );
        b.need("No instance runs in the interface's zone.");
        b.hint(format!("Of the same zone, {}.", row.zone.name()));
        let used = InstanceId::parse(&instance).map_or(0, |id| {
            let attachments = self.ec2.interfaces.rows().filter_map(|i| i.attachment.as_ref());
            attachments
                .filter(|a| a.instance == id)
                .map(|a| a.device_index + 1)
                .max()
                .unwrap_or(0)
        });
        let index = b.number("DeviceIndex", "Device index", used.to_string());
        b.hint("0 is the primary interface, which came with the instance.");
        let params = Structure::new()
            .with(field::NETWORK_INTERFACE_ID, interface.to_string())
            .with(field::INSTANCE_ID, instance)
            .with_some(field::DEVICE_INDEX, index);
        let call = self.call("AttachNetworkInterface", params);
        let about = "The instance gets a further network card with this interface's addresses and groups.";
        Some(
            b.finish("Attach the interface", about, "Attach", call)
                .telling("The interface is attached"),
        )
    }

    fn choose_groups(&self, mut b: Builder<'_>, interface: NetworkInterfaceId) -> Option<Spec> {
        /// Fields of the groups that can be chosen: an interface has at most five.
        const SLOTS: [(&str, &str); 5] = [
            ("Groups", "First group"),
            ("Group2", "Second group"),
            ("Group3", "Third group"),
            ("Group4", "Fourth group"),
            ("Group5", "Fifth group"),
        ];
        let row = self.ec2.interfaces.get(&interface)?;
        let all = self.groups(row.vpc);
        let mut chosen: Vec<String> = Vec::new();
        for (place, (key, label)) in SLOTS.into_iter().enumerate() {
            if place > chosen.len() || (place > 0 && all.len() <= place) {
                break;
            }
            let mut options = all.clone();
            if place > 0 {
                options.insert(0, (String::new(), "No further group".into()));
            }
            let present = row.groups.get(place).map(ToString::to_string).unwrap_or_default();
            let group = b.choose(key, label, present, options);
            if !group.is_empty() && !chosen.contains(&group) {
                chosen.push(group);
            }
        }
        let params = Structure::new()
            .with(field::NETWORK_INTERFACE_ID, interface.to_string())
            .with(field::GROUPS, chosen);
        let call = self.call("ModifyNetworkInterfaceAttribute", params);
        let about = "All groups of an interface count together: what any of them allows, passes. Up to five.";
        Some(
            b.finish("Choose security groups", about, "Change groups", call)
                .telling("The groups are changed"),
        )
    }
}
