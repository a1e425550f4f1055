# Opening an address by its name: the resolver's answer, the packet's way there and back, and what answers.

== a machine's program, by a name of one's own
> stratus SetTiming {"Name":"route53.in-sync","MinimumMillis":30000,"MaximumMillis":30000}
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
save group = GroupId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SecurityGroupIds":["$group"],"TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"Name","Value":"web"}]}]}
save web = Instances[0].InstanceId
advance 120
> stratus StartListener {"InstanceId":"$web","Protocol":"tcp","Port":80,"Program":"nginx"}
> ec2 AllocateAddress {"Domain":"vpc"}
save allocation = AllocationId
save public = PublicIp
> ec2 AssociateAddress {"AllocationId":"$allocation","InstanceId":"$web"}
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"1"}
save zone = HostedZone.Id
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"$public"}]}}]}}
advance 60
# The group has no rule: the name is found, the packet is stopped, and nothing is answered.
see page of http://www.example.com/ internet: nothing, No inbound rule of web allows TCP 80 from 203.0.113.25.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$group","IpProtocol":"tcp","FromPort":80,"ToPort":80,"CidrIp":"0.0.0.0/0"}
see page of http://www.example.com/ internet: 200 by nginx of web, on port 80 (*)
see page of www.example.com: 200 by nginx of web, on port 80 (*)
> stratus PutWebAnswer {"InstanceId":"$web","Port":80,"Status":503,"Body":"down for repair"}
see page of http://www.example.com/ internet: 503 by nginx of web, on port 80 (down for repair)
# No such name; another port; a program that speaks no HTTP.
see page of http://shop.example.com/ internet: no address, NXDOMAIN
see page of http://www.example.com:8080/ internet: nothing, *
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$group","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"}
see page of http://www.example.com:22/ internet: nothing, sshd of web answers in a language of its own, not in HTTP.
see page of https://www.example.com/ internet: nothing, No inbound rule of web allows TCP 443 from 203.0.113.25.
see page of ftp://www.example.com/ internet: ftp:// is not simulated; use http://
see page of http://www.example.com:x/ internet: 'x' is not a port

== the website of a bucket, which is found by the name that is asked for
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/website-hosting-custom-domain-walkthrough.html
> stratus SetTiming {"Name":"route53.in-sync","MinimumMillis":30000,"MaximumMillis":30000}
> s3 CreateBucket {"Bucket":"www.example.com"}
> s3 PutObject {"Bucket":"www.example.com","Key":"index.html","Body":"aGVsbG8=","ContentType":"text/html"}
> s3 PutObject {"Bucket":"www.example.com","Key":"error.html","Body":"c29ycnk=","ContentType":"text/html"}
> s3 PutBucketWebsite {"Bucket":"www.example.com","WebsiteConfiguration":{"IndexDocument":{"Suffix":"index.html"},"ErrorDocument":{"Key":"error.html"},"RoutingRules":[{"Condition":{"KeyPrefixEquals":"old/"},"Redirect":{"ReplaceKeyPrefixWith":"new/"}}]}}
see page of http://www.example.com.s3-website-us-east-1.amazonaws.com/ internet: 403 by the website of the bucket www.example.com (*)
> s3 DeletePublicAccessBlock {"Bucket":"www.example.com"}
> s3 PutBucketPolicy {"Bucket":"www.example.com","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::www.example.com/*\"}]}"}
see page of http://www.example.com.s3-website-us-east-1.amazonaws.com/ internet: 200 by the website of the bucket www.example.com (hello)
# An endpoint answers for the buckets of its Region; S3's own is no website, and knows no index document.
see page of http://www.example.com.s3-website-eu-west-1.amazonaws.com/ internet: 400 by S3 (*<li>Code* IncorrectEndpoint</li>*)
see page of http://www.example.com.s3.amazonaws.com/ internet: 403 by S3 (*<Code>AccessDenied</Code>*)
see page of https://www.example.com.s3.amazonaws.com/index.html internet: nothing, S3's certificate is for one name below s3.amazonaws.com*
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"1"}
save zone = HostedZone.Id
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","AliasTarget":{"HostedZoneId":"Z3AQBSTGFYJSTF","DNSName":"s3-website-us-east-1.amazonaws.com","EvaluateTargetHealth":false}}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"shop.example.com","Type":"CNAME","TTL":60,"ResourceRecords":[{"Value":"www.example.com.s3-website-us-east-1.amazonaws.com"}]}}]}}
advance 60
see page of http://www.example.com/ internet: 200 by the website of the bucket www.example.com (hello)
# The error document, in the place of a page that is not there (who may not list the bucket is told 403, not 404); a redirection.
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
see page of http://www.example.com/nothing internet: 403 by the website of the bucket www.example.com (sorry)
see page of http://www.example.com/old/a internet: 301 by the website of the bucket www.example.com () → http://www.example.com/new/a
# Another name leads to the same address, but S3 looks for a bucket of that name.
see page of http://shop.example.com/ internet: 404 by S3 (*)
see page of http://www.example.com:8080/ internet: nothing, S3's websites answer on port 80 alone.
# A machine without a way to the Internet does not reach it either.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet"}
save inside = Instances[0].InstanceId
advance 120
see page of http://www.example.com/ $inside: nothing, *
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","ServiceName":"com.amazonaws.us-east-1.s3","VpcEndpointType":"Gateway"}
save endpoint = VpcEndpoint.VpcEndpointId
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
save table = RouteTables[0].RouteTableId
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$endpoint","AddRouteTableIds":["$table"]}
advance 60
see page of http://www.example.com/ $inside: 200 by the website of the bucket www.example.com (hello)

== a load balancer that answers by itself, and one that asks a machine
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save a = Subnets[0].SubnetId
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1b"]}]}
save b = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
save group = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$group","IpProtocol":"tcp","FromPort":80,"ToPort":80,"CidrIp":"0.0.0.0/0"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$a","SecurityGroupIds":["$group"],"TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"Name","Value":"web"}]}]}
save web = Instances[0].InstanceId
> elbv2 CreateLoadBalancer {"Name":"front","Subnets":["$a","$b"],"SecurityGroups":["$group"]}
save lb = LoadBalancers[0].LoadBalancerArn
save name = LoadBalancers[0].DNSName
advance 300
> stratus StartListener {"InstanceId":"$web","Protocol":"tcp","Port":80,"Program":"nginx"}
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTP","Port":80,"DefaultActions":[{"Type":"fixed-response","FixedResponseConfig":{"StatusCode":"404","ContentType":"text/plain","MessageBody":"none here"}}]}
save listener = Listeners[0].ListenerArn
see page of http://$name/ internet: 404 by the load balancer front (none here)
> elbv2 ModifyListener {"ListenerArn":"$listener","DefaultActions":[{"Type":"redirect","RedirectConfig":{"Host":"www.example.com","StatusCode":"HTTP_302"}}]}
see page of http://$name/a internet: 302 by the load balancer front () → http://www.example.com:80/a
see page of http://$name/a/b?c=d internet: 302 by the load balancer front () → http://www.example.com:80/a/b?c=d
> elbv2 CreateTargetGroup {"Name":"webs","Protocol":"HTTP","Port":80,"VpcId":"$vpc"}
save webs = TargetGroups[0].TargetGroupArn
> elbv2 RegisterTargets {"TargetGroupArn":"$webs","Targets":[{"Id":"$web"}]}
> elbv2 ModifyListener {"ListenerArn":"$listener","DefaultActions":[{"Type":"forward","TargetGroupArn":"$webs"}]}
advance 120
see page of http://$name/ internet: 200 by nginx of web, on port 80 (*)
