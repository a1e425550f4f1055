# IAM instance profiles of instances: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html

== a launch brings an association along
> iam CreateInstanceProfile {"InstanceProfileName":"web"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"IamInstanceProfile":{"Name":"web"}}
= Instances[0].IamInstanceProfile.Arn: arn:aws:iam::123456789012:instance-profile/web
save web = Instances[0].InstanceId
> ec2 DescribeIamInstanceProfileAssociations {}
= IamInstanceProfileAssociations#: 1
= IamInstanceProfileAssociations[0].InstanceId: $web
= IamInstanceProfileAssociations[0].State: associated
= IamInstanceProfileAssociations[0].AssociationId: iip-assoc-*
= IamInstanceProfileAssociations[0].IamInstanceProfile.Arn: arn:aws:iam::123456789012:instance-profile/web
save association = IamInstanceProfileAssociations[0].AssociationId
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateIamInstanceProfile.html
> ec2 DisassociateIamInstanceProfile {"AssociationId":"$association"}
= IamInstanceProfileAssociation.State: disassociating
> ec2 DescribeIamInstanceProfileAssociations {"Filters":[{"Name":"state","Values":["disassociating"]}]}
= IamInstanceProfileAssociations#: 1
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].IamInstanceProfile: -
advance 60
> ec2 DescribeIamInstanceProfileAssociations {}
= IamInstanceProfileAssociations: []
> ec2 DisassociateIamInstanceProfile {"AssociationId":"$association"}
! InvalidAssociationID.NotFound

== associating, replacing
> iam CreateInstanceProfile {"InstanceProfileName":"reader"}
> iam CreateInstanceProfile {"InstanceProfileName":"writer"}
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateIamInstanceProfile.html
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
> ec2 AssociateIamInstanceProfile {"InstanceId":"$web","IamInstanceProfile":{"Name":"reader"}}
= IamInstanceProfileAssociation.State: associating
save first = IamInstanceProfileAssociation.AssociationId
advance 30
> ec2 DescribeIamInstanceProfileAssociations {"AssociationIds":["$first"]}
= IamInstanceProfileAssociations[0].State: associated
> ec2 AssociateIamInstanceProfile {"InstanceId":"$web","IamInstanceProfile":{"Name":"writer"}}
! IncorrectState: There is an existing association for instance $web
> ec2 ReplaceIamInstanceProfileAssociation {"AssociationId":"$first","IamInstanceProfile":{"Arn":"arn:aws:iam::123456789012:instance-profile/writer"}}
= IamInstanceProfileAssociation.State: associating
save second = IamInstanceProfileAssociation.AssociationId
differ $first $second
> ec2 DescribeInstances {"Filters":[{"Name":"iam-instance-profile.name","Values":["writer"]}]}
= Reservations#: 1
advance 30
> ec2 DescribeIamInstanceProfileAssociations {"Filters":[{"Name":"instance-id","Values":["$web"]}]}
= IamInstanceProfileAssociations#: 1
= IamInstanceProfileAssociations[0].AssociationId: $second
> ec2 ReplaceIamInstanceProfileAssociation {"AssociationId":"$first","IamInstanceProfile":{"Name":"x"}}
! InvalidAssociationID.NotFound
> ec2 DescribeIamInstanceProfileAssociations {"AssociationIds":["$first"]}
! InvalidAssociationID.NotFound

== what cannot be associated
> iam CreateInstanceProfile {"InstanceProfileName":"a"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
> ec2 AssociateIamInstanceProfile {"InstanceId":"$web","IamInstanceProfile":{"Name":"a","Arn":"arn:aws:iam::123456789012:instance-profile/a"}}
! InvalidParameterCombination
> ec2 AssociateIamInstanceProfile {"InstanceId":"$web","IamInstanceProfile":{"Arn":"web"}}
! InvalidParameterValue: Invalid IAM Instance Profile ARN
> ec2 AssociateIamInstanceProfile {"InstanceId":"$web","IamInstanceProfile":{}}
! MissingParameter
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 90
> ec2 AssociateIamInstanceProfile {"InstanceId":"$web","IamInstanceProfile":{"Name":"a"}}
! IncorrectInstanceState
