# Five VPCs a Region, the default one included: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
> ec2 CreateVpc {"CidrBlock":"10.2.0.0/16"}
> ec2 CreateVpc {"CidrBlock":"10.3.0.0/16"}
> ec2 CreateVpc {"CidrBlock":"10.4.0.0/16"}
save last = Vpc.VpcId
> ec2 CreateVpc {"CidrBlock":"10.5.0.0/16"}
! VpcLimitExceeded: The maximum number of VPCs has been reached.
# The quota is the Region's own.
region eu-central-1
> ec2 CreateVpc {"CidrBlock":"10.5.0.0/16"}
region us-east-1
> ec2 DeleteVpc {"VpcId":"$last"}
> ec2 CreateVpc {"CidrBlock":"10.5.0.0/16"}
