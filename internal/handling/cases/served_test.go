package cases

import (
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

func TestAServiceHasWhatItsWayTakes(t *testing.T) {
	at := time.Date(2026, 9, 21, 2, 0, 0, 0, time.UTC)
	window := identity.Actor{Account: "wf", Name: "王芳", Posts: []identity.Post{{Agency: "scjg", Region: "320300000000", Role: identity.Window}}}
	photo := []File{{Hash: "a", Name: "门牌.jpg"}}
	for _, tt := range []struct {
		name   string
		wish   string
		d      Delivered
		path   string // of the fault; empty: accepted
		served string
	}{
		{"handed over at the window", "window", Delivered{Way: "window", Receiver: "李敏"}, "", "2026-09-21"},
		{"nobody received it", "window", Delivered{Way: "window"}, "receiver", ""},
		{"electronic, as the applicant agreed", "electronic", Delivered{Way: "electronic", Receiver: "李敏"}, "", "2026-09-21"},
		{"electronic without consent", "window", Delivered{Way: "electronic", Receiver: "李敏"}, "way", ""},
		{"by post without a waybill", "post", Delivered{Way: "post", Receiver: "李敏"}, "waybill", ""},
		{"at the door, nobody says where", "window", Delivered{Way: "direct", Receiver: "李敏"}, "place", ""},
		{"left there, nobody saw it", "window", Delivered{Way: "left", Receiver: "李敏", Place: "云龙区"}, "witness", ""},
		{"left there before a witness", "window", Delivered{Way: "left", Receiver: "李敏", Place: "云龙区", Witness: "居委会王某"}, "", "2026-09-21"},
		{"left there, photographed", "window", Delivered{Way: "left", Receiver: "李敏", Place: "云龙区", Proof: photo}, "", "2026-09-21"},
		{"to somebody unknown", "window", Delivered{Way: "agent", Receiver: "赵刚"}, "relation", ""},
		{"by public notice, nobody says where", "window", Delivered{Way: "notice"}, "place", ""},
		{"by public notice: thirty days later", "window", Delivered{Way: "notice", Place: "市政府网站"}, "", "2026-10-21"},
		{"no such way", "window", Delivered{Way: "pigeon", Receiver: "李敏"}, "way", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := &Case{ID: "c", State: Granted, Agency: "scjg", Region: "320300000000", Delivery: Delivery{Way: tt.wish}}
			m, err := c.Deliver(tt.d, window, at)
			if tt.path != "" {
				if fields := fault.Fields(err); len(fields) != 1 || fields[0].Path != tt.path {
					t.Fatalf("refused at %v: %v", fields, err)
				}
				return
			}
			if err != nil || m.Delivered.Served != calendar.Parse(tt.served) {
				t.Fatalf("%+v %v", m.Delivered, err)
			}
		})
	}
}
