// authserver decides for Envoy's external authorization over gRPC what the request asks for, on loopback only: header
// x-want says allow, deny or fail. What it was asked is printed as JSON, a line each. Prints its port once it listens.
package main

import (
	"context"
	"encoding/json"
	"fmt"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	auth "github.com/envoyproxy/go-control-plane/envoy/service/auth/v3"
	envoy "github.com/envoyproxy/go-control-plane/envoy/type/v3"
	rpc "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"gatehouse.dev/tests/grpc-tools/serve"
)

type server struct {
	auth.UnimplementedAuthorizationServer
}

func header(name, value string, appends bool) *core.HeaderValueOption {
	return &core.HeaderValueOption{Header: &core.HeaderValue{Key: name, Value: value}, Append: wrapperspb.Bool(appends)}
}

func (server) Check(_ context.Context, request *auth.CheckRequest) (*auth.CheckResponse, error) {
	attributes := request.GetAttributes()
	http := attributes.GetRequest().GetHttp()
	told, err := json.Marshal(map[string]any{
		"method": http.GetMethod(), "path": http.GetPath(), "host": http.GetHost(), "scheme": http.GetScheme(),
		"protocol": http.GetProtocol(), "size": http.GetSize(), "body": http.GetBody(), "rawBody": http.GetRawBody(),
		"headers": http.GetHeaders(), "source": attributes.GetSource().GetAddress().GetSocketAddress().GetAddress(),
		"port": attributes.GetDestination().GetAddress().GetSocketAddress().GetPortValue(),
		"sni":  attributes.GetTlsSession().GetSni(), "second": attributes.GetRequest().GetTime().GetSeconds(),
	})
	if err != nil {
		return nil, err
	}
	fmt.Println(string(told))
	switch http.GetHeaders()["x-want"] {
	case "allow":
		return &auth.CheckResponse{Status: &rpc.Status{}, HttpResponse: &auth.CheckResponse_OkResponse{
			OkResponse: &auth.OkHttpResponse{
				Headers:              []*core.HeaderValueOption{header("x-user", "me", false), header("x-one", "added", true)},
				HeadersToRemove:      []string{"x-secret"},
				ResponseHeadersToAdd: []*core.HeaderValueOption{header("x-checked", "yes", false)},
			}}}, nil
	case "deny":
		return &auth.CheckResponse{Status: &rpc.Status{Code: int32(codes.PermissionDenied)},
			HttpResponse: &auth.CheckResponse_DeniedResponse{DeniedResponse: &auth.DeniedHttpResponse{
				Status: &envoy.HttpStatus{Code: envoy.StatusCode_Unauthorized},
				Headers: []*core.HeaderValueOption{header("set-cookie", "a=1", false), header("set-cookie", "b=2", false),
					header("www-authenticate", "Basic", false)},
				Body: "log in first"}}}, nil
	case "path":
		return &auth.CheckResponse{Status: &rpc.Status{}, HttpResponse: &auth.CheckResponse_OkResponse{
			OkResponse: &auth.OkHttpResponse{Headers: []*core.HeaderValueOption{header(":path", "/other", false)}}}}, nil
	case "fail":
		return nil, status.Error(codes.Unavailable, "no mind of its own")
	}
	return &auth.CheckResponse{Status: &rpc.Status{Code: int32(codes.PermissionDenied)}}, nil
}

func main() {
	serve.Main(func(service *grpc.Server) { auth.RegisterAuthorizationServer(service, server{}) })
}
