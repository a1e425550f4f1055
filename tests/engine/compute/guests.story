# Inside the machines: what listens, what comes back after a boot, what fails (our service `stratus`).

== a stock Linux listens on 22, a stock Windows on 3389 and 5985
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save linux = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$windows","MinCount":1,"MaxCount":1,"InstanceType":"t3.large"}
save win = Instances[0].InstanceId
see listeners of $linux: none
advance 120
see listeners of $linux: tcp 22
see listeners of $win: tcp 3389, tcp 5985

== a service comes back after a boot, what was started by hand does not
base64 script = #!/bin/bash\napt-get update\napt-get install -y nginx\nnohup python3 -m http.server 9000 &
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","UserData":"$script"}
save web = Instances[0].InstanceId
advance 120
see listeners of $web: tcp 22, tcp 80, tcp 9000
see services of $web: tcp 22, tcp 80
> stratus StartListener {"InstanceId":"$web","Protocol":"udp","Port":53,"Program":"dnsmasq"}
see listeners of $web: tcp 22, tcp 80, tcp 9000, udp 53
> ec2 RebootInstances {"InstanceIds":["$web"]}
see listeners of $web: none
advance 30
see listeners of $web: tcp 22, tcp 80
> stratus StopListener {"InstanceId":"$web","Protocol":"tcp","Port":80}
see listeners of $web: tcp 22
> stratus StopListener {"InstanceId":"$web","Protocol":"tcp","Port":80}
! InvalidParameterValue: Nothing listens on tcp 80
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 30
see listeners of $web: tcp 22

== user data runs at the first boot, and never again
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
base64 script = #!/bin/bash\ndnf install -y nginx\nsystemctl enable --now nginx
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","UserData":{"Value":"$script"}}
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
see listeners of $web: tcp 22

== a machine without a way to the Internet installs nothing
base64 script = #!/bin/bash\ndnf install -y nginx\nsystemctl enable --now nginx
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","UserData":"$script","NetworkInterfaces":[{"DeviceIndex":0,"AssociatePublicIpAddress":false}]}
save web = Instances[0].InstanceId
advance 120
see listeners of $web: tcp 22
> ec2 GetConsoleOutput {"InstanceId":"$web"}
decoded Output: *cannot install nginx*

== a script that shuts its machine down: what that does is the instance's choice
base64 script = #!/bin/bash\nshutdown -h now
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","UserData":"$script","InstanceInitiatedShutdownBehavior":"terminate"}
save once = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","UserData":"$script"}
save twice = Instances[0].InstanceId
advance 200
> ec2 DescribeInstances {"InstanceIds":["$once"]}
= Reservations[0].Instances[0].State.Name: terminated
= Reservations[0].Instances[0].StateReason.Code: Client.InstanceInitiatedShutdown
> ec2 DescribeInstances {"InstanceIds":["$twice"]}
= Reservations[0].Instances[0].State.Name: stopped
# The script has run: the next boot does not run it again.
> ec2 StartInstances {"InstanceIds":["$twice"]}
advance 200
> ec2 DescribeInstances {"InstanceIds":["$twice"]}
= Reservations[0].Instances[0].State.Name: running

== an image brings along what its machine had enabled, and its user data does not
base64 script = #!/bin/bash\ndnf install -y nginx\nsystemctl enable --now nginx
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","UserData":"$script"}
save web = Instances[0].InstanceId
advance 120
> ec2 CreateImage {"InstanceId":"$web","Name":"golden"}
save golden = ImageId
advance 600
> ec2 RunInstances {"ImageId":"$golden","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save copy = Instances[0].InstanceId
advance 120
see listeners of $copy: tcp 22, tcp 80
> ec2 DescribeInstanceAttribute {"InstanceId":"$copy","Attribute":"userData"}
= UserData: {}

== nothing happens inside a machine that does not run
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
> stratus StartListener {"InstanceId":"$web","Protocol":"tcp","Port":80}
! IncorrectInstanceState: nothing runs inside it
> stratus PutGuestFirewall {"InstanceId":"$web","Rules":[]}
! IncorrectInstanceState
> stratus ShutDownGuest {"InstanceId":"$web"}
! IncorrectInstanceState
advance 60
> stratus StartListener {"InstanceId":"$web","Protocol":"tcp","Port":22}
! InvalidParameterValue: tcp 22 is in use
> stratus StartListener {"InstanceId":"$web","Protocol":"tcp","Port":70000}
! InvalidParameterValue: Port
> stratus PutGuestFirewall {"InstanceId":"$web","Rules":[{"Action":"deny","Protocol":"tcp","FromPort":90,"ToPort":80}]}
! InvalidParameterValue: below FromPort
> stratus PutGuestFirewall {"InstanceId":"$web","Rules":[{"Action":"deny","Protocol":"tcp","FromPort":80,"Source":"10.0.0.0/8"}]}
see firewall of $web: 1
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 30
see firewall of $web: 1

== a failed host: the system check is impaired, a stop and start lead to another
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 300
see first = host of $web
> stratus FailHost {"InstanceId":"$web"}
> ec2 DescribeInstanceStatus {}
= InstanceStatuses[0].SystemStatus.Status: impaired
= InstanceStatuses[0].SystemStatus.Details[0].Status: failed
= InstanceStatuses[0].SystemStatus.Details[0].ImpairedSince: 2025-03-03T09:05:00Z
= InstanceStatuses[0].InstanceStatus.Status: ok
> ec2 DescribeInstanceStatus {"Filters":[{"Name":"system-status.status","Values":["impaired"]}]}
= InstanceStatuses#: 1
# A reboot stays on the same host.
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstanceStatus {}
= InstanceStatuses[0].SystemStatus.Status: impaired
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 300
> ec2 DescribeInstanceStatus {}
= InstanceStatuses[0].SystemStatus.Status: ok
see second = host of $web
differ $first $second

== a guest that hangs: the instance check is impaired, a reboot helps
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 300
> stratus ImpairInstance {"InstanceId":"$web","Check":"instance","Impaired":true}
> ec2 DescribeInstanceStatus {}
= InstanceStatuses[0].InstanceStatus.Status: impaired
= InstanceStatuses[0].SystemStatus.Status: ok
> ec2 RebootInstances {"InstanceIds":["$web"]}
> ec2 DescribeInstanceStatus {}
= InstanceStatuses[0].InstanceStatus.Status: ok
