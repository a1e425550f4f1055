# What is switched on and off of images: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-lifecycle.html

== disabled and enabled
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableImage.html
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
advance 60
> ec2 CreateImage {"InstanceId":"$web","Name":"golden"}
save golden = ImageId
> ec2 DisableImage {"ImageId":"$golden"}
! IncorrectState
advance 900
> ec2 DisableImageBlockPublicAccess {}
> ec2 ModifyImageAttribute {"ImageId":"$golden","LaunchPermission":{"Add":[{"Group":"all"},{"UserId":"111122223333"}]}}
> ec2 DisableImage {"ImageId":"$golden"}
= Return: true
> ec2 DescribeImages {"Owners":["self"]}
= Images: []
> ec2 DescribeImages {"Owners":["self"],"IncludeDisabled":true}
= Images[0].State: disabled
= Images[0].Public: false
> ec2 RunInstances {"ImageId":"$golden","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
! InvalidAMIID.Unavailable
> ec2 ModifyImageAttribute {"ImageId":"$golden","LaunchPermission":{"Add":[{"Group":"all"}]}}
! IncorrectState
> ec2 EnableImage {"ImageId":"$golden"}
> ec2 DescribeImageAttribute {"ImageId":"$golden","Attribute":"launchPermission"}
= LaunchPermissions: []
> ec2 DescribeImages {"Owners":["self"]}
= Images[0].State: available
> ec2 DisableImage {"ImageId":"$al2023"}
! AuthFailure

== deprecated
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageDeprecation.html
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
advance 60
> ec2 CreateImage {"InstanceId":"$web","Name":"golden"}
save golden = ImageId
> ec2 EnableImageDeprecation {"ImageId":"$golden","DeprecateAt":"2025-04-01T00:00:31Z"}
= Return: true
> ec2 DescribeImages {"ImageIds":["$golden"]}
= Images[0].DeprecationTime: 2025-04-01T00:01:00.000Z
> ec2 DisableImageDeprecation {"ImageId":"$golden"}
> ec2 DescribeImages {"ImageIds":["$golden"]}
= Images[0].DeprecationTime: -
> ec2 EnableImageDeprecation {"ImageId":"$golden","DeprecateAt":"2025-03-01T00:00:00Z"}
! InvalidParameterValue

== protected from deregistration
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageDeregistrationProtection.html
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
advance 60
> ec2 CreateImage {"InstanceId":"$web","Name":"golden"}
save golden = ImageId
> ec2 EnableImageDeregistrationProtection {"ImageId":"$golden","WithCooldown":true}
= Return: true
> ec2 DescribeImages {"ImageIds":["$golden"]}
= Images[0].DeregistrationProtection: enabled-with-cooldown
> ec2 DescribeImageAttribute {"ImageId":"$golden","Attribute":"deregistrationProtection"}
= DeregistrationProtection.Value: enabled-with-cooldown
> ec2 DeregisterImage {"ImageId":"$golden"}
! OperationNotPermitted
> ec2 DisableImageDeregistrationProtection {"ImageId":"$golden"}
> ec2 DeregisterImage {"ImageId":"$golden"}
! OperationNotPermitted
# The cooldown is a day.
advance 86400
> ec2 DeregisterImage {"ImageId":"$golden"}
= Return: true

== permissions reset, and public images blocked
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
advance 60
> ec2 CreateImage {"InstanceId":"$web","Name":"golden"}
save golden = ImageId
advance 900
> ec2 ModifyImageAttribute {"ImageId":"$golden","LaunchPermission":{"Add":[{"UserId":"111122223333"}]}}
> ec2 ResetImageAttribute {"ImageId":"$golden","Attribute":"launchPermission"}
> ec2 DescribeImageAttribute {"ImageId":"$golden","Attribute":"launchPermission"}
= LaunchPermissions: []
> ec2 GetImageBlockPublicAccessState {}
# New accounts begin with it.
= ImageBlockPublicAccessState: block-new-sharing
> ec2 ModifyImageAttribute {"ImageId":"$golden","LaunchPermission":{"Add":[{"Group":"all"}]}}
! OperationNotPermitted: you must call the DisableImageBlockPublicAccess API
> ec2 DisableImageBlockPublicAccess {}
= ImageBlockPublicAccessState: unblocked
> ec2 ModifyImageAttribute {"ImageId":"$golden","LaunchPermission":{"Add":[{"Group":"all"}]}}
> ec2 EnableImageBlockPublicAccess {"ImageBlockPublicAccessState":"block-new-sharing"}
= ImageBlockPublicAccessState: block-new-sharing
# What is public stays so; once it is private, it cannot become public again.
> ec2 DescribeImages {"ImageIds":["$golden"]}
= Images[0].Public: true
> ec2 ModifyImageAttribute {"ImageId":"$golden","LaunchPermission":{"Remove":[{"Group":"all"}]}}
> ec2 ModifyImageAttribute {"ImageId":"$golden","LaunchPermission":{"Add":[{"Group":"all"}]}}
! OperationNotPermitted
# Each Region has a setting of its own.
region eu-west-1
> ec2 GetImageBlockPublicAccessState {}
= ImageBlockPublicAccessState: block-new-sharing
= ManagedBy: account

== last launched, reported a day later
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
advance 60
> ec2 CreateImage {"InstanceId":"$web","Name":"golden"}
save golden = ImageId
advance 900
> ec2 RunInstances {"ImageId":"$golden","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
> ec2 DescribeImageAttribute {"ImageId":"$golden","Attribute":"lastLaunchedTime"}
= LastLaunchedTime: {}
advance 86400
> ec2 DescribeImageAttribute {"ImageId":"$golden","Attribute":"lastLaunchedTime"}
= LastLaunchedTime.Value: 2025-03-03T*

== the recycle bin is empty
> ec2 ListImagesInRecycleBin {}
= Images: []
> ec2 ListImagesInRecycleBin {"ImageIds":["ami-00000000000000000"]}
! InvalidAMIID.NotFound
> ec2 RestoreImageFromRecycleBin {"ImageId":"ami-00000000000000000"}
! InvalidAMIID.NotFound
> ec2 RestoreImageFromRecycleBin {"ImageId":"x"}
! InvalidAMIID.Malformed
