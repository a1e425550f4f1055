# Reserved Instances: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-reserved-instances.html. The prices are ours.

== what is offered
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeReservedInstancesOfferings.html
> ec2 DescribeReservedInstancesOfferings {"InstanceType":"m5.large","ProductDescription":"Linux/UNIX","OfferingClass":"standard","OfferingType":"No Upfront","MaxDuration":31536000,"Filters":[{"Name":"scope","Values":["Region"]}]}
= ReservedInstancesOfferings#: 1
= ReservedInstancesOfferings[0].InstanceType: m5.large
= ReservedInstancesOfferings[0].Duration: 31536000
= ReservedInstancesOfferings[0].FixedPrice: 0.0
= ReservedInstancesOfferings[0].RecurringCharges[0].Frequency: Hourly
= ReservedInstancesOfferings[0].CurrencyCode: USD
= ReservedInstancesOfferings[0].Scope: Region
= ReservedInstancesOfferings[0].AvailabilityZone: -
save id = ReservedInstancesOfferings[0].ReservedInstancesOfferingId
> ec2 DescribeReservedInstancesOfferings {"ReservedInstancesOfferingIds":["$id"]}
= ReservedInstancesOfferings#: 1
= ReservedInstancesOfferings[0].InstanceType: m5.large
> ec2 DescribeReservedInstancesOfferings {"InstanceType":"m5.large","AvailabilityZone":"us-east-1a","OfferingType":"All Upfront","MinDuration":94608000,"OfferingClass":"convertible"}
= ReservedInstancesOfferings#: 2
= ReservedInstancesOfferings[0].RecurringCharges: []
= ReservedInstancesOfferings[0].Scope: Availability Zone
> ec2 DescribeReservedInstancesOfferings {"AvailabilityZone":"us-east-1z"}
! InvalidParameterValue: Invalid value 'us-east-1z' for AvailabilityZone.
> ec2 DescribeReservedInstancesOfferings {}
= ReservedInstancesOfferings#: 100
= NextToken: *
> ec2 DescribeReservedInstancesOfferings {"ReservedInstancesOfferingIds":["00000000-0000-0000-0000-000000000000"]}
! InvalidReservedInstancesOfferingId

== buying
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_PurchaseReservedInstancesOffering.html
> ec2 DescribeReservedInstancesOfferings {"InstanceType":"m5.large","ProductDescription":"Linux/UNIX","OfferingClass":"standard","OfferingType":"Partial Upfront","MaxDuration":31536000}
save id = ReservedInstancesOfferings[0].ReservedInstancesOfferingId
save zonal = ReservedInstancesOfferings[1].ReservedInstancesOfferingId
> ec2 PurchaseReservedInstancesOffering {"ReservedInstancesOfferingId":"$id","InstanceCount":2}
save bought = ReservedInstancesId
> ec2 DescribeReservedInstances {}
= ReservedInstances[0].ReservedInstancesId: $bought
= ReservedInstances[0].State: payment-pending
= ReservedInstances[0].InstanceCount: 2
= ReservedInstances[0].Start: 2025-03-03T09:00:00Z
= ReservedInstances[0].End: 2026-03-03T09:00:00Z
advance 60
> ec2 DescribeReservedInstances {"Filters":[{"Name":"state","Values":["active"]}]}
= ReservedInstances#: 1
> ec2 DescribeReservedInstances {"OfferingClass":"convertible"}
= ReservedInstances: []
advance 31536000
> ec2 DescribeReservedInstances {}
= ReservedInstances[0].State: retired
> ec2 DescribeReservedInstances {"ReservedInstancesIds":["00000000-0000-0000-0000-000000000000"]}
! InvalidReservedInstancesId
> ec2 PurchaseReservedInstancesOffering {"ReservedInstancesOfferingId":"$id","InstanceCount":0}
! InvalidParameterValue
> ec2 PurchaseReservedInstancesOffering {"ReservedInstancesOfferingId":"$id","InstanceCount":1,"LimitPrice":{"Amount":1.0,"CurrencyCode":"USD"}}
! InvalidParameterValue
> ec2 PurchaseReservedInstancesOffering {"ReservedInstancesOfferingId":"$zonal","InstanceCount":1,"PurchaseTime":"2026-05-01T00:00:00Z"}
! InvalidParameterCombination

== queued for later, and taken back
> ec2 DescribeReservedInstancesOfferings {"InstanceType":"m5.large","OfferingType":"No Upfront"}
save id = ReservedInstancesOfferings[0].ReservedInstancesOfferingId
> ec2 PurchaseReservedInstancesOffering {"ReservedInstancesOfferingId":"$id","InstanceCount":1,"PurchaseTime":"2025-03-04T09:00:00Z"}
save queued = ReservedInstancesId
> ec2 DescribeReservedInstances {}
= ReservedInstances[0].State: queued
> ec2 DeleteQueuedReservedInstances {"ReservedInstancesIds":["$queued","00000000-0000-0000-0000-000000000000"]}
= SuccessfulQueuedPurchaseDeletions[0].ReservedInstancesId: $queued
= FailedQueuedPurchaseDeletions[0].Error.Code: reserved-instances-id-invalid
> ec2 DescribeReservedInstances {}
= ReservedInstances: []

== modifying: the footprint stays
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ri-modifying.html
> ec2 DescribeReservedInstancesOfferings {"InstanceType":"m5.large","ProductDescription":"Linux/UNIX","OfferingType":"No Upfront"}
save id = ReservedInstancesOfferings[0].ReservedInstancesOfferingId
> ec2 PurchaseReservedInstancesOffering {"ReservedInstancesOfferingId":"$id","InstanceCount":4}
save old = ReservedInstancesId
> ec2 ModifyReservedInstances {"ReservedInstancesIds":["$old"],"TargetConfigurations":[{"InstanceCount":2,"InstanceType":"m5.xlarge"}]}
! IncorrectState
advance 60
> ec2 ModifyReservedInstances {"ReservedInstancesIds":["$old"],"TargetConfigurations":[{"InstanceCount":3,"InstanceType":"m5.xlarge"}]}
! InvalidParameterValue
> ec2 ModifyReservedInstances {"ReservedInstancesIds":["$old"],"TargetConfigurations":[{"InstanceCount":4,"InstanceType":"c5.large"}]}
! InvalidParameterValue
> ec2 ModifyReservedInstances {"ClientToken":"t","ReservedInstancesIds":["$old"],"TargetConfigurations":[{"InstanceCount":1,"InstanceType":"m5.xlarge"},{"InstanceCount":2,"InstanceType":"m5.large","Scope":"Availability Zone","AvailabilityZone":"us-east-1a"}]}
= ReservedInstancesModificationId: rimod-*
save change = ReservedInstancesModificationId
> ec2 DescribeReservedInstancesModifications {}
= ReservedInstancesModifications[0].Status: processing
= ReservedInstancesModifications[0].ReservedInstancesIds: [{"ReservedInstancesId":"$old"}]
= ReservedInstancesModifications[0].ModificationResults[0].ReservedInstancesId: -
> ec2 DescribeReservedInstances {}
= ReservedInstances#: 1
advance 300
> ec2 DescribeReservedInstancesModifications {"ReservedInstancesModificationIds":["$change"]}
= ReservedInstancesModifications[0].Status: fulfilled
= ReservedInstancesModifications[0].ModificationResults#: 2
= ReservedInstancesModifications[0].ModificationResults[0].ReservedInstancesId: *
> ec2 DescribeReservedInstances {"Filters":[{"Name":"state","Values":["active"]}]}
= ReservedInstances#: 2
= ReservedInstances[0].InstanceType: m5.xlarge
= ReservedInstances[1].AvailabilityZone: us-east-1a
> ec2 DescribeReservedInstances {"ReservedInstancesIds":["$old"]}
= ReservedInstances[0].State: retired
> ec2 ModifyReservedInstances {"ClientToken":"t","ReservedInstancesIds":["$old"],"TargetConfigurations":[{"InstanceCount":4}]}
= ReservedInstancesModificationId: $change
