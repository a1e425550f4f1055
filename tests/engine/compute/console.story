# What a machine says before anybody can log in.

== the console: nothing until the guest boots, then what it says, again at every boot
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleOutput.html
> ec2 CreateKeyPair {"KeyName":"my-key"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","KeyName":"my-key"}
save web = Instances[0].InstanceId
> ec2 GetConsoleOutput {"InstanceId":"$web"}
= InstanceId: $web
= Output: -
advance 60
> ec2 GetConsoleOutput {"InstanceId":"$web"}
decoded Output: *Linux version*x86_64*authorized key from the key pair 'my-key' for user ec2-user*ip-*-*-*-* login:*
# The key goes in at the first boot only.
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
> ec2 GetConsoleOutput {"InstanceId":"$web","Latest":true}
decoded Output: *authorized key*System Reboot*Linux version*login:*
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 GetConsoleOutput {"InstanceId":"$web"}
decoded Output: *Reached target System Power Off.*
> ec2 GetConsoleOutput {"InstanceId":"i-00000000000000000"}
! InvalidInstanceID.NotFound
> ec2 GetConsoleOutput {}
! MissingParameter: InstanceId

== the latest output is a matter of Nitro
> ec2 RunInstances {"ImageId":"$al2","MinCount":1,"MaxCount":1,"InstanceType":"t2.micro"}
save old = Instances[0].InstanceId
advance 60
> ec2 GetConsoleOutput {"InstanceId":"$old","Latest":true}
! UnsupportedOperation: t2.micro
> ec2 GetConsoleOutput {"InstanceId":"$old"}
decoded Output: *login:*

== what user data does is on the console
base64 script = #!/bin/bash\ndnf install -y httpd\nsystemctl enable --now httpd
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","UserData":"$script"}
save web = Instances[0].InstanceId
advance 120
> ec2 GetConsoleOutput {"InstanceId":"$web"}
decoded Output: *installed httpd*Started httpd.service*Cloud-init finished*

== a Windows password: encrypted with the key pair, four minutes after the launch (ours), empty before
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetPasswordData.html
> ec2 CreateKeyPair {"KeyName":"my-key"}
> ec2 RunInstances {"ImageId":"$windows","MinCount":1,"MaxCount":1,"InstanceType":"t3.large","KeyName":"my-key"}
save win = Instances[0].InstanceId
> ec2 GetPasswordData {"InstanceId":"$win"}
= PasswordData:
advance 239
> ec2 GetPasswordData {"InstanceId":"$win"}
= PasswordData:
advance 1
> ec2 GetPasswordData {"InstanceId":"$win"}
# 256 bytes, as an RSA key of 2,048 bits makes them.
= PasswordData: *==
= Timestamp: 2025-03-03T09:04:00Z
save data = PasswordData
# It is the first boot's, and stays.
> ec2 RebootInstances {"InstanceIds":["$win"]}
advance 600
> ec2 GetPasswordData {"InstanceId":"$win"}
= PasswordData: $data

== without a key pair there is nothing to encrypt it with
> ec2 RunInstances {"ImageId":"$windows","MinCount":1,"MaxCount":1,"InstanceType":"t3.large"}
save win = Instances[0].InstanceId
advance 3600
> ec2 GetPasswordData {"InstanceId":"$win"}
= PasswordData:

== the serial console: closed to everybody until the account opens it, Region by Region
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-access-to-serial-console.html
> ec2 GetSerialConsoleAccessStatus {}
= SerialConsoleAccessEnabled: false
= ManagedBy: account
> ec2 EnableSerialConsoleAccess {"DryRun":true}
! DryRunOperation
> ec2 EnableSerialConsoleAccess {}
= SerialConsoleAccessEnabled: true
> ec2 GetSerialConsoleAccessStatus {}
= SerialConsoleAccessEnabled: true
region eu-west-1
> ec2 GetSerialConsoleAccessStatus {}
= SerialConsoleAccessEnabled: false
region us-east-1
> ec2 DisableSerialConsoleAccess {}
= SerialConsoleAccessEnabled: false
