# A peering that is deleted while it is being made ends in its own time, whichever Region it was accepted in.
> stratus SetTiming {"Name":"transit.attachment","MinimumMillis":60000,"MaximumMillis":60000}
> ec2 CreateTransitGateway {}
save here = TransitGateway.TransitGatewayId
region eu-west-1
> ec2 CreateTransitGateway {}
save there = TransitGateway.TransitGatewayId
advance 180
region us-east-1
> ec2 CreateTransitGatewayPeeringAttachment {"TransitGatewayId":"$here","PeerTransitGatewayId":"$there","PeerAccountId":"123456789012","PeerRegion":"eu-west-1"}
save att = TransitGatewayPeeringAttachment.TransitGatewayAttachmentId
advance 10
region eu-west-1
> ec2 AcceptTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$att"}
= TransitGatewayPeeringAttachment.State: pending
advance 30
region us-east-1
> ec2 DeleteTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$att"}
= TransitGatewayPeeringAttachment.State: deleting
advance 40
> ec2 DescribeTransitGatewayPeeringAttachments {}
= TransitGatewayPeeringAttachments[0].State: deleting
advance 20
> ec2 DescribeTransitGatewayPeeringAttachments {}
= TransitGatewayPeeringAttachments[0].State: deleted
