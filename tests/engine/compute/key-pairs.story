# Key pairs: the private half is in the one answer that makes it, the public half goes into the guest.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html

== RSA unless told otherwise; the private half as PEM, the fingerprint SHA-1 of it
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateKeyPair.html
> ec2 CreateKeyPair {"KeyName":"my-key"}
= KeyName: my-key
= KeyPairId: key-*
= KeyFingerprint: *:*:*:*:*:*:*:*:*:*:*:*:*:*:*:*:*:*:*:*
= KeyMaterial: -----BEGIN RSA PRIVATE KEY-----*-----END RSA PRIVATE KEY-----*
save id = KeyPairId
save print = KeyFingerprint
# Nobody keeps it: it is shown once.
> ec2 DescribeKeyPairs {"KeyNames":["my-key"],"IncludePublicKey":true}
= KeyPairs#: 1
= KeyPairs[0].KeyPairId: $id
= KeyPairs[0].KeyFingerprint: $print
= KeyPairs[0].KeyType: rsa
= KeyPairs[0].PublicKey: ssh-rsa * my-key
= KeyPairs[0].CreateTime: 2025-03-03T09:00:00Z
= KeyPairs[0].KeyMaterial: -
> ec2 DescribeKeyPairs {}
= KeyPairs[0].PublicKey: -

== ED25519: the fingerprint is SHA-256 in base64
> ec2 CreateKeyPair {"KeyName":"my-key","KeyType":"ed25519"}
= KeyMaterial: -----BEGIN OPENSSH PRIVATE KEY-----*-----END OPENSSH PRIVATE KEY-----*
= KeyFingerprint: *=
> ec2 DescribeKeyPairs {"IncludePublicKey":true}
= KeyPairs[0].KeyType: ed25519
= KeyPairs[0].PublicKey: ssh-ed25519 * my-key

== the form that PuTTY wants
> ec2 CreateKeyPair {"KeyName":"my-key","KeyFormat":"ppk"}
= KeyMaterial: PuTTY-User-Key-File-2: ssh-rsa*
> ec2 CreateKeyPair {"KeyName":"other","KeyType":"ed25519","KeyFormat":"ppk"}
= KeyMaterial: PuTTY-User-Key-File-2: ssh-ed25519*
> ec2 CreateKeyPair {"KeyName":"third","KeyType":"dsa"}
! InvalidParameterValue: keyType

== every key is another, and after an undo the same call makes the same one
> ec2 CreateKeyPair {"KeyName":"one"}
save one = KeyFingerprint
> ec2 CreateKeyPair {"KeyName":"two"}
save two = KeyFingerprint
differ $one $two
undo
> ec2 CreateKeyPair {"KeyName":"two"}
= KeyFingerprint: $two

== imported: MD5 of the public key, for ED25519 SHA-256
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/verify-keys.html
base64 rsa = ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC2dT+Xjit9i+wboUDS14qICrHc0LnF5p6F+YgHVpfscF4ZqRW0KL+P8wEgC5bXUI0PDHZwEIqAvIUMerzo7BXnrP2GVvuZVUkzhD3q00UMyNLpmPa7qxpKJYZi2SpK+EQcvnBqWzc2xV8WgaE5HFQlx+8vT8Tsj5BasjU5tMj4RO2tY6LX6qr9VBwbaIPI8KFn/j1+p5V/+h9CgeTZgsLw2htk3av1PCHFY1vK4csH2inVE3C+ae7mmhbF9ygy0zPJ5Pq/Q6XQ1qmqO5FlzeX6ps1+VisT2zMqBGU1GIKgzM4WTh2Xz1+6yp/VCSWK1DDjRoFBhKiNJNVi65AEJQtt
base64 ed25519 = ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMP+xCBg3Owzk0i+DGmbW5UalAG2bnFtYtGLyPrLLRLc some body
> ec2 ImportKeyPair {"KeyName":"laptop","PublicKeyMaterial":"$rsa"}
= KeyFingerprint: 59:38:22:8b:a9:ce:1d:ef:78:2f:84:c0:33:12:6a:36
= KeyName: laptop
> ec2 ImportKeyPair {"KeyName":"phone","PublicKeyMaterial":"$ed25519"}
= KeyFingerprint: /ILwT9DYhHspcoaXTeqGCddr9bQzZYfkOqOeFWLJu7E=
base64 nonsense = not a key
> ec2 ImportKeyPair {"KeyName":"third","PublicKeyMaterial":"$nonsense"}
! InvalidKey.Format
> ec2 DescribeKeyPairs {"Filters":[{"Name":"key-name","Values":["*o*"]}]}
= KeyPairs#: 2
= KeyPairs[0].KeyType: rsa
= KeyPairs[1].KeyType: ed25519

== names: one a Region, up to 255 characters of ASCII, no space at either end
> ec2 CreateKeyPair {"KeyName":"my-key"}
> ec2 CreateKeyPair {"KeyName":"my-key"}
! InvalidKeyPair.Duplicate: The keypair 'my-key' already exists.
base64 ed25519 = ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMP+xCBg3Owzk0i+DGmbW5UalAG2bnFtYtGLyPrLLRLc some body
> ec2 ImportKeyPair {"KeyName":"my-key","PublicKeyMaterial":"$ed25519"}
! InvalidKeyPair.Duplicate
> ec2 CreateKeyPair {"KeyName":" my-key"}
! InvalidParameterValue: KeyName
> ec2 CreateKeyPair {"KeyName":"clé"}
! InvalidParameterValue: KeyName
> ec2 CreateKeyPair {}
! MissingParameter: KeyName
region eu-west-1
> ec2 DescribeKeyPairs {}
= KeyPairs: []
> ec2 CreateKeyPair {"KeyName":"my-key"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","KeyName":"my-key"}
region ap-south-1
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","KeyName":"my-key"}
! InvalidKeyPair.NotFound: The key pair 'my-key' does not exist

== filters and tags
> ec2 CreateKeyPair {"KeyName":"one","TagSpecifications":[{"ResourceType":"key-pair","Tags":[{"Key":"team","Value":"red"}]}]}
= Tags: [{"Key":"team","Value":"red"}]
save one = KeyPairId
save print = KeyFingerprint
> ec2 CreateKeyPair {"KeyName":"two"}
save two = KeyPairId
> ec2 DescribeKeyPairs {"Filters":[{"Name":"tag:team","Values":["red"]}]}
= KeyPairs#: 1
= KeyPairs[0].KeyName: one
> ec2 DescribeKeyPairs {"Filters":[{"Name":"fingerprint","Values":["$print"]}]}
= KeyPairs#: 1
> ec2 DescribeKeyPairs {"Filters":[{"Name":"key-pair-id","Values":["$two"]}]}
= KeyPairs[0].KeyName: two
> ec2 DescribeKeyPairs {"KeyPairIds":["$one"]}
= KeyPairs#: 1
> ec2 DescribeKeyPairs {"KeyNames":["three"]}
! InvalidKeyPair.NotFound: The key pair 'three' does not exist
> ec2 DescribeKeyPairs {"Filters":[{"Name":"colour","Values":["red"]}]}
! InvalidParameterValue: The filter 'colour' is invalid
> ec2 CreateTags {"Resources":["$two"],"Tags":[{"Key":"team","Value":"blue"}]}
> ec2 DescribeKeyPairs {"Filters":[{"Name":"tag-key","Values":["team"]}]}
= KeyPairs#: 2

== deleting one changes no machine
> ec2 CreateKeyPair {"KeyName":"my-key","KeyType":"ed25519"}
save id = KeyPairId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","KeyName":"my-key"}
save web = Instances[0].InstanceId
advance 60
see authorized keys of $web: 1
> ec2 DeleteKeyPair {"KeyName":"my-key"}
= Return: true
= KeyPairId: $id
see authorized keys of $web: 1
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].KeyName: my-key
> ec2 DescribeKeyPairs {}
= KeyPairs: []
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","KeyName":"my-key"}
! InvalidKeyPair.NotFound
# A name that nobody has is deleted already.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteKeyPair.html
> ec2 DeleteKeyPair {"KeyName":"my-key"}
= Return: true
> ec2 DeleteKeyPair {}
! MissingParameter

== without one nobody can log in
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
= Instances[0].KeyName: -
advance 60
see authorized keys of $web: 0
