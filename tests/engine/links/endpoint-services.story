== AWS's own services
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpointServices.html
> ec2 DescribeVpcEndpointServices {"ServiceNames":["com.amazonaws.us-east-1.s3"]}
= ServiceNames: ["com.amazonaws.us-east-1.s3"]
= ServiceDetails#: 2
= ServiceDetails[0].ServiceType: [{"ServiceType":"Gateway"}]
= ServiceDetails[0].Owner: amazon
= ServiceDetails[1].ServiceType: [{"ServiceType":"Interface"}]
> ec2 DescribeVpcEndpointServices {"Filters":[{"Name":"service-type","Values":["Gateway"]}]}
= ServiceNames: ["com.amazonaws.us-east-1.dynamodb","com.amazonaws.us-east-1.s3"]
> ec2 DescribeVpcEndpointServices {"MaxResults":5}
= ServiceDetails#: 5
= NextToken: page-*
> ec2 DescribeVpcEndpointServices {"ServiceNames":["com.amazonaws.us-east-1.tea"]}
! InvalidServiceName
region eu-west-1
> ec2 DescribeVpcEndpointServices {"ServiceNames":["com.amazonaws.eu-west-1.kinesis-streams"]}
= ServiceDetails[0].PrivateDnsName: kinesis.eu-west-1.amazonaws.com

== A service of one's own, and who connects to it
# https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
> ec2 CreateVpcEndpointServiceConfiguration {}
! MissingParameter
> ec2 CreateVpcEndpointServiceConfiguration {"NetworkLoadBalancerArns":["arn:aws:elasticloadbalancing:us-east-1:999999999999:loadbalancer/net/x/1"]}
! InvalidParameter
> ec2 CreateVpcEndpointServiceConfiguration {"NetworkLoadBalancerArns":["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/shop/0123456789abcdef"],"PrivateDnsName":"api.example.com","TagSpecifications":[{"ResourceType":"vpc-endpoint-service","Tags":[{"Key":"Name","Value":"shop"}]}]}
= ServiceConfiguration.ServiceState: Available
= ServiceConfiguration.AcceptanceRequired: true
= ServiceConfiguration.ServiceName: com.amazonaws.vpce.us-east-1.vpce-svc-0*
= ServiceConfiguration.PrivateDnsNameConfiguration.State: pendingVerification
= ServiceConfiguration.PrivateDnsNameConfiguration.Type: TXT
save svc = ServiceConfiguration.ServiceId
save name = ServiceConfiguration.ServiceName
> ec2 DescribeVpcEndpointServiceConfigurations {"Filters":[{"Name":"service-state","Values":["Available"]},{"Name":"tag:Name","Values":["shop"]}]}
= ServiceConfigurations[0].ServiceId: $svc
> ec2 StartVpcEndpointServicePrivateDnsVerification {"ServiceId":"$svc"}
= ReturnValue: true
> ec2 DescribeVpcEndpointServices {"ServiceNames":["$name"]}
= ServiceDetails[0].Owner: 123456789012
= ServiceDetails[0].PrivateDnsNameVerificationState: failed
# Whom the service lets in.
> ec2 ModifyVpcEndpointServicePermissions {"ServiceId":"$svc","AddAllowedPrincipals":["arn:aws:iam::210987654321:root","*"]}
= AddedPrincipals#: 2
= AddedPrincipals[0].PrincipalType: Account
> ec2 ModifyVpcEndpointServicePermissions {"ServiceId":"$svc","AddAllowedPrincipals":["somebody"]}
! InvalidPrincipal
> ec2 ModifyVpcEndpointServicePermissions {"ServiceId":"$svc","RemoveAllowedPrincipals":["*"]}
> ec2 DescribeVpcEndpointServicePermissions {"ServiceId":"$svc","Filters":[{"Name":"principal-type","Values":["Account"]}]}
= AllowedPrincipals#: 1
= AllowedPrincipals[0].ServicePermissionId: vpce-svc-perm-0*
# An endpoint waits for the owner's word.
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> ec2 DescribeSubnets {}
save subnet = Subnets[0].SubnetId
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","VpcEndpointType":"Interface","ServiceName":"$name","SubnetIds":["$subnet"]}
= VpcEndpoint.State: pendingAcceptance
save vpce = VpcEndpoint.VpcEndpointId
> ec2 DescribeVpcEndpointConnections {"Filters":[{"Name":"vpc-endpoint-state","Values":["pendingAcceptance"]}]}
= VpcEndpointConnections[0].VpcEndpointId: $vpce
= VpcEndpointConnections[0].ServiceId: $svc
meter $vpce VpcEndpoint: none
> ec2 DeleteVpcEndpointServiceConfigurations {"ServiceIds":["$svc"]}
= Unsuccessful[0].Error.Code: ExistingVpcEndpointConnections
> ec2 AcceptVpcEndpointConnections {"ServiceId":"$svc","VpcEndpointIds":["$vpce"]}
= Unsuccessful#: 0
advance 120
> ec2 DescribeVpcEndpoints {"VpcEndpointIds":["$vpce"]}
= VpcEndpoints[0].State: available
> ec2 AcceptVpcEndpointConnections {"ServiceId":"$svc","VpcEndpointIds":["$vpce"]}
= Unsuccessful[0].Error.Code: InvalidState
> ec2 RejectVpcEndpointConnections {"ServiceId":"$svc","VpcEndpointIds":["$vpce"]}
> ec2 DescribeVpcEndpoints {"VpcEndpointIds":["$vpce"]}
= VpcEndpoints[0].State: rejected
> ec2 ModifyVpcEndpointServiceConfiguration {"ServiceId":"$svc","AcceptanceRequired":false,"RemovePrivateDnsName":true,"AddSupportedIpAddressTypes":["ipv6"]}
= Return: true
> ec2 ModifyVpcEndpointServicePayerResponsibility {"ServiceId":"$svc","PayerResponsibility":"ServiceOwner"}
> ec2 DescribeVpcEndpointServiceConfigurations {"ServiceIds":["$svc"]}
= ServiceConfigurations[0].AcceptanceRequired: false
= ServiceConfigurations[0].SupportedIpAddressTypes: ["ipv4","ipv6"]
= ServiceConfigurations[0].PayerResponsibility: ServiceOwner
= ServiceConfigurations[0].PrivateDnsName: -
# Of one endpoint: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpointPayerResponsibility.html
> ec2 ModifyVpcEndpointPayerResponsibility {"VpcEndpointId":"$vpce","ServiceId":"$svc","PayerResponsibility":"vpc-endpoint-service-account","Scope":"resource-gateway-charges"}
! InvalidParameter
> ec2 ModifyVpcEndpointPayerResponsibility {"VpcEndpointId":"$vpce","ServiceId":"vpce-svc-0123456789abcdef0","PayerResponsibility":"vpc-endpoint-service-account","Scope":"vpc-endpoint-charges"}
! InvalidVpcEndpointServiceId.NotFound
> ec2 ModifyVpcEndpointPayerResponsibility {"VpcEndpointId":"$vpce","ServiceId":"$svc","PayerResponsibility":"vpc-endpoint-service-account","Scope":"vpc-endpoint-charges"}
= VpcEndpointId: $vpce
= PayerResponsibilities[0].PayerResponsibilityType: vpc-endpoint-service-account
> ec2 DescribeVpcEndpoints {"VpcEndpointIds":["$vpce"]}
= VpcEndpoints[0].PayerResponsibilities[0].Scope: vpc-endpoint-charges
# Whom to tell.
> ec2 CreateVpcEndpointConnectionNotification {"ServiceId":"$svc","ConnectionNotificationArn":"arn:aws:sns:us-east-1:123456789012:calls","ConnectionEvents":["Reject","Accept"]}
= ConnectionNotification.ConnectionEvents: ["Accept","Reject"]
= ConnectionNotification.ConnectionNotificationState: Enabled
save nfn = ConnectionNotification.ConnectionNotificationId
> ec2 CreateVpcEndpointConnectionNotification {"ServiceId":"$svc","ConnectionNotificationArn":"calls","ConnectionEvents":["Accept"]}
! InvalidParameter
> ec2 ModifyVpcEndpointConnectionNotification {"ConnectionNotificationId":"$nfn","ConnectionEvents":["Delete"]}
= ReturnValue: true
> ec2 DescribeVpcEndpointConnectionNotifications {"ConnectionNotificationId":"$nfn"}
= ConnectionNotificationSet[0].ConnectionEvents: ["Delete"]
> ec2 DeleteVpcEndpointConnectionNotifications {"ConnectionNotificationIds":["$nfn"]}
> ec2 DescribeVpcEndpointConnectionNotifications {}
= ConnectionNotificationSet#: 0
> ec2 DeleteVpcEndpointServiceConfigurations {"ServiceIds":["$svc"]}
= Unsuccessful#: 0

== An endpoint of a gateway load balancer is a target of routes
# https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-load-balancer-endpoints.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24"}
save subnet = Subnet.SubnetId
> ec2 CreateVpcEndpointServiceConfiguration {"GatewayLoadBalancerArns":["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/gwy/walls/0123456789abcdef"],"AcceptanceRequired":false}
save name = ServiceConfiguration.ServiceName
= ServiceConfiguration.ServiceType: [{"ServiceType":"GatewayLoadBalancer"}]
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","VpcEndpointType":"GatewayLoadBalancer","ServiceName":"$name","SubnetIds":["$subnet"]}
= VpcEndpoint.State: pending
= VpcEndpoint.Groups#: 0
save vpce = VpcEndpoint.VpcEndpointId
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save rtb = RouteTable.RouteTableId
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","VpcEndpointId":"$vpce"}
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes[0].GatewayId: *
advance 120
> ec2 DescribeRouteTables {"Filters":[{"Name":"route.gateway-id","Values":["$vpce"]}]}
= RouteTables#: 1
> ec2 DeleteVpcEndpoints {"VpcEndpointIds":["$vpce"]}
> ec2 DescribeRouteTables {"Filters":[{"Name":"route.state","Values":["blackhole"]}]}
= RouteTables[0].RouteTableId: $rtb
