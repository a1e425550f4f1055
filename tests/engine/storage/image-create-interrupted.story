# An instance that is rebooted or terminated while an image is made of it: the image fails, and says why.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StateReason.html

== terminated
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save i = Instances[0].InstanceId
advance 60
> ec2 CreateImage {"InstanceId":"$i","Name":"golden","NoReboot":true}
save ami = ImageId
> ec2 TerminateInstances {"InstanceIds":["$i"]}
> ec2 DescribeImages {"ImageIds":["$ami"]}
= Images[0].State: failed
= Images[0].StateReason: {"Code":"Client.InstanceTerminated","Message":"Client.InstanceTerminated: The instance was rebooted or terminated during AMI creation."}
advance 600
> ec2 DescribeImages {"Filters":[{"Name":"state","Values":["failed"]},{"Name":"state-reason-code","Values":["Client.InstanceTerminated"]}]}
= Images#: 1
> ec2 RunInstances {"ImageId":"$ami","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
! InvalidAMIID.Unavailable
> ec2 DeregisterImage {"ImageId":"$ami"}

== rebooted
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save i = Instances[0].InstanceId
advance 60
> ec2 CreateImage {"InstanceId":"$i","Name":"golden"}
save ami = ImageId
> ec2 RebootInstances {"InstanceIds":["$i"]}
> ec2 DescribeImages {"ImageIds":["$ami"]}
= Images[0].State: failed

== what is available already is not touched, nor what is made of another
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro"}
save i = Instances[0].InstanceId
save other = Instances[1].InstanceId
advance 60
> ec2 CreateImage {"InstanceId":"$i","Name":"golden"}
save ami = ImageId
advance 600
> ec2 CreateImage {"InstanceId":"$other","Name":"silver"}
save second = ImageId
> ec2 TerminateInstances {"InstanceIds":["$i"]}
advance 600
> ec2 DescribeImages {"Owners":["self"],"Filters":[{"Name":"state","Values":["available"]}]}
= Images#: 2
= Images[0].StateReason: -
