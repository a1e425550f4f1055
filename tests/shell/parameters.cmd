# Parameters: shorthand, JSON, files, and what is said about those that are not right.
@file filters.json [{"Name": "vpc-id", "Values": ["vpc-1"], "More": 1}]
@file text.txt one\ntwo\n
@file input.json {"Foo": 1, "InstanceIds": "x"}
@file list.json [1]
@file short.txt Name=a,Values=b
$ aws ec2 describe-instances --filters foo
!
! Error parsing parameter '--filters': Expected: '=', received: 'EOF' for input:
! foo
!    ^
!
= 252

$ aws ec2 describe-instances --filters Name
!
! Error parsing parameter '--filters': Expected: '=', received: 'EOF' for input:
! Name
!     ^
!
= 252

$ aws ec2 describe-instances --filters Name=a,Name=b
!
! Error parsing parameter '--filters': Second instance of key "Name" encountered for input:
! Name=a,Name=b
!        ^
! This is often because there is a preceding "," instead of a space.
!
= 252

$ aws ec2 describe-instances --filters Name=a,Foo=b
!
! Parameter validation failed:
! Unknown parameter in Filters[0]: "Foo", must be one of: Name, Values
!
= 252

$ aws ec2 describe-instances --filters [x
!
! Error parsing parameter '--filters': Invalid JSON: Expecting value: line 1 column 2 (char 1)
! JSON received: [x
!
= 252

$ aws ec2 describe-instances --filters '[{"Name": 1, "Values": "x"}]'
!
! Parameter validation failed:
! Invalid type for parameter Filters[0].Name, value: 1, type: <class 'int'>, valid types: <class 'str'>
! Invalid type for parameter Filters[0].Values, value: x, type: <class 'str'>, valid types: <class 'list'>, <class 'tuple'>
!
= 252

$ aws ec2 describe-instances --filters '[{"Name": "a" "Values": []}]'
!
! Error parsing parameter '--filters': Invalid JSON: Expecting ',' delimiter: line 1 column 15 (char 14)
! JSON received: [{"Name": "a" "Values": []}]
!
= 252

$ aws ec2 describe-instances --filters '[{Name: 1}]'
!
! Error parsing parameter '--filters': Invalid JSON: Expecting property name enclosed in double quotes: line 1 column 3 (char 2)
! JSON received: [{Name: 1}]
!
= 252

$ aws ec2 describe-instances --filters '["a",]'
!
! Error parsing parameter '--filters': Invalid JSON: Expecting value: line 1 column 6 (char 5)
! JSON received: ["a",]
!
= 252

$ aws ec2 describe-instances --filters '[{"Name": "a"}] x'
!
! Error parsing parameter '--filters': Invalid JSON: Extra data: line 1 column 17 (char 16)
! JSON received: [{"Name": "a"}] x
!
= 252

$ aws ec2 describe-instances --filters '["\x"]'
!
! Error parsing parameter '--filters': Invalid JSON: Invalid \escape: line 1 column 3 (char 2)
! JSON received: ["\x"]
!
= 252

$ aws ec2 describe-instances --filters '["\u12"]'
!
! Error parsing parameter '--filters': Invalid JSON: Invalid \uXXXX escape: line 1 column 4 (char 3)
! JSON received: ["\u12"]
!
= 252

$ aws ec2 describe-instances --filters '["abc'
!
! Error parsing parameter '--filters': Invalid JSON: Unterminated string starting at: line 1 column 2 (char 1)
! JSON received: ["abc
!
= 252

$ aws ec2 describe-instances --filters '[{"Name": "a", "Values": [1, 2.5, null, true, {"a": 1}]}]'
!
! Parameter validation failed:
! Invalid type for parameter Filters[0].Values[0], value: 1, type: <class 'int'>, valid types: <class 'str'>
! Invalid type for parameter Filters[0].Values[1], value: 2.5, type: <class 'float'>, valid types: <class 'str'>
! Invalid type for parameter Filters[0].Values[2], value: None, type: <class 'NoneType'>, valid types: <class 'str'>
! Invalid type for parameter Filters[0].Values[3], value: True, type: <class 'bool'>, valid types: <class 'str'>
! Invalid type for parameter Filters[0].Values[4], value: OrderedDict([('a', 1)]), type: <class 'collections.OrderedDict'>, valid types: <class 'str'>
!
= 252

$ aws ec2 describe-instances --filters file://filters.json
!
! Parameter validation failed:
! Unknown parameter in Filters[0]: "More", must be one of: Name, Values
!
= 252

$ aws ec2 describe-instances --filters file://text.txt
!
! Error parsing parameter '--filters': Expected: '=', received: 't' for input:
! one
! two
! ^
!
!
= 252

$ aws ec2 describe-instances --filters file://nope
!
! Error parsing parameter '--filters': Unable to load paramfile file://nope: [Errno 2] No such file or directory: 'nope'
!
= 252

$ aws ec2 describe-instances --filters file://short.txt
!
! Parameter validation failed:
! Invalid type for parameter Filters, value: {'Name': 'a', 'Values': 'b'}, type: <class 'dict'>, valid types: <class 'list'>, <class 'tuple'>
!
= 252

$ aws ec2 describe-instances --filters Name=a,Values=b, x
!
! Error parsing parameter '--filters': Expected: '<second>', received: '<none>' for input:
! Name=a,Values=b,
!                 ^
!
= 252

$ aws ec2 describe-instances --filters "Name=a,Values='b"
!
! Error parsing parameter '--filters': Expected: '<singled quoted>', received: '<none>' for input:
! Name=a,Values='b
!               ^
!
= 252

$ aws ec2 describe-instances --filters 'Name=a,Values="b'
!
! Error parsing parameter '--filters': Expected: '<double quoted>', received: '<none>' for input:
! Name=a,Values="b
!               ^
!
= 252

$ aws ec2 describe-instances --filters 'Name=a,Values=[b'
!
! Error parsing parameter '--filters': Expected: ',', received: 'EOF' for input:
! Name=a,Values=[b
!                 ^
!
= 252

$ aws ec2 describe-instances --filters 'Name=a,Values=[b,c]x'
!
! Error parsing parameter '--filters': Expected: ',', received: 'x' for input:
! Name=a,Values=[b,c]x
!                    ^
!
= 252

$ aws ec2 describe-instances --filters 'Name=a,Values={b=c}'
!
! Parameter validation failed:
! Invalid type for parameter Filters[0].Values[0], value: {'b': 'c'}, type: <class 'dict'>, valid types: <class 'str'>
!
= 252

$ aws ec2 describe-instances --filters 'Name={b=c},Values=x'
!
! Parameter validation failed:
! Invalid type for parameter Filters[0].Name, value: {'b': 'c'}, type: <class 'dict'>, valid types: <class 'str'>
!
= 252

$ aws ec2 describe-instances --filters 'Name=a,b,Values=x'
!
! Parameter validation failed:
! Invalid type for parameter Filters[0].Name, value: ['a', 'b'], type: <class 'list'>, valid types: <class 'str'>
!
= 252

$ aws ec2 describe-instances --filters '=a'
!
! Parameter validation failed:
! Unknown parameter in Filters[0]: "", must be one of: Name, Values
!
= 252

$ aws ec2 describe-instances --filters 'Name=a,Values=b,c,=d'
!
! Parameter validation failed:
! Unknown parameter in Filters[0]: "", must be one of: Name, Values
!
= 252

$ aws ec2 describe-instances --filters 'Name = a , Values = b , c , Foo = d'
!
! Parameter validation failed:
! Unknown parameter in Filters[0]: "Foo", must be one of: Name, Values
!
= 252

$ aws ec2 describe-instances --filters 'Name=a\,b,Foo=c'
!
! Parameter validation failed:
! Unknown parameter in Filters[0]: "Foo", must be one of: Name, Values
!
= 252

$ aws ec2 create-volume --size x --availability-zone a
!
! invalid literal for int() with base 10: 'x'
!
= 255

$ aws ec2 create-volume --size 1.5 --availability-zone a
!
! invalid literal for int() with base 10: '1.5'
!
= 255

$ aws ec2 create-volume --availability-zone a --tag-specifications 'ResourceType=volume,Tags=[{Key=a,Valu=b}]'
!
! Parameter validation failed:
! Unknown parameter in TagSpecifications[0].Tags[0]: "Valu", must be one of: Key, Value
!
= 252

$ aws ec2 create-volume --availability-zone a --tag-specifications 'ResourceType=volume,Tags={Key=a,Value=b}' Foo=a
!
! Parameter validation failed:
! Unknown parameter in TagSpecifications[1]: "Foo", must be one of: ResourceType, Tags
!
= 252

$ aws ec2 create-volume --availability-zone a --tag-specifications 'ResourceType=volume,Tags=[{Key=a,Value=b}'
!
! Error parsing parameter '--tag-specifications': Expected: ',', received: 'EOF' for input:
! ResourceType=volume,Tags=[{Key=a,Value=b}
!                                          ^
!
= 252

$ aws ec2 create-volume --availability-zone a --tag-specifications 'ResourceType=volume,Tags=[{Key=a,Value=[x,y]}]'
!
! Parameter validation failed:
! Invalid type for parameter TagSpecifications[0].Tags[0].Value, value: ['x', 'y'], type: <class 'list'>, valid types: <class 'str'>
!
= 252

$ aws ec2 create-tags --resources a --tags x
!
! Error parsing parameter '--tags': Expected: '=', received: 'EOF' for input:
! x
!  ^
!
= 252

$ aws ec2 run-instances --block-device-mappings 'DeviceName=/dev/sda1,Ebs={VolumeSize=x}'
!
! invalid literal for int() with base 10: 'x'
!
= 255

$ aws ec2 run-instances --block-device-mappings 'DeviceName=/dev/sda1,Ebs={VolumeSize=[1,2]}'
!
! int() argument must be a string, a bytes-like object or a real number, not 'list'
!
= 255

$ aws ec2 run-instances --block-device-mappings 'DeviceName=/dev/sda1,Ebs={Encrypted=[1,2]}'
!
! 'list' object has no attribute 'lower'
!
= 255

$ aws ec2 run-instances --block-device-mappings 'DeviceName=/dev/sda1,Ebs={Encrypted=maybe}'
!
! Parameter validation failed:
! Invalid type for parameter BlockDeviceMappings[0].Ebs.Encrypted, value: maybe, type: <class 'str'>, valid types: <class 'bool'>
!
= 252

$ aws ec2 run-instances --block-device-mappings 'DeviceName=/dev/sda1,Ebs=8'
!
! Parameter validation failed:
! Invalid type for parameter BlockDeviceMappings[0].Ebs, value: 8, type: <class 'str'>, valid types: <class 'dict'>
!
= 252

$ aws ec2 run-instances --instance-type t2.micro --network-interfaces DeviceIndex=0 --associate-public-ip-address
!
! Mixing the --network-interfaces option with the simple, scalar options is not supported.
!
= 252

$ aws ec2 run-instances --network-interfaces DeviceIndex=a
!
! invalid literal for int() with base 10: 'a'
!
= 255

$ aws ec2 authorize-security-group-ingress --protocol foo
!
! protocol parameter should be one of: tcp|udp|icmp|all or any valid protocol number.
!
= 252

$ aws ec2 authorize-security-group-ingress --protocol 300
!
! protocol numbers must be in the range 0-255 or -1 to specify all protocols
!
= 252

$ aws ec2 authorize-security-group-ingress --port x
!
! port parameter should be of the form <from[-to]> (e.g. 22 or 22-25)
!
= 252

$ aws ec2 authorize-security-group-ingress --port 1 --ip-permissions IpProtocol=tcp
!
! The --port option is not compatible with the --ip-permissions option
!
= 252

$ aws ec2 authorize-security-group-ingress --cidr x --ip-permissions IpProtocol=tcp
!
! The --cidr option is not compatible with the --ip-permissions option
!
= 252

$ aws ec2 modify-vpc-attribute --vpc-id v --enable-dns-support x,y
!
! Error parsing parameter '--enable-dns-support': Expected: '=', received: ',' for input:
! x,y
!  ^
!
= 252

$ aws ec2 modify-vpc-attribute --vpc-id v --enable-dns-support Value=maybe
!
! Parameter validation failed:
! Invalid type for parameter EnableDnsSupport.Value, value: maybe, type: <class 'str'>, valid types: <class 'bool'>
!
= 252

$ aws ec2 modify-vpc-attribute --vpc-id v --enable-dns-support '{"Value": 1}'
!
! Parameter validation failed:
! Invalid type for parameter EnableDnsSupport.Value, value: 1, type: <class 'int'>, valid types: <class 'bool'>
!
= 252

$ aws ec2 modify-instance-attribute --instance-id i --groups '[1]'
!
! Parameter validation failed:
! Invalid type for parameter Groups[0], value: 1, type: <class 'int'>, valid types: <class 'str'>
!
= 252

$ aws ec2 describe-spot-price-history --start-time foo
!
! Parameter validation failed:
! Invalid type for parameter StartTime, value: foo, type: <class 'str'>, valid types: <class 'datetime.datetime'>, timestamp-string
!
= 252

$ aws ec2 describe-spot-price-history --start-time 2025-03-03T09:00:00Z --instance-types '[1]'
!
! Parameter validation failed:
! Invalid type for parameter InstanceTypes[0], value: 1, type: <class 'int'>, valid types: <class 'str'>
!
= 252

$ aws ec2 get-password-data --instance-id i-1 --priv-launch-key nofile
!
! priv-launch-key should be a path to the local SSH private key file used to launch the instance.
!
= 255

$ aws ec2 describe-instances --cli-input-json x
!
! Error parsing parameter 'cli-input-json': Invalid JSON received.
!
= 252

$ aws ec2 describe-instances --cli-input-json '[1]'
!
! Error parsing parameter '--cli-input-json': Invalid type: expecting map, received <class 'list'>
!
= 252

$ aws ec2 describe-tags --cli-input-json '{"Foo": 1}'
!
! Parameter validation failed:
! Unknown parameter in input: "Foo", must be one of: DryRun, Filters, MaxResults, NextToken
!
= 252

$ aws ec2 start-instances --cli-input-json file://input.json
!
! Parameter validation failed:
! Unknown parameter in input: "Foo", must be one of: InstanceIds, AdditionalInfo, DryRun
! Invalid type for parameter InstanceIds, value: x, type: <class 'str'>, valid types: <class 'list'>, <class 'tuple'>
!
= 252

$ aws ec2 describe-instances --cli-input-json file://list.json
!
! Error parsing parameter '--cli-input-json': Invalid type: expecting map, received <class 'list'>
!
= 252

$ aws ec2 describe-instances --cli-input-json file://nope
!
! Error parsing parameter '--cli-input-json': Unable to load paramfile file://nope: [Errno 2] No such file or directory: 'nope'
!
= 252

$ aws ec2 describe-instances --cli-input-json '{}' --cli-input-yaml a
!
! Only one --cli-input- parameter may be specified.
!
= 252

$ aws ec2 create-subnet --cli-input-json '{"CidrBlock": 5}'
!
! Parameter validation failed:
! Missing required parameter in input: "VpcId"
! Invalid type for parameter CidrBlock, value: 5, type: <class 'int'>, valid types: <class 'str'>
!
= 252

$ aws s3api put-object --bucket b --key k --body nofile
!
! Error parsing parameter '--body': Blob values must be a path to a file.
!
= 252

$ aws s3api put-object --bucket 'b b' --key k
!
! Parameter validation failed:
! Invalid bucket name "b b": Bucket name must match the regex "^[a-zA-Z0-9.\-_]{1,255}$" or be an ARN matching the regex "^arn:(aws).*:(s3|s3-object-lambda):[a-z\-0-9]*:[0-9]{12}:accesspoint[/:][a-zA-Z0-9\-.]{1,63}$|^arn:(aws).*:s3-outposts:[a-z\-0-9]+:[0-9]{12}:outpost[/:][a-zA-Z0-9\-]{1,63}[/:]accesspoint[/:][a-zA-Z0-9\-]{1,63}$"
!
= 252

$ aws s3api put-object --bucket b --key ''
!
! Parameter validation failed:
! Invalid length for parameter Key, value: 0, valid min length: 1
!
= 252

$ aws s3api put-bucket-versioning --bucket b --versioning-configuration Status=Enabled,Foo=1
!
! Parameter validation failed:
! Unknown parameter in VersioningConfiguration: "Foo", must be one of: MFADelete, Status
!
= 252

$ aws s3api put-object-tagging --bucket b --key k --tagging 'TagSet=[{Key=a}]'
!
! Parameter validation failed:
! Missing required parameter in Tagging.TagSet[0]: "Value"
!
= 252

$ aws s3api delete-objects --bucket b --delete 'Objects=[{Key=a}],Quiet=maybe'
!
! Parameter validation failed:
! Invalid type for parameter Delete.Quiet, value: maybe, type: <class 'str'>, valid types: <class 'bool'>
!
= 252

$ aws s3api put-object --bucket b --key k --metadata a=1,b
!
! 'list' object has no attribute 'encode'
!
= 255

$ aws s3api put-object --bucket b --key k --metadata '{"a": 1}'
!
! 'int' object has no attribute 'encode'
!
= 255

$ aws ssm put-parameter --name a --value file://nope
!
! Error parsing parameter '--value': Unable to load paramfile file://nope: [Errno 2] No such file or directory: 'nope'
!
= 252

$ aws ssm put-parameter --name a --value file://text.txt --tags Key=a
!
! Parameter validation failed:
! Missing required parameter in Tags[0]: "Value"
!
= 252

$ aws ssm get-parameters --names
!
! Parameter validation failed:
! Invalid length for parameter Names, value: 0, valid min length: 1
!
= 252

$ aws route53 change-resource-record-sets --hosted-zone-id Z1 --change-batch x
!
! Error parsing parameter '--change-batch': Expected: '=', received: 'EOF' for input:
! x
!  ^
!
= 252

$ aws route53 change-resource-record-sets --hosted-zone-id Z1 --change-batch '{"Changes": [{"Action": "CREATE"}]}'
!
! Parameter validation failed:
! Missing required parameter in ChangeBatch.Changes[0]: "ResourceRecordSet"
!
= 252

$ aws route53 change-resource-record-sets --hosted-zone-id Z1 --change-batch '{"Changes": []}'
!
! Parameter validation failed:
! Invalid length for parameter ChangeBatch.Changes, value: 0, valid min length: 1
!
= 252

$ aws route53 change-resource-record-sets --hosted-zone-id Z1 --change-batch ''
!
! Error parsing parameter '--change-batch': Expected: '=', received: 'EOF' for input:
!
! ^
!
= 252

$ aws route53 create-hosted-zone --name a --caller-reference ''
!
! Parameter validation failed:
! Invalid length for parameter CallerReference, value: 0, valid min length: 1
!
= 252

$ aws iam create-role --role-name r --assume-role-policy-document ''
!
! Parameter validation failed:
! Invalid length for parameter AssumeRolePolicyDocument, value: 0, valid min length: 1
!
= 252

$ aws iam create-role --role-name r --assume-role-policy-document file://nope
!
! Error parsing parameter '--assume-role-policy-document': Unable to load paramfile file://nope: [Errno 2] No such file or directory: 'nope'
!
= 252

$ aws iam create-role --role-name r --assume-role-policy-document '{}' --max-session-duration 5
!
! Parameter validation failed:
! Invalid value for parameter MaxSessionDuration, value: 5, valid min value: 3600
!
= 252

$ aws iam create-role --role-name r --assume-role-policy-document '{}' --max-session-duration x
!
! invalid literal for int() with base 10: 'x'
!
= 255

$ aws cloudwatch put-metric-data --namespace x --metric-name a --metric-data MetricName=x
!
! The key "metric_name" cannot be specified when one of the following keys are also specified: metric_data
!
= 252

$ aws cloudwatch put-metric-data --namespace x --metric-name a --dimensions a
!
! not enough values to unpack (expected 2, got 1)
!
= 255

$ aws cloudwatch put-metric-data --namespace x --metric-name a --storage-resolution x
!
! invalid literal for int() with base 10: 'x'
!
= 255

$ aws elb register-instances-with-load-balancer --instances i-1
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: the following arguments are required: --load-balancer-name
!
!
= 252

$ aws sts assume-role --role-arn a --role-session-name x
!
! Parameter validation failed:
! Invalid length for parameter RoleArn, value: 1, valid min length: 20
! Invalid length for parameter RoleSessionName, value: 1, valid min length: 2
!
= 252

$ aws sts assume-role --role-arn aaaaaaaaaaaaaaaaaaaaaaaaa --role-session-name x --duration-seconds 1
!
! Parameter validation failed:
! Invalid length for parameter RoleSessionName, value: 1, valid min length: 2
! Invalid value for parameter DurationSeconds, value: 1, valid min value: 900
!
= 252

$ aws s3api put-object --bucket b --key k --metadata a=é
!
! Parameter validation failed:
! Non ascii characters found in S3 metadata for key "a", value: "é".
! S3 metadata can only contain ASCII characters.
!
= 252

$ aws ec2 describe-tags --filters '[{"Name": {}, "Values": {"a": [{"b": "it'"'"'s"}]}}]'
!
! Parameter validation failed:
! Invalid type for parameter Filters[0].Name, value: OrderedDict(), type: <class 'collections.OrderedDict'>, valid types: <class 'str'>
! Invalid type for parameter Filters[0].Values, value: OrderedDict([('a', [OrderedDict([('b', "it's")])])]), type: <class 'collections.OrderedDict'>, valid types: <class 'list'>, <class 'tuple'>
!
= 252

$ aws ec2 describe-tags --filters 'Name=a,Values={a=[{b=c}]}'
!
! Parameter validation failed:
! Invalid type for parameter Filters[0].Values[0], value: {'a': [{'b': 'c'}]}, type: <class 'dict'>, valid types: <class 'str'>
!
= 252

$ aws ec2 create-tags --resources file://text.txt --tags Ke=a
!
! Parameter validation failed:
! Unknown parameter in Tags[0]: "Ke", must be one of: Key, Value
!
= 252

$ aws ec2 create-tags --resources '["a"]' --tags '[{"Key": 1}]'
!
! Parameter validation failed:
! Invalid type for parameter Tags[0].Key, value: 1, type: <class 'int'>, valid types: <class 'str'>
!
= 252

$ aws ec2 create-tags --resources '' --tags 'Key="a b\"c",Value=1' 'Key=d,Vlaue=e'
!
! Parameter validation failed:
! Unknown parameter in Tags[1]: "Vlaue", must be one of: Key, Value
!
= 252

$ aws ec2 create-tags --resources a --tags 'Key=a'\''b'
!
! Error parsing parameter '--tags': Expected: ',', received: ''' for input:
! Key=a'b
!      ^
!
= 252

$ aws ec2 create-tags --resources a --tags Key=a,Value=b c
!
! Error parsing parameter '--tags': Expected: '=', received: 'EOF' for input:
! c
!  ^
!
= 252

$ aws ec2 create-vpc --cidr-block a --instance-tenancy
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: argument --instance-tenancy: expected one argument
!
!
= 252

$ aws ec2 associate-address --allow-reassociation x
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! Unknown options: x
!
!
= 252

$ aws ec2 delete-snapshot --snapshot-id s --dry-run --no-dry-run x
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! Unknown options: x
!
!
= 252

$ aws ssm send-command --document-name d --parameters commands=[a,b],c
!
! Error parsing parameter '--parameters': Expected: '=', received: 'EOF' for input:
! commands=[a,b],c
!                 ^
!
= 252

$ aws ssm send-command --document-name d --parameters '{"commands": "x"}'
!
! Parameter validation failed:
! Invalid type for parameter Parameters.commands, value: x, type: <class 'str'>, valid types: <class 'list'>, <class 'tuple'>
!
= 252

$ aws cloudformation create-stack --stack-name s --parameters ParameterKey=a,ParameterValue=b,Use=c
!
! Parameter validation failed:
! Unknown parameter in Parameters[0]: "Use", must be one of: ParameterKey, ParameterValue, UsePreviousValue, ResolvedValue
!
= 252

$ aws autoscaling create-auto-scaling-group --auto-scaling-group-name a --min-size x --max-size 1
!
! invalid literal for int() with base 10: 'x'
!
= 255

$ aws autoscaling create-auto-scaling-group --auto-scaling-group-name a --min-size 1
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: the following arguments are required: --max-size
!
!
= 252

$ aws sqs create-queue --queue-name q --attributes VisibilityTimeout=1,b
!
! Parameter validation failed:
! Invalid type for parameter Attributes.VisibilityTimeout, value: ['1', 'b'], type: <class 'list'>, valid types: <class 'str'>
!
= 252

$ aws sns publish --message m --message-attributes 'a={DataType=String,StringValu=b}'
!
! Parameter validation failed:
! Unknown parameter in MessageAttributes.a: "StringValu", must be one of: DataType, StringValue, BinaryValue
!
= 252

$ aws elbv2 create-listener --load-balancer-arn a --default-actions 'Type=forward,ForwardConfig={TargetGroups=[{TargetGroupArn=a,Weight=x}]}'
!
! invalid literal for int() with base 10: 'x'
!
= 255

$ aws ce get-cost-and-usage --time-period Start=2025-01-01 --granularity DAILY --metrics a
!
! Parameter validation failed:
! Missing required parameter in TimePeriod: "End"
!
= 252

$ aws elasticbeanstalk swap-environment-cnames --foo
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! Unknown options: --foo
!
!
= 252
