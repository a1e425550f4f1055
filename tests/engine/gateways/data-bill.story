# What gateways cost by the bytes that connections carried: https://aws.amazon.com/vpc/pricing/
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24","AvailabilityZone":"us-east-1a"}
save out = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.2.0/24","AvailabilityZone":"us-east-1a"}
save near = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.3.0/24","AvailabilityZone":"us-east-1b"}
save far = Subnet.SubnetId
> ec2 CreateInternetGateway {}
save igw = InternetGateway.InternetGatewayId
> ec2 AttachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
> ec2 AllocateAddress {"Domain":"vpc"}
save eip = AllocationId
> ec2 CreateNatGateway {"SubnetId":"$out","AllocationId":"$eip"}
save nat = NatGateway.NatGatewayId
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save public = RouteTable.RouteTableId
> ec2 CreateRoute {"RouteTableId":"$public","DestinationCidrBlock":"0.0.0.0/0","GatewayId":"$igw"}
> ec2 AssociateRouteTable {"RouteTableId":"$public","SubnetId":"$out"}
> ec2 DescribeRouteTables {"Filters":[{"Name":"association.main","Values":["true"]},{"Name":"vpc-id","Values":["$vpc"]}]}
save main = RouteTables[0].RouteTableId
> ec2 CreateRoute {"RouteTableId":"$main","DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"$nat"}
> ec2 CreateSecurityGroup {"GroupName":"open","Description":"all","VpcId":"$vpc"}
save sg = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"10.0.0.0/16"}]}]}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SubnetId":"$near","SecurityGroupIds":["$sg"]}
save one = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SubnetId":"$far","SecurityGroupIds":["$sg"]}
save two = Instances[0].InstanceId
save two_address = Instances[0].PrivateIpAddress
advance 300
# Out through the NAT gateway in the same zone: a SYN and an ACK there, a SYN-ACK back. 60 + 52 bytes, and 60.
> stratus OpenConnection {"Source":"$one","Destination":"internet","Protocol":"tcp","Port":443}
= State: established
meter $nat Data: 172 × nat 0s ended
# To the other zone, one cent a GB for each side: 112 bytes there, 60 back.
> stratus OpenConnection {"Source":"$one","Destination":"$two_address","Protocol":"tcp","Port":22}
= State: established
save conn = ConnectionId
meter $one Data: 172 × zones 0s ended
meter $two Data: 172 × zones 0s ended
# 1,448 bytes of data and 52 of headers a segment: 69 full ones, one of 88 bytes, an ACK; and 53 bytes back.
> stratus SendOnConnection {"ConnectionId":"$conn","Bytes":100000,"AnswerBytes":1}
meter $one Data: 103917 × zones 0s ended
bill $two: 261 s × $0.0104/h ÷ 3600 = $0.00075; 103,917 bytes × $0.01/GB ÷ 1,073,741,824 = $0.000000968
bill $nat: 3,600 s (hours begun; 228 s passed) × $0.045/h ÷ 3600 = $0.0450; 172 bytes × $0.045/GB ÷ 1,073,741,824 = $0.000000007
# What the gateway refuses it does not process: nothing comes in by it.
> stratus OpenConnection {"Source":"internet","Destination":"$one","Protocol":"tcp","Port":22}
= State: timed-out
meter $nat Data: 172 × nat 0s ended
# What somebody types in a guest counts as well: six packets of 394 bytes there, three of 202 back.
% $one curl -s http://203.0.113.5/
meter $nat Data: 768 × nat 0s ended
# Four pings of 84 bytes, and their replies.
% $one ping 203.0.113.5
meter $nat Data: 1440 × nat 0s ended
