# Other prices of an hour. facts/instances.md, "Prices".
> stratus SetTiming {"Name":"instance.pending.linux","MinimumMillis":30000,"MaximumMillis":30000}
> stratus SetTiming {"Name":"instance.pending.windows","MinimumMillis":60000,"MaximumMillis":60000}
# T3 with Windows: 0.0092 more for micro.
> ec2 RunInstances {"ImageId":"$windows","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save small = Instances[0].InstanceId
# Others: about 0.046 a vCPU-hour; m5.large has two.
> ec2 RunInstances {"ImageId":"$windows","MinCount":1,"MaxCount":1,"InstanceType":"m5.large"}
save large = Instances[0].InstanceId
advance 3660
bill $small: 3,600 s × ($0.0104 + $0.0092 Windows licence)/h ÷ 3600 = $0.0196
bill $large: 3,600 s × ($0.096 + $0.092 Windows licence)/h ÷ 3600 = $0.1880
# RHEL at the Linux price, "licence not included".
> ec2 RunInstances {"ImageId":"$rhel","MinCount":1,"MaxCount":1,"InstanceType":"m5.large"}
save rhel = Instances[0].InstanceId
# Two at once are two resources.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":2,"InstanceType":"t2.micro"}
save one = Instances[0].InstanceId
save two = Instances[1].InstanceId
advance 1830
bill $rhel: 1,800 s × $0.096/h ÷ 3600 = $0.0480
bill $one: 1,800 s × $0.0116/h ÷ 3600 = $0.00580
bill $two: 1,800 s × $0.0116/h ÷ 3600 = $0.00580
# Another Region: Ireland's own price; Paris has none, so us-east-1's stands in (design: "Catalogue").
region eu-west-1
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save dublin = Instances[0].InstanceId
region eu-west-3
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save paris = Instances[0].InstanceId
advance 3630
bill $dublin: 3,600 s × $0.0114/h ÷ 3600 = $0.0114
bill $paris: 3,600 s × $0.0104/h ÷ 3600 = $0.0104
