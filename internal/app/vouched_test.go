package app_test

import (
	"crypto/rand"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/elsewhere"
)

// province keeps the root that vouches for the platforms of its cities.
type province struct {
	t    *testing.T
	key  *sm2.PrivateKey
	root *smx509.Certificate
	at   time.Time
}

func newProvince(t *testing.T, at time.Time) *province {
	key, err := sm2.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p := &province{t: t, key: key, at: at}
	p.root = &smx509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "省电子政务根证书"}, NotBefore: at.AddDate(-1, 0, 0), NotAfter: at.AddDate(10, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: smx509.KeyUsageCertSign}
	if p.root, err = smx509.ParseCertificate(p.signs(p.root, &key.PublicKey)); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *province) signs(c *smx509.Certificate, public any) []byte {
	p.t.Helper()
	der, err := smx509.CreateCertificate(rand.Reader, c, p.root, public, p.key)
	if err != nil {
		p.t.Fatal(err)
	}
	return der
}

// file is the root as operators give it to the program.
func (p *province) file() string {
	name := filepath.Join(p.t.TempDir(), "roots.pem")
	if err := os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.root.Raw}), 0o600); err != nil {
		p.t.Fatal(err)
	}
	return name
}

// certifies answers the request of an installation.
func (p *province) certifies(i *installation, until time.Time) string {
	p.t.Helper()
	text, err := i.Elsewhere.Request()
	if err != nil {
		p.t.Fatal(err)
	}
	block, _ := pem.Decode([]byte(text))
	asked, err := smx509.ParseCertificateRequest(block.Bytes)
	if err != nil {
		p.t.Fatal(err)
	}
	der := p.signs(&smx509.Certificate{SerialNumber: big.NewInt(2), Subject: asked.Subject, NotBefore: p.at.AddDate(0, 0, -1), NotAfter: until}, asked.PublicKey)
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

// trusts enters the other installation by its certificate.
func (i *installation) trusts(other *installation, region elsewhere.Region, certificate string) error {
	admin := identity.Actor{Account: "u-admin", Posts: []identity.Post{{Role: identity.Admin, Region: "320300000000"}}}
	_, err := i.Elsewhere.PutPartner(i.t.Context(), elsewhere.Partner{Name: "对方平台", Address: other.site.URL, Certificate: certificate, Regions: []elsewhere.Region{region}}, admin)
	return err
}

// vouchedPair are two installations that believe whom the province vouches for.
func vouchedPair(t *testing.T, here app.Settings, clock *hour, roots *province) (a, b *installation) {
	a, b = stand(t), stand(t)
	a.settings, b.settings = here, apptest.Of(t, apptest.Name, opening)
	a.settings.Roots, b.settings.Roots = roots.file(), roots.file()
	meet(a, b, clock)
	return a, b
}

// waits is how many messages wait for the other.
func waits(t *testing.T, i *installation) int64 {
	lines, err := i.Elsewhere.Store.Lines(t.Context())
	must(t, err)
	return lines[i.partnerID()].Waiting()
}

// Where roots vouch for partners, one replaces its key while messages of both are
// under way. Nothing passes until the other has the new certificate; then all that
// waited arrives once, and what the old key signed is refused for ever.
func TestAPartnerThatIsVouchedForReplacesItsKey(t *testing.T) {
	apptest.Each(t, neighbour, opening, func(t *testing.T, kept app.Settings) {
		clock := &hour{opening}
		roots, strangers := newProvince(t, clock.at), newProvince(t, clock.at)
		a, b := vouchedPair(t, kept, clock, roots)
		here, there := elsewhere.Region{Code: "341300000000", Name: "宿州市"}, elsewhere.Region{Code: "320303000000", Name: "徐州市云龙区"}
		for name, certificate := range map[string]string{"of another root": strangers.certifies(b, clock.at.AddDate(1, 0, 0)), "expired": roots.certifies(b, clock.at.Add(-time.Hour)), "": b.card().Key} {
			if err := a.trusts(b, there, certificate); fault.Code(err) != "elsewhere.partner.certificate" {
				t.Errorf("a certificate %s is taken: %v", name, err)
			}
		}
		must(t, a.trusts(b, there, roots.certifies(b, clock.at.AddDate(1, 0, 0))))
		must(t, b.trusts(a, here, roots.certifies(a, clock.at.AddDate(1, 0, 0))))
		first := a.take(b)
		settle(t, a, b)
		made := b.madeOf(a, first.ID)

		second := a.take(b) // signed by the old key and on its way when that is replaced
		var late []byte
		way := a.Elsewhere.Carrier
		a.Elsewhere.Carrier = catching{way, &late}
		settle(t, a)
		a.Elsewhere.Carrier = way
		if _, err := b.Cases.Accept(t.Context(), made.ID, nil, nil, window1); err != nil {
			t.Fatal(err)
		}
		replaced(t, clock, a)
		clock.at = clock.at.Add(time.Minute)
		settle(t, b, a) // neither believes what the new key signed
		if waiting := []int64{waits(t, a), waits(t, b)}; !slices.Equal(waiting, []int64{1, 1}) {
			t.Errorf("before the new certificate is entered %v messages wait", waiting)
		}

		fresh := roots.certifies(a, clock.at.AddDate(1, 0, 0))
		if err := b.trusts(a, here, fresh); fault.Code(err) != "elsewhere.partner.check" {
			t.Errorf("without its card the certificate makes a second partner of it: %v", err)
		}
		must(t, b.trusts(a, here, fresh+"\n"+a.card().Key))
		clock.at = clock.at.Add(10 * time.Minute)
		settle(t, a, b)
		settle(t, b, a)
		if waits(t, a)+waits(t, b) != 0 || a.parcel(first.ID).Status.Received == 0 {
			t.Errorf("%d and %d messages still wait, %+v", waits(t, a), waits(t, b), a.parcel(first.ID).Status)
		}
		once := b.madeOf(a, second.ID).ID
		if answer, err := b.Elsewhere.Receive(t.Context(), late); err != nil || outcomeOf(t, answer) != elsewhere.Forged {
			t.Errorf("what the old key signed comes late: %s, %v", answer, err)
		}
		if again := b.madeOf(a, second.ID).ID; again != once {
			t.Error("it was done twice")
		}
		dayPasses(t, clock, a, b)
		if !a.balance().Even() || !b.balance().Even() {
			t.Errorf("they do not agree: %+v %+v", a.balance(), b.balance())
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
