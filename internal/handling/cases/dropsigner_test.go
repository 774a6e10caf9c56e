package cases_test

import (
	"testing"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

func TestASignerIsTakenOffByWhoAskedThemOrTheHead(t *testing.T) {
	staff := func(account, agency string, role identity.Role) identity.Actor {
		return identity.Actor{Account: account, Posts: []identity.Post{{Agency: agency, Role: role}}}
	}
	asker, head := staff("甲", "局", identity.Reviewer), staff("局长", "局", identity.Head)
	for _, tt := range []struct {
		name, signer, reason string
		by                   identity.Actor
		want                 string
	}{
		{"who asked", "乙", "出差", asker, ""},
		{"the head", "乙", "出差", head, ""},
		{"a colleague", "乙", "出差", staff("丙", "局", identity.Reviewer), "cases.drop-signer.who"},
		{"the signer", "乙", "出差", staff("乙", "局", identity.Reviewer), "cases.drop-signer.who"},
		{"the head of another agency", "乙", "出差", staff("别的", "别局", identity.Head), "cases.drop-signer.who"},
		{"who asked, having left the agency", "乙", "出差", staff("甲", "别局", identity.Reviewer), "cases.drop-signer.who"},
		{"one who has signed", "丁", "出差", head, "cases.drop-signer.none"},
		{"one who was never asked", "戊", "出差", head, "cases.drop-signer.none"},
		{"without a reason", "乙", "", head, "cases.drop-signer.reason"},
	} {
		c := &cases.Case{State: cases.Accepted, Agency: "局", Flow: flow.Marking{Open: []flow.Work{{ID: "w1", Agency: "局", Signers: []string{"乙", "丁"},
			Askers: map[string]string{"乙": "甲", "丁": "甲"}, Signed: []flow.Sign{{By: "丁"}}}}}}
		if _, err := c.DropSigner("w1", tt.signer, tt.reason, tt.by, time.UnixMilli(1)); (err == nil) != (tt.want == "") || err != nil && fault.Code(err) != tt.want {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}
