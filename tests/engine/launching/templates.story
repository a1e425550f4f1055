# Launch templates: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html

== a template and its first version
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"web","VersionDescription":"first","LaunchTemplateData":{"ImageId":"$al2023","InstanceType":"t3.micro"},"TagSpecifications":[{"ResourceType":"launch-template","Tags":[{"Key":"team","Value":"blue"}]}]}
= LaunchTemplate.LaunchTemplateName: web
= LaunchTemplate.LaunchTemplateId: lt-*
= LaunchTemplate.DefaultVersionNumber: 1
= LaunchTemplate.LatestVersionNumber: 1
= LaunchTemplate.CreateTime: 2025-03-03T09:00:00Z
= LaunchTemplate.CreatedBy: arn:aws:iam::123456789012:*
= LaunchTemplate.Tags: [{"Key":"team","Value":"blue"}]
save lt = LaunchTemplate.LaunchTemplateId
> ec2 DescribeLaunchTemplates {"Filters":[{"Name":"tag:team","Values":["blue"]}]}
= LaunchTemplates[0].LaunchTemplateId: $lt
> ec2 DescribeTags {"Filters":[{"Name":"resource-type","Values":["launch-template"]}]}
= Tags[0].ResourceId: $lt

== what a template may not be
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"ab","LaunchTemplateData":{"InstanceType":"t3.micro"}}
! InvalidLaunchTemplateName.MalformedException
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"a b c","LaunchTemplateData":{"InstanceType":"t3.micro"}}
! InvalidLaunchTemplateName.MalformedException
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"web","LaunchTemplateData":{}}
! InvalidParameterValue
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"web","LaunchTemplateData":{"UserData":"%%%"}}
! InvalidUserData.Malformed
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"web","LaunchTemplateData":{"TagSpecifications":[{"ResourceType":"vpc","Tags":[{"Key":"a","Value":"b"}]}]}}
! InvalidParameterValue
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"web","LaunchTemplateData":{"InstanceType":"t3.micro"}}
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"web","LaunchTemplateData":{"InstanceType":"t3.micro"}}
! InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use.
> ec2 DescribeLaunchTemplates {"LaunchTemplateNames":["base"]}
! InvalidLaunchTemplateName.NotFoundException: The specified launch template, with template name base, does not exist.
> ec2 DescribeLaunchTemplates {"LaunchTemplateIds":["lt-00000000000000000"]}
! InvalidLaunchTemplateId.NotFound: The specified launch template, with template ID lt-00000000000000000, does not exist.
> ec2 DescribeLaunchTemplates {"LaunchTemplateIds":["lt-x"]}
! InvalidLaunchTemplateId.Malformed
> ec2 DescribeLaunchTemplates {"MaxResults":201}
! InvalidParameterValue
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"dry","DryRun":true,"LaunchTemplateData":{"InstanceType":"t3.micro"}}
! DryRunOperation

== the same token makes nothing new
> ec2 CreateLaunchTemplate {"ClientToken":"t","LaunchTemplateName":"web","LaunchTemplateData":{"InstanceType":"t3.micro"}}
save lt = LaunchTemplate.LaunchTemplateId
> ec2 CreateLaunchTemplate {"ClientToken":"t","LaunchTemplateName":"web","LaunchTemplateData":{"InstanceType":"t3.micro"}}
= LaunchTemplate.LaunchTemplateId: $lt
> ec2 CreateLaunchTemplate {"ClientToken":"t","LaunchTemplateName":"other","LaunchTemplateData":{"InstanceType":"t3.micro"}}
! IdempotentParameterMismatch

== versions, based on others or on nothing
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplateVersion.html
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"web","LaunchTemplateData":{"ImageId":"$al2023","InstanceType":"t3.micro","EbsOptimized":true}}
save lt = LaunchTemplate.LaunchTemplateId
> ec2 CreateLaunchTemplateVersion {"LaunchTemplateId":"$lt","SourceVersion":"1","VersionDescription":"larger","LaunchTemplateData":{"InstanceType":"t3.large"}}
= LaunchTemplateVersion.VersionNumber: 2
= LaunchTemplateVersion.DefaultVersion: false
= LaunchTemplateVersion.VersionDescription: larger
= LaunchTemplateVersion.LaunchTemplateData: {"ImageId":"$al2023","InstanceType":"t3.large","EbsOptimized":true}
> ec2 CreateLaunchTemplateVersion {"LaunchTemplateName":"web","LaunchTemplateData":{"InstanceType":"t3.small"}}
= LaunchTemplateVersion.VersionNumber: 3
= LaunchTemplateVersion.LaunchTemplateData: {"InstanceType":"t3.small"}
> ec2 CreateLaunchTemplateVersion {"LaunchTemplateName":"web","SourceVersion":"9","LaunchTemplateData":{"InstanceType":"t3.small"}}
! InvalidLaunchTemplateId.VersionNotFound
> ec2 CreateLaunchTemplateVersion {"LaunchTemplateName":"web","LaunchTemplateId":"$lt","LaunchTemplateData":{"InstanceType":"t3.small"}}
! InvalidParameterCombination
> ec2 CreateLaunchTemplateVersion {"LaunchTemplateData":{"InstanceType":"t3.small"}}
! MissingParameter
# Newest first; ranges include their ends.
> ec2 DescribeLaunchTemplateVersions {"LaunchTemplateName":"web"}
= LaunchTemplateVersions#: 3
= LaunchTemplateVersions[0].VersionNumber: 3
= LaunchTemplateVersions[2].VersionNumber: 1
= LaunchTemplateVersions[2].DefaultVersion: true
> ec2 DescribeLaunchTemplateVersions {"LaunchTemplateName":"web","MinVersion":"2","MaxVersion":"2"}
= LaunchTemplateVersions#: 1
= LaunchTemplateVersions[0].VersionNumber: 2
> ec2 DescribeLaunchTemplateVersions {"LaunchTemplateName":"web","Versions":["\u0024Latest","\u0024Default"]}
= LaunchTemplateVersions#: 2
= LaunchTemplateVersions[0].VersionNumber: 3
> ec2 DescribeLaunchTemplateVersions {"LaunchTemplateName":"web","Filters":[{"Name":"instance-type","Values":["t3.*e"]}]}
= LaunchTemplateVersions#: 1
> ec2 DescribeLaunchTemplateVersions {"LaunchTemplateName":"web","Filters":[{"Name":"is-default-version","Values":["true"]}]}
= LaunchTemplateVersions#: 1
> ec2 DescribeLaunchTemplateVersions {"LaunchTemplateName":"web","MaxResults":2}
= LaunchTemplateVersions#: 2
save next = NextToken
> ec2 DescribeLaunchTemplateVersions {"LaunchTemplateName":"web","MaxResults":2,"NextToken":"$next"}
= LaunchTemplateVersions#: 1
= NextToken: -
> ec2 DescribeLaunchTemplateVersions {"LaunchTemplateName":"web","Versions":["new"]}
! InvalidParameterValue
# Of all templates there are only the latest and the default.
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"other","LaunchTemplateData":{"InstanceType":"t3.micro"}}
> ec2 DescribeLaunchTemplateVersions {"Versions":["\u0024Latest"]}
= LaunchTemplateVersions#: 2
> ec2 DescribeLaunchTemplateVersions {}
! MissingParameter

== which version is the default
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyLaunchTemplate.html
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"web","LaunchTemplateData":{"InstanceType":"t3.micro"}}
save lt = LaunchTemplate.LaunchTemplateId
> ec2 CreateLaunchTemplateVersion {"LaunchTemplateId":"$lt","LaunchTemplateData":{"InstanceType":"t3.small"}}
> ec2 ModifyLaunchTemplate {"LaunchTemplateId":"$lt","DefaultVersion":"2"}
= LaunchTemplate.DefaultVersionNumber: 2
= LaunchTemplate.LatestVersionNumber: 2
> ec2 ModifyLaunchTemplate {"LaunchTemplateId":"$lt","DefaultVersion":"3"}
! InvalidLaunchTemplateId.VersionNotFound: Could not find the specified version 3 for the launch template with ID $lt.
> ec2 ModifyLaunchTemplate {"LaunchTemplateId":"$lt"}
! MissingParameter

== deleting versions, each for itself
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteLaunchTemplateVersions.html
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"web","LaunchTemplateData":{"InstanceType":"t3.micro"}}
save lt = LaunchTemplate.LaunchTemplateId
> ec2 CreateLaunchTemplateVersion {"LaunchTemplateId":"$lt","LaunchTemplateData":{"InstanceType":"t3.small"}}
> ec2 CreateLaunchTemplateVersion {"LaunchTemplateId":"$lt","LaunchTemplateData":{"InstanceType":"t3.large"}}
> ec2 DeleteLaunchTemplateVersions {"LaunchTemplateId":"$lt","Versions":["1","3","7"]}
= SuccessfullyDeletedLaunchTemplateVersions: [{"LaunchTemplateId":"$lt","LaunchTemplateName":"web","VersionNumber":3}]
= UnsuccessfullyDeletedLaunchTemplateVersions#: 2
= UnsuccessfullyDeletedLaunchTemplateVersions[0].VersionNumber: 1
= UnsuccessfullyDeletedLaunchTemplateVersions[1].ResponseError.Code: launchTemplateVersionDoesNotExist
# A number is never used again.
> ec2 CreateLaunchTemplateVersion {"LaunchTemplateId":"$lt","LaunchTemplateData":{"InstanceType":"t3.large"}}
= LaunchTemplateVersion.VersionNumber: 4
> ec2 DeleteLaunchTemplateVersions {"LaunchTemplateId":"lt-00000000000000000","Versions":["1"]}
= UnsuccessfullyDeletedLaunchTemplateVersions[0].ResponseError.Code: launchTemplateIdDoesNotExist
> ec2 DeleteLaunchTemplateVersions {"LaunchTemplateName":"none","Versions":["1"]}
= UnsuccessfullyDeletedLaunchTemplateVersions[0].ResponseError.Code: launchTemplateNameDoesNotExist
> ec2 DeleteLaunchTemplate {"LaunchTemplateName":"web"}
= LaunchTemplate.LaunchTemplateId: $lt
> ec2 DeleteLaunchTemplate {"LaunchTemplateName":"web"}
! InvalidLaunchTemplateName.NotFoundException
> ec2 DescribeLaunchTemplates {}
= LaunchTemplates: []

== launching from a template, with more said over it
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"web","LaunchTemplateData":{"ImageId":"$al2023","InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"Name","Value":"web"},{"Key":"stage","Value":"test"}]}]}}
save lt = LaunchTemplate.LaunchTemplateId
> ec2 CreateLaunchTemplateVersion {"LaunchTemplateId":"$lt","SourceVersion":"1","LaunchTemplateData":{"InstanceType":"t3.small"}}
> ec2 RunInstances {"LaunchTemplate":{"LaunchTemplateId":"$lt"},"MinCount":1,"MaxCount":1}
= Instances[0].InstanceType: t3.micro
= Instances[0].ImageId: $al2023
save web = Instances[0].InstanceId
> ec2 DescribeTags {"Filters":[{"Name":"resource-id","Values":["$web"]},{"Name":"key","Values":["aws:ec2launchtemplate:*"]}]}
= Tags#: 2
= Tags[0].Value: $lt
= Tags[1].Value: 1
> ec2 RunInstances {"LaunchTemplate":{"LaunchTemplateName":"web","Version":"\u0024Latest"},"MinCount":1,"MaxCount":1}
= Instances[0].InstanceType: t3.small
> ec2 RunInstances {"LaunchTemplate":{"LaunchTemplateName":"web","Version":"2"},"InstanceType":"t3.large","MinCount":1,"MaxCount":1,"TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"stage","Value":"live"}]}]}
= Instances[0].InstanceType: t3.large
save large = Instances[0].InstanceId
> ec2 DescribeInstances {"Filters":[{"Name":"tag:stage","Values":["live"]},{"Name":"tag:Name","Values":["web"]}]}
= Reservations[0].Instances[0].InstanceId: $large
> ec2 RunInstances {"LaunchTemplate":{"LaunchTemplateName":"web","Version":"9"},"MinCount":1,"MaxCount":1}
! InvalidLaunchTemplateId.VersionNotFound
> ec2 RunInstances {"LaunchTemplate":{"LaunchTemplateName":"web","LaunchTemplateId":"$lt"},"MinCount":1,"MaxCount":1}
! InvalidParameterCombination

== a template without an image needs one
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"size","LaunchTemplateData":{"InstanceType":"t3.micro"}}
> ec2 RunInstances {"LaunchTemplate":{"LaunchTemplateName":"size"},"MinCount":1,"MaxCount":1}
! MissingParameter
> ec2 RunInstances {"LaunchTemplate":{"LaunchTemplateName":"size"},"ImageId":"$al2023","MinCount":1,"MaxCount":1}
= Instances[0].InstanceType: t3.micro

== interfaces of the template and a subnet of the call exclude each other
> ec2 DescribeSubnets {}
save subnet = Subnets[0].SubnetId
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"net","LaunchTemplateData":{"ImageId":"$al2023","InstanceType":"t3.micro","NetworkInterfaces":[{"DeviceIndex":0,"SubnetId":"$subnet","AssociatePublicIpAddress":true}]}}
> ec2 RunInstances {"LaunchTemplate":{"LaunchTemplateName":"net"},"SubnetId":"$subnet","MinCount":1,"MaxCount":1}
! InvalidParameterCombination
> ec2 RunInstances {"LaunchTemplate":{"LaunchTemplateName":"net"},"MinCount":1,"MaxCount":1}
= Instances[0].SubnetId: $subnet

== the data of an instance make a template
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetLaunchTemplateData.html
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"DisableApiStop":true,"CpuOptions":{"CoreCount":1,"ThreadsPerCore":1},"TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"Name","Value":"web"}]}]}
save web = Instances[0].InstanceId
> ec2 GetLaunchTemplateData {"InstanceId":"$web"}
= LaunchTemplateData.ImageId: $al2023
= LaunchTemplateData.InstanceType: t3.micro
= LaunchTemplateData.DisableApiStop: true
= LaunchTemplateData.CpuOptions: {"CoreCount":1,"ThreadsPerCore":1}
= LaunchTemplateData.BlockDeviceMappings#: 1
= LaunchTemplateData.BlockDeviceMappings[0].DeviceName: /dev/xvda
= LaunchTemplateData.NetworkInterfaces[0].DeviceIndex: 0
= LaunchTemplateData.CreditSpecification.CpuCredits: unlimited
= LaunchTemplateData.TagSpecifications[0].ResourceType: instance
> ec2 GetLaunchTemplateData {"InstanceId":"i-00000000000000000"}
! InvalidInstanceID.NotFound
