package relaydesk

import (
	"strings"
	"testing"
	"time"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/handling/relay"
)

func TestTheTableTellsOfEachSlipWhatCameOfIt(t *testing.T) {
	given := time.Date(2026, 3, 2, 10, 0, 0, 0, calendar.Zone)
	s := relay.Slip{ID: "000aaaaaa1", Agency: "xz-market", From: "A01 号窗", Giver: relay.Person{Name: "任国"}, Given: given, Due: calendar.DayOf(given) + 1, State: relay.OnItsWay,
		Pieces: []relay.Piece{{Number: "n1", Name: "合同"}, {Number: "n1", Name: "图纸"}, {Number: "n2", Name: "照片"}}}
	dir := agencies.NewDirectory([]agencies.Agency{{ID: "xz-market", Name: "市场监督管理局", Short: "市场监管局"}})
	row := strings.Join(cells(s, dir, calendar.DayOf(given)+2), "|")
	if want := "JJ-20260302-AAAAAA|A01 号窗|任国|2026-03-02 10:00|市场监管局|3|n1、n2|合同、图纸、照片|2026-03-03|在途，待接收|逾期||||"; row != want {
		t.Errorf("under way: %s", row)
	}
	s.Pieces[1].Missing, s.State, s.Taker, s.At, s.Say = true, relay.Taken, relay.Person{Name: "石波"}, given.Add(time.Hour), "袋中没有"
	row = strings.Join(cells(s, dir, calendar.DayOf(given)+2), "|")
	if want := "已交接||石波|2026-03-02 11:00|图纸|袋中没有"; !strings.HasSuffix(row, want) {
		t.Errorf("taken over: %s", row)
	}
}
