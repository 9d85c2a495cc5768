// testserver is gRPC's own interoperability service with server reflection, on loopback only, so that grpcurl can call
// methods of all four streaming shapes through a Gateway. With a certificate file and a key file as arguments it speaks
// TLS. Prints its port once it listens.
package main

import (
	"google.golang.org/grpc"
	"google.golang.org/grpc/interop"
	testgrpc "google.golang.org/grpc/interop/grpc_testing"
	"google.golang.org/grpc/reflection"

	"gatehouse.dev/tests/grpc-tools/serve"
)

func main() {
	serve.Main(func(server *grpc.Server) {
		testgrpc.RegisterTestServiceServer(server, interop.NewTestServer())
		reflection.Register(server)
	})
}
