# https://aws.amazon.com/ec2/dedicated-hosts/pricing/: the host is paid for, whatever runs on it.

== a host costs by the hour, and the instances on it nothing
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceFamily":"m5","Quantity":1}
save host = HostIds[0]
bill hourly: $5.069000000
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.4xlarge","MinCount":2,"MaxCount":2,"Placement":{"HostId":"$host"},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":8}}]}
save web = Instances[0].InstanceId
save db = Instances[1].InstanceId
advance 3600
bill $host: 3,600 s × $5.069/h ÷ 3600 = $5.07
bill $web: * s × $0.00/h ÷ 3600 = $0.00
> ec2 TerminateInstances {"InstanceIds":["$web","$db"]}
advance 120
> ec2 ReleaseHosts {"HostIds":["$host"]}
meter $host DedicatedHost: 1 × m5 3720s ended
advance 3600
bill $host: 3,720 s × $5.069/h ÷ 3600 = $5.24
# Whatever its size, a host with nothing on it costs the same; c5 and r5 have their own price.
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceType":"c5.large","Quantity":1}
bill hourly: $3.366000000

== a Windows licence is paid for by the instance
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceType":"m5.large","Quantity":1}
save host = HostIds[0]
> ec2 RunInstances {"ImageId":"$windows","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"HostId":"$host"}}
save web = Instances[0].InstanceId
> stratus SetTiming {"Name":"instance.pending.windows","MinimumMillis":60000,"MaximumMillis":60000}
advance 90
advance 3600
bill $web: *($0.00 + $0.092 Windows licence)/h*

== it counts against no quota of vCPUs
# 5,120 vCPUs may run on demand: 53 m5.24xlarge. Those on hosts are none of them.
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceType":"m5.24xlarge","Quantity":2,"AutoPlacement":"on"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.24xlarge","MinCount":2,"MaxCount":2,"Placement":{"Tenancy":"host"}}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.24xlarge","MinCount":1,"MaxCount":60}
= Instances#: 53

== reservations: offered, previewed, bought, ended
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_PurchaseHostReservation.html; the prices are ours.
> ec2 DescribeHostReservationOfferings {"Filter":[{"Name":"instance-family","Values":["m5"]}]}
= OfferingSet#: 6
= OfferingSet[0].InstanceFamily: m5
= OfferingSet[0].PaymentOption: NoUpfront
= OfferingSet[0].Duration: 31536000
= OfferingSet[0].CurrencyCode: USD
= OfferingSet[0].UpfrontPrice: 0.000
save monthly = OfferingSet[0].OfferingId
= OfferingSet[5].PaymentOption: AllUpfront
= OfferingSet[5].Duration: 94608000
= OfferingSet[5].HourlyPrice: 0.000
save paid = OfferingSet[5].OfferingId
> ec2 DescribeHostReservationOfferings {"Filter":[{"Name":"instance-family","Values":["m5"]},{"Name":"payment-option","Values":["PartialUpfront"]}],"MaxDuration":40000000}
= OfferingSet#: 1
save half = OfferingSet[0].OfferingId
> ec2 DescribeHostReservationOfferings {"OfferingId":"$half"}
= OfferingSet#: 1
> ec2 DescribeHostReservationOfferings {"OfferingId":"hro-00000000000000000"}
! InvalidHostReservationOfferingId.NotFound
> ec2 DescribeHostReservationOfferings {"OfferingId":"offering"}
! InvalidHostReservationOfferingId.Malformed
> ec2 DescribeHostReservationOfferings {"MaxResults":5}
= OfferingSet#: 5
save more = NextToken
> ec2 DescribeHostReservationOfferings {"MaxResults":5,"NextToken":"$more"}
= OfferingSet#: 5

> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceType":"m5.large","Quantity":2}
save one = HostIds[0]
save two = HostIds[1]
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceType":"c5.large","Quantity":1}
save other = HostIds[0]
> ec2 GetHostReservationPurchasePreview {"OfferingId":"$half","HostIdSet":["$one","$two"]}
= CurrencyCode: USD
= Purchase[0].HostIdSet: ["$one","$two"]
= Purchase[0].PaymentOption: PartialUpfront
= Purchase[0].HostReservationId: -
= TotalUpfrontPrice: 26642.000
> ec2 GetHostReservationPurchasePreview {"OfferingId":"$half","HostIdSet":["$other"]}
! IncompatibleHostRequirements
> ec2 GetHostReservationPurchasePreview {"OfferingId":"$half","HostIdSet":["h-00000000000000000"]}
! InvalidHostID.NotFound
> ec2 PurchaseHostReservation {"OfferingId":"$half","HostIdSet":["$one"],"LimitPrice":"100.00"}
! InvalidParameterValue
advance 3600
> ec2 PurchaseHostReservation {"OfferingId":"$half","HostIdSet":["$one"],"LimitPrice":"20000","ClientToken":"buy","TagSpecifications":[{"ResourceType":"host-reservation","Tags":[{"Key":"Name","Value":"licences"}]}]}
= ClientToken: buy
= TotalUpfrontPrice: 13321.000
save bought = Purchase[0].HostReservationId
> ec2 PurchaseHostReservation {"OfferingId":"$half","HostIdSet":["$one"],"LimitPrice":"20000","ClientToken":"buy","TagSpecifications":[{"ResourceType":"host-reservation","Tags":[{"Key":"Name","Value":"licences"}]}]}
= Purchase[0].HostReservationId: $bought
> ec2 PurchaseHostReservation {"OfferingId":"$paid","HostIdSet":["$one"]}
! HostAlreadyCoveredByReservation
> ec2 DescribeHostReservations {}
= HostReservationSet#: 1
= HostReservationSet[0].HostReservationId: $bought
= HostReservationSet[0].State: active
= HostReservationSet[0].Count: 1
= HostReservationSet[0].HostIdSet: ["$one"]
= HostReservationSet[0].OfferingId: $half
= HostReservationSet[0].Start: 2025-03-03T10:00:00Z
= HostReservationSet[0].End: 2026-03-03T10:00:00Z
= HostReservationSet[0].Tags[0].Value: licences
> ec2 DescribeHostReservations {"Filter":[{"Name":"state","Values":["retired"]}]}
= HostReservationSet#: 0
> ec2 DescribeHostReservations {"HostReservationIdSet":["hr-00000000000000000"]}
! InvalidHostReservationId.NotFound
> ec2 DescribeHosts {"Filter":[{"Name":"host-reservation-id","Values":["$bought"]}]}
= Hosts[0].HostId: $one
# The host's own hours are over; the reservation's are paid for, used or not.
meter $one DedicatedHost: 1 × m5 3600s ended
advance 3600
bill $one: 3,600 s × $5.069/h ÷ 3600 = $5.07
bill $bought: 1 host × $13321.00 = $13321.00; 1 host × 3,600 s × $1.5207/h ÷ 3600 = $1.52
> ec2 ReleaseHosts {"HostIds":["$one"]}
= Unsuccessful[0].Error.Code: Client.OperationNotPermitted
# After a year the host costs the on-demand price again, and may be released.
advance 31532400
> ec2 DescribeHostReservations {}
= HostReservationSet[0].State: retired
> ec2 DescribeHosts {"HostIds":["$one"]}
= Hosts[0].HostReservationId: -
meter $one DedicatedHost: 1 × m5 3600s ended; 1 × m5 0s running
> ec2 ReleaseHosts {"HostIds":["$one"]}
= Successful: ["$one"]
