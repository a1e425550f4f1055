# What is refused at a transit gateway: a peering that waits for an answer; and what never waits, because no other account is
# simulated. Then members of multicast groups that leave, and domains described.
> ec2 CreateTransitGateway {"Options":{"MulticastSupport":"enable"}}
save tgw = TransitGateway.TransitGatewayId
> ec2 CreateTransitGateway {"Description":"other"}
save other = TransitGateway.TransitGatewayId
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24","AvailabilityZone":"us-east-1a"}
save a = Subnet.SubnetId
advance 180
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RejectTransitGatewayPeeringAttachment.html
> ec2 RejectTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"tgw-attach-00000000000000001"}
! InvalidTransitGatewayAttachmentID.NotFound
> ec2 CreateTransitGatewayPeeringAttachment {"TransitGatewayId":"$tgw","PeerTransitGatewayId":"$other","PeerAccountId":"123456789012","PeerRegion":"us-east-1"}
save peer = TransitGatewayPeeringAttachment.TransitGatewayAttachmentId
> ec2 RejectTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$peer"}
= TransitGatewayPeeringAttachment.State: rejected
= TransitGatewayPeeringAttachment.TransitGatewayAttachmentId: $peer
> ec2 DescribeTransitGatewayPeeringAttachments {"Filters":[{"Name":"state","Values":["rejected"]}]}
= TransitGatewayPeeringAttachments[0].TransitGatewayAttachmentId: $peer
# Who has refused can neither refuse again nor accept; and nothing is routed to what was refused.
> ec2 RejectTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$peer"}
! IncorrectState
> ec2 AcceptTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$peer"}
! IncorrectState
# The two may ask again.
> ec2 CreateTransitGatewayPeeringAttachment {"TransitGatewayId":"$other","PeerTransitGatewayId":"$tgw","PeerAccountId":"123456789012","PeerRegion":"us-east-1"}
save again = TransitGatewayPeeringAttachment.TransitGatewayAttachmentId
> ec2 AcceptTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$again"}
= TransitGatewayPeeringAttachment.State: pending
advance 90
> ec2 RejectTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$again"}
! IncorrectState
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RejectTransitGatewayVpcAttachment.html: one of the own account is
# accepted by itself.
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$tgw","VpcId":"$vpc","SubnetIds":["$a"]}
save att = TransitGatewayVpcAttachment.TransitGatewayAttachmentId
> ec2 RejectTransitGatewayVpcAttachment {"TransitGatewayAttachmentId":"$att"}
! IncorrectState
advance 90
> ec2 RejectTransitGatewayVpcAttachment {"TransitGatewayAttachmentId":"$att"}
! IncorrectState
> ec2 RejectTransitGatewayVpcAttachment {"TransitGatewayAttachmentId":"$again"}
! InvalidTransitGatewayAttachmentID.NotFound
> ec2 DescribeTransitGatewayVpcAttachments {"TransitGatewayAttachmentIds":["$att"]}
= TransitGatewayVpcAttachments[0].State: available
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayMulticastDomains.html
> ec2 CreateTransitGatewayMulticastDomain {"TransitGatewayId":"$tgw","TagSpecifications":[{"ResourceType":"transit-gateway-multicast-domain","Tags":[{"Key":"Name","Value":"prices"}]}]}
save dom = TransitGatewayMulticastDomain.TransitGatewayMulticastDomainId
> ec2 CreateTransitGatewayMulticastDomain {"TransitGatewayId":"$tgw","Options":{"StaticSourcesSupport":"enable"}}
save more = TransitGatewayMulticastDomain.TransitGatewayMulticastDomainId
> ec2 DescribeTransitGatewayMulticastDomains {"Filters":[{"Name":"state","Values":["pending"]}]}
= TransitGatewayMulticastDomains#: 2
advance 90
> ec2 DescribeTransitGatewayMulticastDomains {"TransitGatewayMulticastDomainIds":["$dom"]}
= TransitGatewayMulticastDomains#: 1
= TransitGatewayMulticastDomains[0].State: available
= TransitGatewayMulticastDomains[0].TransitGatewayId: $tgw
= TransitGatewayMulticastDomains[0].Options.StaticSourcesSupport: disable
= TransitGatewayMulticastDomains[0].Tags[0].Value: prices
> ec2 DescribeTransitGatewayMulticastDomains {"Filters":[{"Name":"transit-gateway-id","Values":["$tgw"]},{"Name":"transit-gateway-multicast-domain-id","Values":["$more"]}]}
= TransitGatewayMulticastDomains#: 1
= TransitGatewayMulticastDomains[0].Options.StaticSourcesSupport: enable
> ec2 DescribeTransitGatewayMulticastDomains {"Filters":[{"Name":"transit-gateway-id","Values":["$other"]}]}
= TransitGatewayMulticastDomains#: 0
> ec2 DescribeTransitGatewayMulticastDomains {"TransitGatewayMulticastDomainIds":["tgw-mcast-domain-00000000000000001"]}
! InvalidTransitGatewayMulticastDomainId.NotFound
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RejectTransitGatewayMulticastDomainAssociations.html
> ec2 AssociateTransitGatewayMulticastDomain {"TransitGatewayMulticastDomainId":"$dom","TransitGatewayAttachmentId":"$att","SubnetIds":["$a"]}
> ec2 RejectTransitGatewayMulticastDomainAssociations {"TransitGatewayMulticastDomainId":"$dom","TransitGatewayAttachmentId":"$att","SubnetIds":["$a"]}
! IncorrectState
> ec2 GetTransitGatewayMulticastDomainAssociations {"TransitGatewayMulticastDomainId":"$dom"}
= MulticastDomainAssociations#: 1
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeregisterTransitGatewayMulticastGroupMembers.html
> ec2 CreateNetworkInterface {"SubnetId":"$a"}
save one = NetworkInterface.NetworkInterfaceId
> ec2 CreateNetworkInterface {"SubnetId":"$a"}
save two = NetworkInterface.NetworkInterfaceId
> ec2 RegisterTransitGatewayMulticastGroupMembers {"TransitGatewayMulticastDomainId":"$dom","GroupIpAddress":"224.0.1.0","NetworkInterfaceIds":["$one","$two"]}
> ec2 RegisterTransitGatewayMulticastGroupMembers {"TransitGatewayMulticastDomainId":"$dom","GroupIpAddress":"224.0.2.0","NetworkInterfaceIds":["$one"]}
> ec2 DeregisterTransitGatewayMulticastGroupMembers {"TransitGatewayMulticastDomainId":"$dom","GroupIpAddress":"224.0.2.0","NetworkInterfaceIds":["$two"]}
! InvalidParameterValue
> ec2 DeregisterTransitGatewayMulticastGroupMembers {"TransitGatewayMulticastDomainId":"$dom","GroupIpAddress":"224.0.1.0","NetworkInterfaceIds":["$one"]}
= DeregisteredMulticastGroupMembers.TransitGatewayMulticastDomainId: $dom
= DeregisteredMulticastGroupMembers.GroupIpAddress: 224.0.1.0
= DeregisteredMulticastGroupMembers.DeregisteredNetworkInterfaceIds: ["$one"]
> ec2 SearchTransitGatewayMulticastGroups {"TransitGatewayMulticastDomainId":"$dom","Filters":[{"Name":"group-ip-address","Values":["224.0.1.0"]}]}
= MulticastGroups#: 1
= MulticastGroups[0].NetworkInterfaceId: $two
# Without a group: out of all that it is in.
> ec2 DeregisterTransitGatewayMulticastGroupMembers {"TransitGatewayMulticastDomainId":"$dom","NetworkInterfaceIds":["$one"]}
> ec2 SearchTransitGatewayMulticastGroups {"TransitGatewayMulticastDomainId":"$dom"}
= MulticastGroups#: 1
