# Names inside a VPC. facts/dns.md, "Records": a private zone answers only inside its associated VPCs (with both DNS
# attributes on) and beats the public zone of the name; a name it lacks is NXDOMAIN.
> stratus SetTiming {"Name":"route53.in-sync","MinimumMillis":30000,"MaximumMillis":30000}
> stratus SetTiming {"Name":"instance.pending.linux","MinimumMillis":30000,"MaximumMillis":30000}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save vpc = Instances[0].VpcId
save private = Instances[0].PrivateIpAddress
save private-name = Instances[0].PrivateDnsName
# Nothing asks from an instance that does not run.
? www.example.net A $web
~ TIMEOUT:
= steps[0].why: $web is pending: nothing asks from it.
advance 30
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save public = Reservations[0].Instances[0].PublicIpAddress
save public-name = Reservations[0].Instances[0].PublicDnsName
? www.example.net A $web
~ NOERROR: www.example.net. 300 CNAME example.net.; example.net. 300 A 198.51.100.10
= steps[0].server: 172.31.0.2, Amazon's resolver in $vpc
# https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html: the public name stands for the public address
# outside and for the private one inside; the private name is known inside only.
? $public-name A internet
~ NOERROR: $public-name. 604800 A $public
? $public-name A $web
~ NOERROR: $public-name. 60 A $private
? $private-name A $web
~ NOERROR: $private-name. 60 A $private
? $private-name A internet
~ NXDOMAIN:
# An asker is known by its addresses too.
? $private-name A $private
~ cached NOERROR: $private-name. 60 A $private
? $private-name A $public
~ cached NOERROR: $private-name. 60 A $private
# Any address of the VPC has its name, none outside it; and the stub puts the search domain behind a single label.
? ip-172-31-0-99.ec2.internal A $web
~ NOERROR: ip-172-31-0-99.ec2.internal. 60 A 172.31.0.99
? ip-10-1-2-3.ec2.internal A $web
~ NXDOMAIN:
? ip-172-31-0-99 A $web
~ cached NOERROR: ip-172-31-0-99.ec2.internal. 60 A 172.31.0.99
? 99.0.31.172.in-addr.arpa PTR $web
~ NOERROR: 99.0.31.172.in-addr.arpa. 60 PTR ip-172-31-0-99.ec2.internal.
? 99.0.31.172.in-addr.arpa PTR internet
~ NXDOMAIN:
? ec2-3-80-0-1.compute-1.amazonaws.com A internet
~ NXDOMAIN:
# Endpoints of AWS (addresses ours; those of S3 lie in AWS's prefix list).
? s3.us-east-1.amazonaws.com A $web
~ NOERROR: s3.us-east-1.amazonaws.com. 60 A 3.5.0.100

# One name, public and private.
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"1"}
save outer = HostedZone.Id
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"2","VPC":{"VPCRegion":"us-east-1","VPCId":"$vpc"}}
save inner = HostedZone.Id
> route53 ChangeResourceRecordSets {"HostedZoneId":"$outer","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"only.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
> route53 ChangeResourceRecordSets {"HostedZoneId":"$inner","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"10.0.0.1"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"out.example.com","Type":"CNAME","TTL":60,"ResourceRecords":[{"Value":"www.example.net"}]}}]}}
advance 30
? www.example.com A $web
~ NOERROR: www.example.com. 60 A 10.0.0.1
= steps#: 2
= steps[1].server: private zone example.com. (Z*)
= steps[1].why: *where it beats any public zone of the name.
? www.example.com A us-east-1
~ NOERROR: www.example.com. 60 A 192.0.2.1
? only.example.com A $web
~ NXDOMAIN:
= steps[1].why: *has the last word there: the public zone is not asked.
? out.example.com A $web
~ NOERROR: out.example.com. 60 CNAME www.example.net.; www.example.net. * CNAME example.net.; example.net. * A 198.51.100.10
# Of two private zones the longer name counts.
> route53 CreateHostedZone {"Name":"api.example.com","CallerReference":"3","VPC":{"VPCRegion":"us-east-1","VPCId":"$vpc"}}
save api = HostedZone.Id
> route53 ChangeResourceRecordSets {"HostedZoneId":"$api","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"api.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"10.0.0.2"}]}}]}}
advance 30
? api.example.com A $web
~ NOERROR: api.example.com. 60 A 10.0.0.2
# Another VPC sees the public names.
> ec2 CreateVpc {"CidrBlock":"10.9.0.0/16"}
save other = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$other","CidrBlock":"10.9.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet"}
save stranger = Instances[0].InstanceId
save strange-address = Instances[0].PrivateIpAddress
advance 60
? www.example.com A $stranger
~ NOERROR: www.example.com. 60 A 192.0.2.1
= steps[0].server: 10.9.0.2, Amazon's resolver in $other
? $public-name A $stranger
~ NOERROR: $public-name. 604800 A $public
? $private-name A $stranger
~ NXDOMAIN:
# enableDnsHostnames off: no private zones, no public names. (It is off in a VPC one makes.)
> ec2 ModifyVpcAttribute {"VpcId":"$vpc","EnableDnsHostnames":{"Value":false}}
advance 60
? www.example.com A $web
~ NOERROR: www.example.com. 60 A 192.0.2.1
= steps[1].answer: not asked
= steps[1].why: *enableDnsHostnames of $vpc is off*
? $public-name A eu-west-1
~ NXDOMAIN:
? $private-name A $web
~ NOERROR: $private-name. 60 A $private
# enableDnsSupport off: Amazon's resolver does not answer at all.
> ec2 ModifyVpcAttribute {"VpcId":"$vpc","EnableDnsSupport":{"Value":false}}
? www.example.com A $web
~ TIMEOUT:
= steps[0].answer: no answer
= steps[0].why: enableDnsSupport of $vpc is off*
