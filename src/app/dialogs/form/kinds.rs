//! The kinds of forms: one call each, about the resource that they carry.

use crate::session::GLOBAL;
use stratus_engine::base::ids::*;
use stratus_engine::catalog::Region;
use stratus_engine::world::names::RecordKey;

/// Small dialogs for one call with its fields. `Dialog::Form(kind)` opens one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormKind {
    /// CreateVpc.
    CreateVpc(Region),
    /// CreateSubnet.
    CreateSubnet(Region, VpcId),
    /// CreateSecurityGroup.
    CreateGroup(Region, VpcId),
    /// CreateRouteTable.
    CreateRouteTable(Region, VpcId),
    /// CreateNetworkAcl.
    CreateAcl(Region, VpcId),
    /// AuthorizeSecurityGroupIngress, or Egress where the flag says so.
    AddRule(Region, SecurityGroupId, bool),
    /// CreateNetworkAclEntry, outgoing where the flag says so.
    AddAclEntry(Region, NetworkAclId, bool),
    /// CreateRoute.
    AddRoute(Region, RouteTableId),
    /// AssociateRouteTable with a subnet to choose.
    ChooseSubnet(Region, RouteTableId),
    /// AssociateRouteTable, or ReplaceRouteTableAssociation, with a table to choose.
    ChooseTable(Region, SubnetId),
    /// ReplaceNetworkAclAssociation.
    ChooseAcl(Region, SubnetId),
    /// AttachInternetGateway.
    AttachGateway(Region, InternetGatewayId),
    /// AssociateAddress.
    AssociateAddress(Region, AllocationId),
    /// CreateNetworkInterface.
    CreateInterface(Region, SubnetId),
    /// AttachNetworkInterface.
    AttachInterface(Region, NetworkInterfaceId),
    /// ModifyNetworkInterfaceAttribute: its groups.
    ChooseGroups(Region, NetworkInterfaceId),
    /// CreateVolume, of a snapshot where one is given.
    CreateVolume(Region, Option<SnapshotId>),
    /// AttachVolume.
    AttachVolume(Region, VolumeId),
    /// ModifyVolume.
    ModifyVolume(Region, VolumeId),
    /// `stratus` WriteBlocks: what a guest would write.
    WriteBlocks(Region, VolumeId),
    /// CreateSnapshot, of a volume to choose where none is given.
    CreateSnapshot(Region, Option<VolumeId>),
    /// CopySnapshot to another Region.
    CopySnapshot(Region, SnapshotId),
    /// RegisterImage of a snapshot of a root volume.
    RegisterImage(Region, SnapshotId),
    /// CreateImage of an instance.
    CreateImage(Region, InstanceId),
    /// CopyImage to another Region.
    CopyImage(Region, ImageId),
    /// ModifyInstanceAttribute: its type.
    ChangeType(Region, InstanceId),
    /// ModifyInstanceAttribute: its user data.
    ChangeUserData(Region, InstanceId),
    /// `stratus` StartListener: a program in the guest that listens.
    StartListener(Region, InstanceId),
    /// ImportKeyPair.
    ImportKeyPair(Region),
    /// CreateBucket.
    CreateBucket(Region),
    /// CreateHostedZone, private in a VPC of this Region where one is chosen.
    CreateZone(Region),
    /// ChangeResourceRecordSets: CREATE.
    CreateRecord(HostedZoneId),
    /// ChangeResourceRecordSets: UPSERT of this record.
    EditRecord(HostedZoneId, RecordKey),
    /// `stratus` ImportZone: the records of a zone file.
    ImportZone(HostedZoneId),
    /// CreateHealthCheck.
    CreateHealthCheck,
    /// One of those that are rarer.
    More(Region, MoreForm),
}

/// Forms of what one rarely makes, each of a Region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoreForm {
    /// AllocateHosts.
    AllocateHost,
    /// PurchaseHostReservation.
    ReserveHost(HostId),
    /// CreatePlacementGroup.
    PlacementGroup,
    /// ModifyInstancePlacement.
    ChangePlacement(InstanceId),
    /// CreateFlowLogs of this.
    FlowLog(ResourceId),
    /// CreateTrafficMirrorTarget, of an interface to choose where none is given.
    MirrorTarget(Option<NetworkInterfaceId>),
    /// CreateTrafficMirrorFilterRule.
    MirrorRule(TrafficMirrorFilterId),
    /// CreateTrafficMirrorSession, of an interface to choose where none is given.
    MirrorSession(Option<NetworkInterfaceId>),
    /// CreateNetworkInsightsPath.
    InsightsPath,
    /// CreateNetworkInsightsAccessScope.
    AccessScope,
    /// CreateVpcBlockPublicAccessExclusion.
    Exclusion,
    /// EnableAddressTransfer.
    Transfer(AllocationId),
    /// CreateVpcPeeringConnection.
    Peering,
    /// CreateVpcEndpoint.
    Endpoint,
    /// CreateVpcEndpointServiceConfiguration.
    EndpointService,
    /// CreateTransitGatewayVpcAttachment.
    AttachVpc(TransitGatewayId),
    /// AssociateTransitGatewayRouteTable.
    AssociateAttachment(TransitAttachmentId),
    /// CreateTransitGatewayRoute.
    TransitRoute(TransitTableId),
    /// EnableTransitGatewayRouteTablePropagation.
    Propagate(TransitTableId),
    /// CreateLifecyclePolicy.
    Schedule,
}

impl FormKind {
    /// The Region that it is about.
    pub fn region(&self) -> Region {
        match self {
            FormKind::CreateVpc(region)
            | FormKind::CreateSubnet(region, _)
            | FormKind::CreateGroup(region, _)
            | FormKind::CreateRouteTable(region, _)
            | FormKind::CreateAcl(region, _)
            | FormKind::AddRule(region, ..)
            | FormKind::AddAclEntry(region, ..)
            | FormKind::AddRoute(region, _)
            | FormKind::ChooseSubnet(region, _)
            | FormKind::ChooseTable(region, _)
            | FormKind::ChooseAcl(region, _)
            | FormKind::AttachGateway(region, _)
            | FormKind::AssociateAddress(region, _)
            | FormKind::CreateInterface(region, _)
            | FormKind::AttachInterface(region, _)
            | FormKind::ChooseGroups(region, _)
            | FormKind::CreateVolume(region, _)
            | FormKind::AttachVolume(region, _)
            | FormKind::ModifyVolume(region, _)
            | FormKind::WriteBlocks(region, _)
            | FormKind::CreateSnapshot(region, _)
            | FormKind::CopySnapshot(region, _)
            | FormKind::RegisterImage(region, _)
            | FormKind::CreateImage(region, _)
            | FormKind::CopyImage(region, _)
            | FormKind::ChangeType(region, _)
            | FormKind::ChangeUserData(region, _)
            | FormKind::StartListener(region, _)
            | FormKind::ImportKeyPair(region)
            | FormKind::CreateBucket(region)
            | FormKind::CreateZone(region)
            | FormKind::More(region, _) => *region,
            // Route 53 is asked in one place for the whole world.
            FormKind::CreateRecord(_)
            | FormKind::EditRecord(..)
            | FormKind::ImportZone(_)
            | FormKind::CreateHealthCheck => GLOBAL,
        }
    }
}
