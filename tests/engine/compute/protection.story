# Protection against termination and stopping.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.html

== termination protection holds back the API
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","DisableApiTermination":true}
save web = Instances[0].InstanceId
advance 60
> ec2 TerminateInstances {"InstanceIds":["$web"]}
! OperationNotPermitted: The instance '$web' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.
> ec2 DescribeInstanceAttribute {"InstanceId":"$web","Attribute":"disableApiTermination"}
= DisableApiTermination.Value: true
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","DisableApiTermination":{"Value":false}}
> ec2 TerminateInstances {"InstanceIds":["$web"]}
= TerminatingInstances[0].CurrentState.Name: shutting-down

== but not a shutdown inside the guest
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","DisableApiTermination":true,"InstanceInitiatedShutdownBehavior":"terminate"}
save web = Instances[0].InstanceId
advance 60
> stratus ShutDownGuest {"InstanceId":"$web"}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].State.Name: terminated
= Reservations[0].Instances[0].StateReason.Code: Client.InstanceInitiatedShutdown

== it saves what is listed in its zone; instances of other zones are terminated all the same
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save plain = Instances[0].InstanceId
save guarded = Instances[1].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1b"}}
save other = Instances[0].InstanceId
advance 60
> ec2 ModifyInstanceAttribute {"InstanceId":"$guarded","Attribute":"disableApiTermination","Value":"true"}
> ec2 TerminateInstances {"InstanceIds":["$plain","$guarded","$other"]}
! OperationNotPermitted: '$guarded'
> ec2 DescribeInstances {"InstanceIds":["$plain"]}
= Reservations[0].Instances[0].State.Name: running
> ec2 DescribeInstances {"InstanceIds":["$guarded"]}
= Reservations[0].Instances[0].State.Name: running
> ec2 DescribeInstances {"InstanceIds":["$other"]}
= Reservations[0].Instances[0].State.Name: shutting-down
# The call was refused, but what it did can be undone like any other.
undo
> ec2 DescribeInstances {"InstanceIds":["$other"]}
= Reservations[0].Instances[0].State.Name: running
redo
> ec2 DescribeInstances {"InstanceIds":["$other"]}
= Reservations[0].Instances[0].State.Name: shutting-down

== stop protection holds back stopping, not terminating
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","DisableApiStop":true}
save web = Instances[0].InstanceId
advance 60
> ec2 StopInstances {"InstanceIds":["$web"]}
! OperationNotPermitted: Modify its 'disableApiStop' instance attribute and try again.
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","DisableApiStop":{"Value":false}}
> ec2 StopInstances {"InstanceIds":["$web"]}
= StoppingInstances[0].CurrentState.Name: stopping
