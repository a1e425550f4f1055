# A snapshot that is copied to another Region: what travels is billed once, as data that leaves the first, at 0.02 USD a GB;
# then the copy is billed for its blocks there. The next copy of the same volume carries only what has changed.
# https://aws.amazon.com/ebs/pricing/
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html
== snapshots
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":20,"VolumeType":"gp3"}
save v = VolumeId
advance 10
> stratus WriteBlocks {"VolumeId":"$v","Length":10737418240}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save a = SnapshotId
advance 600
region eu-west-1
> ec2 CopySnapshot {"SourceRegion":"us-east-1","SourceSnapshotId":"$a"}
save ca = SnapshotId
# 10 GiB × 0.02
bill $ca: 20,480 blocks (10 GiB) × 0 s × $0.05/GB-month ÷ 2,592,000 s = $0.00; 10,737,418,240 bytes × $0.02/GB ÷ 1,073,741,824 = $0.2000
advance 600
region us-east-1
> stratus WriteBlocks {"VolumeId":"$v","Length":4294967296}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save b = SnapshotId
advance 600
region eu-west-1
> ec2 CopySnapshot {"SourceRegion":"us-east-1","SourceSnapshotId":"$b"}
save cb = SnapshotId
bill $cb: 8,192 blocks (4 GiB) × 0 s × $0.05/GB-month ÷ 2,592,000 s = $0.00; 4,294,967,296 bytes × $0.02/GB ÷ 1,073,741,824 = $0.0800

== within a Region nothing travels
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":20,"VolumeType":"gp3"}
save v = VolumeId
advance 10
> stratus WriteBlocks {"VolumeId":"$v","Length":10737418240}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save a = SnapshotId
advance 600
> ec2 CopySnapshot {"SourceRegion":"us-east-1","SourceSnapshotId":"$a"}
save same = SnapshotId
bill $same: nothing

== an image takes its snapshots along
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> ec2 CreateImage {"InstanceId":"$web","Name":"golden","NoReboot":true}
save image = ImageId
advance 1200
region eu-west-1
> ec2 CopyImage {"SourceRegion":"us-east-1","SourceImageId":"$image","Name":"golden"}
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
save copy = Snapshots[0].SnapshotId
bill $copy: * blocks (*) × 0 s × $0.05/GB-month ÷ 2,592,000 s = $0.00; * bytes × $0.02/GB ÷ 1,073,741,824 = *
