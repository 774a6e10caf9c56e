package app_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"tongban/internal/places/openapi"
)

// matrixFile is written from the tables that TestEveryRouteAsEveryRole and
// TestEveryOperationAsEveryRole hold the program to.
const matrixFile = "../../doc/role-matrix.md"

// The roles of the sample city whose accounts try every door, in words.
var played = []struct{ login, say string }{
	{"nobody", "未登录"}, {"limin", "申请人"}, {"wangfang", "另一申请人"}, {"window1", "综合窗口"}, {"market-r", "审查"}, {"market-a", "决定"},
	{"market-h", "部门负责人"}, {"supervisor", "督查"}, {"items", "事项管理"}, {"auditor", "事项审核"}, {"admin", "系统管理"},
}

// The document says what the program does: TONGBAN_WRITE=1 writes it anew.
func TestTheRoleMatrixIsWhatTheProgramDoes(t *testing.T) {
	want := matrix(t)
	if os.Getenv("TONGBAN_WRITE") != "" {
		if err := os.WriteFile(matrixFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(matrixFile)
	if err != nil || string(got) != want {
		t.Errorf("doc/role-matrix.md is not what the program does (%v): write it anew with\n\tTONGBAN_WRITE=1 go test ./internal/app -run TestTheRoleMatrix", err)
	}
}

func matrix(t *testing.T) string {
	var out strings.Builder
	out.WriteString(`# 角色矩阵

本页由测试写出，不要手改：表来自 ` + "`internal/app/routes_test.go` 的 `doors` 和 `internal/app/api_roles_test.go` 的 `mayCall`" + `，
` + "`TestEveryRouteAsEveryRole`、`TestEveryOperationAsEveryRole`" + ` 让每个角色敲每一扇门、调每个接口，与表不符即失败；
` + "`TestNoListShowsWhatItsPageRefuses`、`TestNoAnswerListsWhatItsOperationRefuses`" + ` 跟着列表、搜索里的每个链接和编号走到底。
● 为进得去；进门之后能看到哪些对象、能做哪一步，还要看地区、部门、岗位、窗口和办件本身：由规则判断（办件看 ` + "`cases.Life`" + ` 的“由谁办”一栏和 ` + "`Case.Sees`" + `）。
角色按示例城市的账号：市级综合窗口、市场监管局的审查、决定、负责人，市级督查、事项管理、审核和系统管理。另一申请人与被试办件无关。

`)
	routes := routesOf(t)
	fmt.Fprintf(&out, "## 网页，%d个网址\n\n", len(routes))
	head(&out, "网址")
	for _, route := range routes {
		_, address, _ := strings.Cut(route, " ")
		may := doors[doorOf(address)]
		line(&out, route, func(login string) bool { return slices.Contains(may, login) }, func(login string) bool { return login != "wangfang" })
	}
	operations := operationsOf(t)
	fmt.Fprintf(&out, "\n## 接口，%d个操作\n\n对一件李敏申请、市级窗口受理、市场监管局在审的食品经营许可，或者与之相当的对象。空行是须有自己的对象才能成功的操作，由各自的测试走通。\n\n", len(operations))
	head(&out, "操作")
	for _, id := range slices.Sorted(maps.Keys(operations)) {
		may := strings.Fields(mayCall[id].who)
		line(&out, id+" "+operations[id], func(login string) bool { return slices.Contains(may, login) }, func(login string) bool { return login != "auditor" })
	}
	return out.String()
}

func head(out *strings.Builder, first string) {
	out.WriteString("| " + first)
	rule := "|---"
	for _, p := range played {
		out.WriteString(" | " + p.say)
		rule += "|:-:"
	}
	out.WriteString(" |\n" + rule + "|\n")
}

// line is a row of the matrix; a role that the tables do not try has a dash.
func line(out *strings.Builder, what string, may, tried func(login string) bool) {
	out.WriteString("| `" + what + "`")
	for _, p := range played {
		switch {
		case !tried(p.login):
			out.WriteString(" | –")
		case may(p.login):
			out.WriteString(" | ●")
		default:
			out.WriteString(" | ")
		}
	}
	out.WriteString(" |\n")
}

// operationsOf are the operations of the API and their addresses, as its own
// description lists them.
func operationsOf(t *testing.T) map[string]string {
	w := httptest.NewRecorder()
	(&openapi.API{}).Routes().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/v1/openapi.json", nil))
	var description struct {
		Paths map[string]map[string]struct{ OperationID string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &description); err != nil {
		t.Fatal(w.Code, err)
	}
	all := map[string]string{}
	for path, methods := range description.Paths {
		for method, o := range methods {
			all[o.OperationID] = strings.ToUpper(method) + " " + path
		}
	}
	return all
}
