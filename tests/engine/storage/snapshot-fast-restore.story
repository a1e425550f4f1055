# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-fast-snapshot-restore.html: an hour a TiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":512,"VolumeType":"gp3"}
save volume = VolumeId
advance 10
> ec2 CreateSnapshot {"VolumeId":"$volume"}
save one = SnapshotId
> ec2 EnableFastSnapshotRestores {"AvailabilityZones":["us-east-1a"],"SourceSnapshotIds":["$one"]}
= Successful#: 0
= Unsuccessful[0].FastSnapshotRestoreStateErrors[0].Error.Code: IncorrectState
advance 60
> ec2 EnableFastSnapshotRestores {"AvailabilityZones":["us-east-1z"],"SourceSnapshotIds":["$one"]}
! InvalidZone.NotFound
> ec2 EnableFastSnapshotRestores {"SourceSnapshotIds":["$one"]}
! MissingParameter
> ec2 EnableFastSnapshotRestores {"AvailabilityZones":["us-east-1a","us-east-1b"],"SourceSnapshotIds":["$one","snap-00000000000000000"]}
= Successful#: 2
= Successful[0].State: enabling
= Successful[0].StateTransitionReason: Client.UserInitiated
= Unsuccessful#: 1
= Unsuccessful[0].SnapshotId: snap-00000000000000000
= Unsuccessful[0].FastSnapshotRestoreStateErrors#: 2
= Unsuccessful[0].FastSnapshotRestoreStateErrors[0].Error.Code: InvalidSnapshot.NotFound
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$one"}
= FastRestored: -
advance 60
> ec2 DescribeFastSnapshotRestores {"Filters":[{"Name":"state","Values":["optimizing"]}]}
= FastSnapshotRestores#: 2
= FastSnapshotRestores[0].StateTransitionReason: Client.UserInitiated - Lifecycle state transition
advance 1800
> ec2 DescribeFastSnapshotRestores {"Filters":[{"Name":"availability-zone","Values":["us-east-1b"]}]}
= FastSnapshotRestores#: 1
= FastSnapshotRestores[0].State: enabled
= FastSnapshotRestores[0].EnabledTime: *
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$one"}
= FastRestored: true
> ec2 DescribeVolumes {"Filters":[{"Name":"fast-restored","Values":["true"]}]}
= Volumes#: 1
> ec2 ModifySnapshotTier {"SnapshotId":"$one","StorageTier":"archive"}
! IncorrectState: fast snapshot restore
> ec2 DisableFastSnapshotRestores {"AvailabilityZones":["us-east-1a","us-east-1c"],"SourceSnapshotIds":["$one"]}
= Successful[0].State: disabling
= Unsuccessful#: 1
advance 60
> ec2 DescribeFastSnapshotRestores {"MaxResults":1}
= FastSnapshotRestores#: 1
= FastSnapshotRestores[0].AvailabilityZone: us-east-1b
= NextToken: -
> ec2 DeleteSnapshot {"SnapshotId":"$one"}
> ec2 DescribeFastSnapshotRestores {}
= FastSnapshotRestores#: 0
