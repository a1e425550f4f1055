> ec2 CreateSecurityGroup {"GroupName":"sg-web","Description":"web"}
! InvalidParameterValue: Value (sg-web) for parameter GroupName is invalid. Group names may not be in the format sg-*.
> ec2 CreateSecurityGroup {"GroupName":"default","Description":"web"}
! InvalidParameterValue: Cannot use reserved security group name: default
> ec2 CreateSecurityGroup {"GroupName":"wéb","Description":"web"}
! InvalidParameterValue: Value (wéb) for parameter GroupName is invalid. Character sets beyond ASCII are not supported.
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"a <b>"}
! InvalidParameterValue: Invalid security group description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*
> ec2 CreateSecurityGroup {"GroupName":"web"}
! MissingParameter
> ec2 CreateSecurityGroup {"Description":"web"}
! MissingParameter
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web","VpcId":"vpc-00000000000000000"}
! InvalidVpcID.NotFound
> ec2 DescribeSecurityGroups {"GroupNames":["web"]}
! InvalidGroup.NotFound: The security group 'web' does not exist
> ec2 DescribeSecurityGroups {"GroupIds":["web"]}
! InvalidGroupId.Malformed: Invalid id: "web" (expecting "sg-...")
> ec2 DeleteSecurityGroup {}
! MissingParameter: groupName or groupId
