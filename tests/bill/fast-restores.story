# 0.75 USD an hour for each snapshot and zone, an hour at least: https://aws.amazon.com/ebs/pricing/,
# https://docs.aws.amazon.com/ebs/latest/userguide/manage-fsr-enable.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save volume = VolumeId
advance 10
> ec2 CreateSnapshot {"VolumeId":"$volume"}
save one = SnapshotId
advance 60
> ec2 DeleteVolume {"VolumeId":"$volume"}
bill month: March 2025 $0.000002160
> ec2 EnableFastSnapshotRestores {"AvailabilityZones":["us-east-1a","us-east-1b"],"SourceSnapshotIds":["$one"]}
bill hourly: $1.500000000
advance 600
bill $one in us-east-1a: 3,600 s (an hour each time at least; 600 s passed) × $0.75/h ÷ 3600 = $0.7500
bill services: EBS volumes $0.00000; EBS snapshots $1.50000
> ec2 DisableFastSnapshotRestores {"AvailabilityZones":["us-east-1b"],"SourceSnapshotIds":["$one"]}
advance 6600
bill $one in us-east-1a: 7,200 s × $0.75/h ÷ 3600 = $1.50
bill $one in us-east-1b: 3,600 s (an hour each time at least; 600 s passed) × $0.75/h ÷ 3600 = $0.7500
bill hourly: $0.750000000
# On again: another span. And it ends with the snapshot.
> ec2 EnableFastSnapshotRestores {"AvailabilityZones":["us-east-1b"],"SourceSnapshotIds":["$one"]}
advance 7200
> ec2 DeleteSnapshot {"SnapshotId":"$one"}
advance 7200
bill $one in us-east-1a: 14,400 s × $0.75/h ÷ 3600 = $3.00
bill $one in us-east-1b: 10,800 s (an hour each time at least; 7,800 s passed) × $0.75/h ÷ 3600 = $2.25
bill hourly: $0.000000000
