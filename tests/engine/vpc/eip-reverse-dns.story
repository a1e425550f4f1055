# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Elastic_Addressing_Reverse_DNS.html
> ec2 AllocateAddress {"Domain":"vpc"}
save eip = AllocationId
save address = PublicIp
> ec2 DescribeAddressesAttribute {"Attribute":"domain-name"}
= Addresses: [{"PublicIp":"$address","AllocationId":"$eip"}]
# The name must stand for the address first.
> ec2 ModifyAddressAttribute {"AllocationId":"$eip","DomainName":"mail.example.com"}
= Address.PtrRecord: -
= Address.PtrRecordUpdate: {"Value":"mail.example.com.","Status":"PENDING"}
> ec2 ModifyAddressAttribute {"AllocationId":"$eip","DomainName":"mail.example.com"}
! IncorrectState
advance 300
> ec2 DescribeAddressesAttribute {"AllocationIds":["$eip"]}
= Addresses[0].PtrRecord: -
= Addresses[0].PtrRecordUpdate.Status: FAILED
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"1"}
save zone = HostedZone.Id
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"mail.example.com","Type":"A","TTL":300,"ResourceRecords":[{"Value":"$address"}]}}]}}
advance 60
> ec2 ModifyAddressAttribute {"AllocationId":"$eip","DomainName":"mail.example.com"}
advance 300
event its reverse DNS name is mail.example.com.
> ec2 DescribeAddressesAttribute {"AllocationIds":["$eip"]}
= Addresses[0].PtrRecord: mail.example.com.
= Addresses[0].PtrRecordUpdate: -
> ec2 ReleaseAddress {"AllocationId":"$eip"}
! InvalidAddress.Locked: The address with allocation id $eip cannot be released because it is locked to your account.
> ec2 ResetAddressAttribute {"AllocationId":"$eip","Attribute":"domain-name"}
= Address.PtrRecord: mail.example.com.
advance 300
> ec2 DescribeAddressesAttribute {"AllocationIds":["$eip"]}
= Addresses: [{"PublicIp":"$address","AllocationId":"$eip"}]
> ec2 ReleaseAddress {"AllocationId":"$eip"}
> ec2 ModifyAddressAttribute {"AllocationId":"$eip","DomainName":"mail.example.com"}
! InvalidAllocationID.NotFound
