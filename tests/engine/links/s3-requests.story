# Requests to S3 that a guest makes: through which endpoint they go, which policy decides, and what S3 answers.
# https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html

== a public object, over the Internet and through a gateway endpoint, whose policy is the first door
> s3 CreateBucket {"Bucket":"diary"}
> s3 DeletePublicAccessBlock {"Bucket":"diary"}
> s3 PutObject {"Bucket":"diary","Key":"hello.txt","Body":"aGVsbG8=","ContentType":"text/plain"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
# A new bucket is its account's alone.
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt $web: 403 by S3 (<?xml version="1.0" encoding="UTF-8"?>*<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>)
see policies of https://diary.s3.us-east-1.amazonaws.com/hello.txt $web: . The object's ACL; . Block Public Access; -! The default
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Everybody\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::diary/*\"}]}"}
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt $web: 200 by the bucket diary (hello)
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt internet: 200 by the bucket diary (hello)
# Path style, the global endpoint, and without TLS.
see page of https://s3.us-east-1.amazonaws.com/diary/hello.txt $web: 200 by the bucket diary (hello)
see page of http://diary.s3.amazonaws.com/hello.txt $web: 200 by the bucket diary (hello)
see page of http://s3.amazonaws.com/ $web: 307 by S3 () → https://aws.amazon.com/s3/
see page of http://diary.s3.amazonaws.com:443/hello.txt internet: nothing, S3 speaks TLS on port 443*
# Who may not list hears 403 of a key that is not there.
see page of https://diary.s3.us-east-1.amazonaws.com/nothing.txt $web: 403 by S3 (*<Code>AccessDenied</Code>*)
see policies of https://diary.s3.us-east-1.amazonaws.com/nothing.txt $web: + Statement 1 (Everybody) of the bucket's policy; . The object's ACL; . Block Public Access; -! The key
see reason of https://diary.s3.us-east-1.amazonaws.com/nothing.txt $web: The key decides*User* anonymous is not authorized to perform* s3:ListBucket on resource* "arn:aws:s3:::diary" because no resource-based policy allows the s3:ListBucket action
# What is public by its policy, and restricted: no policy is missing, so none is named.
> s3 PutPublicAccessBlock {"Bucket":"diary","PublicAccessBlockConfiguration":{"RestrictPublicBuckets":true}}
see reason of https://diary.s3.us-east-1.amazonaws.com/hello.txt $web: Block Public Access decides* RestrictPublicBuckets* the policy is public, so only the bucket's own account and AWS's services count.
> s3 DeletePublicAccessBlock {"Bucket":"diary"}
see page of https://nobodys-bucket-1.s3.us-east-1.amazonaws.com/ $web: 404 by S3 (*<Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message><BucketName>nobodys-bucket-1</BucketName></Error>)
> ec2 DescribeRouteTables {}
save table = RouteTables[0].RouteTableId
save vpc = RouteTables[0].VpcId
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","ServiceName":"com.amazonaws.us-east-1.s3","RouteTableIds":["$table"]}
save endpoint = VpcEndpoint.VpcEndpointId
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt $web: 200 by the bucket diary (hello)
see policies of https://diary.s3.us-east-1.amazonaws.com/hello.txt $web: + The policy of $endpoint; +! Statement 1 (Everybody) of the bucket's policy; . The object's ACL; . Block Public Access
see door of https://diary.s3.us-east-1.amazonaws.com/hello.txt $web: * takes TCP 443 to com.amazonaws.us-east-1.s3; its policy lets everything be asked.
# Its policy lets only another bucket pass. S3 tells who signs why; who does not sign hears two words.
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$endpoint","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Books\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::books/*\"}]}"}
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt $web: 403 by S3 (*<Code>AccessDenied</Code><Message>Access Denied</Message>*)
see policies of https://diary.s3.us-east-1.amazonaws.com/hello.txt $web: . Statement 1 (Books) of the policy of $endpoint; -! The policy of $endpoint
see reason of https://diary.s3.us-east-1.amazonaws.com/hello.txt $web: The policy of $endpoint decides* no statement of it lets this pass, whatever the bucket allows. User* anonymous is not authorized to perform* s3:GetObject on resource* "arn:aws:s3:::diary/hello.txt" because no VPC endpoint policy allows the s3:GetObject action
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt internet: 200 by the bucket diary (hello)
# The trace says that packets do not meet the policy: they pass.
see door of https://diary.s3.us-east-1.amazonaws.com/hello.txt $web: * takes TCP 443 to com.amazonaws.us-east-1.s3; its policy, which is asked about each request and not about packets, lets pass s3:GetObject on arn:aws:s3:::books/*.
# A name that is no bucket is stopped by it as well.
see page of https://nobodys-bucket-1.s3.us-east-1.amazonaws.com/ $web: 403 by S3 (*)
# A Deny among what is allowed.
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$endpoint","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"},{\"Sid\":\"NoDiary\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::diary/*\"}]}"}
see door of https://diary.s3.us-east-1.amazonaws.com/hello.txt $web: *lets pass * on *, but not s3:GetObject on arn:aws:s3:::diary/*.
see policies of https://diary.s3.us-east-1.amazonaws.com/hello.txt $web: + Statement 1 of the policy of $endpoint; -! Statement 2 (NoDiary) of the policy of $endpoint
see reason of https://diary.s3.us-east-1.amazonaws.com/hello.txt $web: *with an explicit deny in a VPC endpoint policy
# A statement that names the account means nobody who does not sign.
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$endpoint","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"123456789012\"},\"Action\":\"*\",\"Resource\":\"*\"}]}"}
see policies of https://diary.s3.us-east-1.amazonaws.com/hello.txt $web: . Statement 1 of the policy of $endpoint; -! The policy of $endpoint
# The policy asks who and whence, too.
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$endpoint","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"aws:ResourceAccount\":\"123456789012\"},\"Bool\":{\"aws:SecureTransport\":\"true\"}}}]}"}
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt $web: 200 by the bucket diary (hello)
see page of http://diary.s3.us-east-1.amazonaws.com/hello.txt $web: 403 by S3 (*)
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$endpoint","ResetPolicy":true}
see page of http://diary.s3.us-east-1.amazonaws.com/hello.txt $web: 200 by the bucket diary (hello)
# The list of a bucket.
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":[\"s3:GetObject\",\"s3:ListBucket\"],\"Resource\":[\"arn:aws:s3:::diary\",\"arn:aws:s3:::diary/*\"]}]}"}
see page of https://s3.us-east-1.amazonaws.com/diary?list-type=2&prefix=he $web: 200 by the bucket diary (*<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">*<Contents>*<Key>hello.txt</Key>*<Size>5</Size>*</Contents>*</ListBucketResult>)
see page of https://diary.s3.us-east-1.amazonaws.com/nothing.txt $web: 404 by S3 (*<Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>nothing.txt</Key></Error>)
see page of https://diary.s3.us-east-1.amazonaws.com/?acl $web: 501 by S3 (*)
# curl in the guest.
% $web curl -s https://diary.s3.us-east-1.amazonaws.com/hello.txt
| hello
% $web curl -s -o /dev/null -w %{http_code} https://diary.s3.us-east-1.amazonaws.com/nothing.txt
| 404
# What it says of itself, policies may ask; it is no proof of anything.
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::diary/*\",\"Condition\":{\"StringEquals\":{\"aws:UserAgent\":\"reader/1\",\"aws:Referer\":\"https://example.com/\"}}}]}"}
% $web curl -s -o /dev/null -w %{http_code} https://diary.s3.us-east-1.amazonaws.com/hello.txt
| 403
% $web curl -s -A reader/1 -e https://example.com/ https://diary.s3.us-east-1.amazonaws.com/hello.txt
| hello
% $web curl -s -H "Referer: https://example.com/" -H "User-Agent: reader/1" https://diary.s3.us-east-1.amazonaws.com/hello.txt
| hello
% $web curl -s -I -A reader/1 -e https://example.com/ https://diary.s3.us-east-1.amazonaws.com/hello.txt
| HTTP/1.1 200 OK
| Content-Type: text/plain
| Content-Length: 5
|
% $web curl -s -o /dev/null -w %{http_code} https://diary.s3.us-east-1.amazonaws.com/%ff
| 400
# Only reading is simulated here.
% $web curl -s -o /dev/null -w %{http_code} -X DELETE https://diary.s3.us-east-1.amazonaws.com/hello.txt
| 501
% $web curl -s -o /dev/null -w %{http_code} -d hello https://diary.s3.us-east-1.amazonaws.com/hello.txt
| 501
# A name with dots does not fit S3's certificate; port 80 speaks no TLS, and port 443 nothing else.
% $web curl https://my.diary.s3.us-east-1.amazonaws.com/hello.txt
| curl: (60) SSL: no alternative certificate subject name matches target host name 'my.diary.s3.us-east-1.amazonaws.com'
% $web curl https://diary.s3.us-east-1.amazonaws.com:80/hello.txt
| curl: (35) error:0A00010B:SSL routines::wrong version number
% $web curl http://diary.s3.us-east-1.amazonaws.com:443/hello.txt
| curl: (52) Empty reply from server

== only through this endpoint
> s3 CreateBucket {"Bucket":"diary"}
> s3 DeletePublicAccessBlock {"Bucket":"diary"}
> s3 PutObject {"Bucket":"diary","Key":"hello.txt","Body":"aGVsbG8="}
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save public = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24"}
save private = Subnet.SubnetId
> ec2 CreateInternetGateway {}
save igw = InternetGateway.InternetGatewayId
> ec2 AttachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
save main = RouteTables[0].RouteTableId
> ec2 CreateRoute {"RouteTableId":"$main","DestinationCidrBlock":"0.0.0.0/0","GatewayId":"$igw"}
> ec2 AllocateAddress {"Domain":"vpc"}
save eip = AllocationId
save outside = PublicIp
> ec2 CreateNatGateway {"SubnetId":"$public","AllocationId":"$eip"}
save nat = NatGateway.NatGatewayId
advance 300
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save inner = RouteTable.RouteTableId
> ec2 CreateRoute {"RouteTableId":"$inner","DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"$nat"}
> ec2 AssociateRouteTable {"RouteTableId":"$inner","SubnetId":"$private"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$private","PrivateIpAddress":"10.0.1.20"}
save worker = Instances[0].InstanceId
advance 120
# An endpoint that no route leads to: requests go by the NAT gateway, and S3 sees its address.
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","ServiceName":"com.amazonaws.us-east-1.s3"}
save endpoint = VpcEndpoint.VpcEndpointId
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Office\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::diary/*\",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"$outside/32\"}}}]}"}
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt $worker: 200 by the bucket diary (hello)
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt internet: 403 by S3 (*)
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"All\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::diary/*\"},{\"Sid\":\"OnlyMine\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::diary/*\",\"Condition\":{\"StringNotEquals\":{\"aws:SourceVpce\":\"$endpoint\"}}}]}"}
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt $worker: 403 by S3 (*)
see reason of https://diary.s3.us-east-1.amazonaws.com/hello.txt $worker: Statement 2 (OnlyMine) of the bucket's policy decides* an explicit Deny is stronger than any Allow. Its condition is asked of the request, which has no aws:SourceVpce. User* anonymous is not authorized to perform* s3:GetObject on resource* "arn:aws:s3:::diary/hello.txt" with an explicit deny in a resource-based policy
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt internet: 403 by S3 (*)
# With the route it goes through the endpoint.
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$endpoint","AddRouteTableIds":["$inner"]}
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt $worker: 200 by the bucket diary (hello)
see policies of https://diary.s3.us-east-1.amazonaws.com/hello.txt $worker: + The policy of $endpoint; +! Statement 1 (All) of the bucket's policy; . Statement 2 (OnlyMine) of the bucket's policy; . The object's ACL; . Block Public Access
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt internet: 403 by S3 (*)
% $worker curl -s https://diary.s3.us-east-1.amazonaws.com/hello.txt
| hello
# From this VPC, from this private address, and never by a public address: that an endpoint has not.
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::diary/*\",\"Condition\":{\"StringEquals\":{\"aws:SourceVpc\":\"$vpc\"}}}]}"}
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt $worker: 200 by the bucket diary (hello)
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt internet: 403 by S3 (*)
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::diary/*\",\"Condition\":{\"IpAddress\":{\"aws:VpcSourceIp\":\"10.0.1.0/28\"},\"StringEquals\":{\"aws:SourceVpc\":\"$vpc\"}}}]}"}
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt $worker: 403 by S3 (*)
see reason of https://diary.s3.us-east-1.amazonaws.com/hello.txt $worker: The default decides*
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::diary/*\",\"Condition\":{\"IpAddress\":{\"aws:VpcSourceIp\":\"10.0.1.0/24\"},\"StringEquals\":{\"aws:SourceVpc\":\"$vpc\"}}}]}"}
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt $worker: 200 by the bucket diary (hello)
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::diary/*\",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":[\"$outside/32\",\"10.0.0.0/16\"]}}}]}"}
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt $worker: 403 by S3 (*)
# A bucket of another Region is at other addresses, which no route of the endpoint is for: over the Internet again.
region eu-west-1
> s3 CreateBucket {"Bucket":"tagebuch","CreateBucketConfiguration":{"LocationConstraint":"eu-west-1"}}
> s3 DeletePublicAccessBlock {"Bucket":"tagebuch"}
> s3 PutObject {"Bucket":"tagebuch","Key":"hallo.txt","Body":"aGFsbG8="}
> s3 PutBucketPolicy {"Bucket":"tagebuch","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::tagebuch/*\",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"$outside/32\"}}}]}"}
region us-east-1
see page of https://tagebuch.s3.eu-west-1.amazonaws.com/hallo.txt $worker: 200 by the bucket tagebuch (hallo)
see policies of https://tagebuch.s3.eu-west-1.amazonaws.com/hallo.txt $worker: +! Statement 1 of the bucket's policy; . The object's ACL; . Block Public Access
# The name without a Region leads to the bucket's own; an endpoint of another Region sends away.
see page of https://tagebuch.s3.amazonaws.com/hallo.txt $worker: 200 by the bucket tagebuch (hallo)
see page of https://tagebuch.s3.us-east-1.amazonaws.com/hallo.txt $worker: 301 by S3 (*<Code>PermanentRedirect</Code>*<Endpoint>tagebuch.s3.eu-west-1.amazonaws.com</Endpoint><Bucket>tagebuch</Bucket></Error>)
# Of a Region that is younger than March 20, 2019 the wrong endpoint does not say where to go.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html#deprecated-global-endpoint
> s3 CreateBucket {"Bucket":"dagboek","CreateBucketConfiguration":{"LocationConstraint":"af-south-1"}}
see page of https://dagboek.s3.us-east-1.amazonaws.com/hallo.txt internet: 400 by S3 (*<Code>IllegalLocationConstraintException</Code><Message>The af-south-1 location constraint is incompatible for the region specific endpoint this request was sent to.</Message></Error>)

== an interface endpoint with private DNS, beside a gateway endpoint
> s3 CreateBucket {"Bucket":"diary"}
> s3 DeletePublicAccessBlock {"Bucket":"diary"}
> s3 PutObject {"Bucket":"diary","Key":"hello.txt","Body":"aGVsbG8="}
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 ModifyVpcAttribute {"VpcId":"$vpc","EnableDnsHostnames":{"Value":true}}
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24"}
save subnet = Subnet.SubnetId
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
save table = RouteTables[0].RouteTableId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet"}
save inside = Instances[0].InstanceId
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","ServiceName":"com.amazonaws.us-east-1.s3","RouteTableIds":["$table"]}
save gateway = VpcEndpoint.VpcEndpointId
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","VpcEndpointType":"Interface","ServiceName":"com.amazonaws.us-east-1.s3","SubnetIds":["$subnet"],"PrivateDnsEnabled":true,"DnsOptions":{"PrivateDnsOnlyForInboundResolverEndpoint":false}}
save interface = VpcEndpoint.VpcEndpointId
# Its names begin with what is asked: bucket, accesspoint or control.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html
= VpcEndpoint.DnsEntries[0].DnsName: *.vpce-*.s3.us-east-1.vpce.amazonaws.com
save name = VpcEndpoint.DnsEntries[0].DnsName
save zonal = VpcEndpoint.DnsEntries[1].DnsName
save group = VpcEndpoint.Groups[0].GroupId
advance 180
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Interface\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::diary/*\",\"Condition\":{\"StringEquals\":{\"aws:SourceVpce\":\"$interface\"}}}]}"}
# Inside the VPC S3's names stand for the interface: the gateway's routes are not asked.
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt $inside: 200 by the bucket diary (hello)
see policies of https://diary.s3.us-east-1.amazonaws.com/hello.txt $inside: + The policy of $interface; +! Statement 1 (Interface) of the bucket's policy; . The object's ACL; . Block Public Access
see page of https://bucket.$name/diary/hello.txt $inside: 200 by the bucket diary (hello)
see page of https://diary.bucket.$zonal/hello.txt $inside: 200 by the bucket diary (hello)
# The name without one of these is there, and has nothing.
# https://www.rfc-editor.org/rfc/rfc4592#section-2.2.2
? $name A internet
~ NOERROR:
see page of https://$name/diary/hello.txt $inside: no address, *
see page of https://my.diary.bucket.$name/hello.txt $inside: nothing, S3's certificate is for one name below bucket.$name*it does not fit my.diary.bucket.$name.
see page of https://accesspoint.$name/diary/hello.txt $inside: 501 by S3 (*)
see reason of https://control.$name/v20180820/jobs $inside: *The S3 Control API is not simulated*
see reason of https://s3-control.us-east-1.amazonaws.com/v20180820/jobs $inside: *The S3 Control API is not simulated. Buckets are behind names that end in s3.REGION.amazonaws.com.*
see page of https://control.$name:8443/ $inside: nothing, *
? bucket.$name A internet
~ NOERROR: bucket.$name. 60 A 10.0.1.*
? s3-control.us-east-1.amazonaws.com A $inside
~ NOERROR: s3-control.us-east-1.amazonaws.com. 60 A 10.0.1.*
see page of https://s3.us-east-1.amazonaws.com/diary/hello.txt internet: 403 by S3 (*)
# Another service's endpoint is no S3; its own names are asked by its own commands.
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$interface","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:ListBucket\",\"Resource\":\"*\"}]}"}
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt $inside: 403 by S3 (*)
see reason of https://diary.s3.us-east-1.amazonaws.com/hello.txt $inside: The policy of $interface decides*because no VPC endpoint policy allows the s3:GetObject action
# Its security group is asked about packets, before any policy.
> ec2 RevokeSecurityGroupIngress {"GroupId":"$group","IpPermissions":[{"IpProtocol":"-1","UserIdGroupPairs":[{"GroupId":"$group"}]}]}
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt $inside: nothing, *
# Without private DNS the names lead to S3's public addresses, and so by the route to the gateway endpoint.
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$interface","PrivateDnsEnabled":false}
advance 60
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Gateway\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::diary/*\",\"Condition\":{\"StringEquals\":{\"aws:SourceVpce\":\"$gateway\"}}}]}"}
see policies of https://diary.s3.us-east-1.amazonaws.com/hello.txt $inside: + The policy of $gateway; +! Statement 1 (Gateway) of the bucket's policy; . The object's ACL; . Block Public Access
see page of https://diary.s3.us-east-1.amazonaws.com/hello.txt $inside: 200 by the bucket diary (hello)

== a service of one's own whose private name begins with s3. is no S3: names below it are not the endpoint's
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"one"}
save zone = HostedZone.Id
> ec2 CreateVpcEndpointServiceConfiguration {"AcceptanceRequired":false,"NetworkLoadBalancerArns":["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/shop/0123456789abcdef"],"PrivateDnsName":"s3.example.com"}
save service = ServiceConfiguration.ServiceId
save called = ServiceConfiguration.ServiceName
save proof = ServiceConfiguration.PrivateDnsNameConfiguration.Value
save label = ServiceConfiguration.PrivateDnsNameConfiguration.Name
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"$label.s3.example.com","Type":"TXT","TTL":60,"ResourceRecords":[{"Value":"\"$proof\""}]}},{"Action":"CREATE","ResourceRecordSet":{"Name":"www.s3.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.7"}]}}]}}
advance 120
> ec2 StartVpcEndpointServicePrivateDnsVerification {"ServiceId":"$service"}
> ec2 DescribeVpcEndpointServices {"ServiceNames":["$called"]}
= ServiceDetails[0].PrivateDnsNameVerificationState: verified
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save inside = Instances[0].InstanceId
save vpc = Instances[0].VpcId
save subnet = Instances[0].SubnetId
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","VpcEndpointType":"Interface","ServiceName":"$called","SubnetIds":["$subnet"],"PrivateDnsEnabled":true}
advance 300
? s3.example.com A $inside
~ NOERROR: s3.example.com. 60 A 172.31.*
? www.s3.example.com A $inside
~ NOERROR: www.s3.example.com. 60 A 192.0.2.7

== the website of a bucket through a gateway endpoint
> s3 CreateBucket {"Bucket":"wiki"}
> s3 DeletePublicAccessBlock {"Bucket":"wiki"}
> s3 PutObject {"Bucket":"wiki","Key":"index.html","Body":"aGVsbG8=","ContentType":"text/html"}
> s3 PutBucketWebsite {"Bucket":"wiki","WebsiteConfiguration":{"IndexDocument":{"Suffix":"index.html"}}}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
> ec2 DescribeRouteTables {}
save table = RouteTables[0].RouteTableId
save vpc = RouteTables[0].VpcId
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","ServiceName":"com.amazonaws.us-east-1.s3","RouteTableIds":["$table"]}
save endpoint = VpcEndpoint.VpcEndpointId
advance 120
> s3 PutBucketPolicy {"Bucket":"wiki","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::wiki/*\",\"Condition\":{\"StringEquals\":{\"aws:SourceVpce\":\"$endpoint\"}}}]}"}
see page of http://wiki.s3-website-us-east-1.amazonaws.com/ $web: 200 by the website of the bucket wiki (hello)
see page of http://wiki.s3-website-us-east-1.amazonaws.com/ internet: 403 by the website of the bucket wiki (*<h1>403 Forbidden</h1>*<li>Code* AccessDenied</li>*<li>Message* Access Denied</li>*)
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$endpoint","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::books/*\"}]}"}
see page of http://wiki.s3-website-us-east-1.amazonaws.com/ $web: 403 by S3 (*<li>Code* AccessDenied</li>*)
# Each object that the website reads is asked for, its error document and the index of a folder too.
> s3 PutObject {"Bucket":"wiki","Key":"error.html","Body":"b29wcw==","ContentType":"text/html"}
> s3 PutObject {"Bucket":"wiki","Key":"folder/index.html","Body":"aGVsbG8=","ContentType":"text/html"}
> s3 PutBucketWebsite {"Bucket":"wiki","WebsiteConfiguration":{"IndexDocument":{"Suffix":"index.html"},"ErrorDocument":{"Key":"error.html"}}}
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$endpoint","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"}
see page of http://wiki.s3-website-us-east-1.amazonaws.com/missing $web: 403 by the website of the bucket wiki (oops)
see page of http://wiki.s3-website-us-east-1.amazonaws.com/folder $web: 302 by the website of the bucket wiki () → http://wiki.s3-website-us-east-1.amazonaws.com/folder/
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$endpoint","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":[\"arn:aws:s3:::wiki/missing\",\"arn:aws:s3:::wiki/folder\"]}]}"}
see page of http://wiki.s3-website-us-east-1.amazonaws.com/missing $web: 403 by the website of the bucket wiki (*<li>Code* AccessDenied</li>*<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>*<li>Code* AccessDenied</li>*)
see page of http://wiki.s3-website-us-east-1.amazonaws.com/folder $web: 403 by the website of the bucket wiki (*<li>Code* AccessDenied</li>*)
# A website that only sends on reads no object: no policy has a say.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html
> s3 PutBucketWebsite {"Bucket":"wiki","WebsiteConfiguration":{"IndexDocument":{"Suffix":"index.html"},"RoutingRules":[{"Condition":{"KeyPrefixEquals":"old/"},"Redirect":{"ReplaceKeyPrefixWith":"new/"}}]}}
see page of http://wiki.s3-website-us-east-1.amazonaws.com/old/a $web: 301 by the website of the bucket wiki () → http://wiki.s3-website-us-east-1.amazonaws.com/new/a
% $web curl -s -i http://wiki.s3-website-us-east-1.amazonaws.com/old/a
| HTTP/1.1 301 Moved Permanently
| Location: http://wiki.s3-website-us-east-1.amazonaws.com/new/a
| Content-Length: 0
|
see page of http://wiki.s3-website-us-east-1.amazonaws.com/other $web: 403 by S3 (*<li>Code* AccessDenied</li>*)
> s3 PutBucketWebsite {"Bucket":"wiki","WebsiteConfiguration":{"RedirectAllRequestsTo":{"HostName":"www.example.com","Protocol":"http"}}}
see page of http://wiki.s3-website-us-east-1.amazonaws.com/any $web: 301 by the website of the bucket wiki () → http://www.example.com/any

== requests that the role of an instance profile signs
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html (the words of a refusal)
> s3 CreateBucket {"Bucket":"diary"}
> s3 PutObject {"Bucket":"diary","Key":"2025/hello.txt","Body":"aGVsbG8="}
> s3 PutObject {"Bucket":"diary","Key":"index.txt","Body":"b25l"}
> iam CreateRole {"RoleName":"reader","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
> iam CreateInstanceProfile {"InstanceProfileName":"reader"}
> iam AddRoleToInstanceProfile {"InstanceProfileName":"reader","RoleName":"reader"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","IamInstanceProfile":{"Name":"reader"}}
save web = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save bare = Instances[0].InstanceId
advance 120
% $bare aws s3 ls s3://diary
|
| Unable to locate credentials. You can configure credentials by running "aws configure".
% $bare aws s3 ls s3://diary --no-sign-request
|
| An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied
# A role without policies may nothing, though the bucket is of its own account.
% $web aws s3 ls s3://diary
|
| An error occurred (AccessDenied) when calling the ListObjectsV2 operation: User: arn:aws:sts::123456789012:assumed-role/reader/$web is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::diary" because no identity-based policy allows the s3:ListBucket action
> iam PutRolePolicy {"RoleName":"reader","PolicyName":"objects","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::diary/*\"}]}"}
% $web aws s3 cp s3://diary/2025/hello.txt -
| hello
# Who may not list hears 403 of a key that is not there.
% $web aws s3 cp s3://diary/nothing.txt .
| fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden
# One Allow is enough in the same account: here the bucket's own, to the role.
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:role/reader\"},\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::diary\"}]}"}
% $web aws s3 ls s3://diary
| PRE 2025/
| 2025-03-03 09:00:00 3 index.txt
> s3 DeleteBucketPolicy {"Bucket":"diary"}
> iam AttachRolePolicy {"RoleName":"reader","PolicyArn":"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}
# An explicit Deny is stronger, in whichever policy.
> iam PutRolePolicy {"RoleName":"reader","PolicyName":"objects","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"s3:List*\",\"Resource\":\"*\"}]}"}
% $web aws s3 ls s3://diary
|
| An error occurred (AccessDenied) when calling the ListObjectsV2 operation: User: arn:aws:sts::123456789012:assumed-role/reader/$web is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::diary" with an explicit deny in an identity-based policy
> iam DeleteRolePolicy {"RoleName":"reader","PolicyName":"objects"}
% $web aws s3 ls s3://diary
| PRE 2025/
| 2025-03-03 09:00:00 3 index.txt
% $web aws s3 cp s3://diary/2025/hello.txt -
| hello
% $web aws s3 cp s3://diary/index.txt .
| download: s3://diary/index.txt to .
% $web cat index.txt
| one
% $web aws s3 cp s3://diary/nothing.txt .
| fatal error: An error occurred (404) when calling the HeadObject operation: Key "nothing.txt" does not exist
# An archived object can be looked at, not read.
> s3 PutObject {"Bucket":"diary","Key":"old.txt","Body":"b2xk","StorageClass":"GLACIER"}
% $web aws s3 cp s3://diary/old.txt .
| download failed: s3://diary/old.txt to . An error occurred (InvalidObjectState) when calling the GetObject operation: The operation is not valid for the object's storage class
> s3 DeleteObject {"Bucket":"diary","Key":"old.txt"}
% $web aws s3 cp s3://diary/ .
| fatal error: Parameter validation failed:
| Invalid length for parameter Key, value: 0, valid min length: 1
% $web aws s3 ls s3://
| aws: guests know *
% $web aws s3 ls s3://diary --summarize
|
| Unknown options: --summarize; guests know --recursive, --no-sign-request (ours)
> ec2 DescribeRouteTables {}
save table = RouteTables[0].RouteTableId
save vpc = RouteTables[0].VpcId
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","ServiceName":"com.amazonaws.us-east-1.s3","RouteTableIds":["$table"],"PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\",\"Condition\":{\"ArnLike\":{\"aws:PrincipalArn\":\"arn:aws:iam::123456789012:role/reader\"}}}]}"}
save endpoint = VpcEndpoint.VpcEndpointId
# Who signs is told which kind of policy it was.
% $web aws s3 ls s3://diary
|
| An error occurred (AccessDenied) when calling the ListObjectsV2 operation: User: arn:aws:sts::123456789012:assumed-role/reader/$web is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::diary" because no VPC endpoint policy allows the s3:ListBucket action
% $web aws s3 cp s3://diary/index.txt -
| one
% $bare aws s3 cp s3://diary/index.txt - --no-sign-request
| fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden
# "This key is present in the request context for all signed API requests", and false for who is no service.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::diary/*\",\"Condition\":{\"Bool\":{\"aws:PrincipalIsAWSService\":\"false\"}}}]}"}
% $web aws s3 cp s3://diary/index.txt -
| fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden
> s3 DeleteBucketPolicy {"Bucket":"diary"}
# A gateway endpoint's policy that names the account means its root only.
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$endpoint","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"123456789012\"},\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"}
% $web aws s3 cp s3://diary/index.txt -
| fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden
# A Deny of the bucket's policy stops the account's own role as well.
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$endpoint","ResetPolicy":true}
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::diary\",\"Condition\":{\"StringEquals\":{\"aws:SourceVpce\":\"$endpoint\"}}}]}"}
% $web aws s3 ls s3://diary
|
| An error occurred (AccessDenied) when calling the ListObjectsV2 operation: User: arn:aws:sts::123456789012:assumed-role/reader/$web is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::diary" with an explicit deny in a resource-based policy
# A statement that names another role is about that one; what keeps out all but another keeps this one out, though the account
# stands beside it, as AWS asks for.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
> iam CreateRole {"RoleName":"other","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:role/other\"},\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::diary\"}]}"}
% $web aws s3 ls s3://diary
| PRE 2025/
| 2025-03-03 09:00:00 3 index.txt
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:role/reader\"},\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::diary\"}]}"}
% $web aws s3 ls s3://diary
|
| An error occurred (AccessDenied) when calling the ListObjectsV2 operation: User: arn:aws:sts::123456789012:assumed-role/reader/$web is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::diary" with an explicit deny in a resource-based policy
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:root\"},\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::diary\"}]}"}
% $web aws s3 ls s3://diary
|
| An error occurred (AccessDenied) when calling the ListObjectsV2 operation: User: arn:aws:sts::123456789012:assumed-role/reader/$web is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::diary" with an explicit deny in a resource-based policy
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"NotPrincipal\":{\"AWS\":\"arn:aws:iam::123456789012:role/other\"},\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::diary\"}]}"}
% $web aws s3 ls s3://diary
|
| An error occurred (AccessDenied) when calling the ListObjectsV2 operation: User: arn:aws:sts::123456789012:assumed-role/reader/$web is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::diary" with an explicit deny in a resource-based policy
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"NotPrincipal\":{\"AWS\":[\"arn:aws:iam::123456789012:role/other\",\"arn:aws:iam::123456789012:root\"]},\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::diary\"}]}"}
% $web aws s3 ls s3://diary
|
| An error occurred (AccessDenied) when calling the ListObjectsV2 operation: User: arn:aws:sts::123456789012:assumed-role/reader/$web is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::diary" with an explicit deny in a resource-based policy
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"NotPrincipal\":{\"AWS\":[\"arn:aws:iam::123456789012:role/reader\",\"arn:aws:iam::123456789012:root\"]},\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::diary\"}]}"}
% $web aws s3 ls s3://diary
| PRE 2025/
| 2025-03-03 09:00:00 3 index.txt

== a role with a permissions boundary may what its policies and the boundary both allow
# https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
# https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html (the words of a refusal)
> s3 CreateBucket {"Bucket":"diary"}
> s3 PutObject {"Bucket":"diary","Key":"index.txt","Body":"b25l"}
> iam CreatePolicy {"PolicyName":"objects-only","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Objects\",\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}"}
save boundary = Policy.Arn
> iam CreateRole {"RoleName":"reader","PermissionsBoundary":"$boundary","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
> iam CreateInstanceProfile {"InstanceProfileName":"reader"}
> iam AddRoleToInstanceProfile {"InstanceProfileName":"reader","RoleName":"reader"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","IamInstanceProfile":{"Name":"reader"}}
save web = Instances[0].InstanceId
advance 120
# By itself it allows nothing.
% $web aws s3 cp s3://diary/index.txt -
| fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden
> iam AttachRolePolicy {"RoleName":"reader","PolicyArn":"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}
% $web aws s3 cp s3://diary/index.txt -
| one
# What the role's policies allow and the boundary does not is denied.
% $web aws s3 ls s3://diary
|
| An error occurred (AccessDenied) when calling the ListObjectsV2 operation: User: arn:aws:sts::123456789012:assumed-role/reader/$web is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::diary" because no permissions boundary allows the s3:ListBucket action
# So is what the bucket allows to the role; what it allows to the role's session by its own ARN is not.
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:role/reader\"},\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::diary\"}]}"}
% $web aws s3 ls s3://diary
|
| An error occurred (AccessDenied) when calling the ListObjectsV2 operation: User: arn:aws:sts::123456789012:assumed-role/reader/$web is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::diary" because no permissions boundary allows the s3:ListBucket action
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:sts::123456789012:assumed-role/reader/$web\"},\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::diary\"}]}"}
% $web aws s3 ls s3://diary
| 2025-03-03 09:00:00 3 index.txt
# An explicit Deny of the boundary is as strong as any.
> iam CreatePolicyVersion {"PolicyArn":"$boundary","SetAsDefault":true,"PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"},{\"Effect\":\"Deny\",\"Action\":\"s3:ListBucket\",\"Resource\":\"*\"}]}"}
% $web aws s3 ls s3://diary
|
| An error occurred (AccessDenied) when calling the ListObjectsV2 operation: User: arn:aws:sts::123456789012:assumed-role/reader/$web is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::diary" with an explicit deny in a permissions boundary
> iam DeleteRolePermissionsBoundary {"RoleName":"reader"}
% $web aws s3 ls s3://diary
| 2025-03-03 09:00:00 3 index.txt
# Every Deny with NotPrincipal is about a role that has a boundary, even where it names the role.
> s3 PutBucketPolicy {"Bucket":"diary","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"NotPrincipal\":{\"AWS\":[\"arn:aws:iam::123456789012:role/reader\",\"arn:aws:iam::123456789012:root\"]},\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::diary\"}]}"}
% $web aws s3 ls s3://diary
| 2025-03-03 09:00:00 3 index.txt
> iam PutRolePermissionsBoundary {"RoleName":"reader","PermissionsBoundary":"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}
% $web aws s3 ls s3://diary
|
| An error occurred (AccessDenied) when calling the ListObjectsV2 operation: User: arn:aws:sts::123456789012:assumed-role/reader/$web is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::diary" with an explicit deny in a resource-based policy

== what guests see of a website
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/IndexDocumentSupport.html
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html
> s3 CreateBucket {"Bucket":"wiki"}
> s3 PutObject {"Bucket":"wiki","Key":"docs/index.html","Body":"aGVsbG8=","ContentType":"text/html"}
> s3 PutObject {"Bucket":"wiki","Key":"old.html","Body":"aGVsbG8=","WebsiteRedirectLocation":"/docs/"}
> s3 PutBucketWebsite {"Bucket":"wiki","WebsiteConfiguration":{"IndexDocument":{"Suffix":"index.html"}}}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
# Nobody may read it yet: S3's own page says so.
% $web curl -s http://wiki.s3-website-us-east-1.amazonaws.com/docs/
| <html>
| <head><title>403 Forbidden</title></head>
| <body>
| <h1>403 Forbidden</h1>
| <ul>
| <li>Code: AccessDenied</li>
| <li>Message: Access Denied</li>
| </ul>
| <hr/>
| </body>
| </html>
> s3 DeletePublicAccessBlock {"Bucket":"wiki"}
> s3 PutBucketPolicy {"Bucket":"wiki","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":[\"s3:GetObject\",\"s3:ListBucket\"],\"Resource\":[\"arn:aws:s3:::wiki\",\"arn:aws:s3:::wiki/*\"]}]}"}
% $web curl -si http://wiki.s3-website-us-east-1.amazonaws.com/docs
| HTTP/1.1 302 Found
| Location: /docs/
| Content-Length: 0
|
% $web curl -sL http://wiki.s3-website-us-east-1.amazonaws.com/docs
| hello
% $web curl -sL http://wiki.s3-website-us-east-1.amazonaws.com/old.html
| hello
% $web curl -s http://wiki.s3-website-us-east-1.amazonaws.com/nothing
| <html>
| <head><title>404 Not Found</title></head>
| <body>
| <h1>404 Not Found</h1>
| <ul>
| <li>Code: NoSuchKey</li>
| <li>Message: The specified key does not exist.</li>
| <li>Key: nothing</li>
| </ul>
| <hr/>
| </body>
| </html>
# Rules that lead round and round.
> s3 PutBucketWebsite {"Bucket":"wiki","WebsiteConfiguration":{"IndexDocument":{"Suffix":"index.html"},"RoutingRules":[{"Condition":{"KeyPrefixEquals":"a"},"Redirect":{"ReplaceKeyPrefixWith":"a"}}]}}
% $web curl -L --max-redirs 3 http://wiki.s3-website-us-east-1.amazonaws.com/a
| curl: (47) Maximum (3) redirects followed
