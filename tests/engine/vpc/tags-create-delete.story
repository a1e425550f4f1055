# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html, API_DeleteTags.html
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> ec2 DescribeSubnets {}
save subnet = Subnets[0].SubnetId
> ec2 CreateTags {"Resources":["$vpc","$subnet"],"Tags":[{"Key":"Name","Value":"home"},{"Key":"env","Value":""}]}
> ec2 DescribeVpcs {}
= Vpcs[0].Tags: [{"Key":"Name","Value":"home"},{"Key":"env","Value":""}]
> ec2 CreateTags {"Resources":["$vpc"],"Tags":[{"Key":"Name","Value":"house"}]}
> ec2 DescribeTags {"Filters":[{"Name":"resource-id","Values":["$vpc"]}]}
= Tags#: 2
= Tags[0]: {"Key":"Name","ResourceId":"$vpc","ResourceType":"vpc","Value":"house"}
> ec2 DescribeTags {"Filters":[{"Name":"key","Values":["Name"]},{"Name":"resource-type","Values":["subnet"]}]}
= Tags#: 1
= Tags[0].Value: home
# With a value a tag goes only if it has that value; what is not there is no error.
> ec2 DeleteTags {"Resources":["$vpc","$subnet"],"Tags":[{"Key":"Name","Value":"home"},{"Key":"absent"}]}
> ec2 DescribeTags {"Filters":[{"Name":"key","Values":["Name"]}]}
= Tags#: 1
= Tags[0].ResourceId: $vpc
> ec2 DeleteTags {"Resources":["$vpc"],"Tags":[{"Key":"Name"}]}
# Without tags all of them go.
> ec2 DeleteTags {"Resources":["$vpc","$subnet"]}
> ec2 DescribeTags {}
= Tags#: 0
