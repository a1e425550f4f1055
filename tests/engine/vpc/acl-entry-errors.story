> ec2 DescribeNetworkAcls {}
save acl = NetworkAcls[0].NetworkAclId
# Numbers 1–32766; `*` (32767) cannot be changed or removed.
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":32767,"Protocol":"-1","RuleAction":"allow","Egress":false,"CidrBlock":"0.0.0.0/0"}
! InvalidParameterValue: 32767
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":0,"Protocol":"-1","RuleAction":"allow","Egress":false,"CidrBlock":"0.0.0.0/0"}
! InvalidParameterValue
> ec2 DeleteNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":32767,"Egress":false}
! InvalidParameterValue
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":10,"Protocol":"6","RuleAction":"allow","Egress":false,"CidrBlock":"0.0.0.0/0"}
! MissingParameter: portRange
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":10,"Protocol":"17","RuleAction":"allow","Egress":false,"CidrBlock":"0.0.0.0/0","PortRange":{"From":80,"To":70}}
! InvalidParameterValue: Invalid TCP/UDP port range (80:70)
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":10,"Protocol":"6","RuleAction":"allow","Egress":false,"CidrBlock":"0.0.0.0/0","PortRange":{"From":0,"To":65536}}
! InvalidParameterValue
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":10,"Protocol":"1","RuleAction":"allow","Egress":false,"CidrBlock":"0.0.0.0/0"}
! MissingParameter: icmpTypeCode
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":10,"Protocol":"300","RuleAction":"allow","Egress":false,"CidrBlock":"0.0.0.0/0"}
! InvalidParameterValue: Unknown protocol
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":10,"Protocol":"-1","RuleAction":"reject","Egress":false,"CidrBlock":"0.0.0.0/0"}
! InvalidParameterValue
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":10,"Protocol":"-1","RuleAction":"deny","Egress":false}
! MissingParameter
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":10,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"0.0.0.0/0","Ipv6CidrBlock":"::/0"}
! InvalidParameterCombination
> ec2 CreateNetworkAclEntry {"NetworkAclId":"acl-00000000000000000","RuleNumber":10,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"0.0.0.0/0"}
! InvalidNetworkAclID.NotFound
