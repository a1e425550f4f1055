# Reserved Instances: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/apply_ri.html. Their prices are ours: of the on-demand
# price of m5.large, 0.096 USD an hour, 63 % without, 60 % with half paid upfront.

== one reservation, two instances: it pays for one, used or not
> stratus SetTiming {"Name":"instance.pending.linux","MinimumMillis":30000,"MaximumMillis":30000}
> ec2 DescribeReservedInstancesOfferings {"InstanceType":"m5.large","ProductDescription":"Linux/UNIX","OfferingClass":"standard","OfferingType":"No Upfront","MaxDuration":31536000}
save regional = ReservedInstancesOfferings[0].ReservedInstancesOfferingId
> ec2 PurchaseReservedInstancesOffering {"ReservedInstancesOfferingId":"$regional","InstanceCount":1}
save bought = ReservedInstancesId
advance 1800
# 1,800 × 0.06048 ÷ 3600 = 0.03024: the hour costs without an instance too.
bill total: $0.030240000
bill services: Reserved Instances $0.03024
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5.large"}
save one = Instances[0].InstanceId
advance 1830
# Running since 09:30:30; 1,800 s, all within the reservation's hours.
bill $one: (1,800 s − 1,800 s of Reserved Instances = 0 s) × $0.096/h ÷ 3600 = $0.00
bill $bought: 1 × 3,630 s × $0.06048/h ÷ 3600 = $0.0610, used or not; it has paid for 1,800 s of instances
# From 10:00:30 two run. At 11:00:30 hour 10 has 3,600 + 3,540 s, of which one reservation pays 3,600 (here the second runs from 10:01:00).
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5.large"}
save two = Instances[0].InstanceId
advance 3570
now 2025-03-03T11:00:00Z
bill $one: (5,370 s − 5,370 s of Reserved Instances = 0 s) × $0.096/h ÷ 3600 = $0.00
bill $two: 3,540 s × $0.096/h ÷ 3600 = $0.0944
# What an hour costs as things run: the reservation 0.06048, one instance 0.096, two volumes of 8 GiB and two addresses.
bill hourly: $0.168257778

== a clock hour's seconds are shared by who runs in it
> stratus SetTiming {"Name":"instance.pending.linux","MinimumMillis":60000,"MaximumMillis":60000}
> ec2 DescribeReservedInstancesOfferings {"InstanceType":"m5.large","ProductDescription":"Linux/UNIX","OfferingClass":"standard","OfferingType":"Partial Upfront","MaxDuration":31536000}
save regional = ReservedInstancesOfferings[0].ReservedInstancesOfferingId
> ec2 PurchaseReservedInstancesOffering {"ReservedInstancesOfferingId":"$regional","InstanceCount":1}
save bought = ReservedInstancesId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":2,"InstanceType":"m5.large"}
save one = Instances[0].InstanceId
save two = Instances[1].InstanceId
advance 1860
# Two for half an hour are an hour: both are paid for. 252 USD are half of 0.0576 × 8,760, in whole dollars.
bill $one: (1,800 s − 1,800 s of Reserved Instances = 0 s) × $0.096/h ÷ 3600 = $0.00
bill $two: (1,800 s − 1,800 s of Reserved Instances = 0 s) × $0.096/h ÷ 3600 = $0.00
bill $bought: 1 × $252.00 upfront = $252.00; 1 × 1,860 s × $0.0288/h ÷ 3600 = $0.0149, used or not; it has paid for 3,600 s of instances
# Undo takes all of it back.
undo
undo
undo
bill total: $0.000000000

== other sizes of the family, the smaller first
> stratus SetTiming {"Name":"instance.pending.linux","MinimumMillis":60000,"MaximumMillis":60000}
> stratus SetTiming {"Name":"instance.pending.windows","MinimumMillis":60000,"MaximumMillis":60000}
> ec2 DescribeReservedInstancesOfferings {"InstanceType":"t3.medium","ProductDescription":"Linux/UNIX","OfferingClass":"standard","OfferingType":"No Upfront","MaxDuration":31536000}
save regional = ReservedInstancesOfferings[0].ReservedInstancesOfferingId
save zonal = ReservedInstancesOfferings[1].ReservedInstancesOfferingId
> ec2 PurchaseReservedInstancesOffering {"ReservedInstancesOfferingId":"$regional","InstanceCount":1}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.small"}
save small = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.large"}
save large = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$windows","MinCount":1,"MaxCount":1,"InstanceType":"t3.small"}
save windows = Instances[0].InstanceId
advance 3540
advance 120
# From 09:01 to 10:01: hour 9 has 59 minutes of use, hour 10 one so far; a reservation gives each hour 3,600 s.
# A medium has factor 2, so 7,200 an hour: in hour 9 the small takes 3,540, and the large, which has 4, has 915 s of the rest;
# in hour 10 there is enough for all of its minute. Windows is another platform.
bill $small: (3,600 s − 3,600 s of Reserved Instances = 0 s) × $0.0208/h ÷ 3600 = $0.00
bill $large: (3,600 s − 975 s of Reserved Instances = 2,625 s) × $0.0832/h ÷ 3600 = $0.0607
bill $windows: 3,600 s × ($0.0208 + $0.0184 Windows licence)/h ÷ 3600 = $0.0392

== a zonal one is for its zone, type and platform, before a regional one
> stratus SetTiming {"Name":"instance.pending.linux","MinimumMillis":60000,"MaximumMillis":60000}
> ec2 DescribeReservedInstancesOfferings {"InstanceType":"m5.large","AvailabilityZone":"us-east-1a","ProductDescription":"Linux/UNIX","OfferingClass":"standard","OfferingType":"All Upfront","MaxDuration":31536000}
save zonal = ReservedInstancesOfferings[0].ReservedInstancesOfferingId
> ec2 PurchaseReservedInstancesOffering {"ReservedInstancesOfferingId":"$zonal","InstanceCount":1}
save bought = ReservedInstancesId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5.large","Placement":{"AvailabilityZone":"us-east-1b"}}
save b = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5.xlarge","Placement":{"AvailabilityZone":"us-east-1a"}}
save bigger = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5.large","Placement":{"AvailabilityZone":"us-east-1a"}}
save a = Instances[0].InstanceId
advance 3540
advance 120
bill $b: 3,600 s × $0.096/h ÷ 3600 = $0.0960
bill $bigger: 3,600 s × $0.192/h ÷ 3600 = $0.1920
bill $a: (3,600 s − 3,600 s of Reserved Instances = 0 s) × $0.096/h ÷ 3600 = $0.00
bill $bought: 1 × $496.00 upfront = $496.00; 1 × 3,660 s × $0.00/h ÷ 3600 = $0.00, used or not; it has paid for 3,600 s of instances
# It stays so when nothing is left of the instance.
> ec2 TerminateInstances {"InstanceIds":["$a"]}
advance 10000
bill $a: (3,600 s − 3,600 s of Reserved Instances = 0 s) × $0.096/h ÷ 3600 = $0.00
