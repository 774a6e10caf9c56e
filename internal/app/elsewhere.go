package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"

	"github.com/emmansun/gmsm/smx509"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/courier"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/handling/elsewhere/elsewherestore"
	"tongban/internal/places/desk"
)

// inboxPath is where partners post their messages.
const inboxPath = "/partners/inbox"

func (a *App) openElsewhere() error {
	out, roots, err := a.Settings.outward()
	if err != nil {
		return err
	}
	a.Elsewhere = &elsewhere.Service{
		Store: &elsewherestore.Store{DB: a.DB, Post: a.Post}, Vault: a.Keys, Named: a.Loose.Named, Cases: a.Cases, Items: a.Items, Themes: a.Themes, Parties: a.Parties, Files: a.Files,
		Proof: a.proof, Carrier: out, Keys: a.Keys, Roots: roots, Name: a.City + "一体化政务服务平台", Region: a.regionName, Days: a.Calendar, NewID: sqldb.NewID, Now: a.Now,
	}
	a.Tidings.Elsewhere, a.Themes.Above = a.Elsewhere, a.Elsewhere.Above
	if _, err := a.Elsewhere.Own(); err != nil { // makes the key of a new installation
		return fmt.Errorf("key for partners: %w", err)
	}
	return nil
}

// outward is who carries messages to partners, and who vouches for these.
func (s Settings) outward() (*courier.Courier, *smx509.CertPool, error) {
	out, err := courier.New(inboxPath, s.Partners)
	if err != nil {
		return nil, nil, fault.New(fault.Invalid, "app.partners", "--partners 写得不对：%s", fault.Say(err))
	}
	roots, err := s.partnerRoots()
	return out, roots, err
}

// partnerRoots are the certificates that vouch for partners, nil if the operator
// gave none.
func (s Settings) partnerRoots() (*smx509.CertPool, error) {
	if s.Roots == "" {
		return nil, nil
	}
	text, err := os.ReadFile(s.Roots)
	if err != nil {
		return nil, fmt.Errorf("certificates that vouch for partners: %w", err)
	}
	return elsewhere.Roots(text)
}

// proof is a certificate as its holder may show it anywhere.
func (a *App) proof(ctx context.Context, identifier string) ([]byte, error) {
	file, _, err := a.Certificates.JSON(ctx, identifier, identity.TheSystem)
	return file, err
}

func (a *App) regionName(code string) string {
	if r, ok := a.Regions.Find(code); ok {
		return r.Name
	}
	return code
}

// exchange does what is held for its turn, and sends what waits for partners.
func (a *App) exchange(ctx context.Context) error {
	return errors.Join(a.Elsewhere.DoHeld(ctx), a.Elsewhere.Send(ctx)) // what cannot be done does not keep what can be sent
}

// partners is where other installations knock. They have no session: every
// message is signed, and answered with a signed receipt.
func (a *App) partners(mux *http.ServeMux) {
	mux.HandleFunc("POST "+inboxPath, func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, elsewhere.MostBytes))
		if err != nil {
			page.Problem(w, r, fault.New(fault.TooLarge, "elsewhere.receive.large", "报文超过40MB，或者没有收完"))
			return
		}
		receipt, err := a.Elsewhere.Receive(r.Context(), raw)
		if err != nil {
			page.Problem(w, r, err)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Write(receipt) // whoever went away asks again
	})
}

// partnersQueue is what waits to be sent to other installations.
func (a *App) partnersQueue(ctx context.Context) (desk.Queue, error) {
	all, err := a.Elsewhere.Backlog(ctx)
	q := desk.Queue{Name: "partners", Say: "发往协作平台的报文", Waiting: all.Waiting, Failing: all.Failing,
		Remedy: "程序按 5 秒到 10 分钟的间隔再试；对方怎么回答见“协作平台”页，请联系对方"}
	if all.Waiting > 0 {
		q.Age = max(a.Now().Sub(all.Oldest), 0)
	}
	for _, name := range slices.Sorted(maps.Keys(all.Owed)) {
		q.Owed = append(q.Owed, desk.Owed{Name: name, Count: all.Owed[name], Remedy: q.Remedy})
	}
	if err != nil || all.Failing > 0 { // to whom it cannot be sent nothing is on its way
		return q, err
	}
	return q, a.sending(ctx, &q, "messages to other places")
}

// unbalanced is what does not agree with partners, for the administrator.
func (a *App) unbalanced(ctx context.Context) (say []string, err error) {
	all, err := a.Elsewhere.Unbalanced(ctx)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		say = append(say, fmt.Sprintf("与“%s”对账不符：%s。逐条见“协作平台”页的对账", name, strings.Join(all[name], "；")))
	}
	return say, err
}
