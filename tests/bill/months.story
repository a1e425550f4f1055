# A bill is of a calendar month (UTC). An Elastic IP costs 0.005 USD an hour from its allocation on
# (https://aws.amazon.com/vpc/pricing/); a hosted zone 0.50 USD when it is made and on the first of every month after
# (https://aws.amazon.com/route53/pricing/).
bill month: March 2025 $0.000000000
bill hourly: $0.000000000
> ec2 AllocateAddress {"Domain":"vpc"}
bill hourly: $0.005000000
# From the 3rd at 9:00 to the end of March: 28 days and 15 hours, 687 hours.
> stratus AdvanceClock {"Until":"2025-03-31T23:59:59Z"}
advance 1
bill total: $3.435000000
bill month: April 2025 $0.000000000
advance 3600
bill total: $3.440000000
bill month: April 2025 $0.005000000
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"1"}
bill month: April 2025 $0.505000000
# The zone costs no more by the hour.
bill hourly: $0.005000000
> stratus AdvanceClock {"Until":"2025-05-01T01:00:00Z"}
bill month: May 2025 $0.505000000
# May: 744 hours at 0.005, and the zone once.
> stratus AdvanceClock {"Until":"2025-05-31T23:59:59Z"}
advance 1
bill month: June 2025 $0.500000000
== what an hour costs, running and stopped
> stratus SetTiming {"Name":"instance.pending.linux","MinimumMillis":30000,"MaximumMillis":30000}
> stratus SetTiming {"Name":"instance.stopping","MinimumMillis":20000,"MaximumMillis":20000}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
# Pending: the address that it was lent, and 8 GiB at 0.08 a month of 720 hours, 0.000888889.
bill hourly: $0.005888889
advance 30
# Running: 0.0104 more.
bill hourly: $0.016288889
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 20
# Stopped: the disk alone.
bill hourly: $0.000888889
