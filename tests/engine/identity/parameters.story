# The Parameter Store. https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html
== Putting and getting
> ssm PutParameter {"Name":"/app/db/host","Value":"db.example.com"}
! ValidationException: A parameter type is required when you create a parameter.
> ssm PutParameter {"Name":"/app/db/host","Value":"db.example.com","Type":"String","Description":"Where the database is"}
= Version: 1
= Tier: Standard
> ssm PutParameter {"Name":"/app/db/host","Value":"other","Type":"String"}
! ParameterAlreadyExists: The parameter already exists. To overwrite this value, set the overwrite option in the request to true.
> ssm PutParameter {"Name":"/app/db/host","Value":"two.example.com","Overwrite":true}
= Version: 2
> ssm PutParameter {"Name":"/app/db/host","Value":"a,b","Type":"StringList","Overwrite":true}
! HierarchyTypeMismatchException
> ssm GetParameter {"Name":"/app/db/host"}
= Parameter.Value: two.example.com
= Parameter.Version: 2
= Parameter.Type: String
= Parameter.DataType: text
= Parameter.ARN: arn:aws:ssm:us-east-1:123456789012:parameter/app/db/host
= Parameter.LastModifiedDate: 2025-03-03T09:00:00Z
= Parameter.Selector: -
> ssm GetParameter {"Name":"/app/db/host:1"}
= Parameter.Value: db.example.com
= Parameter.Selector: :1
> ssm GetParameter {"Name":"/app/db/host:9"}
! ParameterVersionNotFound: Systems Manager could not find version 9 of /app/db/host. Verify the version and try again.
> ssm GetParameter {"Name":"arn:aws:ssm:us-east-1:123456789012:parameter/app/db/host"}
= Parameter.Version: 2
> ssm GetParameter {"Name":"/app/db/none"}
! ParameterNotFound
region eu-west-1
> ssm GetParameter {"Name":"/app/db/host"}
! ParameterNotFound
region us-east-1
> ssm PutParameter {"Name":"plain","Value":"1","Type":"String"}
> ssm GetParameter {"Name":"plain"}
= Parameter.ARN: arn:aws:ssm:us-east-1:123456789012:parameter/plain
> ssm GetParameters {"Names":["plain","/app/db/host:1","nothing"]}
= Parameters#: 2
= Parameters[0].Name: /app/db/host
= InvalidParameters: ["nothing"]
> ssm GetParameters {"Names":["a","b","c","d","e","f","g","h","i","j","k"]}
! ValidationException: 1 validation error detected: Value '[a, b, c, d, e, f, g, h, i, j, k]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 10
> ssm GetParameterHistory {"Name":"/app/db/host"}
= Parameters#: 2
= Parameters[0].Value: db.example.com
= Parameters[1].Description: Where the database is
= Parameters[1].LastModifiedUser: arn:aws:iam::123456789012:user/administrator
> ssm DeleteParameter {"Name":"plain"}
> ssm DeleteParameter {"Name":"plain"}
! ParameterNotFound
> ssm DeleteParameters {"Names":["plain","/app/db/host"]}
= DeletedParameters: ["/app/db/host"]
= InvalidParameters: ["plain"]

== What a name and a value may be
> ssm PutParameter {"Name":"ssm-x","Value":"1","Type":"String"}
! ValidationException: Parameter name: can't be prefixed with "ssm" (case-insensitive).
> ssm PutParameter {"Name":"/aws/x","Value":"1","Type":"String"}
! AccessDeniedException: No access to reserved parameter name: /aws/x.
> ssm PutParameter {"Name":"a/b","Value":"1","Type":"String"}
! ValidationException: Parameter name must be a fully qualified name.
> ssm PutParameter {"Name":"/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16","Value":"1","Type":"String"}
! HierarchyLevelLimitExceededException
> ssm PutParameter {"Name":"list","Value":"a,b","Type":"StringList"}
> ssm PutParameter {"Name":"number","Value":"one","Type":"String","AllowedPattern":"^\\d+"}
! ParameterPatternMismatchException: Parameter value, cannot be validated against allowedPattern: ^\d+
> ssm PutParameter {"Name":"number","Value":"1","Type":"String","AllowedPattern":"^\\d+","Tags":[{"Key":"a","Value":"b"}]}
> ssm PutParameter {"Name":"number","Value":"2","Overwrite":true,"Tags":[{"Key":"a","Value":"b"}]}
! ValidationException: Invalid request: tags and overwrite can't be used together.
> ssm PutParameter {"Name":"image","Value":"ami","Type":"String","DataType":"aws:ec2:image"}
! ValidationException
> ssm PutParameter {"Name":"image","Value":"$al2023","Type":"String","DataType":"aws:ec2:image"}
> ssm GetParameter {"Name":"image"}
= Parameter.DataType: aws:ec2:image
> ssm PutParameter {"Name":"other","Value":"x","Type":"String","Tier":"Advanced"}
= Tier: Advanced
> ssm PutParameter {"Name":"other","Value":"x","Overwrite":true,"Tier":"Standard"}
! ValidationException: This parameter uses the advanced-parameter tier.
> ssm PutParameter {"Name":"gone","Value":"x","Type":"String","Tier":"Advanced","Policies":"[{\"Type\":\"Expiration\",\"Version\":\"1.0\",\"Attributes\":{\"Timestamp\":\"2025-03-03T10:00:00.000Z\"}}]"}
> ssm DescribeParameters {"ParameterFilters":[{"Key":"Name","Values":["gone"]}]}
= Parameters[0].Policies[0].PolicyType: Expiration
advance 3600
> ssm GetParameter {"Name":"gone"}
! ParameterNotFound

== Secure strings
> ssm PutParameter {"Name":"/s","Value":"secret","Type":"SecureString"}
> ssm GetParameter {"Name":"/s","WithDecryption":true}
= Parameter.Value: secret
= Parameter.Type: SecureString
> ssm GetParameter {"Name":"/s"}
= Parameter.Value: AQICAH*
> ssm DescribeParameters {}
= Parameters[0].KeyId: alias/aws/ssm
> ssm PutParameter {"Name":"/t","Value":"x","Type":"String","KeyId":"alias/mine"}
! ValidationException: KeyId is required for SecureString type parameters only.

== Paths and filters
> ssm PutParameter {"Name":"/a/one","Value":"1","Type":"String"}
> ssm PutParameter {"Name":"/a/two","Value":"2","Type":"SecureString"}
> ssm PutParameter {"Name":"/a/b/three","Value":"3","Type":"String","Tags":[{"Key":"team","Value":"blue"}]}
> ssm PutParameter {"Name":"/ab/four","Value":"4","Type":"String"}
> ssm GetParametersByPath {"Path":"/a"}
= Parameters#: 2
= Parameters[0].Name: /a/one
= NextToken: -
> ssm GetParametersByPath {"Path":"/a/","Recursive":true,"MaxResults":2}
= Parameters#: 2
= Parameters[0].Name: /a/b/three
save next = NextToken
> ssm GetParametersByPath {"Path":"/a/","Recursive":true,"MaxResults":2,"NextToken":"$next"}
= Parameters#: 1
= Parameters[0].Name: /a/two
> ssm GetParametersByPath {"Path":"/a","Recursive":true,"NextToken":"!"}
! InvalidNextToken
> ssm GetParametersByPath {"Path":"a"}
! ValidationException: The parameter doesn't meet the parameter name requirements.
> ssm GetParametersByPath {"Path":"/a","ParameterFilters":[{"Key":"Type","Values":["SecureString"]}]}
= Parameters#: 1
> ssm GetParametersByPath {"Path":"/a","ParameterFilters":[{"Key":"Name","Values":["x"]}]}
! InvalidFilterKey
> ssm DescribeParameters {"ParameterFilters":[{"Key":"Path","Option":"Recursive","Values":["/a"]}]}
= Parameters#: 3
> ssm DescribeParameters {"ParameterFilters":[{"Key":"Name","Option":"BeginsWith","Values":["/ab"]}]}
= Parameters#: 1
= Parameters[0].Value: -
> ssm DescribeParameters {"ParameterFilters":[{"Key":"tag:team","Values":["blue"]}]}
= Parameters[0].Name: /a/b/three
> ssm DescribeParameters {"Filters":[{"Key":"Type","Values":["SecureString"]}]}
= Parameters#: 1

== Labels and tags
> ssm PutParameter {"Name":"/x","Value":"1","Type":"String"}
> ssm PutParameter {"Name":"/x","Value":"2","Overwrite":true}
> ssm LabelParameterVersion {"Name":"/x","ParameterVersion":1,"Labels":["prod","1st","aws-x"]}
= InvalidLabels: ["1st","aws-x"]
= ParameterVersion: 1
> ssm GetParameter {"Name":"/x:prod"}
= Parameter.Value: 1
= Parameter.Selector: :prod
# It moves.
> ssm LabelParameterVersion {"Name":"/x","Labels":["prod"]}
= ParameterVersion: 2
> ssm GetParameter {"Name":"/x:prod"}
= Parameter.Value: 2
> ssm GetParameterHistory {"Name":"/x"}
= Parameters[0].Labels: []
= Parameters[1].Labels: ["prod"]
> ssm UnlabelParameterVersion {"Name":"/x","ParameterVersion":2,"Labels":["prod","none"]}
= RemovedLabels: ["prod"]
= InvalidLabels: ["none"]
> ssm GetParameter {"Name":"/x:prod"}
! ParameterVersionNotFound
> ssm AddTagsToResource {"ResourceType":"Parameter","ResourceId":"/x","Tags":[{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}]}
> ssm RemoveTagsFromResource {"ResourceType":"Parameter","ResourceId":"/x","TagKeys":["a"]}
> ssm ListTagsForResource {"ResourceType":"Parameter","ResourceId":"/x"}
= TagList: [{"Key":"b","Value":"2"}]
> ssm ListTagsForResource {"ResourceType":"Parameter","ResourceId":"/y"}
! InvalidResourceId

== What AWS publishes
# https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html
> ssm GetParameter {"Name":"/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"}
= Parameter.Value: $al2023
= Parameter.DataType: aws:ec2:image
= Parameter.ARN: arn:aws:ssm:us-east-1::parameter/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64
> ssm GetParametersByPath {"Path":"/aws/service/ami-windows-latest"}
= Parameters#: 4
> ssm GetParametersByPath {"Path":"/aws/service/canonical","Recursive":true,"MaxResults":2}
= Parameters#: 2
= NextToken: *
region eu-west-1
> ssm GetParameters {"Names":["/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64","/aws/service/nothing"]}
= Parameters[0].Value: $al2023
= InvalidParameters: ["/aws/service/nothing"]
region us-east-1
> ssm GetParameter {"Name":"/aws/service/global-infrastructure/regions/us-west-1/longName"}
= Parameter.Value: US West (N. California)
> ssm GetParametersByPath {"Path":"/aws/service/global-infrastructure/services/ec2"}
= Parameters#: 0
> ssm GetParametersByPath {"Path":"/aws/service/global-infrastructure/services/ec2/regions","MaxResults":10}
= Parameters#: 10
> ssm DeleteParameter {"Name":"/aws/service/nothing"}
! AccessDeniedException
> ssm DescribeParameters {}
= Parameters#: 0
