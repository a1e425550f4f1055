# Watermarks go with an image into every image that is made of it.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachImageWatermark.html
== attached, handed on, looked for, detached
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 CreateImage {"InstanceId":"$web","Name":"golden"}
save golden = ImageId
advance 1200
> ec2 AttachImageWatermark {"ImageId":"$golden","WatermarkName":"no!"}
! InvalidParameterValue
> ec2 AttachImageWatermark {"ImageId":"$al2023","WatermarkName":"approved"}
! AuthFailure
> ec2 AttachImageWatermark {"ImageId":"$golden","WatermarkName":"approved ami"}
= WatermarkKey: 123456789012:approved ami
# Attached twice it is one.
> ec2 AttachImageWatermark {"ImageId":"$golden","WatermarkName":"approved ami"}
> ec2 DescribeImages {"ImageIds":["$golden"]}
= Images[0].ImageWatermarks#: 1
= Images[0].ImageWatermarks[0].WatermarkKey: 123456789012:approved ami
= Images[0].ImageWatermarks[0].SourceImageId: $golden
= Images[0].ImageWatermarks[0].SourceImageRegion: us-east-1
= Images[0].ImageWatermarks[0].SourceImageCreationTime: 2025-03-03T09:01:00Z
= Images[0].ImageWatermarks[0].WatermarkCreationTime: 2025-03-03T09:21:00Z
# A copy in another Region, an image of an instance, and one that was stored and restored have it.
region eu-west-1
> ec2 CopyImage {"SourceImageId":"$golden","SourceRegion":"us-east-1","Name":"copy"}
save copy = ImageId
> ec2 DescribeImages {"ImageIds":["$copy"]}
= Images[0].ImageWatermarks[0].SourceImageId: $golden
= Images[0].ImageWatermarks[0].SourceImageRegion: us-east-1
region us-east-1
> ec2 RunInstances {"ImageId":"$golden","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save second = Instances[0].InstanceId
advance 60
> ec2 CreateImage {"InstanceId":"$second","Name":"derived"}
save derived = ImageId
> s3 CreateBucket {"Bucket":"images"}
> ec2 CreateStoreImageTask {"ImageId":"$golden","Bucket":"images"}
save object = ObjectKey
advance 1200
> ec2 CreateRestoreImageTask {"Bucket":"images","ObjectKey":"$object","Name":"restored"}
save restored = ImageId
> ec2 DescribeImages {"Filters":[{"Name":"image-watermark.watermark-key","Values":["123456789012:approved ami"]}]}
= Images#: 3
> ec2 DescribeImages {"ImageIds":["$restored"]}
= Images[0].ImageWatermarks[0].WatermarkCreationTime: 2025-03-03T09:21:00Z
> ec2 DescribeInstanceImageMetadata {"InstanceIds":["$second"]}
= InstanceImageMetadata[0].ImageMetadata.ImageWatermarks[0].SourceImageId: $golden
# Detached from one, the others keep it.
> ec2 DetachImageWatermark {"ImageId":"$golden","WatermarkKey":"123456789012:approved ami"}
= Return: true
> ec2 DetachImageWatermark {"ImageId":"$golden","WatermarkKey":"123456789012:approved ami"}
! InvalidParameterValue
> ec2 DescribeImages {"ImageIds":["$golden"]}
= Images[0].ImageWatermarks: -
> ec2 DescribeImages {"ImageIds":["$derived"]}
= Images[0].ImageWatermarks#: 1

== not on a public image; and Allowed AMIs can want one
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 CreateImage {"InstanceId":"$web","Name":"golden"}
save golden = ImageId
advance 1200
> ec2 DisableImageBlockPublicAccess {}
> ec2 ModifyImageAttribute {"ImageId":"$golden","LaunchPermission":{"Add":[{"Group":"all"}]}}
> ec2 AttachImageWatermark {"ImageId":"$golden","WatermarkName":"approved"}
! OperationNotPermitted: public
# Amazon's images have no watermark of anybody's: where one is wanted they are not allowed.
> ec2 EnableAllowedImagesSettings {"AllowedImagesSettingsState":"enabled"}
> ec2 ReplaceImageCriteriaInAllowedImagesSettings {"ImageCriteria":[{"ImageProviders":["amazon"]}]}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
> ec2 ReplaceImageCriteriaInAllowedImagesSettings {"ImageCriteria":[{"ImageProviders":["amazon"],"ImageWatermarks":[{"WatermarkKey":"123456789012:approved"}]}]}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
! InvalidAMIID.NotFound: Allowed AMIs
