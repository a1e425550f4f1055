# Parameters that few calls have: each is true, or refused by its name.

== the boot mode of an image can be set to uefi where the instance runs with it
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/set-ami-boot-mode.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save new = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save old = Instances[0].InstanceId
advance 60
> ec2 DescribeInstances {"InstanceIds":["$new"]}
= Reservations[0].Instances[0].BootMode: uefi-preferred
= Reservations[0].Instances[0].CurrentInstanceBootMode: uefi
> ec2 CreateImage {"InstanceId":"$new","Name":"as-it-is","NoReboot":true}
save plain = ImageId
> ec2 DescribeImages {"ImageIds":["$plain"]}
= Images[0].BootMode: uefi-preferred
> ec2 CreateImage {"InstanceId":"$new","Name":"uefi","NoReboot":true,"BootModeOverride":"uefi"}
save uefi = ImageId
> ec2 DescribeImages {"ImageIds":["$uefi"]}
= Images[0].BootMode: uefi
> ec2 CreateImage {"InstanceId":"$old","Name":"bios","NoReboot":true,"BootModeOverride":"uefi"}
! InvalidParameterValue: not uefi
# Local snapshots are for Local Zones.
> ec2 CreateImage {"InstanceId":"$new","Name":"local","NoReboot":true,"SnapshotLocation":"local"}
! InvalidParameterValue: Local Zones
> ec2 CreateImage {"InstanceId":"$new","Name":"regional","NoReboot":true,"SnapshotLocation":"regional"}

== the EBS card of an attachment
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save i = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 60
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$i","Device":"/dev/sdf","EbsCardIndex":1}
! InvalidParameterValue: one EBS card
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$i","Device":"/dev/sdf","EbsCardIndex":0}

== criteria for allowed images: product codes count, scans are not simulated
> stratus OfferImage {"AccountId":"679593333241","Name":"appliance","ProductCode":"0abcdefghijklmnopqrstuvwx","Public":true}
save sold = ImageId
> ec2 EnableAllowedImagesSettings {"AllowedImagesSettingsState":"enabled"}
> ec2 ReplaceImageCriteriaInAllowedImagesSettings {"ImageCriteria":[{"ScanResultCondition":{"MaxDaysSinceLastFindingScan":3}}]}
! Unsupported: ScanResultCondition
> ec2 ReplaceImageCriteriaInAllowedImagesSettings {"ImageCriteria":[{"MarketplaceProductCodes":["1abcdefghijklmnopqrstuvwx"]}]}
> ec2 RunInstances {"ImageId":"$sold","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
! InvalidAMIID.NotFound
> ec2 ReplaceImageCriteriaInAllowedImagesSettings {"ImageCriteria":[{"MarketplaceProductCodes":["1abcdefghijklmnopqrstuvwx","0abcdefghijklmnopqrstuvwx"]}]}
> ec2 RunInstances {"ImageId":"$sold","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
! InvalidAMIID.NotFound

== who refers to an image: only instances in some states, only so many versions
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImageUsageResourceTypeOptionRequest.html
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"web","LaunchTemplateData":{"ImageId":"$al2023"}}
> ec2 CreateLaunchTemplateVersion {"LaunchTemplateName":"web","LaunchTemplateData":{"ImageId":"$al2"}}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save i = Instances[0].InstanceId
advance 60
> ec2 DescribeImageReferences {"ImageIds":["$al2023"],"ResourceTypes":[{"ResourceType":"ec2:Instance","ResourceTypeOptions":[{"OptionName":"state-name","OptionValues":["stopped"]}]},{"ResourceType":"ec2:LaunchTemplate"}]}
= ImageReferences#: 1
= ImageReferences[0].ResourceType: ec2:LaunchTemplate
> ec2 DescribeImageReferences {"ImageIds":["$al2023"],"ResourceTypes":[{"ResourceType":"ec2:Instance","ResourceTypeOptions":[{"OptionName":"state-name","OptionValues":["running","pending"]}]},{"ResourceType":"ec2:LaunchTemplate","ResourceTypeOptions":[{"OptionName":"version-depth","OptionValues":["1"]}]}]}
= ImageReferences#: 1
= ImageReferences[0].ResourceType: ec2:Instance
> ec2 DescribeImageReferences {"ImageIds":["$al2023"],"ResourceTypes":[{"ResourceType":"ec2:LaunchTemplate","ResourceTypeOptions":[{"OptionName":"version-depth","OptionValues":["0"]}]}]}
! InvalidParameterValue
> ec2 DescribeImageReferences {"ImageIds":["$al2023"],"ResourceTypes":[{"ResourceType":"ec2:Instance","ResourceTypeOptions":[{"OptionName":"version-depth","OptionValues":["1"]}]}]}
! InvalidParameterValue
