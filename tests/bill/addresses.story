# Every public IPv4 address costs 0.005 USD an hour, in use or idle (since February 2024).
> ec2 AllocateAddress {}
save eip = AllocationId
> ec2 AllocateAddress {}
save other = AllocationId
advance 3600
bill $eip: 3,600 s × $0.005/h ÷ 3600 = $0.00500
> ec2 ReleaseAddress {"AllocationId":"$other"}
> stratus SetTiming {"Name":"instance.pending.linux","MinimumMillis":30000,"MaximumMillis":30000}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
advance 30
> ec2 AssociateAddress {"AllocationId":"$eip","InstanceId":"$web"}
advance 3600
# The lent address went back when the Elastic IP came; that costs as an idle one, on a line of its own.
bill $eni: 30 s × $0.005/h ÷ 3600 = $0.00004
bill $eip: 3,630 s × $0.005/h ÷ 3600 = $0.00504; 3,600 s × $0.005/h ÷ 3600 = $0.00500
bill $other: 3,600 s × $0.005/h ÷ 3600 = $0.00500
# A stopped instance still costs its Elastic IP.
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 3600
bill $eip: 3,630 s × $0.005/h ÷ 3600 = $0.00504; 7,200 s × $0.005/h ÷ 3600 = $0.0100
