# https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html
> ec2 DescribeVpcBlockPublicAccessOptions {}
= VpcBlockPublicAccessOptions: {"AwsAccountId":"123456789012","AwsRegion":"us-east-1","State":"default-state","InternetGatewayBlockMode":"off","ManagedBy":"account","ExclusionsAllowed":"allowed"}
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24"}
save subnet = Subnet.SubnetId
= Subnet.BlockPublicAccessStates.InternetGatewayBlockMode: off
# Exclusions can be made while nothing is blocked; for a VPC or a subnet, one each.
> ec2 CreateVpcBlockPublicAccessExclusion {"InternetGatewayExclusionMode":"allow-egress"}
! MissingParameter
> ec2 CreateVpcBlockPublicAccessExclusion {"InternetGatewayExclusionMode":"allow-egress","VpcId":"$vpc","SubnetId":"$subnet"}
! InvalidParameterCombination
> ec2 CreateVpcBlockPublicAccessExclusion {"InternetGatewayExclusionMode":"allow-egress","SubnetId":"subnet-00000000000000001"}
! InvalidSubnetID.NotFound
> ec2 CreateVpcBlockPublicAccessExclusion {"InternetGatewayExclusionMode":"allow-egress","SubnetId":"$subnet","DryRun":true}
! DryRunOperation
> ec2 CreateVpcBlockPublicAccessExclusion {"InternetGatewayExclusionMode":"allow-egress","SubnetId":"$subnet","TagSpecifications":[{"ResourceType":"vpc-block-public-access-exclusion","Tags":[{"Key":"Name","Value":"downloads"}]}]}
= VpcBlockPublicAccessExclusion.ExclusionId: vpcbpa-exclude-0*
= VpcBlockPublicAccessExclusion.State: create-in-progress
= VpcBlockPublicAccessExclusion.InternetGatewayExclusionMode: allow-egress
= VpcBlockPublicAccessExclusion.ResourceArn: arn:aws:ec2:us-east-1:123456789012:subnet/$subnet
= VpcBlockPublicAccessExclusion.CreationTimestamp: 2025-03-03T09:00:00Z
= VpcBlockPublicAccessExclusion.Tags[0].Value: downloads
save exclusion = VpcBlockPublicAccessExclusion.ExclusionId
> ec2 CreateVpcBlockPublicAccessExclusion {"InternetGatewayExclusionMode":"allow-bidirectional","SubnetId":"$subnet"}
! VpcBlockPublicAccessExclusionAlreadyExists
> ec2 ModifyVpcBlockPublicAccessExclusion {"ExclusionId":"$exclusion","InternetGatewayExclusionMode":"allow-bidirectional"}
! IncorrectState
# The mode: traffic and DescribeVpcs meet it when the change is complete.
> ec2 ModifyVpcBlockPublicAccessOptions {"InternetGatewayBlockMode":"block-bidirectional"}
= VpcBlockPublicAccessOptions.State: update-in-progress
= VpcBlockPublicAccessOptions.InternetGatewayBlockMode: block-bidirectional
> ec2 ModifyVpcBlockPublicAccessOptions {"InternetGatewayBlockMode":"off"}
! IncorrectState
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
= Vpcs[0].BlockPublicAccessStates.InternetGatewayBlockMode: off
advance 180
event update-in-progress → update-complete
event create-in-progress → create-complete
> ec2 DescribeVpcBlockPublicAccessOptions {}
= VpcBlockPublicAccessOptions.State: update-complete
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
= Vpcs[0].BlockPublicAccessStates.InternetGatewayBlockMode: block-bidirectional
# In the excluded subnet, connections may begin inside: what the ingress mode lets pass.
> ec2 DescribeSubnets {"SubnetIds":["$subnet"]}
= Subnets[0].BlockPublicAccessStates.InternetGatewayBlockMode: block-ingress
> ec2 DescribeVpcBlockPublicAccessExclusions {"Filters":[{"Name":"state","Values":["create-complete"]},{"Name":"internet-gateway-exclusion-mode","Values":["allow-egress"]},{"Name":"resource-arn","Values":["*subnet/$subnet"]},{"Name":"tag:Name","Values":["downloads"]},{"Name":"tag-value","Values":["down*"]}]}
= VpcBlockPublicAccessExclusions#: 1
> ec2 DescribeVpcBlockPublicAccessExclusions {"Filters":[{"Name":"state","Values":["update-complete"]}]}
= VpcBlockPublicAccessExclusions#: 0
# Other Regions are their own.
region eu-west-1
> ec2 DescribeVpcBlockPublicAccessOptions {}
= VpcBlockPublicAccessOptions.State: default-state
region us-east-1
> ec2 ModifyVpcBlockPublicAccessExclusion {"ExclusionId":"$exclusion","InternetGatewayExclusionMode":"allow-bidirectional"}
= VpcBlockPublicAccessExclusion.State: update-in-progress
> ec2 DeleteVpcBlockPublicAccessExclusion {"ExclusionId":"$exclusion"}
! IncorrectState
advance 120
event update-in-progress → update-complete
> ec2 DescribeSubnets {"SubnetIds":["$subnet"]}
= Subnets[0].BlockPublicAccessStates.InternetGatewayBlockMode: off
> ec2 DeleteVpcBlockPublicAccessExclusion {"ExclusionId":"$exclusion"}
= VpcBlockPublicAccessExclusion.State: delete-in-progress
= VpcBlockPublicAccessExclusion.DeletionTimestamp: -
advance 120
event delete-in-progress → delete-complete
> ec2 DescribeVpcBlockPublicAccessExclusions {"ExclusionIds":["$exclusion"]}
= VpcBlockPublicAccessExclusions[0].State: delete-complete
= VpcBlockPublicAccessExclusions[0].DeletionTimestamp: 2025-*
> ec2 DeleteVpcBlockPublicAccessExclusion {"ExclusionId":"$exclusion"}
! IncorrectState
> ec2 DescribeSubnets {"SubnetIds":["$subnet"]}
= Subnets[0].BlockPublicAccessStates.InternetGatewayBlockMode: block-bidirectional
advance 3600
> ec2 DescribeVpcBlockPublicAccessExclusions {"ExclusionIds":["$exclusion"]}
! InvalidVpcBlockPublicAccessExclusionId.NotFound
> ec2 ModifyVpcBlockPublicAccessOptions {"InternetGatewayBlockMode":"off"}
advance 180
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
= Vpcs[0].BlockPublicAccessStates.InternetGatewayBlockMode: off
