# Usage, options and words that are not there.
$ aws
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: the following arguments are required: command
!
!
= 252

$ aws ec2
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: the following arguments are required: operation
!
!
= 252

$ aws ec2 describe-instances --foo
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

$ aws ec2 describe-instances foo bar --max-items x
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: argument --max-items: invalid int value: 'x'
!
!
= 252

$ aws ec2 describe-instances foo --instance-id
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! Unknown options: foo
!
!
= 252

$ aws ec2 describe-instances foo bar
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! Unknown options: bar, foo
!
!
= 252

$ aws ec2 create-subnet
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: the following arguments are required: --vpc-id
!
!
= 252

$ aws ec2 run-instances --dry-run=x
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: argument --dry-run: ignored explicit argument 'x'
!
!
= 252

$ aws ec2 describe-instances --output foo
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: argument --output: Invalid choice, valid choices are:
!
! json                                     | text
! table                                    | yaml
! yaml-stream
!
!
= 252

$ aws ec2 describe-instances --color foo
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: argument --color: Invalid choice, valid choices are:
!
! on                                       | off
! auto
!
!
= 252

$ aws ec2 describe-instances --max-items
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: argument --max-items: expected one argument
!
!
= 252

$ aws ec2 describe-instances --generate-cli-skeleton foo
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: argument --generate-cli-skeleton: Invalid choice, valid choices are:
!
! input                                    | output
! yaml-input
!
!
= 252

$ aws ec2 describe-instances --no-paginate --max-items 3
!
! Cannot specify --no-paginate along with pagination arguments: --max-items
!
= 252

$ aws ec2 describe-instances --max-results 5 --max-items 3
!
! Cannot specify --no-paginate along with pagination arguments: --max-items
!
= 252

$ aws ec2 wait
!
! usage: aws [options] ec2 wait <subcommand> [parameters]
! aws: error: too few arguments
!
= 252

$ aws ec2 wait instance-running --foo
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

$ aws ec2 wait instance-running --filters x
!
! Error parsing parameter '--filters': Expected: '=', received: 'EOF' for input:
! x
!  ^
!
= 252

$ aws --foo
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: the following arguments are required: command
!
!
= 252

$ aws --region
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: argument --region: expected one argument
!
!
= 252

$ aws ec2 --region
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: argument --region: expected one argument
!
!
= 252

$ aws sts get-caller-identity x
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

$ aws s3api get-object --bucket b --key k
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: the following arguments are required: outfile
!
!
= 252

$ aws s3api get-object --bucket b --key k out more
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! Unknown options: more
!
!
= 252

$ aws s3api put-object --bucket b
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: the following arguments are required: --key
!
!
= 252

$ aws iam create-virtual-mfa-device --virtual-mfa-device-name x
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: the following arguments are required: --outfile, --bootstrap-method
!
!
= 252

$ aws iam create-virtual-mfa-device --virtual-mfa-device-name x --outfile f --bootstrap-method foo
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: argument --bootstrap-method: Invalid choice, valid choices are:
!
! QRCodePNG                                | Base32StringSeed
!
!
= 252

$ aws ec2 describe-instances --endpoint-url foo
!
! Bad value for --endpoint-url "foo": scheme is missing.  Must be of the form http://<hostname>/ or https://<hostname>/
!
= 252

$ aws ec2 describe-instances --f x
!
! Error parsing parameter '--filters': Expected: '=', received: 'EOF' for input:
! x
!  ^
!
= 252

$ aws ec2 create-vpc --a x
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

$ aws ec2 describe-tags --no x
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: ambiguous option: --no could match --no-verify-ssl, --no-paginate, --no-sign-request, --no-cli-pager, --no-cli-auto-prompt
!
!
= 252

$ aws ec2 run-instances --instance-t
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: argument --instance-type: expected one argument
!
!
= 252

$ aws ec2 --no-p describe-instances --max-items 1
!
! Cannot specify --no-paginate along with pagination arguments: --max-items
!
= 252

$ aws sts get-caller-identity --profile nope
!
! The config profile (nope) could not be found
!
= 255

$ aws ec2 describe-instances --starting-token x --no-paginate
!
! Cannot specify --no-paginate along with pagination arguments: --starting-token
!
= 252

$ aws ec2 describe-instances --page-size 5 --no-paginate
!
! Cannot specify --no-paginate along with pagination arguments: --page-size
!
= 252

$ aws ec2 modify-vpc-attribute --vpc-id v --enable-dns-support --no-enable-dns-support
!
! Cannot specify both the "--enable-dns-support" option and the "--no-enable-dns-support" option.
!
= 252

$ aws ec2 create-flow-logs
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: the following arguments are required: --resource-ids, --resource-type
!
!
= 252

$ aws ec2 describe-instances -x
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! Unknown options: -x
!
!
= 252

$ aws ec2 describe-instances --max-items -1 --foo
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

$ aws cloudwatch put-metric-alarm --alarm-name a --threshold x
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: argument --threshold: invalid float value: 'x'
!
!
= 252

$ aws s3api list-objects-v2 --bucket b --max-keys=x --max-items y
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: argument --max-items: invalid int value: 'y'
!
!
= 252

$ aws configure get
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: the following arguments are required: varname
!
!
= 252

$ aws configure set a
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: the following arguments are required: value
!
!
= 252

$ aws configure foo
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: argument subcommand: Invalid choice, valid choices are:
!
! list                                     | get
! set                                      | add-model
! import                                   | list-profiles
! sso                                      | sso-session
! export-credentials                       | wizard
!
!
= 252

$ aws configure list x
!
! Unknown options: x
!
= 252
