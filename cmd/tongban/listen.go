package main

import (
	"errors"
	"net"
	"net/url"
	"os"
	"strings"
	"syscall"

	"tongban/internal/ground/fault"
)

// listen takes an address that people reach us at, or says what to do about it.
func listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err == nil {
		return l, nil
	}
	return nil, fault.New(fault.Invalid, "serve.listen", "不能在 %s 上接受访问：%s", address, remedy(err))
}

// reached refuses an address that would lead nobody to us: it is printed on papers.
func reached(address string) error {
	u, err := url.Parse(address)
	if address == "" || err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.RawQuery == "" && u.Fragment == "" && strings.Trim(u.Path, "/") == "" {
		return nil
	}
	return fault.New(fault.Invalid, "serve.address", "--address 应为公众访问的网址，只写到主机和端口，如 https://zwfw.example.gov.cn，不是“%s”", address)
}

func remedy(err error) string {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return "这个端口已经有程序在用。请换一个端口，或者先停掉那个程序"
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return "这台机器没有这个地址。只给本机用写 127.0.0.1，给别的机器用写 0.0.0.0"
	case errors.Is(err, os.ErrPermission):
		return "没有权限用这个端口。请换 1024 以上的端口，由反向代理接 80 和 443"
	}
	return "请写成“地址:端口”，如 127.0.0.1:8080（" + err.Error() + "）"
}
