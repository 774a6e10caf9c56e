// Package bureau is where departments review and decide (部门审批): the inbox of
// each post, the case on one screen, opinions, special procedures, decisions.
//
// Every act is judged by handling/cases; a page only shows what that room
// offers, and shows the form again where it refuses.
package bureau

import (
	"net/http"
	"slices"
	"time"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/staff"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/handling/visits"
	"tongban/internal/oversight/supervision"
	"tongban/internal/places/frame"
)

// Bureau is the place: the services behind its pages.
type Bureau struct {
	Cases       *cases.Service
	Elsewhere   *elsewhere.Service
	Visits      *visits.Service
	Supervision *supervision.Service
	Agencies    *agencies.Service
	Staff       *staff.Service
	Files       blob.Store
	Press       *frame.Press
	Days        clock.Days
	Now         func() time.Time
}

// Routes are the addresses of the place.
func (b *Bureau) Routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /bureau", b.enter(b.waiting))
	mux.HandleFunc("GET /bureau/mine", b.enter(b.mine))
	mux.HandleFunc("GET /bureau/done", b.enter(b.done))
	mux.HandleFunc("GET /bureau/words", b.enter(b.words))
	mux.HandleFunc("GET /bureau/checks", b.enter(b.checks))
	mux.HandleFunc("POST /bureau/notices/{notice}", b.enter(b.putAway))
	mux.HandleFunc("GET /bureau/find", b.enter(b.find))
	mux.HandleFunc("GET /bureau/cases/{case}", b.enter(b.showCase))
	mux.HandleFunc("GET /bureau/cases/{case}/history", b.enter(b.history))
	mux.HandleFunc("GET /bureau/cases/{case}/files/{material}/{hash}", b.enter(b.file))
	mux.HandleFunc("GET /bureau/cases/{case}/papers/{kind}/{seq}", b.enter(b.paper))
	mux.HandleFunc("POST /bureau/cases/{case}/claim", b.enter(b.act(cases.Claim, b.claim)))
	mux.HandleFunc("POST /bureau/cases/{case}/release", b.enter(b.act(cases.Release, b.release)))
	mux.HandleFunc("POST /bureau/cases/{case}/review", b.enter(b.act(cases.Review, b.review)))
	mux.HandleFunc("POST /bureau/cases/{case}/send-back", b.enter(b.act(cases.SendBack, b.sendBack)))
	mux.HandleFunc("POST /bureau/cases/{case}/transfer", b.enter(b.act(cases.Transfer, b.transfer)))
	mux.HandleFunc("POST /bureau/cases/{case}/add-signer", b.enter(b.act(cases.AddSigner, b.addSigner)))
	mux.HandleFunc("POST /bureau/cases/{case}/delegate", b.enter(b.act(cases.Delegate, b.delegate)))
	mux.HandleFunc("POST /bureau/cases/{case}/open-special", b.enter(b.act(cases.OpenSpecial, b.openSpecial)))
	mux.HandleFunc("POST /bureau/cases/{case}/close-special", b.enter(b.act(cases.CloseSpecial, b.closeSpecial)))
	mux.HandleFunc("POST /bureau/cases/{case}/tell-hearing", b.enter(b.act(cases.TellHearing, b.tellHearing)))
	mux.HandleFunc("POST /bureau/cases/{case}/call-hearing", b.enter(b.act(cases.CallHearing, b.callHearing)))
	mux.HandleFunc("POST /bureau/cases/{case}/note-hearing", b.enter(b.act(cases.NoteHearing, b.noteHearing)))
	mux.HandleFunc("POST /bureau/cases/{case}/extend", b.enter(b.act(cases.Extend, b.extend)))
	mux.HandleFunc("POST /bureau/cases/{case}/settle", b.enter(b.act(cases.Settle, b.settle)))
	mux.HandleFunc("POST /bureau/cases/{case}/check-pledge", b.enter(b.act(cases.CheckPledge, b.checkPledge)))
	mux.HandleFunc("POST /bureau/cases/{case}/postpone", b.enter(b.act(cases.Postpone, b.postpone)))
	mux.HandleFunc("POST /bureau/cases/{case}/terminate", b.enter(b.act(cases.Terminate, b.terminate)))
	mux.HandleFunc("POST /bureau/cases/{case}/deliver", b.enter(b.act(cases.Deliver, b.deliver)))
	mux.HandleFunc("POST /bureau/cases/{case}/answer-urge", b.enter(b.act(cases.AnswerUrge, b.answerUrge)))
	mux.HandleFunc("POST /bureau/cases/{case}/check", b.enter(b.act(cases.Check, b.check)))
	mux.HandleFunc("POST /bureau/cases/{case}/mend", b.enter(b.act(cases.Mend, b.mend)))
	mux.HandleFunc("POST /bureau/cases/{case}/vet-later", b.enter(b.act(cases.VetLater, b.vetLater)))
	mux.HandleFunc("POST /bureau/cases/{case}/propose-later", b.enter(b.act(cases.ProposeLater, b.proposeLater)))
	mux.HandleFunc("POST /bureau/cases/{case}/dismiss-later", b.enter(b.act(cases.DismissLater, b.concludeLater)))
	mux.HandleFunc("POST /bureau/cases/{case}/serve-later", b.enter(b.act(cases.ServeLater, b.serveLater)))
	mux.HandleFunc("POST /bureau/cases/{case}/decision", b.enter(b.previewDecision))
	mux.HandleFunc("POST /bureau/cases/{case}/decide", b.enter(b.act(cases.Decide, b.decide)))
	return page.Known(mux)
}

// desk is a page or an act of the place, for someone who works in a bureau.
type desk func(w http.ResponseWriter, r *http.Request, by identity.Actor) error

// enter lets in those who hold a post of a bureau, and tells what went wrong.
func (b *Bureau) enter(do desk) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		by := frame.Actor(r)
		err := admit(by)
		if err == nil {
			err = do(w, r, by)
		}
		if err != nil {
			page.Fail(w, r, err)
		}
	}
}

func admit(by identity.Actor) error {
	switch {
	case by.Account == "":
		return fault.New(fault.SignIn, "bureau.enter.nobody", "请先登录")
	case len(posts(by)) == 0:
		return fault.New(fault.Forbidden, "bureau.enter.post", "这里是部门审批，您没有审批部门的岗位")
	}
	return nil
}

// posts are the actor's posts in bureaus, one for each tray: all titles of one
// role in one agency share it.
func posts(by identity.Actor) []identity.Post {
	var all []identity.Post
	for _, p := range by.Posts {
		if slices.Contains(posting, p.Role) && at(all, p.Agency, p.Role) < 0 {
			all = append(all, p)
		}
	}
	return all
}

// posting are the roles of bureaus.
var posting = []identity.Role{identity.Reviewer, identity.Approver, identity.Head}

func at(posts []identity.Post, agency string, role identity.Role) int {
	for i, p := range posts {
		if p.Agency == agency && p.Role == role {
			return i
		}
	}
	return -1
}
