# Storage class analysis: which objects are read so rarely that Standard-IA would cost less.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/analytics-storage-class.html
# Numbers of days follow from what AWS says; how it judges is not documented, and ours (analytics.rs).

== nobody reads the reports: after 30 days of observation Standard-IA is recommended from an age of 30 days on
block a = report
> s3 CreateBucket {"Bucket":"data"}
> s3 CreateBucket {"Bucket":"exports"}
> s3 PutBucketPolicy {"Bucket":"exports","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"s3.amazonaws.com\"},\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::exports/*\",\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:s3:::data\"},\"StringEquals\":{\"aws:SourceAccount\":\"123456789012\",\"s3:x-amz-acl\":\"bucket-owner-full-control\"}}}]}"}
> s3 PutObject {"Bucket":"data","Key":"reports/2024","Body":"$a"}
> s3 PutObject {"Bucket":"data","Key":"reports/small","Body":"c21hbGw="}
> s3 PutObject {"Bucket":"data","Key":"other","Body":"$a"}
> s3 PutBucketAnalyticsConfiguration {"Bucket":"data","Id":"reports","AnalyticsConfiguration":{"Id":"reports","Filter":{"Prefix":"reports/"},"StorageClassAnalysis":{"DataExport":{"OutputSchemaVersion":"V_1","Destination":{"S3BucketDestination":{"Format":"CSV","Bucket":"arn:aws:s3:::exports","Prefix":"analysis"}}}}}}
# "You start getting the exported report daily after 24 hours": the first midnight ends no whole day.
advance 54000
> s3 ListObjectsV2 {"Bucket":"exports"}
= KeyCount: 0
> stratus AccessObject {"Bucket":"data","Key":"reports/2024"}
> stratus AccessObject {"Bucket":"data","Key":"reports/small"}
> stratus AccessObject {"Bucket":"data","Key":"other"}
> s3 PutObject {"Bucket":"data","Key":"reports/new","Body":"$a"}
advance 86400
event analysis reports of s3://data written to s3://exports/analysis/data/reports.csv
> s3 GetObject {"Bucket":"exports","Key":"analysis/data/reports.csv"}
decoded Body: Date,ConfigId,Filter,StorageClass,ObjectAge,ObjectCount,DataUploaded_MB,Storage_MB,DataRetrieved_MB,GetRequestCount,CumulativeAccessRatio,ObjectAgeForSIATransition,RecommendedObjectAgeForSIATransition*
# Two objects of 128 KB and more, one of which was read: half of what lies there. Only the last row counts the small one.
decoded Body: *"03-05-2025","reports","prefix=reports/","STANDARD","000-014","2","0.500000","1.000000","0.500000","1","0.500000","",""*
decoded Body: *"03-05-2025","reports","prefix=reports/","STANDARD","ALL","3","0.500000","1.000004","0.500004","2","0.500002","",""*
# 27 days later the first object is 30 days old: it is observed, and not yet long enough.
advance 2419200
> s3 GetObject {"Bucket":"exports","Key":"analysis/data/reports.csv"}
decoded Body: *"04-02-2025","reports","prefix=reports/","STANDARD","015-029","2","0.000000","1.000000","0.000000","0","0.*
decoded Body: *"04-02-2025","reports","prefix=reports/","STANDARD","ALL","3",*,"",""*
advance 86400
> s3 GetObject {"Bucket":"exports","Key":"analysis/data/reports.csv"}
decoded Body: *"04-03-2025","reports","prefix=reports/","STANDARD","ALL","3",*,"30",""*
# Once it is the same for a week it is recommended.
advance 604800
> s3 GetObject {"Bucket":"exports","Key":"analysis/data/reports.csv"}
decoded Body: *"04-10-2025","reports","prefix=reports/","STANDARD","030-044","2","0.000000","1.000000","0.000000","0","0.000000","",""*
decoded Body: *"04-10-2025","reports","prefix=reports/","STANDARD","ALL","3",*,"30","30"*
# From the end of the first whole day on: 36 days, at 10 cents for a million objects a month.
bill s3://data (analysis reports): 3 objects × 3,110,400 s × $0.0001/1,000 object-months ÷ 2,592,000 s = $0.000000360
# The configuration goes, and with it what it has seen.
> s3 DeleteBucketAnalyticsConfiguration {"Bucket":"data","Id":"reports"}
advance 86400
> s3 GetObject {"Bucket":"exports","Key":"analysis/data/reports.csv"}
decoded Body: *"04-10-2025",*

== what lies there follows tags, deletions, versions and storage classes
block a = report
> s3 CreateBucket {"Bucket":"data"}
> s3 PutBucketVersioning {"Bucket":"data","VersioningConfiguration":{"Status":"Enabled"}}
> s3 CreateBucket {"Bucket":"exports"}
> s3 PutBucketPolicy {"Bucket":"exports","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"s3.amazonaws.com\"},\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::exports/*\",\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:s3:::data\"}}}]}"}
> s3 PutObject {"Bucket":"data","Key":"tagged","Body":"$a","Tagging":"team=red"}
> s3 PutObject {"Bucket":"data","Key":"later","Body":"$a"}
> s3 PutObject {"Bucket":"data","Key":"other","Body":"$a"}
> s3 PutBucketAnalyticsConfiguration {"Bucket":"data","Id":"red","AnalyticsConfiguration":{"Id":"red","Filter":{"Tag":{"Key":"team","Value":"red"}},"StorageClassAnalysis":{"DataExport":{"OutputSchemaVersion":"V_1","Destination":{"S3BucketDestination":{"Format":"CSV","Bucket":"arn:aws:s3:::exports"}}}}}}
advance 140400
> s3 GetObject {"Bucket":"exports","Key":"data/red.csv"}
decoded Body: *"03-05-2025","red","tag:team=red","STANDARD","ALL","1","0.000000","0.500000","0.000000","0","0.000000","",""*
# A tag brings one in, and a deletion leaves the version of the other, which is still paid for.
> s3 PutObjectTagging {"Bucket":"data","Key":"later","Tagging":{"TagSet":[{"Key":"team","Value":"red"}]}}
> s3 DeleteObject {"Bucket":"data","Key":"tagged"}
advance 86400
> s3 GetObject {"Bucket":"exports","Key":"data/red.csv"}
decoded Body: *"03-06-2025","red","tag:team=red","STANDARD","000-014","2","0.000000","1.000000",*
> s3 ListObjectVersions {"Bucket":"data","Prefix":"tagged"}
save version = Versions[0].VersionId
> s3 DeleteObject {"Bucket":"data","Key":"tagged","VersionId":"$version"}
# A rule moves the other to another class, which has rows of its own.
> s3 PutBucketLifecycleConfiguration {"Bucket":"data","LifecycleConfiguration":{"Rules":[{"ID":"move","Status":"Enabled","Filter":{"Prefix":"later"},"Transitions":[{"Days":30,"StorageClass":"STANDARD_IA"}]}]}}
advance 86400
> s3 GetObject {"Bucket":"exports","Key":"data/red.csv"}
decoded Body: *"03-07-2025","red","tag:team=red","STANDARD","000-014","1","0.000000","0.500000",*
advance 2592000
> s3 GetObject {"Bucket":"exports","Key":"data/red.csv"}
decoded Body: *"04-06-2025","red","tag:team=red","STANDARD_IA","030-044","1","0.000000","0.500000",*

== a part copied by range reads its bytes alone
block a = report
> s3 CreateBucket {"Bucket":"data"}
> s3 CreateBucket {"Bucket":"exports"}
> s3 PutBucketPolicy {"Bucket":"exports","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"s3.amazonaws.com\"},\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::exports/*\",\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:s3:::data\"}}}]}"}
> s3 PutObject {"Bucket":"data","Key":"a","Body":"$a"}
> s3 PutBucketAnalyticsConfiguration {"Bucket":"data","Id":"all","AnalyticsConfiguration":{"Id":"all","StorageClassAnalysis":{"DataExport":{"OutputSchemaVersion":"V_1","Destination":{"S3BucketDestination":{"Format":"CSV","Bucket":"arn:aws:s3:::exports"}}}}}}
advance 54000
> s3 CreateMultipartUpload {"Bucket":"data","Key":"parts"}
save upload = UploadId
> s3 UploadPartCopy {"Bucket":"data","Key":"parts","UploadId":"$upload","PartNumber":1,"CopySource":"data/a","CopySourceRange":"bytes=0-131071"}
> s3 UploadPartCopy {"Bucket":"data","Key":"parts","UploadId":"$upload","PartNumber":2,"CopySource":"data/a","CopySourceRange":"bytes=131072-262143"}
advance 86400
> s3 GetObject {"Bucket":"exports","Key":"data/all.csv"}
decoded Body: *"STANDARD","000-014","1","0.000000","0.500000","0.250000","2","0.500000","",""*

== what is read more than once a month stays in Standard; and without an export it is observed all the same
block a = report
> s3 CreateBucket {"Bucket":"data"}
> s3 PutObject {"Bucket":"data","Key":"a","Body":"$a"}
advance 3456000
> s3 PutBucketAnalyticsConfiguration {"Bucket":"data","Id":"all","AnalyticsConfiguration":{"Id":"all","StorageClassAnalysis":{}}}
advance 172800
see analysis of data all: 1 day, observed 30, recommended -
> stratus AccessObject {"Bucket":"data","Key":"a"}
advance 86400
# Standard-IA saves 1.05 cents a GB-month, and a GB read costs 1 cent: once a month is still less.
see analysis of data all: 2 days, observed 30, recommended -
> stratus AccessObject {"Bucket":"data","Key":"a"}
advance 86400
see analysis of data all: 3 days, observed -, recommended -

== the destination's policy decides, and its Region
> s3 CreateBucket {"Bucket":"data"}
> s3 CreateBucket {"Bucket":"exports"}
> s3 PutBucketAnalyticsConfiguration {"Bucket":"data","Id":"all","AnalyticsConfiguration":{"Id":"all","StorageClassAnalysis":{"DataExport":{"OutputSchemaVersion":"V_1","Destination":{"S3BucketDestination":{"Format":"CSV","Bucket":"arn:aws:s3:::exports"}}}}}}
advance 172800
event analysis all of s3://data not written: Access Denied The policy of s3://exports does not let s3.amazonaws.com put data/all.csv.
# The page offers the statement that lets S3 in, for each source its own.
see grant of exports data data/all.csv: S3PolicyStmt-DO-NOT-MODIFY-data
# Not where a denial would stand against it.
> s3 PutBucketPolicy {"Bucket":"exports","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Never\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::exports/data/*\"}]}"}
see grant of exports data data/all.csv: none
see grant of exports other other/all.csv: Never; S3PolicyStmt-DO-NOT-MODIFY-other
# Another bucket's ARN in the condition does not help.
> s3 PutBucketPolicy {"Bucket":"exports","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"s3.amazonaws.com\"},\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::exports/*\",\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:s3:::another\"}}}]}"}
advance 86400
> s3 ListObjectsV2 {"Bucket":"exports"}
= KeyCount: 0
> s3 PutBucketPolicy {"Bucket":"exports","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"s3.amazonaws.com\"},\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::exports/*\",\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:s3:::da*\"}}}]}"}
advance 86400
> s3 ListObjectsV2 {"Bucket":"exports"}
= Contents[0].Key: data/all.csv
