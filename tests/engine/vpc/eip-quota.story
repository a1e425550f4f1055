# Five a Region: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html#using-instance-addressing-limit
> ec2 AllocateAddress {}
> ec2 AllocateAddress {}
> ec2 AllocateAddress {}
> ec2 AllocateAddress {}
> ec2 AllocateAddress {}
save last = AllocationId
> ec2 AllocateAddress {}
! AddressLimitExceeded: The maximum number of addresses has been reached.
> ec2 ReleaseAddress {"AllocationId":"$last"}
> ec2 AllocateAddress {}
region eu-west-1
> ec2 AllocateAddress {}
= NetworkBorderGroup: eu-west-1
