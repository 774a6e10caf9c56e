package cases_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
)

var update = flag.Bool("update", false, "rewrite the drawing of Life")

// The drawing in doc is made from the table, so it cannot go stale.
func TestLifeIsDrawn(t *testing.T) {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	for _, m := range cases.Life {
		for _, from := range m.From {
			to := m.To
			if to == "" {
				to = from
			}
			fmt.Fprintf(&b, "    %s --> %s: %s（%s）\n", from.Han(), to.Han(), m.Name, m.Basis)
		}
		if m.Act == cases.Decide {
			fmt.Fprintf(&b, "    %s --> %s: 决定准予\n    %s --> %s: 决定不予\n", cases.Accepted.Han(), cases.Granted.Han(), cases.Accepted.Han(), cases.Denied.Han())
		}
	}
	const file = "../../../doc/life.mmd"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || b.String() != string(want) {
		t.Errorf("%s does not show Life; run go test -update ./internal/handling/cases (%v)", file, err)
	}
}

func TestEveryStateCanBeReachedAndLeftOrIsFinal(t *testing.T) {
	reached := map[cases.State]bool{cases.Granted: true, cases.Denied: true} // by a decision
	for _, m := range cases.Life {
		reached[m.To] = true
		if m.To != "" && !m.To.Final() && !slices.ContainsFunc(cases.Life, func(n cases.Move) bool { return slices.Contains(n.From, m.To) && n.To != m.To }) {
			t.Errorf("%s leads to %s, which cannot be left", m.Act, m.To)
		}
	}
	for _, m := range cases.Life {
		for _, from := range m.From {
			if from != cases.Unfiled && !reached[from] {
				t.Errorf("%s leaves %s, which nothing leads to", m.Act, from)
			}
		}
	}
}

func TestEveryMoveSaysWhoMayAndByWhichArticle(t *testing.T) {
	for _, m := range cases.Life {
		if len(m.By) == 0 || m.Basis == "" || m.Name == "" || len(m.From) == 0 {
			t.Errorf("%s: %+v", m.Act, m)
		}
		for _, role := range m.By {
			if m.Act != cases.Weigh && slices.Contains([]identity.Role{identity.Items, identity.Admin, identity.Auditor}, role) {
				t.Errorf("%s may be made by %s, who has no business with cases", m.Act, role)
			}
		}
	}
}

// A final state may be followed by service and issue of what was decided, never
// by another decision.
func TestNothingUndoesAnEnd(t *testing.T) {
	after := []cases.Act{cases.Fire, cases.Certify, cases.Deliver, cases.Claim, cases.Release, cases.Review, cases.Transfer, cases.Reassign, cases.CheckPledge, cases.MissCheck, cases.ShowMet, cases.ReceiveLink, cases.RemindMet, cases.MissMet, cases.Check, cases.Mend, cases.Delegate, cases.TakeBack, cases.CallHearing, cases.TellHearing, cases.AskHearing, cases.NoteHearing, cases.JudgeDemand, cases.ObjectHost, cases.SettleHost,
		cases.AskChange, cases.AskRenewal, cases.AskCancel, cases.VetLater, cases.ProposeLater, cases.PleadLater, cases.Amend, cases.Renew, cases.DeemRenew,
		cases.Cancel, cases.Annul, cases.Recall, cases.Strip, cases.DismissLater, cases.ServeLater, cases.RemindExpiry, cases.AnswerUrge, cases.Archive, cases.ServePaper}
	for _, m := range cases.Life {
		for _, from := range m.From {
			if from.Final() && from != cases.Unfiled && (m.To != "" || !slices.Contains(after, m.Act)) {
				t.Errorf("%s moves a case that is %s", m.Act, from)
			}
		}
	}
}
