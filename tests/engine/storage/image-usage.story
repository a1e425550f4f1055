# Who uses an image, where it came from, and which images may be used.
== references
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImageReferences.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"web-template","LaunchTemplateData":{"ImageId":"$al2023"}}
save lt = LaunchTemplate.LaunchTemplateId
> ssm PutParameter {"Name":"/app/ami","Value":"$al2023","Type":"String"}
> ec2 DescribeImageReferences {"ImageIds":["$al2023"],"IncludeAllResourceTypes":true}
= ImageReferences#: 3
= ImageReferences[0].Arn: arn:aws:ec2:us-east-1:123456789012:instance/$web
= ImageReferences[1].Arn: arn:aws:ec2:us-east-1:123456789012:launch-template/$lt
= ImageReferences[2].Arn: arn:aws:ssm:us-east-1:123456789012:parameter/app/ami
> ec2 DescribeImageReferences {"ImageIds":["$al2023"],"ResourceTypes":[{"ResourceType":"ec2:Instance"}]}
= ImageReferences#: 1
> ec2 DescribeImageReferences {"ImageIds":["$al2023"]}
! InvalidParameterCombination

== ancestry
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-ancestry.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> ec2 CreateImage {"InstanceId":"$web","Name":"child"}
save child = ImageId
advance 1200
# The instance may be gone: the line is remembered.
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 7200
> ec2 GetImageAncestry {"ImageId":"$child"}
= ImageAncestryEntries#: 2
= ImageAncestryEntries[0].SourceImageId: $al2023
region eu-west-1
> ec2 CopyImage {"SourceRegion":"us-east-1","SourceImageId":"$child","Name":"copy"}
save copy = ImageId
> ec2 GetImageAncestry {"ImageId":"$copy"}
= ImageAncestryEntries#: 3
= ImageAncestryEntries[0].SourceImageId: $child
= ImageAncestryEntries[0].SourceImageRegion: us-east-1
= ImageAncestryEntries[1].ImageId: $child
= ImageAncestryEntries[2].ImageOwnerAlias: amazon

== usage reports
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/your-ec2-ami-usage.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> ec2 CreateImage {"InstanceId":"$web","Name":"own"}
save image = ImageId
advance 1200
> ec2 RunInstances {"ImageId":"$image","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro"}
> ec2 CreateImageUsageReport {"ImageId":"$image","ResourceTypes":[{"ResourceType":"ec2:Instance"},{"ResourceType":"ec2:LaunchTemplate"}]}
save report = ReportId
> ec2 DescribeImageUsageReports {"ReportIds":["$report"]}
= ImageUsageReports[0].State: available
= ImageUsageReports[0].ImageId: $image
> ec2 DescribeImageUsageReportEntries {"ReportIds":["$report"]}
= ImageUsageReportEntries#: 1
= ImageUsageReportEntries[0].UsageCount: 2
= ImageUsageReportEntries[0].ResourceType: ec2:Instance
> ec2 DeleteImageUsageReport {"ReportId":"$report"}
> ec2 DescribeImageUsageReports {"ReportIds":["$report"]}
! InvalidImageUsageReportId.NotFound

== allowed images
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-allowed-amis.html
> ec2 GetAllowedImagesSettings {}
= State: disabled
> ec2 DescribeImages {"ImageIds":["$ubuntu"]}
= Images[0].ImageAllowed: -
> ec2 ReplaceImageCriteriaInAllowedImagesSettings {"ImageCriteria":[{"ImageProviders":["amazon"],"ImageNames":["al2023-*"]}]}
> ec2 EnableAllowedImagesSettings {"AllowedImagesSettingsState":"audit-mode"}
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save early = Instances[0].InstanceId
# In audit mode nothing is kept from anybody: each image says what it would be.
> ec2 DescribeImages {"ImageIds":["$ubuntu"]}
= Images[0].ImageAllowed: false
> ec2 DescribeImages {"ImageIds":["$al2023"]}
= Images[0].ImageAllowed: true
> ec2 DescribeImages {"ImageIds":["$ubuntu","$al2023"],"Filters":[{"Name":"image-allowed","Values":["false"]}]}
= Images#: 1
= Images[0].ImageId: $ubuntu
> ec2 DescribeInstanceImageMetadata {"InstanceIds":["$early"]}
= InstanceImageMetadata[0].ImageMetadata.ImageAllowed: false
# The account's own images always are.
> ec2 CopyImage {"SourceRegion":"us-east-1","SourceImageId":"$ubuntu","Name":"mine"}
save mine = ImageId
> ec2 DescribeImages {"ImageIds":["$mine"]}
= Images[0].ImageAllowed: true
> ec2 EnableAllowedImagesSettings {"AllowedImagesSettingsState":"enabled"}
# What does not fit is not found any more; what was launched from it runs on.
> ec2 DescribeImages {"ImageIds":["$ubuntu"]}
! InvalidAMIID.NotFound
> ec2 DescribeImages {"Filters":[{"Name":"name","Values":["ubuntu*"]}]}
= Images#: 0
> ec2 DescribeImages {"Owners":["self"]}
= Images[0].ImageId: $mine
> ec2 DescribeImages {"ImageIds":["$al2023"]}
= Images[0].ImageAllowed: true
> ec2 DescribeInstanceImageMetadata {"InstanceIds":["$early"]}
= InstanceImageMetadata[0].ImageMetadata.ImageAllowed: false
> ec2 GetAllowedImagesSettings {}
= State: enabled
= ImageCriteria[0].ImageProviders: ["amazon"]
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
! InvalidAMIID.NotFound
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
> ec2 DisableAllowedImagesSettings {}
> ec2 DescribeInstanceImageMetadata {"InstanceIds":["$early"]}
= InstanceImageMetadata[0].ImageMetadata.ImageAllowed: true
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}

== fast launching is for Windows
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-ami-config-fast-launch.html
> ec2 CopyImage {"SourceRegion":"us-east-1","SourceImageId":"$windows","Name":"win"}
save win = ImageId
> ec2 CopyImage {"SourceRegion":"us-east-1","SourceImageId":"$al2023","Name":"lin"}
save lin = ImageId
advance 3600
> ec2 EnableFastLaunch {"ImageId":"$lin"}
! InvalidParameterValue
> ec2 EnableFastLaunch {"ImageId":"$win","MaxParallelLaunches":5}
! InvalidParameterValue
> ec2 EnableFastLaunch {"ImageId":"$win"}
= State: enabling
= SnapshotConfiguration.TargetResourceCount: 5
= MaxParallelLaunches: 6
advance 1300
> ec2 DescribeFastLaunchImages {}
= FastLaunchImages[0].State: enabled
> ec2 DisableFastLaunch {"ImageId":"$win"}
= State: disabling
advance 1300
> ec2 DescribeFastLaunchImages {}
= FastLaunchImages#: 0

== a launch permission that nobody gave
> ec2 CancelImageLaunchPermission {"ImageId":"$al2023"}
! InvalidAMIID.Unavailable
