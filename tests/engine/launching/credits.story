# CPU credits: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances.html

== each instance has an option
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save t3 = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t2.micro","MinCount":1,"MaxCount":1}
save t2 = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1}
save m5 = Instances[0].InstanceId
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceCreditSpecifications.html
> ec2 DescribeInstanceCreditSpecifications {}
= InstanceCreditSpecifications: [{"InstanceId":"$t3","CpuCredits":"unlimited"}]
> ec2 DescribeInstanceCreditSpecifications {"InstanceIds":["$t2"]}
= InstanceCreditSpecifications: [{"InstanceId":"$t2","CpuCredits":"standard"}]
> ec2 DescribeInstanceCreditSpecifications {"InstanceIds":["$m5"]}
! InstanceCreditSpecification.NotSupported
> ec2 DescribeInstanceCreditSpecifications {"InstanceIds":["$t2"],"MaxResults":5}
! InvalidParameterCombination
> ec2 ModifyInstanceCreditSpecification {"InstanceCreditSpecifications":[{"InstanceId":"$t2","CpuCredits":"unlimited"},{"InstanceId":"$m5","CpuCredits":"unlimited"},{"InstanceId":"i-00000000000000000","CpuCredits":"standard"}]}
= SuccessfulInstanceCreditSpecifications: [{"InstanceId":"$t2"}]
= UnsuccessfulInstanceCreditSpecifications#: 2
= UnsuccessfulInstanceCreditSpecifications[0].Error.Code: InstanceCreditSpecification.NotSupported
= UnsuccessfulInstanceCreditSpecifications[1].Error.Code: InvalidInstanceID.NotFound
> ec2 DescribeInstanceCreditSpecifications {"Filters":[{"Name":"instance-id","Values":["$t2"]}]}
= InstanceCreditSpecifications#: 1
> ec2 ModifyInstanceCreditSpecification {"InstanceCreditSpecifications":[{"InstanceId":"$t2","CpuCredits":"endless"}]}
! InvalidParameterValue

== the account's default for a family
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyDefaultCreditSpecification.html
> ec2 GetDefaultCreditSpecification {"InstanceFamily":"t2"}
= InstanceFamilyCreditSpecification: {"InstanceFamily":"t2","CpuCredits":"standard"}
> ec2 GetDefaultCreditSpecification {"InstanceFamily":"t3"}
= InstanceFamilyCreditSpecification.CpuCredits: unlimited
> ec2 ModifyDefaultCreditSpecification {"InstanceFamily":"t3","CpuCredits":"standard"}
= InstanceFamilyCreditSpecification.CpuCredits: standard
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
> ec2 DescribeInstanceCreditSpecifications {"InstanceIds":["$web"]}
= InstanceCreditSpecifications[0].CpuCredits: standard
# Another Region has a default of its own.
region eu-west-1
> ec2 GetDefaultCreditSpecification {"InstanceFamily":"t3"}
= InstanceFamilyCreditSpecification.CpuCredits: unlimited
