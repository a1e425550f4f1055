# facts/instances.md: stopping is not billed, but it is when hibernating; starting again begins a new minute.
> stratus SetTiming {"Name":"instance.pending.linux","MinimumMillis":30000,"MaximumMillis":30000}
> stratus SetTiming {"Name":"instance.stopping","MinimumMillis":40000,"MaximumMillis":40000}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"Encrypted":true}}]}
save web = Instances[0].InstanceId
advance 630
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
advance 140
# 600 running and 40 hibernating.
bill $web: 640 s × $0.0104/h ÷ 3600 = $0.00185
bill states of $web: pending 30 s free, running 600 s billed, stopping (hibernating) 40 s billed, stopped 100 s free
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 130
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 40
bill $web: (640 + 100 = 740 s) × $0.0104/h ÷ 3600 = $0.00214
bill states of $web: pending 60 s free, running 700 s billed, stopping (hibernating) 40 s billed, stopping 40 s free, stopped 100 s free
