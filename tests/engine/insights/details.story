# What the Reachability Analyzer says of a path's components besides.
# https://docs.aws.amazon.com/vpc/latest/reachability/additional-detail-codes.html

== A path that crosses Availability Zones
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save a = Subnets[0].SubnetId
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1b"]}]}
save b = Subnets[0].SubnetId
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":2,"MaxCount":2,"SubnetId":"$a"}
save client = Instances[0].InstanceId
save near = Instances[1].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SubnetId":"$b"}
save far = Instances[0].InstanceId
save far_eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
advance 60
> ec2 CreateNetworkInsightsPath {"Source":"$client","Destination":"$far","Protocol":"tcp","DestinationPort":22,"ClientToken":"far"}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"far"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
# It is the interface in the other zone that says so, once.
= NetworkInsightsAnalyses[0].ForwardPathComponents[1].AdditionalDetails: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[6].AdditionalDetails: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[7].Component.Id: $far_eni
= NetworkInsightsAnalyses[0].ForwardPathComponents[7].AdditionalDetails: [{"AdditionalDetailType":"AVAILABILITY_ZONE_CROSSED"}]
= NetworkInsightsAnalyses[0].ForwardPathComponents[8].AdditionalDetails: -
# Within a zone nothing does.
> ec2 CreateNetworkInsightsPath {"Source":"$client","Destination":"$near","Protocol":"tcp","DestinationPort":22,"ClientToken":"near"}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"near"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].ForwardPathComponents[4].AdditionalDetails: -

== Through a NAT gateway in another zone, to all of the Internet
# https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
> ec2 DescribeInternetGateways {}
save igw = InternetGateways[0].InternetGatewayId
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save a = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1b"]}]}
save b = Subnets[0].SubnetId
> ec2 AllocateAddress {}
save eip = AllocationId
> ec2 CreateNatGateway {"SubnetId":"$b","AllocationId":"$eip"}
save nat = NatGateway.NatGatewayId
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save table = RouteTable.RouteTableId
> ec2 AssociateRouteTable {"RouteTableId":"$table","SubnetId":"$a"}
> ec2 CreateRoute {"RouteTableId":"$table","DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"$nat"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SubnetId":"$a"}
save client = Instances[0].InstanceId
advance 300
> ec2 CreateNetworkInsightsPath {"Source":"$client","Destination":"$igw","Protocol":"tcp","DestinationPort":443,"ClientToken":"out"}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"out"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
# What it says besides takes nothing from where the path leads to: everywhere.
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].OutboundHeader.DestinationAddresses[0]: 1.0.0.0/8
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].OutboundHeader.DestinationAddresses[1]: 100.0.0.0/10
= NetworkInsightsAnalyses[0].ForwardPathComponents[6].Component.Id: $nat
= NetworkInsightsAnalyses[0].ForwardPathComponents[6].AdditionalDetails: [{"AdditionalDetailType":"AVAILABILITY_ZONE_CROSSED"}]
= NetworkInsightsAnalyses[0].ForwardPathComponents[9].Component.Id: $igw
= NetworkInsightsAnalyses[0].ForwardPathComponents[9].OutboundHeader.DestinationAddresses[1]: 100.0.0.0/10

== Out of a transit gateway, through an endpoint of a Gateway Load Balancer
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
save spoke = Vpc.VpcId
> ec2 CreateVpc {"CidrBlock":"10.2.0.0/16"}
save hub = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$spoke","CidrBlock":"10.1.0.0/24","AvailabilityZone":"us-east-1a"}
save clients = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$hub","CidrBlock":"10.2.0.0/24","AvailabilityZone":"us-east-1a"}
save servers = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$hub","CidrBlock":"10.2.1.0/24","AvailabilityZone":"us-east-1a"}
save arrivals = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$hub","CidrBlock":"10.2.2.0/24","AvailabilityZone":"us-east-1a"}
save doors = Subnet.SubnetId
> ec2 CreateTransitGateway {}
save tgw = TransitGateway.TransitGatewayId
> elbv2 CreateLoadBalancer {"Name":"inspect","Type":"gateway","Subnets":["$doors"]}
save lb = LoadBalancers[0].LoadBalancerArn
advance 600
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$tgw","VpcId":"$spoke","SubnetIds":["$clients"]}
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$tgw","VpcId":"$hub","SubnetIds":["$arrivals"]}
> ec2 CreateVpcEndpointServiceConfiguration {"GatewayLoadBalancerArns":["$lb"],"AcceptanceRequired":false}
save service = ServiceConfiguration.ServiceName
> ec2 CreateVpcEndpoint {"VpcEndpointType":"GatewayLoadBalancer","VpcId":"$hub","ServiceName":"$service","SubnetIds":["$doors"]}
save door = VpcEndpoint.VpcEndpointId
advance 600
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$spoke"]}]}
save there = RouteTables[0].RouteTableId
> ec2 CreateRoute {"RouteTableId":"$there","DestinationCidrBlock":"10.2.0.0/16","TransitGatewayId":"$tgw"}
> ec2 CreateRouteTable {"VpcId":"$hub"}
save in = RouteTable.RouteTableId
> ec2 AssociateRouteTable {"RouteTableId":"$in","SubnetId":"$arrivals"}
> ec2 CreateRoute {"RouteTableId":"$in","DestinationCidrBlock":"10.2.0.0/24","VpcEndpointId":"$door"}
> ec2 CreateRouteTable {"VpcId":"$hub"}
save behind = RouteTable.RouteTableId
> ec2 AssociateRouteTable {"RouteTableId":"$behind","SubnetId":"$doors"}
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$hub"]},{"Name":"association.main","Values":["true"]}]}
save back = RouteTables[0].RouteTableId
> ec2 CreateRoute {"RouteTableId":"$back","DestinationCidrBlock":"10.1.0.0/16","TransitGatewayId":"$tgw"}
> ec2 CreateSecurityGroup {"VpcId":"$hub","GroupName":"web","Description":"web"}
save group = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$group","IpProtocol":"tcp","FromPort":443,"ToPort":443,"CidrIp":"10.1.0.0/16"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SubnetId":"$clients"}
save client = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SubnetId":"$servers","SecurityGroupIds":["$group"]}
save server = Instances[0].InstanceId
advance 60
> ec2 CreateNetworkInsightsPath {"Source":"$client","Destination":"$server","Protocol":"tcp","DestinationPort":443,"ClientToken":"one"}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"one"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
# Nobody stands behind the load balancer: the analysis does not look there, and says so. Nor does the endpoint's subnet lead back.
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].ReturnPathComponents: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[4].TransitGateway.Id: $tgw
= NetworkInsightsAnalyses[0].ForwardPathComponents[4].AdditionalDetails: [{"AdditionalDetailType":"UNIDIRECTIONAL_PATH_ANALYSIS_ONLY"}]
= NetworkInsightsAnalyses[0].ForwardPathComponents[8].Component.Id: $door
= NetworkInsightsAnalyses[0].ForwardPathComponents[8].AdditionalDetails: [{"AdditionalDetailType":"PATH_THROUGH_GWLB_NOT_CHECKED","ServiceName":"$service"},{"AdditionalDetailType":"RESPONSE_RTB_HAS_NO_ROUTE_TO_TRANSIT_GATEWAY"}]
= NetworkInsightsAnalyses[0].ForwardPathComponents[9].Component.Id: $door
= NetworkInsightsAnalyses[0].ForwardPathComponents[9].AdditionalDetails: -
> ec2 CreateRoute {"RouteTableId":"$behind","DestinationCidrBlock":"10.1.0.0/16","TransitGatewayId":"$tgw"}
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"two"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].ForwardPathComponents[8].AdditionalDetails: [{"AdditionalDetailType":"PATH_THROUGH_GWLB_NOT_CHECKED","ServiceName":"$service"}]
