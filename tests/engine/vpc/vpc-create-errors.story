# A block has between 16 and 28 bits: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/8"}
! InvalidVpc.Range: The CIDR '10.0.0.0/8' is invalid.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/29"}
! InvalidVpc.Range
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/15"}
! InvalidVpc.Range
> ec2 CreateVpc {"CidrBlock":"169.254.0.0/16"}
! InvalidVpc.Range
> ec2 CreateVpc {"CidrBlock":"127.0.0.0/16"}
! InvalidVpc.Range
> ec2 CreateVpc {"CidrBlock":"10.0.0.0"}
! InvalidParameterValue: 10.0.0.0
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/33"}
! InvalidParameterValue
> ec2 CreateVpc {"CidrBlock":"fd00::/56"}
! InvalidParameterValue
> ec2 CreateVpc {}
! MissingParameter: Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","InstanceTenancy":"host"}
! InvalidParameterValue: host
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","Ipv4IpamPoolId":"ipam-pool-0123456789abcdef0"}
! UnsupportedOperation: Ipv4IpamPoolId
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","TagSpecifications":[{"ResourceType":"subnet","Tags":[{"Key":"a","Value":"b"}]}]}
! InvalidParameterValue: 'subnet' is not a valid taggable resource type for this operation.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","DryRun":true}
! DryRunOperation
> ec2 DescribeVpcs {}
= Vpcs#: 1
