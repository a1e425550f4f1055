# Dedicated Hosts: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-overview.html

== allocated, described, modified, released
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateHosts.html
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceType":"m5.4xlarge","Quantity":1,"TagSpecifications":[{"ResourceType":"dedicated-host","Tags":[{"Key":"Name","Value":"licensed"}]}]}
= HostIds#: 1
= HostIds[0]: h-*
save host = HostIds[0]
> ec2 DescribeHosts {}
= Hosts#: 1
= Hosts[0].HostId: $host
= Hosts[0].State: available
= Hosts[0].AutoPlacement: off
= Hosts[0].HostRecovery: off
= Hosts[0].HostMaintenance: on
= Hosts[0].AllowsMultipleInstanceTypes: off
= Hosts[0].AvailabilityZone: us-east-1a
= Hosts[0].AllocationTime: 2025-03-03T09:00:00Z
= Hosts[0].ReleaseTime: -
= Hosts[0].OwnerId: 123456789012
= Hosts[0].Tags[0].Value: licensed
# The guide's own example: 48 physical cores, 8 cores an m5.4xlarge, so six of them.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-limits.html
= Hosts[0].HostProperties.Sockets: 2
= Hosts[0].HostProperties.Cores: 48
= Hosts[0].HostProperties.TotalVCpus: 96
= Hosts[0].HostProperties.InstanceType: m5.4xlarge
= Hosts[0].HostProperties.InstanceFamily: m5
= Hosts[0].AvailableCapacity.AvailableVCpus: 96
= Hosts[0].AvailableCapacity.AvailableInstanceCapacity: [{"InstanceType":"m5.4xlarge","AvailableCapacity":6,"TotalCapacity":6}]
= Hosts[0].Instances#: 0
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyHosts.html
> ec2 ModifyHosts {"HostIds":["$host","h-00000000000000000"],"AutoPlacement":"on","HostRecovery":"on","InstanceFamily":"m5"}
= Successful: ["$host"]
= Unsuccessful[0].ResourceId: h-00000000000000000
= Unsuccessful[0].Error.Code: Client.InvalidHostID.NotFound
> ec2 DescribeHosts {"HostIds":["$host"]}
= Hosts[0].AutoPlacement: on
= Hosts[0].HostRecovery: on
= Hosts[0].AllowsMultipleInstanceTypes: on
= Hosts[0].HostProperties.InstanceType: -
= Hosts[0].AvailableCapacity.AvailableInstanceCapacity[0]: {"InstanceType":"m5.large","AvailableCapacity":48,"TotalCapacity":48}
> ec2 ModifyHosts {"HostIds":["$host"],"InstanceFamily":"c5"}
= Unsuccessful[0].Error.Code: Client.InvalidHostConfiguration
> ec2 ModifyHosts {"HostIds":["$host"],"InstanceType":"m5.large","InstanceFamily":"m5"}
! InvalidParameterCombination
> ec2 ModifyHosts {"HostIds":["$host"]}
! MissingParameter
> ec2 CreateTags {"Resources":["$host"],"Tags":[{"Key":"team","Value":"a"}]}
> ec2 DescribeTags {"Filters":[{"Name":"resource-type","Values":["dedicated-host"]}]}
= Tags#: 2
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseHosts.html: released hosts still appear.
> ec2 ReleaseHosts {"HostIds":["$host"]}
= Successful: ["$host"]
> ec2 DescribeHosts {}
= Hosts[0].State: released
= Hosts[0].ReleaseTime: 2025-03-03T09:00:00Z
= Hosts[0].AvailableCapacity: -
> ec2 ReleaseHosts {"HostIds":["$host"]}
= Unsuccessful[0].Error.Code: Client.InvalidHostID.NotFound
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"HostId":"$host"}}
! InvalidHostID.NotFound: does not exist
advance 3600
> ec2 DescribeHosts {}
= Hosts#: 0
> ec2 DescribeHosts {"HostIds":["$host"]}
! InvalidHostID.NotFound
> ec2 DescribeHosts {"HostIds":["host"]}
! InvalidHostID.Malformed

== what cannot be allocated
> ec2 AllocateHosts {"InstanceType":"m5.large","Quantity":1}
! MissingParameter
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","Quantity":1}
! MissingParameter
> ec2 AllocateHosts {"AvailabilityZone":"eu-west-1a","InstanceType":"m5.large","Quantity":1}
! InvalidAvailabilityZone
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceType":"m5.large","InstanceFamily":"m5","Quantity":1}
! InvalidParameterCombination
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceType":"m5.large","Quantity":0}
! InvalidParameterValue
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceType":"t2.micro","Quantity":1}
! InvalidHostConfiguration: The instance type 't2.micro' is not supported.
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceFamily":"Mac1","Quantity":1}
! InvalidHostConfiguration: The instance family 'Mac1' is not supported.
# Xen hosts are cut for one type.
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceFamily":"m4","Quantity":1}
! InvalidHostConfiguration
# Two of a family in a Region.
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceType":"m5.large","Quantity":2,"ClientToken":"two"}
= HostIds#: 2
save first = HostIds[0]
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceType":"m5.large","Quantity":2,"ClientToken":"two"}
= HostIds#: 2
= HostIds[0]: $first
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceType":"m5.large","Quantity":1,"ClientToken":"two"}
! IdempotentParameterMismatch
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceType":"m5.large","Quantity":1}
! HostLimitExceeded
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceType":"c5.large","Quantity":1}
> ec2 ReleaseHosts {"HostIds":["$first"]}
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceType":"m5.large","Quantity":1}
# Filters and pages.
> ec2 DescribeHosts {"Filter":[{"Name":"instance-type","Values":["c5.large"]}]}
= Hosts#: 1
> ec2 DescribeHosts {"Filter":[{"Name":"state","Values":["released"]}]}
= Hosts[0].HostId: $first
> ec2 DescribeHosts {"Filter":[{"Name":"client-token","Values":["two"]},{"Name":"auto-placement","Values":["off"]},{"Name":"availability-zone","Values":["us-east-1a"]}]}
= Hosts#: 2
> ec2 DescribeHosts {"Filter":[{"Name":"colour","Values":["red"]}]}
! InvalidParameterValue
> ec2 DescribeHosts {"MaxResults":5}
= Hosts#: 4
> ec2 DescribeHosts {"MaxResults":5,"HostIds":["$first"]}
! InvalidParameterCombination
> ec2 DescribeMacHosts {}
= MacHosts#: 0
> ec2 DescribeMacHosts {"HostIds":["h-00000000000000000"]}
! InvalidHostID.NotFound

== a launch that names a host
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/launching-dedicated-hosts-instances.html
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1b","InstanceFamily":"m5","Quantity":1}
save host = HostIds[0]
# The zone is the host's where nothing else is said; naming the host means the tenancy.
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.4xlarge","MinCount":1,"MaxCount":1,"Placement":{"HostId":"$host"}}
= Instances[0].Placement.Tenancy: host
= Instances[0].Placement.HostId: $host
= Instances[0].Placement.Affinity: default
= Instances[0].Placement.AvailabilityZone: us-east-1b
save web = Instances[0].InstanceId
see host of $web: $host
see neighbours of $web: 0
> ec2 DescribeHosts {"HostIds":["$host"]}
= Hosts[0].Instances: [{"InstanceId":"$web","InstanceType":"m5.4xlarge","OwnerId":"123456789012"}]
= Hosts[0].AvailableCapacity.AvailableVCpus: 80
= Hosts[0].AvailableCapacity.AvailableInstanceCapacity[0]: {"InstanceType":"m5.large","AvailableCapacity":40,"TotalCapacity":48}
> ec2 DescribeInstances {"Filters":[{"Name":"host-id","Values":["$host"]}]}
= Reservations#: 1
# Several types of the family share it, as far as its cores go: 40 are left.
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.8xlarge","MinCount":2,"MaxCount":5,"Placement":{"Tenancy":"host","HostId":"$host"}}
= Instances#: 2
save big = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.8xlarge","MinCount":1,"MaxCount":1,"Placement":{"HostId":"$host"}}
! InsufficientCapacityOnHost
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":8,"MaxCount":8,"Placement":{"HostId":"$host"}}
> ec2 DescribeHosts {}
= Hosts[0].AvailableCapacity.AvailableVCpus: 0
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"c5.large","MinCount":1,"MaxCount":1,"Placement":{"HostId":"$host"}}
! IncompatibleHostRequirements
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"HostId":"$host","Tenancy":"dedicated"}}
! InvalidParameterCombination
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"HostId":"$host","AvailabilityZone":"us-east-1a"}}
! InvalidParameterCombination
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"HostId":"h-00000000000000000"}}
! InvalidHostID.NotFound
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"HostId":"$host","Affinity":"often"}}
! InvalidAffinity
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"Affinity":"host"}}
! InvalidParameterCombination
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t2.micro","MinCount":1,"MaxCount":1,"Placement":{"Tenancy":"host"}}
! Unsupported
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-overview.html#dedicated-hosts-restrictions
> ec2 RunInstances {"ImageId":"$rhel","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"HostId":"$host"}}
! UnsupportedOperation
> ec2 CreatePlacementGroup {"GroupName":"near","Strategy":"cluster"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"Tenancy":"host","GroupName":"near"}}
! IncompatibleHostRequirements
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"InstanceMarketOptions":{"MarketType":"spot"},"Placement":{"HostId":"$host"}}
! InvalidParameterCombination
# Occupied, a host is not released; what is stopped leaves it.
advance 120
> ec2 ReleaseHosts {"HostIds":["$host"]}
= Unsuccessful[0].Error.Code: Client.InvalidHost.Occupied
= Unsuccessful[0].Error.Message: Dedicated host '$host' cannot be released as it is occupied
> ec2 ModifyHosts {"HostIds":["$host"],"InstanceType":"m5.large"}
= Unsuccessful[0].Error.Code: Client.InvalidHostConfiguration
> ec2 TerminateInstances {"InstanceIds":["$big"]}
advance 120
> ec2 DescribeHosts {}
= Hosts[0].AvailableCapacity.AvailableVCpus: 32

== auto-placement: a launch that names no host
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-understanding.html
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"Tenancy":"host"}}
! IncompatibleHostRequirements
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1c","InstanceType":"m5.12xlarge","Quantity":1}
save host = HostIds[0]
# It takes only who names it.
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.12xlarge","MinCount":1,"MaxCount":1,"Placement":{"Tenancy":"host"}}
! IncompatibleHostRequirements
> ec2 ModifyHosts {"HostIds":["$host"],"AutoPlacement":"on"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.12xlarge","MinCount":1,"MaxCount":3,"Placement":{"Tenancy":"host"}}
= Instances#: 2
= Instances[0].Placement.HostId: $host
= Instances[0].Placement.AvailabilityZone: us-east-1c
= Instances[1].Placement.HostId: $host
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.12xlarge","MinCount":1,"MaxCount":1,"Placement":{"Tenancy":"host","AvailabilityZone":"us-east-1c"}}
! InsufficientCapacityOnHost
# The default and dedicated tenancies do not land there.
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"Tenancy":"dedicated","AvailabilityZone":"us-east-1c"}}
save alone = Instances[0].InstanceId
see other = host of $alone
differ $host $other
# A host that is no Dedicated Host is none to the API.
> ec2 DescribeHosts {"HostIds":["$other"]}
! InvalidHostID.NotFound
> ec2 CreateTags {"Resources":["$other"],"Tags":[{"Key":"a","Value":"b"}]}
! InvalidHostID.NotFound

== affinity: whether an instance keeps to its host
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceType":"m5.24xlarge","Quantity":2,"AutoPlacement":"on"}
save one = HostIds[0]
save two = HostIds[1]
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.24xlarge","MinCount":1,"MaxCount":1,"Placement":{"HostId":"$one","Affinity":"host"}}
= Instances[0].Placement.Affinity: host
save bound = Instances[0].InstanceId
advance 120
> ec2 StopInstances {"InstanceIds":["$bound"]}
advance 120
> ec2 DescribeInstances {"InstanceIds":["$bound"]}
= Reservations[0].Instances[0].Placement.HostId: $one
# Somebody else takes its place: it does not start elsewhere.
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.24xlarge","MinCount":1,"MaxCount":1,"Placement":{"HostId":"$one"}}
save free = Instances[0].InstanceId
> ec2 StartInstances {"InstanceIds":["$bound"]}
! InsufficientCapacityOnHost
advance 120
# Without affinity an instance tries to return to the last host that it was on,
> ec2 StopInstances {"InstanceIds":["$free"]}
advance 120
> ec2 StartInstances {"InstanceIds":["$free"]}
see host of $free: $one
advance 120
> ec2 StopInstances {"InstanceIds":["$free"]}
advance 120
> ec2 StartInstances {"InstanceIds":["$bound"]}
see host of $bound: $one
# and where there is no room it starts on another.
> ec2 StartInstances {"InstanceIds":["$free"]}
see host of $free: $two
advance 120
> ec2 StopInstances {"InstanceIds":["$bound","$free"]}
advance 120
# Both at once find room, a third does not.
> ec2 StartInstances {"InstanceIds":["$bound","$free"]}
see host of $bound: $one
see host of $free: $two

== moving a stopped instance
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstancePlacement.html
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceType":"m5.large","Quantity":2}
save one = HostIds[0]
save two = HostIds[1]
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"HostId":"$one","Affinity":"host"}}
save web = Instances[0].InstanceId
advance 120
> ec2 ModifyInstancePlacement {"InstanceId":"$web","HostId":"$two"}
! IncorrectInstanceState
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
> ec2 ModifyInstancePlacement {"InstanceId":"$web","HostId":"$two"}
> ec2 StartInstances {"InstanceIds":["$web"]}
see host of $web: $two
advance 120
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
# From a host to a dedicated instance and back; only these two.
> ec2 ModifyInstancePlacement {"InstanceId":"$web","Tenancy":"dedicated","Affinity":"host"}
! InvalidParameterCombination
> ec2 ModifyInstancePlacement {"InstanceId":"$web","Tenancy":"dedicated"}
> ec2 StartInstances {"InstanceIds":["$web"]}
see own = host of $web
differ $own $one
differ $own $two
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].Placement.Tenancy: dedicated
= Reservations[0].Instances[0].Placement.HostId: -
= Reservations[0].Instances[0].Placement.Affinity: -
advance 120
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
> ec2 ModifyInstancePlacement {"InstanceId":"$web","Tenancy":"host","HostId":"$one"}
> ec2 StartInstances {"InstanceIds":["$web"]}
see host of $web: $one
advance 120
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
> ec2 ModifyInstancePlacement {"InstanceId":"$web","Tenancy":"default"}
! InvalidTenancy
> ec2 ModifyInstancePlacement {"InstanceId":"$web","HostId":"h-00000000000000000"}
! InvalidHostID.NotFound
# A host that is given back is no host to start on.
> ec2 ModifyInstancePlacement {"InstanceId":"$web","Affinity":"host","HostId":"$one"}
> ec2 ReleaseHosts {"HostIds":["$one"]}
= Successful#: 1
> ec2 StartInstances {"InstanceIds":["$web"]}
! InvalidHostID.NotFound

== a host for T3 takes up to 192 instances
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-t3.html
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceFamily":"t3","Quantity":1}
> ec2 DescribeHosts {}
= Hosts[0].HostProperties.Cores: 48
= Hosts[0].HostMaintenance: off
= Hosts[0].AvailableCapacity.AvailableInstanceCapacity[0]: {"InstanceType":"t3.nano","AvailableCapacity":192,"TotalCapacity":192}
= Hosts[0].AvailableCapacity.AvailableInstanceCapacity[3].TotalCapacity: 192
= Hosts[0].AvailableCapacity.AvailableInstanceCapacity[6]: {"InstanceType":"t3.2xlarge","AvailableCapacity":24,"TotalCapacity":24}
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceFamily":"t3","Quantity":1,"HostMaintenance":"on"}
! InvalidHostConfiguration

== a host that fails, with host recovery
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-recovery.html
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceFamily":"m5","Quantity":1,"HostRecovery":"on","TagSpecifications":[{"ResourceType":"dedicated-host","Tags":[{"Key":"Name","Value":"licensed"}]}]}
save host = HostIds[0]
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":2,"MaxCount":2,"Placement":{"HostId":"$host","Affinity":"host"}}
save web = Instances[0].InstanceId
save db = Instances[1].InstanceId
save address = Instances[0].PrivateIpAddress
advance 600
> stratus FailHost {"InstanceId":"$web"}
> ec2 DescribeHosts {}
= Hosts[0].State: under-assessment
= Hosts[0].AvailableCapacity.AvailableVCpus: 0
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"HostId":"$host"}}
! InvalidHostState
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].SystemStatus.Status: impaired
advance 300
> ec2 DescribeHosts {}
= Hosts#: 2
= Hosts[0].State: released-permanent-failure
= Hosts[1].State: available
= Hosts[1].Instances#: 2
= Hosts[1].Tags[0].Value: licensed
= Hosts[1].HostRecovery: on
save new = Hosts[1].HostId
see host of $web: $new
see host of $db: $new
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PrivateIpAddress: $address
= Reservations[0].Instances[0].Placement.HostId: $new
= Reservations[0].Instances[0].State.Name: running
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].SystemStatus.Status: ok
meter $host DedicatedHost: 1 × m5 *s ended
meter $new DedicatedHost: 1 × m5 *s running

== a host that fails, without it
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceFamily":"m5","Quantity":1}
save host = HostIds[0]
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"HostId":"$host"}}
save web = Instances[0].InstanceId
advance 600
> stratus FailHost {"InstanceId":"$web"}
advance 300
> ec2 DescribeHosts {}
= Hosts#: 1
= Hosts[0].State: permanent-failure
see host of $web: $host
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
> ec2 StartInstances {"InstanceIds":["$web"]}
! IncompatibleHostRequirements
> ec2 ReleaseHosts {"HostIds":["$host"]}
= Successful#: 1

== instances with disks of the host are not recovered
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceFamily":"m5d","Quantity":1,"HostRecovery":"on"}
save host = HostIds[0]
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5d.large","MinCount":1,"MaxCount":1,"Placement":{"HostId":"$host"}}
save web = Instances[0].InstanceId
advance 600
> stratus FailHost {"InstanceId":"$web"}
advance 300
> ec2 DescribeHosts {}
= Hosts[0].State: permanent-failure
= Hosts[0].Instances#: 1
= Hosts[1].Instances#: 0
see host of $web: $host
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-recovery.html#dedicated-hosts-recovery-pricing: once recovery
# begins only the replacement is paid for.
save new = Hosts[1].HostId
meter $host DedicatedHost: 1 × m5d *s ended
meter $new DedicatedHost: 1 × m5d *s running

== host maintenance replaces a host that degrades, two weeks later
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-maintenance.html
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceFamily":"m5","Quantity":2}
save kept = HostIds[0]
save left = HostIds[1]
> ec2 ModifyHosts {"HostIds":["$left"],"HostMaintenance":"off"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"HostId":"$kept"}}
save web = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"HostId":"$left"}}
save db = Instances[0].InstanceId
advance 600
> stratus FailHost {"InstanceId":"$web","Degraded":true}
> stratus FailHost {"InstanceId":"$db","Degraded":true}
> stratus FailHost {"InstanceId":"$db","Degraded":true}
! IncorrectState
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].SystemStatus.Status: ok
advance 1209599
see host of $web: $kept
advance 1
see new = host of $web
differ $kept $new
see host of $db: $left
> ec2 DescribeHosts {"HostIds":["$kept"]}
= Hosts[0].State: released-permanent-failure
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save shared = Instances[0].InstanceId
> stratus FailHost {"InstanceId":"$shared","Degraded":true}
! IncorrectState
advance 120
# What runs on a degraded host that is nobody's own is retired.
> stratus FailHost {"InstanceId":"$shared","Degraded":true}
> stratus FailHost {"InstanceId":"$shared","Degraded":true}
! IncorrectState
> ec2 DescribeInstanceStatus {"InstanceIds":["$shared"]}
= InstanceStatuses[0].Events[0].Code: instance-retirement
