# Checksums: given and checked, or computed; CRC-64/NVME when nothing is said.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
# "123456789" = MTIzNDU2Nzg5: CRC-32 cbf43926, CRC-32C e3069283, CRC-64/NVME ae8b14860a799888.
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"a","Body":"MTIzNDU2Nzg5"}
= ChecksumCRC64NVME: rosUhgp5mIg=
> s3 PutObject {"Bucket":"my-bucket","Key":"b","Body":"MTIzNDU2Nzg5","ChecksumAlgorithm":"CRC32"}
= ChecksumCRC32: y/Q5Jg==
= ChecksumCRC64NVME: -
> s3 PutObject {"Bucket":"my-bucket","Key":"c","Body":"MTIzNDU2Nzg5","ChecksumCRC32C":"4waSgw=="}
= ChecksumCRC32C: 4waSgw==
> s3 PutObject {"Bucket":"my-bucket","Key":"d","Body":"MTIzNDU2Nzg5","ChecksumCRC32C":"y/Q5Jg=="}
! BadDigest: CRC32C
> s3 PutObject {"Bucket":"my-bucket","Key":"d","Body":"MTIzNDU2Nzg5","ChecksumSHA1":"98O8HYCOBHMq1ekCh0ByblmNMAA="}
! BadDigest
> s3 PutObject {"Bucket":"my-bucket","Key":"d","Body":"MTIzNDU2Nzg5","ChecksumAlgorithm":"SHA1"}
= ChecksumSHA1: 98O8HYCOBHMq32eZZczDTKeuNEE=
> s3 GetObject {"Bucket":"my-bucket","Key":"c","ChecksumMode":"ENABLED"}
= ChecksumCRC32C: 4waSgw==
> s3 GetObject {"Bucket":"my-bucket","Key":"c"}
= ChecksumCRC32C: -
> s3 ListObjectsV2 {"Bucket":"my-bucket","Prefix":"b"}
= Contents[0].ChecksumAlgorithm: ["CRC32"]
