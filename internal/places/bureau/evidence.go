package bureau

import (
	"context"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// evidence keeps the files that an opinion rests on; they share the place and
// the time that were written beside them.
func (b *Bureau) evidence(ctx context.Context, f *page.Form) ([]cases.Evidence, error) {
	var all []cases.Evidence
	at := takenAt(f)
	if sent := len(f.Files("evidence")); sent > 0 {
		f.Require("place", "证据的拍摄或者取得地点")
		f.Require("taken", "证据的拍摄或者取得时间")
	}
	if err := f.Err(); err != nil {
		return nil, err
	}
	for _, sent := range f.Files("evidence") {
		file, err := frame.Keep(ctx, sent, "evidence", b.Files)
		if err != nil {
			return nil, err
		}
		all = append(all, cases.Evidence{File: file, Place: f.Text("place"), At: at})
	}
	return all, nil
}

// takenAt reads when the evidence was taken: 2026-03-02T10:30, as browsers send it.
func takenAt(f *page.Form) time.Time {
	text := f.Text("taken")
	if text == "" {
		return time.Time{}
	}
	t, err := time.ParseInLocation("2006-01-02T15:04", text, calendar.Zone)
	if err != nil {
		f.Refuse("taken", "time", "请写成 2026-03-02T10:30 的样子")
	}
	return t
}

// A proof is one file of evidence with its place and time.
type proof struct {
	Name, Href, Say string
	Picture         bool
}

// proofs are all the evidence on file.
func (p casePage) proofs() []proof {
	var all []proof
	for _, e := range p.Case.Evidence {
		all = append(all, proof{e.Name, fileURL(p.Case.ID, attached, e.File), moment(e.At) + "，" + e.Place, shows(e.File)})
	}
	return all
}

// signers are those who may be asked to sign: of the agencies that have work in
// the case, and not the reader.
func (b *Bureau) signers(ctx context.Context, p casePage) ([]frame.Choice, error) {
	all, seen := []frame.Choice{{Value: "", Label: "请选择"}}, map[string]bool{p.by.Account: true}
	for _, s := range p.Work.Signers {
		seen[s] = true
	}
	for _, agency := range append([]string{p.Case.Agency}, p.Case.Involved...) {
		for _, role := range identity.Deciding {
			holders, err := b.Staff.Holders(ctx, agency, role)
			if err != nil {
				return nil, err
			}
			for _, h := range holders {
				if !seen[h.Account] {
					seen[h.Account] = true
					all = append(all, frame.Choice{Value: h.Account, Label: h.Name + "（" + p.agency.Name(agency) + " " + h.Post.Title + "）"})
				}
			}
		}
	}
	return all, nil
}
