# For which instance types an image is.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-allowed-instance-types.html
== launches are held to what the owner says
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 CreateImage {"InstanceId":"$web","Name":"golden"}
save golden = ImageId
advance 1200
> ec2 ReplaceImageInstanceTypeSpecification {"ImageId":"$golden","InstanceTypeSpecification":{"SupportedInstanceTypes":["t3.*","m5.large"],"UnsupportedInstanceTypes":["t3.nano"]}}
= ReturnValue: true
> ec2 DescribeImages {"ImageIds":["$golden"]}
= Images[0].InstanceTypeSpecification.SupportedInstanceTypes[0].InstanceType: t3.*
= Images[0].InstanceTypeSpecification.UnsupportedInstanceTypes[0].InstanceType: t3.nano
> ec2 DescribeImages {"Filters":[{"Name":"instance-type-specification.unsupported-instance-type","Values":["t3.nano"]}]}
= Images#: 1
> ec2 RunInstances {"ImageId":"$golden","MinCount":1,"MaxCount":1,"InstanceType":"t3.small"}
> ec2 RunInstances {"ImageId":"$golden","MinCount":1,"MaxCount":1,"InstanceType":"t3.nano"}
! InvalidParameterCombination
> ec2 RunInstances {"ImageId":"$golden","MinCount":1,"MaxCount":1,"InstanceType":"c5.large"}
! InvalidParameterCombination
# Only a list of what it is not for: all others.
> ec2 ReplaceImageInstanceTypeSpecification {"ImageId":"$golden","InstanceTypeSpecification":{"UnsupportedInstanceTypes":["*.nano"]}}
> ec2 RunInstances {"ImageId":"$golden","MinCount":1,"MaxCount":1,"InstanceType":"c5.large"}
> ec2 RunInstances {"ImageId":"$golden","MinCount":1,"MaxCount":1,"InstanceType":"t3.nano"}
! InvalidParameterCombination
# Nothing: all.
> ec2 ReplaceImageInstanceTypeSpecification {"ImageId":"$golden"}
> ec2 DescribeImages {"ImageIds":["$golden"]}
= Images[0].InstanceTypeSpecification: -
> ec2 RunInstances {"ImageId":"$golden","MinCount":1,"MaxCount":1,"InstanceType":"t3.nano"}
# What cannot be said.
> ec2 ReplaceImageInstanceTypeSpecification {"ImageId":"$golden","InstanceTypeSpecification":{"SupportedInstanceTypes":["t3.**"]}}
! InvalidParameterValue
> ec2 ReplaceImageInstanceTypeSpecification {"ImageId":"$golden","InstanceTypeSpecification":{"SupportedInstanceTypes":["t3.*"],"UnsupportedInstanceTypes":["t3.*"]}}
! InvalidParameterValue: twice
> ec2 ReplaceImageInstanceTypeSpecification {"ImageId":"$al2023","InstanceTypeSpecification":{"SupportedInstanceTypes":["t3.*"]}}
! AuthFailure

== nobody has scanned an image
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetImageFindings.html
> ec2 GetImageFindings {"ImageId":"$al2023"}
= ImageFindings#: 0
> ec2 GetImageFindings {"ImageId":"ami-0123456789abcdef0"}
! InvalidAMIID.NotFound
