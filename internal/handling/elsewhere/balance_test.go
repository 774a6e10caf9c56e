package elsewhere

import (
	"crypto/rand"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"

	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

// sumOf sums messages that say their number, but for those that are missing.
func sumOf(upto int64, missing ...int64) Sum {
	s := NewSummer(0, upto)
	for n := int64(1); n <= upto; n++ {
		if !slices.Contains(missing, n) {
			s.Add(n, Moved, string(rune('a'+n)))
		}
	}
	return s.Done()
}

func TestStatementsAreHeldAgainstEachOther(t *testing.T) {
	altered := NewSummer(0, 2)
	altered.Add(1, Moved, "b")
	altered.Add(2, Moved, "other")
	known := Stand{"p", "c", "甲", cases.Received}
	for _, tt := range []struct {
		name        string
		theirs      Statement
		taken, sent Sum
		written     int64
		say         string // of the difference; "": none
	}{
		{"both say the same", Statement{Sent: sumOf(5), Taken: sumOf(3), Parcels: []Stand{known}}, sumOf(5), sumOf(3), 3, ""},
		{"nothing went between them", Statement{Sent: sumOf(0), Taken: sumOf(0)}, sumOf(0), sumOf(0), 0, ""},
		{"one of theirs is not here", Statement{Sent: sumOf(5), Taken: sumOf(3)}, sumOf(5, 4), sumOf(3), 3, "缺号：4"},
		{"the last of theirs is not here", Statement{Sent: sumOf(5), Taken: sumOf(3)}, sumOf(5, 5), sumOf(3), 3, "对方记5份，本平台记4份"},
		{"theirs has a gap by itself", Statement{Sent: sumOf(5, 2, 3), Taken: sumOf(3)}, sumOf(5, 2, 3), sumOf(3), 3, "缺号：2,3"},
		{"one of ours says something else there", Statement{Sent: sumOf(1), Taken: altered.Done()}, sumOf(1), sumOf(2), 2, "内容不同"},
		{"they took what we never wrote", Statement{Sent: sumOf(1), Taken: sumOf(3)}, sumOf(1), sumOf(3), 2, "只写到第2号"},
		{"what is under way is no difference", Statement{Sent: sumOf(1), Taken: sumOf(3), Parcels: []Stand{{Parcel: "gone"}}}, sumOf(1), sumOf(3), 4, ""},
		{"a parcel became no case", Statement{Sent: sumOf(1), Taken: sumOf(3), Parcels: []Stand{{Parcel: "gone"}}}, sumOf(1), sumOf(3), 3, "没有对应的办件"},
		{"they do not know of the case", Statement{Sent: sumOf(1), Taken: sumOf(3), Parcels: []Stand{{Parcel: "p"}}}, sumOf(1), sumOf(3), 3, "对方不知道"},
		{"they know another state", Statement{Sent: sumOf(1), Taken: sumOf(3), Parcels: []Stand{{"p", "c", "甲", cases.Accepted}}}, sumOf(1), sumOf(3), 3, "对方记为甲 已受理，本平台是甲 已收件"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			here := func(s Stand) (Stand, bool) { return known, s.Parcel == "p" }
			rest := Sum{After: tt.theirs.Taken.Upto, Upto: tt.written, Count: tt.written - tt.theirs.Taken.Upto}
			got := Weigh("x", tt.theirs, tt.taken, tt.sent, rest, here, time.Now())
			if say := strings.Join(got.Differences, "；"); got.Even() != (tt.say == "") || !strings.Contains(say, tt.say) {
				t.Errorf("it says %q", say)
			}
		})
	}
}

// root makes a certificate that vouches for others, and what it signs.
func root(t *testing.T, name string) (pool *smx509.CertPool, sign func(cn string, until time.Time) string) {
	t.Helper()
	key, err := sm2.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	own := &smx509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotBefore: day.Add(-time.Hour), NotAfter: day.AddDate(9, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: smx509.KeyUsageCertSign}
	der, err := smx509.CreateCertificate(rand.Reader, own, own, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	if pool, err = Roots(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})); err != nil {
		t.Fatal(err)
	}
	return pool, func(cn string, until time.Time) string {
		theirs, err := sm2.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		leaf := &smx509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: cn}, NotBefore: day.Add(-time.Hour), NotAfter: until}
		der, err := smx509.CreateCertificate(rand.Reader, leaf, own, &theirs.PublicKey, key)
		if err != nil {
			t.Fatal(err)
		}
		return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	}
}

var day = time.Date(2026, 9, 21, 1, 0, 0, 0, time.UTC)

func TestOnlyTheConfiguredRootVouchesForPartners(t *testing.T) {
	roots, sign := root(t, "省数字证书认证中心")
	_, foreign := root(t, "别的根")
	good := sign("宿州市一体化政务服务平台", day.AddDate(1, 0, 0))
	for _, tt := range []struct {
		name, text string
		at         time.Time
		say        string
	}{
		{"signed by the root and in force", good, day, ""},
		{"signed by another root", foreign("宿州市一体化政务服务平台", day.AddDate(1, 0, 0)), day, "不是约定的根证书签发"},
		{"expired", good, day.AddDate(1, 0, 1), "过期"},
		{"not yet in force", good, day.AddDate(0, 0, -1), "还没有生效"},
		{"no certificate", "MFkwEwYHKoZIzj0CAQ", day, "BEGIN CERTIFICATE"},
		{"cut short", good[:200] + "\n-----END CERTIFICATE-----\n", day, "证书"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			key, err := vouched(tt.text, roots, tt.at)
			if tt.say == "" {
				if _, bad := Identify(key); err != nil || bad != nil {
					t.Fatal(err, bad)
				}
				return
			}
			if fields := fault.Fields(err); len(fields) != 1 || !strings.Contains(fields[0].Say, tt.say) {
				t.Errorf("it says %v", fields)
			}
		})
	}
	key, err := vouched(good, roots, day)
	if err != nil {
		t.Fatal(err)
	}
	s := &Service{Roots: roots, Now: func() time.Time { return day }}
	if err := s.trusted(Partner{Key: key, Certificate: good}); err != nil {
		t.Error(err)
	}
	if s.trusted(Partner{Key: "other", Certificate: good}) == nil {
		t.Error("a certificate for another key is believed")
	}
	if s.trusted(Partner{Key: key}) == nil {
		t.Error("no certificate is believed")
	}
}
