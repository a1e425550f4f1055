# Placement groups: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-groups.html

== making, finding, deleting
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreatePlacementGroup.html
> ec2 CreatePlacementGroup {"GroupName":"near","Strategy":"cluster","TagSpecifications":[{"ResourceType":"placement-group","Tags":[{"Key":"use","Value":"hpc"}]}]}
= PlacementGroup.GroupName: near
= PlacementGroup.State: available
= PlacementGroup.Strategy: cluster
= PlacementGroup.GroupId: pg-*
= PlacementGroup.GroupArn: arn:aws:ec2:us-east-1:123456789012:placement-group/near
= PlacementGroup.PartitionCount: -
save near = PlacementGroup.GroupId
> ec2 CreatePlacementGroup {"GroupName":"apart","Strategy":"spread"}
= PlacementGroup.SpreadLevel: rack
> ec2 CreatePlacementGroup {"GroupName":"parts","Strategy":"partition","PartitionCount":3}
= PlacementGroup.PartitionCount: 3
> ec2 DescribePlacementGroups {}
= PlacementGroups#: 3
= PlacementGroups[0].GroupName: near
> ec2 DescribePlacementGroups {"GroupIds":["$near"]}
= PlacementGroups#: 1
> ec2 DescribePlacementGroups {"Filters":[{"Name":"strategy","Values":["spread","partition"]}]}
= PlacementGroups#: 2
> ec2 DescribePlacementGroups {"Filters":[{"Name":"tag:use","Values":["hpc"]}]}
= PlacementGroups#: 1
> ec2 DescribePlacementGroups {"Filters":[{"Name":"spread-level","Values":["rack"]}]}
= PlacementGroups[0].GroupName: apart
> ec2 DeletePlacementGroup {"GroupName":"near"}
> ec2 DescribePlacementGroups {"GroupNames":["near"]}
! InvalidPlacementGroup.Unknown: The Placement Group 'near' is unknown.
> ec2 DeletePlacementGroup {"GroupName":"near"}
! InvalidPlacementGroup.Unknown

== what a group may not be
> ec2 CreatePlacementGroup {"Strategy":"cluster"}
! MissingParameter
> ec2 CreatePlacementGroup {"GroupName":"a","Strategy":"cluster","PartitionCount":2}
! InvalidParameterCombination
> ec2 CreatePlacementGroup {"GroupName":"a","Strategy":"partition","PartitionCount":8}
! InvalidParameterValue
> ec2 CreatePlacementGroup {"GroupName":"a","Strategy":"spread","SpreadLevel":"host"}
! UnsupportedOperation
> ec2 CreatePlacementGroup {"GroupName":"a","Strategy":"cluster"}
> ec2 CreatePlacementGroup {"GroupName":"a","Strategy":"spread"}
! InvalidPlacementGroup.Duplicate: The Placement Group 'a' already exists.

== a cluster keeps to one zone
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save a = Subnets[0].SubnetId
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1b"]}]}
save b = Subnets[0].SubnetId
> ec2 CreatePlacementGroup {"GroupName":"near","Strategy":"cluster"}
save near = PlacementGroup.GroupId
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"Placement":{"GroupName":"near"}}
! InvalidParameterCombination: Cluster placement groups are not supported by the 't3.micro' instance type.
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"SubnetId":"$a","Placement":{"GroupName":"near"}}
= Instances[0].Placement.GroupName: near
= Instances[0].Placement.GroupId: $near
save first = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"SubnetId":"$b","Placement":{"GroupId":"$near"}}
! InvalidPlacementGroup.InUse: The placement group 'near' is in use in another availability zone: us-east-1a
# Where the launch leaves the choice it joins the others.
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"GroupName":"near"}}
= Instances[0].Placement.AvailabilityZone: us-east-1a
save second = Instances[0].InstanceId
> ec2 DescribeInstances {"Filters":[{"Name":"placement-group-name","Values":["near"]}]}
= Reservations#: 2
> ec2 DeletePlacementGroup {"GroupName":"near"}
! InvalidPlacementGroup.InUse: The placement group 'near' is in use and may not be deleted.
> ec2 TerminateInstances {"InstanceIds":["$first","$second"]}
advance 120
> ec2 DeletePlacementGroup {"GroupName":"near"}

== a spread group has seven running instances in a zone, each on a host of its own
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html#placement-groups-spread
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a","us-east-1b"]}]}
save a = Subnets[0].SubnetId
save b = Subnets[1].SubnetId
> ec2 CreatePlacementGroup {"GroupName":"apart","Strategy":"spread"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.nano","MinCount":1,"MaxCount":9,"SubnetId":"$a","Placement":{"GroupName":"apart"}}
= Instances#: 7
save one = Instances[0].InstanceId
save two = Instances[1].InstanceId
see first = host of $one
see second = host of $two
differ $first $second
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.nano","MinCount":1,"MaxCount":1,"SubnetId":"$a","Placement":{"GroupName":"apart"}}
! InsufficientInstanceCapacity: at most 7 running instances in the Availability Zone us-east-1a
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.nano","MinCount":1,"MaxCount":1,"SubnetId":"$b","Placement":{"GroupName":"apart"}}
= Instances#: 1
# What is stopped takes no place, and needs one to start.
advance 120
> ec2 StopInstances {"InstanceIds":["$one"]}
advance 120
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.nano","MinCount":1,"MaxCount":1,"SubnetId":"$a","Placement":{"GroupName":"apart"}}
> ec2 StartInstances {"InstanceIds":["$one"]}
! InsufficientInstanceCapacity
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"SubnetId":"$b","Placement":{"GroupName":"apart","Tenancy":"dedicated"}}
! InvalidParameterCombination

== partitions are filled evenly, or by number
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html#placement-groups-partition
> ec2 CreatePlacementGroup {"GroupName":"parts","Strategy":"partition","PartitionCount":3}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":4,"MaxCount":4,"Placement":{"GroupName":"parts"}}
= Instances[0].Placement.PartitionNumber: 1
= Instances[1].Placement.PartitionNumber: 2
= Instances[2].Placement.PartitionNumber: 3
= Instances[3].Placement.PartitionNumber: 1
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"Placement":{"GroupName":"parts","PartitionNumber":3}}
= Instances[0].Placement.PartitionNumber: 3
> ec2 DescribeInstances {"Filters":[{"Name":"placement-partition-number","Values":["3"]}]}
= Reservations#: 2
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"Placement":{"GroupName":"parts","PartitionNumber":4}}
! InvalidParameterValue
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"Placement":{"PartitionNumber":1}}
! InvalidParameterCombination

== moving a stopped instance into a group and out of it
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstancePlacement.html
> ec2 CreatePlacementGroup {"GroupName":"parts","Strategy":"partition","PartitionCount":2}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
advance 60
> ec2 ModifyInstancePlacement {"InstanceId":"$web","GroupName":"parts"}
! IncorrectInstanceState: The instance '$web' is not in the 'stopped' state.
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 ModifyInstancePlacement {"InstanceId":"$web","GroupName":"parts","PartitionNumber":2}
= Return: true
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].Placement.GroupName: parts
= Reservations[0].Instances[0].Placement.PartitionNumber: 2
> ec2 ModifyInstancePlacement {"InstanceId":"$web","PartitionNumber":3}
! InvalidParameterValue
> ec2 ModifyInstancePlacement {"InstanceId":"$web","Tenancy":"dedicated"}
! InvalidTenancy
> ec2 ModifyInstancePlacement {"InstanceId":"$web","HostId":"h-00000000000000000"}
! InvalidHostID.NotFound
> ec2 ModifyInstancePlacement {"InstanceId":"$web","GroupName":""}
> ec2 DeletePlacementGroup {"GroupName":"parts"}
