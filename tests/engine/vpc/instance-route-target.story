# A route to an instance goes to its interface; while the instance does not run, the route is a black hole.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet"}
save nat = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
advance 60
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save rtb = RouteTable.RouteTableId
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","InstanceId":"$nat"}
> ec2 DescribeRouteTables {"Filters":[{"Name":"route.instance-id","Values":["$nat"]}]}
= RouteTables[0].Routes[1].InstanceId: $nat
= RouteTables[0].Routes[1].NetworkInterfaceId: $eni
= RouteTables[0].Routes[1].InstanceOwnerId: 123456789012
= RouteTables[0].Routes[1].State: active
> ec2 StopInstances {"InstanceIds":["$nat"]}
advance 120
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes[1].State: blackhole
> ec2 StartInstances {"InstanceIds":["$nat"]}
advance 120
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes[1].State: active
> ec2 TerminateInstances {"InstanceIds":["$nat"]}
advance 120
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes[1].State: blackhole
= RouteTables[0].Routes[1].InstanceId: $nat
# A route of another VPC's table cannot lead there.
> ec2 DescribeRouteTables {"Filters":[{"Name":"route.destination-cidr-block","Values":["172.31.0.0/16"]}]}
save other = RouteTables[0].RouteTableId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save here = NetworkInterface.NetworkInterfaceId
> ec2 CreateRoute {"RouteTableId":"$other","DestinationCidrBlock":"192.168.0.0/16","NetworkInterfaceId":"$here"}
! InvalidParameterValue: route table $other and interface $here belong to different networks
