"""VPCs and what stands in them."""

from _common import default_subnet, instance, launch, refused, tags


def _vpc(ec2, block="10.0.0.0/16"):
    made = ec2.create_vpc(CidrBlock=block)["Vpc"]["VpcId"]
    ec2.get_waiter("vpc_available").wait(VpcIds=[made])
    return made


def _subnet(ec2, vpc, block="10.0.0.0/24", zone="us-east-1a"):
    made = ec2.create_subnet(VpcId=vpc, CidrBlock=block, AvailabilityZone=zone)["Subnet"]["SubnetId"]
    ec2.get_waiter("subnet_available").wait(SubnetIds=[made])
    return made


def default_vpc(ec2):
    """Each Region has one, with a subnet in every zone, and a gateway."""
    [vpc] = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]
    assert vpc["CidrBlock"] == "172.31.0.0/16", vpc
    subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])["Subnets"]
    zones = ec2.describe_availability_zones()["AvailabilityZones"]
    assert sorted(each["AvailabilityZone"] for each in subnets) == sorted(each["ZoneName"] for each in zones)
    assert all(each["MapPublicIpOnLaunch"] and each["AvailableIpAddressCount"] == 4091 for each in subnets)
    [gateway] = ec2.describe_internet_gateways(
        Filters=[{"Name": "attachment.vpc-id", "Values": [vpc["VpcId"]]}]
    )["InternetGateways"]
    [table] = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])["RouteTables"]
    routes = {route["DestinationCidrBlock"]: route["GatewayId"] for route in table["Routes"]}
    assert routes == {"172.31.0.0/16": "local", "0.0.0.0/0": gateway["InternetGatewayId"]}, routes


def public_subnet(ec2):
    """A VPC, a subnet, a gateway and a route to it: an instance there has a public address."""
    vpc = _vpc(ec2)
    subnet = _subnet(ec2, vpc)
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    assert ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)["Return"] is True
    with refused("RouteAlreadyExists"):
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    ec2.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": True})
    [one] = launch(ec2, SubnetId=subnet)
    assert instance(ec2, one)["PublicIpAddress"] and instance(ec2, one)["PrivateIpAddress"].startswith("10.0.0.")
    with refused("DependencyViolation"):
        ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)


def what_is_in_use_is_not_deleted(ec2):
    """DependencyViolation, until the last of what is inside is gone."""
    vpc = _vpc(ec2)
    subnet = _subnet(ec2, vpc)
    interface = ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]["NetworkInterfaceId"]
    with refused("DependencyViolation", says=vpc):
        ec2.delete_vpc(VpcId=vpc)
    with refused("DependencyViolation", says=subnet):
        ec2.delete_subnet(SubnetId=subnet)
    ec2.delete_network_interface(NetworkInterfaceId=interface)
    ec2.delete_subnet(SubnetId=subnet)
    ec2.delete_vpc(VpcId=vpc)
    with refused("InvalidVpcID.NotFound", says=vpc):
        ec2.describe_vpcs(VpcIds=[vpc])


def subnets_do_not_overlap(ec2):
    """The blocks of subnets lie in the VPC's and apart from each other."""
    vpc = _vpc(ec2)
    _subnet(ec2, vpc, "10.0.0.0/24")
    for code, block in [
        ("InvalidSubnet.Conflict", "10.0.0.128/25"),
        ("InvalidSubnet.Range", "10.1.0.0/24"),
        ("InvalidSubnet.Range", "10.0.0.0/29"),
        ("InvalidParameterValue", "nonsense"),
    ]:
        with refused(code):
            ec2.create_subnet(VpcId=vpc, CidrBlock=block)
    ec2.associate_vpc_cidr_block(VpcId=vpc, CidrBlock="10.1.0.0/16")
    _subnet(ec2, vpc, "10.1.0.0/24")
    with refused("InvalidVpc.Range"):
        ec2.create_vpc(CidrBlock="10.0.0.0/8")


def security_groups(ec2):
    """Rules by address and by group; each once; what others refer to stays."""
    vpc = _vpc(ec2)
    web = ec2.create_security_group(GroupName="web", Description="Web", VpcId=vpc)["GroupId"]
    db = ec2.create_security_group(GroupName="db", Description="Database", VpcId=vpc)["GroupId"]
    ec2.get_waiter("security_group_exists").wait(GroupIds=[web, db])
    http = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    [rule] = ec2.authorize_security_group_ingress(GroupId=web, IpPermissions=[http])["SecurityGroupRules"]
    assert rule["CidrIpv4"] == "0.0.0.0/0" and rule["IsEgress"] is False, rule
    with refused("InvalidPermission.Duplicate"):
        ec2.authorize_security_group_ingress(GroupId=web, IpPermissions=[http])
    sql = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "UserIdGroupPairs": [{"GroupId": web}]}
    ec2.authorize_security_group_ingress(GroupId=db, IpPermissions=[sql])
    with refused("DependencyViolation"):
        ec2.delete_security_group(GroupId=web)
    ec2.revoke_security_group_ingress(GroupId=db, IpPermissions=[sql])
    ec2.delete_security_group(GroupId=web)
    with refused("InvalidGroup.Duplicate"):
        ec2.create_security_group(GroupName="db", Description="again", VpcId=vpc)
    with refused("InvalidGroup.NotFound"):
        ec2.describe_security_groups(GroupIds=[web])
    with refused("InvalidParameterValue"):
        ec2.create_security_group(GroupName="sg-mine", Description="reserved", VpcId=vpc)


def security_group_rules(ec2):
    """Rules have ids: they are listed, changed, tagged and revoked by them."""
    group = ec2.create_security_group(GroupName="web", Description="Web")["GroupId"]
    rules = ec2.authorize_security_group_ingress(
        GroupId=group,
        IpPermissions=[
            {
                "IpProtocol": "tcp",
                "FromPort": port,
                "ToPort": port,
                "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": f"port {port}"}],
            }
            for port in (80, 443)
        ],
    )["SecurityGroupRules"]
    first = rules[0]["SecurityGroupRuleId"]
    ec2.modify_security_group_rules(
        GroupId=group,
        SecurityGroupRules=[
            {
                "SecurityGroupRuleId": first,
                "SecurityGroupRule": {
                    "IpProtocol": "tcp",
                    "FromPort": 8080,
                    "ToPort": 8080,
                    "CidrIpv4": "10.0.0.0/8",
                    "Description": "moved",
                },
            }
        ],
    )
    ec2.create_tags(Resources=[first], Tags=[{"Key": "Name", "Value": "web"}])
    pages = ec2.get_paginator("describe_security_group_rules").paginate(
        Filters=[{"Name": "group-id", "Values": [group]}]
    )
    found = {each["SecurityGroupRuleId"]: each for page in pages for each in page["SecurityGroupRules"]}
    assert len(found) == 3 and found[first]["FromPort"] == 8080 and found[first]["Description"] == "moved", found
    assert tags(found[first]["Tags"]) == {"Name": "web"}
    ec2.revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=[first])
    [group] = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    assert [each["FromPort"] for each in group["IpPermissions"]] == [443], group


def network_acls(ec2):
    """A subnet has one list; rules are numbered, and the last word is no."""
    vpc = _vpc(ec2)
    subnet = _subnet(ec2, vpc)
    [default] = ec2.describe_network_acls(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["NetworkAcls"]
    assert default["IsDefault"] and len(default["Entries"]) == 4, default
    own = ec2.create_network_acl(VpcId=vpc)["NetworkAcl"]
    assert [entry["RuleAction"] for entry in own["Entries"]] == ["deny", "deny"], own
    own = own["NetworkAclId"]
    entry = {"NetworkAclId": own, "Protocol": "6", "Egress": False, "CidrBlock": "0.0.0.0/0"}
    ec2.create_network_acl_entry(RuleNumber=100, RuleAction="allow", PortRange={"From": 80, "To": 80}, **entry)
    with refused("NetworkAclEntryAlreadyExists"):
        ec2.create_network_acl_entry(RuleNumber=100, RuleAction="deny", PortRange={"From": 1, "To": 2}, **entry)
    [association] = [each for each in default["Associations"] if each["SubnetId"] == subnet]
    ec2.replace_network_acl_association(
        AssociationId=association["NetworkAclAssociationId"], NetworkAclId=own
    )
    with refused("DependencyViolation"):
        ec2.delete_network_acl(NetworkAclId=own)


def elastic_address(ec2):
    """An address of one's own takes the place of the public one, and stays when the instance stops."""
    [one] = launch(ec2)
    before = instance(ec2, one)["PublicIpAddress"]
    address = ec2.allocate_address(Domain="vpc")
    association = ec2.associate_address(AllocationId=address["AllocationId"], InstanceId=one)["AssociationId"]
    assert instance(ec2, one)["PublicIpAddress"] == address["PublicIp"] != before
    ec2.stop_instances(InstanceIds=[one])
    ec2.get_waiter("instance_stopped").wait(InstanceIds=[one])
    assert instance(ec2, one)["PublicIpAddress"] == address["PublicIp"]
    with refused("InvalidIPAddress.InUse"):
        ec2.release_address(AllocationId=address["AllocationId"])
    ec2.disassociate_address(AssociationId=association)
    ec2.release_address(AllocationId=address["AllocationId"])
    with refused("InvalidAllocationID.NotFound"):
        ec2.describe_addresses(AllocationIds=[address["AllocationId"]])


def second_interface(ec2):
    """An interface moves from instance to instance with its addresses."""
    subnet = default_subnet(ec2)["SubnetId"]
    one, other = launch(ec2, 2, SubnetId=subnet)
    made = ec2.create_network_interface(SubnetId=subnet, Description="moves", SecondaryPrivateIpAddressCount=1)
    made = made["NetworkInterface"]
    interface = made["NetworkInterfaceId"]
    ec2.get_waiter("network_interface_available").wait(NetworkInterfaceIds=[interface])
    attachment = ec2.attach_network_interface(NetworkInterfaceId=interface, InstanceId=one, DeviceIndex=1)
    with refused("InvalidParameterValue"):
        ec2.delete_network_interface(NetworkInterfaceId=interface)
    ec2.detach_network_interface(AttachmentId=attachment["AttachmentId"])
    ec2.get_waiter("network_interface_available").wait(NetworkInterfaceIds=[interface])
    ec2.attach_network_interface(NetworkInterfaceId=interface, InstanceId=other, DeviceIndex=1)
    [found] = ec2.describe_network_interfaces(NetworkInterfaceIds=[interface])["NetworkInterfaces"]
    assert found["Attachment"]["InstanceId"] == other and found["PrivateIpAddress"] == made["PrivateIpAddress"]
    assert len(instance(ec2, other)["NetworkInterfaces"]) == 2


def addresses_of_an_interface(ec2):
    """Secondary private addresses are given by number or by name, and taken back."""
    vpc = _vpc(ec2)
    interface = ec2.create_network_interface(SubnetId=_subnet(ec2, vpc), PrivateIpAddress="10.0.0.10")
    interface = interface["NetworkInterface"]["NetworkInterfaceId"]
    ec2.assign_private_ip_addresses(NetworkInterfaceId=interface, PrivateIpAddresses=["10.0.0.20", "10.0.0.21"])
    ec2.unassign_private_ip_addresses(NetworkInterfaceId=interface, PrivateIpAddresses=["10.0.0.21"])
    [found] = ec2.describe_network_interfaces(NetworkInterfaceIds=[interface])["NetworkInterfaces"]
    assert [each["PrivateIpAddress"] for each in found["PrivateIpAddresses"]] == ["10.0.0.10", "10.0.0.20"], found
    with refused("InvalidParameterValue"):
        ec2.create_network_interface(SubnetId=found["SubnetId"], PrivateIpAddress="10.0.9.9")


def tags_of_all_sorts(ec2):
    """CreateTags tags several things at once, over-writes, and DescribeTags finds them."""
    vpc = _vpc(ec2)
    subnet = _subnet(ec2, vpc)
    ec2.create_tags(Resources=[vpc, subnet], Tags=[{"Key": "Stage", "Value": "test"}, {"Key": "Team", "Value": ""}])
    ec2.create_tags(Resources=[vpc], Tags=[{"Key": "Stage", "Value": "live"}])
    pages = ec2.get_paginator("describe_tags").paginate(Filters=[{"Name": "key", "Values": ["Stage"]}])
    found = {each["ResourceId"]: (each["ResourceType"], each["Value"]) for page in pages for each in page["Tags"]}
    assert found == {vpc: ("vpc", "live"), subnet: ("subnet", "test")}, found
    ec2.delete_tags(Resources=[vpc, subnet], Tags=[{"Key": "Stage", "Value": "live"}, {"Key": "Team"}])
    left = ec2.describe_tags(Filters=[{"Name": "resource-id", "Values": [vpc, subnet]}])["Tags"]
    assert [(each["ResourceId"], each["Value"]) for each in left] == [(subnet, "test")], left
    with refused("InvalidVpcID.NotFound"):
        ec2.create_tags(Resources=["vpc-0123456789abcdef0"], Tags=[{"Key": "a", "Value": "b"}])
    with refused("InvalidParameterValue"):
        ec2.create_tags(Resources=[vpc], Tags=[{"Key": "aws:mine", "Value": "reserved"}])


def dhcp_and_attributes(ec2):
    """A VPC's name server options and its two DNS switches."""
    vpc = _vpc(ec2)
    options = ec2.create_dhcp_options(
        DhcpConfigurations=[{"Key": "domain-name", "Values": ["corp.example.com"]}]
    )["DhcpOptions"]["DhcpOptionsId"]
    ec2.associate_dhcp_options(DhcpOptionsId=options, VpcId=vpc)
    assert ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["DhcpOptionsId"] == options
    with refused("DependencyViolation"):
        ec2.delete_dhcp_options(DhcpOptionsId=options)
    ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
    told = ec2.describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsHostnames")
    assert told["EnableDnsHostnames"] == {"Value": True}, told


def regions_are_apart(session, ec2):
    """What one Region has the others do not know; Regions and zones are listed."""
    vpc = _vpc(ec2)
    there = session.client("ec2", region_name="eu-central-1", endpoint_url=ec2.meta.endpoint_url)
    with refused("InvalidVpcID.NotFound"):
        there.describe_vpcs(VpcIds=[vpc])
    regions = [region["RegionName"] for region in ec2.describe_regions()["Regions"]]
    assert "us-east-1" in regions and "eu-central-1" in regions
    zones = there.describe_availability_zones()["AvailabilityZones"]
    assert [zone["ZoneName"] for zone in zones] == ["eu-central-1a", "eu-central-1b", "eu-central-1c"], zones


def malformed_ids(ec2):
    """An id that could not be one is told apart from one that is not there."""
    for code, ask in [
        ("InvalidInstanceID.Malformed", lambda: ec2.describe_instances(InstanceIds=["nonsense"])),
        ("InvalidInstanceID.NotFound", lambda: ec2.stop_instances(InstanceIds=["i-0123456789abcdef0"])),
        ("InvalidSubnetID.NotFound", lambda: ec2.describe_subnets(SubnetIds=["subnet-0123456789abcdef0"])),
        ("InvalidGroupId.Malformed", lambda: ec2.describe_security_groups(GroupIds=["nonsense"])),
        ("InvalidRouteTableID.NotFound", lambda: ec2.delete_route_table(RouteTableId="rtb-0123456789abcdef0")),
        (
            "InvalidNetworkInterfaceID.NotFound",
            lambda: ec2.delete_network_interface(NetworkInterfaceId="eni-0123456789abcdef0"),
        ),
        (
            "InvalidInternetGatewayID.NotFound",
            lambda: ec2.delete_internet_gateway(InternetGatewayId="igw-0123456789abcdef0"),
        ),
    ]:
        with refused(code):
            ask()


def launch_with_ipv6(ec2):
    """A launch takes IPv6 addresses by name, makes the first the primary one, and takes prefixes."""
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]["VpcId"]
    [block] = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["Ipv6CidrBlockAssociationSet"]
    six = block["Ipv6CidrBlock"].replace("/56", "/64")
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24", Ipv6CidrBlock=six)["Subnet"]["SubnetId"]
    wanted = six.replace("/64", "10")
    [one] = launch(ec2, SubnetId=subnet, Ipv6Addresses=[{"Ipv6Address": wanted}], EnablePrimaryIpv6=True)
    [interface] = instance(ec2, one)["NetworkInterfaces"]
    assert interface["Ipv6Addresses"] == [{"Ipv6Address": wanted, "IsPrimaryIpv6": True}], interface
    with refused("InvalidIPAddress.InUse", says=wanted):
        launch(ec2, SubnetId=subnet, Ipv6Addresses=[{"Ipv6Address": wanted}])
    asked = {"DeviceIndex": 0, "SubnetId": subnet, "Ipv4PrefixCount": 1, "Ipv6PrefixCount": 1}
    [two] = launch(ec2, NetworkInterfaces=[asked])
    [interface] = instance(ec2, two)["NetworkInterfaces"]
    assert len(interface["Ipv4Prefixes"]) == 1 and len(interface["Ipv6Prefixes"]) == 1, interface


def nat_gateway(ec2):
    """A private subnet's way out: made, waited for, routed to, deleted; its address stays with the account."""
    vpc = _vpc(ec2)
    subnet = _subnet(ec2, vpc)
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    address = ec2.allocate_address(Domain="vpc")
    made = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address["AllocationId"])["NatGateway"]
    assert made["State"] == "pending" and made["ConnectivityType"] == "public", made
    nat = made["NatGatewayId"]
    ec2.get_waiter("nat_gateway_available").wait(NatGatewayIds=[nat])
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)
    [shown] = ec2.describe_nat_gateways(Filter=[{"Name": "vpc-id", "Values": [vpc]}])["NatGateways"]
    assert shown["NatGatewayAddresses"][0]["PublicIp"] == address["PublicIp"], shown
    with refused("DependencyViolation"):
        ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.delete_nat_gateway(NatGatewayId=nat)
    ec2.get_waiter("nat_gateway_deleted").wait(NatGatewayIds=[nat])
    [routes] = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
    assert [route["State"] for route in routes["Routes"]] == ["active", "blackhole"], routes
    ec2.release_address(AllocationId=address["AllocationId"])


def vpn(ec2):
    """The parts of a VPN, and the routes that it propagates."""
    vpc = _vpc(ec2)
    customer = ec2.create_customer_gateway(Type="ipsec.1", IpAddress="198.51.100.9", BgpAsn=65001)
    customer = customer["CustomerGateway"]["CustomerGatewayId"]
    ec2.get_waiter("customer_gateway_available").wait(CustomerGatewayIds=[customer])
    gateway = ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]
    ec2.attach_vpn_gateway(VpnGatewayId=gateway, VpcId=vpc)
    connection = ec2.create_vpn_connection(
        Type="ipsec.1", CustomerGatewayId=customer, VpnGatewayId=gateway, Options={"StaticRoutesOnly": True}
    )["VpnConnection"]
    assert connection["CustomerGatewayConfiguration"].startswith("<?xml"), connection
    connection = connection["VpnConnectionId"]
    ec2.create_vpn_connection_route(VpnConnectionId=connection, DestinationCidrBlock="192.168.0.0/16")
    ec2.get_waiter("vpn_connection_available").wait(VpnConnectionIds=[connection])
    [table] = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"]
    ec2.enable_vgw_route_propagation(RouteTableId=table["RouteTableId"], GatewayId=gateway)
    [table] = ec2.describe_route_tables(RouteTableIds=[table["RouteTableId"]])["RouteTables"]
    assert table["Routes"][-1]["Origin"] == "EnableVgwRoutePropagation", table
    with refused("IncorrectState"):
        ec2.delete_vpn_gateway(VpnGatewayId=gateway)
    ec2.delete_vpn_connection(VpnConnectionId=connection)
    ec2.get_waiter("vpn_connection_deleted").wait(VpnConnectionIds=[connection])
