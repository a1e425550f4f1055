# One life: launch, check, stop, start, terminate, gone.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html; timings ours (facts/instances.md "States").
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
= Instances[0].State: {"Code":0,"Name":"pending"}
= Instances[0].StateReason: {"Code":"pending","Message":"pending"}
= Instances[0].PublicIpAddress: -
save web = Instances[0].InstanceId
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].State: {"Code":16,"Name":"running"}
= Reservations[0].Instances[0].StateReason: -
= Reservations[0].Instances[0].PublicIpAddress: *.*.*.*
= Reservations[0].Instances[0].PublicDnsName: ec2-*.compute-1.amazonaws.com
event pending → running
> ec2 StopInstances {"InstanceIds":["$web"]}
= StoppingInstances[0].PreviousState.Name: running
= StoppingInstances[0].CurrentState: {"Code":64,"Name":"stopping"}
advance 60
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State: {"Code":80,"Name":"stopped"}
= Reservations[0].Instances[0].StateReason.Code: Client.UserInitiatedShutdown
= Reservations[0].Instances[0].StateTransitionReason: User initiated (2025-03-03 09:01:00 GMT)
> ec2 StartInstances {"InstanceIds":["$web"]}
= StartingInstances[0].PreviousState.Name: stopped
= StartingInstances[0].CurrentState.Name: pending
advance 60
> ec2 TerminateInstances {"InstanceIds":["$web"]}
= TerminatingInstances[0].PreviousState.Name: running
= TerminatingInstances[0].CurrentState: {"Code":32,"Name":"shutting-down"}
advance 60
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State: {"Code":48,"Name":"terminated"}
= Reservations[0].Instances[0].StateReason: {"Code":"Client.UserInitiatedShutdown","Message":"Client.UserInitiatedShutdown: User initiated shutdown"}
= Reservations[0].Instances[0].StateTransitionReason: User initiated (2025-03-03 09:03:00 GMT)
= Reservations[0].Instances[0].BlockDeviceMappings: []
= Reservations[0].Instances[0].NetworkInterfaces: []
= Reservations[0].Instances[0].PrivateIpAddress: -
# It stays visible for about an hour, then it is gone.
advance 3600
> ec2 DescribeInstances {}
= Reservations: []
> ec2 DescribeInstances {"InstanceIds":["$web"]}
! InvalidInstanceID.NotFound: The instance ID '$web' does not exist
