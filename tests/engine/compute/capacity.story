# Capacity is AWS's affair: there is enough, unless a scenario says that room is short (our service `stratus`).
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html#troubleshooting-launch-capacity

== no room left in the zone: InsufficientInstanceCapacity, with the zones that have some
> stratus SetCapacity {"AvailabilityZone":"us-east-1a","InstanceType":"t3.micro","Count":0}
> stratus SetCapacity {"AvailabilityZone":"us-east-1b","InstanceType":"t3.micro","Count":0}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
! InsufficientInstanceCapacity: We currently do not have sufficient t3.micro capacity in the Availability Zone you requested (us-east-1a). Our system will be working on provisioning additional capacity. You can currently get t3.micro capacity by not specifying an Availability Zone in your request or choosing us-east-1c, us-east-1d, us-east-1f.
# Another type, another zone, or none in particular.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.small","Placement":{"AvailabilityZone":"us-east-1a"}}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1c"}}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
> ec2 DescribeInstances {"Filters":[{"Name":"availability-zone","Values":["us-east-1a","us-east-1b"]}]}
= Reservations#: 1
= Reservations[0].Instances[0].InstanceType: t3.small
# And enough again.
> stratus SetCapacity {"AvailabilityZone":"us-east-1a","InstanceType":"t3.micro"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":3,"MaxCount":3,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}

== as many as there is room for, but never fewer than the least
> stratus SetCapacity {"AvailabilityZone":"us-east-1a","InstanceType":"t3.micro","Count":2}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":3,"MaxCount":5,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
! InsufficientInstanceCapacity
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":5,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
= Instances#: 2

== a start needs room, too: what was given back by a stop may have gone to somebody else
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save one = Instances[0].InstanceId
save two = Instances[1].InstanceId
advance 60
> ec2 StopInstances {"InstanceIds":["$one","$two"]}
advance 60
> stratus SetCapacity {"AvailabilityZone":"us-east-1a","InstanceType":"t3.micro","Count":1}
> ec2 StartInstances {"InstanceIds":["$one","$two"]}
! InsufficientInstanceCapacity
> ec2 StartInstances {"InstanceIds":["$one"]}
> ec2 StartInstances {"InstanceIds":["$two"]}
! InsufficientInstanceCapacity
advance 60
# A stop gives room back.
> ec2 StopInstances {"InstanceIds":["$one"]}
advance 60
> ec2 StartInstances {"InstanceIds":["$two"]}
= StartingInstances[0].CurrentState.Name: pending

== Server.InsufficientInstanceCapacity: the launch was accepted, and then there was no room
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> stratus SetCapacity {"AvailabilityZone":"us-east-1a","InstanceType":"t3.micro","Count":0}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].State.Name: terminated
= Reservations[0].Instances[0].StateReason.Code: Server.InsufficientInstanceCapacity
> stratus SetCapacity {"AvailabilityZone":"eu-west-1a","InstanceType":"t3.micro","Count":0}
! InvalidParameterValue: AvailabilityZone
> stratus SetCapacity {"AvailabilityZone":"us-east-1a","InstanceType":"t9.micro","Count":0}
! InvalidParameterValue: InstanceType
