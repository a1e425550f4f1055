# What a launch may say of its instances.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html

== several instances of one launch are one reservation
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":3,"InstanceType":"t3.micro"}
= Instances#: 3
= Instances[0].AmiLaunchIndex: 0
= Instances[2].AmiLaunchIndex: 2
save reservation = ReservationId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
> ec2 DescribeInstances {}
= Reservations#: 2
= Reservations[0].ReservationId: $reservation
= Reservations[0].Instances#: 3
= Reservations[0].OwnerId: 123456789012

== IMDS: images that ask for version 2 require tokens, with two hops; others do not
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-options-order-of-precedence.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
= Instances[0].MetadataOptions.HttpTokens: required
= Instances[0].MetadataOptions.HttpPutResponseHopLimit: 2
> ec2 RunInstances {"ImageId":"$debian","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
= Instances[0].MetadataOptions.HttpTokens: optional
= Instances[0].MetadataOptions.HttpPutResponseHopLimit: 1
= Instances[0].MetadataOptions.HttpEndpoint: enabled
> ec2 RunInstances {"ImageId":"$debian","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","MetadataOptions":{"HttpTokens":"required","HttpPutResponseHopLimit":3,"InstanceMetadataTags":"enabled"}}
= Instances[0].MetadataOptions.HttpTokens: required
= Instances[0].MetadataOptions.HttpPutResponseHopLimit: 3
= Instances[0].MetadataOptions.InstanceMetadataTags: enabled
save web = Instances[0].InstanceId
> ec2 ModifyInstanceMetadataOptions {"InstanceId":"$web","HttpTokens":"optional"}
= InstanceMetadataOptions.State: pending
= InstanceMetadataOptions.HttpTokens: optional
= InstanceMetadataOptions.HttpPutResponseHopLimit: 3
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].MetadataOptions.State: applied
= Reservations[0].Instances[0].MetadataOptions.HttpTokens: optional
> ec2 ModifyInstanceMetadataOptions {"InstanceId":"$web","HttpPutResponseHopLimit":65}
! InvalidParameterValue: HttpPutResponseHopLimit

== the image decides platform and what is billed
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/billing-info-fields.html
> ec2 RunInstances {"ImageId":"$windows","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
= Instances[0].Platform: windows
= Instances[0].PlatformDetails: Windows
= Instances[0].UsageOperation: RunInstances:0002
> ec2 RunInstances {"ImageId":"$rhel","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
= Instances[0].Platform: -
= Instances[0].PlatformDetails: Red Hat Enterprise Linux
= Instances[0].UsageOperation: RunInstances:0010
> ec2 RunInstances {"ImageId":"$suse","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
= Instances[0].UsageOperation: RunInstances:000g
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
= Instances[0].PlatformDetails: Linux/UNIX
= Instances[0].UsageOperation: RunInstances

== a public parameter names the newest image
> ec2 RunInstances {"ImageId":"resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
= Instances[0].ImageId: $al2023

== dedicated tenancy: nobody else on the machine
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-instance.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":2,"InstanceType":"m5.large","Placement":{"Tenancy":"dedicated","AvailabilityZone":"us-east-1a"}}
= Instances[0].Placement.Tenancy: dedicated
save one = Instances[0].InstanceId
save two = Instances[1].InstanceId
see neighbours of $one: 0
# Machines of one account fill its dedicated host first (ours).
see host = host of $one
see host of $two: $host
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5.large","Placement":{"AvailabilityZone":"us-east-1a"}}
= Instances[0].Placement.Tenancy: default
save shared = Instances[0].InstanceId
see other = host of $shared
differ $host $other
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t2.micro","Placement":{"Tenancy":"dedicated"}}
! Unsupported: 't2.micro'

== a dedicated VPC leaves no choice
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","InstanceTenancy":"dedicated"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5.large","SubnetId":"$subnet"}
= Instances[0].Placement.Tenancy: dedicated

== a public address: default subnets give one, others only when told to
# https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet"}
save private = Instances[0].InstanceId
> ec2 DescribeInstances {"InstanceIds":["$private"]}
= Reservations[0].Instances[0].PublicIpAddress: -
= Reservations[0].Instances[0].PublicDnsName:
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","NetworkInterfaces":[{"DeviceIndex":0,"SubnetId":"$subnet","AssociatePublicIpAddress":true}]}
save public = Instances[0].InstanceId
> ec2 DescribeInstances {"InstanceIds":["$public"]}
= Reservations[0].Instances[0].PublicIpAddress: *.*.*.*
# A VPC made by hand has DNS host names off.
= Reservations[0].Instances[0].PublicDnsName:
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","NetworkInterfaces":[{"DeviceIndex":0,"AssociatePublicIpAddress":false}]}
save asked = Instances[0].InstanceId
> ec2 DescribeInstances {"InstanceIds":["$asked"]}
= Reservations[0].Instances[0].PublicIpAddress: -

== an interface that exists already
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save subnet = Subnets[0].SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Description":"kept"}
save eni = NetworkInterface.NetworkInterfaceId
save address = NetworkInterface.PrivateIpAddress
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","NetworkInterfaces":[{"DeviceIndex":0,"NetworkInterfaceId":"$eni"}]}
= Instances[0].PrivateIpAddress: $address
= Instances[0].Placement.AvailabilityZone: us-east-1a
save web = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","NetworkInterfaces":[{"DeviceIndex":0,"NetworkInterfaceId":"$eni"}]}
! InvalidNetworkInterface.InUse
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","NetworkInterfaces":[{"DeviceIndex":0,"NetworkInterfaceId":"eni-00000000000000000"}]}
! InvalidNetworkInterfaceID.NotFound
advance 60
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 60
# It was not made by the launch, so it stays.
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$eni"]}
= NetworkInterfaces[0].Status: available

== several interfaces: no public address of Amazon's, and none at start
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save subnet = Subnets[0].SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","NetworkInterfaces":[{"DeviceIndex":0,"SubnetId":"$subnet"},{"DeviceIndex":1,"SubnetId":"$subnet"}]}
save web = Instances[0].InstanceId
= Instances[0].NetworkInterfaces#: 2
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].PublicIpAddress: -
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","NetworkInterfaces":[{"DeviceIndex":0,"SubnetId":"$subnet","AssociatePublicIpAddress":true},{"DeviceIndex":1,"SubnetId":"$subnet"}]}
! InvalidParameterCombination: The associatePublicIPAddress parameter cannot be specified when launching with multiple network interfaces.

== a public address is not renewed at start with more than one interface
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save subnet = Subnets[0].SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet"}
save web = Instances[0].InstanceId
advance 60
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].PublicIpAddress: *.*.*.*
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"$eni","InstanceId":"$web","DeviceIndex":1}
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State.Name: running
= Reservations[0].Instances[0].PublicIpAddress: -

== an Elastic IP takes the place of the lent address
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 DescribeInstances {}
save lent = Reservations[0].Instances[0].PublicIpAddress
save eni = Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId
> ec2 AllocateAddress {"Domain":"vpc"}
save alloc = AllocationId
save elastic = PublicIp
> ec2 AssociateAddress {"AllocationId":"$alloc","InstanceId":"$web"}
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].PublicIpAddress: $elastic
meter $eni PublicAddress: 1 × in-use 60s ended

== listed interfaces and instance-level settings exclude each other
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"subnet-00000000000000000","NetworkInterfaces":[{"DeviceIndex":0}]}
! InvalidParameterCombination: Network interfaces and an instance-level subnet ID may not be specified on the same request
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SecurityGroupIds":["sg-00000000000000000"],"NetworkInterfaces":[{"DeviceIndex":0}]}
! InvalidParameterCombination: Network interfaces and an instance-level security groups may not be specified on the same request
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","NetworkInterfaces":[{"DeviceIndex":1}]}
! InvalidParameterCombination: device index 0
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","NetworkInterfaces":[{"Description":"no index"}]}
! InvalidParameterValue: Each network interface requires a device index.

== CPU credits: T2 standard, T3 unlimited, unless told otherwise
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","CreditSpecification":{"CpuCredits":"standard"}}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","CreditSpecification":{"CpuCredits":"plenty"}}
! InvalidParameterValue: CpuCredits
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5.large","CreditSpecification":{"CpuCredits":"standard"}}
! Unsupported

== CPU options
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/cpu-options-supported-instances-values.html: m5.xlarge has 2 cores of 2
# threads, and 2 is its only valid count of cores. m5.2xlarge has 4, valid are 2 and 4.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5.xlarge","CpuOptions":{"CoreCount":2,"ThreadsPerCore":1}}
= Instances[0].CpuOptions: {"CoreCount":2,"ThreadsPerCore":1}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5.xlarge","CpuOptions":{"CoreCount":1,"ThreadsPerCore":1}}
! InvalidParameterValue
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5.xlarge","CpuOptions":{"CoreCount":9,"ThreadsPerCore":1}}
! InvalidParameterValue
# Both or neither.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5.2xlarge","CpuOptions":{"CoreCount":2}}
! InvalidParameterCombination: CpuOptions must have both CoreCount and ThreadsPerCore.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m6a.large","CpuOptions":{"AmdSevSnp":"enabled"}}
! UnsupportedOperation

== bandwidth that leans to the network or to the volumes
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-bandwidth-weighting.html
> ec2 RunInstances {"ImageId":"$al2023-arm","MinCount":1,"MaxCount":1,"InstanceType":"m8g.large","NetworkPerformanceOptions":{"BandwidthWeighting":"vpc-1"}}
= Instances[0].NetworkPerformanceOptions.BandwidthWeighting: vpc-1
save i = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","NetworkPerformanceOptions":{"BandwidthWeighting":"vpc-1"}}
! Unsupported
> ec2 DescribeInstances {"Filters":[{"Name":"network-performance-options.bandwidth-weighting","Values":["vpc-1"]}]}
= Reservations#: 1
> ec2 DescribeInstanceTypes {"Filters":[{"Name":"network-info.bandwidth-weightings","Values":["ebs-1"]},{"Name":"instance-type","Values":["m8g.large","m7g.large"]}]}
= InstanceTypes#: 1
= InstanceTypes[0].NetworkInfo.BandwidthWeightings: ["default","vpc-1","ebs-1"]
# It is changed while the instance is stopped.
advance 60
> ec2 ModifyInstanceNetworkPerformanceOptions {"InstanceId":"$i","BandwidthWeighting":"ebs-1"}
! IncorrectInstanceState
> ec2 StopInstances {"InstanceIds":["$i"]}
advance 120
> ec2 ModifyInstanceNetworkPerformanceOptions {"InstanceId":"$i","BandwidthWeighting":"ebs-1"}
= InstanceId: $i
= BandwidthWeighting: ebs-1
> ec2 ModifyInstanceNetworkPerformanceOptions {"InstanceId":"$i","BandwidthWeighting":"default"}
= BandwidthWeighting: default

== an instance profile is kept as it is named, and there must be one
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","IamInstanceProfile":{"Name":"reader"}}
! InvalidParameterValue: Value (reader) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name
> iam CreateInstanceProfile {"InstanceProfileName":"reader"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","IamInstanceProfile":{"Name":"reader"}}
= Instances[0].IamInstanceProfile.Arn: arn:aws:iam::123456789012:instance-profile/reader
= Instances[0].IamInstanceProfile.Id: AIPA*
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","IamInstanceProfile":{"Arn":"nonsense"}}
! InvalidParameterValue: Invalid IAM Instance Profile ARN
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","IamInstanceProfile":{"Arn":"arn:aws:iam::123456789012:instance-profile/a","Name":"a"}}
! InvalidParameterCombination

== EBS optimization where it can be had
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5.large","EbsOptimized":true}
= Instances[0].EbsOptimized: true
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t2.micro","EbsOptimized":true}
! Unsupported: EBS-optimized instances are not supported for your requested configuration.

== IPv6 where subnet and type have it
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save vpc = Vpc.VpcId
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
save six = Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
slash64 block = $six
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24","Ipv6CidrBlock":"$block"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet"}
= Instances[0].Ipv6Address: -
> ec2 ModifySubnetAttribute {"SubnetId":"$subnet","AssignIpv6AddressOnCreation":{"Value":true}}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet"}
= Instances[0].Ipv6Address: *:*
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Ipv6AddressCount":1}
! InvalidParameterValue

== names made of the instance's id
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-naming.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","PrivateDnsNameOptions":{"HostnameType":"resource-name"}}
save web = Instances[0].InstanceId
= Instances[0].PrivateDnsName: $web.ec2.internal
region eu-west-1
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
= Instances[0].PrivateDnsName: ip-172-31-*.eu-west-1.compute.internal

== detailed monitoring
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Monitoring":{"Enabled":true}}
= Instances[0].Monitoring.State: enabled
save web = Instances[0].InstanceId
> ec2 UnmonitorInstances {"InstanceIds":["$web"]}
= InstanceMonitorings[0].Monitoring.State: disabling
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].Monitoring.State: disabled
> ec2 MonitorInstances {"InstanceIds":["$web"]}
= InstanceMonitorings[0].Monitoring.State: pending
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].Monitoring.State: enabled
