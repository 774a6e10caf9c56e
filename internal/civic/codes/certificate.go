package codes

import (
	"fmt"
	"strconv"
	"strings"
)

// certificateRoot is the object identifier under which certificates are numbered.
const certificateRoot = "1.2.156.3005.2"

// A CertificateID is the identifier of an electronic certificate (电子证照标识, GB/T 36904-2018).
type CertificateID struct {
	Type    string // 证照类型代码: the defining agency's USCC and three digits, 21 characters
	Issuer  string // 颁发机构代码: a USCC, in some systems a six-digit division
	Serial  string // 流水号: digits and capitals, 1 to 32
	Version int    // 版本号, 1 to 999: a change or renewal takes the next
}

// ParseCertificateID reads an identifier. Faults: codes.certificate.root, .type,
// .issuer, .serial, .version, .check.
func ParseCertificateID(s string) (CertificateID, error) {
	rest, ok := strings.CutPrefix(Tidy(s), certificateRoot+".")
	p := strings.Split(rest, ".")
	if !ok || len(p) != 5 {
		return CertificateID{}, bad("certificate.root", "电子证照标识应以 %s. 开头并有五段，请核对", certificateRoot)
	}
	version, err := strconv.Atoi(p[3])
	if err != nil || len(p[3]) != 3 {
		return CertificateID{}, bad("certificate.version", "电子证照标识的版本号应是三位数字，请核对")
	}
	id := CertificateID{p[0], p[1], p[2], version}
	if err := id.Check(); err != nil {
		return CertificateID{}, err
	}
	if p[4] != string(id.check()) {
		return CertificateID{}, bad("certificate.check", "电子证照标识最后一位校验不符，请逐位核对")
	}
	return id, nil
}

// Check says whether an identifier can be made of these parts.
func (id CertificateID) Check() error {
	switch {
	case len(id.Type) != 21 || !alnum(id.Type) || !digits(id.Type[18:]):
		return bad("certificate.type", "证照类型代码应是定义机构的18位代码加三位数字，请核对")
	case len(id.Issuer) != 18 && len(id.Issuer) != 6 || !alnum(id.Issuer):
		return bad("certificate.issuer", "证照颁发机构代码应是18位统一社会信用代码，请核对")
	case len(id.Serial) > 32 || !alnum(id.Serial):
		return bad("certificate.serial", "证照流水号应是1至32位数字或大写字母，请核对")
	case id.Version < 1 || id.Version > 999:
		return bad("certificate.version", "证照版本号应在1至999之间，请核对")
	default:
		return nil
	}
}

// String is the identifier with root and check character.
func (id CertificateID) String() string {
	return fmt.Sprintf("%s.%s.%s.%s.%03d.%c", certificateRoot, id.Type, id.Issuer, id.Serial, id.Version, id.check())
}

// check is ISO 7064 MOD 37,36 over the parts without dots and root.
func (id CertificateID) check() byte {
	p := 36
	for _, c := range []byte(id.Type + id.Issuer + id.Serial + fmt.Sprintf("%03d", id.Version)) {
		t := (p + base36(c)) % 36
		if t == 0 {
			t = 36
		}
		p = 2 * t % 37
	}
	return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(37-p)%36]
}
