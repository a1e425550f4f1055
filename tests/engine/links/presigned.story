# Presigned links, as guests open them.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
# https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html

== what is no link of this world's
> s3 CreateBucket {"Bucket":"lent"}
> s3 PutObject {"Bucket":"lent","Key":"s.txt","Body":"aGVsbG8="}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
# All of the parameters have to be there.
% $web curl -s "https://lent.s3.us-east-1.amazonaws.com/s.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
| <?xml version="1.0" encoding="UTF-8"?>
| <Error><Code>AuthorizationQueryParametersError</Code><Message>Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.</Message></Error>
% $web curl -s -o /dev/null -w "%{http_code}" "https://lent.s3.us-east-1.amazonaws.com/s.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20250303%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20250303T090000Z&X-Amz-Expires=604801&X-Amz-SignedHeaders=host&X-Amz-Signature=aa"
| 400
% $web curl -s "https://lent.s3.us-east-1.amazonaws.com/s.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20250303%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20250303T090000Z&X-Amz-Expires=600&X-Amz-SignedHeaders=host&X-Amz-Signature=aa"
| <?xml version="1.0" encoding="UTF-8"?>
| <Error><Code>InvalidAccessKeyId</Code><Message>The AWS Access Key Id you provided does not exist in our records.</Message><AWSAccessKeyId>AKIAIOSFODNN7EXAMPLE</AWSAccessKeyId></Error>
# Who does not sign may not choose the headers of the answer.
% $web curl -s -o /dev/null -w "%{http_code}" "https://lent.s3.us-east-1.amazonaws.com/s.txt?response-content-type=text/plain"
| 400
