# What survives what, in memory: a file in a file system that lies in the machine's memory (tmpfs), and one in a snapshot.
# https://docs.kernel.org/filesystems/tmpfs.html
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Hibernate.html

== a file system in memory, as df and mount show it
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 200
% $web mkdir /memory; mount -t tmpfs tmpfs /memory; echo in memory > /memory/m; sync; cat /memory/m
| in memory
% $web mount
| /dev/nvme0n1p1 on / type xfs (rw,relatime)
| tmpfs on /memory type tmpfs (rw,relatime)
# Half of the memory at most, and no more than all blocks of a world hold (ours).
% $web df -h /memory
| Filesystem        Size  Used Avail Use% Mounted on
| tmpfs              64M    4K   64M   1% /memory
% $web mount -t tmpfs tmpfs /memory
| mount: /memory: tmpfs already mounted or mount point busy.
= ExitCode: 32
# Half a minute later the kernel has written back what has a disk; this has none, and stays.
advance 60
% $web cat /memory/m
| in memory
% $web umount /memory; cat /memory/m
| cat: /memory/m: No such file or directory

== reboot: memory lost
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 200
% $web mkdir /memory; mount -t tmpfs tmpfs /memory; echo in memory > /memory/m; sync; cat /memory/m
| in memory
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 120
% $web ls /memory
% $web cat /memory/m
| cat: /memory/m: No such file or directory

== stop and start: memory lost
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 200
% $web mkdir /memory; mount -t tmpfs tmpfs /memory; echo in memory > /memory/m; sync; cat /memory/m
| in memory
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 180
% $web ls /memory
% $web cat /memory/m
| cat: /memory/m: No such file or directory

== hibernate and start: memory kept
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 200
% $web mkdir /memory; mount -t tmpfs tmpfs /memory; echo in memory > /memory/m; sync; cat /memory/m
| in memory
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
advance 180
event its memory is on the root volume
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 180
% $web cat /memory/m
| in memory

== shutdown from within and start: memory lost
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 200
% $web mkdir /memory; mount -t tmpfs tmpfs /memory; echo in memory > /memory/m; sync; cat /memory/m
| in memory
> stratus ShutDownGuest {"InstanceId":"$web"}
advance 120
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 180
% $web ls /memory
% $web cat /memory/m
| cat: /memory/m: No such file or directory

== host failure: memory lost at once
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 200
% $web mkdir /memory; mount -t tmpfs tmpfs /memory; echo in memory > /memory/m; sync; cat /memory/m
| in memory
> stratus FailHost {"InstanceId":"$web"}
event its host has failed: what of a file was still in memory is lost
advance 60
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 180
% $web ls /memory
% $web cat /memory/m
| cat: /memory/m: No such file or directory

== terminate: memory lost, and nobody can ask
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 200
% $web mkdir /memory; mount -t tmpfs tmpfs /memory; echo in memory > /memory/m; sync; cat /memory/m
| in memory
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 200
> stratus RunGuestCommand {"InstanceId":"$web","Command":"cat /memory/m"}
! IncorrectInstanceState

== a snapshot survives the machine, its host and its volume
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 200
% $web mkfs -t xfs /dev/nvme2n1; mkdir /data; mount /dev/nvme2n1 /data; echo on EBS > /data/b; sync
= ExitCode: 0
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save data = Reservations[0].Instances[0].BlockDeviceMappings[1].Ebs.VolumeId
> ec2 CreateSnapshot {"VolumeId":"$data"}
save snap = SnapshotId
advance 200
> stratus FailHost {"InstanceId":"$web"}
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 200
> ec2 DeleteVolume {"VolumeId":"$data"}
advance 200
> ec2 DescribeSnapshots {"SnapshotIds":["$snap"]}
= Snapshots[0].State: completed
# In any zone of the Region.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1c"}}
save two = Instances[0].InstanceId
> ec2 CreateVolume {"SnapshotId":"$snap","AvailabilityZone":"us-east-1c"}
save again = VolumeId
advance 120
> ec2 AttachVolume {"VolumeId":"$again","InstanceId":"$two","Device":"/dev/sdf"}
advance 20
% $two mkdir /data; mount /dev/sdf /data; cat /data/b
| on EBS
