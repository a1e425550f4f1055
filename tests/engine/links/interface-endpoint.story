# https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24","AvailabilityZone":"us-east-1a"}
save a = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.2.0/24","AvailabilityZone":"us-east-1b"}
save b = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.3.0/24","AvailabilityZone":"us-east-1a"}
save again = Subnet.SubnetId
> ec2 CreateSecurityGroup {"VpcId":"$vpc","GroupName":"https","Description":"for endpoints"}
save sg = GroupId
# Private names need both DNS attributes.
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","VpcEndpointType":"Interface","ServiceName":"com.amazonaws.us-east-1.ssm","SubnetIds":["$a"]}
! InvalidParameter: Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true
> ec2 ModifyVpcAttribute {"VpcId":"$vpc","EnableDnsHostnames":{"Value":true}}
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","VpcEndpointType":"Gateway","ServiceName":"com.amazonaws.us-east-1.ssm"}
! InvalidParameter: Endpoint type (Gateway) does not match available service types ([Interface]).
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","VpcEndpointType":"Interface","ServiceName":"com.amazonaws.us-east-1.nothing","SubnetIds":["$a"]}
! InvalidServiceName: The Vpc Endpoint Service 'com.amazonaws.us-east-1.nothing' does not exist
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","VpcEndpointType":"Interface","ServiceName":"com.amazonaws.us-east-1.ssm","SubnetIds":["$a","$again"]}
! DuplicateSubnetsInSameZone
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","VpcEndpointType":"Interface","ServiceName":"com.amazonaws.us-east-1.ssm","SubnetIds":["$a","$b"],"SecurityGroupIds":["$sg"],"SubnetConfigurations":[{"SubnetId":"$a","Ipv4":"10.0.1.50"}],"TagSpecifications":[{"ResourceType":"vpc-endpoint","Tags":[{"Key":"Name","Value":"ssm"}]}]}
= VpcEndpoint.State: pending
= VpcEndpoint.PrivateDnsEnabled: true
= VpcEndpoint.NetworkInterfaceIds#: 2
= VpcEndpoint.Groups: [{"GroupId":"$sg","GroupName":"https"}]
= VpcEndpoint.DnsEntries#: 4
= VpcEndpoint.DnsEntries[0].HostedZoneId: Z7HUB22UULQXV
= VpcEndpoint.DnsEntries[3].DnsName: ssm.us-east-1.amazonaws.com
save vpce = VpcEndpoint.VpcEndpointId
save eni = VpcEndpoint.NetworkInterfaceIds[0]
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$eni"]}
= NetworkInterfaces[0].InterfaceType: vpc_endpoint
= NetworkInterfaces[0].PrivateIpAddress: 10.0.1.50
= NetworkInterfaces[0].RequesterManaged: true
= NetworkInterfaces[0].Status: in-use
= NetworkInterfaces[0].Description: VPC Endpoint Interface $vpce
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$eni"}
! InvalidParameterValue: is currently in use
# Its groups are the endpoint's.
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Groups":["$sg"]}
! OperationNotPermitted
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","NetworkInterfaces":[{"DeviceIndex":0,"NetworkInterfaceId":"$eni"}]}
! InvalidNetworkInterface.InUse
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","VpcEndpointType":"Interface","ServiceName":"com.amazonaws.us-east-1.ssm","SubnetIds":["$a"]}
! InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain for ssm.us-east-1.amazonaws.com
advance 120
event pending → available
> ec2 DescribeVpcEndpoints {"Filters":[{"Name":"vpc-endpoint-state","Values":["available"]},{"Name":"tag:Name","Values":["ssm"]}]}
= VpcEndpoints#: 1
meter $vpce VpcEndpoint: 2 × Interface 120s running
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$vpce","RemoveSubnetIds":["$b"],"PrivateDnsEnabled":false}
> ec2 DescribeVpcEndpoints {"VpcEndpointIds":["$vpce"]}
= VpcEndpoints[0].SubnetIds: ["$a"]
= VpcEndpoints[0].DnsEntries#: 2
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$vpce","RemoveSecurityGroupIds":["$sg"]}
! InvalidParameter
> ec2 DeleteSecurityGroup {"GroupId":"$sg"}
! DependencyViolation
> ec2 DescribeVpcEndpointAssociations {"VpcEndpointIds":["$vpce"]}
= VpcEndpointAssociations#: 0
advance 3600
bill $vpce: (2 zones × 120 s + 1 zones × 3,600 s = 3,840 zone-seconds) × $0.01/h ÷ 3600 = $0.0107
> ec2 DeleteVpcEndpoints {"VpcEndpointIds":["$vpce"]}
= Unsuccessful#: 0
> ec2 DescribeVpcEndpoints {"VpcEndpointIds":["$vpce"]}
= VpcEndpoints[0].State: deleting
advance 120
event deleting → deleted
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"interface-type","Values":["vpc_endpoint"]}]}
= NetworkInterfaces#: 0
> ec2 DeleteSecurityGroup {"GroupId":"$sg"}
