package app_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
)

// dayPasses sends both statements and lets them arrive.
func dayPasses(t *testing.T, clock *hour, a, b *installation) {
	t.Helper()
	clock.at = clock.at.AddDate(0, 0, 1)
	for _, i := range []*installation{a, b} {
		if err := i.Elsewhere.Reconcile(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	settle(t, a, b)
}

func (i *installation) balance() elsewhere.Balance {
	i.t.Helper()
	all, err := i.Elsewhere.Balances(i.t.Context(), i.partnerID(), 1)
	if err != nil || len(all) == 0 {
		i.t.Fatalf("no balance: %v", err)
	}
	return all[0]
}

// Every day both sides tell each other what went between them. They agree as
// long as nothing is lost; a message that is missing in one database, and a case
// that stands otherwise than was told, are found, and the administrator sees it.
func TestBothSidesReconcileEveryDay(t *testing.T) {
	a, b, clock := pair(t)
	p := a.take(b)
	settle(t, a, b)
	dayPasses(t, clock, a, b)
	for _, i := range []*installation{a, b} {
		if got := i.balance(); !got.Even() || got.Day != calendar.DayOf(clock.at) || got.Theirs.Sent.Count == 0 {
			t.Errorf("the first day: %+v", got)
		}
	}
	dayPasses(t, clock, a, b)
	got := b.balance()
	if !got.Even() || got.Theirs.Sent.After == 0 || len(got.Theirs.Parcels) != 1 || got.Theirs.Parcels[0].Case == "" {
		t.Errorf("the second day goes on from the first: %+v", got)
	}
	admin := &city{App: b.App, t: t, site: b.site}
	desk := admin.signedIn("admin")
	desk.get("/desk/admin/partners/" + b.partnerID() + "/balance")
	desk.sees(http.StatusOK, "相符", "宿州市一体化政务服务平台", "未办结代收件")

	q := a.take(b)
	settle(t, a, b)
	if _, err := b.DB.Exec(t.Context(), `DELETE FROM elsewhere_in WHERE number = (SELECT MAX(number) FROM elsewhere_in WHERE kind = 'forwarded')`); err != nil {
		t.Fatal(err)
	}
	if _, err := b.DB.Exec(t.Context(), `DELETE FROM elsewhere_foreign WHERE parcel = $1`, p.ID); err != nil {
		t.Fatal(err)
	}
	dayPasses(t, clock, a, b)
	say := strings.Join(b.balance().Differences, "；")
	for _, want := range []string{"缺号", p.Number() + "已经转送，本平台没有对应的办件"} {
		if !strings.Contains(say, want) {
			t.Errorf("no %q in %q", want, say)
		}
	}
	if strings.Contains(say, q.Number()) {
		t.Errorf("parcel %s is as it should be: %q", q.Number(), say)
	}
	if all, err := b.Elsewhere.Unbalanced(t.Context()); err != nil || len(all["宿州市一体化政务服务平台"]) == 0 {
		t.Errorf("no alarm: %v, %v", all, err)
	}
	desk = admin.signedIn("admin")
	desk.get("/desk/admin/partners")
	desk.sees(http.StatusOK, "处不符")
	desk.get("/desk/admin")
	desk.sees(http.StatusOK, "与“宿州市一体化政务服务平台”对账不符")

	clock.at = clock.at.AddDate(0, 0, 4)
	if all, err := a.Elsewhere.Unbalanced(t.Context()); err != nil || !strings.Contains(strings.Join(all["徐州市一体化政务服务平台"], ""), "没有收到对账单") {
		t.Errorf("silence is no alarm: %v, %v", all, err)
	}
}

// torn is a store that cannot tell what was written for one partner.
type torn struct {
	elsewhere.Store
	partner string
}

func (s torn) SumOut(ctx context.Context, partner string, after, upto int64) (elsewhere.Sum, error) {
	if partner == s.partner {
		return elsewhere.Sum{}, errors.New("torn")
	}
	return s.Store.SumOut(ctx, partner, after, upto)
}

// What is wrong with one partner's line keeps no statement from another.
func TestOnePartnersTroubleKeepsNoStatementFromAnother(t *testing.T) {
	a, b, _ := pair(t)
	first := elsewhere.Partner{ID: "0", Name: "A", Address: "https://a.example.com"}
	if err := a.Elsewhere.Store.SavePartner(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	a.Elsewhere.Store = torn{a.Elsewhere.Store, first.ID}
	if err := a.Elsewhere.Reconcile(t.Context()); err == nil {
		t.Error("nobody hears of the trouble")
	}
	lines, err := a.Elsewhere.Store.Lines(t.Context())
	if err != nil || lines[b.card().ID].Sent != 1 {
		t.Errorf("%d statements for the other, %v", lines[b.card().ID].Sent, err)
	}
}

// Materials that no message can carry are refused while their owner can still do
// something about it: a message that never leaves would hold up the whole line.
func TestWhatNoMessageCarriesIsNotTaken(t *testing.T) {
	a, b, _ := pair(t)
	e, err := a.Items.Open(t.Context(), "id-card", calendar.DayOf(a.Now()))
	if err != nil {
		t.Fatal(err)
	}
	application := app.Example(e, cases.Applicant{Party: "p-limin", Name: "李敏"}, nil, nil, calendar.DayOf(a.Now()))
	first := &application.Materials[0]
	first.Paper, first.Files = false, []cases.File{{Hash: "1", Name: "正面.pdf", Type: string(blob.PDF), Size: 15 << 20}, {Hash: "2", Name: "反面.pdf", Type: string(blob.PDF), Size: 14 << 20}}
	to := elsewhere.Taking{Application: application, Partner: b.card().ID, Region: "320303000000"}
	_, err = a.Elsewhere.Take(t.Context(), to, window1)
	if fields := fault.Fields(err); fault.Code(err) != "elsewhere.take.large" || len(fields) != 1 || fields[0].Path != "materials."+first.Material {
		t.Errorf("29 MB for another installation: %v at %v", err, fault.Fields(err))
	}

	p := a.take(b)
	settle(t, a, b)
	made := b.madeOf(a, p.ID)
	if _, err := b.Cases.AskOnce(t.Context(), made.ID, []cases.Deficiency{{Material: first.Material, Finding: cases.Defective, Say: "照片不清楚，请重新提供"}}, calendar.Parse("2026-09-30"), window1); err != nil {
		t.Fatal(err)
	}
	settle(t, b, a)
	if _, err := a.Elsewhere.Answer(t.Context(), p.ID, cases.Correction{Handed: []cases.Handed{*first}}, window1); fault.Code(err) != "elsewhere.take.large" {
		t.Errorf("29 MB as what was asked for: %v", err)
	}
}

// The files of materials travel with the message; what was changed on the way
// does not arrive, and what is sent again after a cut is the same file.
func TestFilesTravelWithAParcel(t *testing.T) {
	a, b, clock := pair(t)
	scan := []byte("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n" + strings.Repeat("% page\n", 50000) + "%%EOF")
	ref, err := a.Files.Put(t.Context(), bytes.NewReader(scan), blob.Limit{})
	if err != nil {
		t.Fatal(err)
	}
	way := &faulty{Carrier: a.Elsewhere.Carrier}
	a.Elsewhere.Carrier = way
	tries := 0
	way.draw = func() int { tries++; return []int{1, 2, 6, 0}[min(tries-1, 3)] } // lost, receipt lost, file changed, well
	way.harm = func(message []byte) []byte {
		return bytes.Replace(message, []byte(`"files":{"`+ref.Hash+`":"JVBERi0xLjQK`), []byte(`"files":{"`+ref.Hash+`":"JVBERi0xLjUK`), 1)
	}
	e, err := a.Items.Open(t.Context(), "id-card", calendar.DayOf(a.Now()))
	if err != nil {
		t.Fatal(err)
	}
	application := app.Example(e, cases.Applicant{Party: "p-limin", Name: "李敏"}, nil, nil, calendar.DayOf(a.Now()))
	application.Materials[0].Paper = false
	application.Materials[0].Files = []cases.File{cases.FileOf(ref, "户口簿.pdf")}
	p, err := a.Elsewhere.Take(t.Context(), elsewhere.Taking{Application: application, Partner: b.card().ID, Region: "320303000000"}, window1)
	if err == nil {
		_, err = a.Elsewhere.Forward(t.Context(), p.ID, window1)
	}
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		settle(t, a, b)
		clock.at = clock.at.Add(15 * time.Second)
	}
	made := b.madeOf(a, p.ID)
	if len(made.Materials[0].Files) != 1 || made.Materials[0].Files[0].Hash != ref.Hash {
		t.Fatalf("the material has %+v", made.Materials[0].Files)
	}
	content, err := b.Files.Open(t.Context(), ref.Hash)
	if err != nil {
		t.Fatal(err)
	}
	defer content.Close()
	var got bytes.Buffer
	if _, err := got.ReadFrom(content); err != nil || !bytes.Equal(got.Bytes(), scan) {
		t.Errorf("%d bytes arrived of %d: %v", got.Len(), len(scan), err)
	}
	if tries < 4 {
		t.Errorf("it was carried %d times", tries)
	}
}
