# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-classic-platform.html#VPC_EIP_EC2_Differences

== an Elastic IP of EC2-Classic is dropped at a stop
region eu-west-1
> stratus SetEc2Classic {"Enabled":true}
> ec2 AllocateAddress {"Domain":"standard"}
= Domain: standard
= AllocationId: -
save address = PublicIp
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":2,"MaxCount":2,"InstanceType":"m3.large"}
save web = Instances[0].InstanceId
save other = Instances[1].InstanceId
> ec2 AssociateAddress {"PublicIp":"$address","InstanceId":"$web"}
! InvalidInstanceID
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save lent = Reservations[0].Instances[0].PublicIpAddress
> ec2 AssociateAddress {"PublicIp":"$address","InstanceId":"$web"}
= AssociationId: -
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PublicIpAddress: $address
> ec2 DescribeAddresses {"PublicIps":["$address"]}
= Addresses[0].Domain: standard
= Addresses[0].InstanceId: $web
= Addresses[0].AllocationId: -
= Addresses[0].NetworkInterfaceId: -
> ec2 DescribeAddresses {"Filters":[{"Name":"domain","Values":["standard"]},{"Name":"instance-id","Values":["$web"]}]}
= Addresses#: 1
> ec2 DescribeAddresses {"Filters":[{"Name":"domain","Values":["vpc"]}]}
= Addresses#: 0
# It moves to another instance without being asked twice; who had it gets another address.
> ec2 AssociateAddress {"PublicIp":"$address","InstanceId":"$other"}
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save again = Reservations[0].Instances[0].PublicIpAddress
differ $again $address
differ $again $lent
> ec2 StopInstances {"InstanceIds":["$other"]}
advance 60
event its Elastic IP is associated with nothing
> ec2 DescribeAddresses {"PublicIps":["$address"]}
= Addresses[0].InstanceId:
> ec2 StartInstances {"InstanceIds":["$other"]}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$other"]}
save new = Reservations[0].Instances[0].PublicIpAddress
differ $new $address
> ec2 AssociateAddress {"PublicIp":"$address","InstanceId":"$other"}
> ec2 DisassociateAddress {"PublicIp":"$address"}
> ec2 DisassociateAddress {"PublicIp":"$address"}
# Releasing takes it from its instance.
> ec2 AssociateAddress {"PublicIp":"$address","InstanceId":"$other"}
> ec2 ReleaseAddress {"PublicIp":"$address"}
> ec2 DescribeAddresses {}
= Addresses#: 0
> ec2 TerminateInstances {"InstanceIds":["$web","$other"]}
advance 120

== each platform has addresses of its own
region eu-west-1
> stratus SetEc2Classic {"Enabled":true}
> ec2 AllocateAddress {"TagSpecifications":[{"ResourceType":"elastic-ip","Tags":[{"Key":"Name","Value":"x"}]}]}
! InvalidParameterCombination
> ec2 AllocateAddress {}
save classic = PublicIp
> ec2 AllocateAddress {"Domain":"vpc"}
= Domain: vpc
save eip = AllocationId
save vpcs = PublicIp
> ec2 CreateVpc {"CidrBlock":"172.30.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"172.30.1.0/24"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large","SubnetId":"$subnet"}
save inside = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large"}
save flat = Instances[0].InstanceId
advance 60
> ec2 AssociateAddress {"PublicIp":"$classic","InstanceId":"$inside"}
! InvalidParameterCombination: You must specify an allocation id when mapping an address to a VPC instance
> ec2 AssociateAddress {"AllocationId":"$eip","InstanceId":"$flat"}
! InvalidParameterCombination
> ec2 AllocateAddress {}
> ec2 AllocateAddress {}
> ec2 AllocateAddress {}
> ec2 AllocateAddress {}
> ec2 AllocateAddress {}
! AddressLimitExceeded
> ec2 AllocateAddress {"Domain":"vpc"}

== to the VPC platform and back
region eu-west-1
> stratus SetEc2Classic {"Enabled":true}
> ec2 AllocateAddress {}
save address = PublicIp
> ec2 AllocateAddress {"Domain":"vpc"}
save born = PublicIp
> ec2 MoveAddressToVpc {"PublicIp":"$born"}
! UnsupportedOperation: already in the EC2-VPC platform
> ec2 RestoreAddressToClassic {"PublicIp":"$born"}
! UnsupportedOperation: was allocated for use in a VPC
> ec2 MoveAddressToVpc {"PublicIp":"$address"}
! UnsupportedOperation: less than 24 hours ago
advance 86400
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large"}
save web = Instances[0].InstanceId
advance 60
> ec2 AssociateAddress {"PublicIp":"$address","InstanceId":"$web"}
> ec2 MoveAddressToVpc {"PublicIp":"$address"}
! InvalidIPAddress.InUse
> ec2 DisassociateAddress {"PublicIp":"$address"}
> ec2 MoveAddressToVpc {"PublicIp":"$address"}
= Status: MoveInProgress
save eip = AllocationId
> ec2 DescribeMovingAddresses {}
= MovingAddressStatuses[0].PublicIp: $address
= MovingAddressStatuses[0].MoveStatus: movingToVpc
> ec2 DescribeMovingAddresses {"Filters":[{"Name":"moving-status","Values":["RestoringToClassic"]}]}
= MovingAddressStatuses#: 0
> ec2 AssociateAddress {"PublicIp":"$address","InstanceId":"$web"}
! InvalidState
> ec2 MoveAddressToVpc {"PublicIp":"$address"}
! InvalidState
advance 300
event is in the VPC platform
> ec2 DescribeMovingAddresses {}
= MovingAddressStatuses#: 0
> ec2 DescribeAddresses {"AllocationIds":["$eip"]}
= Addresses[0].PublicIp: $address
= Addresses[0].Domain: vpc
> ec2 RestoreAddressToClassic {"PublicIp":"$address"}
= Status: MoveInProgress
= PublicIp: $address
> ec2 DescribeMovingAddresses {"PublicIps":["$address"]}
= MovingAddressStatuses[0].MoveStatus: restoringToClassic
advance 300
> ec2 DescribeAddresses {"PublicIps":["$address"]}
= Addresses[0].Domain: standard

== what is of EC2-Classic, or on its way, is no VPC's address
region eu-west-1
> stratus SetEc2Classic {"Enabled":true}
> ec2 CreateVpc {"CidrBlock":"172.30.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"172.30.1.0/24"}
save subnet = Subnet.SubnetId
> ec2 CreateInternetGateway {}
save igw = InternetGateway.InternetGatewayId
> ec2 AttachInternetGateway {"VpcId":"$vpc","InternetGatewayId":"$igw"}
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 AllocateAddress {}
save address = PublicIp
advance 86400
# A move takes a place on both sides: nothing is left over when it arrives.
> ec2 AllocateAddress {}
> ec2 AllocateAddress {}
> ec2 AllocateAddress {}
> ec2 AllocateAddress {}
> ec2 AllocateAddress {"Domain":"vpc"}
> ec2 AllocateAddress {"Domain":"vpc"}
> ec2 AllocateAddress {"Domain":"vpc"}
> ec2 AllocateAddress {"Domain":"vpc"}
> ec2 MoveAddressToVpc {"PublicIp":"$address"}
save eip = AllocationId
> ec2 AllocateAddress {}
! AddressLimitExceeded
> ec2 AllocateAddress {"Domain":"vpc"}
! AddressLimitExceeded
# Its allocation is known now, and is none of a VPC's yet.
> ec2 AssociateAddress {"AllocationId":"$eip","NetworkInterfaceId":"$eni"}
! InvalidState
> ec2 CreateNatGateway {"SubnetId":"$subnet","AllocationId":"$eip"}
! InvalidState
> ec2 EnableAddressTransfer {"AllocationId":"$eip","TransferAccountId":"210987654321"}
! InvalidState
> ec2 ReleaseAddress {"AllocationId":"$eip"}
! InvalidState
advance 300
> ec2 AllocateAddress {}
> ec2 AllocateAddress {"Domain":"vpc"}
! AddressLimitExceeded
> ec2 AssociateAddress {"AllocationId":"$eip","NetworkInterfaceId":"$eni"}
save association = AssociationId
> ec2 DisassociateAddress {"AssociationId":"$association"}
# What is offered to another account does not move.
> ec2 DescribeAddresses {"Filters":[{"Name":"domain","Values":["standard"]}]}
save spare = Addresses[0].PublicIp
> ec2 ReleaseAddress {"PublicIp":"$spare"}
> ec2 EnableAddressTransfer {"AllocationId":"$eip","TransferAccountId":"210987654321"}
> ec2 RestoreAddressToClassic {"PublicIp":"$address"}
! IncorrectState
> ec2 DisableAddressTransfer {"AllocationId":"$eip"}
> ec2 RestoreAddressToClassic {"PublicIp":"$address"}
advance 300
> ec2 AssociateAddress {"AllocationId":"$eip","NetworkInterfaceId":"$eni"}
! InvalidParameterCombination
> ec2 CreateNatGateway {"SubnetId":"$subnet","AllocationId":"$eip"}
! InvalidParameterCombination
> ec2 EnableAddressTransfer {"AllocationId":"$eip","TransferAccountId":"210987654321"}
! InvalidParameterCombination
> ec2 ReleaseAddress {"AllocationId":"$eip"}
! InvalidParameterCombination
> ec2 ReleaseAddress {"PublicIp":"$address"}
