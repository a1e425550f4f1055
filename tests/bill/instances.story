# facts/instances.md: usage is billed while running, by the second, 60 s at least at each start; t3.micro in us-east-1 costs
# 0.0104 USD an hour (data/ec2_instance_types.csv), gp3 0.08 USD a GiB-month of 30 days, a public address 0.005 USD an hour.
> stratus SetTiming {"Name":"instance.pending.linux","MinimumMillis":30000,"MaximumMillis":30000}
> stratus SetTiming {"Name":"instance.stopping","MinimumMillis":20000,"MaximumMillis":20000}
> stratus SetTiming {"Name":"instance.shutting-down","MinimumMillis":25000,"MaximumMillis":25000}
bill total: $0.000000000
bill services: nothing
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
bill $web: nothing
advance 30
# A start costs a minute at once.
bill $web: 60 s (the minimum; 0 s passed) × $0.0104/h ÷ 3600 = $0.00017
advance 59
bill $web: 60 s (the minimum; 59 s passed) × $0.0104/h ÷ 3600 = $0.00017
advance 241
# 300 × 0.0104 ÷ 3600 = 0.000866667
bill $web: 300 s × $0.0104/h ÷ 3600 = $0.00087
bill states of $web: pending 30 s free, running 300 s billed
# The address was lent at the launch: 330 × 0.005 ÷ 3600 = 0.000458333.
bill $eni: 330 s × $0.005/h ÷ 3600 = $0.00046
> ec2 DescribeVolumes {"Filters":[{"Name":"attachment.instance-id","Values":["$web"]}]}
= Volumes[0].Size: 8
= Volumes[0].VolumeType: gp3
save root = Volumes[0].VolumeId
# 8 × 330 × 0.08 ÷ 2,592,000 = 0.0000814815
bill $root: 8 GiB × 330 s × $0.08/GiB-month ÷ 2,592,000 s = $0.00008
# 0.000866667 + 0.000458333 + 0.000081481
bill total: $0.001406481
bill services: EC2 instances $0.00087; EBS volumes $0.00008; Public IPv4 addresses $0.00046
# A reboot starts no new period.
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
bill $web: 360 s × $0.0104/h ÷ 3600 = $0.00104

# Stopping and stopped are free; the volume costs on. The lent address goes back.
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 620
bill $web: 360 s × $0.0104/h ÷ 3600 = $0.00104
bill states of $web: pending 30 s free, running 360 s billed, stopping 20 s free, stopped 600 s free
bill $root: 8 GiB × 1,010 s × $0.08/GiB-month ÷ 2,592,000 s = $0.00025
# Stopped after a second start of 12 s: 60 s, the minimum. (360 + 60) × 0.0104 ÷ 3600 = 0.001213333
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 42
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 20
bill $web: (360 + 60 = 420 s, 60 s the minimum of a start) × $0.0104/h ÷ 3600 = $0.00121
# Termination ends the rest; what has gone stays on the bill.
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 10000
bill $web: (360 + 60 = 420 s, 60 s the minimum of a start) × $0.0104/h ÷ 3600 = $0.00121
bill states of $web: pending 60 s free, running 372 s billed, stopping 40 s free, stopped 600 s free
bill $root: 8 GiB × 1,072 s × $0.08/GiB-month ÷ 2,592,000 s = $0.00026
# Undo takes the money back.
undo
undo
undo
undo
undo
undo
bill $web: 360 s × $0.0104/h ÷ 3600 = $0.00104
