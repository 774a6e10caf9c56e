package app_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A supervisor brings the grades that the credit platform gave: a table with a
// fault brings none, a trial judges only, the same table changes nothing twice,
// and a grade opens or closes what the rules say (信用+审批,
// 徐政发〔2022〕21号（二十五）).
func TestGradesComeFromAFileAllOrNone(t *testing.T) {
	c := openCity(t)
	supervisor, zhang, limin := c.signedIn("supervisor"), c.signedIn("zhangwei"), c.signedIn("limin")
	const at = "/desk/credit/grades"
	head := "证件号码,名称,信用等级,有效期至\n"
	good := head + "320399199003070025,李敏,A,2027-06-30\n91320300YB9000012R,徐州示例餐饮管理有限公司,C,2027-06-30\n"
	send := func(path, table string) { supervisor.upload(path, "table", "等级.csv", []byte(table), nil) }

	supervisor.get("/desk/credit")
	supervisor.sees(200, "导入信用等级")
	supervisor.get(at)
	supervisor.sees(200, "证件号码", "有效期至", "只检查，不导入")
	zhang.get(at)
	zhang.sees(http.StatusForbidden)

	send(at, good+"123,王五,甲,2020-01-01\n,,B,2027-06-30\n320399199003070025,李敏,B,2027-06-30\n")
	supervisor.sees(422, "第4行“证件号码”：请填写完整", "第4行“信用等级”", "第4行“有效期至”", "第5行“证件号码”", "第5行“名称”", "第6行“证件号码”", "请只留一个")
	send(at+"?try=1", good)
	supervisor.sees(200, "只检查，没有导入：将导入2个，0个")
	limin.get("/my/credit")
	limin.sees(200, "B级")

	send(at, good)
	supervisor.sees(200, "已导入2个")
	limin.get("/my/credit")
	limin.sees(200, "A级", "守信", "公共信用综合评价")
	supervisor.get("/desk/credit")
	supervisor.sees(200, "C级", "公共信用综合评价", "李*")
	var book bytes.Buffer
	x := excelize.NewFile()
	for i, line := range strings.Split(strings.TrimSpace(good), "\n") {
		row := strings.Split(line, ",")
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := x.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Write(&book); err != nil {
		t.Fatal(err)
	}
	supervisor.upload(at, "table", "等级.xlsx", book.Bytes(), nil)
	supervisor.sees(200, "已导入0个，2个与现有的相同")

	program := c.as("supervisor")
	program.refused("/credit/grades", "g1", `{"grades":[{"number":"123","name":"王五","grade":"A","until":"2027-06-30"}]}`, 422, "credit.grades")
	if _, got := program.call("POST", "/credit/grades", "g3", "application/json", []byte(`{"grades":[{"number":"123","name":"王五","grade":"A","until":"2027-06-30"}]}`)); !strings.Contains(fmt.Sprint(got["fields"]), "path:grades[0].number") {
		t.Error("not named by its field", got["fields"])
	}
	if got := program.post("/credit/grades", "g2", `{"grades":[{"number":"320399199003070025","name":"李敏","grade":"A","until":"2027-06-30"}]}`); got["new"] != 0.0 || got["same"] != 1.0 {
		t.Error(got)
	}
	if err := c.Credit.MayDefer(t.Context(), "p-limin"); err != nil {
		t.Error(err)
	}
	if c.Credit.MayDefer(t.Context(), "f-canyin") == nil || c.Credit.MayPledge(t.Context(), "f-canyin") != nil {
		t.Error("a firm graded C may bring materials later, or may not pledge")
	}
	if looked, err := c.Credit.Audit(t.Context(), func(say string) { t.Error(say) }); err != nil || looked < 2 {
		t.Error(looked, err)
	}
	c.now = c.now.AddDate(1, 0, 0)
	if err := c.Credit.MayDefer(t.Context(), "f-canyin"); err != nil {
		t.Error("a grade that has ended counts:", err)
	}
}
