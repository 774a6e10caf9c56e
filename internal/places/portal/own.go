package portal

import (
	"net/http"

	"tongban/internal/places/frame"
)

// own opens the pages of one's own affairs, with those that lead to them.
func (p *Portal) own(mux *http.ServeMux) {
	for address, do := range p.entrance() {
		mux.Handle(address, do)
	}
	for _, pages := range []map[string]frame.Handler{p.applying(), p.following(), p.together(), p.holding(), p.account()} {
		for address, do := range pages {
			mux.Handle(address, door.Known(do))
		}
	}
}

// entrance are the pages that anybody may see on the way in.
func (p *Portal) entrance() map[string]frame.Handler {
	return map[string]frame.Handler{
		"GET /signin":              p.signInPage,
		"POST /signin":             p.signIn,
		"POST /signout":            p.signOut,
		"GET /register":            p.registerPage,
		"POST /register":           p.register,
		"GET /verify":              p.verifyPage,
		"POST /verify":             p.verifyFile,
		"GET /verify/paper":        p.verifyPaper,
		"GET /verify/{identifier}": p.verifyCertificate,
		"GET /apply/{item}":        p.applyPage,
	}
}

// applying are the pages of an application that is being written.
func (p *Portal) applying() map[string]frame.Handler {
	return map[string]frame.Handler{
		"POST /apply/{item}":                                  p.begin,
		"GET /my/drafts":                                      p.draftsPage,
		"GET /my/drafts/{draft}":                              p.drafting(p.resume),
		"POST /my/drafts/{draft}/discard":                     p.discard,
		"GET /my/drafts/{draft}/changed":                      p.changedPage,
		"POST /my/drafts/{draft}/changed":                     p.carry,
		"GET /my/drafts/{draft}/ask/{screen}":                 p.drafting(p.askPage),
		"POST /my/drafts/{draft}/ask/{screen}":                p.drafting(p.answer),
		"GET /my/drafts/{draft}/materials":                    p.drafting(p.materialsPage),
		"POST /my/drafts/{draft}/materials":                   p.drafting(p.materialsDone),
		"GET /my/drafts/{draft}/materials/{material}":         p.drafting(p.materialPage),
		"POST /my/drafts/{draft}/materials/{material}":        p.drafting(p.material),
		"GET /my/drafts/{draft}/materials/{material}/written": p.drafting(p.writtenPage),
		"GET /my/drafts/{draft}/pledge":                       p.drafting(p.pledgePage),
		"POST /my/drafts/{draft}/pledge":                      p.drafting(p.pledge),
		"GET /my/drafts/{draft}/later":                        p.drafting(p.deferralPage),
		"POST /my/drafts/{draft}/later":                       p.drafting(p.deferLater),
		"GET /my/drafts/{draft}/delivery":                     p.drafting(p.deliveryPage),
		"POST /my/drafts/{draft}/delivery":                    p.drafting(p.delivery),
		"GET /my/drafts/{draft}/check":                        p.drafting(p.checkPage),
		"POST /my/drafts/{draft}/check":                       p.submit,
		"POST /my/uploads":                                    p.beginUpload,
		"GET /my/uploads/{upload}":                            p.lookUpload,
		"PATCH /my/uploads/{upload}":                          p.appendUpload,
	}
}

// following are the pages of a case that was filed.
func (p *Portal) following() map[string]frame.Handler {
	return map[string]frame.Handler{
		"GET /my/cases/{number}":                p.casePage,
		"GET /my/cases/{number}/receipt":        p.receiptPage,
		"GET /my/cases/{number}/proof":          p.proof,
		"GET /my/cases/{number}/papers/{paper}": p.paperPage,
		"GET /my/cases/{number}/correct":        p.handPage,
		"POST /my/cases/{number}/correct":       p.hand,
		"GET /my/cases/{number}/pledge":         p.casePledgePage,
		"POST /my/cases/{number}/pledge":        p.casePledge,
		"GET /my/cases/{number}/withdraw":       p.withdrawPage,
		"POST /my/cases/{number}/withdraw":      p.withdraw,
		"GET /my/cases/{number}/rate":           p.ratePage,
		"POST /my/cases/{number}/rate":          p.rate,
		"GET /my/cases/{number}/files/{hash}":   p.caseFile,
		"GET /my/cases/{number}/plea":           p.pleaPage,
		"GET /my/cases/{number}/met":            p.metPage,
		"POST /my/cases/{number}/met":           p.met,
		"GET /my/cases/{number}/hearing":        p.hearingPage,
		"POST /my/cases/{number}/hearing":       p.askHearing,
		"POST /my/cases/{number}/plea":          p.plea,
	}
}

// together are the pages of joint cases and of those decided elsewhere.
func (p *Portal) together() map[string]frame.Handler {
	return map[string]frame.Handler{
		"GET /my/elsewhere":                      p.elsewherePage,
		"GET /my/elsewhere/{parcel}":             p.parcelPage,
		"POST /my/elsewhere/{parcel}/correct":    p.parcelCorrect,
		"POST /my/elsewhere/{parcel}/withdraw":   p.parcelWithdraw,
		"POST /my/elsewhere/{parcel}/forward":    p.parcelForward,
		"GET /my/elsewhere/{parcel}/certificate": p.elsewhereProof,
		"GET /my/joint/{number}":                 p.jointPage,
		"POST /my/joint/{number}/withdraw":       p.jointWithdraw,
		"GET /my/joint/{number}/correct":         p.jointCorrectPage,
		"POST /my/joint/{number}/correct":        p.jointCorrect,
		"GET /my/joint/{number}/supply/{item}":   p.supplyPage,
		"POST /my/joint/{number}/supply/{item}":  p.supply,
		"GET /my/joint/{number}/rate":            p.jointRatePage,
		"POST /my/joint/{number}/rate":           p.jointRate,
	}
}

// holding are the pages of what one has: messages, certificates, credit.
func (p *Portal) holding() map[string]frame.Handler {
	return map[string]frame.Handler{
		"GET /my":                                  p.minePage,
		"GET /my/messages":                         p.messagesPage,
		"POST /my/messages":                        p.readAll,
		"GET /my/credit":                           p.creditPage,
		"GET /my/credit/{record}":                  p.creditRecordPage,
		"POST /my/credit/{record}":                 p.plead,
		"GET /my/certificates":                     p.walletPage,
		"GET /my/certificates/{identifier}":        p.certificatePage,
		"GET /my/certificates/{identifier}/later":  p.laterPage,
		"POST /my/certificates/{identifier}/later": p.askLater,
		"GET /my/certificates/{identifier}/{file}": p.certificateFile,
	}
}

// account are the pages of one's account.
func (p *Portal) account() map[string]frame.Handler {
	return map[string]frame.Handler{
		"GET /my/account":                         p.accountPage,
		"POST /my/account/act":                    p.actFor,
		"POST /my/account/end":                    p.endSession,
		"GET /my/account/password":                p.passwordPage,
		"POST /my/account/password":               p.changePassword,
		"GET /my/account/code":                    p.codePage,
		"POST /my/account/code":                   p.changeCode,
		"GET /my/account/mandates/{firm}":         p.mandatesPage,
		"POST /my/account/mandates/{firm}":        p.grant,
		"POST /my/account/mandates/{firm}/revoke": p.revoke,
	}
}

var door = frame.Door{Place: "portal"}

// home is the crumb of one's own pages.
var home = []frame.Link{{Text: "首页", Href: "/"}, {Text: "我的", Href: "/my"}}

// under is the view of a page below 我的.
func under(r *http.Request, title string, more ...frame.Link) frame.View {
	return frame.Of(r).Named(title).Under(append(home[:2:2], more...)...)
}
