# Names of NVMe devices in a guest. https://docs.aws.amazon.com/ebs/latest/userguide/nvme-ebs-volumes.html
== the links of udev, and what tells which volume it is
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 120
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
% $web ls -l /dev/sdf
| lrwxrwxrwx 1 root root 7 /dev/sdf -> nvme1n1
% $web ls -l /dev/disk/by-id
= Output: *nvme-Amazon_Elastic_Block_Store_vol* -> ../../nvme1n1*
% $web ls /dev
| disk
| null
| nvme0
| nvme0n1
| nvme0n1p1
| nvme1
| nvme1n1
| sdf
| xvda
| zero
% $web ls /dev/sdz
= ExitCode: 2
% $web lsblk -o NAME,SERIAL,MODEL /dev/nvme1n1
= Output: *nvme1n1 vol* Amazon Elastic Block Store*
% $web lsblk -oNAME /dev/nvme1n1
| NAME
| nvme1n1
% $web lsblk --output=NAME /dev/nvme1n1
| NAME
| nvme1n1
% $web lsblk -o NAME,NONSENSE
| lsblk: unknown column: NONSENSE
= ExitCode: 1
% $web ebsnvme-id -v /dev/nvme1n1
| Volume ID: $v
% $web ebsnvme-id -b /dev/nvme1n1
| /dev/sdf
% $web ebsnvme-id -u /dev/nvme1n1
| sdf
% $web nvme list
= Output: *Node*SN*Model*/dev/nvme0n1*/dev/nvme1n1*vol*Amazon Elastic Block Store*1.07  GB*

== mke2fs speaks for itself
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 120
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
% $web mkfs -t ext4 /dev/sdf
= Output: mke2fs *Creating filesystem with 262144 4k blocks and 65536 inodes*Filesystem UUID: *32768, 98304, 163840, 229376*Creating journal (8192 blocks): done*
