# https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save volume = VolumeId
advance 10
> ec2 CreateSnapshot {"VolumeId":"$volume"}
save one = SnapshotId
> ec2 CreateSnapshot {"VolumeId":"$volume"}
save two = SnapshotId
> ec2 GetSnapshotBlockPublicAccessState {}
= State: unblocked
= ManagedBy: account
> ec2 ModifySnapshotAttribute {"SnapshotId":"$one","CreateVolumePermission":{"Add":[{"Group":"all"}]}}
> ec2 EnableSnapshotBlockPublicAccess {"State":"unblocked"}
! InvalidParameterValue
> ec2 EnableSnapshotBlockPublicAccess {"State":"block-new-sharing"}
= State: block-new-sharing
> ec2 ModifySnapshotAttribute {"SnapshotId":"$two","CreateVolumePermission":{"Add":[{"Group":"all"}]}}
! OperationNotPermitted
# Sharing with accounts is no public sharing.
> ec2 ModifySnapshotAttribute {"SnapshotId":"$two","CreateVolumePermission":{"Add":[{"UserId":"210987654321"}]}}
> ec2 DescribeSnapshots {"RestorableByUserIds":["all"],"OwnerIds":["self"]}
= Snapshots#: 1
> ec2 EnableSnapshotBlockPublicAccess {"State":"block-all-sharing"}
> ec2 DescribeSnapshots {"RestorableByUserIds":["all"],"OwnerIds":["self"]}
= Snapshots#: 0
> ec2 DisableSnapshotBlockPublicAccess {}
= State: unblocked
> ec2 DescribeSnapshots {"RestorableByUserIds":["all"],"OwnerIds":["self"]}
= Snapshots#: 1
> ec2 ResetSnapshotAttribute {"SnapshotId":"$one","Attribute":"createVolumePermission"}
> ec2 DescribeSnapshotAttribute {"SnapshotId":"$one","Attribute":"createVolumePermission"}
= CreateVolumePermissions#: 0
> ec2 ResetSnapshotAttribute {"SnapshotId":"$one","Attribute":"productCodes"}
! InvalidParameterValue

== the recycle bin is empty: no rule keeps what is deleted
> ec2 ListSnapshotsInRecycleBin {}
= Snapshots#: 0
> ec2 ListSnapshotsInRecycleBin {"SnapshotIds":["snap-00000000000000000"]}
! InvalidSnapshot.NotFound
> ec2 RestoreSnapshotFromRecycleBin {"SnapshotId":"snap-00000000000000000"}
! InvalidSnapshot.NotFound
