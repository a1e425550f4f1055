# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-snapshot-lock.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save volume = VolumeId
advance 10
> ec2 CreateSnapshot {"VolumeId":"$volume"}
save one = SnapshotId
advance 60
> ec2 LockSnapshot {"SnapshotId":"$one","LockMode":"governance"}
! MissingParameter
> ec2 LockSnapshot {"SnapshotId":"$one","LockMode":"governance","LockDuration":1,"CoolOffPeriod":1}
! InvalidParameterCombination
> ec2 LockSnapshot {"SnapshotId":"$one","LockMode":"governance","LockDuration":2}
= LockState: governance
= LockDuration: 2
= LockExpiresOn: *
> ec2 DeleteSnapshot {"SnapshotId":"$one"}
! SnapshotLocked
> ec2 DescribeLockedSnapshots {"Filters":[{"Name":"lock-state","Values":["governance"]}]}
= Snapshots#: 1
= Snapshots[0].SnapshotId: $one
> ec2 UnlockSnapshot {"SnapshotId":"$one"}
= SnapshotId: $one
> ec2 UnlockSnapshot {"SnapshotId":"$one"}
! IncorrectState: not locked
# Compliance: while it cools off it can be undone, after that nobody can.
> ec2 LockSnapshot {"SnapshotId":"$one","LockMode":"compliance","CoolOffPeriod":3,"LockDuration":2}
= LockState: compliance-cooloff
= CoolOffPeriod: 3
= CoolOffPeriodExpiresOn: *
> ec2 UnlockSnapshot {"SnapshotId":"$one"}
> ec2 LockSnapshot {"SnapshotId":"$one","LockMode":"compliance","CoolOffPeriod":3,"LockDuration":2}
advance 10800
> ec2 UnlockSnapshot {"SnapshotId":"$one"}
! IncorrectState: compliance mode
> ec2 LockSnapshot {"SnapshotId":"$one","LockMode":"governance","LockDuration":30}
! InvalidParameterValue: governance mode
> ec2 LockSnapshot {"SnapshotId":"$one","LockMode":"compliance","LockDuration":1}
! InvalidParameterValue: extended
> ec2 LockSnapshot {"SnapshotId":"$one","LockMode":"compliance","LockDuration":3}
= LockState: compliance
advance 259200
> ec2 DescribeLockedSnapshots {"SnapshotIds":["$one"]}
= Snapshots[0].LockState: expired
> ec2 DeleteSnapshot {"SnapshotId":"$one"}
