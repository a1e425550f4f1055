# Sharing: with accounts, or with everybody; not what AWS's own key encrypts, and nothing encrypted with everybody.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save v = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3","Encrypted":true}
save e = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3","Encrypted":true,"KmsKeyId":"alias/mine"}
save k = VolumeId
advance 10
> ec2 CreateSnapshot {"VolumeId":"$v"}
save plain = SnapshotId
> ec2 CreateSnapshot {"VolumeId":"$e"}
save ebs = SnapshotId
> ec2 CreateSnapshot {"VolumeId":"$k"}
save mine = SnapshotId
> ec2 DescribeSnapshotAttribute {"SnapshotId":"$plain","Attribute":"createVolumePermission"}
= CreateVolumePermissions#: 0
> ec2 ModifySnapshotAttribute {"SnapshotId":"$plain","CreateVolumePermission":{"Add":[{"UserId":"210987654321"},{"Group":"all"}]}}
> ec2 DescribeSnapshotAttribute {"SnapshotId":"$plain","Attribute":"createVolumePermission"}
= CreateVolumePermissions: [{"UserId":"210987654321"},{"Group":"all"}]
> ec2 DescribeSnapshots {"RestorableByUserIds":["210987654321"]}
= Snapshots#: 1
> ec2 ModifySnapshotAttribute {"SnapshotId":"$plain","Attribute":"createVolumePermission","OperationType":"remove","GroupNames":["all"]}
> ec2 DescribeSnapshotAttribute {"SnapshotId":"$plain","Attribute":"createVolumePermission"}
= CreateVolumePermissions: [{"UserId":"210987654321"}]
> ec2 ModifySnapshotAttribute {"SnapshotId":"$plain","Attribute":"createVolumePermission","OperationType":"add","UserIds":["12"]}
! InvalidUserID.Malformed: 12
> ec2 ModifySnapshotAttribute {"SnapshotId":"$plain"}
! InvalidParameterCombination
> ec2 ModifySnapshotAttribute {"SnapshotId":"$ebs","CreateVolumePermission":{"Add":[{"UserId":"210987654321"}]}}
! InvalidParameterValue: AWS managed key
> ec2 ModifySnapshotAttribute {"SnapshotId":"$mine","CreateVolumePermission":{"Add":[{"UserId":"210987654321"}]}}
> ec2 ModifySnapshotAttribute {"SnapshotId":"$mine","CreateVolumePermission":{"Add":[{"Group":"all"}]}}
! InvalidParameterValue: public
> ec2 DescribeSnapshotAttribute {"SnapshotId":"$mine","Attribute":"productCodes"}
= ProductCodes#: 0
