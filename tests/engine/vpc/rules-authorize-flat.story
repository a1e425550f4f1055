# The flat parameters: one rule without IpPermissions.
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
save sg = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":80,"ToPort":80,"CidrIp":"0.0.0.0/0"}
= SecurityGroupRules[0].CidrIpv4: 0.0.0.0/0
> ec2 AuthorizeSecurityGroupIngress {"GroupName":"web","IpProtocol":"6","FromPort":443,"ToPort":443,"CidrIp":"0.0.0.0/0"}
= SecurityGroupRules[0].IpProtocol: tcp
= SecurityGroupRules[0].GroupId: $sg
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"-1","CidrIp":"10.0.0.0/8"}
= SecurityGroupRules[0].FromPort: -1
= SecurityGroupRules[0].ToPort: -1
# A group by name means all of TCP, UDP and ICMP from it.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","SourceSecurityGroupName":"default"}
= SecurityGroupRules#: 3
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","SourceSecurityGroupName":"default","CidrIp":"0.0.0.0/0"}
! InvalidParameterCombination
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":80,"ToPort":80,"CidrIp":"0.0.0.0/0","IpPermissions":[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}
! InvalidParameterCombination: The parameter ipPermissions may not be used in combination with
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","SourceSecurityGroupName":"nobody"}
! InvalidGroup.NotFound
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":8080,"ToPort":8080}
! MissingParameter: cidrIp

== a group by its name is one of the default VPC
> ec2 DescribeVpcs {"Filters":[{"Name":"is-default","Values":["true"]}]}
save vpc = Vpcs[0].VpcId
> ec2 AuthorizeSecurityGroupIngress {"GroupName":"web","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"}
! InvalidGroup.NotFound: The security group 'web' does not exist in default VPC '$vpc'
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
> ec2 AuthorizeSecurityGroupIngress {"GroupName":"web","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"}
> ec2 AuthorizeSecurityGroupIngress {"GroupName":"web","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"}
! InvalidPermission.Duplicate: the specified rule "peer: 0.0.0.0/0, TCP, from port: 22, to port: 22, ALLOW" already exists
