# Servers as the guest's own tools see them.
# https://www.freedesktop.org/software/systemd/man/latest/systemctl.html
== stopped, started, and what a boot brings back
base64 script = #!/bin/sh\nyum install -y nginx\nsystemctl enable --now nginx
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","UserData":"$script"}
save web = Instances[0].InstanceId
advance 300
% $web systemctl is-active nginx
| active
= ExitCode: 0
% $web sudo systemctl stop nginx
= ExitCode: 0
see listeners of $web: tcp 22
% $web systemctl is-active nginx
| inactive
= ExitCode: 3
% $web systemctl status nginx
| ○ nginx.service
| Loaded: loaded (/usr/lib/systemd/system/nginx.service; enabled)
| Active: inactive (dead)
= ExitCode: 3
% $web sudo systemctl restart nginx.service && systemctl status nginx
| ● nginx.service
| Loaded: loaded (/usr/lib/systemd/system/nginx.service; enabled)
| Active: active (running)
see listeners of $web: tcp 22, tcp 80
# Stopped by hand it comes back with the next boot, unless it is disabled.
% $web sudo systemctl stop nginx
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
see listeners of $web: tcp 22, tcp 80
% $web sudo systemctl disable --now nginx; systemctl is-enabled nginx
| Removed "/etc/systemd/system/multi-user.target.wants/nginx.service".
| disabled
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
see listeners of $web: tcp 22
% $web sudo systemctl enable nginx; sudo systemctl start nginx
| Created symlink /etc/systemd/system/multi-user.target.wants/nginx.service → /usr/lib/systemd/system/nginx.service.
see listeners of $web: tcp 22, tcp 80

== what is not there
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 300
% $web systemctl start nginx
| Failed to start nginx.service: Unit nginx.service not found.
= ExitCode: 5
% $web systemctl stop nosuch
| Failed to stop nosuch.service: Unit nosuch.service not loaded.
= ExitCode: 5
% $web systemctl status nosuch
| Unit nosuch.service could not be found.
= ExitCode: 4
% $web systemctl is-active nosuch
| inactive
= ExitCode: 4

== who listens
base64 script = #!/bin/sh\nyum install -y nginx\nsystemctl enable --now nginx
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","UserData":"$script"}
save web = Instances[0].InstanceId
advance 300
% $web ss -ltn
| State Recv-Q Send-Q Local Address:Port Peer Address:Port
| LISTEN 0 128 0.0.0.0:22 0.0.0.0:*
| LISTEN 0 128 0.0.0.0:80 0.0.0.0:*
% $web sudo ss -ltnp
| State Recv-Q Send-Q Local Address:Port Peer Address:Port Process
| LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=1022,fd=3))
| LISTEN 0 128 0.0.0.0:80 0.0.0.0:* users:(("nginx",pid=1080,fd=3))
% $web netstat -ltn
| Active Internet connections (only servers)
| Proto Recv-Q Send-Q Local Address Foreign Address State
| tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN
| tcp 0 0 0.0.0.0:80 0.0.0.0:* LISTEN
% $web sudo systemctl stop nginx; ss -ltn
| State Recv-Q Send-Q Local Address:Port Peer Address:Port
| LISTEN 0 128 0.0.0.0:22 0.0.0.0:*
