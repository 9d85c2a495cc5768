// Package serve is what the tests' gRPC servers have in common: a free port, told on standard output, and TLS when a
// certificate and its key are given.
package serve

import (
	"fmt"
	"net"
	"os"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
)

// Main serves what register adds until the process is ended.
func Main(register func(*grpc.Server)) {
	if err := run(register); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(register func(*grpc.Server)) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	var options []grpc.ServerOption
	if len(os.Args) == 3 {
		secure, err := credentials.NewServerTLSFromFile(os.Args[1], os.Args[2])
		if err != nil {
			return err
		}
		options = append(options, grpc.Creds(secure))
	}
	server := grpc.NewServer(options...)
	register(server)
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	return server.Serve(listener)
}
