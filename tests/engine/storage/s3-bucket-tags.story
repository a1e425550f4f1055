# https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 GetBucketTagging {"Bucket":"my-bucket"}
! NoSuchTagSet: The TagSet does not exist
> s3 PutBucketTagging {"Bucket":"my-bucket","Tagging":{"TagSet":[{"Key":"team","Value":"blue"},{"Key":"cost","Value":""}]}}
> s3 GetBucketTagging {"Bucket":"my-bucket"}
= TagSet: [{"Key":"cost","Value":""},{"Key":"team","Value":"blue"}]
# The whole set is replaced.
> s3 PutBucketTagging {"Bucket":"my-bucket","Tagging":{"TagSet":[{"Key":"team","Value":"red"}]}}
> s3 GetBucketTagging {"Bucket":"my-bucket"}
= TagSet#: 1
> s3 PutBucketTagging {"Bucket":"my-bucket","Tagging":{"TagSet":[{"Key":"a","Value":"1"},{"Key":"a","Value":"2"}]}}
! InvalidTag: Cannot provide multiple Tags with the same key
> s3 PutBucketTagging {"Bucket":"my-bucket","Tagging":{"TagSet":[{"Key":"aws:x","Value":"1"}]}}
! InvalidTag: System tags
> s3 DeleteBucketTagging {"Bucket":"my-bucket"}
> s3 GetBucketTagging {"Bucket":"my-bucket"}
! NoSuchTagSet
> s3 PutBucketTagging {"Bucket":"none-such","Tagging":{"TagSet":[]}}
! NoSuchBucket
