# Which request a state allows (facts/instances.md "States").
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html

== a freshly launched pending instance cannot be stopped, hibernated or rebooted, but terminated
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
> ec2 StopInstances {"InstanceIds":["$web"]}
! IncorrectInstanceState: Instance '$web' cannot be stopped as it has never reached the 'running' state.
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
! IncorrectInstanceState
> ec2 RebootInstances {"InstanceIds":["$web"]}
! IncorrectInstanceState: not in the 'running' state
# Starting what is on its way up changes nothing.
> ec2 StartInstances {"InstanceIds":["$web"]}
= StartingInstances[0].PreviousState.Name: pending
= StartingInstances[0].CurrentState.Name: pending
> ec2 TerminateInstances {"InstanceIds":["$web"]}
= TerminatingInstances[0].PreviousState.Name: pending
= TerminatingInstances[0].CurrentState.Name: shutting-down
# The end of `pending`, which the termination has overtaken, does nothing.
advance 60
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State.Name: terminated
meter $web Instance: none

== starting what runs and stopping what is stopped change nothing
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
= StartingInstances[0].PreviousState.Name: running
= StartingInstances[0].CurrentState.Name: running
> ec2 StopInstances {"InstanceIds":["$web"]}
> ec2 StopInstances {"InstanceIds":["$web"]}
= StoppingInstances[0].PreviousState.Name: stopping
= StoppingInstances[0].CurrentState.Name: stopping
advance 60
> ec2 StopInstances {"InstanceIds":["$web"]}
= StoppingInstances[0].PreviousState.Name: stopped
= StoppingInstances[0].CurrentState.Name: stopped
> ec2 StopInstances {"InstanceIds":["$web"],"Force":true}
= StoppingInstances[0].CurrentState.Name: stopped

== starting what is stopping
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 StopInstances {"InstanceIds":["$web"]}
> ec2 StartInstances {"InstanceIds":["$web"]}
! IncorrectInstanceState: The instance '$web' is not in a state from which it can be started.
> ec2 RebootInstances {"InstanceIds":["$web"]}
! IncorrectInstanceState
> ec2 TerminateInstances {"InstanceIds":["$web"]}
= TerminatingInstances[0].PreviousState.Name: stopping
= TerminatingInstances[0].CurrentState.Name: shutting-down

== a start can be taken back
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
> ec2 StopInstances {"InstanceIds":["$web"]}
= StoppingInstances[0].PreviousState.Name: pending
= StoppingInstances[0].CurrentState.Name: stopping
advance 60
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State.Name: stopped
= Reservations[0].Instances[0].PublicIpAddress: -
see host of $web: -

== terminating what is stopped needs no shutting down
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 TerminateInstances {"InstanceIds":["$web"]}
= TerminatingInstances[0].PreviousState.Name: stopped
= TerminatingInstances[0].CurrentState.Name: terminated

== what is shutting down can be neither started nor stopped
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 TerminateInstances {"InstanceIds":["$web"]}
> ec2 StartInstances {"InstanceIds":["$web"]}
! IncorrectInstanceState: not in a state from which it can be started
> ec2 StopInstances {"InstanceIds":["$web"]}
! IncorrectInstanceState: not in a state from which it can be stopped
> ec2 TerminateInstances {"InstanceIds":["$web"]}
= TerminatingInstances[0].PreviousState.Name: shutting-down
= TerminatingInstances[0].CurrentState.Name: shutting-down
# Accepted and ignored.
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State.Name: terminated

== what is terminated can be neither started nor stopped, and is forgotten after an hour
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
! IncorrectInstanceState: not in a state from which it can be started
> ec2 StopInstances {"InstanceIds":["$web"]}
! IncorrectInstanceState: not in a state from which it can be stopped
> ec2 TerminateInstances {"InstanceIds":["$web"]}
= TerminatingInstances[0].PreviousState.Name: terminated
= TerminatingInstances[0].CurrentState.Name: terminated
# A terminated id is known for a while: rebooting it is accepted and ignored.
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 3600
> ec2 RebootInstances {"InstanceIds":["$web"]}
! InvalidInstanceID.NotFound
event no longer shown

== what is stopped cannot be rebooted or hibernated
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 RebootInstances {"InstanceIds":["$web"]}
! IncorrectInstanceState
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
= StoppingInstances[0].CurrentState.Name: stopped

== one bad id in a list fails the whole call
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro"}
save one = Instances[0].InstanceId
save two = Instances[1].InstanceId
advance 60
> ec2 StopInstances {"InstanceIds":["$one","i-00000000000000000"]}
! InvalidInstanceID.NotFound: The instance ID 'i-00000000000000000' does not exist
> ec2 StopInstances {"InstanceIds":["i-00000000000000000","i-00000000000000001"]}
! InvalidInstanceID.NotFound: The instance IDs 'i-00000000000000000, i-00000000000000001' do not exist
> ec2 StopInstances {"InstanceIds":["$one","web"]}
! InvalidInstanceID.Malformed: Invalid id: "web"
> ec2 StopInstances {"InstanceIds":[]}
! MissingParameter
> ec2 TerminateInstances {"InstanceIds":["$two"]}
> ec2 StopInstances {"InstanceIds":["$one","$two"]}
! IncorrectInstanceState: '$two'
> ec2 DescribeInstances {"InstanceIds":["$one"]}
= Reservations[0].Instances[0].State.Name: running
# An id that is listed twice counts once.
> ec2 StopInstances {"InstanceIds":["$one","$one"]}
= StoppingInstances#: 1

== Linux takes 20 to 40 seconds to launch, Windows 60 to 90 (ours)
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
> ec2 RunInstances {"ImageId":"$windows","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
advance 19
> ec2 DescribeInstances {"Filters":[{"Name":"instance-state-name","Values":["running"]}]}
= Reservations#: 0
advance 21
> ec2 DescribeInstances {"Filters":[{"Name":"instance-state-name","Values":["running"]}]}
= Reservations#: 1
= Reservations[0].Instances[0].Platform: -
advance 19
> ec2 DescribeInstances {"Filters":[{"Name":"instance-state-name","Values":["running"]}]}
= Reservations#: 1
advance 31
> ec2 DescribeInstances {"Filters":[{"Name":"instance-state-name","Values":["running"]}]}
= Reservations#: 2
= Reservations[1].Instances[0].Platform: windows

== a scenario may set how long things take
> stratus SetTiming {"Name":"instance.pending.linux","MinimumMillis":5000,"MaximumMillis":5000}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
advance 4.9
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State.Name: pending
advance 0.1
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State.Name: running

== what takes no time is done with the call, and a replay ends where the story does
> stratus SetTiming {"Name":"instance.pending.linux","MinimumMillis":0,"MaximumMillis":0}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.small"}
= Instances[0].State.Name: pending
save web = Instances[0].InstanceId
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].State.Name: running
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.large"}
advance 3600
