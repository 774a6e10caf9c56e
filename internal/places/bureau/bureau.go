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
	"tongban/internal/civic/parties"
	"tongban/internal/civic/staff"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/handling/hearings"
	"tongban/internal/handling/licensing"
	"tongban/internal/handling/relay"
	"tongban/internal/handling/visits"
	"tongban/internal/oversight/supervision"
	"tongban/internal/places/frame"
	"tongban/internal/register/certificates"
	"tongban/internal/register/licences"
)

// Bureau is the place: the services behind its pages.
type Bureau struct {
	Cases        *cases.Service
	Elsewhere    *elsewhere.Service
	Visits       *visits.Service
	Relay        *relay.Service
	Hearings     *hearings.Service
	Supervision  *supervision.Service
	Licences     *licences.Service
	Licensing    *licensing.Service
	Certificates *certificates.Service
	Agencies     *agencies.Service
	Parties      *parties.Service
	Staff        *staff.Service
	Files        blob.Store
	Press        *frame.Press
	Days         clock.Days
	Now          func() time.Time
}

// Routes are the addresses of the place.
func (b *Bureau) Routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /bureau", door.Work(b.waiting))
	mux.Handle("GET /bureau/mine", door.Work(b.mine))
	mux.Handle("GET /bureau/done", door.Work(b.done))
	mux.Handle("GET /bureau/words", door.Work(b.words))
	mux.Handle("GET /bureau/checks", door.Work(b.checks))
	mux.Handle("GET /bureau/deputies", door.Work(b.deputies))
	mux.Handle("POST /bureau/deputies", door.Work(b.depute))
	mux.Handle("POST /bureau/deputies/{deputation}/recall", door.Work(b.recall))
	mux.Handle("GET /bureau/standins", door.Work(b.standIns))
	mux.Handle("POST /bureau/standins", door.Work(b.standIn))
	mux.Handle("POST /bureau/standins/{standin}/back", door.Work(b.isBack))
	mux.Handle("POST /bureau/notices/{notice}", door.Work(b.putAway))
	mux.Handle("GET /bureau/find", door.Work(b.find))
	mux.Handle("GET /bureau/licences", door.Work(b.licences))
	mux.Handle("GET /bureau/licences/{licence}", door.Work(b.licence))
	mux.Handle("POST /bureau/licences/{licence}/move", door.Work(b.movePermit))
	mux.Handle("GET /bureau/cases/{case}", door.Work(b.showCase))
	mux.Handle("GET /bureau/cases/{case}/history", door.Work(b.history))
	mux.Handle("GET /bureau/cases/{case}/files/{material}/{hash}", door.Work(b.file))
	mux.Handle("GET /bureau/cases/{case}/papers/{kind}/{seq}", door.Work(b.paper))
	mux.Handle("POST /bureau/cases/{case}/claim", door.Work(b.act(cases.Claim, b.claim)))
	mux.Handle("POST /bureau/cases/{case}/release", door.Work(b.act(cases.Release, b.release)))
	mux.Handle("POST /bureau/cases/{case}/review", door.Work(b.act(cases.Review, b.review)))
	mux.Handle("POST /bureau/cases/{case}/send-back", door.Work(b.act(cases.SendBack, b.sendBack)))
	mux.Handle("POST /bureau/cases/{case}/transfer", door.Work(b.act(cases.Transfer, b.transfer)))
	mux.Handle("POST /bureau/cases/{case}/add-signer", door.Work(b.act(cases.AddSigner, b.addSigner)))
	mux.Handle("POST /bureau/cases/{case}/drop-signer", door.Work(b.act(cases.DropSigner, b.dropSigner)))
	mux.Handle("POST /bureau/cases/{case}/take-back", door.Work(b.act(cases.TakeBack, b.takeBack)))
	mux.Handle("POST /bureau/cases/{case}/delegate", door.Work(b.act(cases.Delegate, b.delegate)))
	mux.Handle("POST /bureau/cases/{case}/open-special", door.Work(b.act(cases.OpenSpecial, b.openSpecial)))
	mux.Handle("POST /bureau/cases/{case}/close-special", door.Work(b.act(cases.CloseSpecial, b.closeSpecial)))
	mux.Handle("POST /bureau/cases/{case}/tell-hearing", door.Work(b.act(cases.TellHearing, b.tellHearing)))
	mux.Handle("POST /bureau/cases/{case}/call-hearing", door.Work(b.act(cases.CallHearing, b.callHearing)))
	mux.Handle("POST /bureau/cases/{case}/note-hearing", door.Work(b.act(cases.NoteHearing, b.noteHearing)))
	mux.Handle("POST /bureau/cases/{case}/assign-testers", door.Work(b.act(cases.AssignTesters, b.assignTesters)))
	mux.Handle("POST /bureau/cases/{case}/note-test", door.Work(b.act(cases.NoteTest, b.noteTest)))
	mux.Handle("POST /bureau/cases/{case}/extend", door.Work(b.act(cases.Extend, b.extend)))
	mux.Handle("POST /bureau/cases/{case}/settle", door.Work(b.act(cases.Settle, b.settle)))
	mux.Handle("POST /bureau/cases/{case}/receive-link", door.Work(b.act(cases.ReceiveLink, b.receiveLink)))
	mux.Handle("POST /bureau/cases/{case}/check-pledge", door.Work(b.act(cases.CheckPledge, b.checkPledge)))
	mux.Handle("POST /bureau/cases/{case}/postpone", door.Work(b.act(cases.Postpone, b.postpone)))
	mux.Handle("POST /bureau/cases/{case}/terminate", door.Work(b.act(cases.Terminate, b.terminate)))
	mux.Handle("POST /bureau/cases/{case}/deliver", door.Work(b.act(cases.Deliver, b.deliver)))
	mux.Handle("POST /bureau/cases/{case}/serve-paper", door.Work(b.act(cases.ServePaper, b.servePaper)))
	mux.Handle("POST /bureau/cases/{case}/answer-urge", door.Work(b.act(cases.AnswerUrge, b.answerUrge)))
	mux.Handle("POST /bureau/cases/{case}/check", door.Work(b.act(cases.Check, b.check)))
	mux.Handle("POST /bureau/cases/{case}/mend", door.Work(b.act(cases.Mend, b.mend)))
	mux.Handle("POST /bureau/cases/{case}/vet-later", door.Work(b.act(cases.VetLater, b.vetLater)))
	mux.Handle("POST /bureau/cases/{case}/propose-later", door.Work(b.act(cases.ProposeLater, b.proposeLater)))
	mux.Handle("POST /bureau/cases/{case}/dismiss-later", door.Work(b.act(cases.DismissLater, b.concludeLater)))
	mux.Handle("POST /bureau/cases/{case}/serve-later", door.Work(b.act(cases.ServeLater, b.serveLater)))
	mux.Handle("POST /bureau/cases/{case}/decision", door.Work(b.previewDecision))
	mux.Handle("POST /bureau/cases/{case}/decide", door.Work(b.act(cases.Decide, b.decide)))
	return page.Known(mux)
}

// door lets in those who work in a bureau.
var door = frame.Door{Place: "bureau", Roles: identity.Deciding, Others: "这里是部门审批，您没有审批部门的岗位"}

// posts are the actor's posts in bureaus, one for each tray: all titles of one
// role in one agency share it.
func posts(by identity.Actor) []identity.Post {
	var all []identity.Post
	for _, p := range by.Posts {
		if slices.Contains(identity.Deciding, p.Role) && at(all, p.Agency, p.Role) < 0 {
			all = append(all, p)
		}
	}
	return all
}

func at(posts []identity.Post, agency string, role identity.Role) int {
	for i, p := range posts {
		if p.Agency == agency && p.Role == role {
			return i
		}
	}
	return -1
}
