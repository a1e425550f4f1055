# A transit gateway translates addresses, one to one:
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTransitGatewayAttachmentNatConfiguration.html
> ec2 CreateTransitGateway {}
save tgw = TransitGateway.TransitGatewayId
save rtb = TransitGateway.Options.AssociationDefaultRouteTableId
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24"}
save a = Subnet.SubnetId
advance 240
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$tgw","VpcId":"$vpc","SubnetIds":["$a"]}
save att = TransitGatewayVpcAttachment.TransitGatewayAttachmentId
> ec2 ModifyTransitGatewayAttachmentNatConfiguration {"TransitGatewayAttachmentId":"$att","NatGatewaySupport":"enable"}
! IncorrectState
advance 120
> ec2 GetTransitGatewayAttachmentNatConfiguration {"TransitGatewayAttachmentId":"$att"}
= NatGatewaySupport: disabled
= NatSystemRouteSupport: enable
= NatGatewayRules#: 0
# For a VPC the routes are always the transit gateway's (https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nat-routing.html).
> ec2 ModifyTransitGatewayAttachmentNatConfiguration {"TransitGatewayAttachmentId":"$att","NatSystemRouteSupport":"disable"}
! InvalidParameterValue: NatSystemRouteSupport is always enable for vpc attachments
# Rules: as long a prefix, private or shared, no overlap, each number once
# (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayNatRuleRequest.html).
> ec2 ModifyTransitGatewayAttachmentNatConfiguration {"TransitGatewayAttachmentId":"$att","NatGatewayRules":[{"RuleNumber":1,"MatchSourceCidr":"10.0.0.0/16","NatCidr":"100.64.0.0/17"}]}
! InvalidParameterValue: must have the same prefix length
> ec2 ModifyTransitGatewayAttachmentNatConfiguration {"TransitGatewayAttachmentId":"$att","NatGatewayRules":[{"RuleNumber":1,"MatchSourceCidr":"10.0.0.0/16","NatCidr":"54.1.0.0/16"}]}
! InvalidParameterValue: is not in a private
> ec2 ModifyTransitGatewayAttachmentNatConfiguration {"TransitGatewayAttachmentId":"$att","NatGatewayRules":[{"RuleNumber":1,"MatchSourceCidr":"224.1.0.0/16","NatCidr":"100.64.0.0/16"}]}
! InvalidParameterValue: overlaps the multicast
> ec2 ModifyTransitGatewayAttachmentNatConfiguration {"TransitGatewayAttachmentId":"$att","NatGatewayRules":[{"RuleNumber":0,"MatchSourceCidr":"10.0.0.0/16","NatCidr":"100.64.0.0/16"}]}
! InvalidParameterValue: from 1 to 32766
> ec2 ModifyTransitGatewayAttachmentNatConfiguration {"TransitGatewayAttachmentId":"$att","NatGatewayRules":[{"RuleNumber":1,"MatchSourceCidr":"10.0.0.0/16"}]}
! MissingParameter
> ec2 ModifyTransitGatewayAttachmentNatConfiguration {"TransitGatewayAttachmentId":"$att","NatGatewayRules":[{"RuleNumber":1,"MatchSourceCidr":"10.0.0.0/17","NatCidr":"100.64.0.0/17"},{"RuleNumber":1,"MatchSourceCidr":"10.0.128.0/17","NatCidr":"100.65.0.0/17"}]}
! InvalidParameterValue: is given twice
> ec2 ModifyTransitGatewayAttachmentNatConfiguration {"TransitGatewayAttachmentId":"$att","NatGatewayRules":[{"RuleNumber":1,"MatchSourceCidr":"10.0.0.0/16","NatCidr":"100.64.0.0/16"},{"RuleNumber":2,"MatchSourceCidr":"10.0.1.0/24","NatCidr":"100.65.0.0/24"}]}
! InvalidParameterValue: overlap
> ec2 ModifyTransitGatewayAttachmentNatConfiguration {"TransitGatewayAttachmentId":"$att","NatGatewayRules":[{"RuleNumber":1,"MatchSourceCidr":"10.0.0.0/16","NatCidr":"100.64.0.0/16"}],"ResetNatGatewayRules":true}
! InvalidParameterCombination
# Rules may be written before they count.
> ec2 ModifyTransitGatewayAttachmentNatConfiguration {"TransitGatewayAttachmentId":"$att","NatGatewayRules":[{"RuleNumber":10,"MatchSourceCidr":"10.0.0.0/16","NatCidr":"100.64.0.0/16"}]}
= NatGatewaySupport: disabled
= NatGatewayRules[0].State: pending
> ec2 GetTransitGatewayAttachmentNatConfiguration {"TransitGatewayAttachmentId":"$att"}
= NatGatewayRules[0].State: deactivated
> ec2 SearchTransitGatewayRoutes {"TransitGatewayRouteTableId":"$rtb","Filters":[{"Name":"type","Values":["propagated"]}]}
= Routes[0].DestinationCidrBlock: 10.0.0.0/16
> ec2 ModifyTransitGatewayAttachmentNatConfiguration {"TransitGatewayAttachmentId":"$att","NatGatewaySupport":"enable"}
= NatGatewaySupport: enabling
> ec2 GetTransitGatewayAttachmentNatConfiguration {"TransitGatewayAttachmentId":"$att"}
= NatGatewaySupport: enabled
= NatGatewayRules[0].RuleNumber: 10
= NatGatewayRules[0].NatCidr: 100.64.0.0/16
= NatGatewayRules[0].State: activated
# A rule for exactly the VPC's block: others get a route to the block in its place.
> ec2 SearchTransitGatewayRoutes {"TransitGatewayRouteTableId":"$rtb","Filters":[{"Name":"type","Values":["propagated"]}]}
= Routes#: 1
= Routes[0].DestinationCidrBlock: 100.64.0.0/16
> ec2 ModifyTransitGatewayAttachmentNatConfiguration {"TransitGatewayAttachmentId":"$att","ResetNatGatewayRules":true,"NatGatewaySupport":"disable"}
= NatGatewaySupport: disabling
= NatGatewayRules#: 0
