#include "importers/kube_api/protobuf_messages.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace gatehouse::importers {
namespace {

struct Row {
    std::string_view name, fields;
};

// Facts of the API's wire format (k8s.io/api v0.36): "NUMBER NAME TYPE; ...". Types: s string, i integer, b boolean,
// y bytes, t Time, u MicroTime, q Quantity, p IntOrString, j JSON text, or a message; before them "*" for a pointer,
// "[]" for a list, "map:" for a map, "^" for a message whose members stand among the owner's. Numbers never change.
// Left out: what only servers write (status), and volumes of one cloud.
constexpr Row rows[] = {
    {"ObjectMeta", "1 name s; 2 generateName s; 3 namespace s; 5 uid s; 6 resourceVersion s; 7 generation i; "
                   "8 creationTimestamp t; 9 deletionTimestamp *t; 10 deletionGracePeriodSeconds *i; 11 labels map:s; "
                   "12 annotations map:s; 13 ownerReferences []OwnerReference; 14 finalizers []s; "
                   "17 managedFields []ManagedFieldsEntry"},
    {"OwnerReference", "1 kind s; 3 name s; 4 uid s; 5 apiVersion s; 6 controller *b; 7 blockOwnerDeletion *b"},
    {"ManagedFieldsEntry",
     "1 manager s; 2 operation s; 3 apiVersion s; 4 time *t; 6 fieldsType s; 7 fieldsV1 *j; 8 subresource s"},
    {"LabelSelector", "1 matchLabels map:s; 2 matchExpressions []LabelSelectorRequirement"},
    {"LabelSelectorRequirement", "1 key s; 2 operator s; 3 values []s"},
    {"FieldSelectorRequirement", "1 key s; 2 operator s; 3 values []s"},
    {"DeleteOptions",
     "1 gracePeriodSeconds *i; 2 preconditions *Preconditions; 3 orphanDependents *b; 4 propagationPolicy *s; "
     "5 dryRun []s"},
    {"Preconditions", "1 uid *s; 2 resourceVersion *s"},
    {"Namespace", "1 metadata ObjectMeta; 2 spec NamespaceSpec"},
    {"NamespaceSpec", "1 finalizers []s"},
    {"ConfigMap", "1 metadata ObjectMeta; 2 data map:s; 3 binaryData map:y; 4 immutable *b"},
    {"Secret", "1 metadata ObjectMeta; 2 data map:y; 3 type s; 4 stringData map:s; 5 immutable *b"},
    {"ServiceAccount", "1 metadata ObjectMeta; 2 secrets []ObjectReference; 3 imagePullSecrets []LocalObjectReference; "
                       "4 automountServiceAccountToken *b"},
    {"ObjectReference",
     "1 kind s; 2 namespace s; 3 name s; 4 uid s; 5 apiVersion s; 6 resourceVersion s; 7 fieldPath s"},
    {"LocalObjectReference", "1 name s"},
    {"Service", "1 metadata ObjectMeta; 2 spec ServiceSpec"},
    {"ServiceSpec",
     "1 ports []ServicePort; 2 selector map:s; 3 clusterIP s; 4 type s; 5 externalIPs []s; 7 sessionAffinity s; "
     "8 loadBalancerIP s; 9 loadBalancerSourceRanges []s; 10 externalName s; 11 externalTrafficPolicy s; "
     "12 healthCheckNodePort i; 13 publishNotReadyAddresses b; 14 sessionAffinityConfig *SessionAffinityConfig; "
     "17 ipFamilyPolicy *s; 18 clusterIPs []s; 19 ipFamilies []s; 20 allocateLoadBalancerNodePorts *b; "
     "21 loadBalancerClass *s; 22 internalTrafficPolicy *s; 23 trafficDistribution *s"},
    {"ServicePort", "1 name s; 2 protocol s; 3 port i; 4 targetPort p; 5 nodePort i; 6 appProtocol *s"},
    {"SessionAffinityConfig", "1 clientIP *ClientIPConfig"},
    {"ClientIPConfig", "1 timeoutSeconds *i"},
    {"Pod", "1 metadata ObjectMeta; 2 spec PodSpec"},
    {"PodSpec",
     "1 volumes []Volume; 2 containers []Container; 3 restartPolicy s; 4 terminationGracePeriodSeconds *i; "
     "5 activeDeadlineSeconds *i; 6 dnsPolicy s; 7 nodeSelector map:s; 8 serviceAccountName s; "
     "9 serviceAccount s; 10 nodeName s; 11 hostNetwork b; 12 hostPID b; 13 hostIPC b; "
     "14 securityContext *PodSecurityContext; 15 imagePullSecrets []LocalObjectReference; 16 hostname s; "
     "17 subdomain s; 18 affinity *Affinity; 19 schedulerName s; 20 initContainers []Container; "
     "21 automountServiceAccountToken *b; 22 tolerations []Toleration; 23 hostAliases []HostAlias; "
     "24 priorityClassName s; 25 priority *i; 26 dnsConfig *PodDNSConfig; 27 shareProcessNamespace *b; "
     "28 readinessGates []PodReadinessGate; 29 runtimeClassName *s; 30 enableServiceLinks *b; "
     "31 preemptionPolicy *s; 33 topologySpreadConstraints []TopologySpreadConstraint; 35 setHostnameAsFQDN *b; "
     "36 os *PodOS; 37 hostUsers *b; 38 schedulingGates []PodSchedulingGate; 40 resources *ResourceRequirements; "
     "41 hostnameOverride *s"},
    {"Volume", "1 name s; 2 - ^VolumeSource"},
    {"VolumeSource",
     "1 hostPath *HostPathVolumeSource; 2 emptyDir *EmptyDirVolumeSource; 6 secret *SecretVolumeSource; "
     "7 nfs *NFSVolumeSource; 10 persistentVolumeClaim *PersistentVolumeClaimVolumeSource; "
     "16 downwardAPI *DownwardAPIVolumeSource; 19 configMap *ConfigMapVolumeSource; "
     "26 projected *ProjectedVolumeSource; 28 csi *CSIVolumeSource; 30 image *ImageVolumeSource"},
    {"HostPathVolumeSource", "1 path s; 2 type *s"},
    {"EmptyDirVolumeSource", "1 medium s; 2 sizeLimit *q"},
    {"SecretVolumeSource", "1 secretName s; 2 items []KeyToPath; 3 defaultMode *i; 4 optional *b"},
    {"KeyToPath", "1 key s; 2 path s; 3 mode *i"},
    {"NFSVolumeSource", "1 server s; 2 path s; 3 readOnly b"},
    {"PersistentVolumeClaimVolumeSource", "1 claimName s; 2 readOnly b"},
    {"DownwardAPIVolumeSource", "1 items []DownwardAPIVolumeFile; 2 defaultMode *i"},
    {"DownwardAPIVolumeFile",
     "1 path s; 2 fieldRef *ObjectFieldSelector; 3 resourceFieldRef *ResourceFieldSelector; 4 mode *i"},
    {"ObjectFieldSelector", "1 apiVersion s; 2 fieldPath s"},
    {"ResourceFieldSelector", "1 containerName s; 2 resource s; 3 divisor q"},
    {"ConfigMapVolumeSource", "1 - ^LocalObjectReference; 2 items []KeyToPath; 3 defaultMode *i; 4 optional *b"},
    {"ProjectedVolumeSource", "1 sources []VolumeProjection; 2 defaultMode *i"},
    {"VolumeProjection",
     "1 secret *SecretProjection; 2 downwardAPI *DownwardAPIProjection; 3 configMap *ConfigMapProjection; "
     "4 serviceAccountToken *ServiceAccountTokenProjection"},
    {"SecretProjection", "1 - ^LocalObjectReference; 2 items []KeyToPath; 4 optional *b"},
    {"DownwardAPIProjection", "1 items []DownwardAPIVolumeFile"},
    {"ConfigMapProjection", "1 - ^LocalObjectReference; 2 items []KeyToPath; 4 optional *b"},
    {"ServiceAccountTokenProjection", "1 audience s; 2 expirationSeconds *i; 3 path s"},
    {"CSIVolumeSource", "1 driver s; 2 readOnly *b; 3 fsType *s; 4 volumeAttributes map:s; "
                        "5 nodePublishSecretRef *LocalObjectReference"},
    {"ImageVolumeSource", "1 reference s; 2 pullPolicy s"},
    {"Container",
     "1 name s; 2 image s; 3 command []s; 4 args []s; 5 workingDir s; 6 ports []ContainerPort; 7 env []EnvVar; "
     "8 resources ResourceRequirements; 9 volumeMounts []VolumeMount; 10 livenessProbe *Probe; "
     "11 readinessProbe *Probe; 12 lifecycle *Lifecycle; 13 terminationMessagePath s; 14 imagePullPolicy s; "
     "15 securityContext *SecurityContext; 16 stdin b; 17 stdinOnce b; 18 tty b; 19 envFrom []EnvFromSource; "
     "20 terminationMessagePolicy s; 21 volumeDevices []VolumeDevice; 22 startupProbe *Probe; "
     "23 resizePolicy []ContainerResizePolicy; 24 restartPolicy *s; 25 restartPolicyRules []ContainerRestartRule"},
    {"ContainerPort", "1 name s; 2 hostPort i; 3 containerPort i; 4 protocol s; 5 hostIP s"},
    {"EnvFromSource", "1 prefix s; 2 configMapRef *ConfigMapEnvSource; 3 secretRef *SecretEnvSource"},
    {"ConfigMapEnvSource", "1 - ^LocalObjectReference; 2 optional *b"},
    {"SecretEnvSource", "1 - ^LocalObjectReference; 2 optional *b"},
    {"EnvVar", "1 name s; 2 value s; 3 valueFrom *EnvVarSource"},
    {"EnvVarSource",
     "1 fieldRef *ObjectFieldSelector; 2 resourceFieldRef *ResourceFieldSelector; "
     "3 configMapKeyRef *ConfigMapKeySelector; 4 secretKeyRef *SecretKeySelector; 5 fileKeyRef *FileKeySelector"},
    {"ConfigMapKeySelector", "1 - ^LocalObjectReference; 2 key s; 3 optional *b"},
    {"SecretKeySelector", "1 - ^LocalObjectReference; 2 key s; 3 optional *b"},
    {"FileKeySelector", "1 volumeName s; 2 path s; 3 key s; 4 optional *b"},
    {"ResourceRequirements", "1 limits map:q; 2 requests map:q; 3 claims []ResourceClaim"},
    {"ResourceClaim", "1 name s; 2 request s"},
    {"ContainerResizePolicy", "1 resourceName s; 2 restartPolicy s"},
    {"ContainerRestartRule", "1 action s; 2 exitCodes *ContainerRestartRuleOnExitCodes"},
    {"ContainerRestartRuleOnExitCodes", "1 operator s; 2 values []i"},
    {"VolumeMount", "1 name s; 2 readOnly b; 3 mountPath s; 4 subPath s; 5 mountPropagation *s; 6 subPathExpr s; "
                    "7 recursiveReadOnly *s"},
    {"VolumeDevice", "1 name s; 2 devicePath s"},
    {"Probe",
     "1 - ^ProbeHandler; 2 initialDelaySeconds i; 3 timeoutSeconds i; 4 periodSeconds i; 5 successThreshold i; "
     "6 failureThreshold i; 7 terminationGracePeriodSeconds *i"},
    {"ProbeHandler", "1 exec *ExecAction; 2 httpGet *HTTPGetAction; 3 tcpSocket *TCPSocketAction; 4 grpc *GRPCAction"},
    {"ExecAction", "1 command []s"},
    {"HTTPGetAction", "1 path s; 2 port p; 3 host s; 4 scheme s; 5 httpHeaders []HTTPHeader"},
    {"HTTPHeader", "1 name s; 2 value s"},
    {"TCPSocketAction", "1 port p; 2 host s"},
    {"GRPCAction", "1 port i; 2 service *s"},
    {"Lifecycle", "1 postStart *LifecycleHandler; 2 preStop *LifecycleHandler; 3 stopSignal *s"},
    {"LifecycleHandler",
     "1 exec *ExecAction; 2 httpGet *HTTPGetAction; 3 tcpSocket *TCPSocketAction; 4 sleep *SleepAction"},
    {"SleepAction", "1 seconds i"},
    {"SecurityContext",
     "1 capabilities *Capabilities; 2 privileged *b; 3 seLinuxOptions *SELinuxOptions; 4 runAsUser *i; "
     "5 runAsNonRoot *b; 6 readOnlyRootFilesystem *b; 7 allowPrivilegeEscalation *b; 8 runAsGroup *i; "
     "9 procMount *s; 10 windowsOptions *WindowsSecurityContextOptions; 11 seccompProfile *SeccompProfile; "
     "12 appArmorProfile *AppArmorProfile"},
    {"Capabilities", "1 add []s; 2 drop []s"},
    {"SELinuxOptions", "1 user s; 2 role s; 3 type s; 4 level s"},
    {"WindowsSecurityContextOptions",
     "1 gmsaCredentialSpecName *s; 2 gmsaCredentialSpec *s; 3 runAsUserName *s; 4 hostProcess *b"},
    {"SeccompProfile", "1 type s; 2 localhostProfile *s"},
    {"AppArmorProfile", "1 type s; 2 localhostProfile *s"},
    {"PodSecurityContext",
     "1 seLinuxOptions *SELinuxOptions; 2 runAsUser *i; 3 runAsNonRoot *b; 4 supplementalGroups []i; "
     "5 fsGroup *i; 6 runAsGroup *i; 7 sysctls []Sysctl; 8 windowsOptions *WindowsSecurityContextOptions; "
     "9 fsGroupChangePolicy *s; 10 seccompProfile *SeccompProfile; 11 appArmorProfile *AppArmorProfile; "
     "12 supplementalGroupsPolicy *s; 13 seLinuxChangePolicy *s"},
    {"Sysctl", "1 name s; 2 value s"},
    {"Affinity", "1 nodeAffinity *NodeAffinity; 2 podAffinity *PodAffinity; 3 podAntiAffinity *PodAntiAffinity"},
    {"NodeAffinity", "1 requiredDuringSchedulingIgnoredDuringExecution *NodeSelector; "
                     "2 preferredDuringSchedulingIgnoredDuringExecution []PreferredSchedulingTerm"},
    {"NodeSelector", "1 nodeSelectorTerms []NodeSelectorTerm"},
    {"NodeSelectorTerm", "1 matchExpressions []NodeSelectorRequirement; 2 matchFields []NodeSelectorRequirement"},
    {"NodeSelectorRequirement", "1 key s; 2 operator s; 3 values []s"},
    {"PreferredSchedulingTerm", "1 weight i; 2 preference NodeSelectorTerm"},
    {"PodAffinity", "1 requiredDuringSchedulingIgnoredDuringExecution []PodAffinityTerm; "
                    "2 preferredDuringSchedulingIgnoredDuringExecution []WeightedPodAffinityTerm"},
    {"PodAffinityTerm",
     "1 labelSelector *LabelSelector; 2 namespaces []s; 3 topologyKey s; 4 namespaceSelector *LabelSelector; "
     "5 matchLabelKeys []s; 6 mismatchLabelKeys []s"},
    {"WeightedPodAffinityTerm", "1 weight i; 2 podAffinityTerm PodAffinityTerm"},
    {"PodAntiAffinity", "1 requiredDuringSchedulingIgnoredDuringExecution []PodAffinityTerm; "
                        "2 preferredDuringSchedulingIgnoredDuringExecution []WeightedPodAffinityTerm"},
    {"Toleration", "1 key s; 2 operator s; 3 value s; 4 effect s; 5 tolerationSeconds *i"},
    {"HostAlias", "1 ip s; 2 hostnames []s"},
    {"PodDNSConfig", "1 nameservers []s; 2 searches []s; 3 options []PodDNSConfigOption"},
    {"PodDNSConfigOption", "1 name s; 2 value *s"},
    {"PodReadinessGate", "1 conditionType s"},
    {"TopologySpreadConstraint",
     "1 maxSkew i; 2 topologyKey s; 3 whenUnsatisfiable s; 4 labelSelector *LabelSelector; 5 minDomains *i; "
     "6 nodeAffinityPolicy *s; 7 nodeTaintsPolicy *s; 8 matchLabelKeys []s"},
    {"PodOS", "1 name s"},
    {"PodSchedulingGate", "1 name s"},
    {"Endpoints", "1 metadata ObjectMeta; 2 subsets []EndpointSubset"},
    {"EndpointSubset", "1 addresses []EndpointAddress; 2 notReadyAddresses []EndpointAddress; 3 ports []EndpointPort"},
    {"EndpointAddress", "1 ip s; 2 targetRef *ObjectReference; 3 hostname s; 4 nodeName *s"},
    {"EndpointPort", "1 name s; 2 port i; 3 protocol s; 4 appProtocol *s"},
    {"Event", "1 metadata ObjectMeta; 2 involvedObject ObjectReference; 3 reason s; 4 message s; 5 source EventSource; "
              "6 firstTimestamp t; 7 lastTimestamp t; 8 count i; 9 type s; 10 eventTime u; 11 series *EventSeries; "
              "12 action s; 13 related *ObjectReference; 14 reportingComponent s; 15 reportingInstance s"},
    {"EventSource", "1 component s; 2 host s"},
    {"EventSeries", "1 count i; 2 lastObservedTime u"},
    {"PodTemplateSpec", "1 metadata ObjectMeta; 2 spec PodSpec"},
    {"Deployment", "1 metadata ObjectMeta; 2 spec DeploymentSpec"},
    {"DeploymentSpec",
     "1 replicas *i; 2 selector *LabelSelector; 3 template PodTemplateSpec; 4 strategy DeploymentStrategy; "
     "5 minReadySeconds i; 6 revisionHistoryLimit *i; 7 paused b; 9 progressDeadlineSeconds *i"},
    {"DeploymentStrategy", "1 type s; 2 rollingUpdate *RollingUpdateDeployment"},
    {"RollingUpdateDeployment", "1 maxUnavailable *p; 2 maxSurge *p"},
    {"EndpointSlice",
     "1 metadata ObjectMeta; 2 endpoints []Endpoint; 3 ports []discovery.EndpointPort; 4 addressType s"},
    {"Endpoint", "1 addresses []s; 2 conditions EndpointConditions; 3 hostname *s; 4 targetRef *ObjectReference; "
                 "5 deprecatedTopology map:s; 6 nodeName *s; 7 zone *s; 8 hints *EndpointHints"},
    {"EndpointConditions", "1 ready *b; 2 serving *b; 3 terminating *b"},
    {"EndpointHints", "1 forZones []ForZone; 2 forNodes []ForNode"},
    {"ForZone", "1 name s"},
    {"ForNode", "1 name s"},
    {"discovery.EndpointPort", "1 name *s; 2 protocol *s; 3 port *i; 4 appProtocol *s"},
    {"Lease", "1 metadata ObjectMeta; 2 spec LeaseSpec"},
    {"LeaseSpec",
     "1 holderIdentity *s; 2 leaseDurationSeconds *i; 3 acquireTime *u; 4 renewTime *u; 5 leaseTransitions *i; "
     "6 strategy *s; 7 preferredHolder *s"},
    {"events.Event",
     "1 metadata ObjectMeta; 2 eventTime u; 3 series *events.EventSeries; 4 reportingController s; "
     "5 reportingInstance s; 6 action s; 7 reason s; 8 regarding ObjectReference; 9 related *ObjectReference; "
     "10 note s; 11 type s; 12 deprecatedSource EventSource; 13 deprecatedFirstTimestamp t; "
     "14 deprecatedLastTimestamp t; 15 deprecatedCount i"},
    {"events.EventSeries", "1 count i; 2 lastObservedTime u"},
    {"Scale", "1 metadata ObjectMeta; 2 spec ScaleSpec; 3 status ScaleStatus"},
    {"ScaleSpec", "1 replicas i"},
    {"ScaleStatus", "1 replicas i; 2 selector s"},
    {"SelfSubjectAccessReview", "1 metadata ObjectMeta; 2 spec SelfSubjectAccessReviewSpec"},
    {"SelfSubjectAccessReviewSpec",
     "1 resourceAttributes *ResourceAttributes; 2 nonResourceAttributes *NonResourceAttributes"},
    {"ResourceAttributes", "1 namespace s; 2 verb s; 3 group s; 4 version s; 5 resource s; 6 subresource s; 7 name s; "
                           "8 fieldSelector *FieldSelectorAttributes; 9 labelSelector *LabelSelectorAttributes"},
    {"FieldSelectorAttributes", "1 rawSelector s; 2 requirements []FieldSelectorRequirement"},
    {"LabelSelectorAttributes", "1 rawSelector s; 2 requirements []LabelSelectorRequirement"},
    {"NonResourceAttributes", "1 path s; 2 verb s"},
    {"SelfSubjectRulesReview", "1 metadata ObjectMeta; 2 spec SelfSubjectRulesReviewSpec"},
    {"SelfSubjectRulesReviewSpec", "1 namespace s"},
    {"SelfSubjectReview", "1 metadata ObjectMeta"},
};

std::string_view takeUntil(std::string_view& text, char end)
{
    const std::string_view taken = text.substr(0, text.find(end));
    text.remove_prefix(std::min(text.size(), taken.size() + 1));
    return taken;
}

bool take(std::string_view& text, std::string_view prefix)
{
    if (!text.starts_with(prefix))
        return false;
    text.remove_prefix(prefix.size());
    return true;
}

ProtobufType typeOf(std::string_view word)
{
    if (word.size() > 1)
        return ProtobufType::Message;
    switch (word.front()) {
    case 'i':
        return ProtobufType::Integer;
    case 'b':
        return ProtobufType::Boolean;
    case 'y':
        return ProtobufType::Bytes;
    case 't':
        return ProtobufType::Time;
    case 'u':
        return ProtobufType::MicroTime;
    case 'q':
        return ProtobufType::Quantity;
    case 'p':
        return ProtobufType::IntOrString;
    case 'j':
        return ProtobufType::Json;
    default:
        return ProtobufType::String;
    }
}

const ProtobufMessage* findNamed(const std::vector<ProtobufMessage>& all, std::string_view name)
{
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const ProtobufMessage& message) { return message.name == name; });
    return found == all.end() ? nullptr : &*found;
}

ProtobufField parseField(std::string_view text, const std::vector<ProtobufMessage>& all)
{
    ProtobufField field;
    const std::string_view number = takeUntil(text, ' ');
    std::from_chars(number.data(), number.data() + number.size(), field.number);
    field.name = takeUntil(text, ' ');
    if (take(text, "^"))
        field.name = {};
    field.pointer = take(text, "*");
    field.repeated = take(text, "[]");
    field.map = take(text, "map:");
    field.type = typeOf(text);
    if (field.type == ProtobufType::Message)
        field.message = findNamed(all, text);
    return field;
}

std::vector<ProtobufMessage> buildMessages()
{
    std::vector<ProtobufMessage> all(std::size(rows));
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i].name = rows[i].name;
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::string_view fields = rows[i].fields;
        while (!fields.empty()) {
            std::string_view field = takeUntil(fields, ';');
            take(field, " ");
            all[i].fields.push_back(parseField(field, all));
        }
    }
    return all;
}

} // namespace

const ProtobufField* ProtobufMessage::find(std::uint32_t number) const noexcept
{
    const auto found = std::lower_bound(fields.begin(), fields.end(), number,
                                        [](const ProtobufField& field, std::uint32_t n) { return field.number < n; });
    return found != fields.end() && found->number == number ? &*found : nullptr;
}

const std::vector<ProtobufMessage>& protobufMessages()
{
    static const std::vector<ProtobufMessage> all = buildMessages();
    return all;
}

const ProtobufMessage* findProtobufMessage(std::string_view group, std::string_view kind)
{
    struct Root {
        std::string_view group, kind, message;
    };
    static constexpr Root roots[] = {
        {"", "Namespace", "Namespace"},
        {"", "ConfigMap", "ConfigMap"},
        {"", "Secret", "Secret"},
        {"", "ServiceAccount", "ServiceAccount"},
        {"", "Service", "Service"},
        {"", "Pod", "Pod"},
        {"", "Endpoints", "Endpoints"},
        {"", "Event", "Event"},
        {"apps", "Deployment", "Deployment"},
        {"autoscaling", "Scale", "Scale"},
        {"authentication.k8s.io", "SelfSubjectReview", "SelfSubjectReview"},
        {"authorization.k8s.io", "SelfSubjectAccessReview", "SelfSubjectAccessReview"},
        {"authorization.k8s.io", "SelfSubjectRulesReview", "SelfSubjectRulesReview"},
        {"coordination.k8s.io", "Lease", "Lease"},
        {"discovery.k8s.io", "EndpointSlice", "EndpointSlice"},
        {"events.k8s.io", "Event", "events.Event"},
    };
    if (kind == "DeleteOptions") // it comes in the group and version of what is deleted
        return findNamed(protobufMessages(), kind);
    for (const Root& root : roots)
        if (root.kind == kind && root.group == group)
            return findNamed(protobufMessages(), root.message);
    return nullptr;
}

} // namespace gatehouse::importers
