# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> ec2 CreateTags {"Resources":["$vpc"],"Tags":[{"Key":"aws:mine","Value":"x"}]}
! InvalidParameterValue: Tag keys starting with 'aws:' are reserved for internal use
> ec2 CreateTags {"Resources":["$vpc"],"Tags":[{"Key":"a","Value":"x"},{"Key":"a","Value":"y"}]}
! InvalidParameterValue: Duplicate tag key 'a' specified.
> ec2 CreateTags {"Resources":["vpc-00000000000000000"],"Tags":[{"Key":"a","Value":"x"}]}
! InvalidVpcID.NotFound
> ec2 CreateTags {"Resources":["nonsense"],"Tags":[{"Key":"a","Value":"x"}]}
! InvalidID: The ID 'nonsense' is not valid
> ec2 CreateTags {"Resources":["$vpc"],"Tags":[{"Key":"","Value":"x"}]}
! MissingParameter
> ec2 CreateTags {"Resources":["$vpc"],"Tags":[{"Key":"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789","Value":"x"}]}
! InvalidParameterValue: exceeds the maximum length
> ec2 CreateTags {"Resources":["$vpc"]}
! MissingParameter
> ec2 CreateInternetGateway {"TagSpecifications":[{"ResourceType":"internet-gateway"}]}
! InvalidParameterValue: Tag specification must have at least one tag
> ec2 CreateInternetGateway {"TagSpecifications":[{"Tags":[{"Key":"a","Value":"b"}]}]}
! InvalidParameterValue: Tag specification resource type must have a value
> ec2 CreateInternetGateway {"TagSpecifications":[{"ResourceType":"internet-gateway","Tags":[{"Key":"a","Value":"b"}]},{"ResourceType":"internet-gateway","Tags":[{"Key":"c","Value":"d"}]}]}
! InvalidParameterValue
# Nothing was made.
> ec2 DescribeInternetGateways {}
= InternetGateways#: 1
