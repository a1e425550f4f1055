# https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive.html: whole, out of its chain, at a tier of its own
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save volume = VolumeId
advance 10
> stratus WriteBlocks {"VolumeId":"$volume","Offset":0,"Length":104857600}
> ec2 CreateSnapshot {"VolumeId":"$volume","TagSpecifications":[{"ResourceType":"snapshot","Tags":[{"Key":"Name","Value":"first"}]}]}
save one = SnapshotId
> ec2 ModifySnapshotTier {"SnapshotId":"$one","StorageTier":"archive"}
! IncorrectState: not 'completed'
advance 120
> ec2 CreateSnapshot {"VolumeId":"$volume"}
save two = SnapshotId
advance 120
billed $one: 100 MiB
billed $two: 0 MiB
> ec2 RestoreSnapshotTier {"SnapshotId":"$one","PermanentRestore":true}
! IncorrectState: not archived
> ec2 ModifySnapshotTier {"SnapshotId":"$one","StorageTier":"archive"}
= SnapshotId: $one
= TieringStartTime: *
> ec2 DescribeSnapshotTierStatus {"Filters":[{"Name":"snapshot-id","Values":["$one"]}]}
= SnapshotTierStatuses[0].StorageTier: standard
= SnapshotTierStatuses[0].LastTieringOperationStatus: archival-in-progress
> ec2 ModifySnapshotTier {"SnapshotId":"$one","StorageTier":"archive"}
! IncorrectState
advance 86400
# The second needs the first one's blocks, which are its own now.
billed $two: 100 MiB
> ec2 DescribeSnapshotTierStatus {"Filters":[{"Name":"last-tiering-operation","Values":["archival-completed"]}]}
= SnapshotTierStatuses#: 1
= SnapshotTierStatuses[0].StorageTier: archive
= SnapshotTierStatuses[0].LastTieringProgress: 100
= SnapshotTierStatuses[0].Tags: [{"Key":"Name","Value":"first"}]
> ec2 DescribeSnapshots {"Filters":[{"Name":"storage-tier","Values":["archive"]}]}
= Snapshots#: 1
= Snapshots[0].SnapshotId: $one
meter $one SnapshotBlocks: *; 200 × archive *
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$one"}
! IncorrectState: archived
# Back for some days.
> ec2 RestoreSnapshotTier {"SnapshotId":"$one"}
! MissingParameter
> ec2 RestoreSnapshotTier {"SnapshotId":"$one","TemporaryRestoreDays":2,"PermanentRestore":true}
! InvalidParameterCombination
> ec2 RestoreSnapshotTier {"SnapshotId":"$one","TemporaryRestoreDays":181}
! InvalidParameterValue
> ec2 RestoreSnapshotTier {"SnapshotId":"$one","TemporaryRestoreDays":2}
= RestoreDuration: 2
= IsPermanentRestore: false
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$one"}
! IncorrectState: archived
advance 259200
> ec2 DescribeSnapshotTierStatus {"Filters":[{"Name":"snapshot-id","Values":["$one"]}]}
= SnapshotTierStatuses[0].LastTieringOperationStatus: temporary-restore-completed
= SnapshotTierStatuses[0].RestoreExpiryTime: *
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$one"}
# More days, from now on; then they are over.
> ec2 RestoreSnapshotTier {"SnapshotId":"$one","TemporaryRestoreDays":1}
advance 86400
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$one"}
! IncorrectState: archived
> ec2 RestoreSnapshotTier {"SnapshotId":"$one","PermanentRestore":true}
= IsPermanentRestore: true
= RestoreDuration: -
advance 259200
> ec2 DescribeSnapshots {"SnapshotIds":["$one"]}
= Snapshots[0].StorageTier: standard
> ec2 DeleteSnapshot {"SnapshotId":"$one"}
