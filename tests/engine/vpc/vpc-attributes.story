# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html: one attribute a call; host names need
# resolution.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 ModifyVpcAttribute {"VpcId":"$vpc","EnableDnsHostnames":{"Value":true}}
> ec2 DescribeVpcAttribute {"VpcId":"$vpc","Attribute":"enableDnsHostnames"}
= EnableDnsHostnames.Value: true
= VpcId: $vpc
> ec2 ModifyVpcAttribute {"VpcId":"$vpc","EnableDnsHostnames":{"Value":false}}
> ec2 ModifyVpcAttribute {"VpcId":"$vpc","EnableDnsSupport":{"Value":false}}
> ec2 ModifyVpcAttribute {"VpcId":"$vpc","EnableDnsHostnames":{"Value":true}}
! InvalidParameterCombination
> ec2 ModifyVpcAttribute {"VpcId":"$vpc","EnableDnsHostnames":{"Value":true},"EnableDnsSupport":{"Value":true}}
! InvalidParameterCombination
> ec2 ModifyVpcAttribute {"VpcId":"$vpc"}
! InvalidParameterCombination
> ec2 ModifyVpcAttribute {"VpcId":"$vpc","EnableNetworkAddressUsageMetrics":{"Value":true}}
> ec2 DescribeVpcAttribute {"VpcId":"$vpc","Attribute":"enableNetworkAddressUsageMetrics"}
= EnableNetworkAddressUsageMetrics.Value: true
> ec2 DescribeVpcAttribute {"VpcId":"$vpc","Attribute":"nonsense"}
! InvalidParameterValue
> ec2 ModifyVpcAttribute {"VpcId":"vpc-00000000000000000","EnableDnsSupport":{"Value":true}}
! InvalidVpcID.NotFound
