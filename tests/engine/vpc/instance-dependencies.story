# What an instance uses cannot be deleted, until the instance is terminated.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 CreateSecurityGroup {"VpcId":"$vpc","GroupName":"web","Description":"web"}
save sg = GroupId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet","SecurityGroupIds":["$sg"]}
save web = Instances[0].InstanceId
advance 60
> ec2 DeleteSubnet {"SubnetId":"$subnet"}
! DependencyViolation: The subnet '$subnet' has dependencies and cannot be deleted.
> ec2 DeleteSecurityGroup {"GroupId":"$sg"}
! DependencyViolation: resource $sg has a dependent object
> ec2 DeleteVpc {"VpcId":"$vpc"}
! DependencyViolation
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DeleteSecurityGroup {"GroupId":"$sg"}
> ec2 DeleteSubnet {"SubnetId":"$subnet"}
> ec2 DeleteVpc {"VpcId":"$vpc"}
