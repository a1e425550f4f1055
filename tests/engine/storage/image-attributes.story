# Attributes and launch permissions of an image.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save v = VolumeId
advance 10
> ec2 CreateSnapshot {"VolumeId":"$v"}
save s = SnapshotId
advance 60
> ec2 RegisterImage {"Name":"mine","Architecture":"x86_64","VirtualizationType":"hvm","RootDeviceName":"/dev/xvda","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"SnapshotId":"$s"}}]}
save ami = ImageId
> ec2 DescribeImageAttribute {"ImageId":"$ami","Attribute":"launchPermission"}
= LaunchPermissions#: 0
> ec2 DisableImageBlockPublicAccess {}
> ec2 ModifyImageAttribute {"ImageId":"$ami","LaunchPermission":{"Add":[{"UserId":"210987654321"},{"Group":"all"}]}}
> ec2 DescribeImageAttribute {"ImageId":"$ami","Attribute":"launchPermission"}
= LaunchPermissions: [{"Group":"all"},{"UserId":"210987654321"}]
> ec2 DescribeImages {"ImageIds":["$ami"]}
= Images[0].Public: true
> ec2 ModifyImageAttribute {"ImageId":"$ami","Attribute":"launchPermission","OperationType":"remove","UserGroups":["all"]}
> ec2 DescribeImages {"ImageIds":["$ami"]}
= Images[0].Public: false
> ec2 DescribeImages {"ExecutableUsers":["210987654321"]}
= Images#: 1
> ec2 ModifyImageAttribute {"ImageId":"$ami","Description":{"Value":"better"}}
> ec2 DescribeImageAttribute {"ImageId":"$ami","Attribute":"description"}
= Description.Value: better
> ec2 ModifyImageAttribute {"ImageId":"$ami","Attribute":"description","Value":"best"}
> ec2 DescribeImageAttribute {"ImageId":"$ami","Attribute":"description"}
= Description.Value: best
> ec2 ModifyImageAttribute {"ImageId":"$ami","ImdsSupport":{"Value":"v2.0"}}
> ec2 DescribeImageAttribute {"ImageId":"$ami","Attribute":"imdsSupport"}
= ImdsSupport.Value: v2.0
> ec2 ModifyImageAttribute {"ImageId":"$ami","ImdsSupport":{"Value":"v1.0"}}
! InvalidParameterValue: v2.0
> ec2 DescribeImageAttribute {"ImageId":"$ami","Attribute":"blockDeviceMapping"}
= BlockDeviceMappings[0].Ebs.SnapshotId: $s
> ec2 ModifyImageAttribute {"ImageId":"$ami"}
! InvalidParameterCombination
> ec2 ModifyImageAttribute {"ImageId":"$ami","LaunchPermission":{"Add":[{"UserId":"me"}]}}
! InvalidUserID.Malformed
> ec2 ModifyImageAttribute {"ImageId":"$al2023","Description":{"Value":"mine now"}}
! AuthFailure
> ec2 DescribeImageAttribute {"ImageId":"$al2023","Attribute":"launchPermission"}
! AuthFailure
