# What survives what, as files: one on the host's disk, one on an EBS volume, one on the root volume.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-store-lifetime.html
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html

== reboot
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 200
% $web mkfs -t xfs /dev/nvme1n1; mkfs -t xfs /dev/nvme2n1; mkdir /store /data; mount /dev/nvme1n1 /store; mount /dev/nvme2n1 /data
= ExitCode: 0
% $web echo on the host > /store/a; echo on EBS > /data/b; echo on the root > /home/ec2-user/c; sync
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 120
% $web mount /dev/nvme2n1 /data; cat /data/b /home/ec2-user/c
| on EBS
| on the root
% $web mount /dev/nvme1n1 /store; cat /store/a
| on the host

== stop and start
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 200
% $web mkfs -t xfs /dev/nvme1n1; mkfs -t xfs /dev/nvme2n1; mkdir /store /data; mount /dev/nvme1n1 /store; mount /dev/nvme2n1 /data
= ExitCode: 0
% $web echo on the host > /store/a; echo on EBS > /data/b; echo on the root > /home/ec2-user/c; sync
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 180
event its instance store is erased
% $web mount /dev/nvme2n1 /data; cat /data/b /home/ec2-user/c
| on EBS
| on the root
% $web mount /dev/nvme1n1 /store
| mount: /store: wrong fs type*
= ExitCode: 32

== hibernate and start
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 200
% $web mkfs -t xfs /dev/nvme1n1; mkfs -t xfs /dev/nvme2n1; mkdir /store /data; mount /dev/nvme1n1 /store; mount /dev/nvme2n1 /data
= ExitCode: 0
% $web echo on the host > /store/a; echo on EBS > /data/b; echo on the root > /home/ec2-user/c; sync
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
advance 180
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 180
event its instance store is erased
# The memory came back, and the mounts with it.
% $web cat /data/b /home/ec2-user/c
| on EBS
| on the root
% $web file -s /dev/nvme1n1
| /dev/nvme1n1: data

== shutdown from within and start
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 200
% $web mkfs -t xfs /dev/nvme1n1; mkfs -t xfs /dev/nvme2n1; mkdir /store /data; mount /dev/nvme1n1 /store; mount /dev/nvme2n1 /data
= ExitCode: 0
% $web echo on the host > /store/a; echo on EBS > /data/b; echo on the root > /home/ec2-user/c; sync
> stratus ShutDownGuest {"InstanceId":"$web"}
advance 120
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 180
event its instance store is erased
% $web mount /dev/nvme2n1 /data; cat /data/b /home/ec2-user/c
| on EBS
| on the root
% $web mount /dev/nvme1n1 /store
| mount: /store: wrong fs type*
= ExitCode: 32

== host failure, then stop and start
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 200
% $web mkfs -t xfs /dev/nvme1n1; mkfs -t xfs /dev/nvme2n1; mkdir /store /data; mount /dev/nvme1n1 /store; mount /dev/nvme2n1 /data
= ExitCode: 0
% $web echo on the host > /store/a; echo on EBS > /data/b; echo on the root > /home/ec2-user/c; sync
> stratus FailHost {"InstanceId":"$web"}
advance 60
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 180
event its host has failed
% $web mount /dev/nvme2n1 /data; cat /data/b /home/ec2-user/c
| on EBS
| on the root
% $web mount /dev/nvme1n1 /store
| mount: /store: wrong fs type*
= ExitCode: 32

== terminate: the volume whose DeleteOnTermination is false is left, with its file
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 200
% $web mkfs -t xfs /dev/nvme1n1; mkfs -t xfs /dev/nvme2n1; mkdir /store /data; mount /dev/nvme1n1 /store; mount /dev/nvme2n1 /data
= ExitCode: 0
% $web echo on the host > /store/a; echo on EBS > /data/b; echo on the root > /home/ec2-user/c; sync
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save root = Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId
save data = Reservations[0].Instances[0].BlockDeviceMappings[1].Ebs.VolumeId
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 200
event its instance store is erased
> ec2 DescribeVolumes {"VolumeIds":["$root"]}
! InvalidVolume.NotFound
> ec2 DescribeVolumes {"VolumeIds":["$data"]}
= Volumes[0].State: available
save zone = Volumes[0].AvailabilityZone
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"$zone"}}
save two = Instances[0].InstanceId
advance 120
> ec2 AttachVolume {"VolumeId":"$data","InstanceId":"$two","Device":"/dev/sdf"}
advance 20
% $two mkdir /data; mount /dev/sdf /data; cat /data/b
| on EBS

== a stop by force loses what was not yet written
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 200
% $web mkfs -t xfs /dev/nvme1n1; mkfs -t xfs /dev/nvme2n1; mkdir /store /data; mount /dev/nvme1n1 /store; mount /dev/nvme2n1 /data
= ExitCode: 0
% $web echo on the host > /store/a; echo on EBS > /data/b; echo on the root > /home/ec2-user/c; sync
% $web echo not yet written > /data/d
> ec2 StopInstances {"InstanceIds":["$web"],"Force":true}
event it is stopped by force: what of a file was still in memory is lost
advance 120
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 180
% $web mount /dev/nvme2n1 /data; cat /data/b; cat /data/d
| on EBS
| cat: /data/d: No such file or directory

== a stop that skips the system's own shutdown loses it too
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-stop-methods.html: "Skip OS shutdown"
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 200
% $web echo written > /home/ec2-user/a; sync
% $web echo not yet > /home/ec2-user/b
> ec2 StopInstances {"InstanceIds":["$web"],"SkipOsShutdown":true}
event its system is not shut down first: what of a file was still in memory is lost
advance 120
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 180
% $web cat /home/ec2-user/a; cat /home/ec2-user/b
| written
| cat: /home/ec2-user/b: No such file or directory

== an orderly stop writes it
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 200
% $web mkfs -t xfs /dev/nvme1n1; mkfs -t xfs /dev/nvme2n1; mkdir /store /data; mount /dev/nvme1n1 /store; mount /dev/nvme2n1 /data
= ExitCode: 0
% $web echo on the host > /store/a; echo on EBS > /data/b; echo on the root > /home/ec2-user/c; sync
% $web echo not yet written > /data/d
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 180
% $web mount /dev/nvme2n1 /data; cat /data/d
| not yet written

== a host that fails loses what was in memory
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 200
% $web mkfs -t xfs /dev/nvme1n1; mkfs -t xfs /dev/nvme2n1; mkdir /store /data; mount /dev/nvme1n1 /store; mount /dev/nvme2n1 /data
= ExitCode: 0
% $web echo on the host > /store/a; echo on EBS > /data/b; echo on the root > /home/ec2-user/c; sync
% $web echo not yet written > /data/d
> stratus FailHost {"InstanceId":"$web"}
event its host has failed: what of a file was still in memory is lost

== what fstab names is mounted after a boot
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 200
% $web mkfs -t xfs /dev/nvme1n1; mkfs -t xfs /dev/nvme2n1; mkdir /store /data; mount /dev/nvme1n1 /store; mount /dev/nvme2n1 /data
= ExitCode: 0
% $web echo on the host > /store/a; echo on EBS > /data/b; echo on the root > /home/ec2-user/c; sync
% $web echo "/dev/nvme2n1 /data xfs defaults,nofail 0 2" >> /etc/fstab
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 120
% $web cat /data/b
| on EBS
