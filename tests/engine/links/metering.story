# Metering policies: https://docs.aws.amazon.com/vpc/latest/tgw/metering-policy.html
> ec2 CreateTransitGateway {}
save tgw = TransitGateway.TransitGatewayId
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24"}
save a = Subnet.SubnetId
> ec2 CreateTransitGatewayMeteringPolicy {"TransitGatewayId":"$tgw"}
! IncorrectState
advance 240
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$tgw","VpcId":"$vpc","SubnetIds":["$a"]}
save att = TransitGatewayVpcAttachment.TransitGatewayAttachmentId
advance 120
> ec2 CreateTransitGatewayConnect {"TransportTransitGatewayAttachmentId":"$att","Options":{"Protocol":"gre"}}
save con = TransitGatewayConnect.TransitGatewayAttachmentId
# Middleboxes are attachments of VPCs and VPNs (https://docs.aws.amazon.com/vpc/latest/tgw/metering-policy-middlebox.html).
> ec2 CreateTransitGatewayMeteringPolicy {"TransitGatewayId":"$tgw","MiddleboxAttachmentIds":["$con"]}
! InvalidParameterValue: cannot be a middlebox
> ec2 CreateTransitGatewayMeteringPolicy {"TransitGatewayId":"$tgw","TagSpecifications":[{"ResourceType":"transit-gateway-metering-policy","Tags":[{"Key":"Name","Value":"costs"}]}]}
= TransitGatewayMeteringPolicy.State: pending
= TransitGatewayMeteringPolicy.TransitGatewayId: $tgw
= TransitGatewayMeteringPolicy.UpdateEffectiveAt: 2025-03-03T10:00:00Z
save policy = TransitGatewayMeteringPolicy.TransitGatewayMeteringPolicyId
> ec2 CreateTransitGatewayMeteringPolicy {"TransitGatewayId":"$tgw"}
! TransitGatewayMeteringPolicyLimitExceeded
> ec2 ModifyTransitGatewayMeteringPolicy {"TransitGatewayMeteringPolicyId":"$policy","AddMiddleboxAttachmentIds":["$att"]}
= TransitGatewayMeteringPolicy.State: modifying
= TransitGatewayMeteringPolicy.MiddleboxAttachmentIds[0]: $att
> ec2 DescribeTransitGatewayMeteringPolicies {"Filters":[{"Name":"middlebox-attachment-id","Values":["$att"]}]}
= TransitGatewayMeteringPolicies[0].State: available
= TransitGatewayMeteringPolicies[0].Tags[0].Value: costs
> ec2 ModifyTransitGatewayMeteringPolicy {"TransitGatewayMeteringPolicyId":"$policy","RemoveMiddleboxAttachmentIds":["$con"]}
! InvalidParameterValue: is no middlebox attachment
> ec2 ModifyTransitGatewayMeteringPolicy {"TransitGatewayMeteringPolicyId":"$policy","RemoveMiddleboxAttachmentIds":["$att"]}
= TransitGatewayMeteringPolicy.MiddleboxAttachmentIds#: 0
# Entries, the lowest number first.
> ec2 CreateTransitGatewayMeteringPolicyEntry {"TransitGatewayMeteringPolicyId":"$policy","PolicyRuleNumber":0,"MeteredAccount":"transit-gateway-owner"}
! InvalidParameterValue
> ec2 CreateTransitGatewayMeteringPolicyEntry {"TransitGatewayMeteringPolicyId":"$policy","PolicyRuleNumber":200,"MeteredAccount":"transit-gateway-owner","SourceCidrBlock":"10.0.0.0/33"}
! InvalidParameterValue
> ec2 CreateTransitGatewayMeteringPolicyEntry {"TransitGatewayMeteringPolicyId":"$policy","PolicyRuleNumber":200,"MeteredAccount":"transit-gateway-owner","DestinationPortRange":"443-80"}
! InvalidParameterValue
> ec2 CreateTransitGatewayMeteringPolicyEntry {"TransitGatewayMeteringPolicyId":"$policy","PolicyRuleNumber":200,"MeteredAccount":"transit-gateway-owner","SourceTransitGatewayAttachmentType":"vpc","DestinationPortRange":"443","Protocol":"tcp"}
= TransitGatewayMeteringPolicyEntry.State: available
= TransitGatewayMeteringPolicyEntry.PolicyRuleNumber: 200
= TransitGatewayMeteringPolicyEntry.MeteredAccount: transit-gateway-owner
= TransitGatewayMeteringPolicyEntry.MeteringPolicyRule.SourceTransitGatewayAttachmentType: vpc
= TransitGatewayMeteringPolicyEntry.MeteringPolicyRule.DestinationPortRange: 443
> ec2 CreateTransitGatewayMeteringPolicyEntry {"TransitGatewayMeteringPolicyId":"$policy","PolicyRuleNumber":200,"MeteredAccount":"transit-gateway-owner"}
! TransitGatewayMeteringPolicyEntry.Duplicate
> ec2 CreateTransitGatewayMeteringPolicyEntry {"TransitGatewayMeteringPolicyId":"$policy","PolicyRuleNumber":100,"MeteredAccount":"destination-attachment-owner","SourceTransitGatewayAttachmentId":"$att"}
> ec2 GetTransitGatewayMeteringPolicyEntries {"TransitGatewayMeteringPolicyId":"$policy"}
= TransitGatewayMeteringPolicyEntries#: 2
= TransitGatewayMeteringPolicyEntries[0].PolicyRuleNumber: 100
> ec2 GetTransitGatewayMeteringPolicyEntries {"TransitGatewayMeteringPolicyId":"$policy","Filters":[{"Name":"metered-account","Values":["transit-gateway-owner"]}]}
= TransitGatewayMeteringPolicyEntries#: 1
> ec2 DeleteTransitGatewayMeteringPolicyEntry {"TransitGatewayMeteringPolicyId":"$policy","PolicyRuleNumber":100}
= TransitGatewayMeteringPolicyEntry.State: deleted
> ec2 DeleteTransitGatewayMeteringPolicyEntry {"TransitGatewayMeteringPolicyId":"$policy","PolicyRuleNumber":100}
! InvalidTransitGatewayMeteringPolicyEntry.NotFound
# The transit gateway is held.
> ec2 DeleteTransitGatewayVpcAttachment {"TransitGatewayAttachmentId":"$att"}
! IncorrectState
> ec2 DeleteTransitGatewayConnect {"TransitGatewayAttachmentId":"$con"}
advance 120
> ec2 DeleteTransitGatewayVpcAttachment {"TransitGatewayAttachmentId":"$att"}
advance 120
> ec2 DeleteTransitGateway {"TransitGatewayId":"$tgw"}
! IncorrectState: has non-deleted Metering Policies
> ec2 DeleteTransitGatewayMeteringPolicy {"TransitGatewayMeteringPolicyId":"$policy"}
= TransitGatewayMeteringPolicy.State: deleting
> ec2 DeleteTransitGatewayMeteringPolicy {"TransitGatewayMeteringPolicyId":"$policy"}
! InvalidTransitGatewayMeteringPolicyId.NotFound
> ec2 DeleteTransitGateway {"TransitGatewayId":"$tgw"}
= TransitGateway.State: deleting
