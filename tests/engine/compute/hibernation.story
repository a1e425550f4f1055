# Hibernation: the memory waits on the root volume, and the guest goes on where it was.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Hibernate.html

== too soon after the launch it is refused: about two minutes with Linux
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshoot-instance-hibernate.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"Encrypted":true}}]}
save web = Instances[0].InstanceId
advance 60
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
! UnsupportedOperation: not ready to hibernate yet
# An ordinary stop needs no waiting.
> ec2 StopInstances {"InstanceIds":["$web"]}
= StoppingInstances[0].CurrentState.Name: stopping
undo
advance 60
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
= StoppingInstances[0].CurrentState.Name: stopping

== with Windows about five minutes
> ec2 RunInstances {"ImageId":"$windows","MinCount":1,"MaxCount":1,"InstanceType":"m5.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/sda1","Ebs":{"Encrypted":true}}]}
save web = Instances[0].InstanceId
advance 299
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
! UnsupportedOperation: not ready to hibernate yet
advance 1
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
= StoppingInstances[0].CurrentState.Name: stopping

== a guest that still boots cannot be frozen, and loses nothing by the refusal
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"Encrypted":true}}]}
save web = Instances[0].InstanceId
advance 200
> ec2 RebootInstances {"InstanceIds":["$web"]}
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
! UnsupportedOperation: not ready to hibernate yet
see listeners of $web: none
advance 30
see listeners of $web: tcp 22
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 60
see listeners of $web: tcp 22

== nor one whose user data has not run: it runs to its end first
> stratus SetTiming {"Name":"instance.user-data","MinimumMillis":300000,"MaximumMillis":300000}
base64 script = #!/bin/sh\ndnf install -y nginx\nsystemctl enable --now nginx
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","UserData":"$script","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"Encrypted":true}}]}
save web = Instances[0].InstanceId
advance 180
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
! UnsupportedOperation: not ready to hibernate yet
advance 200
see listeners of $web: tcp 22, tcp 80
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 60
see listeners of $web: tcp 22, tcp 80

== what was started by hand goes on after a hibernation, and is gone after a stop
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"Encrypted":true}}]}
save web = Instances[0].InstanceId
advance 120
> stratus StartListener {"InstanceId":"$web","Protocol":"tcp","Port":8080}
see listeners of $web: tcp 22, tcp 8080
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 60
see listeners of $web: tcp 22, tcp 8080
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
see listeners of $web: none
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 60
see listeners of $web: tcp 22

== only what was configured at launch hibernates; one such in a list fails the call
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save plain = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"Encrypted":true}}]}
save web = Instances[0].InstanceId
= Instances[0].HibernationOptions.Configured: true
advance 200
> ec2 StopInstances {"InstanceIds":["$web","$plain"],"Hibernate":true}
! UnsupportedHibernationConfiguration: not configured at launch for hibernation: $plain
> ec2 DescribeInstances {"Filters":[{"Name":"instance-state-name","Values":["running"]},{"Name":"hibernation-options.configured","Values":["true","false"]}]}
= Reservations#: 2

== a hibernating instance may still be terminated
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"Encrypted":true}}]}
save web = Instances[0].InstanceId
advance 200
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
> ec2 TerminateInstances {"InstanceIds":["$web"]}
= TerminatingInstances[0].PreviousState.Name: stopping
= TerminatingInstances[0].CurrentState.Name: shutting-down
advance 120
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].State.Name: terminated
