# A file that is lost from a volume is still in the volume's snapshot: a volume of it shows the very file.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-restoring-volume.html
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-using-volumes.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":10}
save data = VolumeId
advance 120
> ec2 AttachVolume {"VolumeId":"$data","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
% $web lsblk
| NAME MAJ:MIN RM SIZE RO TYPE MOUNTPOINTS
| nvme0n1 259:0 0 8G 0 disk
| ├─nvme0n1p1 259:1 0 8G 0 part /
| ├─nvme0n1p127 259:2 0 1M 0 part
| └─nvme0n1p128 259:3 0 10M 0 part /boot/efi
| nvme1n1 259:4 0 10G 0 disk
% $web sudo file -s /dev/nvme1n1
| /dev/nvme1n1: data
% $web sudo mkfs -t xfs /dev/nvme1n1 && sudo mkdir /data && sudo mount /dev/nvme1n1 /data
= ExitCode: 0
% $web echo "order 4711" > /data/orders.txt; sync; cat /data/orders.txt
| order 4711
> ec2 CreateSnapshot {"VolumeId":"$data"}
save snap = SnapshotId
# Two blocks: the file system's own, and the file's.
billed $snap: 1 MiB
% $web rm /data/orders.txt; sync; ls /data; cat /data/orders.txt
| cat: /data/orders.txt: No such file or directory
= ExitCode: 1
advance 600
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$snap"}
save restored = VolumeId
advance 60
> ec2 AttachVolume {"VolumeId":"$restored","InstanceId":"$web","Device":"/dev/sdg"}
advance 20
% $web mkdir /old; mount /dev/nvme2n1 /old; cat /old/orders.txt
| order 4711
% $web df -h /old
| Filesystem Size Used Avail Use% Mounted on
| /dev/nvme2n1 10G 4K 10G 1% /old
