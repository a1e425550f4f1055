# A snapshot has what is on the volume, not what the guest still holds in memory.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-creating-snapshot.html
== a write still in memory is not in the snapshot
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save root = Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId
% $web echo early > /home/ec2-user/a; sync; echo late > /home/ec2-user/b
> ec2 CreateSnapshot {"VolumeId":"$root"}
save snap = SnapshotId
advance 600
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$snap"}
save copy = VolumeId
advance 60
> ec2 AttachVolume {"VolumeId":"$copy","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
% $web mkdir /mnt/copy; mount /dev/nvme1n1 /mnt/copy; ls /mnt/copy/home/ec2-user; ls /home/ec2-user
| a
| a
| b

== half a minute later it is
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save root = Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId
% $web echo late > /home/ec2-user/b
advance 31
event what waited in memory is on vol-
> ec2 CreateSnapshot {"VolumeId":"$root"}
save snap = SnapshotId
advance 600
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$snap"}
save copy = VolumeId
advance 60
> ec2 AttachVolume {"VolumeId":"$copy","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
% $web mkdir /mnt/copy; mount /dev/nvme1n1 /mnt/copy; cat /mnt/copy/home/ec2-user/b
| late

== an image without a reboot risks what is in memory
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
% $web echo late > /home/ec2-user/b
> ec2 CreateImage {"InstanceId":"$web","Name":"hot","NoReboot":true}
save image = ImageId
advance 1200
> ec2 RunInstances {"ImageId":"$image","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save two = Instances[0].InstanceId
advance 120
% $two cat /home/ec2-user/b
| cat: /home/ec2-user/b: No such file or directory

== an image with a reboot has it
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
% $web echo late > /home/ec2-user/b
> ec2 CreateImage {"InstanceId":"$web","Name":"cold"}
save image = ImageId
advance 1200
> ec2 RunInstances {"ImageId":"$image","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save two = Instances[0].InstanceId
advance 120
% $two cat /home/ec2-user/b
| late

== several volumes of an instance are one moment: what was written later is in none of them
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshots.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"},"BlockDeviceMappings":[{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":1,"VolumeType":"gp3"}},{"DeviceName":"/dev/sdg","Ebs":{"VolumeSize":1,"VolumeType":"gp3"}}]}
save web = Instances[0].InstanceId
advance 120
% $web mkfs.ext4 /dev/nvme1n1; mkfs.ext4 /dev/nvme2n1; mkdir /mnt/log /mnt/data; mount /dev/nvme1n1 /mnt/log; mount /dev/nvme2n1 /mnt/data
% $web echo paid > /mnt/log/order; echo one > /mnt/data/stock; sync
# The log already says what the data do not yet: both are as they were at the one moment.
% $web echo sent > /mnt/log/order; sync; echo none > /mnt/data/stock
> ec2 CreateSnapshots {"InstanceSpecification":{"InstanceId":"$web","ExcludeBootVolume":true}}
= Snapshots#: 2
= Snapshots[0].State: pending
save log = Snapshots[0].SnapshotId
save data = Snapshots[1].SnapshotId
# While both are still pending the guest writes on.
% $web echo lost > /mnt/log/order; echo lost > /mnt/data/stock; sync
advance 600
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$log"}
save logs = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$data"}
save copy = VolumeId
advance 60
> ec2 AttachVolume {"VolumeId":"$logs","InstanceId":"$web","Device":"/dev/sdh"}
> ec2 AttachVolume {"VolumeId":"$copy","InstanceId":"$web","Device":"/dev/sdi"}
advance 20
% $web mkdir /mnt/logs /mnt/copy; mount /dev/nvme3n1 /mnt/logs; mount /dev/nvme4n1 /mnt/copy; cat /mnt/logs/order /mnt/copy/stock; cat /mnt/log/order /mnt/data/stock
| sent
| one
| lost
| lost
