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
! MissingParameter: The request must contain the parameter InstanceIds
> ec2 DescribeSecurityGroups {"GroupNames":["nobody"]}
! InvalidGroup.NotFound: The security group 'nobody' does not exist in default VPC 'vpc-
