package blob

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"syscall"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"tongban/internal/ground/fault"
)

// triesAtMost is how often a request is sent that the store was too busy for.
const triesAtMost = 4

// IsBucket reports whether an address names an S3-compatible store.
func IsBucket(address string) bool {
	return strings.HasPrefix(address, "s3://") || strings.HasPrefix(address, "s3+http://")
}

// foreign begins an address of some other kind. It names no folder: "http://host"
// would make a folder "http:" where the program happens to stand.
var foreign = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]+:/`)

// A bucketAddress is where a bucket is and how it is spoken to.
type bucketAddress struct {
	host, bucket, region string
	prefix               string // ends with "/" unless empty
	secure               bool
	style                minio.BucketLookupType
}

// readAddress reads s3://host[:port]/bucket[/prefix][?region=…], by HTTPS, or
// s3+http://… inside a network that is trusted. style=host has the bucket stand in
// the host's name, as some stores want it. Fault: blob.address.
func readAddress(address string) (bucketAddress, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil {
		return bucketAddress{}, misnamed()
	}
	at := bucketAddress{host: u.Host, secure: u.Scheme == "s3", region: u.Query().Get("region"), style: minio.BucketLookupPath}
	at.bucket, at.prefix, _ = strings.Cut(strings.Trim(u.Path, "/"), "/")
	if at.prefix != "" {
		at.prefix += "/"
	}
	if u.Query().Get("style") == "host" {
		at.style = minio.BucketLookupDNS
	}
	for name := range u.Query() {
		if !slices.Contains([]string{"region", "style"}, name) {
			return at, fault.New(fault.Invalid, "blob.address", "附件存储地址的问号后面只能写 region= 和 style=，没有 %s=", name)
		}
	}
	if at.bucket == "" {
		return at, misnamed()
	}
	return at, nil
}

func misnamed() error {
	return fault.New(fault.Invalid, "blob.address", "附件存放处应为文件夹，或者 s3://主机/桶[/前缀]（不加密的写 s3+http://），密钥写在环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY 里")
}

// client speaks to the store with the key of the environment. Without a key the
// store would be spoken to as by anybody. Faults: blob.key, blob.address.
func (at bucketAddress) client(way http.RoundTripper) (*minio.Client, error) {
	key := credentials.NewEnvAWS()
	if held, err := key.GetWithContext(&credentials.CredContext{}); err != nil || held.AccessKeyID == "" || held.SecretAccessKey == "" {
		return nil, fault.New(fault.Invalid, "blob.key", "没有附件存储的密钥：请设置环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY")
	}
	client, err := minio.New(at.host, &minio.Options{
		Creds: key, Secure: at.secure, Region: at.region, BucketLookup: at.style, MaxRetries: triesAtMost, Transport: way,
	})
	if err != nil {
		return nil, fault.New(fault.Invalid, "blob.address", "附件存储地址不能用：%s", at.host)
	}
	return client, nil
}

// unusable says to whoever starts the program what to put right when the store
// cannot be used at all. Fault: blob.unusable.
func (at bucketAddress) unusable(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	return fault.New(fault.Busy, "blob.unusable", "附件存储 %s 用不了：%s", at.host, at.remedy(err))
}

// remedies are what the store says of a request, and what to do about it.
var remedies = map[string]string{
	minio.SignatureDoesNotMatch:        "它不认这个密钥，请核对环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY",
	minio.InvalidAccessKeyID:           "它不认这个密钥，请核对环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY",
	minio.RequestTimeTooSkewed:         "这台机器的时钟与它相差太大，请先校准时钟",
	minio.AuthorizationHeaderMalformed: "区域不对，请在地址后面写 ?region= 加它的区域",
	minio.InvalidRegion:                "区域不对，请在地址后面写 ?region= 加它的区域",
	minio.InvalidBucketName:            "它不接受这样的桶名，请核对",
}

func (at bucketAddress) remedy(err error) string {
	answer := minio.ToErrorResponse(err)
	if say := remedies[answer.Code]; say != "" {
		return say
	}
	if answer.StatusCode == http.StatusForbidden {
		return "它不认这个密钥，或者这个密钥没有读、写、删、列桶“" + at.bucket + "”的权限，请核对"
	}
	return unreached(err)
}

// unreached says why a store did not answer at all.
func unreached(err error) string {
	_, unknown := errors.AsType[*net.DNSError](err)
	_, untrusted := errors.AsType[*tls.CertificateVerificationError](err)
	switch {
	case unknown:
		return "查不到这个主机名，请核对地址和域名解析"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "那里没有程序在接受访问，请核对端口，看它是否已经启动"
	case errors.Is(err, http.ErrSchemeMismatch):
		return "它说的不是 HTTPS。请核对端口；机房内不加密的写 s3+http://"
	case untrusted:
		return "它的 HTTPS 证书不可信，请把签发它的根证书装进系统"
	}
	return "它没有正常应答，请核对地址，看它是否在运行（" + err.Error() + "）"
}
