# Configurations that a bucket has several of.
== metrics, by id
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketMetricsConfiguration.html
> s3 CreateBucket {"Bucket":"measured"}
> s3 GetBucketMetricsConfiguration {"Bucket":"measured","Id":"a"}
! NoSuchConfiguration
> s3 PutBucketMetricsConfiguration {"Bucket":"measured","Id":"b","MetricsConfiguration":{"Id":"b","Filter":{"Prefix":"logs/"}}}
> s3 PutBucketMetricsConfiguration {"Bucket":"measured","Id":"a","MetricsConfiguration":{"Id":"a"}}
> s3 ListBucketMetricsConfigurations {"Bucket":"measured"}
= IsTruncated: false
= MetricsConfigurationList[0].Id: a
= MetricsConfigurationList[1].Filter.Prefix: logs/
> s3 PutBucketMetricsConfiguration {"Bucket":"measured","Id":"a","MetricsConfiguration":{"Id":"c"}}
! InvalidArgument
> s3 DeleteBucketMetricsConfiguration {"Bucket":"measured","Id":"a"}
> s3 DeleteBucketMetricsConfiguration {"Bucket":"measured","Id":"a"}
! NoSuchConfiguration

== Intelligent-Tiering takes from 90 days on
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tiering.html
> s3 CreateBucket {"Bucket":"tiered"}
> s3 PutBucketIntelligentTieringConfiguration {"Bucket":"tiered","Id":"t","IntelligentTieringConfiguration":{"Id":"t","Status":"Enabled","Tierings":[{"Days":60,"AccessTier":"ARCHIVE_ACCESS"}]}}
! InvalidArgument
> s3 PutBucketIntelligentTieringConfiguration {"Bucket":"tiered","Id":"t","IntelligentTieringConfiguration":{"Id":"t","Status":"Enabled","Tierings":[{"Days":90,"AccessTier":"ARCHIVE_ACCESS"},{"Days":180,"AccessTier":"DEEP_ARCHIVE_ACCESS"}]}}
> s3 GetBucketIntelligentTieringConfiguration {"Bucket":"tiered","Id":"t"}
= IntelligentTieringConfiguration.Tierings[1].Days: 180
> s3 ListBucketIntelligentTieringConfigurations {"Bucket":"tiered"}
= IntelligentTieringConfigurationList#: 1

== replication needs versions on both sides
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html
> s3 CreateBucket {"Bucket":"near"}
> s3 CreateBucket {"Bucket":"far"}
> s3 GetBucketReplication {"Bucket":"near"}
! ReplicationConfigurationNotFoundError
> s3 PutBucketReplication {"Bucket":"near","ReplicationConfiguration":{"Role":"arn:aws:iam::123456789012:role/r","Rules":[{"Status":"Enabled","Priority":1,"Filter":{"Prefix":""},"DeleteMarkerReplication":{"Status":"Disabled"},"Destination":{"Bucket":"arn:aws:s3:::far"}}]}}
! InvalidRequest
> s3 PutBucketVersioning {"Bucket":"near","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutBucketReplication {"Bucket":"near","ReplicationConfiguration":{"Role":"arn:aws:iam::123456789012:role/r","Rules":[{"Status":"Enabled","Priority":1,"Filter":{"Prefix":""},"DeleteMarkerReplication":{"Status":"Disabled"},"Destination":{"Bucket":"arn:aws:s3:::far"}}]}}
! InvalidRequest: Destination bucket must exist
> s3 PutBucketVersioning {"Bucket":"far","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutBucketReplication {"Bucket":"near","ReplicationConfiguration":{"Role":"arn:aws:iam::123456789012:role/r","Rules":[{"Status":"Enabled","Priority":1,"Filter":{"Prefix":""},"DeleteMarkerReplication":{"Status":"Disabled"},"Destination":{"Bucket":"arn:aws:s3:::far"}}]}}
> s3 GetBucketReplication {"Bucket":"near"}
= ReplicationConfiguration.Rules[0].Destination.Bucket: arn:aws:s3:::far
> s3 DeleteBucketReplication {"Bucket":"near"}
> s3 GetBucketReplication {"Bucket":"near"}
! ReplicationConfigurationNotFoundError
