== An upload in one part
# The ETag: MD5 of the parts' MD5s and their number. "hello" has 5d41…; MD5 of that as bytes is 6210….
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 CreateMultipartUpload {"Bucket":"my-bucket","Key":"big","ContentType":"text/plain","Metadata":{"colour":"blue"},"Tagging":"a=1","StorageClass":"STANDARD_IA"}
= Bucket: my-bucket
= Key: big
= ServerSideEncryption: AES256
= ChecksumAlgorithm: -
save upload = UploadId
# Nothing is there before the end; the parts are stored all the same.
> s3 UploadPart {"Bucket":"my-bucket","Key":"big","UploadId":"$upload","PartNumber":7,"Body":"aGVsbG8="}
= ETag: "5d41402abc4b2a76b9719d911017c592"
> s3 HeadObject {"Bucket":"my-bucket","Key":"big"}
! 404
> s3 ListObjectsV2 {"Bucket":"my-bucket"}
= KeyCount: 0
> s3 ListParts {"Bucket":"my-bucket","Key":"big","UploadId":"$upload"}
= Parts#: 1
= Parts[0].PartNumber: 7
= Parts[0].Size: 5
= Parts[0].ETag: "5d41402abc4b2a76b9719d911017c592"
= StorageClass: STANDARD_IA
= NextPartNumberMarker: 7
= MaxParts: 1000
= IsTruncated: false
# An upload that is open is no object: it does not keep its bucket.
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html
> s3 DeleteBucket {"Bucket":"my-bucket"}
undo
> s3 CompleteMultipartUpload {"Bucket":"my-bucket","Key":"big","UploadId":"$upload","MultipartUpload":{"Parts":[{"PartNumber":7,"ETag":"\"5d41402abc4b2a76b9719d911017c592\""}]}}
= ETag: "62109206880d38a4010a98e11243924a-1"
= Location: https://my-bucket.s3.us-east-1.amazonaws.com/big
= ChecksumType: FULL_OBJECT
> s3 GetObject {"Bucket":"my-bucket","Key":"big"}
= Body: aGVsbG8=
= ContentType: text/plain
= Metadata.colour: blue
= TagCount: 1
= StorageClass: STANDARD_IA
= ETag: "62109206880d38a4010a98e11243924a-1"
# The upload is over.
> s3 ListParts {"Bucket":"my-bucket","Key":"big","UploadId":"$upload"}
! NoSuchUpload: The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.
said UploadId: $upload
> s3 ListMultipartUploads {"Bucket":"my-bucket"}
= Uploads: -
> s3 GetObjectAttributes {"Bucket":"my-bucket","Key":"big","ObjectAttributes":["ETag","ObjectParts","ObjectSize","StorageClass","Checksum"]}
= ETag: 62109206880d38a4010a98e11243924a-1
= ObjectSize: 5
= StorageClass: STANDARD_IA
= ObjectParts: {"TotalPartsCount":1}
= Checksum.ChecksumType: FULL_OBJECT
# A copy is in one piece: its ETag is the MD5 of its bytes.
> s3 CopyObject {"Bucket":"my-bucket","Key":"copy","CopySource":"my-bucket/big"}
= CopyObjectResult.ETag: "5d41402abc4b2a76b9719d911017c592"

== What an upload refuses
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 CreateMultipartUpload {"Bucket":"my-bucket","Key":"k"}
save upload = UploadId
> s3 UploadPart {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","PartNumber":0,"Body":"aGVsbG8="}
! InvalidArgument: Part number must be an integer between 1 and 10000, inclusive
said ArgumentName: partNumber
> s3 UploadPart {"Bucket":"my-bucket","Key":"k","UploadId":"none","PartNumber":1,"Body":"aGVsbG8="}
! NoSuchUpload
> s3 UploadPart {"Bucket":"my-bucket","Key":"other","UploadId":"$upload","PartNumber":1,"Body":"aGVsbG8="}
! NoSuchUpload
> s3 UploadPart {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","PartNumber":1,"Body":"aGVsbG8=","ContentMD5":"1B2M2Y8AsgTpgAmY7PhCfg=="}
! BadDigest
> s3 UploadPart {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","PartNumber":1,"Body":"b25l"}
> s3 UploadPart {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","PartNumber":2,"Body":"dHdv"}
> s3 CompleteMultipartUpload {"Bucket":"my-bucket","Key":"k","UploadId":"$upload"}
! MalformedXML
> s3 CompleteMultipartUpload {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","MultipartUpload":{"Parts":[{"PartNumber":2,"ETag":"b8a9f715dbb64fd5c56e7783c6820a61"},{"PartNumber":1,"ETag":"f97c5d29941bfb1b2fdab0874906ab82"}]}}
! InvalidPartOrder: The list of parts was not in ascending order. Parts must be ordered by part number.
> s3 CompleteMultipartUpload {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","MultipartUpload":{"Parts":[{"PartNumber":1,"ETag":"b8a9f715dbb64fd5c56e7783c6820a61"}]}}
! InvalidPart: One or more of the specified parts could not be found.
said PartNumber: 1
> s3 CompleteMultipartUpload {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","MultipartUpload":{"Parts":[{"PartNumber":3,"ETag":"b8a9f715dbb64fd5c56e7783c6820a61"}]}}
! InvalidPart
> s3 CompleteMultipartUpload {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","MultipartUpload":{"Parts":[{"PartNumber":1,"ETag":"f97c5d29941bfb1b2fdab0874906ab82"},{"PartNumber":2,"ETag":"b8a9f715dbb64fd5c56e7783c6820a61"}]}}
! EntityTooSmall: Your proposed upload is smaller than the minimum allowed size
said ProposedSize: 3
said MinSizeAllowed: 5242880
said PartNumber: 1
# Conditions of writing. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8="}
> s3 CompleteMultipartUpload {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","IfNoneMatch":"*","MultipartUpload":{"Parts":[{"PartNumber":2,"ETag":"b8a9f715dbb64fd5c56e7783c6820a61"}]}}
! PreconditionFailed
said Condition: If-None-Match
> s3 AbortMultipartUpload {"Bucket":"my-bucket","Key":"k","UploadId":"$upload"}
> s3 AbortMultipartUpload {"Bucket":"my-bucket","Key":"k","UploadId":"$upload"}
! NoSuchUpload
meter s3://my-bucket ObjectStorage: 5 × STANDARD 0s running

== A part is replaced, and copied from an object
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"digits","Body":"MDEyMzQ1Njc4OQ=="}
> s3 CreateMultipartUpload {"Bucket":"my-bucket","Key":"k"}
save upload = UploadId
> s3 UploadPart {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","PartNumber":1,"Body":"b25l"}
> s3 UploadPartCopy {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","PartNumber":1,"CopySource":"my-bucket/digits","CopySourceRange":"bytes=2-4"}
save etag = CopyPartResult.ETag
= CopyPartResult.ETag: "289dff07669d7a23de0ef88d2f7129e7"
> s3 UploadPartCopy {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","PartNumber":2,"CopySource":"my-bucket/digits","CopySourceRange":"bytes=2-10"}
! InvalidArgument: Range specified is not valid for source object of size: 10
> s3 UploadPartCopy {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","PartNumber":2,"CopySource":"my-bucket/digits","CopySourceRange":"bytes=2-"}
! InvalidArgument: The x-amz-copy-source-range value must be of the form bytes=first-last
> s3 UploadPartCopy {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","PartNumber":2,"CopySource":"my-bucket/none"}
! NoSuchKey
> s3 UploadPartCopy {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","PartNumber":2,"CopySource":"nonsense"}
! InvalidArgument: Copy Source must mention the source bucket and key: sourcebucket/sourcekey
> s3 UploadPartCopy {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","PartNumber":2,"CopySource":"my-bucket/digits","CopySourceIfMatch":"x"}
! PreconditionFailed
> s3 ListParts {"Bucket":"my-bucket","Key":"k","UploadId":"$upload"}
= Parts#: 1
= Parts[0].Size: 3
meter s3://my-bucket ObjectStorage: 13 × STANDARD 0s running
> s3 CompleteMultipartUpload {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","MultipartUpload":{"Parts":[{"PartNumber":1,"ETag":"289dff07669d7a23de0ef88d2f7129e7"}]}}
> s3 GetObject {"Bucket":"my-bucket","Key":"k"}
= Body: MjM0

== Checksums of uploads
# COMPOSITE is the checksum of the parts' checksums, and their number; the request lists each part's.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 CreateMultipartUpload {"Bucket":"my-bucket","Key":"k","ChecksumAlgorithm":"SHA256"}
= ChecksumAlgorithm: SHA256
= ChecksumType: COMPOSITE
save upload = UploadId
> s3 UploadPart {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","PartNumber":1,"Body":"aGVsbG8=","ChecksumCRC32":"NhCmhg=="}
! InvalidRequest: Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32
> s3 UploadPart {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","PartNumber":1,"Body":"aGVsbG8=","ChecksumSHA256":"LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="}
= ChecksumSHA256: LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=
> s3 ListParts {"Bucket":"my-bucket","Key":"k","UploadId":"$upload"}
= ChecksumType: COMPOSITE
= Parts[0].ChecksumSHA256: LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=
> s3 CompleteMultipartUpload {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","MultipartUpload":{"Parts":[{"PartNumber":1,"ETag":"5d41402abc4b2a76b9719d911017c592"}]}}
! InvalidRequest: The upload was created using a sha256 checksum. The complete request must include the checksum for each part. It was missing for part 1 in the request.
> s3 CompleteMultipartUpload {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","MultipartUpload":{"Parts":[{"PartNumber":1,"ETag":"5d41402abc4b2a76b9719d911017c592","ChecksumSHA256":"LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="}]}}
= ChecksumSHA256: lZXJ35AHUUjrBoYDZd8zWEt1v/eCpRDGzUiDpBmDPVA=-1
= ChecksumType: COMPOSITE
> s3 HeadObject {"Bucket":"my-bucket","Key":"k","ChecksumMode":"ENABLED"}
= ChecksumType: COMPOSITE
> s3 GetObjectAttributes {"Bucket":"my-bucket","Key":"k","ObjectAttributes":["ObjectParts"]}
= ObjectParts.TotalPartsCount: 1
= ObjectParts.Parts[0].ChecksumSHA256: LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=
= ObjectParts.Parts[0].Size: 5
= ETag: -
> s3 CreateMultipartUpload {"Bucket":"my-bucket","Key":"k","ChecksumAlgorithm":"SHA256","ChecksumType":"FULL_OBJECT"}
! InvalidRequest: The FULL_OBJECT checksum type cannot be used with the sha256 checksum algorithm.
> s3 CreateMultipartUpload {"Bucket":"my-bucket","Key":"k","ChecksumAlgorithm":"CRC64NVME","ChecksumType":"COMPOSITE"}
! InvalidRequest: The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.
> s3 CreateMultipartUpload {"Bucket":"my-bucket","Key":"k","ChecksumAlgorithm":"CRC32","ChecksumType":"FULL_OBJECT"}
save upload = UploadId
> s3 UploadPart {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","PartNumber":1,"Body":"aGVsbG8=","ChecksumCRC32":"NhCmhg=="}
> s3 CompleteMultipartUpload {"Bucket":"my-bucket","Key":"k","UploadId":"$upload","ChecksumCRC32":"NhCmhg==","MpuObjectSize":5,"MultipartUpload":{"Parts":[{"PartNumber":1,"ETag":"5d41402abc4b2a76b9719d911017c592"}]}}
= ChecksumCRC32: NhCmhg==
= ChecksumType: FULL_OBJECT

== Open uploads in pages
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 CreateMultipartUpload {"Bucket":"my-bucket","Key":"a"}
save first = UploadId
advance 5
> s3 CreateMultipartUpload {"Bucket":"my-bucket","Key":"a"}
save second = UploadId
> s3 CreateMultipartUpload {"Bucket":"my-bucket","Key":"dir/b"}
> s3 CreateMultipartUpload {"Bucket":"my-bucket","Key":"dir/c"}
> s3 ListMultipartUploads {"Bucket":"my-bucket"}
= Uploads#: 4
= Uploads[0].UploadId: $first
= Uploads[0].Initiated: 2025-03-03T09:00:00Z
= Uploads[0].StorageClass: STANDARD
= MaxUploads: 1000
> s3 ListMultipartUploads {"Bucket":"my-bucket","MaxUploads":1}
= IsTruncated: true
= NextKeyMarker: a
= NextUploadIdMarker: $first
> s3 ListMultipartUploads {"Bucket":"my-bucket","MaxUploads":1,"KeyMarker":"a","UploadIdMarker":"$first"}
= Uploads[0].UploadId: $second
> s3 ListMultipartUploads {"Bucket":"my-bucket","KeyMarker":"a"}
= Uploads#: 2
> s3 ListMultipartUploads {"Bucket":"my-bucket","Delimiter":"/"}
= Uploads#: 2
= CommonPrefixes: [{"Prefix":"dir/"}]
> s3 ListMultipartUploads {"Bucket":"my-bucket","Prefix":"dir/"}
= Uploads#: 2
