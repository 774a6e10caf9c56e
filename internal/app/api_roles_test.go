package app_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/hearings"
	"tongban/internal/handling/queue"
)

var (
	citizenLimin     = limin
	clientOfABrowser = identity.Client{Agent: "browser", IP: "127.0.0.1", Channel: "pc"}
)

// Who may call what: everyone else is told to sign in (401), that they may not
// (403), or that there is nothing (404). An operation that is not here is open
// to nobody, and the test fails. Whose certificate is shown to whom is asked in
// the life of a case: here there is none, and its number is refused.
var mayCall = map[string]struct{ who, body string }{
	"signIn": {all, `{"login":"limin","password":"wrong"}`}, "listItems": {all, ""}, "listLists": {all, ""}, "getList": {all, ""}, "getItem": {all, ""}, "getVacancies": {all, ""}, "getGuide": {all, ""},
	"personalList": {all, `{"answers":{}}`}, "listAgencies": {all, ""}, "getAgency": {all, ""}, "getRegion": {all, ""}, "getCalendar": {all, ""},
	"verifyCertificate": {all, ""}, "verifyFile": {all, "%PDF-1.4"},
	"listThemes": {all, ""}, "getTheme": {all, ""}, "themePersonalList": {all, `{"answers":{}}`},
	"themeForm": {all, `{"answers":{}}`}, "submitJoint": {"limin wangfang", `{"answers":{}}`},
	"listCompanyNotices": {all, ""}, "getCompany": {all, ""}, "actOnCompany": {signedIn, `{"act":"object","kind":"债权人","say":"货款没有付清"}`},
	"listJoint": {signedIn, ""}, "getJoint": {"", ""}, "actOnJoint": {"", `{"act":"accept"}`},
	"listSessions": {signedIn, ""}, "endSession": {signedIn, ""}, "whoAmI": {signedIn, ""}, "listMessages": {signedIn, ""}, "readMessages": {signedIn, `{"until":"2026-09-21T01:30:00Z"}`}, "putFile": {signedIn, "%PDF-1.4\n%%EOF"},
	"submitCase": {"limin wangfang", `{"item":"food-permit","answers":{}}`}, "listCases": {"limin wangfang", ""},
	"getCase": {visible, ""}, "getHistory": {visible, ""}, "getClock": {visible, ""}, "listPapers": {visible, ""}, "getPaper": {visible, ""}, "getPaperFile": {visible, ""}, "getFile": {visible, ""},
	"getInbox": {officials, ""}, "getPackage": {"", ""}, "getArchive": {"supervisor admin", ""}, "layArchiveRule": {"admin", `{"on":true,"days":100,"reason":"x"}`},
	"layArchiveTerms": {"admin", `{"kinds":{"行政许可":"Y"},"basis":"x"}`},
	"judge":           {"window1", `{"verdicts":[{"material":"m1","finding":"complete"}]}`}, "accept": {"window1", `{}`},
	"askOnce": {"window1", `{"items":[{"material":"m1","finding":"missing","say":"x"}],"until":"2026-10-15"}`},
	"correct": {"limin window1", `{"materials":[{"material":"m1"}]}`}, "cure": {"limin window1", `{"materials":[{"material":"m1"}]}`},
	"rectify": {"window1", `{"answers":{"x":"y"},"confirmed":{"self":true}}`},
	"refuse":  {"window1", reason}, "sayNotNeeded": {"window1", reason}, "withdraw": {"limin", reason}, "terminate": {"window1 market-r market-a", `{"ground":"uncorrected"}`},
	"deliver": {"window1 market-r market-a", `{"way":"window","receiver":"李敏"}`}, "urge": {"supervisor", `{"text":"请抓紧"}`},
	"tellHearing": {bureau, `{"about":"x","reason":"x"}`}, "callHearing": {bureau, `{"at":"2027-01-20T01:30:00Z","place":"x","host":"x"}`},
	"askHearing": {"limin window1", `{"wish":"x"}`}, "noteHearing": {bureau, `{"held":true,"text":"x","attended":["x"],"signed":["x"]}`},
	"assignTesters": {bureau, `{"to":["u-market-r","u-market-r2"]}`}, "noteTest": {bureau, `{"result":"clear","text":"x"}`},
	"check": {"market-a market-h", `{"right":true}`}, "mend": {"market-a market-h", `{"how":"x"}`},
	"extend": {"market-h", `{"days":5,"reason":"x"}`}, "openSpecial": {bureau, `{"name":"现场核查","reason":"x"}`}, "closeSpecial": {bureau, `{"result":"x"}`},
	"claim": {"market-r", ""}, "release": {"market-r", ""}, "review": {"market-r", `{"opinion":"同意"}`}, "sendBack": {"market-r", `{"to":"papers","reason":"x"}`},
	"transfer": {"market-r", `{"to":"u-market-r2","reason":"x"}`}, "answerUrge": {"window1 market-r market-a market-h", `{"text":"x"}`}, "getIndicators": {"supervisor", ""}, "listAlarms": {"supervisor", ""}, "listAlarmRules": {officials, ""}, "listNotices": {officials, ""},
	"putAwayNotice": {"", ""}, "addSigner": {"market-r", `{"to":"u-market-r2","reason":"x"}`}, "delegate": {"market-r", `{"to":"u-market-r2","reason":"x"}`},
	"takeBack":   {"market-r", reason},
	"dropSigner": {"market-h", `{"to":"u-market-r2","reason":"x"}`}, "reassign": {"supervisor", `{"to":"u-market-r2","reason":"x"}`}, "decide": {"market-r", `{"grant":true}`},
	"pledge": {"limin window1", `{"materials":["m7"],"signed":{"name":"李敏","free":true}}`}, "settle": {"market-a market-h", ""},
	"receiveLink": {bureau, ""},
	"showMet":     {"limin window1", `{"say":"x"}`},
	"checkPledge": {bureau, `{"result":"true","reason":"x"}`}, "postpone": {"window1 market-r market-a", `{"material":"m6","by":"2026-10-15","reason":"x"}`},
	"askChange": {"limin window1", `{"reason":"x","changes":[{"name":"x","say":"y"}]}`}, "askRenewal": {"limin window1", reason}, "askCancel": {"limin window1", reason},
	"fileNow":  {"window1 market-a", ""},
	"vetLater": {bureau, `{"opinion":"x"}`}, "proposeLater": {bureau, `{"kind":"recall","ground":"x","reason":"x"}`}, "pleadLater": {"limin window1", `{"text":"x"}`},
	"amend": {"market-a market-h", `{}`}, "renew": {"market-a market-h", `{}`}, "cancel": {"market-a market-h", `{}`}, "annul": {"market-a market-h", `{}`},
	"recall": {"market-a market-h", `{}`}, "strip": {"market-a market-h", `{}`}, "dismissLater": {"market-a market-h", `{"reason":"x"}`},
	"servePaper": {"window1 market-r market-a", `{"way":"window","receiver":"李敏"}`},
	"serveLater": {"window1 market-r market-a", `{"way":"window","receiver":"李敏"}`},
	"listOwed":   {"window1 market-r market-a market-h supervisor", ""}, "myCredit": {"limin wangfang", ""}, "listCredit": {"market-a market-h supervisor", ""},
	"bringGrades": {"supervisor", `{"grades":[{"number":"1","name":"x","grade":"A","until":"2030-01-01"}]}`}, "getCredit": {"", ""}, "plead": {"", `{"kind":"repair","text":"x"}`}, "answerPlea": {"", `{"grant":true,"text":"x"}`},
	"registerMatter": {"limin wangfang window1", `{"kind":"stuck","text":"x","name":"x","phone":"1"}`}, "listMatters": {"limin wangfang window1 market-r market-a market-h supervisor", ""}, "getMatter": {"", ""}, "actOnMatter": {"", `{"act":"note","say":"x"}`},
	"listProjects": {"limin wangfang window1 market-r market-a market-h supervisor", ""}, "getProject": {"", ""}, "listVisits": {signedIn, ""}, "getVisit": {"", ""}, "actOnVisit": {"", `{"act":"agree"}`},
	"listSlips": {"window1 market-r market-a market-h supervisor", ""}, "giveOriginals": {"window1", `{"cases":["x"]}`}, "getSlip": {"", ""}, "receiveOriginals": {"", `{}`}, "agreeMissing": {"", ""},
	"listHearings": {all, ""}, "getHearing": {all, ""}, "signUpForHearing": {"limin wangfang", `{"relation":"public","phone":"13900000000"}`}, "listHearingSignups": {bureau + " supervisor", ""}, "withdrawFromHearing": {"", ""}, "chooseForHearing": {bureau, `{"choices":[{"signup":"x","seat":"listener"}]}`},
	"judgeDemand": {bureau, `{"admit":true}`}, "objectHost": {"limin window1", reason}, "settleHost": {"market-h", `{"uphold":false,"why":"x"}`},
	"takeDownSignup": {bureau + " window1", `{"relation":"public","name":"x","number":"x"}`}, "removeSignup": {"", `{"why":"x"}`}, "listHearingDemands": {signedIn, ""}, "demandHearing": {"", `{"case":"x","wish":"x"}`},
	"objectAsConcerned": {"", `{"case":"x","reason":"x"}`}, "listConcerned": {bureau + " window1 supervisor", ""}, "tellConcerned": {bureau, `{"relation":"x","name":"x","number":"x"}`},
	"listExperts": {"items supervisor", ""}, "putExpert": {"items", `{"name":"x","fields":["x"],"employer":"x","region":"320300000000"}`}, "listExpertReviews": {signedIn, ""}, "announceExperts": {bureau, `{"question":"x","fields":["x"],"wanted":3}`},
	"getExpertReview": {"", ""}, "listExpertMaterials": {"", ""}, "getExpertMaterial": {"", ""}, "actOnExpertReview": {"", `{"act":"draw"}`},
	"listDeputies": {bureau, ""}, "depute": {"market-h", `{"account":"u-market-w","items":["food-permit"],"from":"2026-09-21","through":"2026-12-31"}`}, "recallDeputation": {"market-h", ""},
	"listStandIns": {signedIn, ""}, "arrangeStandIn": {"market-r market-h admin", `{"absent":"u-market-r","by":"u-market-r2","from":"2026-09-21","through":"2026-09-25"}`}, "endStandIn": {"market-r market-h admin", ""},
	"listLines": {all, ""}, "listSlots": {all, ""}, "getTicket": {all, ""}, "drawTicket": {signedIn, `{"line":"公安"}`}, "leaveTicket": {signedIn, ""}, "rejoinTicket": {signedIn, ""},
	"counter": {"window1", `{}`}, "book": {"limin wangfang", `{"line":"公安","day":"2026-09-22","at":"9:30"}`}, "listAppointments": {signedIn, ""}, "cancelAppointment": {"", ""}, "changeAppointment": {"", `{"day":"2026-09-22","at":"10:00"}`},
	"rateCase": {"", `{"grade":5}`}, "caseRatings": {visible, ""}, "answerRating": {"", `{"text":"x"}`}, "waitingRatings": {signedIn, ""}, "listRatings": {officials, ""},
	"takeElsewhere": {"limin wangfang", `{"item":"id-card","answers":{}}`}, "listElsewhere": {"limin wangfang window1 supervisor", ""}, "getElsewhere": {"", ""}, "actElsewhere": {"", `{"act":"forward"}`},
	"listLicences": {signedIn, ""}, "getLicence": {"", ""}, "listLicenceEditions": {"", ""}, "verifyLicence": {all, ""},
	"listCertificates": {signedIn, ""}, "getCertificate": {signedIn, ""}, "getCertificateFile": {signedIn, ""},
}

const (
	officials = "window1 market-r market-a market-h supervisor items admin"
	signedIn  = "limin wangfang " + officials
	all       = "nobody " + signedIn
	bureau    = "market-r market-a market-h"
	visible   = "limin window1 supervisor " + bureau
	reason    = `{"reason":"x"}`
)

// inAddress are the names in an address.
var inAddress = regexp.MustCompile(`{(\w+)}`)

func TestEveryOperationAsEveryRole(t *testing.T) {
	c := openCity(t)
	var description map[string]any
	if _, description = (caller{c, ""}).call("GET", "/openapi.json", "", "application/json", nil); description["openapi"] != "3.1.0" {
		t.Fatalf("no description: %v", description)
	}
	tokens := map[string]caller{}
	for login := range strings.FieldsSeq(all) {
		tokens[login] = c.as(login)
	}
	seen := 0
	for path, methods := range description["paths"].(map[string]any) {
		for method, o := range methods.(map[string]any) {
			id := o.(map[string]any)["operationId"].(string)
			may, known := mayCall[id]
			if !known {
				t.Errorf("%s (%s %s) is not in the table of who may call it", id, method, path)
				continue
			}
			seen++
			named, _ := json.Marshal(o.(map[string]any)["parameters"])
			for _, x := range inAddress.FindAllStringSubmatch(path, -1) {
				if !strings.Contains(string(named), `"in":"path","name":"`+x[1]+`"`) {
					t.Errorf("%s does not read what its address names: %s", id, x[0])
				}
			}
			if method != "get" && len(strings.Fields(may.who)) < len(strings.Fields(all)) != strings.Contains(string(named), "Idempotency-Key") {
				t.Errorf("%s changes something, and a request for it bears no name", id)
			}
			c.tryAsAll(tokens, id, strings.ToUpper(method), path, may.who, may.body)
		}
	}
	if seen != len(mayCall) {
		t.Errorf("%d operations, the table has %d", seen, len(mayCall))
	}
}

// tryAsAll calls an operation as everybody, those who may last: the case is as
// it was until then.
func (c *city) tryAsAll(tokens map[string]caller, id, method, path, who, body string) {
	filed := c.accepted()
	path = strings.NewReplacer("{case}", string(filed.ID), "{work}", c.step(filed.ID, "材料审查").ID, "{item}", "food-permit", "{list}", "deferrable", "{theme}", "birth", "{company}", "91320300YB9000012R", "{number}", "none", "{session}", "none", "{hall}", "xz-centre", "{act}", "recall", "{ticket}", c.ticket(), "{booking}", "none", "{special}", "none", "{record}", "none", "{parcel}", "none",
		"{kind}", "receipt", "{seq}", "1", "{agency}", "xz-market", "{code}", "320300000000", "{year}", "2026", "{identifier}", "none", "{sheet}", "none", "{visit}", "none", "{review}", "none", "{slip}", "none", "{expert}", "new", "{hearing}", c.announced(),
		"{material}", withFile(filed.Materials), "{hash}", fileOf(filed.Materials)).Replace(path)
	if strings.Contains(path, "{deputation}") {
		path = strings.ReplaceAll(path, "{deputation}", c.deputation())
	}
	if strings.Contains(path, "{standin}") {
		path = strings.ReplaceAll(path, "{standin}", c.standIn())
	}
	kind := "application/json"
	if strings.HasPrefix(body, "%PDF") {
		kind = "application/octet-stream"
	}
	logins := strings.Fields(all)
	may := strings.Fields(who)
	slices.SortFunc(logins, func(a, b string) int {
		return strings.Compare(allowed(may, a), allowed(may, b))
	})
	for _, login := range logins {
		key := ""
		if method != http.MethodGet {
			key = sqldb.NewID()
		}
		status, v := tokens[login].call(method, path, key, kind, []byte(body))
		if status < 300 && key != "" && login != "nobody" {
			if again, w := tokens[login].call(method, path, key, kind, []byte(body)); again != status || !reflect.DeepEqual(w, v) {
				c.t.Errorf("%s as %s, sent again by the same name: %d %v, before %d %v", id, login, again, w, status, v)
			}
		}
		shut := status == http.StatusForbidden || status == http.StatusNotFound || status == http.StatusUnauthorized && id != "signIn"
		if login == "nobody" && len(may) < 10 && status != http.StatusUnauthorized {
			c.t.Errorf("%s as nobody: %d %v", id, status, v)
		}
		if shut == slices.Contains(may, login) || status >= http.StatusInternalServerError {
			c.t.Errorf("%s as %s: %d %v", id, login, status, v)
		}
	}
}

// announced is a hearing of the market supervision that the public is told of.
func (c *city) announced() string {
	c.t.Helper()
	var b sqldb.Batch
	n := hearings.Notice{ID: hearings.ID(sqldb.NewID()), Agency: "xz-market", Region: "320300000000", At: c.now.AddDate(0, 2, 0), SignBy: calendar.DayOf(c.now)}
	if err := errors.Join(c.Hearings.Store.Post(&b, hearings.Posted{Notice: n, When: c.now}), c.Hearings.Store.Commit(c.t.Context(), &b)); err != nil {
		c.t.Fatal(err)
	}
	return string(n.ID)
}

// deputation is one that was given.
func (c *city) deputation() string {
	c.t.Helper()
	today := calendar.DayOf(c.now)
	head := identity.Actor{Account: "u-market-h", Name: "陈新", Posts: []identity.Post{{Agency: "xz-market", Region: "320300000000", Role: identity.Head}}}
	if err := c.Staff.Depute(c.t.Context(), "xz-market", "u-market-w", []string{"device2-filing"}, today, today, head); err != nil {
		c.t.Fatal(err)
	}
	all, err := c.Staff.Deputations(c.t.Context(), "xz-market", head)
	if err != nil {
		c.t.Fatal(err)
	}
	return all[0].ID
}

// standIn is one that was arranged for market-r.
func (c *city) standIn() string {
	c.t.Helper()
	today := calendar.DayOf(c.now)
	one, err := c.Staff.StandIn(c.t.Context(), "u-market-r", "u-market-r2", today, today, identity.Actor{Account: "u-market-r"})
	if err != nil {
		c.t.Fatal(err)
	}
	return one.ID
}

// ticket is one that somebody drew.
func (c *city) ticket() string {
	c.t.Helper()
	t, err := c.Queue.Draw(c.t.Context(), queue.Want{Hall: "xz-centre", Line: "税务"}, identity.Actor{Channel: "kiosk"})
	if err != nil {
		c.t.Fatal(err)
	}
	return t.ID
}

func allowed(may []string, login string) string {
	if slices.Contains(may, login) {
		return "later"
	}
	return "first"
}

// fileOf is the one file of a case.
func fileOf(materials []cases.Handed) string {
	for _, h := range materials {
		if len(h.Files) > 0 {
			return h.Files[0].Hash
		}
	}
	return ""
}

// withFile is the material that has it.
func withFile(materials []cases.Handed) string {
	for _, h := range materials {
		if len(h.Files) > 0 {
			return h.Material
		}
	}
	return ""
}
