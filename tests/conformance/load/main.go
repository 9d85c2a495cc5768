// Command load applies many HTTPRoutes through client-go and times how long a change takes to serve traffic.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/tools/clientcmd"
)

const (
	infra      = "load-infra"
	namespaces = 100
)

var (
	namespaceResource = schema.GroupVersionResource{Version: "v1", Resource: "namespaces"}
	serviceResource   = schema.GroupVersionResource{Version: "v1", Resource: "services"}
	gatewayResource   = schema.GroupVersionResource{Group: "gateway.networking.k8s.io", Version: "v1", Resource: "gateways"}
	routeResource     = schema.GroupVersionResource{Group: "gateway.networking.k8s.io", Version: "v1", Resource: "httproutes"}
)

type object = map[string]any

func made(apiVersion, kind, namespace, name string, spec object) *unstructured.Unstructured {
	metadata := object{"name": name}
	if namespace != "" {
		metadata["namespace"] = namespace
	}
	content := object{"apiVersion": apiVersion, "kind": kind, "metadata": metadata}
	if spec != nil {
		content["spec"] = spec
	}
	return &unstructured.Unstructured{Object: content}
}

func namespaceOf(route int) string { return fmt.Sprintf("load-%d", route%namespaces) }
func hostOf(route int) string      { return fmt.Sprintf("r%d.load.test", route) }

func routeObject(route int, backend string) *unstructured.Unstructured {
	return made("gateway.networking.k8s.io/v1", "HTTPRoute", namespaceOf(route), fmt.Sprintf("r%d", route), object{
		"parentRefs": []any{object{"name": "gw", "namespace": infra}},
		"hostnames":  []any{hostOf(route)},
		"rules":      []any{object{"backendRefs": []any{object{"name": backend, "port": int64(80)}}}},
	})
}

type run struct {
	client dynamic.Interface
	base   string // URL of the listener
}

func (r *run) create(resource schema.GroupVersionResource, made *unstructured.Unstructured) {
	_, err := r.client.Resource(resource).Namespace(made.GetNamespace()).Create(context.Background(), made, metav1.CreateOptions{})
	if err != nil && !errors.IsAlreadyExists(err) {
		fail("create %s %s/%s: %v", made.GetKind(), made.GetNamespace(), made.GetName(), err)
	}
}

func fail(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, "load: "+format+"\n", arguments...)
	os.Exit(1)
}

func (r *run) prepare(port int64) {
	r.create(namespaceResource, made("v1", "Namespace", "", infra, nil))
	r.create(gatewayResource, made("gateway.networking.k8s.io/v1", "Gateway", infra, "gw", object{
		"gatewayClassName": "gatehouse",
		"listeners": []any{object{"name": "http", "protocol": "HTTP", "port": port,
			"allowedRoutes": object{"namespaces": object{"from": "All"}}}},
	}))
	for i := range namespaces {
		name := fmt.Sprintf("load-%d", i)
		r.create(namespaceResource, made("v1", "Namespace", "", name, nil))
		for _, backend := range []string{"old", "new"} {
			r.create(serviceResource, made("v1", "Service", name, backend, object{"ports": []any{object{"port": int64(80)}}}))
		}
	}
	gateway, err := r.client.Resource(gatewayResource).Namespace(infra).Get(context.Background(), "gw", metav1.GetOptions{})
	if err != nil {
		fail("get the Gateway: %v", err)
	}
	addresses, _, _ := unstructured.NestedSlice(gateway.Object, "status", "addresses")
	if len(addresses) == 0 {
		fail("the Gateway has no address")
	}
	r.base = fmt.Sprintf("http://%v:%d/", addresses[0].(object)["value"], port)
}

// applyAll creates the routes from several clients at once and returns creations a second.
func (r *run) applyAll(routes, clients int) float64 {
	var next atomic.Int64
	var group sync.WaitGroup
	start := time.Now()
	for range clients {
		group.Go(func() {
			for route := int(next.Add(1)) - 1; route < routes; route = int(next.Add(1)) - 1 {
				r.create(routeResource, routeObject(route, "old"))
			}
		})
	}
	group.Wait()
	return float64(routes) / time.Since(start).Seconds()
}

// served names the Service that answers for a route.
func (r *run) served(route int) string {
	request, _ := http.NewRequest("GET", r.base, nil)
	request.Host = hostOf(route)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		fail("request: %v", err)
	}
	defer response.Body.Close()
	var echo struct{ Service string }
	if body, _ := io.ReadAll(response.Body); json.Unmarshal(body, &echo) != nil {
		return strings.TrimSpace(string(body))
	}
	return echo.Service
}

// change replaces a route's backend: the time until traffic follows, and until the PUT is answered.
func (r *run) change(route int, backend string) (serving, answered time.Duration) {
	client := r.client.Resource(routeResource).Namespace(namespaceOf(route))
	current, err := client.Get(context.Background(), fmt.Sprintf("r%d", route), metav1.GetOptions{})
	if err != nil {
		fail("get: %v", err)
	}
	current.Object["spec"] = routeObject(route, backend).Object["spec"]
	done := make(chan time.Duration)
	start := time.Now()
	go func() {
		if _, err := client.Update(context.Background(), current, metav1.UpdateOptions{}); err != nil {
			fail("update: %v", err)
		}
		done <- time.Since(start)
	}()
	for r.served(route) != backend {
		if time.Since(start) > time.Minute {
			fail("route %d never served by %s", route, backend)
		}
	}
	return time.Since(start), <-done
}

func milliseconds(all []time.Duration, percent int) float64 {
	slices.Sort(all)
	return float64(all[min(len(all)-1, len(all)*percent/100)].Microseconds()) / 1000
}

func main() {
	kubeconfig := flag.String("kubeconfig", "", "of the API")
	routes := flag.Int("routes", 10_000, "HTTPRoutes to apply")
	clients := flag.Int("clients", 16, "creating at once")
	changes := flag.Int("changes", 100, "single changes to time")
	port := flag.Int64("port", 8080, "of the Gateway's listener")
	flag.Parse()
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		fail("%v", err)
	}
	config.QPS = -1
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		fail("%v", err)
	}
	r := &run{client: client}
	r.prepare(*port)
	rate := r.applyAll(*routes, *clients)
	var serving, answered []time.Duration
	for i := range *changes {
		backend := "new"
		if i >= *changes/2 {
			backend = "old"
		}
		s, a := r.change(i%(*changes/2+1)*(*routes / *changes), backend)
		serving, answered = append(serving, s), append(answered, a)
	}
	_ = json.NewEncoder(os.Stdout).Encode(object{
		"routes": *routes, "clients": *clients, "created_per_second": rate,
		"serving_ms_p50": milliseconds(serving, 50), "serving_ms_p99": milliseconds(serving, 99),
		"answered_ms_p50": milliseconds(answered, 50), "answered_ms_p99": milliseconds(answered, 99),
	})
}
