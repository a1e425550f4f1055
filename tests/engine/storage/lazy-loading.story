# A volume of a snapshot is there at once, but its blocks are still in S3: first reads are slow.
# https://docs.aws.amazon.com/ebs/latest/userguide/initalize-volume.html
== first reads, and reads once all is there
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":100,"VolumeType":"gp3"}
save v = VolumeId
advance 120
> stratus WriteBlocks {"VolumeId":"$v","Length":53687091200}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save s = SnapshotId
advance 7200
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$s","VolumeType":"gp3"}
save r = VolumeId
advance 10
> ec2 AttachVolume {"VolumeId":"$r","InstanceId":"$web","Device":"/dev/sdf"}
advance 10
> ec2 DescribeVolumeStatus {"VolumeIds":["$r"]}
= VolumeStatuses[0].InitializationStatusDetails.InitializationType: default
= VolumeStatuses[0].InitializationStatusDetails.Progress: 1
% $web dd if=/dev/nvme1n1 of=/dev/null bs=1M count=1024
| 1024+0 records in
| 1024+0 records out
| 1073741824 bytes copied, 5*.* s, *
# What was read once is there, also before the background has come to it.
% $web dd if=/dev/nvme1n1 of=/dev/null bs=1M count=1024
| 1024+0 records in
| 1024+0 records out
| 1073741824 bytes copied, 8.* s, 13*.* MB/s
# Behind it nothing has come yet: the second GiB is as slow as the first one was.
% $web dd if=/dev/nvme1n1 of=/dev/null bs=1M count=2048
| 2048+0 records in
| 2048+0 records out
| 2147483648 bytes copied, 5*.* s, *
# 50 GiB have come in the background.
advance 1100
> ec2 DescribeVolumeStatus {"VolumeIds":["$r"]}
= VolumeStatuses[0].InitializationStatusDetails.Progress: 100
% $web dd if=/dev/nvme1n1 of=/dev/null bs=1M count=1024
| 1024+0 records in
| 1024+0 records out
| 1073741824 bytes copied, 8.* s, 13*.* MB/s

== fast restores have all at once
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":10}
save v = VolumeId
advance 60
> stratus WriteBlocks {"VolumeId":"$v","Length":5368709120}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save s = SnapshotId
advance 3600
> ec2 EnableFastSnapshotRestores {"AvailabilityZones":["us-east-1a"],"SourceSnapshotIds":["$s"]}
advance 7200
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$s"}
save r = VolumeId
= FastRestored: true
> ec2 DescribeVolumeStatus {"VolumeIds":["$r"]}
= VolumeStatuses[0].InitializationStatusDetails.Progress: 100

== a file of a restored volume is fetched by who reads it
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":10,"VolumeType":"gp3"}
save v = VolumeId
advance 60
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
advance 10
% $web mkfs -t xfs /dev/nvme1n1\nmkdir -p /data\nmount /dev/nvme1n1 /data\ndd if=/dev/urandom of=/data/big bs=1M count=1024\necho hello > /data/note\nsync\numount /data
> ec2 CreateSnapshot {"VolumeId":"$v"}
save s = SnapshotId
advance 3600
> ec2 DetachVolume {"VolumeId":"$v"}
advance 60
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$s","VolumeType":"gp3"}
save r = VolumeId
advance 5
> ec2 AttachVolume {"VolumeId":"$r","InstanceId":"$web","Device":"/dev/sdf"}
advance 5
% $web mount /dev/nvme1n1 /data
# 1 GiB, most of which is still in S3; the pipeline as a whole is timed, as bash does.
% $web time cat /data/big | wc -c > /dev/null
|
| real 0m3*s
| user 0m0.000s
| sys 0m0.000s
# What was read is there: 1 GiB at gp3's 125 MiB/s.
% $web time tail -n 1 /data/big > /dev/null
|
| real 0m8.192s
| user 0m0.000s
| sys 0m0.000s
% $web cat /data/note
| hello
