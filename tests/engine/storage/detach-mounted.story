# A volume that a running guest has mounted stays until the guest lets go of it, unless it is taken away by force.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachVolume.html
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-detaching-volume.html
== busy until it is unmounted, and nothing is lost
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 120
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
% $web mkfs -t xfs /dev/nvme1n1; mkdir /data; mount /dev/nvme1n1 /data; echo kept > /data/a
> ec2 DetachVolume {"VolumeId":"$v"}
= State: detaching
advance 60
event busy: mounted at /data in i-
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].State: in-use
= Volumes[0].Attachments[0].State: busy
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].BlockDeviceMappings[1].Ebs.Status: detaching
# It is still there for the guest.
% $web echo more > /data/b; ls /data
| a
| b
> ec2 DetachVolume {"VolumeId":"$v"}
! IncorrectState: 'busy'
> ec2 DeleteVolume {"VolumeId":"$v"}
! VolumeInUse
% $web umount /data
= ExitCode: 0
advance 20
event detached from i-
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].State: available
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
% $web mount /dev/nvme1n1 /data; cat /data/a /data/b
| kept
| more

== by force, even when it is busy: what was in memory only is lost
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 120
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
% $web mkfs -t xfs /dev/nvme1n1; mkdir /data; mount /dev/nvme1n1 /data; echo kept > /data/a; sync
> ec2 DetachVolume {"VolumeId":"$v"}
advance 60
% $web echo lost > /data/b
> ec2 DetachVolume {"VolumeId":"$v","Force":true}
= State: detaching
advance 20
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].State: available
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
% $web mount /dev/nvme1n1 /data; ls /data
| a

== a reboot lets go of it
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 120
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
% $web mkfs -t xfs /dev/nvme1n1; mkdir /data; mount /dev/nvme1n1 /data
> ec2 DetachVolume {"VolumeId":"$v"}
advance 60
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].State: available

== so does a stop, and what is not mounted leaves at once
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save free = VolumeId
advance 120
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$free","InstanceId":"$web","Device":"/dev/sdg"}
advance 20
% $web mkfs -t xfs /dev/nvme1n1; mkdir /data; mount /dev/nvme1n1 /data
> ec2 DetachVolume {"VolumeId":"$v"}
> ec2 DetachVolume {"VolumeId":"$free"}
advance 60
> ec2 DescribeVolumes {"VolumeIds":["$free"]}
= Volumes[0].State: available
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].State: available
