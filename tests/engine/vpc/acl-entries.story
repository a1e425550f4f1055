# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateNetworkAcl {"VpcId":"$vpc"}
save acl = NetworkAcl.NetworkAclId
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":200,"Protocol":"6","RuleAction":"allow","Egress":false,"CidrBlock":"0.0.0.0/0","PortRange":{"From":443,"To":443}}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":100,"Protocol":"6","RuleAction":"deny","Egress":false,"CidrBlock":"203.0.113.7/24","PortRange":{"From":0,"To":65535}}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":100,"Protocol":"-1","RuleAction":"allow","Egress":true,"Ipv6CidrBlock":"::/0"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":110,"Protocol":"1","RuleAction":"allow","Egress":true,"CidrBlock":"0.0.0.0/0","IcmpTypeCode":{"Type":8,"Code":-1}}
> ec2 DescribeNetworkAcls {"NetworkAclIds":["$acl"]}
# Sorted by number, outgoing ones first.
= NetworkAcls[0].Entries#: 6
= NetworkAcls[0].Entries[0]: {"Egress":true,"Ipv6CidrBlock":"::/0","Protocol":"-1","RuleAction":"allow","RuleNumber":100}
= NetworkAcls[0].Entries[1].IcmpTypeCode: {"Code":-1,"Type":8}
= NetworkAcls[0].Entries[1].Protocol: 1
= NetworkAcls[0].Entries[3]: {"CidrBlock":"203.0.113.0/24","Egress":false,"PortRange":{"From":0,"To":65535},"Protocol":"6","RuleAction":"deny","RuleNumber":100}
= NetworkAcls[0].Entries[4].RuleNumber: 200
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":200,"Protocol":"6","RuleAction":"allow","Egress":false,"CidrBlock":"0.0.0.0/0","PortRange":{"From":80,"To":80}}
! NetworkAclEntryAlreadyExists: The network acl entry identified by 200 already exists.
> ec2 ReplaceNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":200,"Protocol":"6","RuleAction":"allow","Egress":false,"CidrBlock":"0.0.0.0/0","PortRange":{"From":80,"To":80}}
> ec2 ReplaceNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":200,"Protocol":"6","RuleAction":"allow","Egress":true,"CidrBlock":"0.0.0.0/0","PortRange":{"From":80,"To":80}}
! InvalidNetworkAclEntry.NotFound
> ec2 DescribeNetworkAcls {"Filters":[{"Name":"entry.port-range.from","Values":["80"]}]}
= NetworkAcls#: 1
= NetworkAcls[0].NetworkAclId: $acl
> ec2 DeleteNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":200,"Egress":false}
> ec2 DeleteNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":200,"Egress":false}
! InvalidNetworkAclEntry.NotFound
> ec2 DescribeNetworkAcls {"NetworkAclIds":["$acl"]}
= NetworkAcls[0].Entries#: 5
