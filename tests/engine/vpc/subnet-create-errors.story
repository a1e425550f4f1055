# https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
! InvalidSubnet.Conflict: The CIDR '10.0.0.0/24' conflicts with another subnet
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.128/25"}
! InvalidSubnet.Conflict
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/20"}
! InvalidSubnet.Conflict
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.1.0.0/24"}
! InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid.
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/29"}
! InvalidSubnet.Range
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/15"}
! InvalidSubnet.Range
> ec2 CreateSubnet {"VpcId":"$vpc"}
! MissingParameter
> ec2 CreateSubnet {"CidrBlock":"10.0.1.0/24"}
! MissingParameter
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0"}
! InvalidParameterValue
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24","AvailabilityZone":"eu-west-1a"}
! InvalidParameterValue: Value (eu-west-1a) for parameter availabilityZone is invalid.
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24","AvailabilityZone":"us-east-1a","AvailabilityZoneId":"use1-az1"}
! InvalidParameterCombination
> ec2 CreateSubnet {"VpcId":"vpc-00000000000000000","CidrBlock":"10.0.1.0/24"}
! InvalidVpcID.NotFound
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24","Ipv6CidrBlock":"2600:1f18:1234:5600::/64"}
! InvalidSubnet.Range
