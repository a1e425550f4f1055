# Spot Instances: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-instances.html. The prices are ours.

== a request is evaluated, then fulfilled
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RequestSpotInstances.html
> ec2 RequestSpotInstances {"InstanceCount":2,"LaunchSpecification":{"ImageId":"$al2023","InstanceType":"m5.large"},"TagSpecifications":[{"ResourceType":"spot-instances-request","Tags":[{"Key":"job","Value":"render"}]}]}
= SpotInstanceRequests#: 2
= SpotInstanceRequests[0].State: open
= SpotInstanceRequests[0].Status.Code: pending-evaluation
= SpotInstanceRequests[0].Type: one-time
= SpotInstanceRequests[0].InstanceInterruptionBehavior: terminate
= SpotInstanceRequests[0].ProductDescription: Linux/UNIX
# Without a price it is the on-demand price.
= SpotInstanceRequests[0].SpotPrice: 0.096000
= SpotInstanceRequests[0].LaunchSpecification.InstanceType: m5.large
save one = SpotInstanceRequests[0].SpotInstanceRequestId
advance 10
> ec2 DescribeSpotInstanceRequests {"Filters":[{"Name":"tag:job","Values":["render"]}]}
= SpotInstanceRequests#: 2
= SpotInstanceRequests[0].State: active
= SpotInstanceRequests[0].Status.Code: fulfilled
= SpotInstanceRequests[0].LaunchedAvailabilityZone: us-east-1*
save web = SpotInstanceRequests[0].InstanceId
> ec2 DescribeInstances {"Filters":[{"Name":"instance-lifecycle","Values":["spot"]}]}
= Reservations#: 2
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].InstanceLifecycle: spot
= Reservations[0].Instances[0].SpotInstanceRequestId: $one
advance 60
# A one-time request's instance cannot be stopped, and its end closes the request.
> ec2 StopInstances {"InstanceIds":["$web"]}
! UnsupportedOperation: You can't stop the Spot Instance '$web' because it is associated with a one-time Spot Instance request.
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeSpotInstanceRequests {"SpotInstanceRequestIds":["$one"]}
= SpotInstanceRequests[0].State: closed
= SpotInstanceRequests[0].Status.Code: instance-terminated-by-user
> ec2 DescribeSpotInstanceRequests {"Filters":[{"Name":"state","Values":["active"]},{"Name":"launch.instance-type","Values":["m5.*"]}]}
= SpotInstanceRequests#: 1
> ec2 DescribeSpotInstanceRequests {"Filters":[{"Name":"status-code","Values":["fulfilled"]}],"MaxResults":5}
= SpotInstanceRequests#: 1

== a price that is too low waits
> ec2 RequestSpotInstances {"SpotPrice":"0.001","LaunchSpecification":{"ImageId":"$al2023","InstanceType":"m5.large"}}
= SpotInstanceRequests[0].SpotPrice: 0.001000
save request = SpotInstanceRequests[0].SpotInstanceRequestId
advance 10
> ec2 DescribeSpotInstanceRequests {"SpotInstanceRequestIds":["$request"]}
= SpotInstanceRequests[0].State: open
= SpotInstanceRequests[0].Status.Code: price-too-low
= SpotInstanceRequests[0].InstanceId: -
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CancelSpotInstanceRequests.html
> ec2 CancelSpotInstanceRequests {"SpotInstanceRequestIds":["$request"]}
= CancelledSpotInstanceRequests: [{"SpotInstanceRequestId":"$request","State":"cancelled"}]
> ec2 DescribeSpotInstanceRequests {"SpotInstanceRequestIds":["$request"]}
= SpotInstanceRequests[0].Status.Code: canceled-before-fulfillment
> ec2 DescribeInstances {}
= Reservations: []

== what a request may not be
> ec2 RequestSpotInstances {"SpotPrice":"cheap","LaunchSpecification":{"ImageId":"$al2023","InstanceType":"m5.large"}}
! InvalidParameterValue
> ec2 RequestSpotInstances {"LaunchSpecification":{"ImageId":"ami-00000000000000000","InstanceType":"m5.large"}}
! InvalidAMIID.NotFound
> ec2 RequestSpotInstances {"InstanceCount":0,"LaunchSpecification":{"ImageId":"$al2023","InstanceType":"m5.large"}}
! InvalidParameterValue
> ec2 RequestSpotInstances {"InstanceInterruptionBehavior":"stop","LaunchSpecification":{"ImageId":"$al2023","InstanceType":"m5.large"}}
! InvalidParameterCombination
> ec2 RequestSpotInstances {"ValidUntil":"2025-03-01T00:00:00Z","LaunchSpecification":{"ImageId":"$al2023","InstanceType":"m5.large"}}
! InvalidParameterValue
> ec2 RequestSpotInstances {}
! MissingParameter
> ec2 DescribeSpotInstanceRequests {"SpotInstanceRequestIds":["sir-00000000000000000"]}
! InvalidSpotInstanceRequestID.NotFound
> ec2 DescribeSpotInstanceRequests {"SpotInstanceRequestIds":["sir-x"]}
! InvalidSpotInstanceRequestID.Malformed
# What only the launch finds out fails the request.
> ec2 RequestSpotInstances {"LaunchSpecification":{"ImageId":"$al2023","InstanceType":"m5.large","KeyName":"none"}}
save bad = SpotInstanceRequests[0].SpotInstanceRequestId
advance 10
> ec2 DescribeSpotInstanceRequests {"SpotInstanceRequestIds":["$bad"]}
= SpotInstanceRequests[0].State: failed
= SpotInstanceRequests[0].Status.Code: bad-parameters
= SpotInstanceRequests[0].Fault.Code: InvalidKeyPair.NotFound

== valid only for a while
> ec2 RequestSpotInstances {"ValidFrom":"2025-03-03T10:00:00Z","ValidUntil":"2025-03-03T11:00:00Z","SpotPrice":"0.001","LaunchSpecification":{"ImageId":"$al2023","InstanceType":"m5.large"}}
save request = SpotInstanceRequests[0].SpotInstanceRequestId
advance 10
> ec2 DescribeSpotInstanceRequests {}
= SpotInstanceRequests[0].Status.Code: not-scheduled-yet
advance 3600
> ec2 DescribeSpotInstanceRequests {}
= SpotInstanceRequests[0].Status.Code: price-too-low
advance 3600
> ec2 DescribeSpotInstanceRequests {}
= SpotInstanceRequests[0].State: cancelled
= SpotInstanceRequests[0].Status.Code: schedule-expired

== RunInstances on the Spot market
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SpotMarketOptions.html
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"InstanceMarketOptions":{"MarketType":"spot"},"TagSpecifications":[{"ResourceType":"spot-instances-request","Tags":[{"Key":"a","Value":"b"}]}]}
= Instances[0].InstanceLifecycle: spot
= Instances[0].SpotInstanceRequestId: sir-*
save web = Instances[0].InstanceId
save request = Instances[0].SpotInstanceRequestId
> ec2 DescribeSpotInstanceRequests {"Filters":[{"Name":"tag:a","Values":["b"]}]}
= SpotInstanceRequests[0].SpotInstanceRequestId: $request
= SpotInstanceRequests[0].State: active
= SpotInstanceRequests[0].InstanceId: $web
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"InstanceMarketOptions":{"MarketType":"spot","SpotOptions":{"MaxPrice":"0.0001"}}}
! SpotMaxPriceTooLow: Your Spot request price of 0.0001 is lower than the minimum required Spot request fulfillment price of
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"InstanceMarketOptions":{"SpotOptions":{"MaxPrice":"0.1"}}}
! MissingParameter
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"InstanceMarketOptions":{"MarketType":"spot","SpotOptions":{"InstanceInterruptionBehavior":"hibernate"}}}
! InvalidParameterCombination
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"InstanceMarketOptions":{"MarketType":"spot","SpotOptions":{"ValidUntil":"2026-01-01T00:00:00Z"}}}
! InvalidParameterCombination
# Cancelling an active request leaves its instance alone.
> ec2 CancelSpotInstanceRequests {"SpotInstanceRequestIds":["$request"]}
= CancelledSpotInstanceRequests[0].State: cancelled
> ec2 DescribeSpotInstanceRequests {"SpotInstanceRequestIds":["$request"]}
= SpotInstanceRequests[0].Status.Code: request-canceled-and-instance-running
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].State.Name: running

== a persistent request opens again, and can be stopped
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"InstanceMarketOptions":{"MarketType":"spot","SpotOptions":{"SpotInstanceType":"persistent","InstanceInterruptionBehavior":"stop"}}}
save web = Instances[0].InstanceId
save request = Instances[0].SpotInstanceRequestId
advance 60
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeSpotInstanceRequests {}
= SpotInstanceRequests[0].State: disabled
= SpotInstanceRequests[0].Status.Code: instance-stopped-by-user
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeSpotInstanceRequests {}
= SpotInstanceRequests[0].State: active
= SpotInstanceRequests[0].Status.Code: fulfilled
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeSpotInstanceRequests {}
= SpotInstanceRequests[0].State: active
save second = SpotInstanceRequests[0].InstanceId
differ $web $second
# Cancelling a request whose instance is stopped ends the instance.
> ec2 StopInstances {"InstanceIds":["$second"]}
advance 60
> ec2 CancelSpotInstanceRequests {"SpotInstanceRequestIds":["$request"]}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$second"]}
= Reservations[0].Instances[0].State.Name: terminated
> ec2 DescribeSpotInstanceRequests {}
= SpotInstanceRequests[0].State: cancelled

== an interruption: a notice, two minutes, the end
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html
> ec2 DescribeSpotPriceHistory {"InstanceTypes":["m5.large"],"ProductDescriptions":["Linux/UNIX"],"AvailabilityZone":"us-east-1a","StartTime":"2025-03-03T09:00:00Z"}
= SpotPriceHistory#: 1
= SpotPriceHistory[0].Timestamp: 2025-03-03T08:00:00Z
save price = SpotPriceHistory[0].SpotPrice
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"AvailabilityZone":"us-east-1a"},"InstanceMarketOptions":{"MarketType":"spot","SpotOptions":{"MaxPrice":"$price"}}}
save web = Instances[0].InstanceId
# Sooner or later the price is above what it was. The guest may read it in its metadata in the last two minutes.
advance 428340
% $web t=$(curl -sX PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60"); curl -so /dev/null -w "%{http_code}" -H "X-aws-ec2-metadata-token: ${t}" http://169.254.169.254/latest/meta-data/spot/instance-action
| 404
advance 120
% $web t=$(curl -sX PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60"); for="-sH X-aws-ec2-metadata-token:${t} http://169.254.169.254/latest/meta-data"; curl ${for}/instance-life-cycle; echo; curl ${for}/spot/instance-action; echo; curl ${for}/spot/termination-time
| spot
| {"action": "terminate", "time": "2025-03-08T08:02:00Z"}
| 2025-03-08T08:02:00Z
advance 2163540
> ec2 DescribeSpotInstanceRequests {}
= SpotInstanceRequests[0].State: closed
= SpotInstanceRequests[0].Status.Code: instance-terminated-by-price
event active, marked-for-termination
event running → shutting-down

== a Spot Instance costs its price, which may change every four hours
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"InstanceMarketOptions":{"MarketType":"spot"}}
save web = Instances[0].InstanceId
advance 3600
meter $web Instance: 1 × m5.large/Linux/UNIX/spot@*
> ec2 TerminateInstances {"InstanceIds":["$web"]}
bill $web: * s × $0.0*/h ÷ 3600 = *

== prices of the past
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSpotPriceHistory.html
> ec2 DescribeSpotPriceHistory {"InstanceTypes":["m5.large"],"ProductDescriptions":["Linux/UNIX"],"StartTime":"2025-03-03T00:00:00Z","EndTime":"2025-03-03T07:59:59Z"}
# Five of the six zones have the type, and a price holds for four hours.
= SpotPriceHistory#: 10
= SpotPriceHistory[0].InstanceType: m5.large
= SpotPriceHistory[0].Timestamp: 2025-03-03T04:00:00Z
= SpotPriceHistory[9].Timestamp: 2025-03-03T00:00:00Z
= NextToken: 
> ec2 DescribeSpotPriceHistory {"InstanceTypes":["m5.large"],"MaxResults":3}
= SpotPriceHistory#: 3
save next = NextToken
save first = SpotPriceHistory[0].AvailabilityZone
> ec2 DescribeSpotPriceHistory {"InstanceTypes":["m5.large"],"MaxResults":3,"NextToken":"$next"}
= SpotPriceHistory#: 3
> ec2 DescribeSpotPriceHistory {"Filters":[{"Name":"instance-type","Values":["m5.large"]},{"Name":"availability-zone","Values":["us-east-1b"]},{"Name":"product-description","Values":["Windows"]}],"InstanceTypes":["m5.large","c5.large"],"StartTime":"2025-03-03T09:00:00Z"}
= SpotPriceHistory#: 1
= SpotPriceHistory[0].ProductDescription: Windows
> ec2 DescribeSpotPriceHistory {"InstanceTypes":["m9.large"]}
! InvalidParameterValue
> ec2 DescribeSpotPriceHistory {"StartTime":"2025-03-03T08:00:00Z","EndTime":"2025-03-02T08:00:00Z"}
! InvalidParameterValue

== the data feed
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-data-feeds.html
> ec2 DescribeSpotDatafeedSubscription {}
! InvalidSpotDatafeed.NotFound: Spot datafeed subscription does not exist.
> ec2 CreateSpotDatafeedSubscription {"Bucket":"feeds"}
! InaccessibleStorageLocation
> s3 CreateBucket {"Bucket":"feeds"}
> ec2 CreateSpotDatafeedSubscription {"Bucket":"feeds","Prefix":"spot"}
= SpotDatafeedSubscription: {"Bucket":"feeds","OwnerId":"123456789012","Prefix":"spot","State":"Active"}
region eu-west-1
> ec2 DescribeSpotDatafeedSubscription {}
= SpotDatafeedSubscription.Bucket: feeds
> ec2 DeleteSpotDatafeedSubscription {}
> ec2 DescribeSpotDatafeedSubscription {}
! InvalidSpotDatafeed.NotFound

== the quota of Spot Instances counts vCPUs that run and those that open requests wait for
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-limits.html. 5,120 vCPUs (ours) are 53 m5.24xlarge.
> ec2 RequestSpotInstances {"InstanceCount":54,"LaunchSpecification":{"ImageId":"$al2023","InstanceType":"m5.24xlarge"}}
! MaxSpotInstanceCountExceeded: Max spot instance count exceeded
> ec2 RequestSpotInstances {"InstanceCount":1,"SpotPrice":"0.0001","LaunchSpecification":{"ImageId":"$al2023","InstanceType":"m5.24xlarge"}}
save waits = SpotInstanceRequests[0].SpotInstanceRequestId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":53,"MaxCount":53,"InstanceType":"m5.24xlarge","InstanceMarketOptions":{"MarketType":"spot"}}
! MaxSpotInstanceCountExceeded: Max spot instance count exceeded
> ec2 RunInstances {"ImageId":"$al2023","MinCount":50,"MaxCount":60,"InstanceType":"m5.24xlarge","InstanceMarketOptions":{"MarketType":"spot"}}
= Instances#: 52
> ec2 RequestSpotInstances {"LaunchSpecification":{"ImageId":"$al2023","InstanceType":"m5.24xlarge"}}
! MaxSpotInstanceCountExceeded: Max spot instance count exceeded
# Whoever cancels a request that waits has room again; On-Demand Instances have a quota of their own.
> ec2 CancelSpotInstanceRequests {"SpotInstanceRequestIds":["$waits"]}
> ec2 RequestSpotInstances {"LaunchSpecification":{"ImageId":"$al2023","InstanceType":"m5.24xlarge"}}
= SpotInstanceRequests[0].State: open
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5.24xlarge"}
advance 10
> ec2 DescribeSpotInstanceRequests {"Filters":[{"Name":"status-code","Values":["fulfilled"]}]}
= SpotInstanceRequests#: 53

== those that start are counted together
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":2,"InstanceType":"m5.24xlarge","InstanceMarketOptions":{"MarketType":"spot","SpotOptions":{"SpotInstanceType":"persistent","InstanceInterruptionBehavior":"stop"}}}
save one = Instances[0].InstanceId
save two = Instances[1].InstanceId
advance 120
> ec2 StopInstances {"InstanceIds":["$one","$two"]}
advance 120
> ec2 RunInstances {"ImageId":"$al2023","MinCount":52,"MaxCount":52,"InstanceType":"m5.24xlarge","InstanceMarketOptions":{"MarketType":"spot"}}
> ec2 StartInstances {"InstanceIds":["$one","$two"]}
! MaxSpotInstanceCountExceeded
> ec2 StartInstances {"InstanceIds":["$one"]}
= StartingInstances[0].CurrentState.Name: pending
