# A running instance with a public address keeps its VPC's gateway.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save vpc = Instances[0].VpcId
advance 60
> ec2 DescribeInternetGateways {}
save igw = InternetGateways[0].InternetGatewayId
> ec2 DetachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
! DependencyViolation: Network $vpc has some mapped public address(es).
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DetachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
