# Scripts before and after the snapshots of an instance.
# https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html
== a guest without the agent: crash-consistent snapshots that say so
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"}]}]}
save web = Instances[0].InstanceId
advance 120
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"Name":"s","CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"],"Scripts":[{"ExecutionHandler":"flush-my-database","ExecutionTimeout":60,"MaximumRetryCount":2}]},"RetainRule":{"Count":3}}]}}
save p = PolicyId
> dlm GetLifecyclePolicy {"PolicyId":"$p"}
= Policy.PolicyDetails.Schedules[0].CreateRule.Scripts[0].ExecutionHandler: flush-my-database
= Policy.PolicyDetails.Schedules[0].CreateRule.Scripts[0].MaximumRetryCount: 2
advance 5400
event pre script of flush-my-database failed, tried 3 times: the snapshots are crash-consistent
> ec2 DescribeSnapshots {"Filters":[{"Name":"tag:aws:dlm:pre-script","Values":["FAILED"]}]}
= Snapshots#: 1
> ec2 DescribeSnapshots {"Filters":[{"Name":"tag-key","Values":["aws:dlm:post-script"]}]}
= Snapshots#: 0

== without its pre script no snapshot, where the policy says so
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"}]}]}
advance 120
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"Name":"s","CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"],"Scripts":[{"ExecutionHandler":"AWS_VSS_BACKUP","ExecuteOperationOnScriptFailure":false}]},"RetainRule":{"Count":3}}]}}
advance 5400
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 0

== a post script alone comes after the snapshot, which stays
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"}]}]}
advance 120
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"Name":"s","CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"],"Scripts":[{"ExecutionHandler":"thaw","Stages":["POST"]}]},"RetainRule":{"Count":3}}]}}
advance 5400
> ec2 DescribeSnapshots {"Filters":[{"Name":"tag:aws:dlm:post-script","Values":["FAILED"]}]}
= Snapshots#: 1

== only for policies that target instances, and as their document wants them
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"k","Value":"v"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Scripts":[{"ExecutionHandler":"thaw"}]},"RetainRule":{"Count":1}}]}}
! InvalidRequestException: target instances
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"k","Value":"v"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Scripts":[{"ExecutionHandler":"AWS_VSS_BACKUP","Stages":["PRE"]}]},"RetainRule":{"Count":1}}]}}
! InvalidRequestException: Stages must be omitted
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"k","Value":"v"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Scripts":[{"ExecutionHandler":"thaw","Stages":["POST"],"ExecuteOperationOnScriptFailure":true}]},"RetainRule":{"Count":1}}]}}
! InvalidRequestException: with a pre script
