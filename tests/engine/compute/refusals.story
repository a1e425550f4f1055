# What AWS answers to input that its model does not allow. The CLI and the SDKs let such values through to it.

== values that are none of those there are
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp9"}
! UnknownVolumeType: Unsupported volume type 'gp9' for volume creation.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"BlockDeviceMappings":[{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":1,"VolumeType":"io3"}}]}
! UnknownVolumeType: Unsupported volume type 'io3' for volume creation.
> ec2 DescribeVpcAttribute {"VpcId":"vpc-00000000000000000","Attribute":"dns"}
! InvalidParameterValue: Value (dns) for parameter attribute is invalid. Unknown attribute.
> ec2 CreateKeyPair {"KeyName":"a","KeyType":"dsa"}
! InvalidParameterValue: Value (dsa) for parameter keyType is invalid.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","InstanceTenancy":"shared"}
! InvalidParameterValue: Value (shared) for parameter instanceTenancy is invalid.

== pages, filters, what is missing
> ec2 DescribeInstances {"MaxResults":1}
! InvalidParameterValue: Value ( 1 ) for parameter maxResults is invalid. Expecting a value greater than 5.
> ec2 DescribeInstances {"MaxResults":1001}
! InvalidParameterValue: Value ( 1001 ) for parameter maxResults is invalid. Expecting a value smaller than 1000.
> ec2 DescribeSubnets {"MaxResults":4}
! InvalidParameterValue: Value ( 4 ) for parameter maxResults is invalid. Expecting a value greater than 5.
> ec2 DescribeInstances {"Filters":[{"Values":["x"]}]}
! InvalidParameterValue: The filter 'null' is invalid
> ec2 StopInstances {}
! MissingParameter: The request must contain the parameter InstanceId
> ec2 DescribeSecurityGroups {"GroupNames":["nobody"]}
! InvalidGroup.NotFound: The security group 'nobody' does not exist in default VPC 'vpc-

== names of owners and images, attributes of the account
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html
> ec2 DescribeImages {"Owners":["nobody"]}
! InvalidUserID.Malformed: Invalid user id: "nobody"
> ec2 DescribeImages {"Owners":["aws-backup-vault","210987654321"]}
= Images: []
> ec2 CopyImage {"Name":"ab","SourceImageId":"$al2023","SourceRegion":"us-east-1"}
! InvalidAMIName.Malformed: AMI names must be between 3 and 128 characters long
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAccountAttributes.html: six, of which the model has two.
> ec2 DescribeAccountAttributes {"AttributeNames":["max-elastic-ips"]}
= AccountAttributes: [{"AttributeName":"max-elastic-ips","AttributeValues":[{"AttributeValue":"5"}]}]
> ec2 DescribeAccountAttributes {"AttributeNames":["max-everything"]}
! InvalidParameterValue: Value (max-everything) for parameter attributeName is invalid.
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"web","LaunchTemplateData":{"InstanceType":"t3.micro"}}
> ec2 DescribeLaunchTemplateVersions {"LaunchTemplateName":"web","MaxResults":1000}
! InvalidParameterValue: Maximum results allowed are between 1 and 200
> ec2 DescribeLaunchTemplates {"MaxResults":201}
! InvalidParameterValue: Maximum results allowed are between 1 and 200

== one attribute a call
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 ModifyVpcAttribute {"VpcId":"$vpc","EnableDnsSupport":{"Value":true},"EnableDnsHostnames":{"Value":true}}
! InvalidParameterCombination: Fields for multiple attribute types specified: enableDnsSupport, enableDnsHostnames
> ec2 ModifyVpcAttribute {"VpcId":"$vpc"}
! InvalidParameterCombination: No attributes specified.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
> ec2 ModifyInstanceAttribute {"InstanceId":"$web"}
! InvalidParameterCombination: No attributes specified.
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","SourceDestCheck":{"Value":true},"DisableApiStop":{"Value":true}}
! InvalidParameterCombination: Fields for multiple attribute types specified: sourceDestCheck, disableApiStop

== groups and subnets of different networks
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"of the default VPC"}
save group = GroupId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet","SecurityGroupIds":["$group"]}
! InvalidParameter: Security group $group and subnet $subnet belong to different networks.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","Groups":["$group"]}
! InvalidGroup.NotFound: You have specified two resources that belong to different networks.
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Groups":["$group"]}
! InvalidGroup.NotFound: You have specified two resources that belong to different networks.

== an id of another kind
> ec2 ModifyInstanceAttribute {"InstanceId":"ig-12345678","SourceDestCheck":{"Value":true}}
! InvalidParameterValue: Value (ig-12345678) for parameter instanceId is invalid. Expected: 'i-...'.
> ec2 CreateSnapshot {"VolumeId":"standard"}
! InvalidParameterValue: Value (standard) for parameter volumeId is invalid. Expected: 'vol-...'.
> ec2 GetConsoleOutput {"InstanceId":"i-1"}
! InvalidInstanceID.Malformed
> ec2 StopInstances {"InstanceIds":["web"]}
! InvalidInstanceID.Malformed: Invalid id: "web"

== an image that is not there, or of another Region
> ec2 RunInstances {"ImageId":"ami-0c55b159cbfafe1f0","MinCount":1,"MaxCount":1}
! InvalidAMIID.NotFound: The image id '[ami-0c55b159cbfafe1f0]' does not exist
> ec2 DescribeImages {"ImageIds":["ami-0c55b159cbfafe1f0"]}
! InvalidAMIID.NotFound: The image id '[ami-0c55b159cbfafe1f0]' does not exist
