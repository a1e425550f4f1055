# https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html: one gateway a VPC, one VPC a gateway.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateInternetGateway {"TagSpecifications":[{"ResourceType":"internet-gateway","Tags":[{"Key":"Name","Value":"door"}]}]}
= InternetGateway.Attachments#: 0
= InternetGateway.Tags[0].Value: door
save igw = InternetGateway.InternetGatewayId
> ec2 AttachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
event attached to vpc-
> ec2 DescribeInternetGateways {"Filters":[{"Name":"attachment.vpc-id","Values":["$vpc"]}]}
= InternetGateways#: 1
= InternetGateways[0].InternetGatewayId: $igw
= InternetGateways[0].Attachments[0].State: available
> ec2 AttachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
! Resource.AlreadyAssociated: resource $igw is already attached to network $vpc
> ec2 CreateInternetGateway {}
save other = InternetGateway.InternetGatewayId
> ec2 AttachInternetGateway {"InternetGatewayId":"$other","VpcId":"$vpc"}
! InvalidParameterValue: Network $vpc already has an internet gateway attached
> ec2 DeleteInternetGateway {"InternetGatewayId":"$igw"}
! DependencyViolation: The internetGateway '$igw' has dependencies and cannot be deleted.
> ec2 DetachInternetGateway {"InternetGatewayId":"$other","VpcId":"$vpc"}
! Gateway.NotAttached: resource $other is not attached to network $vpc
> ec2 DetachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
> ec2 DeleteInternetGateway {"InternetGatewayId":"$igw"}
> ec2 DeleteInternetGateway {"InternetGatewayId":"$igw"}
! InvalidInternetGatewayID.NotFound: The internetGateway ID '$igw' does not exist
> ec2 AttachInternetGateway {"InternetGatewayId":"$other","VpcId":"vpc-00000000000000000"}
! InvalidVpcID.NotFound
> ec2 DescribeInternetGateways {"InternetGatewayIds":["$igw"]}
! InvalidInternetGatewayID.NotFound
