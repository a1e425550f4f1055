# One log that touches every service and draws from every random stream: where it leads, and all that it was answered, is
# recorded in digest.txt and must be the same natively and in the browser.
# The clock and the timings.
now 2025-03-03T09:00:00Z
advance 90.5
= Now: 2025-03-03T09:01:30.500Z
now 2025-03-03T09:01:30.500Z
> stratus AdvanceClock {"Until":"2025-03-04T00:00:00Z"}
now 2025-03-04T00:00:00Z
undo
now 2025-03-03T09:01:30.500Z
redo
now 2025-03-04T00:00:00Z
> stratus AdvanceClock {"Until":"2025-03-03T23:59:59Z"}
! InvalidParameterValue: Undo goes back in time
> stratus AdvanceClock {}
! InvalidParameterCombination
> stratus SetTiming {"Name":"instance.pending.linux","MinimumMillis":5000,"MaximumMillis":5000}
> stratus SetTiming {"Name":"no.such","MinimumMillis":1,"MaximumMillis":1}
! InvalidParameterValue: there is no timing 'no.such'

# Key pairs: real keys, whose private halves are in the answers only.
> ec2 CreateKeyPair {"KeyName":"rsa"}
= KeyMaterial: -----BEGIN RSA PRIVATE KEY-----*
> ec2 CreateKeyPair {"KeyName":"rsa-ppk","KeyType":"rsa","KeyFormat":"ppk"}
> ec2 CreateKeyPair {"KeyName":"ed25519","KeyType":"ed25519"}
> ec2 CreateKeyPair {"KeyName":"ed25519-ppk","KeyType":"ed25519","KeyFormat":"ppk"}
base64 public = ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMP+xCBg3Owzk0i+DGmbW5UalAG2bnFtYtGLyPrLLRLc some body
> ec2 ImportKeyPair {"KeyName":"laptop","PublicKeyMaterial":"$public"}
> ec2 DescribeKeyPairs {"IncludePublicKey":true}
= KeyPairs#: 5

# A network of one's own, with IPv6.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","AmazonProvidedIpv6CidrBlock":true,"TagSpecifications":[{"ResourceType":"vpc","Tags":[{"Key":"Name","Value":"own"}]}]}
save vpc = Vpc.VpcId
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
save six = Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
slash64 block = $six
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","CidrBlock":"10.1.0.0/16"}
> ec2 ModifyVpcAttribute {"VpcId":"$vpc","EnableDnsHostnames":{"Value":true}}
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24","Ipv6CidrBlock":"$block","AvailabilityZone":"us-east-1b"}
save subnet = Subnet.SubnetId
> ec2 CreateInternetGateway {}
save igw = InternetGateway.InternetGatewayId
> ec2 AttachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save rtb = RouteTable.RouteTableId
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","GatewayId":"$igw"}
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationIpv6CidrBlock":"::/0","GatewayId":"$igw"}
> ec2 AssociateRouteTable {"RouteTableId":"$rtb","SubnetId":"$subnet"}
> ec2 CreateNetworkAcl {"VpcId":"$vpc"}
save acl = NetworkAcl.NetworkAclId
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":100,"Protocol":"-1","RuleAction":"allow","Egress":false,"CidrBlock":"0.0.0.0/0"}
> ec2 DescribeNetworkAcls {"Filters":[{"Name":"association.subnet-id","Values":["$subnet"]}]}
save association = NetworkAcls[0].Associations[0].NetworkAclAssociationId
> ec2 ReplaceNetworkAclAssociation {"AssociationId":"$association","NetworkAclId":"$acl"}
> ec2 CreateManagedPrefixList {"PrefixListName":"offices","MaxEntries":3,"AddressFamily":"IPv4","Entries":[{"Cidr":"203.0.113.0/24"}]}
save pl = PrefixList.PrefixListId
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web servers","VpcId":"$vpc"}
save sg = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"IpRanges":[{"CidrIp":"0.0.0.0/0"}],"Ipv6Ranges":[{"CidrIpv6":"::/0"}],"PrefixListIds":[{"PrefixListId":"$pl"}]},{"IpProtocol":"-1","UserIdGroupPairs":[{"GroupId":"$sg"}]}]}
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Groups":["$sg"],"SecondaryPrivateIpAddressCount":2,"Ipv6AddressCount":1}
save eni = NetworkInterface.NetworkInterfaceId

# Machines of several kinds.
base64 script = #!/bin/bash\ndnf install -y nginx\nsystemctl enable --now nginx\nufw allow 80/tcp
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro","KeyName":"ed25519","UserData":"$script","ClientToken":"once"}
save web = Instances[0].InstanceId
save hidden = Instances[1].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro","KeyName":"ed25519","UserData":"$script","ClientToken":"once"}
= Instances[0].InstanceId: $web
> ec2 RunInstances {"ImageId":"$windows","MinCount":1,"MaxCount":1,"InstanceType":"t3.large","KeyName":"rsa"}
save windows = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$ubuntu-arm","MinCount":1,"MaxCount":1,"InstanceType":"t4g.small","SubnetId":"$subnet","SecurityGroupIds":["$sg"],"Ipv6AddressCount":1,"Placement":{"Tenancy":"default"}}
save arm = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","Placement":{"Tenancy":"dedicated","AvailabilityZone":"us-east-1a"},"HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":100,"VolumeType":"io2","Iops":4000,"DeleteOnTermination":false}}]}
save big = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$instance-store","MinCount":1,"MaxCount":1,"InstanceType":"m3.medium"}
save old = Instances[0].InstanceId
advance 300.25
> ec2 GetPasswordData {"InstanceId":"$windows"}
= PasswordData: *==
> ec2 GetConsoleOutput {"InstanceId":"$web"}
> ec2 DescribeInstances {}
> ec2 DescribeInstanceStatus {"IncludeAllInstances":true}
see host = host of $web
see neighbours = neighbours of $web
see listeners of $web: tcp 22, tcp 80
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"$eni","InstanceId":"$arm","DeviceIndex":1}
> ec2 AllocateAddress {"Domain":"vpc"}
save alloc = AllocationId
> ec2 AssociateAddress {"AllocationId":"$alloc","InstanceId":"$web"}

# What goes on inside them.
> stratus StartListener {"InstanceId":"$web","Protocol":"tcp","Port":8080}
> stratus PutGuestFirewall {"InstanceId":"$web","Rules":[{"Action":"deny","Protocol":"tcp","FromPort":25}]}
> stratus StopListener {"InstanceId":"$web","Protocol":"tcp","Port":8080}
> stratus WriteBlocks {"VolumeId":"$big/ephemeral0","Offset":4096,"Length":1000000}
> stratus SetCapacity {"AvailabilityZone":"us-east-1a","InstanceType":"m5.large","Count":3}
> stratus ImpairInstance {"InstanceId":"$hidden","Check":"instance","Impaired":true}
> stratus FailHost {"InstanceId":"$hidden"}
> stratus ShutDownGuest {"InstanceId":"$old"}
> ec2 RebootInstances {"InstanceIds":["$web"]}
> ec2 StopInstances {"InstanceIds":["$big"],"Hibernate":true}
> ec2 StopInstances {"InstanceIds":["$hidden"]}
advance 90
> ec2 ModifyInstanceAttribute {"InstanceId":"$hidden","InstanceType":{"Value":"t3.small"}}
> ec2 StartInstances {"InstanceIds":["$hidden","$big"]}

# Volumes, snapshots, images, in two Regions.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":20,"VolumeType":"gp3","Iops":4000,"Throughput":250}
save volume = VolumeId
advance 10
> stratus WriteBlocks {"VolumeId":"$volume","Length":3000000000}
> ec2 CreateSnapshot {"VolumeId":"$volume","TagSpecifications":[{"ResourceType":"snapshot","Tags":[{"Key":"Name","Value":"first"}]}]}
save first = SnapshotId
> stratus WriteBlocks {"VolumeId":"$volume","Offset":1000000000,"Length":1}
> ec2 CreateSnapshot {"VolumeId":"$volume"}
save second = SnapshotId
advance 600
> ec2 ModifyVolume {"VolumeId":"$volume","Size":40}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","SnapshotId":"$first","Encrypted":true}
> ec2 DeleteSnapshot {"SnapshotId":"$first"}
> ec2 CreateImage {"InstanceId":"$web","Name":"golden"}
save golden = ImageId
advance 900
region eu-west-1
> ec2 CopySnapshot {"SourceRegion":"us-east-1","SourceSnapshotId":"$second"}
> ec2 CopyImage {"Name":"golden","SourceImageId":"$golden","SourceRegion":"us-east-1"}
save copy = ImageId
advance 900
> ec2 RunInstances {"ImageId":"$copy","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
region us-east-1

# Objects: every digest and checksum.
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"a/one","Body":"MTIzNDU2Nzg5"}
> s3 PutObject {"Bucket":"my-bucket","Key":"a/two","Body":"MTIzNDU2Nzg5","ChecksumAlgorithm":"CRC32"}
> s3 PutObject {"Bucket":"my-bucket","Key":"b","Body":"MTIzNDU2Nzg5","ChecksumAlgorithm":"CRC32C"}
> s3 PutObject {"Bucket":"my-bucket","Key":"c","Body":"MTIzNDU2Nzg5","ChecksumAlgorithm":"SHA256"}
> s3 CopyObject {"Bucket":"my-bucket","Key":"d","CopySource":"my-bucket/a/one"}
> s3 ListObjectsV2 {"Bucket":"my-bucket","Delimiter":"/"}
> s3 DeleteObject {"Bucket":"my-bucket","Key":"b"}

# Names, public and private.
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"1"}
save zone = HostedZone.Id
> route53 CreateHostedZone {"Name":"corp.example.com","CallerReference":"2","VPC":{"VPCRegion":"us-east-1","VPCId":"$vpc"}}
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":300,"ResourceRecords":[{"Value":"192.0.2.1"},{"Value":"192.0.2.2"},{"Value":"192.0.2.3"}]}}]}}
save change = ChangeInfo.Id
advance 60
> route53 GetChange {"Id":"$change"}
= ChangeInfo.Status: INSYNC
? www.example.com A eu-west-1
? www.example.com A $arm
> sts GetCallerIdentity {}

# A branch, and the other one again.
> ec2 TerminateInstances {"InstanceIds":["$windows"]}
undo
> ec2 TerminateInstances {"InstanceIds":["$old","$arm"]}
undo
redo

# A long time, and what it costs.
advance 2592000
> stratus AdvanceClock {"Until":"2026-01-31T23:59:59.999Z"}
bill total: *
bill services: *
bill $web: *
bill states of $hidden: *

# Versions, an upload in parts, and a lifecycle that acts.
> s3 PutBucketVersioning {"Bucket":"my-bucket","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutObject {"Bucket":"my-bucket","Key":"c","Body":"aGVsbG8="}
save version = VersionId
> s3 DeleteObject {"Bucket":"my-bucket","Key":"c"}
> s3 CreateMultipartUpload {"Bucket":"my-bucket","Key":"e","ChecksumAlgorithm":"SHA1"}
save upload = UploadId
> s3 UploadPart {"Bucket":"my-bucket","Key":"e","UploadId":"$upload","PartNumber":1,"Body":"aGVsbG8="}
= ChecksumSHA1: qvTGHdzF6KLavt4PO0gs2a6pQ00=
> s3 CompleteMultipartUpload {"Bucket":"my-bucket","Key":"e","UploadId":"$upload","MultipartUpload":{"Parts":[{"PartNumber":1,"ETag":"5d41402abc4b2a76b9719d911017c592","ChecksumSHA1":"qvTGHdzF6KLavt4PO0gs2a6pQ00="}]}}
> s3 CreateMultipartUpload {"Bucket":"my-bucket","Key":"f"}
> s3 PutBucketLifecycleConfiguration {"Bucket":"my-bucket","LifecycleConfiguration":{"Rules":[{"Status":"Enabled","Filter":{"Prefix":"a/"},"Expiration":{"Days":1},"NoncurrentVersionExpiration":{"NoncurrentDays":1}}]}}
> s3 PutPublicAccessBlock {"Bucket":"my-bucket","PublicAccessBlockConfiguration":{"BlockPublicAcls":true}}
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\"}]}"}
> s3 ListObjectVersions {"Bucket":"my-bucket"}
advance 604800
> s3 ListObjectVersions {"Bucket":"my-bucket"}
> s3 GetObject {"Bucket":"my-bucket","Key":"c","VersionId":"$version"}
# Launch templates, placement groups, Spot.
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"web","LaunchTemplateData":{"ImageId":"$al2023","InstanceType":"t3.micro","UserData":"IyEvYmluL3NoCg=="}}
> ec2 CreatePlacementGroup {"GroupName":"parts","Strategy":"partition","PartitionCount":3}
> ec2 RunInstances {"LaunchTemplate":{"LaunchTemplateName":"web"},"MinCount":2,"MaxCount":2,"Placement":{"GroupName":"parts"}}
> ec2 RequestSpotInstances {"LaunchSpecification":{"ImageId":"$al2023","InstanceType":"m5.large"}}
> ec2 ModifyDefaultCreditSpecification {"InstanceFamily":"t3","CpuCredits":"standard"}
> ec2 DescribeReservedInstancesOfferings {"InstanceType":"m5.large"}
save offering = ReservedInstancesOfferings[0].ReservedInstancesOfferingId
> ec2 PurchaseReservedInstancesOffering {"ReservedInstancesOfferingId":"$offering","InstanceCount":1}
advance 86400
bill total: *
# Further parts of a network: blocks, prefixes, options, permissions.
> ec2 CreateVpc {"CidrBlock":"10.9.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save wide = Vpc.VpcId
> ec2 DescribeVpcs {"VpcIds":["$wide"]}
save six = Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
slash64 block = $six
> ec2 CreateSubnet {"VpcId":"$wide","CidrBlock":"10.9.0.0/24"}
save ground = Subnet.SubnetId
> ec2 AssociateSubnetCidrBlock {"SubnetId":"$ground","Ipv6CidrBlock":"$block"}
> ec2 CreateSubnetCidrReservation {"SubnetId":"$ground","Cidr":"10.9.0.64/26","ReservationType":"prefix"}
> ec2 CreateNetworkInterface {"SubnetId":"$ground","Ipv4PrefixCount":1,"Ipv6PrefixCount":1,"Ipv6AddressCount":1}
save branch = NetworkInterface.NetworkInterfaceId
> ec2 CreateNetworkInterfacePermission {"NetworkInterfaceId":"$branch","AwsAccountId":"210987654321","Permission":"INSTANCE-ATTACH"}
> ec2 CreateDhcpOptions {"DhcpConfigurations":[{"Key":"domain-name","Values":["example.com"]}]}
save options = DhcpOptions.DhcpOptionsId
> ec2 AssociateDhcpOptions {"DhcpOptionsId":"$options","VpcId":"$wide"}
> ec2 EnableEbsEncryptionByDefault {}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save sealed = VolumeId
advance 10
> ec2 CreateSnapshot {"VolumeId":"$sealed"}
save cold = SnapshotId
advance 60
> ec2 EnableFastSnapshotRestores {"AvailabilityZones":["us-east-1a"],"SourceSnapshotIds":["$cold"]}
> ec2 DisableFastSnapshotRestores {"AvailabilityZones":["us-east-1a"],"SourceSnapshotIds":["$cold"]}
> ec2 LockSnapshot {"SnapshotId":"$cold","LockMode":"governance","LockDuration":1}
> ec2 ModifySnapshotTier {"SnapshotId":"$cold","StorageTier":"archive"}
advance 86400
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save renewed = Instances[0].InstanceId
advance 60
> ec2 CreateReplaceRootVolumeTask {"InstanceId":"$renewed"}
advance 120
# People, roles and temporary credentials, and calls that they make; parameters.
> iam CreateUser {"UserName":"ann","Path":"/staff/","Tags":[{"Key":"team","Value":"blue"}]}
> iam CreateAccessKey {"UserName":"ann"}
save ann = AccessKey.AccessKeyId
> iam CreateVirtualMFADevice {"VirtualMFADeviceName":"phone"}
> iam CreateRole {"RoleName":"deploy","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"123456789012\"},\"Action\":\"sts:AssumeRole\"}]}"}
> iam AttachRolePolicy {"RoleName":"deploy","PolicyArn":"arn:aws:iam::aws:policy/AmazonEC2FullAccess"}
as $ann
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/deploy","RoleSessionName":"build"}
save key = Credentials.AccessKeyId
save token = Credentials.SessionToken
as $key $token
> ec2 CreateKeyPair {"KeyName":"by-role","KeyType":"ed25519"}
> sts GetCallerIdentity {}
as administrator
> ssm PutParameter {"Name":"/app/key","Value":"x","Type":"SecureString"}
> ssm GetParameter {"Name":"/app/key"}
> iam GetAccountAuthorizationDetails {}
# Gateways: NAT, egress-only, carrier, and a VPN whose routes are propagated.
> ec2 DescribeSubnets {"Filters":[{"Name":"default-for-az","Values":["true"]}]}
save zone = Subnets[0].SubnetId
save home = Subnets[0].VpcId
> ec2 CreateNatGateway {"SubnetId":"$zone","ConnectivityType":"private","SecondaryPrivateIpAddressCount":1}
save nat = NatGateway.NatGatewayId
> ec2 CreateEgressOnlyInternetGateway {"VpcId":"$vpc"}
save out = EgressOnlyInternetGateway.EgressOnlyInternetGatewayId
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationIpv6CidrBlock":"2001:db8::/32","EgressOnlyInternetGatewayId":"$out"}
> ec2 CreateCarrierGateway {"VpcId":"$home"}
> ec2 CreateCustomerGateway {"Type":"ipsec.1","IpAddress":"198.51.100.9"}
save cgw = CustomerGateway.CustomerGatewayId
> ec2 CreateVpnGateway {"Type":"ipsec.1"}
save vgw = VpnGateway.VpnGatewayId
> ec2 AttachVpnGateway {"VpnGatewayId":"$vgw","VpcId":"$home"}
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$cgw","VpnGatewayId":"$vgw","Options":{"StaticRoutesOnly":true}}
save vpn = VpnConnection.VpnConnectionId
> ec2 CreateVpnConnectionRoute {"VpnConnectionId":"$vpn","DestinationCidrBlock":"192.168.0.0/16"}
advance 600
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$home"]},{"Name":"association.main","Values":["true"]}]}
save maintable = RouteTables[0].RouteTableId
> ec2 EnableVgwRoutePropagation {"RouteTableId":"$maintable","GatewayId":"$vgw"}
> ec2 CreateRoute {"RouteTableId":"$maintable","DestinationCidrBlock":"10.200.0.0/16","NatGatewayId":"$nat"}
> ec2 DescribeRouteTables {"RouteTableIds":["$maintable"]}
> ec2 DescribeVpnConnections {}
> ec2 DeleteNatGateway {"NatGatewayId":"$nat"}
advance 120
> ec2 DescribeNatGateways {}
# Peering connections, endpoints and endpoint services.
> ec2 CreateVpc {"CidrBlock":"10.200.0.0/16"}
save near = Vpc.VpcId
> ec2 CreateVpc {"CidrBlock":"10.201.0.0/16"}
save far = Vpc.VpcId
> ec2 CreateVpcPeeringConnection {"VpcId":"$near","PeerVpcId":"$far"}
save peering = VpcPeeringConnection.VpcPeeringConnectionId
> ec2 AcceptVpcPeeringConnection {"VpcPeeringConnectionId":"$peering"}
advance 60
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$near"]}]}
save near_table = RouteTables[0].RouteTableId
> ec2 CreateRoute {"RouteTableId":"$near_table","DestinationCidrBlock":"10.201.0.0/16","VpcPeeringConnectionId":"$peering"}
> ec2 CreateVpcEndpoint {"VpcId":"$near","ServiceName":"com.amazonaws.us-east-1.s3","RouteTableIds":["$near_table"]}
> ec2 CreateVpcEndpointServiceConfiguration {"NetworkLoadBalancerArns":["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/shop/0123456789abcdef"]}
save service = ServiceConfiguration.ServiceId
> ec2 CreateVpcEndpointConnectionNotification {"ServiceId":"$service","ConnectionNotificationArn":"arn:aws:sns:us-east-1:123456789012:calls","ConnectionEvents":["Accept"]}
advance 120
> ec2 CreateTransitGateway {}
save hub = TransitGateway.TransitGatewayId
> ec2 CreateSubnet {"VpcId":"$near","CidrBlock":"10.200.1.0/24"}
save near_subnet = Subnet.SubnetId
advance 300
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$hub","VpcId":"$near","SubnetIds":["$near_subnet"]}
advance 120
# The Reachability Analyzer.
> ec2 DescribeInternetGateways {}
save way_out = InternetGateways[0].InternetGatewayId
> ec2 CreateNetworkInterface {"SubnetId":"$near_subnet"}
save near_interface = NetworkInterface.NetworkInterfaceId
> ec2 CreateNetworkInsightsPath {"Source":"$near_interface","Destination":"$way_out","Protocol":"tcp","ClientToken":"path"}
save asked_path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$asked_path","ClientToken":"analysis"}
advance 60
> ec2 DescribeNetworkInsightsAnalyses {}
# VPC Block Public Access.
> ec2 ModifyVpcBlockPublicAccessOptions {"InternetGatewayBlockMode":"block-ingress"}
> ec2 CreateVpcBlockPublicAccessExclusion {"InternetGatewayExclusionMode":"allow-bidirectional","SubnetId":"$near_subnet"}
advance 180
> ec2 DescribeVpcBlockPublicAccessExclusions {}
# Dedicated Hosts with a reservation, address transfers, forged packets.
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceFamily":"m5","Quantity":2,"AutoPlacement":"on","HostRecovery":"on","ClientToken":"hosts"}
save rented = HostIds[0]
save rented_too = HostIds[1]
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":2,"InstanceType":"m5.large","Placement":{"Tenancy":"host","Affinity":"host"}}
save on_host = Instances[0].InstanceId
save beside = Instances[1].InstanceId
> ec2 DescribeHostReservationOfferings {"Filter":[{"Name":"instance-family","Values":["m5"]}]}
save offering = OfferingSet[1].OfferingId
> ec2 PurchaseHostReservation {"OfferingId":"$offering","HostIdSet":["$rented_too"]}
advance 300
> stratus FailHost {"InstanceId":"$on_host"}
advance 600
> ec2 DescribeHosts {}
> stratus SendForgedPacket {"InstanceId":"$on_host","Destination":"$beside","Protocol":"tcp","Port":22,"SourceAddress":"10.9.8.7"}
> stratus ListenToPacket {"InstanceId":"$beside","Source":"internet","Destination":"$on_host","Protocol":"tcp","Port":22}
> stratus OfferAddress {"AccountId":"210987654321"}
save offered = PublicIp
> ec2 AcceptAddressTransfer {"Address":"$offered"}
save accepted = AddressTransfer.AllocationId
> ec2 EnableAddressTransfer {"AllocationId":"$accepted","TransferAccountId":"111122223333"}
> ec2 DescribeAddressTransfers {}
# Flow logs and traffic mirroring.
> s3 CreateBucket {"Bucket":"flows-of-the-story"}
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$near"],"TrafficType":"ALL","LogDestinationType":"s3","LogDestination":"arn:aws:s3:::flows-of-the-story"}
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro","SubnetId":"$near_subnet"}
save heard_interface = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save heard_address = Instances[0].PrivateIpAddress
save asking = Instances[1].InstanceId
save asking_interface = Instances[1].NetworkInterfaces[0].NetworkInterfaceId
advance 120
> ec2 CreateTrafficMirrorTarget {"NetworkInterfaceId":"$heard_interface"}
save mirror_target = TrafficMirrorTarget.TrafficMirrorTargetId
> ec2 CreateTrafficMirrorFilter {}
save mirror_filter = TrafficMirrorFilter.TrafficMirrorFilterId
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$mirror_filter","TrafficDirection":"egress","RuleNumber":1,"RuleAction":"accept","SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$asking_interface","TrafficMirrorTargetId":"$mirror_target","TrafficMirrorFilterId":"$mirror_filter","SessionNumber":1}
> stratus OpenConnection {"Source":"$asking","Destination":"$heard_address","Protocol":"tcp","Port":22}
> stratus SendOnConnection {"ConnectionId":"conn-1","Bytes":5000}
> stratus CloseConnection {"ConnectionId":"conn-1"}
> stratus DescribeMirroredPackets {}
advance 900
> s3 ListObjectsV2 {"Bucket":"flows-of-the-story"}
# The Network Access Analyzer.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"scope","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::NetworkInterface"]}},"Destination":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}}}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"scope"}
save scope_analysis = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$scope_analysis"}
# Transit gateways: Connect, multicast, policy tables.
> ec2 CreateTransitGateway {"Options":{"MulticastSupport":"enable","TransitGatewayCidrBlocks":["10.99.0.0/24"]}}
save cast_hub = TransitGateway.TransitGatewayId
save cast_table = TransitGateway.Options.AssociationDefaultRouteTableId
advance 180
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$cast_hub","VpcId":"$near","SubnetIds":["$near_subnet"]}
save cast_vpc = TransitGatewayVpcAttachment.TransitGatewayAttachmentId
advance 120
> ec2 CreateTransitGatewayConnect {"TransportTransitGatewayAttachmentId":"$cast_vpc","Options":{"Protocol":"gre"}}
save cast_connect = TransitGatewayConnect.TransitGatewayAttachmentId
> ec2 CreateTransitGatewayMulticastDomain {"TransitGatewayId":"$cast_hub"}
save cast_domain = TransitGatewayMulticastDomain.TransitGatewayMulticastDomainId
> ec2 CreateTransitGatewayPolicyTable {"TransitGatewayId":"$cast_hub"}
save cast_policy = TransitGatewayPolicyTable.TransitGatewayPolicyTableId
> ec2 CreateTransitGatewayPolicyTableEntry {"TransitGatewayPolicyTableId":"$cast_policy","PolicyRuleNumber":"1","TargetRouteTableId":"$cast_table"}
advance 120
> ec2 CreateTransitGatewayConnectPeer {"TransitGatewayAttachmentId":"$cast_connect","PeerAddress":"10.1.2.3","InsideCidrBlocks":["169.254.200.0/29"]}
> ec2 AssociateTransitGatewayMulticastDomain {"TransitGatewayMulticastDomainId":"$cast_domain","TransitGatewayAttachmentId":"$cast_vpc","SubnetIds":["$near_subnet"]}
> ec2 RegisterTransitGatewayMulticastGroupMembers {"TransitGatewayMulticastDomainId":"$cast_domain","GroupIpAddress":"239.1.1.1","NetworkInterfaceIds":["$heard_interface"]}
> ec2 SearchTransitGatewayMulticastGroups {"TransitGatewayMulticastDomainId":"$cast_domain"}
advance 120
# Bundles, lifecycle policies, the recycle bin, the EBS direct APIs, and files.
> ec2 RunInstances {"ImageId":"$instance-store","MinCount":1,"MaxCount":1,"InstanceType":"m3.medium"}
save bundled = Instances[0].InstanceId
advance 120
% $bundled echo bundled > /srv/note; cat /srv/note
| bundled
> s3 CreateBucket {"Bucket":"bundles-of-the-story"}
> ec2 BundleInstance {"InstanceId":"$bundled","Storage":{"S3":{"Bucket":"bundles-of-the-story","Prefix":"b"}}}
advance 400
> rbin CreateRule {"ResourceType":"EBS_SNAPSHOT","RetentionPeriod":{"RetentionPeriodValue":1,"RetentionPeriodUnit":"DAYS"}}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
save backed_up = VolumeId
> dlm CreateLifecyclePolicy {"Description":"hourly","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"Name":"s","CreateRule":{"Interval":1,"IntervalUnit":"HOURS"},"RetainRule":{"Count":1}}]}}
base64 written = written
advance 60
> stratus WriteBlocks {"VolumeId":"$backed_up","Offset":100,"Data":"$written"}
advance 7500
> ec2 ListSnapshotsInRecycleBin {}
= Snapshots#: 1
> ebs StartSnapshot {"VolumeSize":1}
# Load balancers.
> ec2 DescribeSubnets {"Filters":[{"Name":"default-for-az","Values":["true"]}]}
save balanced = Subnets[0].SubnetId
save balanced_too = Subnets[1].SubnetId
save balanced_vpc = Subnets[0].VpcId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$balanced"}
save behind = Instances[0].InstanceId
advance 120
> elbv2 CreateTargetGroup {"Name":"behind","Protocol":"HTTP","Port":22,"VpcId":"$balanced_vpc"}
save behind_group = TargetGroups[0].TargetGroupArn
> elbv2 RegisterTargets {"TargetGroupArn":"$behind_group","Targets":[{"Id":"$behind"}]}
> elbv2 CreateLoadBalancer {"Name":"before","Subnets":["$balanced","$balanced_too"]}
save before = LoadBalancers[0].LoadBalancerArn
> elbv2 CreateListener {"LoadBalancerArn":"$before","Protocol":"HTTP","Port":80,"DefaultActions":[{"Type":"forward","TargetGroupArn":"$behind_group"}]}
> elb CreateLoadBalancer {"LoadBalancerName":"elder","Listeners":[{"Protocol":"TCP","LoadBalancerPort":22,"InstancePort":22}],"AvailabilityZones":["us-east-1a"]}
> elb RegisterInstancesWithLoadBalancer {"LoadBalancerName":"elder","Instances":[{"InstanceId":"$behind"}]}
advance 300
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$behind_group"}
> elb DescribeInstanceHealth {"LoadBalancerName":"elder"}
# What leaves as objects, and messages that nobody receives.
> ec2 DisableEbsEncryptionByDefault {}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$balanced"}
save leaves = Instances[0].InstanceId
advance 120
> s3 CreateBucket {"Bucket":"exports-of-the-story"}
> s3 PutBucketNotificationConfiguration {"Bucket":"exports-of-the-story","NotificationConfiguration":{"QueueConfigurations":[{"QueueArn":"arn:aws:sqs:us-east-1:123456789012:q","Events":["s3:ObjectCreated:*"]}],"EventBridgeConfiguration":{}}}
> ec2 CreateInstanceExportTask {"InstanceId":"$leaves","TargetEnvironment":"vmware","ExportToS3Task":{"S3Bucket":"exports-of-the-story"}}
> ec2 CreateImage {"InstanceId":"$leaves","Name":"leaving"}
save leaving = ImageId
advance 1200
> ec2 ExportImage {"ImageId":"$leaving","DiskImageFormat":"RAW","S3ExportLocation":{"S3Bucket":"exports-of-the-story"}}
> s3 PutObject {"Bucket":"exports-of-the-story","Key":"noted","Body":"YWJj"}
> s3 PutObjectAnnotation {"Bucket":"exports-of-the-story","Key":"noted","AnnotationName":"labels","AnnotationPayload":"eyJjYXQiOjF9"}
advance 600
> ec2 DescribeExportTasks {}
> ec2 DescribeExportImageTasks {}
# Transit gateways: announcements, metering policies, translation, VPN concentrators.
> ec2 CreateTransitGateway {"Options":{"AmazonSideAsn":64600}}
save told_hub = TransitGateway.TransitGatewayId
save told_table = TransitGateway.Options.AssociationDefaultRouteTableId
> ec2 CreateTransitGateway {"Options":{"AmazonSideAsn":64601}}
save heard_hub = TransitGateway.TransitGatewayId
save heard_table = TransitGateway.Options.AssociationDefaultRouteTableId
advance 240
> ec2 CreateTransitGatewayPeeringAttachment {"TransitGatewayId":"$told_hub","PeerTransitGatewayId":"$heard_hub","PeerAccountId":"123456789012","PeerRegion":"us-east-1","Options":{"DynamicRouting":"enable"}}
save told_peering = TransitGatewayPeeringAttachment.TransitGatewayAttachmentId
> ec2 AcceptTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$told_peering"}
> ec2 CreateVpnConcentrator {"Type":"ipsec.1","TransitGatewayId":"$told_hub"}
save told_concentrator = VpnConcentrator.VpnConcentratorId
save told_attachment = VpnConcentrator.TransitGatewayAttachmentId
> ec2 CreateCustomerGateway {"Type":"ipsec.1","IpAddress":"198.51.100.77","BgpAsn":65077}
save told_customer = CustomerGateway.CustomerGatewayId
advance 120
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$told_customer","VpnConcentratorId":"$told_concentrator","Options":{"LocalIpv4NetworkCidr":"192.168.77.0/24"}}
> ec2 ModifyTransitGatewayAttachmentNatConfiguration {"TransitGatewayAttachmentId":"$told_attachment","NatGatewaySupport":"enable","NatGatewayRules":[{"RuleNumber":1,"MatchSourceCidr":"192.168.77.0/24","NatCidr":"100.64.77.0/24"}]}
> ec2 CreateTransitGatewayRouteTableAnnouncement {"TransitGatewayRouteTableId":"$told_table","PeeringAttachmentId":"$told_peering"}
> ec2 DescribeTransitGatewayRouteTableAnnouncements {"Filters":[{"Name":"announcement-direction","Values":["incoming"]}]}
save told_heard = TransitGatewayRouteTableAnnouncements[0].TransitGatewayRouteTableAnnouncementId
> ec2 EnableTransitGatewayRouteTablePropagation {"TransitGatewayRouteTableId":"$heard_table","TransitGatewayRouteTableAnnouncementId":"$told_heard"}
> ec2 CreateTransitGatewayMeteringPolicy {"TransitGatewayId":"$told_hub"}
save told_costs = TransitGatewayMeteringPolicy.TransitGatewayMeteringPolicyId
> ec2 CreateTransitGatewayMeteringPolicyEntry {"TransitGatewayMeteringPolicyId":"$told_costs","PolicyRuleNumber":1,"MeteredAccount":"transit-gateway-owner","Protocol":"tcp"}
advance 600
> ec2 SearchTransitGatewayRoutes {"TransitGatewayRouteTableId":"$heard_table","Filters":[{"Name":"type","Values":["propagated"]}]}
# A trust store.
> s3 CreateBucket {"Bucket":"authorities-of-the-story"}
> s3 PutObject {"Bucket":"authorities-of-the-story","Key":"ca.pem","Body":"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJjRENDQVJXZ0F3SUJBZ0lVT2VFMXJuamFhazRCVUJxcDJuNEFhNWF2UGhFd0NnWUlLb1pJemowRUF3SXcKRERFS01BZ0dBMVVFQXd3QllUQWdGdzB5TmpFeE1qa3lNVFExTlRKYUdBOHlNVEkyTVRFd05USXhORFUxTWxvdwpEREVLTUFnR0ExVUVBd3dCWVRCWk1CTUdCeXFHU000OUFnRUdDQ3FHU000OUF3RUhBMElBQkN3dkxhVW1UczZxCllySjJ3NWdEVXc3bWltZ21GY3BSWWpYVjBhQXpOSnUwZjFzZDhZa3dDSmpXb05sYWM5L0FvbVNpYlNsOS9zc28KMFZnMnVlVjBRMUNqVXpCUk1CMEdBMVVkRGdRV0JCUng3eVRzVFpmVzlCb0M3ZFYzcmxYdVI5M3QxVEFmQmdOVgpIU01FR0RBV2dCUng3eVRzVFpmVzlCb0M3ZFYzcmxYdVI5M3QxVEFQQmdOVkhSTUJBZjhFQlRBREFRSC9NQW9HCkNDcUdTTTQ5QkFNQ0Ewa0FNRVlDSVFEZlIyTlNDbmpuWUU1Skx1M2JkWmYwY0d0WUdjcUVJVEZsM29BK0txb1UKY3dJaEFMVG0yTnA4eTlDellUUTZuVmtiNTZRTW5hUzRYYWpROHZQK3Z3d1JNVWV6Ci0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K"}
> s3 PutObject {"Bucket":"authorities-of-the-story","Key":"two.crl","Body":"LS0tLS1CRUdJTiBYNTA5IENSTC0tLS0tCk1JSE9NSGNDQVFFd0NnWUlLb1pJemowRUF3SXdEREVLTUFnR0ExVUVBd3dCWVJjTk1qWXhNVEk1TWpFME5UVXkKV2hnUE1qRXlOakV4TURVeU1UUTFOVEphTUNnd0VnSUJBUmNOTWpVd01UQXhNREF3TURBd1dqQVNBZ0VDRncweQpOVEF4TURFd01EQXdNREJhb0E0d0REQUtCZ05WSFJRRUF3SUJBVEFLQmdncWhrak9QUVFEQWdOSEFEQkVBaUFuCmhpZVI2K1JRbXZVSzRZb1hSSHJ0dFlUUk5MZmhnb3NsdUt2S3NpOUp1Z0lnSGhjMkdBRUc5NDhZMEhpd0FISnEKZmN6MVg3d0FmclhRWFVZOHBKU25uNVU9Ci0tLS0tRU5EIFg1MDkgQ1JMLS0tLS0K"}
> elbv2 CreateTrustStore {"Name":"clients","CaCertificatesBundleS3Bucket":"authorities-of-the-story","CaCertificatesBundleS3Key":"ca.pem"}
save trusted = TrustStores[0].TrustStoreArn
> elbv2 AddTrustStoreRevocations {"TrustStoreArn":"$trusted","RevocationContents":[{"S3Bucket":"authorities-of-the-story","S3Key":"two.crl"}]}
# Disks that come in parts, and what images and zones have besides.
> s3 CreateBucket {"Bucket":"disks-of-the-story"}
base64 manifest = <manifest><import><size>5</size><volume-size>1</volume-size><parts count="1"><part index="0"><byte-range start="0" end="4"/><key>disk</key></part></parts></import></manifest>
> s3 PutObject {"Bucket":"disks-of-the-story","Key":"manifest.xml","Body":"$manifest"}
> ec2 ImportVolume {"AvailabilityZone":"us-east-1a","Image":{"Format":"RAW","Bytes":5,"ImportManifestUrl":"s3://disks-of-the-story/manifest.xml"},"Volume":{"Size":1}}
> s3 PutObject {"Bucket":"disks-of-the-story","Key":"disk","Body":"SGVsbG8="}
> ec2 ImportInstance {"Platform":"Windows","LaunchSpecification":{"InstanceType":"t3.micro"},"DiskImages":[{"Image":{"Format":"RAW","Bytes":5,"ImportManifestUrl":"s3://disks-of-the-story/manifest.xml"},"Volume":{"Size":30}}]}
advance 1200
> ec2 DescribeConversionTasks {}
> ec2 AttachImageWatermark {"ImageId":"$leaving","WatermarkName":"of the story"}
> ec2 ReplaceImageInstanceTypeSpecification {"ImageId":"$leaving","InstanceTypeSpecification":{"UnsupportedInstanceTypes":["*.nano"]}}
> route53 CreateHostedZone {"Name":"protected.example","CallerReference":"protected"}
save protected = HostedZone.Id
> route53 CreateResourceRecordSetProtections {"HostedZoneId":"$protected","Protections":[{"RecordName":"protected.example","RecordType":"MX","Comment":"mail"}]}
> route53 UpdateHostedZoneFeatures {"HostedZoneId":"$protected","EnableAcceleratedRecovery":true}
# Event windows, and what AWS schedules.
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save awaiting = Instances[0].InstanceId
advance 60
> ec2 CreateInstanceEventWindow {"Name":"weekend","TimeRanges":[{"StartWeekDay":"saturday","StartHour":22,"EndWeekDay":"sunday","EndHour":6}]}
save weekend = InstanceEventWindow.InstanceEventWindowId
> ec2 CreateInstanceEventWindow {"Name":"nights","CronExpression":"* 0-4 * * 1-5"}
> ec2 AssociateInstanceEventWindow {"InstanceEventWindowId":"$weekend","AssociationTarget":{"InstanceIds":["$awaiting"]}}
> stratus ScheduleInstanceEvent {"InstanceId":"$awaiting","Code":"system-reboot"}
> stratus ScheduleInstanceEvent {"InstanceId":"$awaiting","Code":"instance-stop"}
# A public hostname.
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"attachment.instance-id","Values":["$awaiting"]}]}
save named = NetworkInterfaces[0].NetworkInterfaceId
> ec2 ModifyPublicIpDnsNameOptions {"NetworkInterfaceId":"$named","HostnameType":"public-ipv4-dns-name"}
# FPGA images: one that has failed, and one that waits.
> ec2 CreateFpgaImage {"Name":"failed","InputStorageLocation":{"Bucket":"authorities-of-the-story","Key":"ca.pem"}}
advance 120
> ec2 CreateFpgaImage {"Name":"waiting","InputStorageLocation":{"Bucket":"authorities-of-the-story","Key":"two.crl"},"LogsStorageLocation":{"Bucket":"authorities-of-the-story","Key":"logs"}}
