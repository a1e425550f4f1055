# CreateImage reboots a running instance unless NoReboot is set; a stopped one stays as it is.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save i = Instances[0].InstanceId
advance 300
> ec2 CreateImage {"InstanceId":"$i","Name":"quiet","NoReboot":true}
> ec2 CreateImage {"InstanceId":"$i","Name":"loud"}
event reboot
> ec2 DescribeInstances {"InstanceIds":["$i"]}
= Reservations[0].Instances[0].State.Name: running
advance 300
> ec2 StopInstances {"InstanceIds":["$i"]}
advance 60
> ec2 CreateImage {"InstanceId":"$i","Name":"still"}
> ec2 DescribeInstances {"InstanceIds":["$i"]}
= Reservations[0].Instances[0].State.Name: stopped
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 3
