# The instance metadata service, as somebody in the guest reads it.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-categories.html
== version 2: a token first, then what it is asked with the token
# Amazon Linux 2023 wants tokens: https://docs.aws.amazon.com/linux/al2023/ug/imdsv2.html
> ec2 ImportKeyPair {"KeyName":"mine","PublicKeyMaterial":"c3NoLWVkMjU1MTkgQUFBQUMzTnphQzFsWkRJMU5URTVBQUFBSUd0WTEzQmV2QkszVk9ZZ2FPaG4xNWJRK2FlZ3QwZ29KbXRLeFFPQ3VRS2kgbWluZQ=="}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","KeyName":"mine","PrivateIpAddress":"172.31.0.10","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
save reservation = ReservationId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save mac = Instances[0].NetworkInterfaces[0].MacAddress
save subnet = Instances[0].SubnetId
save vpc = Instances[0].VpcId
save group = Instances[0].SecurityGroups[0].GroupId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save public = Reservations[0].Instances[0].PublicIpAddress
% $web curl -s -o /dev/null -w "%{http_code}" http://169.254.169.254/latest/meta-data/
| 401
% $web curl http://169.254.169.254/latest/meta-data/instance-id
| <?xml version="1.0" encoding="iso-8859-1"?>
| <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
| "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
| <html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
|  <head>
|   <title>401 - Unauthorized</title>
|  </head>
|  <body>
|   <h1>401 - Unauthorized</h1>
|  </body>
| </html>
# AWS's own example, over two lines.
% $web TOKEN=`curl -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 21600"` \\n && curl -H "X-aws-ec2-metadata-token: ${TOKEN}" http://169.254.169.254/latest/meta-data/
| ami-id
| ami-launch-index
| ami-manifest-path
| block-device-mapping/
| events/
| hibernation/
| hostname
| instance-action
| instance-id
| instance-life-cycle
| instance-type
| local-hostname
| local-ipv4
| mac
| network/
| placement/
| profile
| public-hostname
| public-ipv4
| public-keys/
| reservation-id
| security-groups
| services/
| system
# A token has 56 characters, and is the instance's own for as long as was asked.
% $web echo -n "$(curl -sX PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60")"
| AAABl*
save token = Output
% $web curl -s -H "X-aws-ec2-metadata-token: $token" http://169.254.169.254/latest/meta-data/instance-id
| $web
advance 59
% $web curl -s -i -H "X-aws-ec2-metadata-token: $token" http://169.254.169.254/latest/meta-data/instance-type
| HTTP/1.1 200 OK
| Content-Type: text/plain
| Server: EC2ws
| X-Aws-Ec2-Metadata-Token-Ttl-Seconds: 1
| Content-Length: 8
| 
| t3.micro
advance 1
% $web curl -s -o /dev/null -w "%{http_code}" -H "X-aws-ec2-metadata-token: $token" http://169.254.169.254/latest/meta-data/instance-id
| 401
# One second to six hours, at the path of the newest version, and through no proxy.
% $web curl -so /dev/null -w "%{http_code} " -X PUT http://169.254.169.254/latest/api/token; curl -so /dev/null -w "%{http_code} " -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 21601"; curl -so /dev/null -w "%{http_code} " -X PUT http://169.254.169.254/2021-03-23/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60"; curl -so /dev/null -w "%{http_code} " -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60" -H "X-Forwarded-For: 172.31.0.10"; curl -so /dev/null -w "%{http_code}" -X POST http://169.254.169.254/latest/meta-data/
| 400 400 403 403 405
# Version 1 from here on; a token that is none is refused all the same.
> ec2 ModifyInstanceMetadataOptions {"InstanceId":"$web","HttpTokens":"optional"}
% $web curl -so /dev/null -w "%{http_code}" -H "X-aws-ec2-metadata-token: $token" http://169.254.169.254/latest/meta-data/instance-id
| 401
% $web curl http://169.254.169.254/latest/
| dynamic
| meta-data
% $web curl http://169.254.169.254/2009-04-04/meta-data/ami-id
| $al2023
% $web at=http://169.254.169.254/latest/meta-data; echo $(curl -s ${at}/hostname) $(curl -s ${at}/local-hostname) $(curl -s ${at}/local-ipv4) $(curl -s ${at}/public-ipv4); echo $(curl -s ${at}/reservation-id) $(curl -s ${at}/ami-launch-index) $(curl -s ${at}/instance-life-cycle) $(curl -s ${at}/system) $(curl -s ${at}/security-groups) $(curl -s ${at}/mac)
| ip-172-31-0-10.ec2.internal ip-172-31-0-10.ec2.internal 172.31.0.10 $public
| $reservation 0 on-demand nitro default $mac
% $web curl http://169.254.169.254/latest/meta-data/public-hostname
| ec2-*.compute-1.amazonaws.com
% $web curl http://169.254.169.254/latest/meta-data/placement/
| availability-zone
| availability-zone-id
| region
% $web curl http://169.254.169.254/latest/meta-data/placement/availability-zone
| us-east-1a
% $web curl http://169.254.169.254/latest/meta-data/placement/region
| us-east-1
% $web curl http://169.254.169.254/latest/meta-data/public-keys/
| 0=mine
% $web curl http://169.254.169.254/latest/meta-data/public-keys/0/
| openssh-key
% $web curl http://169.254.169.254/latest/meta-data/public-keys/0/openssh-key
| ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGtY13BevBK3VOYgaOhn15bQ+aegt0goJmtKxQOCuQKi mine
% $web curl http://169.254.169.254/latest/meta-data/network/interfaces/macs/$mac/
| device-number
| interface-id
| ipv4-associations/
| local-hostname
| local-ipv4s
| mac
| owner-id
| public-hostname
| public-ipv4s
| security-group-ids
| security-groups
| subnet-id
| subnet-ipv4-cidr-block
| vpc-id
| vpc-ipv4-cidr-block
| vpc-ipv4-cidr-blocks
% $web at=http://169.254.169.254/latest/meta-data/network/interfaces/macs/$mac; echo $(curl -s ${at}/interface-id) $(curl -s ${at}/subnet-id) $(curl -s ${at}/vpc-id) $(curl -s ${at}/security-group-ids) $(curl -s ${at}/vpc-ipv4-cidr-block) $(curl -s ${at}/ipv4-associations/$public) $(curl -s ${at}/owner-id)
| $eni $subnet $vpc $group 172.31.0.0/16 172.31.0.10 123456789012
% $web curl http://169.254.169.254/latest/meta-data/block-device-mapping/
| ami
| root
% $web curl http://169.254.169.254/latest/meta-data/block-device-mapping/root
| /dev/xvda
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save volume = VolumeId
advance 60
> ec2 AttachVolume {"VolumeId":"$volume","InstanceId":"$web","Device":"/dev/sdf"}
# Volumes are there if they were at the launch or at the last start.
% $web curl -s -o /dev/null -w "%{http_code}" http://169.254.169.254/latest/meta-data/block-device-mapping/ebs1
| 404
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
% $web curl http://169.254.169.254/latest/meta-data/block-device-mapping/ebs1
| sdf
% $web curl http://169.254.169.254/latest/dynamic/
| fws/
| instance-identity/
% $web curl http://169.254.169.254/latest/dynamic/fws/instance-monitoring
| disabled
# What the world has not of it is not there.
% $web curl -s -o /dev/null -w "%{http_code} " http://169.254.169.254/latest/meta-data/nothing; curl -s -o /dev/null -w "%{http_code} " http://169.254.169.254/latest/user-data; curl -s -o /dev/null -w "%{http_code} " http://169.254.169.254/latest/meta-data/iam/info; curl -s -o /dev/null -w "%{http_code} " http://169.254.169.254/latest/meta-data/spot/instance-action; curl -s -o /dev/null -w "%{http_code}" http://169.254.169.254/2009/meta-data/
| 404 404 404 404 404
% $web curl http://169.254.169.254/latest/meta-data/tags/instance
| <?xml version="1.0" encoding="iso-8859-1"?>
| <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
| "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
| <html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
|  <head>
|   <title>404 - Not Found</title>
|  </head>
|  <body>
|   <h1>404 - Not Found</h1>
|  </body>
| </html>

== options: tags, the endpoint off, IPv6
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-existing-instances.html
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","MetadataOptions":{"InstanceMetadataTags":"enabled","HttpTokens":"optional"},"TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"Name","Value":"web one"},{"Key":"Stage","Value":"test"}]}]}
save web = Instances[0].InstanceId
advance 120
% $web curl http://169.254.169.254/latest/meta-data/tags/instance/
| Name
| Stage
% $web curl http://169.254.169.254/latest/meta-data/tags/instance/Name
| web one
> ec2 DeleteTags {"Resources":["$web"],"Tags":[{"Key":"Stage"}]}
% $web curl http://169.254.169.254/latest/meta-data/tags/instance/
| Name
# Turned off, it forbids everything.
> ec2 ModifyInstanceMetadataOptions {"InstanceId":"$web","HttpEndpoint":"disabled"}
% $web curl -s -o /dev/null -w "%{http_code} " http://169.254.169.254/latest/meta-data/; curl -s -o /dev/null -w "%{http_code}" -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60"
| 403 403
% $web curl -f http://169.254.169.254/latest/meta-data/
| curl: (22) The requested URL returned error: 403
= ExitCode: 22
# On no other port does it say even that.
% $web curl -s --connect-timeout 1 http://169.254.169.254:8080/
= ExitCode: 28
% $web aws s3 ls s3://books
|
| Unable to locate credentials. You can configure credentials by running "aws configure".
= ExitCode: 253

== the address for IPv6 answers where it is turned on
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save vpc = Vpc.VpcId
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
save six = Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
slash64 block = $six
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24","Ipv6CidrBlock":"$block","AvailabilityZone":"us-east-1a"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet","Ipv6AddressCount":1,"MetadataOptions":{"HttpTokens":"optional"}}
save web = Instances[0].InstanceId
save address = Instances[0].NetworkInterfaces[0].Ipv6Addresses[0].Ipv6Address
advance 120
% $web curl -s --connect-timeout 1 "http://[fd00:ec2::254]/latest/meta-data/instance-id"
= ExitCode: 28
> ec2 ModifyInstanceMetadataOptions {"InstanceId":"$web","HttpProtocolIpv6":"enabled"}
% $web curl -s "http://[fd00:ec2::254]/latest/meta-data/instance-id"
| $web
% $web curl -s "http://[fd00:ec2::254]/latest/meta-data/ipv6"
| $address
% $web at=http://169.254.169.254/latest/meta-data; m=$(curl -s ${at}/mac); curl -s ${at}/network/interfaces/macs/${m}/subnet-ipv6-cidr-blocks
| $block

== who the instance is, and the credentials of its role, which STS knows
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html
> iam CreateRole {"RoleName":"reader","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.RoleId
> iam CreateRole {"RoleName":"other","MaxSessionDuration":7200,"AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:role/reader\"},\"Action\":\"sts:AssumeRole\"}]}"}
> iam CreateInstanceProfile {"InstanceProfileName":"readers"}
save profile = InstanceProfile.InstanceProfileId
> iam AddRoleToInstanceProfile {"InstanceProfileName":"readers","RoleName":"reader"}
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","IamInstanceProfile":{"Name":"readers"},"MetadataOptions":{"HttpTokens":"optional"},"PrivateIpAddress":"172.31.0.10","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
advance 120
% $web curl -s http://169.254.169.254/latest/dynamic/instance-identity/document
| {
|   "accountId" : "123456789012",
|   "architecture" : "x86_64",
|   "availabilityZone" : "us-east-1a",
|   "billingProducts" : null,
|   "devpayProductCodes" : null,
|   "marketplaceProductCodes" : null,
|   "imageId" : "$ubuntu",
|   "instanceId" : "$web",
|   "instanceType" : "t3.micro",
|   "kernelId" : null,
|   "pendingTime" : "2025-03-03T09:00:00Z",
|   "privateIp" : "172.31.0.10",
|   "ramdiskId" : null,
|   "region" : "us-east-1",
|   "version" : "2017-09-30"
| }
% $web curl http://169.254.169.254/latest/meta-data/iam/info
| {
|   "Code" : "Success",
|   "LastUpdated" : "2025-03-03T09:00:00Z",
|   "InstanceProfileArn" : "arn:aws:iam::123456789012:instance-profile/readers",
|   "InstanceProfileId" : "$profile"
| }
% $web curl http://169.254.169.254/latest/meta-data/iam/security-credentials/
| reader
% $web curl http://169.254.169.254/latest/meta-data/iam/security-credentials/reader
| {
|   "Code" : "Success",
|   "LastUpdated" : "2025-03-03T09:02:00Z",
|   "Type" : "AWS-HMAC",
|   "AccessKeyId" : "ASIA*",
|   "SecretAccessKey" : "*",
|   "Token" : "*",
|   "Expiration" : "2025-03-03T15:02:00Z"
| }
% $web keys=$(curl -s http://169.254.169.254/latest/meta-data/iam/security-credentials/$(curl -s http://169.254.169.254/latest/meta-data/iam/security-credentials/)); echo "${keys}" > keys; grep AccessKeyId keys | cut -d '"' -f 4
| ASIA*
% $web echo -n $(grep AccessKeyId keys | cut -d '"' -f 4)
save key = Output
% $web echo -n $(grep Token keys | cut -d '"' -f 4)
save token = Output
key $key $token: active arn:aws:sts::123456789012:assumed-role/reader/$web
as $key $token
> sts GetCallerIdentity {}
= Arn: arn:aws:sts::123456789012:assumed-role/reader/$web
= UserId: $role:$web
# What it assumes is no chain of roles, and may last longer than an hour: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/other","RoleSessionName":"far","DurationSeconds":7200}
= AssumedRoleUser.Arn: arn:aws:sts::123456789012:assumed-role/other/far
as administrator
> iam GetRole {"RoleName":"reader"}
= Role.RoleLastUsed.Region: us-east-1
# The same ones until five minutes before they expire, then new ones.
advance 21200
% $web curl -s http://169.254.169.254/latest/meta-data/iam/security-credentials/reader | grep AccessKeyId | cut -d '"' -f 4
| $key
advance 100
% $web curl -s http://169.254.169.254/latest/meta-data/iam/security-credentials/reader | grep AccessKeyId | cut -d '"' -f 4
| ASIA*
key $key $token: active arn:aws:sts::123456789012:assumed-role/reader/$web
advance 300
key $key $token: expired arn:aws:sts::123456789012:assumed-role/reader/$web
# A role that EC2 may not assume: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html
> iam UpdateAssumeRolePolicy {"RoleName":"reader","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
% $web curl -s http://169.254.169.254/latest/meta-data/iam/security-credentials/reader | grep Code
|   "Code" : "AssumeRoleUnauthorizedAccess",
% $web aws s3 ls s3://books
| 
| Unable to locate credentials. You can configure credentials by running "aws configure".
= ExitCode: 253

== a role that was made anew under its old name gives credentials of its own
> iam CreateRole {"RoleName":"reader","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
> iam CreateInstanceProfile {"InstanceProfileName":"readers"}
> iam AddRoleToInstanceProfile {"InstanceProfileName":"readers","RoleName":"reader"}
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","IamInstanceProfile":{"Name":"readers"},"MetadataOptions":{"HttpTokens":"optional"}}
save web = Instances[0].InstanceId
advance 120.5
# Moments are written in whole seconds.
% $web curl -s http://169.254.169.254/latest/meta-data/iam/security-credentials/reader | grep LastUpdated
|   "LastUpdated" : "2025-03-03T09:02:00Z",
> iam RemoveRoleFromInstanceProfile {"InstanceProfileName":"readers","RoleName":"reader"}
> iam DeleteRole {"RoleName":"reader"}
> iam CreateRole {"RoleName":"reader","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.RoleId
> iam AddRoleToInstanceProfile {"InstanceProfileName":"readers","RoleName":"reader"}
% $web curl -s http://169.254.169.254/latest/meta-data/iam/security-credentials/reader > keys; echo -n $(grep AccessKeyId keys | cut -d '"' -f 4)
save key = Output
% $web echo -n $(grep Token keys | cut -d '"' -f 4)
save token = Output
as $key $token
> sts GetCallerIdentity {}
= UserId: $role:$web
as administrator

== user data reads the metadata at the first boot
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
base64 script = #!/bin/bash\nTOKEN=$(curl -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 60")\necho "I am $(curl -s -H "X-aws-ec2-metadata-token: ${TOKEN}" http://169.254.169.254/latest/meta-data/instance-id)" > /root/me
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","UserData":"$script"}
save web = Instances[0].InstanceId
advance 180
% $web cat /root/me
| I am $web
% $web TOKEN=$(curl -sX PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 60"); curl -s -H "X-aws-ec2-metadata-token: ${TOKEN}" http://169.254.169.254/latest/user-data | head -n 1
| #!/bin/bash

== what stands in a line for something else
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
# https://www.gnu.org/software/bash/manual/bash.html#Shell-Expansions
% $web A="one  two" B=three\necho ${A} "${A}" '${A}' ${B}$(echo 4; echo 5)x ${C}. > /tmp/${B}\ncat /tmp/three
| one two one  two ${A} three4 5x .
% $web A=$(cat /nothing) || echo "so $(echo "it $(echo is)")"; export B=1; echo ${B}
| cat: /nothing: No such file or directory
| so it is
| 1
% $web echo "a:b:c" | cut -d : -f 2; cut -f
| b
| cut: guests know 'cut -d MARK -f NUMBER' (ours)
= ExitCode: 1
# A value behind `export` stays whole; a command in parentheses is a shell of its own.
% $web export A=$(echo a b) B=c; echo "${A}" ${B}; cd /tmp; A=$(cd /; A=x; pwd); echo ${A} $(pwd); C=$(C=1; echo); echo "(${C})"
| a b c
| / /tmp
| ()
% $web echo ${X:-none} "${X:-a ${B:-"b  c"}}"; X=1; echo ${X:-none}; cat /nothing; echo ${?}; echo ${?}; echo $(( (1 + 2) * X - 7 / 2 )) "${5}"
| none a b  c
| 1
| cat: /nothing: No such file or directory
| 1
| 0
| 0
% $web A=one.txt; echo ${A%.txt} || echo $((1 / 0)) || echo $((2 **))
| bash: ${A%.txt}: bad substitution
| bash: 1 / 0: division by 0
| bash: 2 **: syntax error in expression (guests know + - * / % and parentheses: ours)
= ExitCode: 1
% $web echo `echo \`echo in\`` $(echo \)) $(echo "\"")
| in ) "
# Words that are too many for a command: https://www.gnu.org/software/bash/manual/bash.html#Exit-Status
% $web A="a "; A="${A}${A}"; A="${A}${A}"; A="${A}${A}"; A="${A}${A}"; A="${A}${A}"; A="${A}${A}"; A="${A}${A}"; A="${A}${A}"; A="${A}${A}"; A="${A}${A}"; A="${A}${A}"; A="${A}${A}"; A="${A}${A}"; A="${A}${A}"; A="${A}${A}"; A="${A}${A}"; echo ${A}; echo ${?}; echo "${A}" | wc -c | cut -d " " -f 1
| bash: echo: Argument list too long
| 126
| 65537

== here-documents: variables and commands are put in, unless the word that ends them stands in quotes
# https://www.gnu.org/software/bash/manual/bash.html#Here-Documents
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","MetadataOptions":{"HttpTokens":"optional"}}
save web = Instances[0].InstanceId
advance 120
% $web ID=7\ncat > /tmp/a <<EOF\nid = ${ID}, \${ID}, "${ID}", `echo eight`\nme = $(curl -s http://169.254.169.254/latest/meta-data/instance-id)\nEOF\ncat /tmp/a
| id = 7, ${ID}, "7", eight
| me = $web
% $web cat > /tmp/b <<'EOF'\nserver ${host} \\n  listen 80\nEOF\ncat /tmp/b
| server ${host} \
|   listen 80
# What a command reads stays its own, and the other lines go on behind it.
% $web cat <<EOF | grep b; echo then\na\nb\nEOF\nsudo tee -a /tmp/b > /dev/null <<-EOF\nmore\nEOF\ntail -n 1 /tmp/b; echo a\\nb
| b
| then
| more
| ab
% $web F=/tmp/named; cat > ${F} <<EOF\n1\nEOF\ncat /tmp/named
| 1
base64 script = #!/bin/bash\nID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)\ncurl -s -o /root/zone http://169.254.169.254/latest/meta-data/placement/availability-zone\ncat > /root/env <<EOF\nID=${ID}\nEOF\ncat > /root/raw <<"EOF"\nID=${ID}\nEOF\n
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","UserData":"$script","MetadataOptions":{"HttpTokens":"optional"},"Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
base64 script = #!/bin/bash\ncurl -s -o /root/zone http://169.254.169.254/latest/meta-data/placement/availability-zone
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","UserData":"$script","MetadataOptions":{"HttpTokens":"optional"},"Placement":{"AvailabilityZone":"us-east-1a"}}
save other = Instances[0].InstanceId
advance 180
% $web cat /root/zone; echo; cat /root/env /root/raw
| us-east-1a
| ID=$web
| ID=${ID}
% $other cat /root/zone
| us-east-1a

== a container is one hop further: the answer to a PUT comes as far as the hop limit says
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-existing-instances.html
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
> ec2 RunInstances {"ImageId":"$debian","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","MetadataOptions":{"HttpTokens":"required"}}
save web = Instances[0].InstanceId
= Instances[0].MetadataOptions.HttpPutResponseHopLimit: 1
advance 120
% $web curl -so /dev/null -w "%{http_code}" -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60"
| 200
# It is connected, and waits: only the answer is dropped.
% $web docker run --rm curlimages/curl -sS -m 2 -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60"
| curl: (28) Operation timed out after 2001 milliseconds with 0 bytes received
= ExitCode: 28
% $web docker run --rm curlimages/curl -s -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60"
| ^C
= ExitCode: 130
# The limit is for answers to PUT: whoever asks without a token is told to get one.
% $web docker run --rm curlimages/curl -so /dev/null -w "%{http_code}" http://169.254.169.254/latest/meta-data/
| 401
# On the host's network there is no bridge.
% $web docker run --rm --network host amazonlinux:2023 sh -c 'T=$(curl -sX PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60"); curl -s -H "X-aws-ec2-metadata-token: ${T}" http://169.254.169.254/latest/meta-data/instance-id'
| $web
> ec2 ModifyInstanceMetadataOptions {"InstanceId":"$web","HttpPutResponseHopLimit":2}
advance 5
% $web docker run --rm -it amazonlinux:2023 bash -c 'T=$(curl -sX PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60"); curl -s -H "X-aws-ec2-metadata-token: ${T}" http://169.254.169.254/latest/meta-data/instance-id'
| $web
# Version 1 needs no token, and so no second hop.
> ec2 ModifyInstanceMetadataOptions {"InstanceId":"$web","HttpPutResponseHopLimit":1,"HttpTokens":"optional"}
advance 5
% $web docker run --rm --entrypoint curl alpine -s http://169.254.169.254/latest/meta-data/instance-id
| $web
# Its own loopback, its own disk, its own programs.
% $web docker run alpine curl http://127.0.0.1:22/
| curl: (7) Failed to connect to 127.0.0.1 port 22 after 0 ms: Couldn't connect to server
= ExitCode: 7
% $web docker run alpine sh -c 'echo in > /tmp/in; curl -s -T /etc/hostname http://198.51.100.7/'; cat /tmp/in
| cat: /tmp/in: No such file or directory
# What its shell writes comes out as it is, and how it ends is how the container ends.
% $web docker run alpine sh -c 'set -e; echo one; echo; printf two'; echo .
| one
|
| two.
% $web docker run --entrypoint sh alpine -c 'curl -s http://127.0.0.1:22/ || exit 3'
= ExitCode: 3
% $web docker run --entrypoint=sh alpine -c 'curl -s http://127.0.0.1:22/ || exit'
= ExitCode: 7
% $web docker run alpine lsblk
| docker: exec: "lsblk": executable file not found in *
= ExitCode: 127
% $web docker run -d nginx
| docker: only a command that ends is simulated: docker run IMAGE curl ADDRESS.
= ExitCode: 125
% $web docker ps
| docker: only docker run IMAGE COMMAND is simulated.
