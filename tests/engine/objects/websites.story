# What a bucket's website answers somebody without keys.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/IndexDocumentSupport.html
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/CustomErrorDocSupport.html
== index, folders, errors
> s3 CreateBucket {"Bucket":"site"}
see website of site /: NoSuchWebsiteConfiguration
> s3 PutBucketWebsite {"Bucket":"site","WebsiteConfiguration":{"IndexDocument":{"Suffix":"index.html"},"ErrorDocument":{"Key":"error.html"}}}
> s3 PutObject {"Bucket":"site","Key":"index.html","Body":"YQ==","ContentType":"text/html"}
> s3 PutObject {"Bucket":"site","Key":"photos/index.html","Body":"YQ==","ContentType":"text/html"}
> s3 PutObject {"Bucket":"site","Key":"error.html","Body":"YQ==","ContentType":"text/html"}
# Nothing is public yet, not even the error document.
see website of site /: 403 an error page
> s3 DeletePublicAccessBlock {"Bucket":"site"}
> s3 PutBucketPolicy {"Bucket":"site","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":[\"s3:GetObject\"],\"Resource\":\"arn:aws:s3:::site/*\"}]}"}
see website of site /: 200 index.html
see website of site /photos/: 200 photos/index.html
see website of site /photos: 302 to /photos/
# Who may not list hears 403 of a key that is not there.
see website of site /nothing: 403 error.html
