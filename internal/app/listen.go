package app

import (
	"context"
	"slices"
	"strings"

	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/handling/hearings"
	"tongban/internal/handling/issuance"
	"tongban/internal/handling/joint"
	"tongban/internal/handling/licensing"
	"tongban/internal/handling/lifecourse"
	"tongban/internal/oversight/publicity"
	"tongban/internal/oversight/rating"
	"tongban/internal/register/certificates"
)

// listen is the switchboard: who hears what. Read it to know what follows from
// what; there is no other place where one room's news reaches another.
func (a *App) listen() {
	a.Post.Ahead = a.ahead
	event.Along(a.Post, a.Supervision.CaseStirred) // noted with the act; supervision follows by itself
	event.On(a.Post, "alarms of originals", a.Supervision.SlipMoved)
	event.When(a.Post, "alarms of bad ratings", func(g rating.Given) bool { return g.Rectify != 0 }, a.Supervision.Rated)
	event.On(a.Post, "alarms of raters called", a.Supervision.RaterCalled)
	event.On(a.Post, "alarms of ratings reviewed", a.Supervision.RatingReviewed)
	event.On(a.Post, "alarms of ratings answered", a.Supervision.RatingAnswered)
	a.watchTickets()
	event.When(a.Post, "paper numbers", cases.GivesPapers, a.Cases.NumberPapers)
	event.When(a.Post, "automatic review", cases.FilesNew, a.Cases.CaseMoved)
	event.When(a.Post, "rating invites", cases.Moved.Ended, a.Ratings.CaseMoved)
	event.When(a.Post, "credit of broken words", ofWord, a.wordBroken)
	event.When(a.Post, "publicity of decisions", publicity.Wants, a.Publicity.CaseMoved)
	event.When(a.Post, "publicity of pledges", publicity.WantsPledge, a.Publicity.PledgeMoved)
	event.Among(a.Post, "announced hearings", hearings.Wants, a.Hearings.Concerns, a.Hearings.CaseMoved)
	event.Among(a.Post, "matters of other places", elsewhere.Wants, a.Elsewhere.Concerns, a.Elsewhere.CaseMoved)
	event.Among(a.Post, "joint cases go on", joint.Closes, a.Joint.Concerns, a.Joint.CaseMoved)
	event.On(a.Post, "stages of projects", a.Projects.JointMoved)
	event.Among(a.Post, "cases of projects", joint.Closes, a.Projects.Concerns, a.Projects.CaseMoved)
	event.When(a.Post, "certificates of granted cases", issuance.Wants, a.Issuance.CaseMoved)
	event.When(a.Post, "lives of companies", lifecourse.Wants, a.Lifecourse.CaseMoved)
	event.On(a.Post, "business licences revoked", a.Lifecourse.CertificateChanged)
	event.Among(a.Post, "permits on their licence", licensing.Wants, a.Licensing.Concerns, a.Licensing.CertificateIssued)
	event.On(a.Post, "licences follow their permits", a.Licensing.CertificateChanged)
	event.On(a.Post, "certificates in their case", func(ctx context.Context, i certificates.Issued, b *sqldb.Batch) error {
		if i.Case == "" {
			return nil // issued on no case of ours
		}
		return a.Cases.Certified(ctx, cases.ID(i.Case), i.Identifier, i.Till, b)
	})
}

// ahead has the cases that news is of looked at together, for several listeners ask
// for each of them, and what their certificates take.
func (a *App) ahead(ctx context.Context, news []event.Record) context.Context {
	var ids []cases.ID
	for _, r := range news {
		if id, of := strings.CutPrefix(r.Stream, "case/"); of {
			ids = append(ids, cases.ID(id))
		}
	}
	slices.Sort(ids)
	return a.Issuance.Ahead(a.Cases.Store.Ahead(ctx, slices.Compact(ids)), news)
}
