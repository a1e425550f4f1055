# https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html

== the same token with the same parameters launches nothing more
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","ClientToken":"once"}
save web = Instances[0].InstanceId
save reservation = ReservationId
= Instances[0].ClientToken: once
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","ClientToken":"once"}
= Instances[0].InstanceId: $web
= ReservationId: $reservation
> ec2 DescribeInstances {}
= Reservations#: 1

== the same token with other parameters
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","ClientToken":"once"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.small","ClientToken":"once"}
! IdempotentParameterMismatch

== a token whose instance has been terminated
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","ClientToken":"once"}
save web = Instances[0].InstanceId
advance 60
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 60
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","ClientToken":"once"}
! IdempotentInstanceTerminated

== no token, an empty one, another Region: always a new launch
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","ClientToken":""}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","ClientToken":"once"}
> ec2 DescribeInstances {}
= Reservations#: 4
region eu-west-1
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","ClientToken":"once"}
= Instances#: 1

== after an undo the token is free again
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","ClientToken":"once"}
undo
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.small","ClientToken":"once"}
= Instances[0].InstanceType: t3.small

== a token has at most 64 characters
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","ClientToken":"0123456789012345678901234567890123456789012345678901234567890123456789"}
! InvalidParameterValue: ClientToken
