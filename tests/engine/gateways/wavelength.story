# Wavelength Zones: https://docs.aws.amazon.com/wavelength/latest/developerguide/get-started-wavelength.html
== zones are listed, and opted in to
> ec2 DescribeAvailabilityZones {}
= AvailabilityZones#: 6
> ec2 DescribeAvailabilityZones {"AllAvailabilityZones":true,"Filters":[{"Name":"zone-type","Values":["wavelength-zone"]},{"Name":"zone-name","Values":["us-east-1-wl1-bos-wlz-1"]}]}
= AvailabilityZones#: 1
= AvailabilityZones[0].ZoneId: use1-wl1-bos-wlz1
= AvailabilityZones[0].ZoneType: wavelength-zone
= AvailabilityZones[0].GroupName: us-east-1-wl1
= AvailabilityZones[0].NetworkBorderGroup: us-east-1-wl1-bos-wlz-1
= AvailabilityZones[0].OptInStatus: not-opted-in
= AvailabilityZones[0].ParentZoneName: us-east-1c
= AvailabilityZones[0].ParentZoneId: use1-az3
= AvailabilityZones[0].RegionName: us-east-1
# A zone that is not opted in to has to be asked for with all others.
> ec2 DescribeAvailabilityZones {"ZoneNames":["us-east-1-wl1-bos-wlz-1"]}
! InvalidParameterValue
> ec2 DescribeAvailabilityZones {"ZoneIds":["use1-wl1-bos-wlz1"],"AllAvailabilityZones":true}
= AvailabilityZones[0].ZoneName: us-east-1-wl1-bos-wlz-1
> ec2 DescribeAvailabilityZones {"AllAvailabilityZones":true,"Filters":[{"Name":"opt-in-status","Values":["not-opted-in"]},{"Name":"group-name","Values":["us-east-1-wl1"]},{"Name":"parent-zone-name","Values":["us-east-1c"]}]}
= AvailabilityZones[0].ZoneName: us-east-1-wl1-bos-wlz-1
# A zone is no group.
> ec2 ModifyAvailabilityZoneGroup {"GroupName":"us-east-1-wl1-bos-wlz-1","OptInStatus":"opted-in"}
! InvalidParameterValue
> ec2 ModifyAvailabilityZoneGroup {"GroupName":"us-west-2-wl1","OptInStatus":"opted-in"}
! InvalidParameterValue
> ec2 ModifyAvailabilityZoneGroup {"GroupName":"us-east-1-wl1","OptInStatus":"opted-in"}
= Return: true
> ec2 DescribeAvailabilityZones {}
= AvailabilityZones#: 19
> ec2 DescribeAvailabilityZones {"ZoneNames":["us-east-1-wl1-bos-wlz-1"]}
= AvailabilityZones[0].OptInStatus: opted-in
# Only AWS Support opts out.
> ec2 ModifyAvailabilityZoneGroup {"GroupName":"us-east-1-wl1","OptInStatus":"not-opted-in"}
! InvalidParameterValue: OptInStatus
# In Africa one zone stands, with a border group that is not its name.
region eu-west-3
> ec2 DescribeAvailabilityZones {"AllAvailabilityZones":true,"ZoneNames":["eu-west-3-cmn-wlz-1a"]}
= AvailabilityZones[0].NetworkBorderGroup: eu-west-3-cmn-wlz-1
# Ohio has none.
region us-east-2
> ec2 DescribeAvailabilityZones {"AllAvailabilityZones":true}
= AvailabilityZones#: 3

== what may stand there
# https://docs.aws.amazon.com/wavelength/latest/developerguide/wavelength-quotas.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save vpc = Vpc.VpcId
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
save block = Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
slash64 six = $block
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24","AvailabilityZone":"us-east-1-wl1-bos-wlz-1"}
! InvalidParameterValue: Subnets can currently only be created in the following availability zones
> ec2 ModifyAvailabilityZoneGroup {"GroupName":"us-east-1-wl1","OptInStatus":"opted-in"}
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24","AvailabilityZone":"us-east-1-wl1-bos-wlz-1"}
save bos = Subnet.SubnetId
= Subnet.AvailabilityZoneId: use1-wl1-bos-wlz1
= Subnet.MapPublicIpOnLaunch: false
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.2.0/24","AvailabilityZoneId":"use1-wl1-nyc-wlz1"}
save nyc = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.9.0/24","AvailabilityZone":"us-east-1-wl1-mia-wlz-1","Ipv6CidrBlock":"$six"}
! UnsupportedOperation
> ec2 AssociateSubnetCidrBlock {"SubnetId":"$bos","Ipv6CidrBlock":"$six"}
! UnsupportedOperation
> ec2 CreateDefaultSubnet {"AvailabilityZone":"us-east-1-wl1-bos-wlz-1"}
! UnsupportedOperation
> ec2 ModifySubnetAttribute {"SubnetId":"$bos","MapPublicIpOnLaunch":{"Value":true}}
! UnsupportedOperation
# Few types: of the four of the documentation of 2023 the catalogue has three.
> ec2 DescribeInstanceTypeOfferings {"LocationType":"availability-zone","Filters":[{"Name":"location","Values":["us-east-1-wl1-bos-wlz-1"]}]}
= InstanceTypeOfferings#: 3
> ec2 DescribeInstanceTypeOfferings {"LocationType":"availability-zone-id","Filters":[{"Name":"location","Values":["use1-wl1-bos-wlz1"]},{"Name":"instance-type","Values":["m5.large","t3.medium"]}]}
= InstanceTypeOfferings#: 1
= InstanceTypeOfferings[0].InstanceType: t3.medium
> ec2 RunInstances {"ImageId":"$al2","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$bos"}
! Unsupported
# gp2 volumes only; the snapshot of one is the Region's.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.medium","SubnetId":"$bos"}
! VolumeTypeNotAvailableInZone
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.medium","SubnetId":"$bos","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeType":"gp2"}}],"Placement":{"Tenancy":"dedicated"}}
! UnsupportedOperation
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.medium","SubnetId":"$bos","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeType":"gp2"}}]}
save edge = Instances[0].InstanceId
= Instances[0].Placement.AvailabilityZone: us-east-1-wl1-bos-wlz-1
> ec2 CreateVolume {"AvailabilityZone":"us-east-1-wl1-bos-wlz-1","Size":8,"VolumeType":"gp3"}
! VolumeTypeNotAvailableInZone
> ec2 CreateVolume {"AvailabilityZone":"us-east-1-wl1-bos-wlz-1","Size":8,"VolumeType":"gp2"}
save volume = VolumeId
advance 60
> ec2 ModifyVolume {"VolumeId":"$volume","VolumeType":"io1","Iops":100}
! VolumeTypeNotAvailableInZone
> ec2 AttachVolume {"VolumeId":"$volume","InstanceId":"$edge","Device":"/dev/sdf"}
> ec2 CreateSnapshot {"VolumeId":"$volume"}
save snapshot = SnapshotId
advance 120
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$snapshot"}
= AvailabilityZone: us-east-1a
> ec2 StopInstances {"InstanceIds":["$edge"]}
advance 120
> ec2 ModifyInstanceAttribute {"InstanceId":"$edge","InstanceType":{"Value":"t3.large"}}
! Unsupported
> ec2 ModifyInstanceAttribute {"InstanceId":"$edge","InstanceType":{"Value":"t3.xlarge"}}
# What has to be in an Availability Zone.
> ec2 CreateNatGateway {"SubnetId":"$bos","ConnectivityType":"private"}
! UnsupportedOperation
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","VpcEndpointType":"Interface","ServiceName":"com.amazonaws.us-east-1.ssm","SubnetIds":["$bos"],"PrivateDnsEnabled":false}
! UnsupportedOperation
> ec2 CreateTransitGateway {}
save hub = TransitGateway.TransitGatewayId
advance 300
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$hub","VpcId":"$vpc","SubnetIds":["$bos"]}
! UnsupportedOperation
> elbv2 CreateLoadBalancer {"Name":"edge","Type":"network","Subnets":["$bos"]}
! InvalidSubnet
> elb CreateLoadBalancer {"LoadBalancerName":"edge","Subnets":["$bos"],"Listeners":[{"Protocol":"TCP","LoadBalancerPort":80,"InstancePort":80}]}
! InvalidSubnet

== carrier IP addresses
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateAddress.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 AllocateAddress {"Domain":"vpc","NetworkBorderGroup":"us-east-1-wl1-bos-wlz-1"}
! InvalidParameterValue: opted in
> ec2 ModifyAvailabilityZoneGroup {"GroupName":"us-east-1-wl1","OptInStatus":"opted-in"}
> ec2 AllocateAddress {"Domain":"vpc","NetworkBorderGroup":"us-east-1-wl1"}
! InvalidParameterValue
> ec2 AllocateAddress {"Domain":"vpc","NetworkBorderGroup":"us-east-1-wl1-bos-wlz-1"}
save carrier = AllocationId
save address = CarrierIp
= CarrierIp: 155.146.*
= PublicIp: -
= NetworkBorderGroup: us-east-1-wl1-bos-wlz-1
> ec2 AllocateAddress {"Domain":"vpc"}
save plain = AllocationId
= NetworkBorderGroup: us-east-1
> ec2 DescribeAddresses {"Filters":[{"Name":"network-border-group","Values":["us-east-1-wl1-bos-wlz-1"]}]}
= Addresses#: 1
= Addresses[0].CarrierIp: $address
= Addresses[0].PublicIp: -
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24","AvailabilityZone":"us-east-1-wl1-bos-wlz-1"}
save bos = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.2.0/24","AvailabilityZone":"us-east-1-wl1-nyc-wlz-1"}
save nyc = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.3.0/24","AvailabilityZone":"us-east-1a"}
save home = Subnet.SubnetId
# Only to an interface of its network border group; no internet gateway is needed.
> ec2 CreateNetworkInterface {"SubnetId":"$nyc"}
save other = NetworkInterface.NetworkInterfaceId
> ec2 AssociateAddress {"AllocationId":"$carrier","NetworkInterfaceId":"$other"}
! InvalidParameterCombination: network border group
> ec2 CreateNetworkInterface {"SubnetId":"$bos"}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 AssociateAddress {"AllocationId":"$plain","NetworkInterfaceId":"$eni"}
! InvalidParameterCombination: network border group
> ec2 AssociateAddress {"AllocationId":"$carrier","NetworkInterfaceId":"$eni"}
save association = AssociationId
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"association.carrier-ip","Values":["$address"]}]}
= NetworkInterfaces[0].NetworkInterfaceId: $eni
= NetworkInterfaces[0].Association.CarrierIp: $address
= NetworkInterfaces[0].Association.PublicIp: -
= NetworkInterfaces[0].Association.AllocationId: $carrier
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"association.public-ip","Values":["$address"]}]}
= NetworkInterfaces#: 0
> ec2 ReleaseAddress {"AllocationId":"$carrier"}
! InvalidIPAddress.InUse
> ec2 DisassociateAddress {"AssociationId":"$association"}
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseAddress.html: a wrong group, and it is not found.
> ec2 ReleaseAddress {"AllocationId":"$carrier","NetworkBorderGroup":"us-east-1"}
! InvalidAddress.NotFound
> ec2 ReleaseAddress {"AllocationId":"$carrier","NetworkBorderGroup":"us-east-1-wl1-bos-wlz-1"}
# A NAT gateway does not take one, nor does a load balancer.
> ec2 AllocateAddress {"Domain":"vpc","NetworkBorderGroup":"us-east-1-wl1-bos-wlz-1"}
save carrier = AllocationId
> ec2 CreateNatGateway {"SubnetId":"$home","AllocationId":"$carrier"}
! InvalidParameterValue
# A launch may have one lent.
> ec2 RunInstances {"ImageId":"$al2","MinCount":1,"MaxCount":1,"InstanceType":"t3.medium","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeType":"gp2"}}],"NetworkInterfaces":[{"DeviceIndex":0,"SubnetId":"$bos","AssociatePublicIpAddress":true}]}
! InvalidParameterCombination
> ec2 RunInstances {"ImageId":"$al2","MinCount":1,"MaxCount":1,"InstanceType":"t3.medium","NetworkInterfaces":[{"DeviceIndex":0,"SubnetId":"$home","AssociateCarrierIpAddress":true}]}
! InvalidParameterCombination
> ec2 RunInstances {"ImageId":"$al2","MinCount":1,"MaxCount":1,"InstanceType":"t3.medium","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeType":"gp2"}}],"NetworkInterfaces":[{"DeviceIndex":0,"SubnetId":"$bos","AssociateCarrierIpAddress":true}]}
save edge = Instances[0].InstanceId
advance 60
> ec2 DescribeInstances {"InstanceIds":["$edge"]}
= Reservations[0].Instances[0].PublicIpAddress: -
= Reservations[0].Instances[0].NetworkInterfaces[0].Association.CarrierIp: 155.146.*
= Reservations[0].Instances[0].NetworkInterfaces[0].Association.PublicIp: -
= Reservations[0].Instances[0].NetworkInterfaces[0].Association.IpOwnerId: amazon
> ec2 DescribeInstances {"Filters":[{"Name":"network-interface.association.carrier-ip","Values":["155.146.*"]}]}
= Reservations#: 1
# What is in a Wavelength Zone reaches out by the carrier gateway, which takes IPv4 only.
> ec2 CreateCarrierGateway {"VpcId":"$vpc"}
save mobile = CarrierGateway.CarrierGatewayId
advance 30
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save table = RouteTable.RouteTableId
> ec2 AssociateRouteTable {"RouteTableId":"$table","SubnetId":"$bos"}
> ec2 CreateRoute {"RouteTableId":"$table","DestinationIpv6CidrBlock":"::/0","CarrierGatewayId":"$mobile"}
! InvalidParameterValue
> ec2 CreateRoute {"RouteTableId":"$table","DestinationCidrBlock":"0.0.0.0/0","CarrierGatewayId":"$mobile"}
> ec2 DescribeRouteTables {"Filters":[{"Name":"association.subnet-id","Values":["$bos"]}]}
= RouteTables[0].Routes[1].CarrierGatewayId: $mobile
= RouteTables[0].Routes[1].State: active
