package halls_test

import (
	"strings"
	"testing"

	"tongban/data"
	"tongban/internal/catalogue/halls"
	"tongban/internal/ground/fault"
)

func TestTheBoardSaysWhatTheNoticeWants(t *testing.T) {
	shipped, err := data.Board.ReadFile("board.yaml")
	if err != nil {
		t.Fatal(err)
	}
	whole := string(shipped)
	for _, tt := range []struct{ name, text, code string }{
		{"as it ships", whole, ""},
		{"without rules", whole[:strings.Index(whole, "rules:")] + whole[strings.Index(whole, "complaints:"):], "halls.board.empty"},
		{"without a way to complain", whole[:strings.Index(whole, "complaints:")], "halls.board.empty"},
		{"a rule that says nothing", strings.Replace(whole, "{name: 12345 热线, say: 全天受理咨询、投诉和建议}", "{name: 12345 热线}", 1), "halls.board.line"},
		{"a way that leads elsewhere", strings.Replace(whole, "href: /help/stuck", "href: //example.org", 1), "halls.board.href"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := halls.ReadBoard([]byte(tt.text)); err != nil && fault.Code(err) != tt.code || err == nil && tt.code != "" {
				t.Errorf("%v, want %q", err, tt.code)
			}
		})
	}
}

func TestOnesOwnHallIsComplainedAboutFirst(t *testing.T) {
	h := halls.Hall{Phone: "0516-1", Windows: []halls.Window{{No: "A01", Kind: halls.General}, {No: "A03", Kind: halls.Appeal}}}
	all := h.Complaints(halls.Board{Complaints: []halls.Notice{{Name: "12345"}}})
	if len(all) != 3 || !strings.Contains(all[0].Say, "A03号窗口") || all[1].Say != "0516-1" || all[2].Name != "12345" {
		t.Errorf("%+v", all)
	}
}
