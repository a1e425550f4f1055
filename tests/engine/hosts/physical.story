# Physical hosts. AWS shows none of them (which host an instance is on, and with how many others, is ours), but says what they are:
# shared by several customers, another one after a stop and start, one customer's alone with dedicated tenancy.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/infrastructure-security.html#physical-isolation
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html#lifecycle-differences
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-instance.html

== an instance shares its host with other customers
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
= Instances[0].Placement.Tenancy: default
= Instances[0].Placement.HostId: -
see first = host of $web
see sharing = neighbours of $web
differ $sharing 0
advance 120

# A reboot stays on the same host,
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 120
see host of $web: $first
# a stop leaves it, and a start finds another one, with other neighbours.
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
see host of $web: -
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
see second = host of $web
differ $first $second
# So does a shutdown from within.
> stratus ShutDownGuest {"InstanceId":"$web"}
advance 120
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
see third = host of $web
differ $second $third

== a failed host is left by a stop and a start, not by a reboot
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
advance 300
see first = host of $web
> stratus FailHost {"InstanceId":"$web"}
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 120
see host of $web: $first
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].SystemStatus.Status: impaired
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 300
see second = host of $web
differ $first $second
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].SystemStatus.Status: ok

== dedicated tenancy never shares with another account
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":3,"MaxCount":3,"Placement":{"Tenancy":"dedicated","AvailabilityZone":"us-east-1a"}}
save one = Instances[0].InstanceId
save two = Instances[1].InstanceId
save three = Instances[2].InstanceId
see neighbours of $one: 0
see neighbours of $two: 0
see neighbours of $three: 0
# It does share with the account's own.
see machine = host of $one
see host of $two: $machine
see host of $three: $machine
# And what has the default tenancy never lands there, however often it is started.
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":20,"MaxCount":20,"Placement":{"AvailabilityZone":"us-east-1a"}}
save a = Instances[0].InstanceId
save b = Instances[1].InstanceId
save c = Instances[2].InstanceId
save d = Instances[19].InstanceId
see host_a = host of $a
see host_b = host of $b
see host_c = host of $c
see host_d = host of $d
differ $machine $host_a
differ $machine $host_b
differ $machine $host_c
differ $machine $host_d
advance 120
> ec2 StopInstances {"InstanceIds":["$one"]}
advance 120
> ec2 StartInstances {"InstanceIds":["$one"]}
see neighbours of $one: 0
# It cannot be made an instance of the default tenancy.
> ec2 StopInstances {"InstanceIds":["$two"]}
advance 120
> ec2 ModifyInstancePlacement {"InstanceId":"$two","Tenancy":"default"}
! InvalidTenancy
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t2.micro","MinCount":1,"MaxCount":1,"Placement":{"Tenancy":"dedicated"}}
! Unsupported

== a VPC of dedicated tenancy has only such instances
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","InstanceTenancy":"dedicated"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"SubnetId":"$subnet"}
= Instances[0].Placement.Tenancy: dedicated
save own = Instances[0].InstanceId
see neighbours of $own: 0

== spread: each instance on a rack of its own, seven in a zone at most
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html#placement-groups-spread
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save a = Subnets[0].SubnetId
> ec2 CreatePlacementGroup {"GroupName":"apart","Strategy":"spread"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.nano","MinCount":7,"MaxCount":7,"SubnetId":"$a","Placement":{"GroupName":"apart"}}
save i1 = Instances[0].InstanceId
save i2 = Instances[1].InstanceId
save i3 = Instances[2].InstanceId
save i7 = Instances[6].InstanceId
see r1 = rack of $i1
see r2 = rack of $i2
see r3 = rack of $i3
see r7 = rack of $i7
differ $r1 $r2
differ $r1 $r3
differ $r1 $r7
differ $r2 $r3
differ $r2 $r7
differ $r3 $r7
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.nano","MinCount":1,"MaxCount":1,"SubnetId":"$a","Placement":{"GroupName":"apart"}}
! InsufficientInstanceCapacity
# A start keeps to it as well.
advance 120
> ec2 StopInstances {"InstanceIds":["$i1"]}
advance 120
> ec2 StartInstances {"InstanceIds":["$i1"]}
see again = rack of $i1
differ $again $r2
differ $again $r3
differ $again $r7

== partition: two partitions never share a rack
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html#placement-groups-partition
> ec2 CreatePlacementGroup {"GroupName":"parts","Strategy":"partition","PartitionCount":2}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":4,"MaxCount":4,"Placement":{"GroupName":"parts","AvailabilityZone":"us-east-1a"}}
= Instances[0].Placement.PartitionNumber: 1
= Instances[1].Placement.PartitionNumber: 2
save p1 = Instances[0].InstanceId
save p2 = Instances[1].InstanceId
save q1 = Instances[2].InstanceId
save q2 = Instances[3].InstanceId
see r1 = rack of $p1
see r2 = rack of $p2
see s1 = rack of $q1
see s2 = rack of $q2
differ $r1 $r2
differ $r1 $s2
differ $s1 $r2
differ $s1 $s2

== cluster: the instances stand close together, by one switch
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html#placement-groups-cluster
> ec2 CreatePlacementGroup {"GroupName":"near","Strategy":"cluster"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":4,"MaxCount":4,"Placement":{"GroupName":"near"}}
save c1 = Instances[0].InstanceId
save c2 = Instances[1].InstanceId
save c3 = Instances[2].InstanceId
save c4 = Instances[3].InstanceId
see switch = switch of $c1
see switch of $c2: $switch
see switch of $c3: $switch
see switch of $c4: $switch
advance 120
> ec2 StopInstances {"InstanceIds":["$c2"]}
advance 120
> ec2 StartInstances {"InstanceIds":["$c2"]}
see switch of $c2: $switch
