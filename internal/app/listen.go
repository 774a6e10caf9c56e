package app

import (
	"context"

	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/register/certificates"
)

// listen is the switchboard: who hears what. Read it to know what follows from
// what; there is no other place where one room's news reaches another.
func (a *App) listen() {
	event.On(a.Post, "paper numbers", a.Cases.NumberPapers)
	event.On(a.Post, "automatic review", a.Cases.CaseMoved)
	event.On(a.Post, "rating invites", a.Ratings.CaseMoved)
	event.On(a.Post, "credit of broken words", a.wordBroken)
	event.On(a.Post, "supervision lines", a.Supervision.CaseMoved)
	event.On(a.Post, "supervision alarms", a.Supervision.CaseStirred)
	event.On(a.Post, "publicity of decisions", a.Publicity.CaseMoved)
	event.On(a.Post, "matters of other places", a.Elsewhere.CaseMoved)
	event.On(a.Post, "joint cases go on", a.Joint.CaseMoved)
	event.On(a.Post, "stages of projects", a.Projects.JointMoved)
	event.On(a.Post, "cases of projects", a.Projects.CaseMoved)
	event.On(a.Post, "certificates of granted cases", a.Issuance.CaseMoved)
	event.On(a.Post, "lives of companies", a.Lifecourse.CaseMoved)
	event.On(a.Post, "business licences revoked", a.Lifecourse.CertificateChanged)
	event.On(a.Post, "permits on their licence", a.Licensing.CertificateIssued)
	event.On(a.Post, "licences follow their permits", a.Licensing.CertificateChanged)
	event.On(a.Post, "certificates in their case", func(ctx context.Context, i certificates.Issued, b *sqldb.Batch) error {
		if i.Case == "" {
			return nil // issued on no case of ours
		}
		return a.Cases.Certified(ctx, cases.ID(i.Case), i.Identifier, i.Till, b)
	})
}
