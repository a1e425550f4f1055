"""Peering connections, endpoints and transit gateways."""

from _common import refused


def _vpc(ec2, block):
    return ec2.create_vpc(CidrBlock=block)["Vpc"]["VpcId"]


def peers(ec2):
    """Asked, accepted, routed, ended."""
    one, two = _vpc(ec2, "10.0.0.0/16"), _vpc(ec2, "10.1.0.0/16")
    asked = ec2.create_vpc_peering_connection(VpcId=one, PeerVpcId=two)["VpcPeeringConnection"]
    assert asked["Status"]["Code"] == "initiating-request", asked
    pcx = asked["VpcPeeringConnectionId"]
    ec2.get_waiter("vpc_peering_connection_exists").wait(VpcPeeringConnectionIds=[pcx])
    ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    table = ec2.create_route_table(VpcId=one)["RouteTable"]["RouteTableId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="10.1.0.0/16", VpcPeeringConnectionId=pcx)
    with refused("DependencyViolation", says=two):
        ec2.delete_vpc(VpcId=two)
    ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    ec2.get_waiter("vpc_peering_connection_deleted").wait(VpcPeeringConnectionIds=[pcx])
    [table] = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
    [hole] = [route for route in table["Routes"] if route.get("VpcPeeringConnectionId") == pcx]
    assert hole["State"] == "blackhole", hole


def gateway_endpoint(ec2):
    """Its route stands in the table that it names, and goes with it."""
    vpc = _vpc(ec2, "10.0.0.0/16")
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    made = ec2.create_vpc_endpoint(
        VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3", RouteTableIds=[table], ClientToken="once"
    )["VpcEndpoint"]
    assert made["State"] == "available" and made["VpcEndpointType"] == "Gateway", made
    again = ec2.create_vpc_endpoint(
        VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3", RouteTableIds=[table], ClientToken="once"
    )["VpcEndpoint"]
    assert again["VpcEndpointId"] == made["VpcEndpointId"]

    def targets():
        [row] = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
        return [route.get("GatewayId") for route in row["Routes"]]

    assert made["VpcEndpointId"] in targets()
    assert ec2.delete_vpc_endpoints(VpcEndpointIds=[made["VpcEndpointId"]])["Unsuccessful"] == []
    assert made["VpcEndpointId"] not in targets()


def services_of_aws(ec2):
    """Page by page, the same as at once."""
    once = ec2.describe_vpc_endpoint_services()["ServiceNames"]
    pages = ec2.get_paginator("describe_vpc_endpoint_services").paginate(PaginationConfig={"PageSize": 10})
    names = {name for page in pages for name in page["ServiceNames"]}
    assert names == set(once) and "com.amazonaws.us-east-1.ec2" in names, names


def hub(ec2):
    """A transit gateway has a route table from the first; nothing is attached while it is being made."""
    made = ec2.create_transit_gateway(Description="hub")["TransitGateway"]
    [table] = ec2.describe_transit_gateway_route_tables(
        Filters=[{"Name": "transit-gateway-id", "Values": [made["TransitGatewayId"]]}]
    )["TransitGatewayRouteTables"]
    assert table["DefaultAssociationRouteTable"] and table["DefaultPropagationRouteTable"], table
    [found] = ec2.describe_transit_gateways(TransitGatewayIds=[made["TransitGatewayId"]])["TransitGateways"]
    assert found["State"] in ("pending", "available"), found
    with refused("InvalidTransitGatewayID.NotFound"):
        ec2.delete_transit_gateway(TransitGatewayId="tgw-0123456789abcdef0")
