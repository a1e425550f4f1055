# Twenty entries a direction: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateNetworkAcl {"VpcId":"$vpc"}
save acl = NetworkAcl.NetworkAclId
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":1,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.0.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":2,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.1.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":3,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.2.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":4,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.3.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":5,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.4.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":6,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.5.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":7,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.6.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":8,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.7.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":9,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.8.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":10,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.9.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":11,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.10.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":12,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.11.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":13,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.12.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":14,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.13.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":15,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.14.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":16,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.15.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":17,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.16.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":18,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.17.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":19,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.18.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":20,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.19.0/24"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":21,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"10.1.20.0/24"}
! NetworkAclEntryLimitExceeded
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":21,"Protocol":"-1","RuleAction":"deny","Egress":true,"CidrBlock":"10.1.20.0/24"}
