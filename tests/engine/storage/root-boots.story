# What is not on the root volume does not boot. The machine runs, and answers nothing: AWS's instance check finds that.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/TroubleshootingInstances.html
== an empty volume as root, and the right one again
base64 script = #!/bin/sh\nyum install -y nginx\nsystemctl enable --now nginx
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","UserData":"$script","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
advance 300
see listeners of $web: tcp 22, tcp 80
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save root = Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId
> ec2 DetachVolume {"VolumeId":"$root"}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":8}
save empty = VolumeId
advance 60
> ec2 AttachVolume {"VolumeId":"$empty","InstanceId":"$web","Device":"/dev/xvda"}
advance 20
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].InstanceState.Name: running
= InstanceStatuses[0].InstanceStatus.Status: initializing
advance 300
event it does not boot: its root volume holds no system
event instance status check: initializing → impaired
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].InstanceStatus.Status: impaired
= InstanceStatuses[0].InstanceStatus.Details[0].Status: failed
= InstanceStatuses[0].SystemStatus.Status: ok
see listeners of $web: none
> ec2 GetConsoleOutput {"InstanceId":"$web"}
decoded Output: *No bootable device.*
> stratus RunGuestCommand {"InstanceId":"$web","Command":"ls /"}
! IncorrectInstanceState: has not started: its root volume holds no system
> stratus StartListener {"InstanceId":"$web","Protocol":"tcp","Port":8080}
! IncorrectInstanceState
# A reboot finds no more.
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].InstanceStatus.Status: impaired
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DetachVolume {"VolumeId":"$empty"}
advance 20
> ec2 AttachVolume {"VolumeId":"$root","InstanceId":"$web","Device":"/dev/xvda"}
advance 20
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 300
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].InstanceStatus.Status: ok
see listeners of $web: tcp 22, tcp 80

== a volume made of the image's snapshot boots
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
advance 300
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeVolumes {"Filters":[{"Name":"attachment.instance-id","Values":["$web"]}]}
save root = Volumes[0].VolumeId
save snapshot = Volumes[0].SnapshotId
> ec2 DetachVolume {"VolumeId":"$root"}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$snapshot"}
save fresh = VolumeId
advance 60
> ec2 AttachVolume {"VolumeId":"$fresh","InstanceId":"$web","Device":"/dev/xvda"}
advance 20
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 300
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].InstanceStatus.Status: ok
% $web test -d /usr/bin
= ExitCode: 0

== a root that is written over
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 300
% $web dd if=/dev/zero of=/dev/nvme0n1 bs=1M
| dd: error writing '/dev/nvme0n1': No space left on device
| 8193+0 records in
| 8192+0 records out
| 8589934592 bytes copied, 65.536 s, 131.0 MB/s
= ExitCode: 1
# What runs goes on until it needs the disk.
see listeners of $web: tcp 22
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
see listeners of $web: none
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].InstanceStatus.Status: impaired
= InstanceStatuses[0].SystemStatus.Status: ok

== noise does it as well
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 300
% $web dd if=/dev/urandom of=/dev/nvme0n1 bs=1M count=10
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
> ec2 GetConsoleOutput {"InstanceId":"$web"}
decoded Output: *not a bootable disk*

== folders that a system needs
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro"}
save one = Instances[0].InstanceId
save two = Instances[1].InstanceId
advance 300
% $one sudo rm -rf /boot
% $two sudo rm -rf /usr /etc
> ec2 RebootInstances {"InstanceIds":["$one","$two"]}
advance 60
> ec2 GetConsoleOutput {"InstanceId":"$one"}
decoded Output: *grub rescue>*
> ec2 GetConsoleOutput {"InstanceId":"$two"}
decoded Output: *Kernel panic - not syncing: No working init found.*
see listeners of $two: none

== user data waits for a system
base64 script = #!/bin/sh\nyum install -y nginx\nsystemctl enable --now nginx
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":8}
save v = VolumeId
advance 60
> ec2 CreateSnapshot {"VolumeId":"$v"}
save s = SnapshotId
advance 120
> ec2 RegisterImage {"Name":"nothing","Architecture":"x86_64","VirtualizationType":"hvm","RootDeviceName":"/dev/xvda","EnaSupport":true,"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"SnapshotId":"$s"}}]}
save image = ImageId
advance 60
> ec2 RunInstances {"ImageId":"$image","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","UserData":"$script","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
advance 600
see listeners of $web: none
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].InstanceStatus.Status: impaired

== a root on the host's disks boots as it did
> ec2 RunInstances {"ImageId":"$instance-store","MinCount":1,"MaxCount":1,"InstanceType":"m3.medium"}
save old = Instances[0].InstanceId
advance 300
> ec2 RebootInstances {"InstanceIds":["$old"]}
advance 60
> ec2 DescribeInstanceStatus {"InstanceIds":["$old"]}
= InstanceStatuses[0].InstanceStatus.Status: ok
see listeners of $old: tcp 22
