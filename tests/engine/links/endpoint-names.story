# https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save subnet = Subnets[0].SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet"}
save worker = Instances[0].InstanceId
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","VpcEndpointType":"Interface","ServiceName":"com.amazonaws.us-east-1.ssm","SubnetIds":["$subnet"],"SubnetConfigurations":[{"SubnetId":"$subnet","Ipv4":"172.31.0.77"}]}
= VpcEndpoint.State: pending
save name = VpcEndpoint.DnsEntries[0].DnsName
save zonal = VpcEndpoint.DnsEntries[1].DnsName
advance 120
# Inside the VPC the service's own name stands for the endpoint.
? ssm.us-east-1.amazonaws.com A $worker
~ NOERROR: ssm.us-east-1.amazonaws.com. 60 A 172.31.0.77
# Its own names do so everywhere.
? $name A internet
~ NOERROR: $name. 60 A 172.31.0.77
? $zonal A $worker
~ NOERROR: $zonal. 60 A 172.31.0.77
# Another service's name leads out.
? sqs.us-east-1.amazonaws.com A $worker
