# From a Region to another, by calls: https://docs.aws.amazon.com/vpc/latest/peering/create-vpc-peering-connection.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save one = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$one","CidrBlock":"10.0.1.0/24"}
save a = Subnet.SubnetId
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$one"]}]}
save t1 = RouteTables[0].RouteTableId
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"vpc-id","Values":["$one"]}]}
save sg1 = SecurityGroups[0].GroupId
region eu-west-1
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
save two = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$two","CidrBlock":"10.1.1.0/24"}
save b = Subnet.SubnetId
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$two"]}]}
save t2 = RouteTables[0].RouteTableId
> ec2 CreateSecurityGroup {"GroupName":"far","Description":"far","VpcId":"$two"}
save sg2 = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg2","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"10.0.0.0/16"}]}]}
region us-east-1
> ec2 CreateVpcPeeringConnection {"VpcId":"$one","PeerVpcId":"$two","PeerRegion":"eu-west-1"}
save pcx = VpcPeeringConnection.VpcPeeringConnectionId
advance 60
region eu-west-1
> ec2 AcceptVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx"}
advance 60
> ec2 CreateRoute {"RouteTableId":"$t2","DestinationCidrBlock":"10.0.0.0/16","VpcPeeringConnectionId":"$pcx"}
# A group of the other Region cannot be referenced.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg2","IpPermissions":[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"UserIdGroupPairs":[{"GroupId":"$sg1","VpcPeeringConnectionId":"$pcx"}]}]}
! InvalidGroup.NotFound
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SubnetId":"$b","SecurityGroupIds":["$sg2"]}
save server = Instances[0].InstanceId
save address = Instances[0].PrivateIpAddress
region us-east-1
> ec2 CreateRoute {"RouteTableId":"$t1","DestinationCidrBlock":"10.1.0.0/16","VpcPeeringConnectionId":"$pcx"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SubnetId":"$a"}
save client = Instances[0].InstanceId
advance 300
> stratus OpenConnection {"Source":"$client","Destination":"$address","Protocol":"tcp","Port":22}
= State: established
save conn = ConnectionId
# Two cents a GB for what leaves its Region, both ways.
meter $client Data: 112 × regions 0s ended
meter $server Data: 60 × regions 0s ended
> stratus SendOnConnection {"ConnectionId":"$conn"}
= State: allowed
> stratus OpenConnection {"Source":"$client","Destination":"$server","Protocol":"tcp","Port":80}
= State: timed-out
# What answers there is the other Region's instance, with what it runs.
% $client curl http://$address:22/
| curl: (1) Received HTTP/0.9 when not allowed
# The connection's end: routes on both sides are black holes.
region eu-west-1
> ec2 DeleteVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx"}
region us-east-1
> stratus SendOnConnection {"ConnectionId":"$conn"}
= State: dropped
