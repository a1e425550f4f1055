# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/transfer-EIPs-intro-ec2.html. One account is simulated: OfferAddress and
# TakeAddress of our own service are what another account does.

== offered, seen, withdrawn
> ec2 AllocateAddress {"TagSpecifications":[{"ResourceType":"elastic-ip","Tags":[{"Key":"use","Value":"mail"}]}]}
save eip = AllocationId
save address = PublicIp
> ec2 EnableAddressTransfer {"AllocationId":"$eip","TransferAccountId":"210987654321"}
= AddressTransfer.PublicIp: $address
= AddressTransfer.AllocationId: $eip
= AddressTransfer.TransferAccountId: 210987654321
= AddressTransfer.AddressTransferStatus: pending
# Seven days from now.
= AddressTransfer.TransferOfferExpirationTimestamp: 2025-03-10T09:00:00Z
= AddressTransfer.TransferOfferAcceptedTimestamp: -
> ec2 DescribeAddressTransfers {}
= AddressTransfers#: 1
= AddressTransfers[0].AllocationId: $eip
> ec2 EnableAddressTransfer {"AllocationId":"$eip","TransferAccountId":"210987654321"}
= AddressTransfer.AddressTransferStatus: pending
> ec2 EnableAddressTransfer {"AllocationId":"$eip","TransferAccountId":"111122223333"}
! IncorrectState
# It is still the account's own meanwhile.
> ec2 DescribeAddresses {"AllocationIds":["$eip"]}
= Addresses[0].Tags[0].Value: mail
> ec2 DisableAddressTransfer {"AllocationId":"$eip"}
= AddressTransfer.AddressTransferStatus: disabled
= AddressTransfer.TransferAccountId: 210987654321
> ec2 DescribeAddressTransfers {}
= AddressTransfers#: 0
> ec2 DisableAddressTransfer {"AllocationId":"$eip"}
! IncorrectState
> stratus TakeAddress {"PublicIp":"$address","AccountId":"210987654321"}
! InvalidAddress.NotFound

== what cannot be offered, and to whom
> ec2 AllocateAddress {}
save eip = AllocationId
> ec2 EnableAddressTransfer {"AllocationId":"eipalloc-00000000000000000","TransferAccountId":"210987654321"}
! InvalidAllocationID.NotFound
> ec2 EnableAddressTransfer {"AllocationId":"$eip","TransferAccountId":"123456789012"}
! InvalidParameterValue
> ec2 EnableAddressTransfer {"AllocationId":"$eip","TransferAccountId":"me"}
! InvalidParameterValue
> ec2 EnableAddressTransfer {"AllocationId":"$eip","TransferAccountId":"210987654321","DryRun":true}
! DryRunOperation
> ec2 DescribeAddressTransfers {"AllocationIds":["eipalloc-00000000000000000"]}
! InvalidAllocationID.NotFound
> ec2 DescribeAddressTransfers {"AllocationIds":["$eip"]}
= AddressTransfers#: 0

== an offer that nobody accepts ends after seven days
> ec2 AllocateAddress {}
save eip = AllocationId
save address = PublicIp
> ec2 EnableAddressTransfer {"AllocationId":"$eip","TransferAccountId":"210987654321"}
advance 604799
> ec2 DescribeAddressTransfers {}
= AddressTransfers#: 1
advance 1
> ec2 DescribeAddressTransfers {}
= AddressTransfers#: 0
event the offer of
> stratus TakeAddress {"PublicIp":"$address","AccountId":"210987654321"}
! InvalidAddress.NotFound
> ec2 DescribeAddresses {"AllocationIds":["$eip"]}
= Addresses[0].PublicIp: $address
# An earlier offer's end does not end a later one.
> ec2 EnableAddressTransfer {"AllocationId":"$eip","TransferAccountId":"210987654321"}
advance 300000
> ec2 DisableAddressTransfer {"AllocationId":"$eip"}
> ec2 EnableAddressTransfer {"AllocationId":"$eip","TransferAccountId":"210987654321"}
advance 400000
> ec2 DescribeAddressTransfers {}
= AddressTransfers#: 1

== the other account accepts
> ec2 AllocateAddress {"TagSpecifications":[{"ResourceType":"elastic-ip","Tags":[{"Key":"use","Value":"mail"}]}]}
save eip = AllocationId
save address = PublicIp
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
advance 60
> ec2 AssociateAddress {"AllocationId":"$eip","InstanceId":"$web"}
save association = AssociationId
# An associated address can be offered, but not accepted.
> ec2 EnableAddressTransfer {"AllocationId":"$eip","TransferAccountId":"210987654321"}
> stratus TakeAddress {"PublicIp":"$address","AccountId":"210987654321"}
! InvalidTransfer.AddressAssociated
> ec2 DisassociateAddress {"AssociationId":"$association"}
# The wrong account knows nothing of it.
> stratus TakeAddress {"PublicIp":"$address","AccountId":"111122223333"}
! InvalidAddress.NotFound
> stratus TakeAddress {"PublicIp":"$address","AccountId":"210987654321"}
> ec2 DescribeAddresses {}
= Addresses#: 0
> ec2 DescribeTags {"Filters":[{"Name":"resource-id","Values":["$eip"]}]}
= Tags#: 0
meter $eip PublicAddress: 1 × idle 60s ended; 1 × in-use 0s ended; 1 × idle 0s ended
# Accepted transfers are visible for fourteen days.
> ec2 DescribeAddressTransfers {"AllocationIds":["$eip"]}
= AddressTransfers[0].AddressTransferStatus: accepted
= AddressTransfers[0].TransferOfferAcceptedTimestamp: 2025-03-03T09:01:00Z
> ec2 DisableAddressTransfer {"AllocationId":"$eip"}
! InvalidAllocationID.NotFound
# It cannot be had back by asking for it.
> ec2 AllocateAddress {"Address":"$address"}
! InvalidAddress.NotFound
advance 1209599
> ec2 DescribeAddressTransfers {}
= AddressTransfers#: 1
advance 1
> ec2 DescribeAddressTransfers {}
= AddressTransfers#: 0

== an address with a reverse name is not accepted
> ec2 AllocateAddress {}
save eip = AllocationId
save address = PublicIp
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"1"}
save zone = HostedZone.Id
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"mail.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"$address"}]}}]}}
> ec2 EnableAddressTransfer {"AllocationId":"$eip","TransferAccountId":"210987654321"}
> ec2 ReleaseAddress {"AllocationId":"$eip"}
> ec2 DescribeAddressTransfers {}
= AddressTransfers#: 0
> stratus TakeAddress {"PublicIp":"$address","AccountId":"210987654321"}
! InvalidAddress.NotFound

== accepting what another account offers
> ec2 AcceptAddressTransfer {"Address":"198.51.100.7"}
! InvalidAddress.NotFound
> stratus OfferAddress {"AccountId":"123456789012"}
! InvalidParameterValue
> stratus OfferAddress {"AccountId":"210987654321","State":"associated"}
save address = PublicIp
> ec2 AcceptAddressTransfer {"Address":"$address"}
! InvalidTransfer.AddressAssociated
> stratus OfferAddress {"AccountId":"210987654321","PublicIp":"$address","State":"named"}
> ec2 AcceptAddressTransfer {"Address":"$address"}
! InvalidTransfer.AddressCustomPtrSet
> stratus OfferAddress {"AccountId":"210987654321","PublicIp":"$address"}
> ec2 AcceptAddressTransfer {"Address":"$address","TagSpecifications":[{"ResourceType":"elastic-ip","Tags":[{"Key":"Name","Value":"taken over"}]}]}
= AddressTransfer.PublicIp: $address
= AddressTransfer.AddressTransferStatus: accepted
= AddressTransfer.TransferAccountId: 123456789012
save eip = AddressTransfer.AllocationId
> ec2 DescribeAddresses {"AllocationIds":["$eip"]}
= Addresses[0].PublicIp: $address
= Addresses[0].Tags[0].Value: taken over
meter $eip PublicAddress: 1 × idle 0s running
> ec2 AcceptAddressTransfer {"Address":"$address"}
! InvalidAddress.NotFound
# Too late.
> stratus OfferAddress {"AccountId":"210987654321"}
save late = PublicIp
advance 604800
> ec2 AcceptAddressTransfer {"Address":"$late"}
! InvalidAddress.NotFound
# The quota of addresses counts.
> ec2 AllocateAddress {}
> ec2 AllocateAddress {}
> ec2 AllocateAddress {}
> ec2 AllocateAddress {}
> stratus OfferAddress {"AccountId":"210987654321"}
save more = PublicIp
> ec2 AcceptAddressTransfer {"Address":"$more"}
! AddressLimitExceeded
> ec2 ReleaseAddress {"AllocationId":"$eip"}
> ec2 AcceptAddressTransfer {"Address":"$more"}
