# What user data writes lies on the root volume, and is in its snapshots.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
base64 script = #!/bin/sh\necho "<h1>Hello</h1>" > /var/www/index.html\nmkdir -p /srv/app\ncat > /srv/app/config <<EOF\nport 8080\nEOF
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","UserData":"$script","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
advance 300
% $web cat /var/www/index.html /srv/app/config
| <h1>Hello</h1>
| port 8080
> ec2 CreateImage {"InstanceId":"$web","Name":"golden"}
save image = ImageId
advance 1200
# An image of it carries the files to another instance.
> ec2 RunInstances {"ImageId":"$image","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save two = Instances[0].InstanceId
advance 300
% $two cat /srv/app/config; echo more >> /srv/app/config; cat /srv/app/config
| port 8080
| port 8080
| more
% $web cat /srv/app/config
| port 8080
