# Reasons of a state that a learner should meet.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StateReason.html

== Client.UserInitiatedShutdown: stopped by a call
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].StateReason: {"Code":"Client.UserInitiatedShutdown","Message":"Client.UserInitiatedShutdown: User initiated shutdown"}
= Reservations[0].Instances[0].StateTransitionReason: User initiated (2025-03-03 09:01:00 GMT)
> ec2 StartInstances {"InstanceIds":["$web"]}
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].StateReason: -
= Reservations[0].Instances[0].StateTransitionReason:

== Client.InstanceInitiatedShutdown: shut down from within; by default that stops it
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 DescribeInstanceAttribute {"InstanceId":"$web","Attribute":"instanceInitiatedShutdownBehavior"}
= InstanceInitiatedShutdownBehavior.Value: stop
> stratus ShutDownGuest {"InstanceId":"$web"}
advance 60
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State.Name: stopped
= Reservations[0].Instances[0].StateReason.Code: Client.InstanceInitiatedShutdown

== InstanceInitiatedShutdownBehavior can be changed while it runs
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","InstanceInitiatedShutdownBehavior":{"Value":"terminate"}}
> stratus ShutDownGuest {"InstanceId":"$web"}
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State.Name: shutting-down
= Reservations[0].Instances[0].StateReason.Code: Client.InstanceInitiatedShutdown

== an instance-store root always terminates when its guest shuts down
> ec2 RunInstances {"ImageId":"$instance-store","MinCount":1,"MaxCount":1,"InstanceType":"m3.medium"}
save old = Instances[0].InstanceId
= Instances[0].RootDeviceType: instance-store
advance 60
> stratus ShutDownGuest {"InstanceId":"$old"}
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State.Name: shutting-down
# It cannot be stopped at all.
undo
> ec2 StopInstances {"InstanceIds":["$old"]}
! UnsupportedOperation: does not have an 'ebs' root device type and cannot be stopped
> ec2 ModifyInstanceAttribute {"InstanceId":"$old","InstanceInitiatedShutdownBehavior":{"Value":"stop"}}
! InvalidParameterCombination: can only be used for elastic images

== Client.UserInitiatedHibernate
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"Encrypted":true}}]}
save web = Instances[0].InstanceId
advance 120
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
advance 60
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State.Name: stopped
= Reservations[0].Instances[0].StateReason: {"Code":"Client.UserInitiatedHibernate","Message":"Client.UserInitiatedHibernate: User initiated hibernate"}

== Server.InternalError: the host fails during the launch
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
> stratus FailHost {"InstanceId":"$web"}
advance 60
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State.Name: terminated
= Reservations[0].Instances[0].StateReason.Code: Server.InternalError

== Server.InternalError: the host fails during a start, which leaves the instance stopped
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
> stratus FailHost {"InstanceId":"$web"}
advance 60
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State.Name: stopped
= Reservations[0].Instances[0].StateReason.Code: Server.InternalError
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State.Name: running

== a start that was taken back takes its fault along
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
> stratus FailHost {"InstanceId":"$web"}
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State.Name: running

== Client.InternalError: the key of an encrypted volume cannot be used, which shows only after the launch was accepted
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html#troubleshooting-launch-internal
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[
    {"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":8,"Encrypted":true,"KmsKeyId":"arn:aws:kms:eu-west-1:123456789012:alias/elsewhere"}}]}
= Instances[0].State.Name: pending
advance 60
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State.Name: terminated
= Reservations[0].Instances[0].StateReason: {"Code":"Client.InternalError","Message":"Client.InternalError: Client error on launch"}

== Client.VolumeLimitExceeded: the launch is accepted, then the instance terminates
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[
    {"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":16000,"VolumeType":"gp3"}},
    {"DeviceName":"/dev/sdg","Ebs":{"VolumeSize":16000,"VolumeType":"gp3"}},
    {"DeviceName":"/dev/sdh","Ebs":{"VolumeSize":16000,"VolumeType":"gp3"}},
    {"DeviceName":"/dev/sdi","Ebs":{"VolumeSize":16000,"VolumeType":"gp3"}}]}
= Instances[0].State.Name: pending
advance 60
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State.Name: terminated
= Reservations[0].Instances[0].StateReason: {"Code":"Client.VolumeLimitExceeded","Message":"Client.VolumeLimitExceeded: Volume limit exceeded"}
