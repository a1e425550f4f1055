# Snapshots are billed for the blocks that no elder one of the chain holds, at 0.05 USD a GB-month.
# https://docs.aws.amazon.com/ebs/latest/userguide/how_snapshots_work.html
> stratus SetTiming {"Name":"volume.creating","MinimumMillis":1000,"MaximumMillis":1000}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":10,"VolumeType":"gp3"}
save v = VolumeId
advance 10
> stratus WriteBlocks {"VolumeId":"$v","Length":1073741824}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save first = SnapshotId
advance 3600
> stratus WriteBlocks {"VolumeId":"$v","Offset":0,"Length":1048576}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save second = SnapshotId
advance 3600
# 1 GiB × 7,200 × 0.05 ÷ 2,592,000 = 0.000138889; 1 MiB × 3,600 s: 0.0000000678
bill $first: 2,048 blocks (1 GiB) × 7,200 s × $0.05/GB-month ÷ 2,592,000 s = $0.00014
bill $second: 2 blocks (1 MiB) × 3,600 s × $0.05/GB-month ÷ 2,592,000 s = $0.000000068
