# Disks as a guest sees them.
# https://docs.aws.amazon.com/ebs/latest/userguide/nvme-ebs-volumes.html
# https://docs.aws.amazon.com/ebs/latest/userguide/recognize-expanded-volume-linux.html
== on Xen a volume has the name of its attachment point
> ec2 RunInstances {"ImageId":"$al2","MinCount":1,"MaxCount":1,"InstanceType":"t2.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 120
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
% $web lsblk
| NAME MAJ:MIN RM SIZE RO TYPE MOUNTPOINTS
| xvda 202:0 0 8G 0 disk
| └─xvda1 202:1 0 8G 0 part /
| xvdf 202:2 0 1G 0 disk

== on Nitro the volume's id tells which is which
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 120
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
% $web sudo /sbin/ebsnvme-id /dev/nvme2
| Volume ID: $v
| /dev/sdf
% $web ebsnvme-id /dev/nvme1
= ExitCode: 1

== a volume that has grown is larger than its file system
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 120
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
% $web mkfs -t xfs /dev/nvme1n1; mkdir /data; mount /dev/nvme1n1 /data
> ec2 ModifyVolume {"VolumeId":"$v","Size":3}
advance 60
% $web df -h /data; xfs_growfs /data; df -h /data
| Filesystem Size Used Avail Use% Mounted on
| /dev/nvme1n1 1G 0 1G 0% /data
| data blocks changed from 262144 to 786432
| Filesystem Size Used Avail Use% Mounted on
| /dev/nvme1n1 3G 0 3G 0% /data

== a file system is full, and a second mkfs wants -f
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 120
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
% $web mkfs.ext4 -L stuff /dev/nvme1n1; mkdir /data; mount /dev/nvme1n1 /data; blkid /dev/nvme1n1
= Output: *LABEL="stuff" UUID="*" BLOCK_SIZE="512" TYPE="ext4"*
% $web dd if=/dev/urandom of=/data/big bs=1M count=900; dd if=/dev/urandom of=/data/more bs=1M count=200
= ExitCode: 1
= Output: *No space left on device*
% $web umount /data; mkfs -t xfs /dev/nvme1n1
= ExitCode: 1
= Output: *existing filesystem (ext4)*
% $web mkfs -t xfs -f /dev/nvme1n1 && mount /dev/nvme1n1 /data && ls /data
= ExitCode: 0

== files are copied, moved, counted and removed
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
% $web mkdir -p /srv/a/b; echo one > /srv/a/b/1; cp -r /srv/a /srv/c; mv /srv/c/b/1 /srv/c/2; ls /srv/c; cat /srv/c/2
| 2
| b
| one
% $web echo a > /tmp/1; echo ab >> /tmp/1; echo b >> /tmp/1; grep a /tmp/1 | wc -l
| 2 -
% $web sha256sum /srv/c/2
| 2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806 /srv/c/2
% $web rm -r /srv/c; ls /srv/c
= ExitCode: 2
% $web nosuch
| bash: nosuch: command not found
= ExitCode: 127
% $web cat < /srv/a/b/1 && [ -f /srv/a/b/1 ] && echo there || echo gone
| one
| there

== a raw write destroys a file system
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 120
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
% $web mkfs -t xfs /dev/nvme1n1; dd if=/dev/zero of=/dev/nvme1n1 bs=1M count=1; mkdir /data; mount /dev/nvme1n1 /data
= ExitCode: 32

== a write before the first block of a disk is none
# GNU dd: "invalid number" for what is below zero, and nothing is written.
# https://www.gnu.org/software/coreutils/manual/html_node/dd-invocation.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 120
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
% $web dd if=/dev/zero of=/dev/nvme1n1 seek=-4 bs=1M
| dd: invalid number: -4
= ExitCode: 1
% $web dd if=/dev/zero of=/dev/nvme1n1 seek=-9223372036854775808 bs=1M count=1
| dd: invalid number: -9223372036854775808
= ExitCode: 1
% $web dd if=/dev/zero of=/dev/nvme1n1 seek=near
| dd: invalid number: near
= ExitCode: 1
% $web dd if=/dev/nvme1n1 of=/tmp/part skip=-1 count=1
| dd: invalid number: -1
= ExitCode: 1
% $web dd if=/dev/zero of=/dev/nvme1n1 bs=1M count=-1
| dd: invalid number: -1
= ExitCode: 1
% $web dd if=/dev/zero of=/dev/nvme1n1 bs=0 count=1
| dd: invalid number: 0
= ExitCode: 1
% $web dd if=/dev/zero of=/dev/nvme1n1 seek=1023 bs=1M
| dd: error writing '/dev/nvme1n1': No space left on device
| 2+0 records in
| 1+0 records out
| 1048576 bytes copied, 0.007 s, 149.7 MB/s
= ExitCode: 1
# One block that is larger than any disk.
% $web dd if=/dev/zero of=/dev/nvme1n1 bs=9223372036854775807
| dd: error writing '/dev/nvme1n1': No space left on device
| 2+0 records in
| 1+0 records out
| 1073741824 bytes copied, 8.000 s, 134.2 MB/s
= ExitCode: 1
% $web dd if=/dev/nvme1n1 of=/dev/null bs=9223372036854775807
= ExitCode: 0
= Output: 1+0 records in*1+0 records out*1073741824 bytes copied*
% $web file -s /dev/nvme1n1
| /dev/nvme1n1: data

== a volume that is pulled out loses what waited for it
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 120
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
% $web mkfs -t xfs /dev/nvme1n1; mkdir /data; mount /dev/nvme1n1 /data; echo kept > /data/a; sync; echo lost > /data/b
> ec2 DetachVolume {"VolumeId":"$v","Force":true}
= State: detaching
event left with writes still in memory
advance 20
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
% $web mount /dev/nvme1n1 /data; ls /data
| a

== Windows has no such shell
> ec2 RunInstances {"ImageId":"$windows","MinCount":1,"MaxCount":1,"InstanceType":"t3.large"}
save win = Instances[0].InstanceId
advance 600
> stratus RunGuestCommand {"InstanceId":"$win","Command":"dir"}
! UnsupportedOperation
