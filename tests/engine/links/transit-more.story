# Connect attachments, multicast domains, policy tables, peering within a Region, exports.
> ec2 CreateTransitGateway {"Options":{"MulticastSupport":"enable","TransitGatewayCidrBlocks":["10.99.0.0/24"]}}
save tgw = TransitGateway.TransitGatewayId
save rtb = TransitGateway.Options.AssociationDefaultRouteTableId
> ec2 CreateTransitGateway {"Description":"plain"}
save other = TransitGateway.TransitGatewayId
save theirs = TransitGateway.Options.AssociationDefaultRouteTableId
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24","AvailabilityZone":"us-east-1a"}
save a = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.2.0/24","AvailabilityZone":"us-east-1b"}
save b = Subnet.SubnetId
advance 180
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$tgw","VpcId":"$vpc","SubnetIds":["$a"]}
save att = TransitGatewayVpcAttachment.TransitGatewayAttachmentId
> ec2 CreateTransitGatewayConnect {"TransportTransitGatewayAttachmentId":"$att","Options":{"Protocol":"gre"}}
! IncorrectState
advance 90
# https://docs.aws.amazon.com/vpc/latest/tgw/tgw-connect.html
> ec2 CreateTransitGatewayConnect {"TransportTransitGatewayAttachmentId":"$att","Options":{"Protocol":"gre"},"TagSpecifications":[{"ResourceType":"transit-gateway-attachment","Tags":[{"Key":"Name","Value":"sd-wan"}]}]}
= TransitGatewayConnect.State: pending
= TransitGatewayConnect.Options.Protocol: gre
= TransitGatewayConnect.TransportTransitGatewayAttachmentId: $att
save con = TransitGatewayConnect.TransitGatewayAttachmentId
advance 90
> ec2 DescribeTransitGatewayConnects {"Filters":[{"Name":"tag:Name","Values":["sd-wan"]},{"Name":"state","Values":["available"]}]}
= TransitGatewayConnects[0].TransitGatewayAttachmentId: $con
> ec2 DescribeTransitGatewayAttachments {"Filters":[{"Name":"resource-type","Values":["connect"]}]}
= TransitGatewayAttachments[0].ResourceId: $att
> ec2 CreateTransitGatewayRoute {"TransitGatewayRouteTableId":"$rtb","DestinationCidrBlock":"172.20.0.0/16","TransitGatewayAttachmentId":"$con"}
! InvalidParameterValue
> ec2 CreateTransitGatewayConnectPeer {"TransitGatewayAttachmentId":"$att","PeerAddress":"10.0.1.50","InsideCidrBlocks":["169.254.6.0/29"]}
! InvalidTransitGatewayAttachmentID.NotFound
> ec2 CreateTransitGatewayConnectPeer {"TransitGatewayAttachmentId":"$con","PeerAddress":"10.0.1.50","InsideCidrBlocks":["169.254.0.0/29"]}
! InvalidParameterValue
> ec2 CreateTransitGatewayConnectPeer {"TransitGatewayAttachmentId":"$con","PeerAddress":"10.0.1.50","TransitGatewayAddress":"10.98.0.1","InsideCidrBlocks":["169.254.6.0/29"]}
! InvalidParameterValue
> ec2 CreateTransitGatewayConnectPeer {"TransitGatewayAttachmentId":"$con","PeerAddress":"10.0.1.50","InsideCidrBlocks":["169.254.6.0/29","fd00::/125"],"BgpOptions":{"PeerAsn":65020}}
= TransitGatewayConnectPeer.State: pending
= TransitGatewayConnectPeer.ConnectPeerConfiguration.TransitGatewayAddress: 10.99.0.1
= TransitGatewayConnectPeer.ConnectPeerConfiguration.BgpConfigurations#: 4
= TransitGatewayConnectPeer.ConnectPeerConfiguration.BgpConfigurations[0]: {"BgpStatus":"down","PeerAddress":"169.254.6.1","PeerAsn":65020,"TransitGatewayAddress":"169.254.6.2","TransitGatewayAsn":64512}
save peer = TransitGatewayConnectPeer.TransitGatewayConnectPeerId
> ec2 CreateTransitGatewayConnectPeer {"TransitGatewayAttachmentId":"$con","PeerAddress":"10.0.1.51","InsideCidrBlocks":["169.254.6.0/29"]}
! InvalidParameterValue
advance 90
> ec2 DescribeTransitGatewayConnectPeers {"Filters":[{"Name":"transit-gateway-attachment-id","Values":["$con"]}]}
= TransitGatewayConnectPeers[0].State: available
> ec2 DeleteTransitGatewayVpcAttachment {"TransitGatewayAttachmentId":"$att"}
! IncorrectState: non-deleted Connect Attachments
> ec2 DeleteTransitGatewayConnect {"TransitGatewayAttachmentId":"$con"}
! IncorrectState: non-deleted Connect Peers
> ec2 DeleteTransitGatewayConnectPeer {"TransitGatewayConnectPeerId":"$peer"}
= TransitGatewayConnectPeer.State: deleting
> ec2 DeleteTransitGatewayConnect {"TransitGatewayAttachmentId":"$con"}
= TransitGatewayConnect.State: deleting
advance 90
# https://docs.aws.amazon.com/vpc/latest/tgw/tgw-multicast-overview.html
> ec2 CreateTransitGatewayMulticastDomain {"TransitGatewayId":"$other"}
! InvalidParameterValue
> ec2 CreateTransitGatewayMulticastDomain {"TransitGatewayId":"$tgw","Options":{"Igmpv2Support":"enable","StaticSourcesSupport":"enable"}}
! InvalidParameterCombination
> ec2 CreateTransitGatewayMulticastDomain {"TransitGatewayId":"$tgw","Options":{"StaticSourcesSupport":"enable"}}
= TransitGatewayMulticastDomain.State: pending
= TransitGatewayMulticastDomain.TransitGatewayMulticastDomainArn: arn:aws:ec2:us-east-1:123456789012:transit-gateway-multicast-domain/tgw-mcast-domain-0*
save dom = TransitGatewayMulticastDomain.TransitGatewayMulticastDomainId
advance 90
> ec2 AssociateTransitGatewayMulticastDomain {"TransitGatewayMulticastDomainId":"$dom","TransitGatewayAttachmentId":"$att","SubnetIds":["$a"]}
= Associations.Subnets[0].State: associating
> ec2 AssociateTransitGatewayMulticastDomain {"TransitGatewayMulticastDomainId":"$dom","TransitGatewayAttachmentId":"$att","SubnetIds":["$a"]}
! Resource.AlreadyAssociated
> ec2 AcceptTransitGatewayMulticastDomainAssociations {"TransitGatewayMulticastDomainId":"$dom","TransitGatewayAttachmentId":"$att","SubnetIds":["$a"]}
! IncorrectState
> ec2 GetTransitGatewayMulticastDomainAssociations {"TransitGatewayMulticastDomainId":"$dom","Filters":[{"Name":"state","Values":["associated"]}]}
= MulticastDomainAssociations[0].Subnet.SubnetId: $a
= MulticastDomainAssociations[0].ResourceId: $vpc
> ec2 CreateNetworkInterface {"SubnetId":"$a"}
save in = NetworkInterface.NetworkInterfaceId
> ec2 CreateNetworkInterface {"SubnetId":"$b"}
save out = NetworkInterface.NetworkInterfaceId
> ec2 RegisterTransitGatewayMulticastGroupMembers {"TransitGatewayMulticastDomainId":"$dom","GroupIpAddress":"10.0.0.1","NetworkInterfaceIds":["$in"]}
! InvalidParameterValue
> ec2 RegisterTransitGatewayMulticastGroupMembers {"TransitGatewayMulticastDomainId":"$dom","GroupIpAddress":"224.0.1.0","NetworkInterfaceIds":["$out"]}
! InvalidParameterValue
> ec2 RegisterTransitGatewayMulticastGroupMembers {"TransitGatewayMulticastDomainId":"$dom","GroupIpAddress":"224.0.1.0","NetworkInterfaceIds":["$in"]}
= RegisteredMulticastGroupMembers.GroupIpAddress: 224.0.1.0
= RegisteredMulticastGroupMembers.RegisteredNetworkInterfaceIds: ["$in"]
> ec2 RegisterTransitGatewayMulticastGroupSources {"TransitGatewayMulticastDomainId":"$dom","GroupIpAddress":"224.0.1.0","NetworkInterfaceIds":["$in"]}
> ec2 SearchTransitGatewayMulticastGroups {"TransitGatewayMulticastDomainId":"$dom","Filters":[{"Name":"is-group-source","Values":["true"]}]}
= MulticastGroups[0].GroupMember: true
= MulticastGroups[0].MemberType: static
= MulticastGroups[0].NetworkInterfaceId: $in
> ec2 DeregisterTransitGatewayMulticastGroupSources {"TransitGatewayMulticastDomainId":"$dom","GroupIpAddress":"224.0.1.0","NetworkInterfaceIds":["$in"]}
= DeregisteredMulticastGroupSources.DeregisteredNetworkInterfaceIds: ["$in"]
> ec2 DeregisterTransitGatewayMulticastGroupSources {"TransitGatewayMulticastDomainId":"$dom","GroupIpAddress":"224.0.1.0","NetworkInterfaceIds":["$in"]}
! InvalidParameterValue
> ec2 DeleteTransitGatewayMulticastDomain {"TransitGatewayMulticastDomainId":"$dom"}
! IncorrectState
# Whoever is gone is in no group.
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$in"}
> ec2 SearchTransitGatewayMulticastGroups {"TransitGatewayMulticastDomainId":"$dom"}
= MulticastGroups#: 0
> ec2 DeleteTransitGateway {"TransitGatewayId":"$tgw"}
! IncorrectState
> ec2 DisassociateTransitGatewayMulticastDomain {"TransitGatewayMulticastDomainId":"$dom","TransitGatewayAttachmentId":"$att","SubnetIds":["$a"]}
= Associations.Subnets[0].State: disassociating
> ec2 DeleteTransitGatewayMulticastDomain {"TransitGatewayMulticastDomainId":"$dom"}
= TransitGatewayMulticastDomain.State: deleting
# Two transit gateways of one Region: https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering.html
> ec2 CreateTransitGatewayPeeringAttachment {"TransitGatewayId":"$tgw","PeerTransitGatewayId":"$tgw","PeerAccountId":"123456789012","PeerRegion":"us-east-1"}
! InvalidParameterValue
> ec2 CreateTransitGatewayPeeringAttachment {"TransitGatewayId":"$tgw","PeerTransitGatewayId":"$other","PeerAccountId":"123456789012","PeerRegion":"us-east-1"}
= TransitGatewayPeeringAttachment.State: initiatingRequest
save pcx = TransitGatewayPeeringAttachment.TransitGatewayAttachmentId
> ec2 CreateTransitGatewayPeeringAttachment {"TransitGatewayId":"$other","PeerTransitGatewayId":"$tgw","PeerAccountId":"123456789012","PeerRegion":"us-east-1"}
! DuplicateTransitGatewayAttachment
> ec2 AcceptTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$pcx"}
= TransitGatewayPeeringAttachment.State: pending
advance 90
> ec2 DescribeTransitGatewayPeeringAttachments {"Filters":[{"Name":"transit-gateway-id","Values":["$other"]}]}
= TransitGatewayPeeringAttachments[0].State: available
> ec2 GetTransitGatewayRouteTableAssociations {"TransitGatewayRouteTableId":"$theirs"}
= Associations[0].ResourceId: $tgw
= Associations[0].ResourceType: peering
> ec2 CreateTransitGatewayRoute {"TransitGatewayRouteTableId":"$theirs","DestinationCidrBlock":"10.0.0.0/16","TransitGatewayAttachmentId":"$pcx"}
= Route.State: active
> ec2 EnableTransitGatewayRouteTablePropagation {"TransitGatewayRouteTableId":"$theirs","TransitGatewayAttachmentId":"$pcx"}
! InvalidParameterValue
# Policy tables: https://docs.aws.amazon.com/vpc/latest/tgw/tgw-policy-tables.html
> ec2 CreateTransitGatewayPolicyTable {"TransitGatewayId":"$tgw"}
= TransitGatewayPolicyTable.State: pending
save ptb = TransitGatewayPolicyTable.TransitGatewayPolicyTableId
> ec2 CreateTransitGatewayPolicyTableEntry {"TransitGatewayPolicyTableId":"$ptb","PolicyRuleNumber":"0","TargetRouteTableId":"$rtb"}
! InvalidParameterValue
> ec2 CreateTransitGatewayPolicyTableEntry {"TransitGatewayPolicyTableId":"$ptb","PolicyRuleNumber":"10","TargetRouteTableId":"$theirs"}
! InvalidRouteTableID.NotFound
> ec2 CreateTransitGatewayPolicyTableEntry {"TransitGatewayPolicyTableId":"$ptb","PolicyRuleNumber":"10","PolicyRule":{"SourceCidrBlock":"10.8.0.0/16","DestinationPortRange":"443","Protocol":"tcp"},"TargetRouteTableId":"$rtb"}
= TransitGatewayPolicyTableEntry.PolicyRule.Protocol: 6
= TransitGatewayPolicyTableEntry.PolicyRule.DestinationCidrBlock: *
= TransitGatewayPolicyTableEntry.State: active
> ec2 CreateTransitGatewayPolicyTableEntry {"TransitGatewayPolicyTableId":"$ptb","PolicyRuleNumber":"10","TargetRouteTableId":"$rtb"}
! TransitGatewayPolicyTableEntry.Duplicate
> ec2 ModifyTransitGatewayPolicyTableEntry {"TransitGatewayPolicyTableId":"$ptb","PolicyRuleNumber":"10","PolicyRule":{"DestinationPortRange":"80-443"}}
= TransitGatewayPolicyTableEntry.PolicyRule.DestinationPortRange: 80-443
= TransitGatewayPolicyTableEntry.PolicyRule.SourceCidrBlock: 10.8.0.0/16
> ec2 AssociateTransitGatewayPolicyTable {"TransitGatewayPolicyTableId":"$ptb","TransitGatewayAttachmentId":"$pcx"}
! Resource.AlreadyAssociated
> ec2 DisassociateTransitGatewayRouteTable {"TransitGatewayRouteTableId":"$rtb","TransitGatewayAttachmentId":"$pcx"}
> ec2 AssociateTransitGatewayPolicyTable {"TransitGatewayPolicyTableId":"$ptb","TransitGatewayAttachmentId":"$pcx"}
= Association.State: associating
> ec2 GetTransitGatewayPolicyTableAssociations {"TransitGatewayPolicyTableId":"$ptb"}
= Associations[0].TransitGatewayAttachmentId: $pcx
> ec2 GetTransitGatewayPolicyTableEntries {"TransitGatewayPolicyTableId":"$ptb"}
= TransitGatewayPolicyTableEntries[0].TargetRouteTableId: $rtb
> ec2 DescribeTransitGatewayPolicyTables {"TransitGatewayPolicyTableIds":["$ptb"]}
= TransitGatewayPolicyTables[0].TransitGatewayId: $tgw
> ec2 DeleteTransitGatewayPolicyTable {"TransitGatewayPolicyTableId":"$ptb"}
! IncorrectState
> ec2 DisassociateTransitGatewayPolicyTable {"TransitGatewayPolicyTableId":"$ptb","TransitGatewayAttachmentId":"$pcx"}
= Association.State: disassociating
> ec2 DeleteTransitGatewayPolicyTableEntry {"TransitGatewayPolicyTableId":"$ptb","PolicyRuleNumber":"10"}
= TransitGatewayPolicyTableEntry.State: deleted
> ec2 DeleteTransitGatewayPolicyTable {"TransitGatewayPolicyTableId":"$ptb"}
= TransitGatewayPolicyTable.State: deleting
# https://docs.aws.amazon.com/vpc/latest/tgw/tgw-export-route-tables.html
> ec2 ExportTransitGatewayRoutes {"TransitGatewayRouteTableId":"$theirs","S3Bucket":"routes-of-mine"}
! InvalidParameterValue
> s3 CreateBucket {"Bucket":"routes-of-mine"}
> ec2 ExportTransitGatewayRoutes {"TransitGatewayRouteTableId":"$theirs","S3Bucket":"routes-of-mine","Filters":[{"Name":"type","Values":["static"]}]}
= S3Location: s3://routes-of-mine/VPCTransitGateway/TransitGatewayRouteTables/tgw-rtb-0*.json
> s3 ListObjectsV2 {"Bucket":"routes-of-mine"}
= KeyCount: 1
> ec2 DeleteTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$pcx"}
= TransitGatewayPeeringAttachment.State: deleting
advance 90
> ec2 DeleteTransitGateway {"TransitGatewayId":"$other"}
= TransitGateway.State: deleting
