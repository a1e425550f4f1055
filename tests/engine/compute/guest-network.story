# What somebody logged in to a guest sees of the network, and the guest's own firewall and routes.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network_mtu.html
== ping, within the zone and with a packet that may not be taken apart
> ec2 CreateSecurityGroup {"GroupName":"pings","Description":"pings"}
save group = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$group","IpPermissions":[{"IpProtocol":"icmp","FromPort":-1,"ToPort":-1,"IpRanges":[{"CidrIp":"172.31.0.0/16"}]},{"IpProtocol":"tcp","FromPort":22,"ToPort":8080,"IpRanges":[{"CidrIp":"172.31.0.0/16"}]}]}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SecurityGroupIds":["$group"],"PrivateIpAddress":"172.31.0.10","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","PrivateIpAddress":"172.31.0.11","Placement":{"AvailabilityZone":"us-east-1a"}}
save other = Instances[0].InstanceId
advance 120
% $other ping -c 2 172.31.0.10
| PING 172.31.0.10 (172.31.0.10) 56(84) bytes of data.
| 64 bytes from 172.31.0.10: icmp_seq=1 ttl=64 time=0.277 ms
| 64 bytes from 172.31.0.10: icmp_seq=2 ttl=64 time=0.254 ms
| 
| --- 172.31.0.10 ping statistics ---
| 2 packets transmitted, 2 received, 0% packet loss, time 1001ms
| rtt min/avg/max/mdev = 0.254/0.265/0.277/0.011 ms
% $other ping -c 1 -M do -s 8973 172.31.0.10
| PING 172.31.0.10 (172.31.0.10) 8973(9001) bytes of data.
| 8981 bytes from 172.31.0.10: icmp_seq=1 ttl=64 time=0.277 ms
| 
| --- 172.31.0.10 ping statistics ---
| 1 packets transmitted, 1 received, 0% packet loss, time 0ms
| rtt min/avg/max/mdev = 0.277/0.277/0.277/0.000 ms
% $other ping -c 2 -M do -s 8974 172.31.0.10
| PING 172.31.0.10 (172.31.0.10) 8974(9002) bytes of data.
| ping: local error: message too long, mtu=9001
| ping: local error: message too long, mtu=9001
| 
| --- 172.31.0.10 ping statistics ---
| 2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 1001ms
% $other ping -c 2 -M do -s 1473 198.51.100.7
| PING 198.51.100.7 (198.51.100.7) 1473(1501) bytes of data.
| From 172.31.0.1 icmp_seq=1 Frag needed and DF set (mtu = 1500)
| ping: local error: message too long, mtu=1500
| 
| --- 198.51.100.7 ping statistics ---
| 2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 1001ms
% $other tracepath 198.51.100.7
|  1?: [LOCALHOST]                      pmtu 9001
|  1:  172.31.0.1                             0.187ms pmtu 1500
|  1:  no reply
|  2:  198.51.100.7                           11.700ms reached
|      Resume: pmtu 1500 hops 2 back 2
% $other traceroute 198.51.100.7
| traceroute to 198.51.100.7 (198.51.100.7), 30 hops max, 60 byte packets
|  1  * * *
|  2  198.51.100.7 (198.51.100.7)  11.700 ms  11.721 ms  11.709 ms
% $other ping nowhere.invalid
| ping: nowhere.invalid: Name or service not known
# Its group lets nothing in.
% $web ping -c 3 172.31.0.11
| PING 172.31.0.11 (172.31.0.11) 56(84) bytes of data.
| 
| --- 172.31.0.11 ping statistics ---
| 3 packets transmitted, 0 received, 100% packet loss, time 2002ms
= ExitCode: 1
% $other nc -zv 172.31.0.10 22
| Connection to 172.31.0.10 22 port [tcp/*] succeeded!
% $other nc -zv 172.31.0.10 80
| nc: connect to 172.31.0.10 port 80 (tcp) failed: Connection refused
# No group lets that in; of datagrams silence looks like success.
% $other nc -zuv 172.31.0.10 53
| Connection to 172.31.0.10 53 port [udp/*] succeeded!
% $web nc -zv -w 3 172.31.0.11 22
| Ncat: TIMEOUT.
% $web nc -zv 172.31.0.10 80
| Ncat: Connection refused.

== curl asks who listens there
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","PrivateIpAddress":"172.31.0.10","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
advance 120
> stratus StartListener {"InstanceId":"$web","Protocol":"tcp","Port":80,"Program":"nginx"}
> stratus PutWebAnswer {"InstanceId":"$web","Port":80,"Status":404,"Body":"gone\n"}
% $web curl -s -i http://172.31.0.10/
| HTTP/1.1 404 Not Found
| Content-Length: 5
| 
| gone
% $web curl -s -o /dev/null -w "%{http_code}" 172.31.0.10
| 404
% $web curl -so /dev/null -w "%{http_code}" --retry 3 172.31.0.10
| 404
% $web curl -f 172.31.0.10
| curl: (22) The requested URL returned error: 404
= ExitCode: 22
% $web curl http://172.31.0.10:8080/
| curl: (7) Failed to connect to 172.31.0.10 port 8080 after 1 ms: Couldn't connect to server
= ExitCode: 7
% $web curl http://172.31.0.10:22/
| curl: (1) Received HTTP/0.9 when not allowed
% $web curl --connect-timeout 2 http://10.9.9.9/
| curl: (28) Failed to connect to 10.9.9.9 port 80 after 2001 ms: Timeout was reached
= ExitCode: 28
% $web curl https://nowhere.invalid/
| curl: (6) Could not resolve host: nowhere.invalid
# Another Web server's address is not this instance's own program.
% $web curl -s -o /dev/null -w "%{http_code}" http://198.51.100.7/
| 200

== iptables: what comes, and what is sent
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","PrivateIpAddress":"172.31.0.10","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
advance 120
# AWS's example for the metadata service.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
# Amazon Linux 2023 is asked with a token only.
% $web curl -s -o /dev/null -w "%{http_code}" http://169.254.169.254/latest/meta-data/
| 401
% $web sudo iptables --append OUTPUT --proto tcp --destination 169.254.169.254 --jump REJECT
| iptables: REJECT acts as DROP here: whoever is refused is not told.
% $web sudo iptables -A INPUT -p tcp --dport 80 -s 10.0.0.0/8 -j DROP; iptables -A OUTPUT -p udp --dport 53 -j DROP; iptables -I OUTPUT -p icmp -d 198.51.100.7 -j DROP
% $web iptables -S
| -P INPUT ACCEPT
| -P FORWARD ACCEPT
| -P OUTPUT ACCEPT
| -A INPUT -s 10.0.0.0/8 -p tcp --dport 80 -j DROP
| -A OUTPUT -d 198.51.100.7/32 -p icmp -j DROP
| -A OUTPUT -d 169.254.169.254/32 -p tcp -j DROP
% $web iptables -nL
| Chain INPUT (policy ACCEPT)
| target     prot opt source               destination
| DROP       tcp  --  10.0.0.0/8           0.0.0.0/0            tcp dpt:80
| 
| Chain OUTPUT (policy ACCEPT)
| target     prot opt source               destination
| DROP       icmp --  0.0.0.0/0            198.51.100.7/32
| DROP       tcp  --  0.0.0.0/0            169.254.169.254/32
| DROP       udp  --  0.0.0.0/0            0.0.0.0/0            udp dpt:53
% $web curl -s -m 1 http://169.254.169.254/latest/meta-data/
= ExitCode: 28
% $web ping -c 1 198.51.100.7
| PING 198.51.100.7 (198.51.100.7) 56(84) bytes of data.
| ping: sendmsg: Operation not permitted
| 
| --- 198.51.100.7 ping statistics ---
| 1 packets transmitted, 0 received, 100% packet loss, time 0ms
% $web host example.com
| ;; communications error to 172.31.0.2#53: timed out
% $web iptables -D OUTPUT 1 && iptables -D OUTPUT -p udp --dport 53 -j DROP && iptables -S OUTPUT
| -P OUTPUT ACCEPT
| -A OUTPUT -d 169.254.169.254/32 -p tcp -j DROP
% $web iptables -D OUTPUT 9
| iptables: Bad rule (does a matching rule exist in that chain?).
= ExitCode: 1
% $web iptables -F; iptables -S
| -P INPUT ACCEPT
| -P FORWARD ACCEPT
| -P OUTPUT ACCEPT
# What is not simulated makes no rule, least of all a wider one.
% $web iptables -A INPUT ! -s 10.0.0.0/8 -j DROP
| iptables: that is not simulated, and nothing was changed. Known: -A, -I, -D, -F, -L and -S of INPUT and OUTPUT, -p, -s or -d, --dport, -j ACCEPT, DROP or REJECT.
= ExitCode: 2
% $web iptables -A INPUT -p sctp -j DROP; iptables -A INPUT -p tcp --dport ssh -j DROP; iptables -A INPUT -s office -j DROP; iptables -A INPUT -d 10.0.0.1 -j DROP; iptables -t nat -A OUTPUT -j DROP; iptables -I INPUT 0 -j DROP; iptables -A INPUT -i eth0 -j DROP; iptables -A INPUT --dport 22 -j DROP
| iptables: that is not simulated, and nothing was changed. Known: -A, -I, -D, -F, -L and -S of INPUT and OUTPUT, -p, -s or -d, --dport, -j ACCEPT, DROP or REJECT.
| iptables: that is not simulated, and nothing was changed. Known: -A, -I, -D, -F, -L and -S of INPUT and OUTPUT, -p, -s or -d, --dport, -j ACCEPT, DROP or REJECT.
| iptables: that is not simulated, and nothing was changed. Known: -A, -I, -D, -F, -L and -S of INPUT and OUTPUT, -p, -s or -d, --dport, -j ACCEPT, DROP or REJECT.
| iptables: that is not simulated, and nothing was changed. Known: -A, -I, -D, -F, -L and -S of INPUT and OUTPUT, -p, -s or -d, --dport, -j ACCEPT, DROP or REJECT.
| iptables: that is not simulated, and nothing was changed. Known: -A, -I, -D, -F, -L and -S of INPUT and OUTPUT, -p, -s or -d, --dport, -j ACCEPT, DROP or REJECT.
| iptables: that is not simulated, and nothing was changed. Known: -A, -I, -D, -F, -L and -S of INPUT and OUTPUT, -p, -s or -d, --dport, -j ACCEPT, DROP or REJECT.
| iptables: that is not simulated, and nothing was changed. Known: -A, -I, -D, -F, -L and -S of INPUT and OUTPUT, -p, -s or -d, --dport, -j ACCEPT, DROP or REJECT.
| iptables: that is not simulated, and nothing was changed. Known: -A, -I, -D, -F, -L and -S of INPUT and OUTPUT, -p, -s or -d, --dport, -j ACCEPT, DROP or REJECT.
% $web iptables -A INPUT -m state --state ESTABLISHED,RELATED -j ACCEPT && iptables -A INPUT -i lo -j ACCEPT && iptables -S INPUT
| -P INPUT ACCEPT
% $web iptables -A INPUT -s 10.9.8.7/255.0.0.0 -p tcp -m tcp --dport=8000:8080 -m conntrack --ctstate NEW -j ACCEPT; iptables -nvL INPUT
| Chain INPUT (policy ACCEPT)
| target     prot opt source               destination
| ACCEPT     tcp  --  10.0.0.0/8           0.0.0.0/0            tcp dpts:8000:8080
# TCP goes on trying where its own firewall drops; nobody answers datagrams anyway.
% $web iptables -A OUTPUT -d 198.51.100.7 -j DROP; time nc -zvw 3 198.51.100.7 22
| Ncat: TIMEOUT.
| 
| real	0m3.000s
| user	0m0.000s
| sys	0m0.000s
% $web curl -sm 2 198.51.100.7
= ExitCode: 28
% $web nc -zuv 172.31.9.9 53
| Ncat: Version 7.93 ( https://nmap.org/ncat )
| Ncat: Connected to 172.31.9.9:53.
| Ncat: 0 bytes sent, 0 bytes received in 0.01 seconds.

== ip: routes of its own, and one table for all interfaces
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","PrivateIpAddress":"172.31.0.10","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
save subnet = Instances[0].SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddress":"172.31.0.20"}
save second = NetworkInterface.NetworkInterfaceId
advance 120
> ec2 AttachNetworkInterface {"InstanceId":"$web","NetworkInterfaceId":"$second","DeviceIndex":1}
% $web ip route
| default via 172.31.0.1 dev ens5 proto dhcp metric 512
| 172.31.0.0/20 dev ens5 proto kernel scope link src 172.31.0.10
# What DHCP says of the second is in a table of its own: https://github.com/amazonlinux/amazon-ec2-net-utils
% $web ip route show table 10001
| default via 172.31.0.1 dev ens6 proto dhcp src 172.31.0.20 metric 512
| 172.31.0.0/20 dev ens6 proto dhcp scope link src 172.31.0.20 metric 512
% $web ip route show table 10002
| Error: ipv4: FIB table does not exist.
| Dump terminated
= ExitCode: 2
% $web ip rule
| 0:	from all lookup local
| 10001:	from 172.31.0.20 lookup 10001
| 32766:	from all lookup main
| 32767:	from all lookup default
% $web ip addr
| 1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536
|     inet 127.0.0.1/8 scope host lo
| 2: ens5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 9001
|     inet 172.31.0.10/20 scope global ens5
| 3: ens6: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 9001
|     inet 172.31.0.20/20 scope global ens6
% $web sudo ip route add blackhole 10.0.0.0/8 && ip route add unreachable 192.168.1.9 && ip route add 203.0.113.0/24 dev ens6
% $web ip route
| default via 172.31.0.1 dev ens5 proto dhcp metric 512
| blackhole 10.0.0.0/8
| unreachable 192.168.1.9
| 203.0.113.0/24 via 172.31.0.1 dev ens6
% $web sudo ip route add 10.0.0.0/8 dev ens6
| RTNETLINK answers: File exists
= ExitCode: 2
% $web ping -c 1 10.1.1.1
| ping: connect: Invalid argument
% $web ping -c 1 192.168.1.9
| ping: connect: No route to host
% $web nc -zv 192.168.1.9 22
| Ncat: No route to host.
% $web curl http://10.1.1.1/
| curl: (7) Failed to connect to 10.1.1.1 port 80 after 0 ms: Couldn't connect to server
= ExitCode: 7
# A program may name the interface, or an address of it, that it sends from. The second has no public address, until it gets one.
% $web curl -s -o /dev/null -w "%{http_code}" http://198.51.100.7/
| 200
% $web curl --interface ens6 -m 1 http://198.51.100.7/
| curl: (28) Failed to connect to 198.51.100.7 port 80 after 1001 ms: Timeout was reached
= ExitCode: 28
> ec2 AllocateAddress {}
save address = AllocationId
> ec2 AssociateAddress {"AllocationId":"$address","NetworkInterfaceId":"$second"}
% $web curl --interface ens6 -s -o /dev/null -w "%{http_code}" http://198.51.100.7/
| 200
% $web ping -c 1 -I 172.31.0.20 198.51.100.7
| PING 198.51.100.7 (198.51.100.7) 56(84) bytes of data.
| 64 bytes from 198.51.100.7: icmp_seq=1 ttl=64 time=11.737 ms
| 
| --- 198.51.100.7 ping statistics ---
| 1 packets transmitted, 1 received, 0% packet loss, time 0ms
| rtt min/avg/max/mdev = 11.737/11.737/11.737/0.000 ms
% $web ping -c 1 -I ens9 198.51.100.7
| ping: unknown iface: ens9
= ExitCode: 2
% $web ping -c 1 -I 172.31.0.99 198.51.100.7
| ping: bind: Cannot assign requested address
= ExitCode: 2
% $web curl --interface ens9 http://198.51.100.7/
| curl: (45) Couldn't bind to 'ens9'
= ExitCode: 45
% $web nc -s 172.31.0.99 -zv 198.51.100.7 80
| Ncat: bind: Cannot assign requested address. QUITTING.
% $web sudo ip rule del from 172.31.0.20; ip rule
| 0:	from all lookup local
| 32766:	from all lookup main
| 32767:	from all lookup default
% $web ip route del 10.0.0.0/8 && ip route del 10.0.0.0/8
| RTNETLINK answers: No such process

== the same by calls of our own
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save own = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
> stratus PutGuestRoutes {"InstanceId":"$web"}
! IncorrectInstanceState
advance 60
> stratus PutGuestFirewall {"InstanceId":"$web","OutboundRules":[{"Action":"deny","Protocol":"tcp","FromPort":25,"Source":"10.0.0.0/8"}]}
! InvalidParameterCombination: Destination
> stratus PutGuestFirewall {"InstanceId":"$web","Rules":[{"Action":"deny","Protocol":"tcp","FromPort":80}]}
> stratus PutGuestFirewall {"InstanceId":"$web","OutboundRules":[{"Action":"deny","Protocol":"tcp","FromPort":25,"Destination":"0.0.0.0/0"}]}
% $web iptables -S
| -P INPUT ACCEPT
| -P FORWARD ACCEPT
| -P OUTPUT ACCEPT
| -A INPUT -p tcp --dport 80 -j DROP
| -A OUTPUT -p tcp --dport 25 -j DROP
# No rules for the one direction leave those of the other.
> stratus PutGuestFirewall {"InstanceId":"$web","OutboundRules":[]}
% $web iptables -S
| -P INPUT ACCEPT
| -P FORWARD ACCEPT
| -P OUTPUT ACCEPT
| -A INPUT -p tcp --dport 80 -j DROP
> stratus PutGuestRoutes {"InstanceId":"$web","Routes":[{"Destination":"10.0.0.0/8","Target":"eni-00000000000000bad"}]}
! InvalidParameterValue: neither
> stratus PutGuestRoutes {"InstanceId":"$web","Routes":[{"Destination":"10.0.0.0/8","Target":"blackhole"},{"Destination":"10.0.0.1/8","Target":"$own"}]}
! InvalidParameterValue: two routes
> stratus PutGuestRoutes {"InstanceId":"$web","Routes":[{"Destination":"10.0.0.0/8","Target":"$own"}],"PolicyRouting":false}
% $web ip route show
| default via 172.31.80.1 dev ens5 proto dhcp metric 512
| 10.0.0.0/8 via 172.31.80.1 dev ens5
| 172.31.80.0/20 dev ens5 proto kernel scope link src 172.31.81.163
> stratus PutGuestRoutes {"InstanceId":"$web"}

== a boot sets the firewall of both directions
base64 script = #!/bin/sh\niptables -A OUTPUT -p tcp --dport 25 -j DROP\niptables -A INPUT -p tcp --dport 80 -j DROP\niptables -A INPUT ! -s 10.0.0.0/8 -j DROP\niptables -t nat -A OUTPUT -j DROP\necho done > /root/done
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","UserData":"$script"}
save web = Instances[0].InstanceId
advance 200
% $web iptables -S
| -P INPUT ACCEPT
| -P FORWARD ACCEPT
| -P OUTPUT ACCEPT
| -A INPUT -p tcp --dport 80 -j DROP
| -A OUTPUT -p tcp --dport 25 -j DROP

== a failed host hands on no question
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","PrivateIpAddress":"172.31.0.10","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
advance 300
% $web dig +short amazonaws.com NS
| *
> stratus FailHost {"InstanceId":"$web"}
# The resolver is asked by the interface that has failed.
% $web dig amazonaws.com NS
| ;; communications error to 172.31.0.2#53: timed out
| *
% $web curl http://amazonaws.com/
| curl: (6) Could not resolve host: amazonaws.com
