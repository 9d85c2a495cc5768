// Package conformance runs the Gateway API's official conformance suite against a Kubernetes API that is there already.
// run.py starts Gatehouse, runs this test and judges what it wrote.
package conformance

import (
	"context"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/go-logr/logr"
	"github.com/stretchr/testify/require"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/log"
	v1 "sigs.k8s.io/gateway-api/apis/v1"
	"sigs.k8s.io/gateway-api/apis/v1alpha2"
	"sigs.k8s.io/gateway-api/apis/v1alpha3"
	xv1alpha1 "sigs.k8s.io/gateway-api/apisx/v1alpha1"
	upstream "sigs.k8s.io/gateway-api/conformance"
	confv1 "sigs.k8s.io/gateway-api/conformance/apis/v1"
	"sigs.k8s.io/gateway-api/conformance/tests"
	"sigs.k8s.io/gateway-api/conformance/utils/config"
	helpers "sigs.k8s.io/gateway-api/conformance/utils/kubernetes"
	"sigs.k8s.io/gateway-api/conformance/utils/suite"
	"sigs.k8s.io/gateway-api/pkg/features"
	"sigs.k8s.io/yaml"
)

const (
	gatewayClassName = "gateway-conformance"
	controllerName   = "gatehouse.dev/gateway-controller"
)

var (
	kubeconfig      = flag.String("api", "", "kubeconfig of the API to judge")
	profileNames    = flag.String("only-profiles", "", "profiles to run, joined by commas; all whose core features are claimed if empty")
	testNames       = flag.String("only-tests", "", "names of the only tests to run, joined by commas")
	usableAddress   = flag.String("usable", "127.77.0.10", "an address that a Gateway may ask for")
	unusableAddress = flag.String("unusable", "203.0.113.1", "an address that this machine does not have")
	version         = flag.String("of-version", "unknown", "Gatehouse's version, for the report")
	reportPath      = flag.String("out", "report.yaml", "where the report goes; a summary goes beside it, ending in .json")
)

var profiles = []suite.ConformanceProfile{
	suite.GatewayHTTPConformanceProfile,
	suite.GatewayGRPCConformanceProfile,
	suite.GatewayTLSConformanceProfile,
	suite.GatewayTCPConformanceProfile,
	suite.GatewayUDPConformanceProfile,
}

// summary is what run.py needs besides the tests' own output.
type summary struct {
	Report    *confv1.ConformanceReport `json:"report"`
	Unclaimed []string                  `json:"unclaimed"` // profiles that were left out: their core features are not claimed
	Levels    map[string][]string       `json:"levels"`    // "PROFILE core" or "PROFILE extended" of every test
}

func TestConformance(t *testing.T) {
	log.SetLogger(logr.Discard())
	restConfig := loadConfig(t)
	apiClient, err := client.New(restConfig, client.Options{})
	require.NoError(t, err)
	clientset, err := kubernetes.NewForConfig(restConfig)
	require.NoError(t, err)
	createGatewayClass(t, apiClient)

	claimed := claimedFeatures(t, apiClient)
	wanted, unclaimed := wantedProfiles(t, claimed)
	require.NotEmpty(t, wanted, "no profile to run: %v are not claimed", unclaimed)
	selected, levels := selectTests(t, wanted)

	addressType := v1.IPAddressType
	options := suite.ConformanceOptions{
		Client:     apiClient,
		Clientset:  clientset,
		RestConfig: restConfig,
		ManifestFS: []fs.FS{&upstream.Manifests},
	}
	options.GatewayClassName = gatewayClassName
	options.CleanupBaseResources = true
	options.CleanupTestResources = true
	options.TimeoutConfig = config.DefaultTimeoutConfig()
	options.UsableNetworkAddresses = []v1.GatewaySpecAddress{{Type: &addressType, Value: *usableAddress}}
	options.UnusableNetworkAddresses = []v1.GatewaySpecAddress{{Type: &addressType, Value: *unusableAddress}}
	options.Implementation = confv1.Implementation{
		Organization: "gatehouse",
		Project:      "gatehouse",
		URL:          "https://gatehouse.dev",
		Version:      *version,
		Contact:      []string{"https://gatehouse.dev"},
	}
	for _, profile := range wanted {
		options.ConformanceProfiles = append(options.ConformanceProfiles, profile.Name)
	}

	conformance, err := suite.NewConformanceTestSuite(options)
	require.NoError(t, err)
	conformance.Setup(t, selected)
	require.NoError(t, conformance.Run(t, selected))
	report, err := conformance.Report()
	require.NoError(t, err)
	write(t, summary{report, unclaimed, levels})
}

func loadConfig(t *testing.T) *rest.Config {
	t.Helper()
	restConfig, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	require.NoError(t, err)
	// Built-in kinds would travel as protobuf otherwise, and five requests a second are no test.
	restConfig.ContentType = "application/json"
	restConfig.QPS = -1
	for _, add := range []error{
		v1.Install(scheme.Scheme), v1alpha2.Install(scheme.Scheme), v1alpha3.Install(scheme.Scheme),
		xv1alpha1.Install(scheme.Scheme), apiextensionsv1.AddToScheme(scheme.Scheme),
	} {
		require.NoError(t, add)
	}
	return restConfig
}

func createGatewayClass(t *testing.T, c client.Client) {
	t.Helper()
	class := &v1.GatewayClass{
		ObjectMeta: metav1.ObjectMeta{Name: gatewayClassName},
		Spec:       v1.GatewayClassSpec{ControllerName: controllerName},
	}
	if err := c.Create(context.Background(), class); !apierrors.IsAlreadyExists(err) {
		require.NoError(t, err)
	}
}

func claimedFeatures(t *testing.T, c client.Client) sets.Set[features.FeatureName] {
	t.Helper()
	helpers.GWCMustHaveAcceptedConditionTrue(t, c, config.DefaultTimeoutConfig(), gatewayClassName)
	class := &v1.GatewayClass{}
	require.NoError(t, c.Get(context.Background(), client.ObjectKey{Name: gatewayClassName}, class))
	claimed := sets.New[features.FeatureName]()
	for _, feature := range class.Status.SupportedFeatures {
		claimed.Insert(features.FeatureName(feature.Name))
	}
	return claimed
}

// wantedProfiles returns the profiles asked for by name; else those whose core features are all claimed, and the names
// of the rest. The suite itself takes a profile's core features for claimed.
func wantedProfiles(t *testing.T, claimed sets.Set[features.FeatureName]) (wanted []suite.ConformanceProfile, unclaimed []string) {
	t.Helper()
	names := splitList(*profileNames)
	for _, profile := range profiles {
		name := string(profile.Name)
		switch {
		case len(names) > 0:
			if slices.Contains(names, name) {
				wanted = append(wanted, profile)
			}
		case claimed.IsSuperset(profile.CoreFeatures):
			wanted = append(wanted, profile)
		default:
			unclaimed = append(unclaimed, name)
		}
	}
	if len(names) > 0 {
		require.Len(t, wanted, len(names), "unknown profile in %v", names)
	}
	return wanted, unclaimed
}

// selectTests returns the tests of the profiles, each to be run by itself, and what they count as. A parallel test is
// recorded as passed when it starts (v1.6.1), so that only a serial run gives a true report.
func selectTests(t *testing.T, wanted []suite.ConformanceProfile) ([]suite.ConformanceTest, map[string][]string) {
	t.Helper()
	only := splitList(*testNames)
	selected := []suite.ConformanceTest{}
	levels := map[string][]string{}
	for _, test := range tests.ConformanceTests {
		test.Parallel = false
		for _, profile := range wanted {
			all := profile.CoreFeatures.Union(profile.ExtendedFeatures)
			switch {
			case !all.HasAll(test.Features...):
			case profile.CoreFeatures.HasAll(test.Features...):
				levels[test.ShortName] = append(levels[test.ShortName], string(profile.Name)+" core")
			default:
				levels[test.ShortName] = append(levels[test.ShortName], string(profile.Name)+" extended")
			}
		}
		belongs := len(levels[test.ShortName]) > 0 || *profileNames == ""
		if belongs && (len(only) == 0 || slices.Contains(only, test.ShortName)) {
			selected = append(selected, test)
		}
	}
	if len(only) > 0 {
		require.Len(t, selected, len(only), "unknown test in %v, or none of the profiles", only)
	}
	return selected, levels
}

func write(t *testing.T, all summary) {
	t.Helper()
	report, err := yaml.Marshal(all.Report)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(*reportPath, report, 0o600))
	text, err := json.Marshal(all)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(strings.TrimSuffix(*reportPath, ".yaml")+".json", text, 0o600))
}

func splitList(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}
