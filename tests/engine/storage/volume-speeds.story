# How fast volumes are: by their type, size, IOPS and throughput.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html, https://docs.aws.amazon.com/ebs/latest/userguide/ebs-io-characteristics.html
== reading a GiB from a volume of each type
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5.large"}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save zone = Reservations[0].Instances[0].Placement.AvailabilityZone
> ec2 CreateVolume {"AvailabilityZone":"$zone","Size":100,"VolumeType":"gp3"}
save a = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"$zone","Size":100,"VolumeType":"gp3","Throughput":500}
save b = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"$zone","Size":100,"VolumeType":"gp2"}
save c = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"$zone","Size":500,"VolumeType":"gp2"}
save d = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"$zone","Size":100,"VolumeType":"io1","Iops":1000}
save e = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"$zone","Size":100,"VolumeType":"io2","Iops":8000}
save f = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"$zone","Size":1024,"VolumeType":"st1"}
save g = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"$zone","Size":1024,"VolumeType":"sc1"}
save h = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"$zone","Size":100,"VolumeType":"standard"}
save i = VolumeId
advance 60
> ec2 AttachVolume {"VolumeId":"$a","InstanceId":"$web","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$b","InstanceId":"$web","Device":"/dev/sdg"}
> ec2 AttachVolume {"VolumeId":"$c","InstanceId":"$web","Device":"/dev/sdh"}
> ec2 AttachVolume {"VolumeId":"$d","InstanceId":"$web","Device":"/dev/sdi"}
> ec2 AttachVolume {"VolumeId":"$e","InstanceId":"$web","Device":"/dev/sdj"}
> ec2 AttachVolume {"VolumeId":"$f","InstanceId":"$web","Device":"/dev/sdk"}
> ec2 AttachVolume {"VolumeId":"$g","InstanceId":"$web","Device":"/dev/sdl"}
> ec2 AttachVolume {"VolumeId":"$h","InstanceId":"$web","Device":"/dev/sdm"}
> ec2 AttachVolume {"VolumeId":"$i","InstanceId":"$web","Device":"/dev/sdn"}
advance 10
# gp3: 125 MiB/s, or what was asked for.
% $web dd if=/dev/sdf of=/dev/null bs=1M count=1024
| 1024+0 records in
| 1024+0 records out
| 1073741824 bytes copied, 8.192 s, *
% $web dd if=/dev/sdg of=/dev/null bs=1M count=1024
| 1024+0 records in
| 1024+0 records out
| 1073741824 bytes copied, 2.048 s, *
# gp2: 128 MiB/s up to 170 GiB, then 250.
% $web dd if=/dev/sdh of=/dev/null bs=1M count=1024
| 1024+0 records in
| 1024+0 records out
| 1073741824 bytes copied, 8.000 s, *
% $web dd if=/dev/sdi of=/dev/null bs=1M count=1024
| 1024+0 records in
| 1024+0 records out
| 1073741824 bytes copied, 4.096 s, *
# io1, io2: 256 KiB for each of the IOPS.
% $web dd if=/dev/sdj of=/dev/null bs=1M count=1024
| 1024+0 records in
| 1024+0 records out
| 1073741824 bytes copied, 4.096 s, *
% $web dd if=/dev/sdk of=/dev/null bs=1M count=1024
| 1024+0 records in
| 1024+0 records out
| 1073741824 bytes copied, 0.512 s, *
# st1, sc1: 250 and 80 MiB/s for each TiB (the burst); magnetic: 90 MiB/s at most.
% $web dd if=/dev/sdl of=/dev/null bs=1M count=1024
| 1024+0 records in
| 1024+0 records out
| 1073741824 bytes copied, 4.096 s, *
% $web dd if=/dev/sdm of=/dev/null bs=1M count=1024
| 1024+0 records in
| 1024+0 records out
| 1073741824 bytes copied, 12.800 s, *
% $web dd if=/dev/sdn of=/dev/null bs=1M count=1024
| 1024+0 records in
| 1024+0 records out
| 1073741824 bytes copied, 11.377 s, *
# Small requests of their own: 3,000 a second (gp3), 1,000 (io1), 500 (st1).
% $web dd if=/dev/sdf of=/dev/null bs=4k count=30000 iflag=direct
| 30000+0 records in
| 30000+0 records out
| 122880000 bytes copied, 10.000 s, *
% $web dd if=/dev/sdj of=/dev/null bs=4k count=30000 iflag=direct
| 30000+0 records in
| 30000+0 records out
| 122880000 bytes copied, 30.000 s, *
% $web dd if=/dev/sdl of=/dev/null bs=4k count=30000 iflag=direct
| 30000+0 records in
| 30000+0 records out
| 122880000 bytes copied, 60.000 s, *

== writing: to the device at its speed, to a file at the memory's until it must be on the disk
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5.large"}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save zone = Reservations[0].Instances[0].Placement.AvailabilityZone
> ec2 CreateVolume {"AvailabilityZone":"$zone","Size":100,"VolumeType":"gp3"}
save v = VolumeId
advance 60
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
advance 10
% $web dd if=/dev/zero of=/dev/sdf bs=1M count=1000
| 1000+0 records in
| 1000+0 records out
| 1048576000 bytes copied, 8.000 s, 131.0 MB/s
% $web mkfs -t xfs /dev/sdf; mkdir /data; mount /dev/sdf /data
% $web dd if=/dev/urandom of=/data/big bs=1M count=1000
| 1000+0 records in
| 1000+0 records out
| 1048576000 bytes copied, 0.244 s, *
% $web time sync
|
| real 0m8.000s
| user 0m0.000s
| sys 0m0.000s
% $web dd if=/dev/urandom of=/data/small bs=4k count=3000 oflag=direct
| 3000+0 records in
| 3000+0 records out
| 12288000 bytes copied, 1.000 s, *
% $web dd if=/dev/urandom of=/data/next bs=1M count=250 conv=fsync
| 250+0 records in
| 250+0 records out
| 262144000 bytes copied, 2.000 s, *
