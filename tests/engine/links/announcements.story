# Dynamic routing between transit gateways: https://docs.aws.amazon.com/vpc/latest/tgw/tgw-policy-tables.html
# Under AWS's conditions for a peering that speaks BGP: one Region, two autonomous systems
# (https://docs.aws.amazon.com/network-manager/latest/cloudwan/cloudwan-peerings.html).
> ec2 CreateTransitGateway {"Description":"west","Options":{"AmazonSideAsn":64600}}
save west = TransitGateway.TransitGatewayId
save west_rtb = TransitGateway.Options.AssociationDefaultRouteTableId
> ec2 CreateTransitGateway {"Description":"east","Options":{"AmazonSideAsn":64601}}
save east = TransitGateway.TransitGatewayId
save east_rtb = TransitGateway.Options.AssociationDefaultRouteTableId
> ec2 CreateTransitGateway {"Description":"twin of west","Options":{"AmazonSideAsn":64600}}
save twin = TransitGateway.TransitGatewayId
region eu-west-1
> ec2 CreateTransitGateway {"Options":{"AmazonSideAsn":64602}}
save abroad = TransitGateway.TransitGatewayId
region us-east-1
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24"}
save a = Subnet.SubnetId
advance 240
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$west","VpcId":"$vpc","SubnetIds":["$a"]}
save att = TransitGatewayVpcAttachment.TransitGatewayAttachmentId
> ec2 CreateTransitGatewayPeeringAttachment {"TransitGatewayId":"$west","PeerTransitGatewayId":"$twin","PeerAccountId":"123456789012","PeerRegion":"us-east-1","Options":{"DynamicRouting":"enable"}}
! InvalidParameterCombination: Dynamic routing needs two ASNs
> ec2 CreateTransitGatewayPeeringAttachment {"TransitGatewayId":"$west","PeerTransitGatewayId":"$abroad","PeerAccountId":"123456789012","PeerRegion":"eu-west-1","Options":{"DynamicRouting":"enable"}}
! InvalidParameterCombination: of one Region and account only
> ec2 CreateTransitGatewayPeeringAttachment {"TransitGatewayId":"$twin","PeerTransitGatewayId":"$east","PeerAccountId":"123456789012","PeerRegion":"us-east-1"}
= TransitGatewayPeeringAttachment.Options.DynamicRouting: disable
save silent = TransitGatewayPeeringAttachment.TransitGatewayAttachmentId
> ec2 AcceptTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$silent"}
> ec2 CreateTransitGatewayPeeringAttachment {"TransitGatewayId":"$west","PeerTransitGatewayId":"$east","PeerAccountId":"123456789012","PeerRegion":"us-east-1","Options":{"DynamicRouting":"enable"}}
= TransitGatewayPeeringAttachment.Options.DynamicRouting: enable
save peer = TransitGatewayPeeringAttachment.TransitGatewayAttachmentId
> ec2 CreateTransitGatewayRouteTableAnnouncement {"TransitGatewayRouteTableId":"$west_rtb","PeeringAttachmentId":"$peer"}
! IncorrectState: is in invalid state
> ec2 AcceptTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$peer"}
advance 120
# Not by an attachment of a VPC, not by a peering of others, not by one whose routing is static.
> ec2 CreateTransitGatewayRouteTableAnnouncement {"TransitGatewayRouteTableId":"$west_rtb","PeeringAttachmentId":"$att"}
! InvalidParameterValue: is not a peering attachment
> ec2 CreateTransitGatewayRouteTableAnnouncement {"TransitGatewayRouteTableId":"$west_rtb","PeeringAttachmentId":"$silent"}
! InvalidParameterValue: belong to different transit gateways
> ec2 CreateTransitGatewayRouteTableAnnouncement {"TransitGatewayRouteTableId":"$east_rtb","PeeringAttachmentId":"$silent"}
! IncorrectState: Dynamic routing is disabled
> ec2 CreateTransitGatewayRouteTableAnnouncement {"TransitGatewayRouteTableId":"tgw-rtb-0123456789abcdef0","PeeringAttachmentId":"$peer"}
! InvalidRouteTableID.NotFound
> ec2 CreateTransitGatewayRouteTableAnnouncement {"TransitGatewayRouteTableId":"$west_rtb","PeeringAttachmentId":"$peer","TagSpecifications":[{"ResourceType":"transit-gateway-route-table-announcement","Tags":[{"Key":"Name","Value":"west"}]}]}
= TransitGatewayRouteTableAnnouncement.State: pending
= TransitGatewayRouteTableAnnouncement.AnnouncementDirection: outgoing
= TransitGatewayRouteTableAnnouncement.TransitGatewayId: $west
= TransitGatewayRouteTableAnnouncement.PeerTransitGatewayId: $east
= TransitGatewayRouteTableAnnouncement.PeeringAttachmentId: $peer
= TransitGatewayRouteTableAnnouncement.Tags[0].Value: west
save told = TransitGatewayRouteTableAnnouncement.TransitGatewayRouteTableAnnouncementId
> ec2 CreateTransitGatewayRouteTableAnnouncement {"TransitGatewayRouteTableId":"$west_rtb","PeeringAttachmentId":"$peer"}
! TransitGatewayRouteTableAnnouncement.Duplicate
> ec2 DescribeTransitGatewayRouteTableAnnouncements {"Filters":[{"Name":"announcement-direction","Values":["incoming"]},{"Name":"transit-gateway-id","Values":["$east"]}]}
= TransitGatewayRouteTableAnnouncements#: 1
= TransitGatewayRouteTableAnnouncements[0].State: available
save heard = TransitGatewayRouteTableAnnouncements[0].TransitGatewayRouteTableAnnouncementId
> ec2 DescribeTransitGatewayRouteTableAnnouncements {"TransitGatewayRouteTableAnnouncementIds":["$told"]}
= TransitGatewayRouteTableAnnouncements#: 1
= TransitGatewayRouteTableAnnouncements[0].TransitGatewayRouteTableId: $west_rtb
# What is heard is no route yet.
> ec2 SearchTransitGatewayRoutes {"TransitGatewayRouteTableId":"$east_rtb","Filters":[{"Name":"type","Values":["propagated"]}]}
= Routes#: 0
> ec2 EnableTransitGatewayRouteTablePropagation {"TransitGatewayRouteTableId":"$east_rtb"}
! InvalidParameterCombination
> ec2 EnableTransitGatewayRouteTablePropagation {"TransitGatewayRouteTableId":"$east_rtb","TransitGatewayAttachmentId":"$peer"}
! InvalidParameterValue: propagates no routes
> ec2 EnableTransitGatewayRouteTablePropagation {"TransitGatewayRouteTableId":"$west_rtb","TransitGatewayRouteTableAnnouncementId":"$told"}
! InvalidParameterValue: only incoming ones propagate
> ec2 EnableTransitGatewayRouteTablePropagation {"TransitGatewayRouteTableId":"$west_rtb","TransitGatewayRouteTableAnnouncementId":"$heard"}
! InvalidParameterValue: belong to different transit gateways
> ec2 EnableTransitGatewayRouteTablePropagation {"TransitGatewayRouteTableId":"$east_rtb","TransitGatewayRouteTableAnnouncementId":"$heard"}
= Propagation.State: enabled
= Propagation.TransitGatewayAttachmentId: $peer
= Propagation.ResourceType: peering
= Propagation.ResourceId: $west
= Propagation.TransitGatewayRouteTableAnnouncementId: $heard
> ec2 EnableTransitGatewayRouteTablePropagation {"TransitGatewayRouteTableId":"$east_rtb","TransitGatewayRouteTableAnnouncementId":"$heard"}
! TransitGatewayRouteTablePropagation.Duplicate
> ec2 GetTransitGatewayRouteTablePropagations {"TransitGatewayRouteTableId":"$east_rtb"}
= TransitGatewayRouteTablePropagations#: 1
= TransitGatewayRouteTablePropagations[0].TransitGatewayRouteTableAnnouncementId: $heard
> ec2 GetTransitGatewayAttachmentPropagations {"TransitGatewayAttachmentId":"$peer"}
= TransitGatewayAttachmentPropagations[0].TransitGatewayRouteTableId: $east_rtb
# The VPC's block, and what is routed there by hand; not the route that leads back over the peering.
> ec2 CreateTransitGatewayRoute {"TransitGatewayRouteTableId":"$west_rtb","DestinationCidrBlock":"192.168.0.0/16","TransitGatewayAttachmentId":"$att"}
> ec2 CreateTransitGatewayRoute {"TransitGatewayRouteTableId":"$west_rtb","DestinationCidrBlock":"172.16.0.0/16","TransitGatewayAttachmentId":"$peer"}
> ec2 CreateTransitGatewayRoute {"TransitGatewayRouteTableId":"$west_rtb","DestinationCidrBlock":"172.17.0.0/16","Blackhole":true}
> ec2 SearchTransitGatewayRoutes {"TransitGatewayRouteTableId":"$east_rtb","Filters":[{"Name":"type","Values":["propagated"]}]}
= Routes#: 2
= Routes[0].DestinationCidrBlock: 10.0.0.0/16
= Routes[0].State: active
= Routes[0].TransitGatewayRouteTableAnnouncementId: $heard
= Routes[0].TransitGatewayAttachments[0].TransitGatewayAttachmentId: $peer
= Routes[1].DestinationCidrBlock: 192.168.0.0/16
# A table that is announced stays; one that learns may go.
> ec2 CreateTransitGatewayRouteTable {"TransitGatewayId":"$west"}
save own = TransitGatewayRouteTable.TransitGatewayRouteTableId
> ec2 CreateTransitGatewayRouteTableAnnouncement {"TransitGatewayRouteTableId":"$own","PeeringAttachmentId":"$peer"}
save second = TransitGatewayRouteTableAnnouncement.TransitGatewayRouteTableAnnouncementId
> ec2 DeleteTransitGatewayRouteTable {"TransitGatewayRouteTableId":"$own"}
! IncorrectState: has non-deleted announcements
> ec2 CreateTransitGatewayRouteTable {"TransitGatewayId":"$east"}
save learner = TransitGatewayRouteTable.TransitGatewayRouteTableId
> ec2 EnableTransitGatewayRouteTablePropagation {"TransitGatewayRouteTableId":"$learner","TransitGatewayRouteTableAnnouncementId":"$heard"}
> ec2 DeleteTransitGatewayRouteTable {"TransitGatewayRouteTableId":"$learner"}
= TransitGatewayRouteTable.State: deleting
> ec2 DisableTransitGatewayRouteTablePropagation {"TransitGatewayRouteTableId":"$east_rtb","TransitGatewayRouteTableAnnouncementId":"$heard"}
= Propagation.State: disabled
> ec2 DisableTransitGatewayRouteTablePropagation {"TransitGatewayRouteTableId":"$east_rtb","TransitGatewayRouteTableAnnouncementId":"$heard"}
! TransitGatewayRouteTablePropagation.NotFound
> ec2 EnableTransitGatewayRouteTablePropagation {"TransitGatewayRouteTableId":"$east_rtb","TransitGatewayRouteTableAnnouncementId":"$heard"}
# Who hears cannot end it.
> ec2 DeleteTransitGatewayRouteTableAnnouncement {"TransitGatewayRouteTableAnnouncementId":"$heard"}
! OperationNotPermitted
> ec2 DeleteTransitGatewayRouteTableAnnouncement {"TransitGatewayRouteTableAnnouncementId":"$second"}
= TransitGatewayRouteTableAnnouncement.State: deleting
> ec2 DeleteTransitGatewayRouteTableAnnouncement {"TransitGatewayRouteTableAnnouncementId":"$second"}
! InvalidTransitGatewayRouteTableAnnouncementId.NotFound
> ec2 DeleteTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$peer"}
> ec2 DescribeTransitGatewayRouteTableAnnouncements {}
= TransitGatewayRouteTableAnnouncements#: 0
> ec2 SearchTransitGatewayRoutes {"TransitGatewayRouteTableId":"$east_rtb","Filters":[{"Name":"type","Values":["propagated"]}]}
= Routes#: 0

== Multipath resilience, between Regions, where both sides allow it
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTransitGatewayPeeringAttachment.html
> ec2 CreateTransitGateway {}
save near = TransitGateway.TransitGatewayId
> ec2 CreateTransitGateway {}
save beside = TransitGateway.TransitGatewayId
region eu-west-1
> ec2 CreateTransitGateway {}
save far = TransitGateway.TransitGatewayId
region us-east-1
advance 240
> ec2 CreateTransitGatewayPeeringAttachment {"TransitGatewayId":"$near","PeerTransitGatewayId":"$beside","PeerAccountId":"123456789012","PeerRegion":"us-east-1","Options":{"AllowMultipathResilience":true}}
! InvalidParameterCombination: not supported for peering attachments in the same Region
> ec2 CreateTransitGatewayPeeringAttachment {"TransitGatewayId":"$near","PeerTransitGatewayId":"$far","PeerAccountId":"123456789012","PeerRegion":"eu-west-1","Options":{"MultipathResilienceMode":"always-on"}}
! InvalidParameterCombination: only if AllowMultipathResilience is true
> ec2 CreateTransitGatewayPeeringAttachment {"TransitGatewayId":"$near","PeerTransitGatewayId":"$far","PeerAccountId":"123456789012","PeerRegion":"eu-west-1","Options":{"AllowMultipathResilience":true}}
= TransitGatewayPeeringAttachment.Options.RequesterAllowMultipathResilience: true
= TransitGatewayPeeringAttachment.Options.RequesterMultipathResilienceMode: always-on
= TransitGatewayPeeringAttachment.Options.AccepterAllowMultipathResilience: false
= TransitGatewayPeeringAttachment.Options.MultipathResilienceStatus: disabled
save pcx = TransitGatewayPeeringAttachment.TransitGatewayAttachmentId
> ec2 ModifyTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$pcx","Options":{"AllowMultipathResilience":false}}
! IncorrectState
region eu-west-1
> ec2 AcceptTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$pcx"}
advance 120
> ec2 ModifyTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$pcx","Options":{"AllowMultipathResilience":true}}
= TransitGatewayPeeringAttachment.Options.AccepterAllowMultipathResilience: true
= TransitGatewayPeeringAttachment.Options.MultipathResilienceStatus: enabled
region us-east-1
> ec2 DescribeTransitGatewayPeeringAttachments {"TransitGatewayAttachmentIds":["$pcx"]}
= TransitGatewayPeeringAttachments[0].Options.MultipathResilienceStatus: enabled
# The requester's side, in the requester's Region.
> ec2 ModifyTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$pcx","Options":{"AllowMultipathResilience":false}}
= TransitGatewayPeeringAttachment.Options.RequesterAllowMultipathResilience: false
= TransitGatewayPeeringAttachment.Options.AccepterAllowMultipathResilience: true
= TransitGatewayPeeringAttachment.Options.MultipathResilienceStatus: disabled
