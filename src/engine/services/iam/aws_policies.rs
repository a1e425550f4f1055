//! AWS's own managed policies: the common ones. A table.
//!
//! Names, paths and ARNs are AWS's (<https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>); the
//! documents are summaries of ours that allow what each is for, by whole services, and may never be taken for AWS's texts.

use crate::base::time::Time;
use crate::principal::ALPHABET;
use sha2::{Digest, Sha256};

/// When they were made, all of them: AWS's date of the first ones.
pub(super) const CREATED: Time = Time(1_423_247_986_000);

/// One of AWS's managed policies.
#[derive(Debug)]
pub(super) struct AwsPolicy {
    /// Its name.
    pub(super) name: &'static str,
    /// `/`, `/job-function/`, `/service-role/`, `/aws-service-role/`.
    pub(super) path: &'static str,
    /// What it is for, in words of ours.
    pub(super) description: &'static str,
    /// What it allows, with spaces between; what stands after `!` is all that it does not allow (NotAction); after `-`, what
    /// it denies.
    actions: &'static str,
}

const fn policy(path: &'static str, name: &'static str, description: &'static str, actions: &'static str) -> AwsPolicy {
    AwsPolicy {
        name,
        path,
        description,
        actions,
    }
}

impl AwsPolicy {
    /// `arn:aws:iam::aws:policy/…`.
    pub(super) fn arn(&self) -> String {
        format!("arn:aws:iam::aws:policy{}{}", self.path, self.name)
    }

    /// `ANPA…`: the same in every account; ours follows from the ARN.
    pub(super) fn id(&self) -> String {
        let hash = Sha256::digest(self.arn());
        let letters = hash.iter().take(17).map(|byte| {
            let letter = ALPHABET.get(usize::from(byte % 32)).copied();
            char::from(letter.unwrap_or(b'A'))
        });
        "ANPA".chars().chain(letters).collect()
    }

    /// Its document.
    pub(super) fn document(&self) -> String {
        let list = |texts: Vec<&str>| match texts.as_slice() {
            [one] => format!("\"{one}\""),
            more => format!("[\"{}\"]", more.join("\",\"")),
        };
        let words = |mark: Option<char>| -> Vec<&str> {
            let all = self.actions.split_whitespace();
            match mark {
                Some(mark) => all.filter_map(|word| word.strip_prefix(mark)).collect(),
                None => all.filter(|word| !word.starts_with(['!', '-'])).collect(),
            }
        };
        let parts = [
            ("Allow", "NotAction", words(Some('!'))),
            ("Allow", "Action", words(None)),
            ("Deny", "Action", words(Some('-'))),
        ];
        let statements: Vec<String> = parts
            .into_iter()
            .filter(|(_, _, actions)| !actions.is_empty())
            .map(|(effect, member, actions)| {
                format!(
                    "{{\"Effect\":\"{effect}\",\"{member}\":{},\"Resource\":\"*\"}}",
                    list(actions)
                )
            })
            .collect();
        format!(
            "{{\"Version\":\"2012-10-17\",\"Statement\":[{}]}}",
            statements.join(",")
        )
    }
}

/// The policy of this ARN.
pub(super) fn find(arn: &str) -> Option<&'static AwsPolicy> {
    let rest = arn.strip_prefix("arn:aws:iam::aws:policy/")?;
    let (path, name) = rest.rsplit_once('/').unwrap_or(("", rest));
    POLICIES
        .iter()
        .find(|policy| policy.name == name && policy.path.trim_matches('/') == path)
}

const ROOT: &str = "/";
const JOB: &str = "/job-function/";
const ROLE: &str = "/service-role/";
const LINKED: &str = "/aws-service-role/";

#[rustfmt::skip]
pub(super) const POLICIES: &[AwsPolicy] = &[
    policy(ROOT, "AdministratorAccess", "Everything, everywhere in the account.", "*"),
    policy(ROOT, "AdministratorAccess-AWSElasticBeanstalk", "Everything that Elastic Beanstalk needs.", "elasticbeanstalk:* ec2:* elasticloadbalancing:* autoscaling:* cloudwatch:* cloudformation:* s3:* sns:* sqs:* logs:* acm:Describe* acm:List* iam:Get* iam:List* iam:PassRole iam:CreateServiceLinkedRole"),
    policy(ROOT, "PowerUserAccess", "Everything but users and their rights.", "!iam:* !organizations:* !account:* account:GetAccountInformation account:ListRegions iam:CreateServiceLinkedRole iam:DeleteServiceLinkedRole iam:ListRoles organizations:DescribeOrganization"),
    policy(ROOT, "ReadOnlyAccess", "Looking at everything.", "acm:Describe* acm:List* autoscaling:Describe* cloudformation:Describe* cloudformation:Get* cloudformation:List* cloudtrail:Describe* cloudtrail:Get* cloudtrail:LookupEvents cloudwatch:Describe* cloudwatch:Get* cloudwatch:List* ce:Get* dynamodb:BatchGet* dynamodb:Describe* dynamodb:Get* dynamodb:List* dynamodb:Query dynamodb:Scan ec2:Describe* ec2:Get* ec2:Search* elasticbeanstalk:Describe* elasticbeanstalk:List* elasticloadbalancing:Describe* iam:Generate* iam:Get* iam:List* iam:Simulate* lambda:Get* lambda:List* logs:Describe* logs:Get* rds:Describe* rds:List* route53:Get* route53:List* route53:Test* s3:Get* s3:List* sns:Get* sns:List* sqs:Get* sqs:List* sqs:ReceiveMessage ssm:Describe* ssm:Get* ssm:List* sts:GetCallerIdentity"),
    policy(ROOT, "SecurityAudit", "Looking at how everything is set up, not at what is in it.", "autoscaling:Describe* cloudformation:Describe* cloudformation:List* cloudtrail:Describe* cloudtrail:Get* cloudwatch:Describe* ec2:Describe* elasticloadbalancing:Describe* iam:Generate* iam:Get* iam:List* logs:Describe* rds:Describe* route53:Get* route53:List* s3:GetBucket* s3:GetEncryptionConfiguration s3:ListAllMyBuckets sns:GetTopicAttributes sns:List* sqs:GetQueueAttributes sqs:List* ssm:Describe* ssm:List*"),
    policy(ROOT, "AWSDenyAll", "Nothing at all.", "-*"),
    policy(ROOT, "AWSSupportAccess", "Cases of AWS Support.", "support:* supportplans:Get*"),
    policy(ROOT, "AWSBillingReadOnlyAccess", "Looking at the bill.", "billing:Get* billing:List* ce:Describe* ce:Get* ce:List* budgets:Describe* budgets:View* cur:Describe* payments:Get* payments:List* account:GetAccountInformation"),
    policy(ROOT, "IAMFullAccess", "Users, groups, roles, policies.", "iam:* organizations:DescribeAccount organizations:DescribeOrganization organizations:List*"),
    policy(ROOT, "IAMReadOnlyAccess", "Looking at users, groups, roles, policies.", "iam:GenerateCredentialReport iam:GenerateServiceLastAccessedDetails iam:Get* iam:List* iam:SimulateCustomPolicy iam:SimulatePrincipalPolicy"),
    policy(ROOT, "IAMUserChangePassword", "One's own password.", "iam:ChangePassword iam:GetAccountPasswordPolicy"),
    policy(ROOT, "IAMUserSSHKeys", "One's own SSH keys.", "iam:DeleteSSHPublicKey iam:GetSSHPublicKey iam:ListSSHPublicKeys iam:UpdateSSHPublicKey iam:UploadSSHPublicKey"),
    policy(ROOT, "IAMSelfManageServiceSpecificCredentials", "One's own passwords for single services.", "iam:CreateServiceSpecificCredential iam:ListServiceSpecificCredentials iam:UpdateServiceSpecificCredential iam:DeleteServiceSpecificCredential iam:ResetServiceSpecificCredential"),
    policy(ROOT, "IAMAccessAdvisorReadOnly", "When services were last used.", "iam:GenerateServiceLastAccessedDetails iam:GetServiceLastAccessedDetails iam:GetPolicy iam:GetPolicyVersion iam:ListPolicies iam:ListPoliciesGrantingServiceAccess iam:ListRoles iam:ListUsers iam:ListGroups"),
    policy(ROOT, "AmazonEC2FullAccess", "All of EC2, with balancing, scaling and metrics.", "ec2:* elasticloadbalancing:* cloudwatch:* autoscaling:* iam:CreateServiceLinkedRole"),
    policy(ROOT, "AmazonEC2ReadOnlyAccess", "Looking at EC2.", "ec2:Describe* ec2:GetSecurityGroupsForVpc elasticloadbalancing:Describe* cloudwatch:ListMetrics cloudwatch:GetMetricStatistics cloudwatch:Describe* autoscaling:Describe*"),
    policy(ROOT, "AmazonVPCFullAccess", "Networks.", "ec2:*Vpc* ec2:*Subnet* ec2:*Route* ec2:*Gateway* ec2:*Acl* ec2:*SecurityGroup* ec2:*Address* ec2:*NetworkInterface* ec2:*DhcpOptions* ec2:*Tags ec2:*PrefixList* ec2:*FlowLogs ec2:Describe*"),
    policy(ROOT, "AmazonVPCReadOnlyAccess", "Looking at networks.", "ec2:Describe* ec2:GetManagedPrefixList* ec2:GetSecurityGroupsForVpc ec2:SearchLocalGatewayRoutes"),
    policy(ROOT, "AmazonS3FullAccess", "All of S3.", "s3:* s3-object-lambda:*"),
    policy(ROOT, "AmazonS3ReadOnlyAccess", "Reading from S3.", "s3:Get* s3:List* s3:Describe* s3-object-lambda:Get* s3-object-lambda:List*"),
    policy(ROOT, "AmazonRoute53FullAccess", "Zones and records.", "route53:* route53domains:* cloudfront:ListDistributions elasticloadbalancing:DescribeLoadBalancers elasticbeanstalk:DescribeEnvironments s3:ListBucket s3:GetBucketLocation s3:GetBucketWebsite ec2:DescribeVpcs ec2:DescribeVpcEndpoints ec2:DescribeRegions sns:ListTopics sns:ListSubscriptionsByTopic cloudwatch:DescribeAlarms cloudwatch:GetMetricStatistics"),
    policy(ROOT, "AmazonRoute53ReadOnlyAccess", "Looking at zones and records.", "route53:Get* route53:List* route53:TestDNSAnswer"),
    policy(ROOT, "AmazonRoute53DomainsFullAccess", "Domains.", "route53:CreateHostedZone route53domains:*"),
    policy(ROOT, "AmazonRoute53DomainsReadOnlyAccess", "Looking at domains.", "route53domains:Get* route53domains:List*"),
    policy(ROOT, "AmazonSSMFullAccess", "All of Systems Manager.", "cloudwatch:PutMetricData ds:CreateComputer ds:DescribeDirectories ec2:DescribeInstanceStatus logs:* ssm:* ec2messages:* iam:CreateServiceLinkedRole"),
    policy(ROOT, "AmazonSSMReadOnlyAccess", "Looking at Systems Manager.", "ssm:Describe* ssm:Get* ssm:List*"),
    policy(ROOT, "AmazonSSMManagedInstanceCore", "What an instance under Systems Manager needs.", "ssm:DescribeAssociation ssm:GetDeployablePatchSnapshotForInstance ssm:GetDocument ssm:DescribeDocument ssm:GetManifest ssm:GetParameter ssm:GetParameters ssm:ListAssociations ssm:ListInstanceAssociations ssm:PutInventory ssm:PutComplianceItems ssm:PutConfigurePackageResult ssm:UpdateAssociationStatus ssm:UpdateInstanceAssociationStatus ssm:UpdateInstanceInformation ssmmessages:* ec2messages:*"),
    policy(ROOT, "AmazonSSMManagedEC2InstanceDefaultPolicy", "What every instance needs under default host management.", "ssm:DescribeAssociation ssm:GetDeployablePatchSnapshotForInstance ssm:GetDocument ssm:DescribeDocument ssm:GetManifest ssm:ListAssociations ssm:ListInstanceAssociations ssm:PutInventory ssm:PutComplianceItems ssm:PutConfigurePackageResult ssm:UpdateAssociationStatus ssm:UpdateInstanceAssociationStatus ssm:UpdateInstanceInformation ssmmessages:* ec2messages:*"),
    policy(ROOT, "AmazonSSMPatchAssociation", "Patching by association.", "ssm:DescribeEffectivePatchesForPatchBaseline ssm:GetPatchBaseline tag:GetResources"),
    policy(ROOT, "CloudWatchFullAccess", "Metrics and logs.", "autoscaling:Describe* cloudwatch:* logs:* sns:* iam:GetPolicy iam:GetPolicyVersion iam:GetRole oam:ListSinks"),
    policy(ROOT, "CloudWatchFullAccessV2", "Metrics and logs, without what belongs to others.", "application-autoscaling:DescribeScalingPolicies autoscaling:DescribeAutoScalingGroups autoscaling:DescribePolicies cloudwatch:* logs:* sns:CreateTopic sns:List* sns:Subscribe oam:ListSinks"),
    policy(ROOT, "CloudWatchReadOnlyAccess", "Looking at metrics and logs.", "autoscaling:Describe* cloudwatch:Describe* cloudwatch:Get* cloudwatch:List* logs:Get* logs:List* logs:StartQuery logs:StopQuery logs:Describe* logs:TestMetricFilter logs:FilterLogEvents sns:Get* sns:List*"),
    policy(ROOT, "CloudWatchLogsFullAccess", "Logs.", "logs:* cloudwatch:GenerateQuery"),
    policy(ROOT, "CloudWatchLogsReadOnlyAccess", "Looking at logs.", "logs:Describe* logs:Get* logs:List* logs:StartQuery logs:StopQuery logs:TestMetricFilter logs:FilterLogEvents"),
    policy(ROOT, "CloudWatchAgentServerPolicy", "What the agent on an instance sends.", "cloudwatch:PutMetricData ec2:DescribeVolumes ec2:DescribeTags logs:PutLogEvents logs:PutRetentionPolicy logs:DescribeLogStreams logs:DescribeLogGroups logs:CreateLogStream logs:CreateLogGroup ssm:GetParameter"),
    policy(ROOT, "CloudWatchAgentAdminPolicy", "The agent, and storing how it is set up.", "cloudwatch:PutMetricData ec2:DescribeTags logs:PutLogEvents logs:PutRetentionPolicy logs:DescribeLogStreams logs:DescribeLogGroups logs:CreateLogStream logs:CreateLogGroup ssm:GetParameter ssm:PutParameter"),
    policy(ROOT, "ElasticLoadBalancingFullAccess", "Load balancers.", "elasticloadbalancing:* ec2:DescribeAccountAttributes ec2:DescribeAddresses ec2:DescribeInternetGateways ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs ec2:DescribeVpcClassicLink ec2:DescribeInstances ec2:DescribeNetworkInterfaces ec2:DescribeClassicLinkInstances ec2:DescribeRouteTables cognito-idp:DescribeUserPoolClient iam:CreateServiceLinkedRole"),
    policy(ROOT, "ElasticLoadBalancingReadOnly", "Looking at load balancers.", "elasticloadbalancing:Describe* elasticloadbalancing:Get* ec2:DescribeInstances ec2:DescribeClassicLinkInstances ec2:DescribeSecurityGroups"),
    policy(ROOT, "AutoScalingFullAccess", "Auto Scaling.", "autoscaling:* cloudwatch:PutMetricAlarm ec2:Describe* ec2:GetInstanceTypesFromInstanceRequirements elasticloadbalancing:DescribeLoadBalancers elasticloadbalancing:DescribeTargetGroups iam:CreateServiceLinkedRole"),
    policy(ROOT, "AutoScalingReadOnlyAccess", "Looking at Auto Scaling.", "autoscaling:Describe* autoscaling:GetPredictiveScalingForecast"),
    policy(ROOT, "AutoScalingConsoleFullAccess", "Auto Scaling in the console.", "autoscaling:* ec2:Describe* ec2:CreateLaunchTemplate ec2:RunInstances cloudwatch:Describe* cloudwatch:PutMetricAlarm elasticloadbalancing:Describe* iam:ListInstanceProfiles sns:ListTopics"),
    policy(ROOT, "AWSCloudFormationFullAccess", "Stacks.", "cloudformation:*"),
    policy(ROOT, "AWSCloudFormationReadOnlyAccess", "Looking at stacks.", "cloudformation:Describe* cloudformation:EstimateTemplateCost cloudformation:Get* cloudformation:List* cloudformation:ValidateTemplate cloudformation:Detect*"),
    policy(ROOT, "AWSCloudTrail_FullAccess", "Trails.", "sns:* s3:CreateBucket s3:PutBucketPolicy s3:GetBucket* s3:ListAllMyBuckets cloudtrail:* logs:CreateLogGroup iam:ListRoles iam:GetRolePolicy iam:GetUser iam:PassRole kms:CreateKey kms:CreateAlias kms:ListKeys kms:ListAliases"),
    policy(ROOT, "AWSCloudTrail_ReadOnlyAccess", "Looking at trails.", "cloudtrail:Get* cloudtrail:Describe* cloudtrail:List* cloudtrail:LookupEvents"),
    policy(ROOT, "AWSElasticBeanstalkReadOnly", "Looking at Elastic Beanstalk.", "acm:ListCertificates autoscaling:Describe* cloudformation:Describe* cloudformation:Get* cloudformation:List* cloudwatch:Describe* ec2:Describe* elasticbeanstalk:Check* elasticbeanstalk:Describe* elasticbeanstalk:List* elasticbeanstalk:Request* elasticbeanstalk:Retrieve* elasticbeanstalk:Validate* elasticloadbalancing:Describe* s3:ListAllMyBuckets"),
    policy(ROOT, "AWSElasticBeanstalkWebTier", "What a web server of Elastic Beanstalk needs.", "s3:Get* s3:List* s3:PutObject xray:Put* xray:Get* logs:PutLogEvents logs:CreateLogStream logs:DescribeLogStreams logs:DescribeLogGroups elasticbeanstalk:PutInstanceStatistics"),
    policy(ROOT, "AWSElasticBeanstalkWorkerTier", "What a worker of Elastic Beanstalk needs.", "cloudwatch:PutMetricData xray:Put* xray:Get* sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:ReceiveMessage sqs:SendMessage s3:Get* s3:List* s3:PutObject dynamodb:* logs:PutLogEvents logs:CreateLogStream elasticbeanstalk:PutInstanceStatistics"),
    policy(ROOT, "AWSElasticBeanstalkMulticontainerDocker", "What a container host of Elastic Beanstalk needs.", "ecs:Poll ecs:StartTask ecs:StopTask ecs:DiscoverPollEndpoint ecs:StartTelemetrySession ecs:RegisterContainerInstance ecs:DeregisterContainerInstance ecs:DescribeContainerInstances ecs:Submit* ecs:DescribeTasks ecs:TagResource"),
    policy(ROOT, "AmazonSNSFullAccess", "Topics.", "sns:*"),
    policy(ROOT, "AmazonSNSReadOnlyAccess", "Looking at topics.", "sns:GetTopicAttributes sns:List* sns:CheckIfPhoneNumberIsOptedOut sns:GetEndpointAttributes sns:GetDataProtectionPolicy"),
    policy(ROOT, "AmazonSQSFullAccess", "Queues.", "sqs:*"),
    policy(ROOT, "AmazonSQSReadOnlyAccess", "Looking at queues.", "sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ListDeadLetterSourceQueues sqs:ListQueues sqs:ListMessageMoveTasks sqs:ListQueueTags"),
    policy(ROOT, "AmazonRDSFullAccess", "Databases.", "rds:* application-autoscaling:* cloudwatch:Describe* cloudwatch:Get* cloudwatch:List* cloudwatch:PutMetricAlarm ec2:Describe* ec2:CreateSecurityGroup logs:DescribeLogStreams logs:GetLogEvents sns:ListSubscriptions sns:ListTopics sns:Publish outposts:GetOutpostInstanceTypes iam:CreateServiceLinkedRole"),
    policy(ROOT, "AmazonRDSReadOnlyAccess", "Looking at databases.", "rds:Describe* rds:ListTagsForResource ec2:DescribeAccountAttributes ec2:DescribeAvailabilityZones ec2:DescribeInternetGateways ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcAttribute ec2:DescribeVpcs cloudwatch:GetMetricStatistics cloudwatch:GetMetricData logs:DescribeLogStreams logs:GetLogEvents"),
    policy(ROOT, "AmazonDynamoDBFullAccess", "Tables.", "dynamodb:* dax:* application-autoscaling:* cloudwatch:DeleteAlarms cloudwatch:Describe* cloudwatch:Get* cloudwatch:PutMetricAlarm"),
    policy(ROOT, "AmazonDynamoDBReadOnlyAccess", "Looking at tables.", "dynamodb:BatchGetItem dynamodb:Describe* dynamodb:List* dynamodb:GetItem dynamodb:Query dynamodb:Scan dynamodb:PartiQLSelect"),
    policy(ROOT, "AWSLambda_FullAccess", "Functions.", "lambda:* cloudformation:DescribeStacks cloudformation:ListStackResources cloudwatch:GetMetricData cloudwatch:ListMetrics ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs iam:GetPolicy iam:GetPolicyVersion iam:GetRole iam:GetRolePolicy iam:ListAttachedRolePolicies iam:ListRolePolicies iam:ListRoles iam:PassRole logs:DescribeLogGroups states:DescribeStateMachine states:ListStateMachines tag:GetResources xray:GetTraceSummaries xray:BatchGetTraces"),
    policy(ROOT, "AWSLambda_ReadOnlyAccess", "Looking at functions.", "lambda:Get* lambda:List* cloudwatch:GetMetricData cloudwatch:ListMetrics logs:DescribeLogGroups iam:ListRoles"),
    policy(ROOT, "AmazonECS_FullAccess", "Containers.", "ecs:* ec2:Describe* ec2:AuthorizeSecurityGroupIngress ec2:CreateSecurityGroup elasticloadbalancing:* autoscaling:* application-autoscaling:* cloudformation:* cloudwatch:* logs:* servicediscovery:* iam:ListRoles iam:PassRole iam:CreateServiceLinkedRole"),
    policy(ROOT, "AmazonEC2ContainerRegistryFullAccess", "Images of containers.", "ecr:* cloudtrail:LookupEvents iam:CreateServiceLinkedRole"),
    policy(ROOT, "AmazonEC2ContainerRegistryPowerUser", "Pulling and pushing images of containers.", "ecr:GetAuthorizationToken ecr:BatchCheckLayerAvailability ecr:GetDownloadUrlForLayer ecr:GetRepositoryPolicy ecr:DescribeRepositories ecr:ListImages ecr:DescribeImages ecr:BatchGetImage ecr:InitiateLayerUpload ecr:UploadLayerPart ecr:CompleteLayerUpload ecr:PutImage"),
    policy(ROOT, "AmazonEC2ContainerRegistryReadOnly", "Pulling images of containers.", "ecr:GetAuthorizationToken ecr:BatchCheckLayerAvailability ecr:GetDownloadUrlForLayer ecr:GetRepositoryPolicy ecr:DescribeRepositories ecr:ListImages ecr:DescribeImages ecr:BatchGetImage"),
    policy(ROOT, "AmazonEKSClusterPolicy", "What a Kubernetes cluster needs.", "autoscaling:Describe* autoscaling:UpdateAutoScalingGroup ec2:AttachVolume ec2:AuthorizeSecurityGroupIngress ec2:Create* ec2:Delete* ec2:Describe* ec2:DetachVolume ec2:Modify* ec2:RevokeSecurityGroupIngress elasticloadbalancing:* iam:CreateServiceLinkedRole kms:DescribeKey"),
    policy(ROOT, "AmazonEKSWorkerNodePolicy", "What a node of a Kubernetes cluster needs.", "ec2:DescribeInstances ec2:DescribeInstanceTypes ec2:DescribeRouteTables ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVolumes ec2:DescribeVolumesModifications ec2:DescribeVpcs eks:DescribeCluster eks-auth:AssumeRoleForPodIdentity"),
    policy(ROOT, "AmazonEKS_CNI_Policy", "What the network of a Kubernetes cluster needs.", "ec2:AssignPrivateIpAddresses ec2:AttachNetworkInterface ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ec2:DescribeInstances ec2:DescribeTags ec2:DescribeNetworkInterfaces ec2:DescribeInstanceTypes ec2:DescribeSubnets ec2:DetachNetworkInterface ec2:ModifyNetworkInterfaceAttribute ec2:UnassignPrivateIpAddresses ec2:CreateTags"),
    policy(ROOT, "SecretsManagerReadWrite", "Secrets.", "secretsmanager:* cloudformation:CreateChangeSet cloudformation:DescribeChangeSet cloudformation:DescribeStackResource cloudformation:DescribeStacks cloudformation:ExecuteChangeSet ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs kms:DescribeKey kms:ListAliases kms:ListKeys lambda:ListFunctions rds:DescribeDBClusters rds:DescribeDBInstances tag:GetResources"),
    policy(ROOT, "AWSKeyManagementServicePowerUser", "Keys of KMS, without using them.", "kms:CreateAlias kms:CreateKey kms:DeleteAlias kms:Describe* kms:GenerateRandom kms:Get* kms:List* kms:TagResource kms:UntagResource iam:ListGroups iam:ListRoles iam:ListUsers"),
    policy(ROOT, "AmazonElasticFileSystemFullAccess", "File systems.", "cloudwatch:DescribeAlarmsForMetric cloudwatch:GetMetricData ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ec2:Describe* ec2:ModifyNetworkInterfaceAttribute elasticfilesystem:* kms:DescribeKey kms:ListAliases iam:CreateServiceLinkedRole"),
    policy(ROOT, "AmazonSESFullAccess", "Mail.", "ses:*"),
    policy(ROOT, "AmazonKinesisFullAccess", "Streams.", "kinesis:*"),
    policy(ROOT, "AWSStepFunctionsFullAccess", "State machines.", "states:*"),
    policy(ROOT, "AmazonAPIGatewayAdministrator", "APIs.", "apigateway:*"),
    policy(ROOT, "AmazonAthenaFullAccess", "Queries over S3.", "athena:* glue:*Database* glue:*Table* glue:*Partition* s3:GetBucketLocation s3:GetObject s3:ListBucket s3:PutObject s3:CreateBucket sns:ListTopics cloudwatch:PutMetricAlarm cloudwatch:DescribeAlarms"),
    policy(ROOT, "AWSResourceGroupsReadOnlyAccess", "Looking at groups of resources.", "resource-groups:Get* resource-groups:List* resource-groups:Search* cloudformation:DescribeStacks cloudformation:ListStackResources ec2:Describe* s3:ListAllMyBuckets tag:Get*"),
    policy(JOB, "Billing", "Who pays the bill.", "account:GetAccountInformation aws-portal:*Billing aws-portal:*PaymentMethods aws-portal:*Usage billing:* budgets:* ce:* cur:* payments:* tax:* invoicing:*"),
    policy(JOB, "DatabaseAdministrator", "Who runs the databases.", "cloudwatch:* datapipeline:* dynamodb:* ec2:Describe* elasticache:* iam:ListRoles iam:GetRole kms:ListKeys lambda:* logs:* rds:* redshift:* s3:CreateBucket sns:*"),
    policy(JOB, "DataScientist", "Who asks the data.", "autoscaling:* cloudwatch:* cloudformation:CreateStack cloudformation:DescribeStackEvents dynamodb:* ec2:Describe* ec2:RunInstances ec2:TerminateInstances elasticmapreduce:* es:* firehose:* iam:GetInstanceProfile iam:ListRoles kinesis:* kms:List* lambda:* logs:* machinelearning:* rds:* redshift:* s3:CreateBucket sns:* sagemaker:*"),
    policy(JOB, "NetworkAdministrator", "Who runs the network.", "autoscaling:Describe* cloudfront:ListDistributions cloudwatch:* directconnect:* ec2:*Address* ec2:*Acl* ec2:*Gateway* ec2:*NetworkInterface* ec2:*Route* ec2:*SecurityGroup* ec2:*Subnet* ec2:*Vpc* ec2:*Vpn* ec2:Describe* elasticloadbalancing:* logs:Describe* route53:* route53domains:* sns:ListTopics"),
    policy(JOB, "SupportUser", "Who asks AWS for help.", "support:* ec2:Describe* cloudwatch:Describe* cloudwatch:Get* cloudwatch:List* cloudformation:Describe* autoscaling:Describe* elasticloadbalancing:Describe* iam:Get* iam:List* rds:Describe* s3:List* sns:Get* sns:List* sqs:Get* sqs:List*"),
    policy(JOB, "SystemAdministrator", "Who runs the machines.", "cloudtrail:Describe* cloudtrail:Get* cloudtrail:LookupEvents cloudwatch:* codecommit:* codedeploy:* codepipeline:* config:* ec2:* iam:GetAccountSummary iam:List* iam:GetRole kms:List* lambda:* logs:* rds:Describe* route53:Get* route53:List* s3:* sns:* sqs:* support:* trustedadvisor:*"),
    policy(JOB, "ViewOnlyAccess", "Looking at lists of everything.", "autoscaling:Describe* cloudformation:List* cloudformation:DescribeStacks cloudtrail:DescribeTrails cloudtrail:LookupEvents cloudwatch:Describe* cloudwatch:GetMetric* cloudwatch:List* dynamodb:List* ec2:Describe* elasticloadbalancing:DescribeLoadBalancers iam:List* lambda:List* logs:Describe* rds:Describe* route53:List* s3:ListAllMyBuckets s3:ListBucket sns:List* sqs:ListQueues ssm:Describe* ssm:List*"),
    policy(ROLE, "AWSElasticBeanstalkEnhancedHealth", "What Elastic Beanstalk asks about health.", "elasticloadbalancing:DescribeInstanceHealth elasticloadbalancing:DescribeLoadBalancers elasticloadbalancing:DescribeTargetHealth ec2:DescribeInstances ec2:DescribeInstanceStatus ec2:GetConsoleOutput ec2:AssociateAddress ec2:DescribeAddresses ec2:DescribeSecurityGroups sqs:GetQueueAttributes sqs:GetQueueUrl autoscaling:Describe* sns:Publish"),
    policy(ROLE, "AWSElasticBeanstalkService", "What Elastic Beanstalk does in one's name.", "autoscaling:* cloudformation:* cloudwatch:PutMetricAlarm ec2:* ecs:CreateCluster elasticbeanstalk:* elasticloadbalancing:* iam:ListRoles iam:PassRole logs:CreateLogGroup rds:Describe* s3:* sns:* sqs:*"),
    policy(ROLE, "AWSLambdaBasicExecutionRole", "What a function writes to its log.", "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"),
    policy(ROLE, "AWSLambdaVPCAccessExecutionRole", "What a function in a VPC needs.", "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:DeleteNetworkInterface ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses"),
    policy(ROLE, "AWSLambdaSQSQueueExecutionRole", "What a function needs of its queue.", "sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"),
    policy(ROLE, "AmazonECSTaskExecutionRolePolicy", "What starts a task of containers.", "ecr:GetAuthorizationToken ecr:BatchCheckLayerAvailability ecr:GetDownloadUrlForLayer ecr:BatchGetImage logs:CreateLogStream logs:PutLogEvents"),
    policy(ROLE, "AmazonEC2ContainerServiceforEC2Role", "What a container host needs.", "ec2:DescribeTags ecs:CreateCluster ecs:DeregisterContainerInstance ecs:DiscoverPollEndpoint ecs:Poll ecs:RegisterContainerInstance ecs:StartTelemetrySession ecs:UpdateContainerInstancesState ecs:Submit* ecr:GetAuthorizationToken ecr:BatchCheckLayerAvailability ecr:GetDownloadUrlForLayer ecr:BatchGetImage logs:CreateLogStream logs:PutLogEvents"),
    policy(ROLE, "AmazonEC2SpotFleetTaggingRole", "What a Spot Fleet does in one's name.", "ec2:DescribeImages ec2:DescribeSubnets ec2:RequestSpotInstances ec2:TerminateInstances ec2:DescribeInstanceStatus ec2:CreateTags ec2:RunInstances iam:PassRole elasticloadbalancing:RegisterInstancesWithLoadBalancer elasticloadbalancing:RegisterTargets"),
    policy(ROLE, "AmazonSSMMaintenanceWindowRole", "What a maintenance window runs.", "ssm:GetAutomationExecution ssm:GetParameters ssm:ListCommands ssm:SendCommand ssm:StartAutomationExecution lambda:InvokeFunction states:DescribeExecution states:StartExecution tag:GetResources resource-groups:ListGroups resource-groups:ListGroupResources"),
    policy(ROLE, "AmazonRDSEnhancedMonitoringRole", "What databases write to their log.", "logs:CreateLogGroup logs:PutRetentionPolicy logs:CreateLogStream logs:PutLogEvents logs:DescribeLogStreams logs:GetLogEvents"),
    policy(ROLE, "AWSConfigRole", "What Config looks at.", "config:Put* ec2:Describe* iam:Get* iam:List* s3:GetBucket* s3:ListAllMyBuckets rds:Describe* elasticloadbalancing:Describe* autoscaling:Describe* cloudtrail:DescribeTrails"),
    policy(ROLE, "AWSBackupServiceRolePolicyForBackup", "What Backup saves.", "ec2:CreateTags ec2:CreateSnapshot ec2:CreateImage ec2:Describe* ec2:DeleteSnapshot dynamodb:*Backup* rds:*Snapshot* elasticfilesystem:Backup backup:* kms:DescribeKey tag:GetResources"),
    policy(LINKED, "AutoScalingServiceRolePolicy", "What Auto Scaling does in one's name.", "ec2:AttachClassicLinkVpc ec2:CancelSpotInstanceRequests ec2:CreateFleet ec2:CreateTags ec2:DeleteTags ec2:Describe* ec2:DetachClassicLinkVpc ec2:GetInstanceTypesFromInstanceRequirements ec2:ModifyInstanceAttribute ec2:RequestSpotInstances ec2:RunInstances ec2:StartInstances ec2:StopInstances ec2:TerminateInstances elasticloadbalancing:Register* elasticloadbalancing:Deregister* elasticloadbalancing:Describe* cloudwatch:DeleteAlarms cloudwatch:DescribeAlarms cloudwatch:GetMetricData cloudwatch:PutMetricAlarm sns:Publish"),
    policy(LINKED, "AWSElasticLoadBalancingServiceRolePolicy", "What load balancers do in one's name.", "ec2:DescribeAddresses ec2:DescribeInstances ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:DescribeSecurityGroups ec2:DescribeVpcs ec2:DescribeInternetGateways ec2:DescribeAccountAttributes ec2:CreateSecurityGroup ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ec2:ModifyNetworkInterfaceAttribute ec2:AuthorizeSecurityGroupIngress ec2:AssociateAddress ec2:DisassociateAddress ec2:AttachNetworkInterface ec2:DetachNetworkInterface ec2:AssignPrivateIpAddresses ec2:AssignIpv6Addresses ec2:UnassignIpv6Addresses logs:CreateLogDelivery"),
    policy(LINKED, "AWSEC2FleetServiceRolePolicy", "What EC2 Fleet does in one's name.", "ec2:DescribeImages ec2:DescribeSubnets ec2:RequestSpotInstances ec2:DescribeInstanceStatus ec2:RunInstances ec2:CreateTags ec2:TerminateInstances iam:PassRole"),
    policy(LINKED, "AWSEC2SpotFleetServiceRolePolicy", "What Spot Fleet does in one's name.", "ec2:DescribeImages ec2:DescribeSubnets ec2:RequestSpotInstances ec2:DescribeInstanceStatus ec2:RunInstances ec2:CreateTags ec2:TerminateInstances iam:PassRole elasticloadbalancing:RegisterTargets"),
    policy(LINKED, "AWSEC2SpotServiceRolePolicy", "What Spot does in one's name.", "ec2:DescribeInstances ec2:StartInstances ec2:StopInstances ec2:RunInstances ec2:CreateTags iam:PassRole"),
    policy(LINKED, "AmazonECSServiceRolePolicy", "What ECS does in one's name.", "ec2:AttachNetworkInterface ec2:CreateNetworkInterface ec2:CreateNetworkInterfacePermission ec2:DeleteNetworkInterface ec2:Describe* elasticloadbalancing:Deregister* elasticloadbalancing:Describe* elasticloadbalancing:Register* route53:* servicediscovery:* autoscaling:Describe* cloudwatch:PutMetricAlarm logs:* events:*"),
    policy(LINKED, "AmazonRDSServiceRolePolicy", "What RDS does in one's name.", "ec2:AllocateAddress ec2:AssociateAddress ec2:AuthorizeSecurityGroupIngress ec2:CreateNetworkInterface ec2:CreateSecurityGroup ec2:DeleteNetworkInterface ec2:DeleteSecurityGroup ec2:Describe* ec2:DisassociateAddress ec2:ModifyNetworkInterfaceAttribute ec2:ReleaseAddress ec2:RevokeSecurityGroupIngress sns:Publish logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents cloudwatch:PutMetricData"),
    policy(LINKED, "AmazonSSMServiceRolePolicy", "What Systems Manager does in one's name.", "ssm:CancelCommand ssm:GetCommandInvocation ssm:ListCommandInvocations ssm:ListCommands ssm:SendCommand ssm:GetAutomationExecution ssm:GetParameters ssm:StartAutomationExecution ec2:DescribeInstanceAttribute ec2:DescribeInstanceStatus ec2:DescribeInstances resource-groups:ListGroups tag:GetResources config:SelectResourceConfig"),
    policy(LINKED, "AWSElasticBeanstalkServiceRolePolicy", "What Elastic Beanstalk does in one's name.", "cloudformation:DescribeStackResource cloudformation:DescribeStackResources cloudformation:DescribeStacks elasticbeanstalk:Describe* elasticloadbalancing:Describe* autoscaling:Describe* ec2:DescribeInstances sqs:GetQueueAttributes sns:Publish cloudwatch:PutMetricData logs:CreateLogStream logs:PutLogEvents"),
];
