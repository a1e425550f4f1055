# Snapshots that another account shares with this one. One account is simulated: OfferSnapshot and TakeSnapshot of our own service are
# what another account does.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html

== a shared snapshot is seen, copied and restored, and its owner pays for it
> stratus OfferSnapshot {"AccountId":"210987654321","Description":"their data","VolumeSize":2,"Data":"cmVkIHBhbmRh"}
save theirs = SnapshotId
event shares it
# Snapshots with explicit create volume permission are among those that are available; own ones are `self`.
> ec2 DescribeSnapshots {}
= Snapshots#: 1
= Snapshots[0].SnapshotId: $theirs
= Snapshots[0].OwnerId: 210987654321
= Snapshots[0].Description: their data
= Snapshots[0].VolumeSize: 2
= Snapshots[0].Encrypted: false
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 0
> ec2 DescribeSnapshots {"OwnerIds":["210987654321"]}
= Snapshots#: 1
# `self`: own ones, and those with explicit permission for this account.
> ec2 DescribeSnapshots {"RestorableByUserIds":["self"]}
= Snapshots#: 1
> ec2 DescribeSnapshots {"SnapshotIds":["$theirs"]}
= Snapshots[0].State: completed
meter $theirs SnapshotBlocks: none
# Only its owner sees and changes with whom it is shared, or deletes it.
> ec2 DescribeSnapshotAttribute {"SnapshotId":"$theirs","Attribute":"createVolumePermission"}
! AuthFailure: Not authorized for snapshot:$theirs
> ec2 ModifySnapshotAttribute {"SnapshotId":"$theirs","Attribute":"createVolumePermission","OperationType":"add","GroupNames":["all"]}
! AuthFailure
> ec2 ResetSnapshotAttribute {"SnapshotId":"$theirs","Attribute":"createVolumePermission"}
! AuthFailure
> ec2 DeleteSnapshot {"SnapshotId":"$theirs"}
! AuthFailure
# Its blocks can be read: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-accessing-snapshot.html
> ebs ListSnapshotBlocks {"SnapshotId":"$theirs"}
= Blocks#: 1
# A volume of it has its bytes; the next snapshot of that volume is a full one, for another account's chain does not go on.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$theirs","VolumeType":"gp3"}
= Size: 2
= SnapshotId: $theirs
save v = VolumeId
advance 10
> stratus ReadBlocks {"VolumeId":"$v","Length":9}
= Data: cmVkIHBhbmRh
> ec2 CreateSnapshot {"VolumeId":"$v"}
save of_volume = SnapshotId
billed $of_volume: 0.5 MiB
# The first copy is a full one, the next of the same volume an incremental one.
> ec2 CopySnapshot {"SourceSnapshotId":"$theirs","SourceRegion":"us-east-1"}
save copy = SnapshotId
billed $copy: 0.5 MiB
advance 600
> ec2 DescribeSnapshots {"SnapshotIds":["$copy"]}
= Snapshots[0].OwnerId: 123456789012
= Snapshots[0].State: completed
= Snapshots[0].Description: *Copied $theirs from us-east-1*
> ec2 CopySnapshot {"SourceSnapshotId":"$theirs","SourceRegion":"us-east-1","Description":"again"}
save again = SnapshotId
billed $again: 0 MiB
region eu-west-1
> ec2 CopySnapshot {"SourceSnapshotId":"$theirs","SourceRegion":"us-east-1"}
save abroad = SnapshotId
billed $abroad: 0.5 MiB
> ec2 DescribeSnapshots {"SnapshotIds":["$theirs"]}
! InvalidSnapshot.NotFound

== when the sharing ends, copies and volumes stay
> stratus OfferSnapshot {"AccountId":"210987654321","VolumeSize":1,"Data":"cmVkIHBhbmRh"}
save theirs = SnapshotId
> ec2 CopySnapshot {"SourceSnapshotId":"$theirs","SourceRegion":"us-east-1"}
save copy = SnapshotId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$theirs","VolumeType":"gp3"}
save v = VolumeId
advance 600
> stratus OfferSnapshot {"AccountId":"111122223333","SnapshotId":"$theirs","OperationType":"remove"}
! InvalidSnapshot.NotFound
> stratus OfferSnapshot {"AccountId":"210987654321","SnapshotId":"$theirs","OperationType":"remove"}
event shares it no more
> ec2 DescribeSnapshots {"SnapshotIds":["$theirs"]}
! InvalidSnapshot.NotFound
> ec2 DescribeSnapshots {"OwnerIds":["210987654321"]}
= Snapshots#: 0
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$theirs"}
! InvalidSnapshot.NotFound
> ec2 CopySnapshot {"SourceSnapshotId":"$theirs","SourceRegion":"us-east-1"}
! InvalidSnapshot.NotFound
> ec2 DeleteSnapshot {"SnapshotId":"$theirs"}
! InvalidSnapshot.NotFound
> stratus ReadBlocks {"VolumeId":"$v","Length":9}
= Data: cmVkIHBhbmRh
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","SnapshotId":"$copy"}
save again = VolumeId
advance 10
> stratus ReadBlocks {"VolumeId":"$again","Length":9}
= Data: cmVkIHBhbmRh

== a public snapshot of another account
> stratus OfferSnapshot {"AccountId":"210987654321","VolumeSize":1,"Public":true}
save theirs = SnapshotId
> ec2 DescribeSnapshots {"RestorableByUserIds":["all"],"Filters":[{"Name":"owner-id","Values":["210987654321"]}]}
= Snapshots[0].SnapshotId: $theirs
# Not shared with this account by its number.
> ec2 DescribeSnapshots {"RestorableByUserIds":["self"]}
= Snapshots#: 0
> ec2 CopySnapshot {"SourceSnapshotId":"$theirs","SourceRegion":"us-east-1"}

== an encrypted one is shared under a key of the owner's own only, and the key must be shared, too
# https://docs.aws.amazon.com/ebs/latest/userguide/share-kms-key.html: the default AWS managed key cannot be shared.
> stratus OfferSnapshot {"AccountId":"210987654321","KmsKeyId":"alias/aws/ebs"}
! InvalidParameterValue: AWS managed key
> stratus OfferSnapshot {"AccountId":"210987654321","KmsKeyId":"alias/theirs","Public":true}
! InvalidParameterValue: public
> stratus OfferSnapshot {"AccountId":"210987654321","KmsKeyId":"alias/theirs","VolumeSize":1,"Data":"cmVkIHBhbmRh"}
save theirs = SnapshotId
> ec2 DescribeSnapshots {"SnapshotIds":["$theirs"]}
= Snapshots[0].Encrypted: true
= Snapshots[0].KmsKeyId: arn:aws:kms:us-east-1:210987654321:alias/theirs
# Nor are its blocks read.
> ebs ListSnapshotBlocks {"SnapshotId":"$theirs"}
! AccessDeniedException
# Without the key the copy fails, silently: the call succeeds, and the snapshot's state says why.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html
> ec2 CopySnapshot {"SourceSnapshotId":"$theirs","SourceRegion":"us-east-1"}
save failed = SnapshotId
> ec2 DescribeSnapshots {"SnapshotIds":["$failed"]}
= Snapshots[0].State: pending
advance 600
> ec2 DescribeSnapshots {"SnapshotIds":["$failed"]}
= Snapshots[0].State: error
= Snapshots[0].StateMessage: Given key ID is not accessible
billed $failed: 0 MiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$failed"}
! IncorrectState
> ec2 DeleteSnapshot {"SnapshotId":"$failed"}
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 0
# Neither is there a volume.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$theirs","VolumeType":"gp3"}
= State: creating
save v = VolumeId
advance 10
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
! InvalidVolume.NotFound
event creating → gone
# With it the copy is encrypted under the copier's key: the one that is named, else the default key.
> stratus OfferSnapshot {"AccountId":"210987654321","SnapshotId":"$theirs","KeyGranted":true}
> ec2 CopySnapshot {"SourceSnapshotId":"$theirs","SourceRegion":"us-east-1","Encrypted":true,"KmsKeyId":"alias/mine"}
save copy = SnapshotId
advance 600
> ec2 DescribeSnapshots {"SnapshotIds":["$copy"]}
= Snapshots[0].State: completed
= Snapshots[0].KmsKeyId: arn:aws:kms:us-east-1:123456789012:alias/mine
billed $copy: 0.5 MiB
> ec2 CopySnapshot {"SourceSnapshotId":"$theirs","SourceRegion":"us-east-1","Encrypted":false}
! InvalidParameterValue
# So is a volume of it.
> ec2 GetEbsDefaultKmsKeyId {}
save key = KmsKeyId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$theirs","VolumeType":"gp3"}
= Encrypted: true
save v = VolumeId
advance 10
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].KmsKeyId: *arn:aws:kms:us-east-1:123456789012:key/*
# Once the key is taken away again, what was made under the own key goes on.
> stratus OfferSnapshot {"AccountId":"210987654321","SnapshotId":"$theirs","KeyGranted":false}
> stratus ReadBlocks {"VolumeId":"$v","Length":9}
= Data: cmVkIHBhbmRh
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","SnapshotId":"$copy"}

== another account copies what this one shares
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save v = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3","Encrypted":true,"KmsKeyId":"alias/mine"}
save k = VolumeId
advance 10
> stratus WriteBlocks {"VolumeId":"$v","Offset":0,"Data":"cmVkIHBhbmRh"}
> ec2 CreateSnapshot {"VolumeId":"$v","Description":"ours"}
save ours = SnapshotId
> ec2 CreateSnapshot {"VolumeId":"$k"}
save secret = SnapshotId
> stratus TakeSnapshot {"AccountId":"210987654321","SnapshotId":"$ours"}
! InvalidSnapshot.NotFound
> ec2 ModifySnapshotAttribute {"SnapshotId":"$ours","Attribute":"createVolumePermission","OperationType":"add","UserIds":["210987654321"]}
> stratus TakeSnapshot {"AccountId":"111122223333","SnapshotId":"$ours"}
! InvalidSnapshot.NotFound
> stratus TakeSnapshot {"AccountId":"210987654321","SnapshotId":"$ours"}
! IncorrectState
advance 600
> stratus TakeSnapshot {"AccountId":"210987654321","SnapshotId":"$ours"}
= State: completed
save theirs = SnapshotId
event copied by the account 210987654321
billed $ours: 0.5 MiB
meter $theirs SnapshotBlocks: none
# It is theirs, and shared with nobody.
> ec2 DescribeSnapshots {"SnapshotIds":["$theirs"]}
! InvalidSnapshot.NotFound
# It outlives the original, and can be shared back.
> ec2 DeleteSnapshot {"SnapshotId":"$ours"}
> ec2 DeleteVolume {"VolumeId":"$v"}
advance 60
> stratus OfferSnapshot {"AccountId":"210987654321","SnapshotId":"$theirs"}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$theirs"}
save back = VolumeId
advance 10
> stratus ReadBlocks {"VolumeId":"$back","Length":9}
= Data: cmVkIHBhbmRh
# An encrypted one needs the key as well. Their copy is under their default key, which they cannot share.
> ec2 ModifySnapshotAttribute {"SnapshotId":"$secret","CreateVolumePermission":{"Add":[{"UserId":"210987654321"}]}}
> stratus TakeSnapshot {"AccountId":"210987654321","SnapshotId":"$secret"}
= State: error
= StateMessage: Given key ID is not accessible
> stratus TakeSnapshot {"AccountId":"210987654321","SnapshotId":"$secret","KeyGranted":true}
= State: completed
save under_default = SnapshotId
> stratus OfferSnapshot {"AccountId":"210987654321","SnapshotId":"$under_default"}
! InvalidParameterValue: AWS managed key
> stratus TakeSnapshot {"AccountId":"123456789012","SnapshotId":"$secret"}
! InvalidParameterValue
> stratus TakeSnapshot {"AccountId":"me","SnapshotId":"$secret"}
! InvalidUserID.Malformed

== a public snapshot that block public access hides is taken by nobody
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save v = VolumeId
advance 10
> ec2 CreateSnapshot {"VolumeId":"$v"}
save ours = SnapshotId
advance 600
> ec2 ModifySnapshotAttribute {"SnapshotId":"$ours","CreateVolumePermission":{"Add":[{"Group":"all"}]}}
> stratus TakeSnapshot {"AccountId":"111122223333","SnapshotId":"$ours"}
= State: completed
> ec2 EnableSnapshotBlockPublicAccess {"State":"block-all-sharing"}
> stratus TakeSnapshot {"AccountId":"111122223333","SnapshotId":"$ours"}
! InvalidSnapshot.NotFound

== fast snapshot restores of a shared snapshot: this account switches them on, and pays, until its owner shares it no more
# https://docs.aws.amazon.com/ebs/latest/userguide/manage-fsr-enable.html
> stratus OfferSnapshot {"AccountId":"210987654321","VolumeSize":1}
save theirs = SnapshotId
> ec2 EnableFastSnapshotRestores {"AvailabilityZones":["us-east-1a"],"SourceSnapshotIds":["$theirs"]}
= Successful[0].State: enabling
= Successful[0].OwnerId: 123456789012
advance 120
> ec2 DescribeFastSnapshotRestores {}
= FastSnapshotRestores[0].SnapshotId: $theirs
= FastSnapshotRestores[0].State: enabled
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$theirs"}
= FastRestored: true
# 75 cents an hour for the snapshot in its zone, and a GiB of gp2.
bill hourly: $0.750138889
advance 7080
bill services: EBS volumes $0.00027; EBS snapshots $1.50000
# "If the snapshot owner deletes or unshares it, fast snapshot restore is automatically disabled."
> stratus OfferSnapshot {"AccountId":"210987654321","SnapshotId":"$theirs","OperationType":"remove"}
> ec2 DescribeFastSnapshotRestores {}
= FastSnapshotRestores#: 0
> ec2 EnableFastSnapshotRestores {"AvailabilityZones":["us-east-1a"],"SourceSnapshotIds":["$theirs"]}
= Unsuccessful[0].FastSnapshotRestoreStateErrors[0].Error.Code: InvalidSnapshot.NotFound
